#!/bin/sh
# SPDX-License-Identifier: ISC
# measure.sh - facts about the calls that bench programs make.
#
# usage: measure.sh [time] PROGRAM...
#
# Writes lines "LIBRARY KIND FUNCTION VALUE": KIND is calls (system calls, by
# strace), instructions (by callgrind) or time; FUNCTION is raw_NAME or
# call_NAME, and for time NAME alone, with three values, see bench.c. What
# cannot be measured here is said on standard error, and left out.

set -u

# As for a program linked with -z now; libraries may not be.
LD_BIND_NOW=1
export LD_BIND_NOW

# bench.c makes each call so many times.
count=8

have() {
	command -v "$1" >/dev/null && return
	echo "bench: $1 is not here" >&2
	return 1
}

# A write to no descriptor says what the following system calls belong to.
calls() {
	strace -o "$1.strace" "$1" count >&2 || return
	awk -v library="${1##*/}" -v count=$count -F '"' '
		/^write\(-1,/ { now = $2; n[now] += 0; next }
		/^[a-z0-9_]+\(/ { n[now]++ }
		END { for (f in n) print library, "calls", f, n[f] / count }
	' "$1.strace"
}

# Callgrind lists what a function cost by line, and what its callees cost.
instructions() {
	valgrind --tool=callgrind --callgrind-out-file="$1.callgrind" \
		--compress-strings=no --compress-pos=no "$1" count \
		2>"$1.valgrind" || return
	awk -v library="${1##*/}" -v count=$count '
		/^fn=/ { now = substr($0, 4) }
		/^[0-9]/ && now ~ /^(raw|call)_/ { n[now] += $2 }
		END {
			for (f in n)
				print library, "instructions", f, n[f] / count
		}
	' "$1.callgrind"
}

# The medians of both times, and of their ratio.
timing() {
	"$1" time | awk -v library="${1##*/}" '
		function add(kind, x,    i) {
			for (i = n; i > 0 && value[kind, i] > x; i--)
				value[kind, i + 1] = value[kind, i]
			value[kind, i + 1] = x
		}
		function median(kind) { return value[kind, int(n / 2) + 1] }
		function tell() {
			if (n)
				print library, "time", name, median("raw"), \
					median("call"), median("ratio")
			n = 0
		}
		$1 != name { tell() }
		{
			name = $1
			add("raw", $2 + 0)
			add("call", $3 + 0)
			add("ratio", $3 / $2)
			n++
		}
		END { tell() }
	'
}

kinds=
have strace && kinds="$kinds calls"
have valgrind && kinds="$kinds instructions"
if [ "$1" = time ]; then
	kinds="$kinds timing"
	shift
fi
for program; do
	for kind in $kinds; do
		$kind "$program" || echo "bench: $program: no $kind" >&2
	done
done
