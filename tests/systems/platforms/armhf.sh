#!/bin/sh
# SPDX-License-Identifier: ISC
# armhf.sh - 32 bits of ARM, under qemu-user
# set: whole, at most 1400 seconds
. "${platforms:?}/qemu.sh"
emulate armhf arm-linux-gnueabihf arm
