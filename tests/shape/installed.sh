#!/bin/sh
# SPDX-License-Identifier: ISC
# installed.sh - the library as it is installed, and as a program finds it.
# shellcheck disable=SC2046,SC2086 # flags are several words
. "${srcdir:-.}/tests/support/tap.sh"
need_plain
need pkg-config
unset MAKEFLAGS MAKELEVEL MFLAGS # of the make that runs this

dest=$tmp/dest
ok "make install succeeds" make -s install DESTDIR="$dest"
PKG_CONFIG_LIBDIR=$(dirname "$(find "$dest" -name libsocket6.pc)")
export PKG_CONFIG_LIBDIR
libdir=$(pkg-config --variable=libdir libsocket6)
includedir=$(pkg-config --variable=includedir libsocket6)
shimdir=$(pkg-config --variable=shimdir libsocket6)

# flags OPTION...: prints pkg-config's flags for what lies under $dest.
flags()
{
	PKG_CONFIG_SYSROOT_DIR=$dest pkg-config "$@" libsocket6
}

# Prints what is installed, manual pages aside.
installed()
{
	find "$dest" ! -type d | sed "s,^$dest,," | grep -v '/man[37]/'
}

# Prints what is to be installed.
expected()
{
	for header in "$srcdir"/include/socket6.h "$srcdir"/include/socket6/*; do
		echo "$includedir${header#"$srcdir"/include}"
	done
	for header in "$srcdir"/include/libowfat/*; do
		echo "$shimdir/${header##*/}"
	done
	printf "$libdir/%s\n" libsocket6.la pkgconfig/libsocket6.pc \
		cmake/libsocket6/libsocket6Config.cmake \
		cmake/libsocket6/libsocket6ConfigVersion.cmake
	test -z "$(variable bin_PROGRAMS)" || expected_program
	test -f "$static" && printf "$libdir/%s\n" libsocket6.a
	test -f "$shared" || return
	case $shared in
	*.dll) echo "$libdir/libsocket6.dll.a" "$libdir/../bin/${shared##*/}" ;;
	*) echo "$libdir"/libsocket6.so "$libdir"/libsocket6.so.0 \
		"$libdir"/libsocket6.so.0.0.0 ;;
	esac | tr ' ' '\n' | sed 's,[^/]*/\.\./,,'
}

# shellcheck disable=SC2016 # it is make's
# variable NAME: prints what the Makefile says of it.
variable()
{
	printf 'include Makefile\nprint:\n\t@echo \047$(%s)\047\n' "$1" |
		make -s -f - print
}

# Prints what is to be installed of the program.
expected_program()
{
	name=$(echo socket6 | sed "$(variable transform)")
	echo "$(variable bindir)/$name"
	echo "$(variable man1dir)/$name.1"
	echo "$(variable bashcompletiondir)/socket6.bash"
	echo "$(variable zshcompletiondir)/_socket6"
	echo "$(variable fishcompletiondir)/socket6.fish"
}

every_file_is_in_its_place()
{
	expected | sort >"$tmp/expected"
	installed | sort | diff "$tmp/expected" -
}

# A program of the build's finds the library there; one that is installed would
# take what lies in that folder later.
nothing_looks_into_the_build()
{
	found=$(find "$dest" -type f -exec grep -lF /lib/.libs {} +)
	echo "$found"
	test -z "$found"
}

every_name_has_its_page()
{
	mapped | sort >"$tmp/mapped"
	find "$dest" -path '*/man3/*.3' | sed 's,.*/,,; s/\.3$//' |
		sort | diff "$tmp/mapped" -
}

overview_and_guide_are_there()
{
	(cd "$srcdir/doc" && ls ./*.7) >"$tmp/overviews"
	find "$dest" -path '*/man7/*' | sed 's,.*/,./,' | sort |
		diff "$tmp/overviews" -
}

# build SOURCE FLAG...: compiles it as a user would.
build()
{
	$CC -o "$tmp/program$EXEEXT" "$@" $LDFLAGS
}

# program SOURCE FLAG...: and runs it.
program()
{
	build "$@" && execute "$dest$libdir" "$tmp/program"
}

# examples FLAG...: compiles and runs those of socket_connect6(3) that have
# their headers here.
examples()
{
	for example in "$tmp"/socket_connect6.3-*.c; do
		program "$example" "$@" ||
			test -n "$(missing_header "$example")" || return
	done
}

shimdir_is_not_in_cflags()
{
	has_no libowfat flags --cflags --libs
}

nothing_is_left()
{
	make -s uninstall DESTDIR="$dest" &&
		find "$dest" ! -type d -o -path "$dest$includedir/*" | nothing
}

extract "$srcdir/doc/socket_connect6.3"
cat >"$tmp/flat.c" <<'END'
#include "socket.h"
#include "ip6.h"

int main(void)
{
	uint16 port = 0;

	return socket_bind6(socket_tcp6(), V6any, port, 0);
}
END

ok "every file is in its place" every_file_is_in_its_place
ok "nothing looks for the library in the build" nothing_looks_into_the_build
ok "every name has its manual page" every_name_has_its_page
ok "overview and guide are there" overview_and_guide_are_there
ok "pkg-config tells the version" \
	gives "$(sed -n 's/^VERSION = //p' Makefile)" flags --modversion
ok "shimdir is not in Cflags" shimdir_is_not_in_cflags
ok "flat names are found by shimdir" \
	program "$tmp/flat.c" $(flags --cflags --libs) -I"$dest$shimdir"

ask_for_ipv6
ok "a program that asks for IPv6 builds" \
	build "$tmp/ipv6.c" $(flags --cflags --libs)
execute "$dest$libdir" "$tmp/program" >/dev/null 2>&1
ipv6=$?
name="the page's examples link to the library"
if test "$ipv6" -eq 1; then
	skip "$name" "no IPv6"
else
	ok "$name" examples $(flags --cflags --libs)
fi

name="the page's examples link to the static library"
echo 'int main(void) { return 0; }' >"$tmp/empty.c"
if ! test -f "$static"; then
	skip "$name" "built with --disable-static"
elif ! $CC -static -o "$tmp/empty" "$tmp/empty.c" $LDFLAGS 2>/dev/null; then
	skip "$name" "no static C library"
elif test "$ipv6" -eq 1; then
	skip "$name" "no IPv6"
else
	ok "$name" examples -static $(flags --static --cflags --libs)
fi

ok "make uninstall leaves nothing" nothing_is_left
done_testing
