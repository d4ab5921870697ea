#!/bin/sh
# SPDX-License-Identifier: ISC
# i686.sh - 32 bits, and 64 for time and file offsets, with glibc and gcc
# set: ci, at most 1000 seconds
. "${platforms:?}/common.sh"
packages gcc-i686-linux-gnu g++-i686-linux-gnu libc6-dev-i386-cross libc6-i386
# Not every kernel of 64 bits runs such programs. qemu-user of Debian 12 does not
# serve instead: a dial by name turns in circles under qemu-i386.
# 126 is the shell's for that alone: what fails otherwise shall fail in the tests.
status=0
/lib/ld-linux.so.2 --version >/dev/null 2>&1 || status=$?
test "$status" -ne 126 ||
	end late 0 0 1 "this kernel runs no programs of 32 bits"
PKG_CONFIG_LIBDIR=/nonexistent
export PKG_CONFIG_LIBDIR
configure --host=i686-linux-gnu \
	CPPFLAGS='-D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64'
may_skip 'no libowfat' 'this compiler makes none here'
check
