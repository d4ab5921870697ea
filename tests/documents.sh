#!/bin/sh
# SPDX-License-Identifier: ISC
# documents.sh - what README shows is what is there.
. "${srcdir:-.}/tests/tap.sh"

# Prints the block of README that begins so, without its indent.
block()
{
	awk -v first="	$1" '
		index($0, first) == 1 { on = 1 }
		on && /^[^\t]/ { exit }
		on { sub(/^\t/, ""); print }' "$srcdir/README"
}

readme_shows_the_client()
{
	block '/* client.c' >"$tmp/shown"
	sed 1d "$srcdir/examples/client.c" | diff -B - "$tmp/shown"
}

the_quick_start_is_two_commands()
{
	test "$(block ./bootstrap)" = './bootstrap demo
./bootstrap check'
}

# words FILE: prints the words of a drawing, each once. A v is an arrow.
words()
{
	tr -cs 'A-Za-z0-9_' '\n' <"$1" | grep -Evx 'v?' | sort -u
}

# A label's \n and \l end a line.
the_drawn_diagram_says_what_the_page_says()
{
	sed -n 's/.*label="\([^"]*\)".*/\1/p' "$srcdir/doc/connect.dot" |
		sed 's/\\[ln]/ /g' >"$tmp/drawn"
	sed -n '/^\.Ss How a connection/,/^\.Ed/p' "$srcdir/doc/libsocket6.7" |
		sed '1,/^\.Bd/d; /^\.Ed/d' >"$tmp/paged"
	words "$tmp/paged" >"$tmp/paged.words"
	words "$tmp/drawn" | diff "$tmp/paged.words" -
}

ok "README's example is examples/client.c" readme_shows_the_client
ok "README's quick start is two commands" the_quick_start_is_two_commands
ok "the drawn diagram says what libsocket6(7) says" \
	the_drawn_diagram_says_what_the_page_says

done_testing
