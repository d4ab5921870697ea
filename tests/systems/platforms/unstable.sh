#!/bin/sh
# SPDX-License-Identifier: ISC
# unstable.sh - Debian unstable: the newest gcc and glibc
# set: whole, at most 1200 seconds
. "${platforms:?}/debian.sh"
may_skip 'no libowfat' # whose headers moved with 0.34
debian sid
