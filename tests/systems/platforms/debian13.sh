#!/bin/sh
# SPDX-License-Identifier: ISC
# debian13.sh - Debian 13: gcc 14 and glibc 2.41
# set: whole, at most 1200 seconds
. "${platforms:?}/debian.sh"
may_skip 'no libowfat' # whose headers moved with 0.34
debian trixie
