#!/bin/sh
# SPDX-License-Identifier: ISC
# m68k.sh - 32 bits of 680x0, big-endian, aligned to 2 bytes, under qemu-user
# set: whole, at most 1800 seconds
. "${platforms:?}/qemu.sh"
is_big_endian
emulate m68k m68k-linux-gnu m68k
