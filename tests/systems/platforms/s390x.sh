#!/bin/sh
# SPDX-License-Identifier: ISC
# s390x.sh - 64 bits, big-endian, under qemu-user
# set: ci, at most 1400 seconds
. "${platforms:?}/qemu.sh"
has_64_bits
is_big_endian
emulate s390x s390x-linux-gnu s390x
