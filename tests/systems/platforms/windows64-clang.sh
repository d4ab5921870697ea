#!/bin/sh
# SPDX-License-Identifier: ISC
# windows64-clang.sh - Windows, 64 bits, under wine, with clang
# set: whole, at most 1200 seconds
. "${platforms:?}/windows.sh"
packages clang gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64 wine wine64
gcc=$(x86_64-w64-mingw32-gcc -print-libgcc-file-name)
# Not in LDFLAGS, which libtool's wrapper of a program is not linked with.
windows x86_64-w64-mingw32 \
	CC="clang --target=x86_64-w64-mingw32 -L$(dirname "$gcc") \
		-Wno-unused-command-line-argument"
