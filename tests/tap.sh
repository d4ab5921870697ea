# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# tap.sh - for shell tests, which source it and write TAP:
#
#	. "${srcdir:-.}/tests/tap.sh"
#	need readelf
#	ok "the library needs libc alone" needs_libc_alone
#	done_testing
#
# A test runs in the build directory; $srcdir is the source's. $CC is the
# compiler. $tmp is a directory of its own, removed at the end.

: "${srcdir:=.}" "${CC:=cc}"
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

LC_ALL=C
export LC_ALL

tap_tests=0
tap_failed=0

# ok NAME COMMAND...: a test that passes if the command, which may be a
# function, gives 0. It runs in a subshell; what it writes is shown if it fails.
ok()
{
	tap_tests=$((tap_tests + 1))
	tap_name=$1
	shift
	if tap_output=$("$@" 2>&1); then
		echo "ok $tap_tests - $tap_name"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_tests - $tap_name"
		printf '%s\n' "$tap_output" | sed 's/^/# /'
	fi
}

# skip NAME REASON: a test that cannot be had here.
skip()
{
	tap_tests=$((tap_tests + 1))
	echo "ok $tap_tests - $1 # SKIP $2"
}

# need TOOL...: skips the whole file if one is missing.
need()
{
	for tap_tool; do
		command -v "$tap_tool" >/dev/null || skip_all "no $tap_tool"
	done
}

skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

# Without this line the driver takes the file for one that broke off.
done_testing()
{
	echo "1..$tap_tests"
	test "$tap_failed" -eq 0
}
