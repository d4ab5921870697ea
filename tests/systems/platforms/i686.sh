#!/bin/sh
# SPDX-License-Identifier: ISC
# i686.sh - 32 bits, and 64 for time and file offsets, with glibc and gcc
# set: ci, at most 1000 seconds
. "${platforms:?}/common.sh"
packages gcc-i686-linux-gnu g++-i686-linux-gnu libc6-dev-i386-cross libc6-i386
set --
# Not every kernel of 64 bits runs such programs; qemu-user runs them on any.
/lib/ld-linux.so.2 --version >/dev/null 2>&1 || {
	CK_TIMEOUT_MULTIPLIER='' at_once=''
	. "${platforms:?}/qemu.sh"
	packages qemu-user-static
	set -- LOG_COMPILER='qemu-i386-static -L /usr/i686-linux-gnu'
}
PKG_CONFIG_LIBDIR=/nonexistent
export PKG_CONFIG_LIBDIR
configure --host=i686-linux-gnu \
	CPPFLAGS='-D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64'
may_skip 'no libowfat' 'this compiler makes none here'
check "$@"
