# SPDX-License-Identifier: ISC
# coverage.awk - lines and branches by file, of what llvm-cov reports: file,
# then functions, lines and branches, each with how many missed and the rate.

NF == 10 && $5 > 0 && $1 != "Filename" {
	printf "%-36s %5d lines %7s  %5d branches %7s\n", $1, $5, $7, $8, $10
}
