#!/bin/sh
# SPDX-License-Identifier: ISC
# text.sh - socket6 text: each line of its input as an address.
. "${srcdir:-.}/tests/program/program.sh"

texts_are_as_rfc_5952_says()
{
	while read -r input output; do
		gives "$output" socket6 text "$input" || return
	done <<-'END'
		2001:DB8:0:0:0:0:0:1 2001:db8::1
		192.0.2.1 192.0.2.1
		::ffff:192.0.2.1 ::ffff:192.0.2.1
		[0:0:0:0:0:0:0:1]:53 [::1]:53
		192.0.2.1:80 192.0.2.1:80
		20010db8000000000000000000000001 2001:db8::1
		fe80::1%1 fe80::1%lo
	END
}

lines_are_read_without_the_blanks_round_them()
{
	printf '\n ::1\t\r\n127.0.0.1' >"$tmp/lines"
	gives '::1
127.0.0.1' socket6 text <"$tmp/lines"
}

# shellcheck disable=SC3045 # dash and busybox have soft limits, too
a_line_without_memory_is_told()
{
	ulimit -S -v 50000
	{
		head -c 64000000 /dev/zero | tr '\0' 1
		printf '\n::1\n'
	} | says '^socket6: standard input: out of memory$' socket6 text
}

a_line_with_a_nul_is_no_text()
{
	printf '::1\0junk\n::2\n' >"$tmp/lines"
	gives '::2' socket6 text <"$tmp/lines" 2>/dev/null &&
		ends 2 socket6 text <"$tmp/lines"
}

the_other_texts_are_told()
{
	gives '::1
::2' socket6 text ::1 1.2.3.456 ::2 2>/dev/null &&
		ends 2 socket6 text ::1 1.2.3.456 ::2
}

# The only descriptor, by which the program is loaded, is then standard error:
# none is left to ask for a zone's index. Bad input beside it does not hide that.
a_zone_that_cannot_be_looked_up_is_a_failure()
{
	printf '%s\n' ::x fe80::1%nosuch ::x >"$tmp/lines"
	for words in '::x fe80::1%nosuch ::x' ''; do
		# shellcheck disable=SC2016,SC2086 # the inner shell expands it; words
		ends 1 $limit sh -c \
			'exec 2>&-; ulimit -n 3; exec "$0" text "$@"' \
			tests/program/socket6 $words <"$tmp/lines" || return
	done
}

# An address with bits that do not count, or too many of them, is neither.
prefixes_are_read()
{
	gives '2001:db8::/32
10.0.0.0/8
::/0' socket6 text 2001:DB8:0::/32 ::ffff:10.0.0.0/104 0::/0 &&
		ends 2 socket6 text 10.0.0.1/8 2>/dev/null &&
		ends 2 socket6 text ::/129 2>/dev/null &&
		says '"text":"10.0.0.0/8".*"prefix":8,' \
			socket6 text -j 10.0.0.0/8 &&
		says '"prefix":null,' socket6 text -j 10.0.0.0
}

a_prefix_is_for_what_all_of_it_is_for()
{
	says '	IPv4 private	' socket6 text -v 10.0.0.0/8 &&
		says '	IPv6 documentation	' socket6 text -v 2001:db8:1::/48 &&
		says '	IPv6 global	' socket6 text -v 2001:d00::/24
}

text_v_tells_what_an_address_is_for()
{
	while read -r address kind; do
		says "	IPv[46] $kind	" socket6 text -v "$address" || return
	done <<-'END'
		:: unspecified
		::1 loopback
		fe80::1 link-local
		fd00::1 unique local
		ff02::1 multicast
		2001:db8::1 documentation
		3fff::1 documentation
		64:ff9b::1 NAT64
		2002::1 6to4
		2001::1 Teredo
		2a00::1 global
		0.0.0.0 unspecified
		127.0.0.1 loopback
		172.31.0.1 private
		172.32.0.1 global
		169.254.1.1 link-local
		100.127.0.1 shared
		203.0.113.1 documentation
		224.0.0.1 multicast
		255.255.255.255 broadcast
		240.0.0.1 reserved
	END
}

# The address that is in it, or none.
text_v_tells_the_ipv4_address_inside()
{
	while read -r address ipv4; do
		says "	$ipv4$" socket6 text -v "$address" || return
	done <<-'END'
		64:ff9b::c000:221 192.0.2.33
		64:ff9b::c000:221/128 192.0.2.33
		64:ff9b::c000:220/124 -
		64:ff9b:1::c000:221 -
		2002:c000:204::1 192.0.2.4
		2002:c000:204::/48 192.0.2.4
		2002:c000:200::/40 -
		2001:0:4136:e378:8000:63bf:3fff:fdd2 192.0.2.45
		2001:0:4136:e378::/64 -
		::1 -
		192.0.2.1 -
	END
}

text_v_tells_the_reverse_name()
{
	while read -r address name; do
		says "	$name	[^	]*$" socket6 text -v "$address" || return
	done <<-'END'
		192.0.2.1 1.2.0.192.in-addr.arpa
		::ffff:192.0.2.1 1.2.0.192.in-addr.arpa
		10.0.0.0/8 10.in-addr.arpa
		10.0.0.0/12 -
		2001:db8::/32 8.b.d.0.1.0.0.2.ip6.arpa
		2001:db8::/30 -
	END
}

reverse_names_are_read()
{
	zeros=0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0
	gives '2001:db8::1
2001:db8::/32
192.0.2.1
10.0.0.0/8' socket6 text "1.$zeros.8.b.d.0.1.0.0.2.ip6.arpa" \
		8.B.D.0.1.0.0.2.IP6.ARPA. 1.2.0.192.in-addr.arpa \
		10.in-addr.arpa &&
		says '"prefix":8,.*"reverse":"10.in-addr.arpa"' \
			socket6 text -j 10.in-addr.arpa &&
		ends 2 socket6 text 256.in-addr.arpa 2>/dev/null
}

# With a port or a zone too, and in whatever form.
m_keeps_what_is_in_the_prefix()
{
	cat >"$tmp/lines" <<-'END'
		2001:DB8::1
		2001:db9::1
		[2001:db8::2]:53
		192.0.2.1
		2001:db8:1::/48
		2001::/16
		8.b.d.0.1.0.0.2.ip6.arpa
		20010db8000000000000000000000003
	END
	gives '2001:db8::1
[2001:db8::2]:53
2001:db8:1::/48
2001:db8::/32
2001:db8::3' socket6 text -m 2001:db8::/32 <"$tmp/lines" &&
		gives 192.0.2.1 socket6 text -m 192.0.2.0/31 <"$tmp/lines" &&
		gives "$(socket6 text <"$tmp/lines")" \
			socket6 text -m ::/0 <"$tmp/lines" &&
		socket6 text -jm 2001:db9::/32 <"$tmp/lines" >"$tmp/kept" &&
		gives 1 grep -c . "$tmp/kept"
}

m_keeps_no_prefix_that_is_in_it_in_part()
{
	gives 2001:db8::/48 socket6 text -m 2001:db8::/48 \
		2001:db8::/47 2001:db8::/48 ::/0
}

# An address is a prefix of all bits.
m_takes_what_text_reads()
{
	gives ::1 socket6 text -m ::1 ::1 ::2 &&
		gives 10.0.0.1 socket6 text -m 10.in-addr.arpa 10.0.0.1 9.0.0.1
}

m_goes_on_after_bad_input()
{
	gives '::1' socket6 text -m ::1/128 ::x ::2 ::1 2>/dev/null &&
		ends 2 socket6 text -m ::1/128 ::x ::2 ::1 2>/dev/null
}

# A zone that was looked up a moment ago: what is like it, and what is not.
a_zone_is_read_the_same_again()
{
	cat >"$tmp/lines" <<-'END'
		fe80::1%1
		FE80::1%1
		[fe80::1%1]:53
		::ffff:192.0.2.1%1
		192.0.2.1%1
		[::1]:53%1
		fe80::/64%1
		20010db8000000000000000000000001%1
		fe80::1]:53
		fe80::1%1]:53
		[fe80::1%1
		[fe80::1%1]:65536
		[192.0.2.1%1]:53
		fe80::1%1%1
		[::ffff:192.0.2.1%1]:53
		fe80::1%
	END
	socket6 text <"$tmp/lines" >"$tmp/together" 2>&1
	while read -r line; do
		socket6 text "$line" 2>&1
	done <"$tmp/lines" >"$tmp/alone"
	gives 6 grep -vc '^socket6: not an address' "$tmp/alone" &&
		diff "$tmp/alone" "$tmp/together"
}

python_agrees()
{
	# shellcheck disable=SC2086 # commands of several words
	$limit python3 "$srcdir/tests/program/text.py" 1000 \
		$EXECUTE tests/program/socket6
}

# Elsewhere it is as it was, for it may be read again.
a_terminal_is_shown_no_control_character_of_a_zone()
{
	ip link add "$(printf 'z\302\2331m')" type veth peer name z1
	index=$(socket6 info | awk '$2 == "z??1m" { print $1 }')
	# shellcheck disable=SC2086 # words
	on_terminal --raw 80 $EXECUTE tests/program/socket6 text "fe80::1%$index" \
		>"$tmp/shown"
	says '^fe80::1%' cat "$tmp/shown" &&
		gives 0 grep -c "$(printf '\302\233')" "$tmp/shown"
}

ok "texts are as RFC 5952 says" texts_are_as_rfc_5952_says
ok "lines are read without the blanks round them" \
	lines_are_read_without_the_blanks_round_them
ok "a line with a NUL is no text" a_line_with_a_nul_is_no_text
plainly ok "a line without memory is told" a_line_without_memory_is_told
ok "what is no text is told, and the rest goes on" the_other_texts_are_told
plainly ok "a zone that cannot be looked up is a failure" \
	a_zone_that_cannot_be_looked_up_is_a_failure
ok "prefixes are read" prefixes_are_read
ok "a prefix is for what all of it is for" a_prefix_is_for_what_all_of_it_is_for
ok "text -v tells what an address is for" text_v_tells_what_an_address_is_for
ok "text -v tells the IPv4 address inside" text_v_tells_the_ipv4_address_inside
ok "text -v tells the reverse name" text_v_tells_the_reverse_name
ok "reverse names are read" reverse_names_are_read
ok "-m keeps what is in the prefix" m_keeps_what_is_in_the_prefix
ok "-m keeps no prefix that is in it in part" \
	m_keeps_no_prefix_that_is_in_it_in_part
ok "-m takes what text reads" m_takes_what_text_reads
ok "-m goes on after bad input" m_goes_on_after_bad_input
ok "a zone is read the same again" a_zone_is_read_the_same_again
with python3 "reverse names and prefixes are as Python has them" \
	python_agrees
with_lists with_terminal "a terminal is shown no control character of a zone" \
	a_terminal_is_shown_no_control_character_of_a_zone
done_testing
