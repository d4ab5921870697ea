#!/bin/sh
# SPDX-License-Identifier: ISC
# every_consumer.sh - the installed library, by every kind of build.
#
# usage: make check-consumers
#
# What is not there to build with is a failure that names the package.
# shellcheck disable=SC2046,SC2086 # flags are several words
. "${srcdir:-.}/tests/support/tap.sh"
unset MAKEFLAGS MAKELEVEL MFLAGS # of the make that runs this

top=$(cd "$srcdir" && pwd) || exit
build=$PWD
jobs=$(getconf _NPROCESSORS_ONLN) || jobs=1
consumers=$top/tests/consumers
prefix=$tmp/prefix
PKG_CONFIG_PATH=$prefix/lib/pkgconfig
LD_LIBRARY_PATH=$prefix/lib
export PKG_CONFIG_PATH LD_LIBRARY_PATH

# install_in PREFIX CONFIGURE-ARGUMENT...: the library built from its tarball.
install_in()
{
	(
		mkdir -p "$tmp/build-$1" && cd "$tmp/build-$1" || exit
		prefix=$tmp/$1
		shift
		"$tmp/source/configure" --quiet --prefix="$prefix" "$@" \
			>configure.log 2>&1 || { cat configure.log && exit 1; }
		make -s -j "$jobs" && make -s install
	)
}

# run COMMAND...: shows it, and the end of what it writes if it fails.
run()
{
	echo "+ $*"
	"$@" >"$tmp/run.log" 2>&1 && return
	tail -n 30 "$tmp/run.log"
	return 1
}

# refused COMMAND...: runs a client of ours; the port has no listener.
refused()
{
	set -x
	"$@" '[::1]:1' 2>&1 | grep -q 'refused'
}

# compile COMPILER PACKAGE FLAG...: and run it.
compile()
{
	needs "$1" "$2" || return
	compiler=$1
	shift 2
	set -x
	"$compiler" -o "$tmp/program" "$@" && timeout 10 "$tmp/program"
}

flags()
{
	pkg-config --cflags --libs libsocket6 "$@"
}

# The archive is named to the linker, because pkg-config cannot do so.
static_flags()
{
	flags --static | sed 's/-lsocket6/-l:libsocket6.a/'
}

# tree NAME: a copy of the consumer NAME with the client as its source.
tree()
{
	cp -R "$consumers/$1" "$tmp/$1" &&
		cp "$top/examples/client.c" "$tmp/$1" && cd "$tmp/$1" || return
}

by_autoconf()
{
	needs autoreconf autoconf && needs automake automake &&
		tree autoconf && run autoreconf -fi && run ./configure &&
		run make && refused ./client
}

by_cmake()
{
	needs cmake cmake && tree cmake &&
		run cmake -B build -DCMAKE_PREFIX_PATH="$tmp/prefix" . &&
		run cmake --build build --verbose && refused build/client &&
		refused env LD_LIBRARY_PATH= build/client_static
}

by_meson()
{
	needs meson meson && needs ninja ninja-build && tree meson &&
		run meson setup build && run meson compile -v -C build &&
		refused build/client
}

in_a_tree()
{
	tree subproject && cp -R "$tmp/source" libsocket6 &&
		run autoreconf -fi --no-recursive &&
		run ./configure --enable-static --disable-shared &&
		run make -j "$jobs" && refused ./client
}

by_musl()
{
	needs musl-gcc musl-tools &&
		install_in musl CC=musl-gcc --disable-shared &&
		PKG_CONFIG_PATH=$tmp/musl/lib/pkgconfig &&
		compile musl-gcc musl-tools -static "$consumers/every.c" \
			$(flags --static)
}

with_lto()
{
	install_in lto CFLAGS='-O2 -flto' --disable-shared AR=gcc-ar \
		RANLIB=gcc-ranlib &&
		PKG_CONFIG_PATH=$tmp/lto/lib/pkgconfig &&
		compile gcc gcc -O2 -flto "$consumers/every.c" $(flags --static)
}

with_the_sanitizer()
{
	compile gcc gcc -fsanitize=address,undefined "$consumers/every.c" $(flags)
}

# Flat names are found in the directory of the shims.
shims()
{
	echo -I$(pkg-config --variable=shimdir libsocket6)
}

as_libowfat_says()
{
	compile cc gcc "$consumers/flat.c" $(shims) $(flags) >"$tmp/ours" ||
		{ cat "$tmp/ours" && return 1; }
	test -f /usr/include/ndelay.h ||
		{ echo "install libowfat-dev" && return 1; }
	compile cc gcc "$consumers/flat.c" -lowfat >"$tmp/theirs"
	diff "$tmp/theirs" "$tmp/ours"
}

# beside_libowfat SOURCE LIBRARY...: both, in this order.
beside_libowfat()
{
	source=$consumers/$1
	shift
	compile cc gcc -D_GNU_SOURCE "$source" \
		$(pkg-config --cflags libsocket6) -L"$tmp/prefix/lib" \
		-Wl,--no-as-needed "$@"
}

# As libsocket6(7) says, of a name that the program has too.
renamed()
{
	ln -s "$tmp/prefix/lib/libsocket6.a" . &&
		run $(sed -n 's/^\.Dl \(objcopy .*\)/\1/p' \
			"$top/doc/libsocket6.7") &&
		compile cc gcc "$consumers/own.c" \
			$(pkg-config --cflags libsocket6) mine.a
}

needs pkg-config pkgconf >&2 || exit
ok "the tarball is made" unpack "$tmp/source"
ok "the library is installed" install_in prefix
cd "$tmp" || exit

ok "cc and pkg-config, shared" compile cc gcc "$consumers/every.c" $(flags)
ok "cc and pkg-config, static" \
	compile cc gcc "$consumers/every.c" $(static_flags)
ok "cc and pkg-config, all static" \
	compile cc gcc -static "$consumers/every.c" $(flags --static)
ok "Autoconf" by_autoconf
ok "CMake" by_cmake
ok "Meson" by_meson
ok "a tree that has the library in it" in_a_tree
ok "libowfat's headers" compile cc gcc "$consumers/owfat.c" $(flags)
ok "libowfat's headers by flat names, as libowfat answers" as_libowfat_says
ok "libowfat after this library" beside_libowfat both.c -lsocket6 -lowfat
ok "libowfat before this library" beside_libowfat both.c -lowfat -lsocket6
ok "libowfat's archive after this library's" \
	beside_libowfat archives.c -l:libsocket6.a -l:libowfat.a
ok "a program with a socket_close of its own, shared" \
	compile cc gcc "$consumers/own.c" $(flags)
ok "a program with a socket_close of its own, static" renamed

for compiler in gcc clang; do
	for std in c99 c11 c17 c2x; do
		ok "$compiler, $std" compile $compiler $compiler -std=$std \
			-Wall -Wextra -pedantic -Werror "$consumers/every.c" \
			$(flags)
	done
done
for std in c++98 c++11 c++14 c++17 c++20; do
	ok "g++, $std" compile g++ g++ -std=$std -x c++ -Wall -Wextra \
		-pedantic -Werror "$consumers/every.c" $(flags)
	ok "clang++, $std" compile clang++ clang -std=$std -x c++ -Wall \
		-Wextra -pedantic -Werror "$consumers/every.c" $(flags)
done
ok "tcc" compile tcc tcc "$consumers/every.c" $(flags)
ok "AddressSanitizer" with_the_sanitizer
ok "link-time optimization" with_lto
ok "musl, static" by_musl
cd "$build" || exit
done_testing
