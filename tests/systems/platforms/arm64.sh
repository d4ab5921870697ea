#!/bin/sh
# SPDX-License-Identifier: ISC
# arm64.sh - 64 bits of ARM, under qemu-user
# set: whole, at most 1800 seconds
. "${platforms:?}/qemu.sh"
has_64_bits
emulate arm64 aarch64-linux-gnu aarch64
