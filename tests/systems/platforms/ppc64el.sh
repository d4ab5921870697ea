#!/bin/sh
# SPDX-License-Identifier: ISC
# ppc64el.sh - 64 bits of PowerPC, little-endian, under qemu-user
# set: whole, at most 1800 seconds
. "${platforms:?}/qemu.sh"
has_64_bits
emulate ppc64el powerpc64le-linux-gnu ppc64le
