#!/bin/sh
# SPDX-License-Identifier: ISC
# mips.sh - 32 bits of MIPS, big-endian, under qemu-user
# set: whole, at most 1800 seconds
. "${platforms:?}/qemu.sh"
is_big_endian
has_own_errors
may_skip 'this compiler makes every stack executable'
emulate mips mips-linux-gnu mips
