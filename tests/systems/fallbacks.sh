#!/bin/sh
# SPDX-License-Identifier: ISC
# fallbacks.sh - the tests over every replacement of a facility.
#
# usage: make check-fallbacks [FALLBACKS='NAME...']
#
# Runs `make check` in a build without any of the facilities that configure
# asks for, all-no, and the library's suites, $SUITES, in one without each alone.
# NAMEs choose among these; the last line says how many were run. What this system
# lacks anyway is in every build already.

: "${srcdir:=.}" "${MAKE:=make}" "${CC:=cc}" "${SUITES:?}"
srcdir=$(cd "$srcdir" && pwd) || exit
work=$(pwd)/fallbacks
workers=$(getconf _NPROCESSORS_ONLN) || workers=1
# Tests wait more than they work; a build alone has all there is.
jobs=2
test $# -ne 1 || jobs=$((2 * workers))

LC_ALL=C
: "${CK_TIMEOUT_MULTIPLIER:=4}"
export LC_ALL CK_TIMEOUT_MULTIPLIER
unset MAKEFLAGS MFLAGS

die()
{
	echo "fallbacks.sh: $*" >&2
	exit 2
}

# Prints the facilities: the rows of the table, each with one cache variable.
facilities()
{
	sed -En 's/.*SOCKET6_(PROBE|NAMES)\(\[([^]]*)\].*/\2/p' \
		"$srcdir/m4/socket6_facilities.m4" \
		"$srcdir/m4/socket6_program.m4"
}

# answer NAME: prints what the system says, yes or no; nothing of another NAME.
answer()
{
	sed -n "s/^socket6_cv_$1=.*='*\([a-z]*\)'*}/\1/p" system.cache
}

# configure DIRECTORY VARIABLE=VALUE...: quickly, also for libtool's sake.
configure()
{
	mkdir -p "$1" && cd "$1" || return
	shift
	CONFIG_SHELL=/bin/sh "$srcdir/configure" --cache-file=config.cache \
		--disable-static CC="$CC" CFLAGS=-O0 "$@"
}

# The system's own answers, from which every build begins.
ask_system()
{
	rm -f ./*.result ./*.failed build0/config.cache
	(configure build0) >system.log 2>&1 ||
		die "configure fails, see $work/system.log"
	mv build0/config.cache system.cache
}

# check DIRECTORY TESTS NAME...: configures without these facilities, and runs
# these tests, or all. What the last build in the directory left is made anew
# where it differs.
check()
{
	build=$1
	tests=$2
	shift 2
	cp system.cache "$build.cache"
	for name; do
		shift
		set -- "$@" "socket6_cv_$name=no"
		sed "/^socket6_cv_$name=/d" "$build.cache" >"$build.new"
		mv "$build.new" "$build.cache"
	done
	mkdir -p "$build" && mv "$build.cache" "$build/config.cache"
	(configure "$build" "$@") &&
		$MAKE -C "$build" -j "$jobs" check VERBOSE=1 ${tests:+"TESTS=$tests"}
}

# counts LABEL SECONDS: prints the result of a build, from its log.
counts()
{
	awk -v took="$2" '
		/^# (PASS|FAIL|SKIP|ERROR): / { n[$2] = $3 }
		END { printf "%4d passed %3d failed %3d skipped %4d s\n",
			n["PASS:"], n["FAIL:"] + n["ERROR:"], n["SKIP:"],
			took }' "$1.log"
}

# try LABEL DIRECTORY TESTS NAME...: checks, and says how it went.
try()
{
	label=$1
	shift
	began=$(date +%s)
	check "$@" >"$label.log" 2>&1 || touch "$label.failed"
	took=$(($(date +%s) - began))
	counts "$label" "$took" >"$label.result"
	row "$label" "$(cat "$label.result")"
	test -f "$label.failed" || return
	grep -E '^(FAIL|ERROR):.* - |: (fatal )?error:' "$label.log" | sort -u
	echo "see $work/$label.log"
}

# work N NAME...: one of the workers' share of the NAMEs, in buildN.
work()
{
	build=build$1
	turn=$1
	shift
	for label; do
		turn=$(((turn + workers - 1) % workers))
		case $turn:$label:$(answer "$label") in
		0:all-no:)
			# shellcheck disable=SC2046 # a name is a word
			try all-no "$build" '' $(facilities)
			;;
		0:*:yes) try "$label" "$build" "$SUITES" "$label" ;;
		esac
	done
}

# row LABEL RESULT [REPLACEMENT]
row()
{
	printf '%-26s %s\n' "$1" "$2${3:+  $3}"
}

# replacement LABEL: prints what serves instead, by configure's summary.
replacement()
{
	test "$1" != all-no || { echo "all of them" && return; }
	grep 'replacement: ' system.log | grep -vxF -f - "$1.log" |
		sed -n 's/.*replacement: //p' | paste -s -d ';' - | sed 's/;/; /g'
}

# table LABEL...: prints what is known of these.
table()
{
	for label; do
		if test -f "$label.result"; then
			row "$label" "$(cat "$label.result")" \
				"$(replacement "$label")"
		elif test "$(answer "$label")" = no; then
			row "$label" "the system's answer"
		else
			row "$label" "not run"
		fi
	done
}

# ran LABEL...: prints how many of those that can be run were.
ran()
{
	ran=0 all=0
	for label; do
		test "$(answer "$label")" != no || continue
		all=$((all + 1))
		test ! -f "$label.result" || ran=$((ran + 1))
	done
	echo "$ran of $all run"
}

mkdir -p "$work" && cd "$work" || exit
ask_system
# shellcheck disable=SC2046
test $# -gt 0 || set -- all-no $(facilities)
for label; do
	test "$label" = all-no || test -n "$(answer "$label")" ||
		die "configure asks for no facility $label"
done

worker=0
while test $worker -lt "$workers"; do
	worker=$((worker + 1))
	work $worker "$@" &
done
wait

echo
table "$@"
ran "$@"
! ls ./*.failed >/dev/null 2>&1
