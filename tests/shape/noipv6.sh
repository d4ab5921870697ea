#!/bin/sh
# SPDX-License-Identifier: ISC
# noipv6.sh - a program and the library read and write one noipv6, also where
# the program has its own copy of it, as programs made for libowfat have.
. "${srcdir:-.}/tests/support/tap.sh"
need_shared

# build NAME ARGUMENT...: compiles noipv6.c into $tmp/NAME.
build()
{
	program=$tmp/$1
	shift
	$CC -D_GNU_SOURCE -o "$program" "$@" -L lib/.libs
}

# run NAME [DIRECTORY]: runs it with the libraries in the directory.
run()
{
	execute "${2:-lib/.libs}" "$tmp/$1"
}

# Whether a program has its own copy of noipv6.
has_a_copy()
{
	readelf -Wr "$tmp/$1" | grep 'R_[A-Z0-9_]*_COPY .* noipv6'
}

# copy_test NAME: that it has one, which not every processor asks for.
copy_test()
{
	name="it has its own copy of noipv6"
	if test -f "$tmp/$1" && has_a_copy "$1" >"$tmp/copy"; then
		ok "$name" true
	else
		skip "$name" "this compiler makes none here"
	fi
}

# one_variable NAME ARGUMENT...: our header and our library.
one_variable()
{
	build "$@" -I"$srcdir/include" -include libowfat/socket.h \
		"$srcdir/tests/shape/noipv6.c" -lsocket6 && run "$1"
}

# An old source: their header, our library.
old_source()
{
	# shellcheck disable=SC2086 # flags are several words
	build old $fixed -include stddef.h -include "$theirs" \
		"$srcdir/tests/shape/noipv6.c" -lsocket6 && run old
}

# An old binary: their header and library, and ours under its name.
old_binary()
{
	# shellcheck disable=SC2086 # flags are several words
	build old $fixed -include stddef.h -include "$theirs" \
		"$srcdir/tests/shape/noipv6.c" -lowfat &&
		has_a_copy old || return
	soname=$(readelf -Wd "$tmp/old" | sed -n 's/.*\[\(libowfat.*\)\]/\1/p')
	cp "$shared" "$tmp/$soname" && run old "$tmp"
}

# Finds libowfat's header, which 0.34 has in a directory of its own: $theirs.
find_theirs()
{
	for theirs in socket.h libowfat/socket.h; do
		printf '#include <%s>\n' stddef.h "$theirs" |
			$CC -E - >/dev/null 2>&1 && return
	done
	theirs=
}

# links FLAG...: whether a program can be made with these flags.
links()
{
	echo 'int main(void) { return 0; }' >"$tmp/main.c"
	$CC "$@" -o "$tmp/main" "$tmp/main.c" 2>/dev/null
}

# pie_test NAME COMMAND: a test of a position-independent program.
pie_test()
{
	if links -fPIE -pie; then
		ok "$@"
	else
		skip "$1" "no -pie"
	fi
}

# A compiler without these flags makes no PIE anyway.
fixed='-fno-pie -no-pie'
# shellcheck disable=SC2086 # flags are several words
links $fixed || fixed=

# Some compilers give a PIE its own copy only with a flag.
direct=-fdirect-access-external-data
$CC $direct -c -o "$tmp/empty.o" -x c /dev/null 2>/dev/null || direct=

# shellcheck disable=SC2086 # flags are several words
ok "a program at a fixed address shares noipv6" one_variable fixed $fixed
copy_test fixed

pie_test "a position-independent program shares noipv6" \
	one_variable pie -fPIE -pie $direct
copy_test pie

pie_test "a program without a copy shares noipv6" \
	one_variable pic -fPIC -pie

find_theirs
name="a source for libowfat links to this library"
if test -n "$theirs"; then
	ok "$name" old_source
else
	skip "$name" "no libowfat"
fi

# Its headers may be there for one processor alone.
name="a binary for libowfat runs on this library"
echo 'int main(void) { return 0; }' >"$tmp/empty.c"
if test -n "$theirs" &&
	$CC -o "$tmp/empty" "$tmp/empty.c" -lowfat 2>/dev/null; then
	ok "$name" old_binary
else
	skip "$name" "no libowfat"
fi
done_testing
