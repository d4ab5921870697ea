#!/bin/sh
# SPDX-License-Identifier: ISC
# kernels.sh - the suites under kernels that lack what the headers have.
#
# usage: make check-kernels
#
# Runs every suite named as an argument under each kernel of old_kernel.c. A
# test may skip for what that kernel lacks, and for nothing else; check_sys
# shows that the kernel refuses and that the fallback runs.

if ! test -x tests/systems/old_kernel; then
	echo "check-kernels: skipped, no libseccomp: install libseccomp-dev"
	exit 0
fi

under()
{
	tests/systems/old_kernel "$@"
}

results=kernels
suites=$*
. "${srcdir:-.}/tests/systems/simulation.sh"
simulate sock_nonblock SOCK_NONBLOCK &
simulate accept4 accept4 &
simulate af_inet6 'IPv6|IPV6' &
simulate v6only IPV6_V6ONLY &
wait
! test -f kernels/failed
