#!/bin/sh
# SPDX-License-Identifier: ISC
# debian11.sh - Debian 11: gcc 10 and glibc 2.31
# set: whole, at most 1200 seconds
. "${platforms:?}/debian.sh"
lacks ipproto_mptcp
debian bullseye
