# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# simulation.sh - for kernels.sh and quirks.sh, which run the suites on another
# system, as it were. They set $results, a directory, and $suites, and say how
# one is run: under NAME SUITE.

: "${results:?}" "${suites:?}" "${CK_DEFAULT_TIMEOUT:=20}"
# Many run beside each other.
: "${CK_TIMEOUT_MULTIPLIER:=4}"
export CK_DEFAULT_TIMEOUT CK_TIMEOUT_MULTIPLIER
unset CK_RUN_SUITE CK_RUN_CASE CK_INCLUDE_TAGS CK_EXCLUDE_TAGS
rm -rf "$results"
mkdir "$results" || exit

# count NAME LACKED: sums the results of the suites; what is wrong comes first.
# A suite that broke off has less results than it planned, or no plan.
count()
{
	awk -v name="$1" -v lacked="$2" -v suites="$(echo "$suites" | wc -w)" '
		/^1\.\./ { planned += substr($1, 4); suites-- }
		/^not ok/ { failed++; print name ": " $0; next }
		/^ok .* # SKIP/ && $0 ~ "SKIP .*(" lacked ")" { skipped++; next }
		/^ok .* # SKIP/ { failed++; print name ": " $0; next }
		/^ok/ { passed++ }
		END {
			failed += suites + planned - passed - failed - skipped
			printf "%-16s %d passed, %d failed, %d skipped\n",
				name, passed, failed, skipped
			exit failed > 0
		}' "$results/$1.tap"
}

# simulate NAME LACKED: what tests may lack is a regular expression.
simulate()
{
	for suite in $suites; do
		under "$1" "$suite"
	done >"$results/$1.tap" 2>"$results/$1.err"
	count "$1" "$2" || touch "$results/failed"
}
