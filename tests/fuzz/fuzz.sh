#!/bin/sh
# SPDX-License-Identifier: ISC
# fuzz.sh - builds the harnesses with clang and runs them: make fuzz.
#
#	fuzz.sh SOURCE COMMAND	in the build, as local.mk does
#
# run: each of $HARNESS (all) for $RUNS executions, or $FUZZ_SECONDS (10). What
# they find is kept in fuzz/corpus, and what they did in fuzz/log: a later run goes
# on. With $GUARD=1 it is without AddressSanitizer, twice to four times as fast;
# objects end where a page begins that nobody may touch. table: what the log adds
# up to. merge: the corpus of the tree becomes the least that has the coverage of
# both. coverage: of the tree's corpus. afl: the harnesses, built by AFL++, each
# run for $FUZZ_SECONDS.
set -eu
source=$(cd -- "$1" && pwd)
command=$2
: "${AWK:=awk}" "${JOBS:=1}"
seeds=$source/tests/fuzz/corpus
mkdir -p fuzz
cd fuzz
top=$PWD

say()
{
	printf '%s\n' "$*"
}

fail()
{
	say "fuzz: $*" >&2
	exit 1
}

# build DIRECTORY CC CFLAGS ENGINE [TARGET]: configured once. The sanitizers do
# not know the functions that _FORTIFY_SOURCE calls.
build()
{
	command -v "$2" >/dev/null || fail "no $2"
	mkdir -p "$1"
	(
		cd "$1"
		test -f Makefile ||
			"$source/configure" --quiet --disable-shared \
				--disable-hardening CC="$2" CFLAGS="$3" \
				>configure.log 2>&1 ||
			fail "configure failed: $PWD/configure.log"
		make -s -j "$JOBS" LIB_FUZZING_ENGINE="$4" \
			"${5:-fuzzers}" tests/fuzz/packer >make.log 2>&1 ||
			fail "make failed: $PWD/make.log"
	)
}

names()
{
	if test -n "${HARNESS:-}"; then
		say "$HARNESS" | tr ' ' '\n'
	else
		rows | cut -d ' ' -f 1
	fi
}

# Each harness, its longest input in bytes, the aim: executions in millions, and
# whether the corpus has what a loop's counters tell apart, or the edges alone,
# where that would be too much: it is to stay below 200 KB.
rows()
{
	cat <<-'END'
		control 257 100 0
		engine 66 50 1
		fmt 64 50 1
		group 257 10 1
		history 400 10 1
		ip4 24 50 1
		ip6 64 300 1
		name 400 10 1
		nat64 96 10 1
		plan 96 10 1
		prefix 64 100 1
		program 400 50 0
		proxy 300 150 1
		rtmessage 400 10 1
		words 400 10 1
		zone 96 100 1
	END
}

# field NAME NUMBER: of its row.
field()
{
	rows | sed -n "s/^$1 //p" | cut -d ' ' -f "$2"
}

# The inputs of the tree, which those that were found join.
unpack()
{
	mkdir -p "corpus/$1"
	test ! -f "$seeds/$1" ||
		"$folder/tests/fuzz/packer" unpack "corpus/$1" <"$seeds/$1"
}

run_one()
{
	unpack "$1"
	mkdir -p findings
	say "$1"
	limit=-max_total_time=${FUZZ_SECONDS:-10}
	test -z "${RUNS:-}" || limit=-runs=$RUNS
	"$folder/tests/fuzz/fuzz_$1.fuzz" -max_len="$(field "$1" 1)" \
		"$limit" \
		-artifact_prefix="findings/$1-" -print_final_stats=1 \
		-reload=0 "corpus/$1" >"$1.out" 2>&1 || {
		grep -aE ': not |runtime error|ERROR: |libFuzzer: ' "$1.out"
		say "fuzz: $1: see $top/$1.out and $top/findings" >&2
		found=1
	}
	"$AWK" -v name="$1" -f "$source/tests/fuzz/note.awk" "$1.out" >>log
}

table()
{
	touch log
	for name in $(names); do
		say "aim $name $(field "$name" 2)"
	done | cat - log | "$AWK" -f "$source/tests/fuzz/table.awk"
}

# Of the tree's inputs and those that were found, the least that are needed.
merge_one()
{
	unpack "$1"
	rm -rf "merged/$1"
	mkdir -p "merged/$1"
	"$folder/tests/fuzz/fuzz_$1.fuzz" -set_cover_merge=1 \
		-max_len="$(field "$1" 1)" -use_counters="$(field "$1" 3)" \
		"merged/$1" "corpus/$1" >"$1.merge" 2>&1 ||
		fail "$1: $top/$1.merge"
	{
		# Not whole, for reuse lint would take it for this file's own.
		printf '# %s: ISC\n' SPDX-License-Identifier
		"$folder/tests/fuzz/packer" pack "merged/$1"/* | LC_ALL=C sort -u
	} >"$seeds/$1"
	say "$1: $(find "merged/$1" -type f | wc -l) inputs," \
		"$(wc -c <"$seeds/$1") bytes"
}

build_clang()
{
	if test -n "${GUARD:-}"; then
		folder=guard
		sanitize='-fsanitize=undefined -fsanitize-trap=undefined'
	else
		folder=clang
		sanitize='-fsanitize=address,undefined
			-fno-sanitize-recover=undefined'
	fi
	build "$folder" "${CLANG:-clang}" \
		"-g -O2 $sanitize -fsanitize=fuzzer-no-link" -fsanitize=fuzzer
}

case $command in
run)
	build_clang
	found=0
	for name in $(names); do
		run_one "$name"
	done
	table
	exit "$found"
	;;
table)
	table
	;;
merge)
	build_clang
	for name in $(names); do
		merge_one "$name"
	done
	;;
coverage)
	build coverage "${CLANG:-clang}" \
		'-g -O1 -fprofile-instr-generate -fcoverage-mapping' '' \
		tests/fuzz/replay
	LLVM_PROFILE_FILE=$top/coverage/raw coverage/tests/fuzz/replay
	llvm-profdata merge -o coverage/data coverage/raw
	llvm-cov report coverage/tests/fuzz/replay \
		-instr-profile=coverage/data -show-region-summary=false \
		-ignore-filename-regex='tests/|sys/[^/]*\.h|include/' |
		"$AWK" -f "$source/tests/fuzz/coverage.awk"
	;;
afl)
	build afl afl-clang-fast '-g -O2' -fsanitize=fuzzer
	for name in $(names); do
		mkdir -p "afl-in/$name" afl-out
		afl/tests/fuzz/packer unpack "afl-in/$name" <"$seeds/$name"
		AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
			AFL_NO_UI=1 AFL_NO_AFFINITY=1 afl-fuzz \
			-V "${FUZZ_SECONDS:-10}" -i "afl-in/$name" \
			-o "afl-out/$name" -- \
			"afl/tests/fuzz/fuzz_$name.fuzz" >"$name.afl" 2>&1 ||
			fail "$name: $top/$name.afl"
		say "$name"
		grep -E '^(execs_done|edges_found|saved_(crash|hang)es)' \
			"afl-out/$name/default/fuzzer_stats"
	done
	;;
*)
	fail "no command $command"
	;;
esac
