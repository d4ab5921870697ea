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

ok "README's example is examples/client.c" readme_shows_the_client
ok "README's quick start is two commands" the_quick_start_is_two_commands

done_testing
