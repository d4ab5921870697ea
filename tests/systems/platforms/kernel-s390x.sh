#!/bin/sh
# SPDX-License-Identifier: ISC
# kernel-s390x.sh - Linux 6.1 on a big-endian processor, as the other kernels
# set: whole, at most 7200 seconds
. "${platforms:?}/kernel.sh"
packages gcc-s390x-linux-gnu libc6-dev-s390x-cross qemu-system-misc
machine=qemu-system-s390x
console=
kernel bookworm s390x linux-image-s390x --host=s390x-linux-gnu
