#!/bin/sh
# SPDX-License-Identifier: ISC
# mipsel.sh - 32 bits of MIPS, little-endian, under qemu-user
# set: whole, at most 1800 seconds
. "${platforms:?}/qemu.sh"
has_own_errors
may_skip 'this compiler makes every stack executable'
emulate mipsel mipsel-linux-gnu mipsel
