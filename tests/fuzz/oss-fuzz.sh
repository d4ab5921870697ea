#!/bin/sh
# SPDX-License-Identifier: ISC
# oss-fuzz.sh - the build script of a project of OSS-Fuzz.
#
# Their builder sets CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE, SRC, WORK
# and OUT, and has this tree in $SRC/libsocket6. A Dockerfile there needs
#
#	RUN apt-get update && apt-get install -y autoconf automake libtool \
#		pkg-config zip
#	RUN git clone --depth 1 URL libsocket6
#	COPY build.sh $SRC/
#
# with a build.sh that runs this script. Of each harness come the program, its
# options and its corpus. Tried with clang 14 as AddressSanitizer, UBSan and
# MemorySanitizer have it there.
set -eu
: "${CC:?}" "${CXX:?}" "${CFLAGS=}" "${CXXFLAGS=}" "${OUT:?}" "${SRC:?}"
: "${LIB_FUZZING_ENGINE:?}" "${WORK:=$SRC/work}"
source=$SRC/libsocket6

test -x "$source/configure" || (cd "$source" && autoreconf -i)
mkdir -p "$WORK/build"
cd "$WORK/build"
# The sanitizers do not know the functions that _FORTIFY_SOURCE calls.
"$source/configure" --quiet --disable-shared --disable-hardening CC="$CC" \
	CFLAGS="$CFLAGS"
# An engine may be a library in C++, so that links.
make -s -j "$(getconf _NPROCESSORS_ONLN)" fuzzers tests/fuzz/packer \
	LIB_FUZZING_ENGINE="$LIB_FUZZING_ENGINE" CCLD="$CXX $CXXFLAGS"

for fuzzer in tests/fuzz/*.fuzz; do
	name=$(basename "$fuzzer" .fuzz)
	cp "$fuzzer" "$OUT/$name"
	printf '[libfuzzer]\nmax_len = 512\n' >"$OUT/$name.options"
	mkdir -p "seeds/$name"
	tests/fuzz/packer unpack "seeds/$name" \
		<"$source/tests/fuzz/corpus/${name#fuzz_}"
	zip -q -j -r "$OUT/${name}_seed_corpus.zip" "seeds/$name"
done
