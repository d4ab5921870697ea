#!/bin/sh
# SPDX-License-Identifier: ISC
# riscv64.sh - 64 bits of RISC-V, under qemu-user
# set: whole, at most 1800 seconds
. "${platforms:?}/qemu.sh"
has_64_bits
emulate riscv64 riscv64-linux-gnu riscv64
