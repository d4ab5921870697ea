#!/bin/sh
# SPDX-License-Identifier: ISC
# run_platforms.sh - the whole suite on systems unlike this one.
#
# usage: make check-platforms [PLATFORMS='[--all] [--allow-missing] [NAME...]']
#
# Makes the tarball and runs platforms/NAME.sh on it, for each NAME, or
# for those of the CI set, or with --all for every one. Ends with a table.
# Where packages cannot be had the platform is not run, which is a failure
# unless --allow-missing is given.

: "${srcdir:=.}" "${MAKE:=make}"
platforms=$(cd "$srcdir/tests/systems/platforms" && pwd) || exit
work=$(pwd)/platforms
workers=$(getconf _NPROCESSORS_ONLN) || workers=1
set=ci
missing_is_failure=1

LC_ALL=C
export LC_ALL platforms work
unset MAKEFLAGS MFLAGS

usage()
{
	{
		echo "run_platforms.sh: $1"
		echo "The platforms are:"
		for name in $(named ci) $(named whole); do
			sed -n '3s/^# \(.*\)\.sh - \(.*\)/  \1	\2/p' \
				"$platforms/$name.sh"
		done | expand -t 20
	} >&2
	exit 2
}

# Prints what each script says of itself: its name, its set, and its limit in
# seconds: "# set: ci, at most 600 seconds"
headers()
{
	awk '/^# set: [a-z]*, at most [0-9]* seconds$/ {
		name = FILENAME
		gsub(/.*\/|\.sh$/, "", name)
		print name, substr($3, 1, length($3) - 1), $6
	}' "$platforms"/*.sh
}

# named SET: prints the platforms of a set.
named()
{
	headers | awk -v set="$1" '$2 == set { print $1 }'
}

# limit NAME: prints after how many seconds it has failed.
limit()
{
	headers | awk -v name="$1" '$1 == name { print $3 }'
}

# Prints the platforms whose script does not say how it is run: what has no
# first line of a script is sourced by those.
unheaded()
{
	{
		headers | cut -d ' ' -f 1
		awk 'FNR == 1 && /^#!/ { print FILENAME }' "$platforms"/*.sh |
			sed 's,.*/\(.*\)\.sh,\1,'
	} | sort | uniq -u
}

# longest_first NAME...: the one that may take longest is not left to the end,
# when nothing else is to be run beside it.
longest_first()
{
	headers | sort -s -k 3,3nr |
		awk -v names=" $* " 'index(names, " " $1 " ") { print $1 }'
}

# Unpacks what a user would have; each platform builds in a place of its own.
unpack()
{
	rm -rf "$work/source"
	mkdir -p "$work/source" &&
		$MAKE -s dist-gzip distdir=libsocket6-platforms \
			>"$work/dist.log" 2>&1 &&
		tar xzf libsocket6-platforms.tar.gz --strip-components=1 \
			-C "$work/source" &&
		rm libsocket6-platforms.tar.gz && return
	cat "$work/dist.log"
	exit 1
}

# Nothing of an earlier run counts.
forget()
{
	for name; do
		mkdir -p "$work/$name" && cd "$work/$name" || exit
		rm -f why instead lacked seconds
		echo "failed 0 0 0 no result" >result
	done
}

# Runs the script of $1 in its directory, and prints its line. timeout has a
# process group of its own, so that nothing else ends it.
run()
{
	cd "$work/$1" || exit
	began=$(date +%s)
	timeout -k 10 "$(limit "$1")" sh "$platforms/$1.sh" >log 2>&1 \
		</dev/null &
	child=$!
	trap 'kill "$child"; exit 1' HUP INT TERM
	wait "$child"
	status=$?
	test "$status" -eq 0 || echo "failed 0 0 0 exit $status" >result
	echo $(($(date +%s) - began)) >seconds
	row "$1"
	case $(cat result) in
	failed*) grep -E '^(FAIL|ERROR):|: (fatal )?error:|^platform:' log | head -n 20
		 echo "see $work/$1/log" ;;
	esac
}

# row NAME: a line of the table, from what the script left.
row()
{
	read -r state passed failed skipped why <"$work/$1/result"
	test "$state" != missing || state='not run'
	printf '%-16s %-7s %6s %6s %7s %5s  %s\n' "$1" "$state" "$passed" \
		"$failed" "$skipped" "$(cat "$work/$1/seconds" 2>/dev/null)" \
		"$why$(cat "$work/$1/instead" 2>/dev/null)"
}

# Every platform with why its tests were skipped.
table()
{
	printf '\n%-16s %-7s %6s %6s %7s %5s  %s\n' platform '' passed failed \
		skipped s 'replaced by configure'
	for name; do
		row "$name"
		sed 's/^/  /' "$work/$name/why" 2>/dev/null
	done
}

# replacements NAME...: for each facility, where configure chose by itself what
# stands in for it.
replacements()
{
	printf '\nreplaced by configure on\n'
	for name; do
		sed -n 's/^socket6_cv_\([a-z0-9_]*\)=.*/\1/p' \
			"$work/$name/build/config.log" 2>/dev/null
	done | grep -Ev '^(cc|ld|peer)_' | sort -u | while read -r facility; do
		where=$(for name; do
			! grep -qx "$facility" "$work/$name/lacked" ||
				printf ' %s' "$name"
		done 2>/dev/null)
		printf '%-26s%s\n' "$facility" "${where:- none}"
	done
}

# sum FIELD NAME...: sums a column of the results.
sum()
{
	field=$1
	shift
	for name; do
		cut -d ' ' -f "$field" "$work/$name/result"
	done | awk '{ n += $1 } END { print n + 0 }'
}

# Whether each of these went as it should.
all_well()
{
	for name; do
		case $(cat "$work/$name/result") in
		ran* | builds*) ;;
		missing*) test "$missing_is_failure" = 0 || return 1 ;;
		*) return 1 ;;
		esac
	done
}

if [ "$1" = --run ]; then
	run "$2"
	exit
fi
while :; do
	case ${1-} in
	--all) set='ci whole' ;;
	--allow-missing) missing_is_failure=0 ;;
	-*) usage "unknown option $1" ;;
	*) break ;;
	esac
	shift
done
for name; do
	test -n "$(limit "$name")" ||
		usage "there is no platform $name"
done
unheaded=$(unheaded)
test -z "$unheaded" || usage "no line '# set:' in $unheaded"
# shellcheck disable=SC2046 # a name is a word
test $# -gt 0 || set -- $(for s in $set; do named "$s"; done)
test $# -gt 0 || usage "there is no platform"
# shellcheck disable=SC2046 # a name is a word
set -- $(printf '%s\n' "$@" | awk '!seen[$0]++')

mkdir -p "$work" && exec 8>"$work/running" || exit
flock -n 8 || {
	echo "run_platforms.sh: another run is at work in $work" >&2
	exit 1
}
unpack
(forget "$@")
rm -f "$work/updated"
jobs=1
test $# -ge "$workers" || jobs=$workers
export jobs srcdir
longest_first "$@" | xargs -n 1 -P "$workers" sh "$0" --run 8>&-
ended=$?
table "$@"
replacements "$@"
printf '\nplatforms %d passed, %d failed, %d skipped\n' "$(sum 2 "$@")" \
	"$(sum 3 "$@")" "$(sum 4 "$@")"
all_well "$@" && exit "$ended"
