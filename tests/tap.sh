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
# compiler, $shared and $static are the libraries. $tmp is a directory of its
# own, removed at the end.

: "${srcdir:=.}" "${CC:=cc}"
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

LC_ALL=C
export LC_ALL
shared=lib/.libs/libsocket6.so
# shellcheck disable=SC2034 # for those who source this file
static=lib/.libs/libsocket6.a

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
		printf '%s\n' "$tap_output" | sed 's/^/# /; 40q'
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

# Skips the whole file if there is no shared library to look at as we made it.
need_shared()
{
	test -f "$shared" || skip_all "built with --disable-shared"
	need readelf
	if readelf -Ws "$shared" | grep -Eq ' _*(asan|gcov|tsan|ubsan)_'; then
		skip_all "the compiler's instruments are in the library"
	fi
}

# configured NAME: whether config.h defines NAME.
configured()
{
	grep -q "^#define $1 1$" config.h
}

# gives TEXT COMMAND...: whether the command writes just that.
gives()
{
	tap_wanted=$1
	shift
	tap_got=$("$@")
	test "$tap_got" = "$tap_wanted" && return
	printf 'wanted: %s\ngot: %s\n' "$tap_wanted" "$tap_got"
	return 1
}

# Fails, and shows what it read, unless that is nothing.
nothing()
{
	! grep .
}

# Without this line the driver takes the file for one that broke off.
done_testing()
{
	echo "1..$tap_tests"
	test "$tap_failed" -eq 0
}
