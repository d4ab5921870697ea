#!/bin/sh
# SPDX-License-Identifier: ISC
# glibc-clang.sh - this machine's own C library and clang
# set: ci, at most 1000 seconds
. "${platforms:?}/common.sh"
packages clang libc6-dev
configure CC=clang
check
