#!/bin/sh
# SPDX-License-Identifier: ISC
# powerpc.sh - 32 bits of PowerPC, big-endian, under qemu-user
# set: whole, at most 1800 seconds
. "${platforms:?}/qemu.sh"
is_big_endian
emulate powerpc powerpc-linux-gnu ppc
