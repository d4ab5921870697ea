#!/bin/sh
# SPDX-License-Identifier: ISC
# glibc-gcc.sh - this machine's own C library and gcc
# set: whole, at most 1200 seconds
. "${platforms:?}/common.sh"
packages gcc libc6-dev
configure CC=gcc
check
