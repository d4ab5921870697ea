#!/bin/sh
# SPDX-License-Identifier: ISC
# run_platforms.sh - the whole suite on systems unlike this one.
#
# usage: make check-platforms \
#	[PLATFORMS='[--all] [--allow-missing] [--seconds N] [NAME...]']
#
# Makes the tarball and runs platforms/NAME.sh on it, for each NAME, or
# for those of the CI set, or with --all for every one. Ends with a table.
# Where packages cannot be had the platform is not run, which is a failure
# unless --allow-missing is given. With --seconds, what might end later is not
# begun, and counts as a skipped test.

: "${srcdir:=.}" "${MAKE:=make}"
platforms=$(cd "$srcdir/tests/systems/platforms" && pwd) || exit
work=$(pwd)/platforms
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
		cd "$platforms" || exit
		# shellcheck disable=SC2046 # a name is a word
		awk 'FNR == 3 && sub(/^# /, "  ") && sub(/\.sh - /, "\t")' \
			$(printf '%s.sh\n' $(named ci) $(named whole)) |
			expand -t 20
	} >&2
	exit 2
}

# Prints what each script says of itself: its name, its set, and its limit in
# seconds: "# set: ci, at most 600 seconds". The set of one that does not say
# that is none. What has no first line of a script is sourced by those.
headers()
{
	awk 'function end()
		{
			if (script != (seconds > 0))
				set = "none"
			if (script || seconds)
				print name, set, seconds
			seconds = 0
		}
		FNR == 1 {
			end()
			name = FILENAME
			gsub(/.*\/|\.sh$/, "", name)
			script = /^#!/
		}
		/^# set: [a-z]*, at most [0-9]* seconds$/ {
			set = substr($3, 1, length($3) - 1)
			seconds = $6
		}
		END { end() }' "$platforms"/*.sh
}

# named SET: prints the platforms of a set.
named()
{
	while read -r name set _; do
		test "$set" != "$1" || echo "$name"
	done <<-END
		$headers
	END
}

# Whether there is a platform of this name.
known()
{
	while read -r known _; do
		test "$known" != "$1" || return 0
	done <<-END
		$headers
	END
	return 1
}

# longest_first NAME...: prints names and limits. The one that may take longest is
# not left to the end, when nothing else is to be run beside it.
longest_first()
{
	echo "$headers" | sort -s -k 3,3nr |
		awk -v names=" $* " 'index(names, " " $1 " ") { print $1, $3 }'
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
	cd "$work" && mkdir -p "$@" || exit
	for name; do
		for file in why instead lacked seconds; do
			: >"$name/$file"
		done
		echo "failed 0 0 0 no result" >"$name/result"
	done
}

# run NAME LIMIT: runs its script in its directory, and prints its line. timeout
# has a process group of its own, so that nothing else ends it.
run()
{
	cd "$work/$1" || exit
	began=$(date +%s)
	if test -n "$end" && test $((began + $2)) -gt "$end"; then
		echo "late 0 0 1 it may take $2 s" >result
		row "$1"
		return
	fi
	timeout -k 10 "$2" sh "$platforms/$1.sh" >log 2>&1 \
		</dev/null &
	child=$!
	trap 'kill "$child"; exit 1' HUP INT TERM
	wait "$child"
	status=$?
	test "$status" -eq 0 || echo "failed 0 0 0 exit $status" >result
	echo $(($(date +%s) - began)) >seconds
	row "$1"
	test "$state" = failed || return 0
	grep -E '^(FAIL|ERROR):|: (fatal )?error:|^platform:' log | head -n 20
	echo "see $work/$1/log"
}

# row NAME: a line of the table, from what the script left.
row()
{
	read -r state passed failed skipped why <"$work/$1/result"
	read -r seconds <"$work/$1/seconds"
	read -r instead <"$work/$1/instead"
	test "$state" != missing || state='not run'
	printf '%-16s %-7s %6s %6s %7s %5s  %s\n' "$1" "$state" "$passed" \
		"$failed" "$skipped" "$seconds" "$why$instead"
}

# Every platform with why its tests were skipped.
table()
{
	printf '\n%-16s %-7s %6s %6s %7s %5s  %s\n' platform '' passed failed \
		skipped s 'replaced by configure'
	for name; do
		row "$name"
		while IFS= read -r reason; do
			printf '  %s\n' "$reason"
		done <"$work/$name/why"
	done
}

# replacements NAME...: for each facility, where configure chose by itself what
# stands in for it.
replacements()
{
	printf '\nreplaced by configure on\n'
	for name; do
		shift
		set -- "$@" "$work/$name/lacked"
		! test -f "$work/$name/build/config.log" ||
			set -- "$@" "$work/$name/build/config.log"
	done
	awk 'FNR == 1 {
			name = FILENAME
			sub(/\/(lacked|build\/config\.log)$/, "", name)
			sub(/.*\//, "", name)
		}
		FILENAME ~ /\/lacked$/ { where[$0] = where[$0] " " name }
		/^socket6_cv_[a-z0-9_]*=/ {
			gsub(/^socket6_cv_|=.*/, "")
			known[$0]
		}
		END { for (facility in known)
			if (facility !~ /^(cc|ld|peer)_/)
				printf "%-26s%s\n", facility,
					facility in where ? where[facility] : " none" }
		' "$@" | sort
}

# Prints how many tests of these passed, failed and were skipped.
sums()
{
	all_passed=0 all_failed=0 all_skipped=0
	for name; do
		read -r _ passed failed skipped _ <"$work/$name/result"
		all_passed=$((all_passed + passed))
		all_failed=$((all_failed + failed))
		all_skipped=$((all_skipped + skipped))
	done
	printf '\nplatforms %d passed, %d failed, %d skipped\n' \
		"$all_passed" "$all_failed" "$all_skipped"
}

# Whether each of these went as it should.
all_well()
{
	for name; do
		read -r state _ <"$work/$name/result"
		case $state in
		ran | builds | late) ;;
		missing) test "$missing_is_failure" = 0 || return 1 ;;
		*) return 1 ;;
		esac
	done
}

if [ "$1" = --run ]; then
	run "$2" "$3"
	exit
fi
headers=$(headers)
workers=$(getconf _NPROCESSORS_ONLN) || workers=1
end=
while :; do
	case ${1-} in
	--all) set='ci whole' ;;
	--allow-missing) missing_is_failure=0 ;;
	--seconds)
		shift
		end=$(($(date +%s) + ${1:?}))
		;;
	-*) usage "unknown option $1" ;;
	*) break ;;
	esac
	shift
done
for name; do
	known "$name" || usage "there is no platform $name"
done
unheaded=$(named none)
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
export end jobs srcdir
longest_first "$@" | xargs -n 2 -P "$workers" sh "$0" --run 8>&-
ended=$?
table "$@"
replacements "$@"
sums "$@"
all_well "$@" && exit "$ended"
