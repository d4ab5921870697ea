#!/bin/sh
# SPDX-License-Identifier: ISC
# kernels.sh - the suites under kernels that lack what the headers have.
#
# usage: make check-kernels
#
# Runs every suite named as an argument under each kernel of old_kernel.c. A
# test may skip for what that kernel lacks, and for nothing else; check_sys
# shows that the kernel refuses and that the fallback runs.

: "${CK_DEFAULT_TIMEOUT:=20}"
export CK_DEFAULT_TIMEOUT
rm -rf kernels
mkdir kernels || exit

if ! test -x tests/old_kernel; then
	echo "check-kernels: skipped, no libseccomp: install libseccomp-dev"
	exit 0
fi

# count KERNEL LACKED: sums the results of its suites; what is wrong comes
# first. A suite that broke off has less results than it planned, or no plan.
count()
{
	awk -v kernel="$1" -v lacked="$2" -v suites="$suites" '
		/^1\.\./ { planned += substr($1, 4); suites-- }
		/^not ok/ { failed++; print kernel ": " $0; next }
		/^ok .* # SKIP/ && $0 ~ "SKIP .*(" lacked ")" { skipped++; next }
		/^ok .* # SKIP/ { failed++; print kernel ": " $0; next }
		/^ok/ { passed++ }
		END {
			failed += suites + planned - passed - failed - skipped
			printf "%-16s %d passed, %d failed, %d skipped\n",
				kernel, passed, failed, skipped
			exit failed > 0
		}' "kernels/$1.tap"
}

# check KERNEL LACKED SUITE...: what tests may lack is a regular expression.
check()
{
	kernel=$1
	lacked=$2
	shift 2
	for suite; do
		tests/old_kernel "$kernel" "$suite"
	done >"kernels/$kernel.tap" 2>"kernels/$kernel.err"
	count "$kernel" "$lacked" || touch kernels/failed
}

suites=$#
check sock_nonblock SOCK_NONBLOCK "$@" &
check accept4 accept4 "$@" &
check af_inet6 'IPv6|IPV6' "$@" &
check v6only IPV6_V6ONLY "$@" &
wait
! test -f kernels/failed
