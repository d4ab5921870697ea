#!/bin/sh
# SPDX-License-Identifier: ISC
# musl.sh - musl's C library, shared and static, with gcc
# set: ci, at most 800 seconds
. "${platforms:?}/libcheck.sh"
packages gcc musl-tools
libcheck musl CC=musl-gcc
configure CC=musl-gcc
lacks ip_recverr tls_model
may_skip 'no <error.h> on this system' 'no libowfat' 'no gai.conf'
check
