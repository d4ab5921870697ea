#!/bin/sh
# SPDX-License-Identifier: ISC
# objects.sh - what a small program takes of the static library.
. "${srcdir:-.}/tests/support/tap.sh"
need_plain
test -f "$static" || skip_all "built with --disable-static"
test "$EXEEXT" != .exe || skip_all "no ELF"

# link CALL: a program that makes this call, and the linker's map of it.
link()
{
	cat >"$tmp/program.c" <<-EOF
		#include <socket6.h>

		int main(void)
		{
			char ip[16] = {0};

			return (int)($1) + ip[0];
		}
	EOF
	# shellcheck disable=SC2086 # flags of several words
	$CC $CFLAGS -I"$srcdir/include" -Wl,-Map="$tmp/map" -o "$tmp/program" \
		"$tmp/program.c" "$static" $LDFLAGS
}

# Prints the objects in the map. libtool renames one whose name comes twice.
objects()
{
	grep -o 'libsocket6\.a([^)]*)' "$tmp/map" |
		sed 's/.*(//; s/\..*//; s/^lt[0-9]*-//' | sort -u
}

# takes CALL OBJECT...: the program takes these objects at most; some of them
# only where the system lacks something.
takes()
{
	link "$1" || return
	shift
	printf '%s\n' "$@" | sort >"$tmp/allowed"
	objects >"$tmp/taken"
	test -s "$tmp/taken" && comm -23 "$tmp/taken" "$tmp/allowed" | nothing
}

# Prints the objects that ask for memory.
allocating()
{
	nm -A "$static" 2>/dev/null |
		sed -n 's/.*:\([^:]*\)\.o: .* U _*\(m\|c\|re\)alloc$/\1/p' |
		sed 's/^lt[0-9]*-//' | sort -u
}

dials_and_look_ups_alone_allocate()
{
	allocating >"$tmp/allocating"
	test -s "$tmp/allocating" && grep -Evx \
		'dial|history|lookup|names|query' "$tmp/allocating" | nothing
}

# As if every function of a file called the next.
a_batch_fits_on_a_small_stack()
{
	for file in receive send error; do
		$CC -O2 -DHAVE_CONFIG_H -I. -I"$srcdir/include" \
			-I"$srcdir/lib" -fstack-usage -c -o "$tmp/$file.o" \
			"$srcdir/lib/datagram/$file.c" || return
		awk '{ bytes += $2 } END { exit bytes < 500 || bytes > 16384 }' \
			"$tmp/$file.su" || return
	done
}

a_list_fits_on_a_small_stack()
{
	$CC -O2 -DHAVE_CONFIG_H -I. -I"$srcdir/include" -I"$srcdir/lib" \
		-fstack-usage -c -o "$tmp/netlink.o" \
		"$srcdir/lib/sys/netlink.c" &&
		awk '{ bytes += $2 } END { exit bytes < 500 || bytes > 16384 }' \
			"$tmp/netlink.su"
}

# stack_test NAME COMMAND...
stack_test()
{
	if $CC -fstack-usage -c -o "$tmp/stack.o" "$tmp/stack.c" 2>/dev/null
	then
		ok "$@"
	else
		skip "$1" "the compiler does not tell"
	fi
}

link 0 >/dev/null 2>&1 || skip_all "no linker map"
resolve='ask fail if_indextoname interface ip4 ip6 modes name no_interface number
	open resolve socket thread_buffer zone'

# shellcheck disable=SC2086 # words
{
	ok "an address's text takes the two files that read it" \
		takes 'scan_ip6("::1", ip)' ip4 ip6
	ok "a prefix's text takes one more, and its numbers" \
		takes 'scan_ip6prefix("::1/128", ip, 0)' ip4 ip6 number prefix
	ok "whether an address has a prefix takes that" \
		takes 'socket_match6(ip, ip, 1)' ip4 ip6 number prefix
	ok "an error's words take a buffer of the thread's" \
		takes '*socket_error(0)' error thread_buffer
	ok "a socket takes no more than its modes" \
		takes 'socket_tcp6()' fail modes open socket
	ok "connecting takes how it went" \
		takes 'socket_connect6(0, ip, 1, 0)' addr connect fail pending \
		second_try tcp_state wrong_family
	ok "a list of addresses takes what reads it" \
		takes 'socket_ifaddrs(0, 0)' fail if_indextoname ifaddrs ifwatch \
		interfaces modes netlink rtmessage socket
	ok "a name takes no dial" \
		takes 'socket_resolve6("", "", 0, 0, 0)' $resolve
}
ok "dials, look-ups and histories alone allocate" \
	dials_and_look_ups_alone_allocate
echo 'int x;' >"$tmp/stack.c"
stack_test "a batch takes 16 KB of the stack at most" \
	a_batch_fits_on_a_small_stack
if configured HAVE_AF_NETLINK; then
	stack_test "a list takes 16 KB of the stack at most" \
		a_list_fits_on_a_small_stack
else
	skip "a list takes 16 KB of the stack at most" "no AF_NETLINK"
fi

done_testing
