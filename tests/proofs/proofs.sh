#!/bin/sh
# SPDX-License-Identifier: ISC
#
# proofs.sh - CBMC over files of lib/, as the table says, on every processor.
#
# proofs.sh [PROOFS]: all, quick, or names and shell patterns of them. Writes
# TAP: what came of each proof, its processor seconds and memory. A fault of the
# table is planted in a copy of its file, and CBMC must find that.
set -eu

srcdir=$(cd "${srcdir:-.}" && pwd)
here=$srcdir/tests/proofs
work=$PWD/proofs
table=${TABLE:-$here/table}
tab=$(printf '\t')

checks="--object-bits 10 --pointer-overflow-check --unwinding-assertions
	--slice-formula --drop-unused-functions"
export TMPDIR="$work/tmp"

# compile DIRECTORY FILE OUTPUT: with what DIRECTORY has of lib/ before lib/. The
# copy of a file finds what is beside the file.
# shellcheck disable=SC2086 # words
compile()
{
	"$work/cbmc/goto-cc" -I. -I"$1" -I"$srcdir/lib/${file%/*}" \
		-I"$srcdir/include" -I"$srcdir/lib" -I"$srcdir/lib/text" \
		-I"$srcdir/lib/sys" -I"$here" \
		$defines -c "$2" -o "$3"
}

# The files of lib/ of which no copy is made are compiled once.
step_compile()
{
	defines='' file=''
	mkdir -p "$work/$(dirname "$1")"
	compile "$here" "$srcdir/lib/$1.c" "$work/$1.gb"
}

# Copies FILE with the fault into this job's lib/.
plant()
{
	mkdir -p "$job/lib/$(dirname "$file")"
	sed "$fault" "$srcdir/lib/$file" >"$job/lib/$file" || return
	if cmp -s "$srcdir/lib/$file" "$job/lib/$file"; then
		echo "no such line: $fault"
		return 1
	fi
}

# Prints the object of each file: of the copy, or the common one.
objects()
{
	for object in $(echo "$files" | tr , ' '); do
		case $object.c in
		./*)
			compile "$1/lib" "$here/$object.c" "$1/$object.gb"
			echo "$1/$object.gb"
			;;
		"$file")
			compile "$1/lib" "$1/lib/$file" "$1/faulty.gb"
			echo "$1/faulty.gb"
			;;
		*)
			case $file in
			*.h)
				mkdir -p "$1/$(dirname "$object")"
				compile "$1/lib" "$srcdir/lib/$object.c" \
					"$1/$object.gb"
				echo "$1/$object.gb"
				;;
			*) echo "$work/$object.gb" ;;
			esac
			;;
		esac
	done
}

# In the job's program calls instead_of_NAME, which is of this folder, wherever
# NAME was called.
stand_in()
{
	functions=$("$work/cbmc/goto-instrument" --list-goto-functions \
		"$job/all.gb" | sed -n 's/^instead_of_\([a-z0-9_]*\).*/\1/p')
	set --
	for function in $functions; do
		set -- "$@" --replace-calls "$function:instead_of_$function"
	done
	[ $# -eq 0 ] ||
		"$work/cbmc/goto-instrument" "$@" "$job/all.gb" "$job/all.gb"
}

# verify DIRECTORY: CBMC's status, 0 or 10, or timeout's, 124.
verify()
{
	loops='' sat='' stop=''
	[ "$unwind" = - ] || loops="--unwindset $unwind"
	[ "$solver" = minisat ] || sat="--external-sat-solver $solver"
	[ -z "$file" ] || stop=--stop-on-fail
	# shellcheck disable=SC2046,SC2086 # words
	/usr/bin/time -q -f '%U %S %M' -o "$1/time" \
		timeout -k 5 "$limit" nice -n "${NICE:-10}" "$work/cbmc/cbmc" "$1/all.gb" \
		$checks $loops $sat $stop >"$1/log" 2>&1
}

# report WANTED WORD: a line of TAP, where CBMC's status should be WANTED.
report()
{
	case $status in
	"$1") word=$2 ;;
	0) word=missed ;;
	10) word=FAILED ;;
	124 | 137) word="undecided in $limit s" ;;
	*) word="broken ($status)" ;;
	esac
	[ "$status" -eq "$1" ] && ok=ok || ok='not ok'
	awk -v ok="$ok" -v word="$word" -v name="$name" 'END {
		printf "%s - %-28s %-9s %7.1f s %6d MB\n", ok, name, word,
			$1 + $2, $3 / 1024 }' "$job/time"
	[ "$status" -eq "$1" ] || sed 's/^/# /' "$job/log" |
		grep -E 'FAILURE|rror|no such line|no body' || :
}

# A job is a directory with two lines of the table.
step_job()
{
	job=$1 file='' fault='' status=0
	IFS=$tab read -r name harness files limit solver unwind defines \
		<"$job/proof"
	[ ! -f "$job/fault" ] || IFS=$tab read -r file fault <"$job/fault"
	echo 0 0 0 >"$job/time"
	if {
		{ [ -z "$file" ] || plant; } &&
			compile "$job/lib" "$here/$harness.c" "$job/main.gb" &&
			objects "$job" >"$job/objects" &&
			xargs "$work/cbmc/goto-cc" -o "$job/all.gb" \
				"$job/main.gb" <"$job/objects" &&
			stand_in
	} >"$job/log" 2>&1; then
		verify "$job" || status=$?
		! grep -q 'no body for callee.*FAILURE' "$job/log" || status=6
	else
		status=6
	fi
	if [ -z "$file" ]; then
		report 0 proved
	else
		name="$name, fault"
		report 10 found
	fi
}

# Whether a proof of this set and name is asked for.
is_asked()
{
	for pattern in $proofs; do
		# shellcheck disable=SC2254 # a pattern
		case $1,$2 in
		*,$pattern | $pattern,*) return 0 ;;
		esac
		[ "$pattern,$1" != all,quick ] || return 0
		[ "$pattern,$1" != all,long ] || return 0
	done
	return 1
}

# Of a line that ends with "each A B" one for each length from A to B.
lines()
{
	awk '/^#/ || NF == 0 { next }
	     NF > 3 && $(NF - 2) == "each" {
		     for (n = $(NF - 1); n <= $NF; n++) {
			     line = $1 " " $2 "_" n
			     for (i = 3; i < NF - 2; i++)
				     line = line " " $i
			     print line, "-DLEAST=" n, "-DMOST=" n
		     }
		     next
	     }
	     { print }' "$table"
}

# Makes the jobs; a line that begins with a tab is a fault of the proof before.
make_jobs()
{
	n=100 asked=
	lines | while IFS= read -r line; do
		case $line in
		"$tab"*)
			[ "$asked" ] || continue
			next_job
			cp "$asked" "$job/proof"
			echo "$line" | sed 's/^[[:blank:]]*//' |
				sed "s/ /$tab/" >"$job/fault"
			;;
		?*)
			asked=
			# shellcheck disable=SC2086 # words
			set -- $line
			is_asked "$1" "$2" || continue
			shift
			next_job
			asked=$job/proof
			echo "$line" | sed "s/^[^ ]* *//; s/  */$tab/g
				s/$tab/ /7g" >"$asked"
			;;
		esac
	done
}

next_job()
{
	n=$((n + 1))
	job=$work/jobs/$n
	mkdir -p "$job"
}

skip()
{
	echo "1..0 # SKIP $*"
	exit 0
}

# xargs with nothing to do calls it once, without an argument.
if [ "${1-}" = step ]; then
	[ $# -lt 3 ] || "step_$2" "$3"
	exit
fi

proofs=${*:-all}
mkdir -p "$work/tmp"
rm -rf "$work/jobs"
command -v cadical >/dev/null || skip "no cadical"
[ -x /usr/bin/time ] || skip "no GNU time"
reason=$(sh "$here/fetch.sh" "$work/cbmc") || skip "$reason"

export srcdir
make_jobs
cores=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
cat "$work"/jobs/*/proof | cut -f 3 | tr , '\n' | grep -v '^\./' | sort -u |
	xargs -P "$cores" -n 1 sh "$0" step compile
status=0
find "$work/jobs" -mindepth 1 -maxdepth 1 | sort |
	xargs -P "$cores" -n 1 sh "$0" step job | tee "$work/table" || status=$?
echo "1..$(find "$work/jobs" -mindepth 1 -maxdepth 1 | wc -l)"
! grep -q '^not ok' "$work/table"
