#!/bin/sh
# SPDX-License-Identifier: ISC
# kernel-5.10.sh - Linux 5.10, with IPv6 and without, emulated
# set: whole, at most 7200 seconds
. "${platforms:?}/kernel.sh"
# Linux has it since 5.6; Debian's 5.10 is built without.
may_skip 'no Multipath TCP'
# Linux 5.11 lets loopback have them whole.
may_skip 'loopback splits segments'
kernel bullseye amd64 linux-image-cloud-amd64
