#!/bin/sh
# SPDX-License-Identifier: ISC
# pages.sh - the manual pages: names, prototypes, references, examples.
. "${srcdir:-.}/tests/support/tap.sh"

doc=$srcdir/doc

# Prints pages as a terminal of 80 columns shows them.
rendered()
{
	mandoc -T ascii "$@" | sed "s/.$(printf '\b')//g"
}

# Prints the names in the NAME lists of the pages.
named()
{
	awk '/^\.Sh/ { in_name = $2 == "NAME" }
		in_name && $1 == ".Nm" { print $2 }' "$@"
}

# Prints the synopses, which are C, of the pages in section 3.
synopses()
{
	rendered "$doc"/*.3 | sed -n '/^SYNOPSIS/,/^DESCRIPTION/s/^     //p'
}

# Prints what C declares.
declared()
{
	sed -n -e 's/^\([a-z0-9_]*\)(.*/\1/p' \
		-e 's/^extern .* \([A-Za-z0-9_]*\)[[;].*/\1/p'
}

# Prints the pages of ours to which headers and pages refer.
referred()
{
	awk 'FNR == 2' "$srcdir"/include/socket6/*.h | tr ' ' '\n' |
		sed -n 's/^\([a-z0-9_]*\)(\([37]\)).*/\1.\2/p'
	sed -n 's/^\.Xr \([^ ]*\) \([0-9]\).*/\1.\2/p' "$doc"/*.[137] |
		grep -E '^((socket|scan|fmt|ndelay)_|(lib)?socket6)'
}

# Prints the guide's chapters, in order, and what each is about.
guide()
{
	awk '/^\.Ss/ { on = $0 == ".Ss The guide" }
		on && /^\.It Xr/ { name = $3; getline; print name, $0 }' \
		"$doc/libsocket6.7"
}

# Prints what a program, by its first line, is linked with besides.
linked_with()
{
	read -r first <"$1"
	case $first in
	'/* Linked with '*' */')
		first=${first#'/* Linked with '}
		echo "${first%' */'}"
		;;
	esac
}

# has FLAG: whether a program can be linked so. The compiler may find what was
# built for another C library; pkg-config gets the path to search.
has()
{
	case $1 in
	-l*) pkg-config --exists "lib${1#-l}" || return ;;
	esac
	echo 'int main(void) { return 0; }' >"$tmp/linked.c"
	$CC -o "$tmp/linked$EXEEXT" "$tmp/linked.c" "$1"
}

# Prints what one descriptor for a dial takes and this system lacks.
missing_dial_fd()
{
	configured HAVE_KQUEUE && return
	for facility in EPOLL TIMERFD; do
		configured "HAVE_$facility" || echo "$facility"
	done | head -n 1
}

# Prints a facility that lists of interfaces take, if there is none of them.
missing_lists()
{
	for facility in AF_NETLINK GETIFADDRS WINSOCK; do
		! configured "HAVE_$facility" || return 0
	done
	echo AF_NETLINK
}

# Prints the first header, library or facility that is missing.
missing()
{
	missing_header "$1" | grep . && return
	if grep -q '[( ]socket_dial_fd(' "$1"; then
		missing_dial_fd | grep . && return
	fi
	if grep -q '[( ]socket_ifaddrs(' "$1"; then
		missing_lists | grep . && return
	fi
	for flag in $(linked_with "$1"); do
		has "$flag" 2>/dev/null || echo "$flag"
	done | head -n 1
}

# build PROGRAM: builds $tmp/PROGRAM.c as a user would, but with all warnings.
# The names are the same in every run, so that ccache can answer.
build()
{
	# Some of the variables hold several words.
	# shellcheck disable=SC2086,SC2046
	(cd "$tmp" && $CC $CFLAGS -Wall -Wextra -Wpedantic -Werror -Iinclude \
		-c "$1.c") &&
		$CC $CFLAGS -o "$tmp/$1$EXEEXT" "$tmp/$1.o" $LDFLAGS \
			-L lib/.libs -lsocket6 $(linked_with "$tmp/$1.c")
}

# Whether the program is built and succeeds.
runs()
{
	build "$1" && execute lib/.libs "$tmp/$1"
}

# dietlibc keeps errno in a frame that ends with main, and exit writes over it.
# Then exit kills every thread: of one that has ended it stores ESRCH.
threads_break_exit()
{
	echo __dietlibc__ | $CC -E - | grep -qx 1 &&
		grep -q pthread_create "$1"
}

# Shows what the last example said.
failed()
{
	cat "$tmp/output"
	return 1
}

every_symbol_is_named_by_one_page()
{
	mapped >"$tmp/mapped"
	named "$doc"/*.3 | sort | diff "$tmp/mapped" -
}

every_page_of_ours_that_is_referred_to_exists()
{
	for page in $(referred); do
		test -f "$doc/$page" || echo "$page"
	done | nothing
}

the_synopses_declare_the_names()
{
	named "$doc"/*.3 >"$tmp/named"
	synopses | declared | diff "$tmp/named" -
}

# Two declarations that differ, in an array's length too, are an error.
the_synopses_agree_with_the_headers()
{
	synopses >"$tmp/synopses.c"
	$CC -Wall -Wextra -Werror -I"$srcdir/include" -c \
		-o "$tmp/synopses.o" "$tmp/synopses.c"
}

# CI has every page of the system's to which ours refer; others may not.
mandoc_finds_nothing_to_say()
{
	absent='referenced manual not found'
	test "$CI" = true && absent='^$'
	(cd "$doc" && mandoc -T lint -W style ./*.[137] 2>/dev/null) |
		grep -v "$absent" | nothing
}

# What groff warns of, a reader of man-db sees; but not that a line is too long
# to be broken or too short to be adjusted, of which groff 1.23 warns.
groff_finds_nothing_to_say()
{
	groff -mdoc -T ascii -ww -W break "$doc"/*.[137] 2>&1 >/dev/null |
		nothing
}

no_line_is_longer_than_80_columns()
{
	rendered "$doc"/*.[137] | grep -E '.{81}' | nothing
}

# As In would, at the start of a heading.
no_word_of_a_heading_is_a_macro()
{
	mandoc -T html -O fragment "$doc"/*.[137] |
		grep -E '<h[12].*<(code|i|b|var|span) class' | nothing
}

# Below the top of a manual, from which .so is read.
every_name_has_a_page_that_opens()
{
	mkdir -p "$tmp/man/man3"
	cp "$doc"/*.3 doc/aliases/*.3 "$tmp/man/man3"
	named "$doc"/*.3 | sed 's/$/.3/' | sort >"$tmp/named"
	cd "$tmp/man" || return
	(cd man3 && ls) | sort | diff "$tmp/named" - || return
	mandoc -T lint -W error man3/*.3 | nothing
}

# And says of each what it says of itself.
the_guide_lists_every_chapter()
{
	# shellcheck disable=SC2046 # a page is a word
	awk '/^\.Nm/ { name = $2 }
		/^\.Nd/ { sub(/^\.Nd /, ""); print name, $0 }' \
		$(grep -l chapter "$doc"/libsocket6-*.7) >"$tmp/chapters"
	guide | sort | diff "$tmp/chapters" -
}

# The references above a chapter's first paragraph are to those beside it, in
# order, and to the overview from the first.
each_chapter_leads_to_its_neighbours()
{
	{
		echo libsocket6
		guide | sed 's/ .*//'
	} >"$tmp/order"
	# shellcheck disable=SC2046 # a page is a word
	awk 'FNR == 1 { above = 1 }
		/^\.Nm/ { name = $2 }
		/^\.Pp/ { above = 0 }
		above && /^\.Xr/ { print name, $2 }' \
		$(sed "s,.*,$doc/&.7," "$tmp/order") |
		grep '^[^ ]*-' >"$tmp/links"
	awk '{ at[NR] = $0 }
		END { for (n = 2; n <= NR; n++) {
			print at[n], at[n - 1]
			if (n < NR) print at[n], at[n + 1] } }' "$tmp/order" |
		diff - "$tmp/links"
}

ok "every symbol is named by one page" every_symbol_is_named_by_one_page
ok "every page of ours that is referred to exists" \
	every_page_of_ours_that_is_referred_to_exists
ok "the guide lists every chapter" the_guide_lists_every_chapter
ok "each chapter leads to its neighbours" each_chapter_leads_to_its_neighbours

if command -v mandoc >/dev/null; then
	ok "the synopses declare the names" the_synopses_declare_the_names
	ok "the synopses agree with the headers" \
		the_synopses_agree_with_the_headers
	ok "mandoc finds nothing to say" mandoc_finds_nothing_to_say
	ok "no line is longer than 80 columns" no_line_is_longer_than_80_columns
	ok "no word of a heading is a macro" no_word_of_a_heading_is_a_macro
	ok "every name has a page that opens" every_name_has_a_page_that_opens
elif test "$CI" = true; then
	ok "mandoc is there" command -v mandoc
else
	skip "the pages as mandoc sees them" "no mandoc"
fi

if command -v groff >/dev/null; then
	ok "groff finds nothing to say" groff_finds_nothing_to_say
else
	skip "the pages as groff sees them" "no groff"
fi

ln -s "$(cd "$srcdir/include" && pwd)" "$tmp/include"
ask_for_ipv6
ok "a program that asks for IPv6 builds" build ipv6
execute lib/.libs "$tmp/ipv6" >/dev/null 2>&1
ipv6=$?

# A lock belongs to all who have the descriptor, and an example's children do.
no_example_is_left_running()
{
	flock -w 60 "$tmp/running" true
}

extract "$doc"/*.[37]
exec 9>"$tmp/running"
command -v flock >/dev/null && flock 9
for page in "$doc"/*.[37]; do
	for source in "$tmp/${page##*/}"-*.c; do
		program=${source##*/}
		name="$program runs"
		program=${program%.c}
		if runs "$program" >"$tmp/output" 2>&1; then
			ok "$name" true
			continue
		fi
		# Asked only now, as it takes a compiler for each header.
		missing=$(missing "$source")
		if test -n "$missing"; then
			skip "$name" "no $missing"
		elif threads_break_exit "$source"; then
			skip "$name" "dietlibc: exit of a program with threads"
		elif ! test -x "$tmp/$program$EXEEXT"; then
			ok "$name" failed
		elif test "$ipv6" -eq 1; then
			skip "$name" "no IPv6"
		elif emulated && grep -q socket_mcinterface6 "$source"; then
			skip "$name" "qemu-user: IPV6_MULTICAST_IF is ENOPROTOOPT"
		else
			ok "$name" failed
		fi
	done
done
exec 9>&-
if test "$EXEEXT" = .exe; then # wine has a server, which stays
	skip "no example is left running" "no POSIX"
elif command -v flock >/dev/null; then
	ok "no example is left running" no_example_is_left_running
else
	skip "no example is left running" "no flock"
fi
done_testing
