#!/bin/sh
# SPDX-License-Identifier: ISC
# kernel-6.1.sh - Linux 6.1, with IPv6 and without, emulated
# set: whole, at most 7200 seconds
. "${platforms:?}/kernel.sh"
kernel bookworm amd64 linux-image-cloud-amd64
