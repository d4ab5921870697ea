#!/bin/sh
# SPDX-License-Identifier: ISC
# sparc64.sh - 64 bits of SPARC, big-endian, strict in alignment, under qemu-user
# set: whole, at most 1800 seconds
. "${platforms:?}/qemu.sh"
has_64_bits
is_big_endian
has_own_errors
emulate sparc64 sparc64-linux-gnu sparc64
