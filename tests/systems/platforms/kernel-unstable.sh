#!/bin/sh
# SPDX-License-Identifier: ISC
# kernel-unstable.sh - unstable's Linux, with IPv6 and without, emulated
# set: whole, at most 7200 seconds
. "${platforms:?}/kernel.sh"
kernel sid amd64 linux-image-cloud-amd64
