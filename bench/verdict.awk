# SPDX-License-Identifier: ISC
# verdict.awk - the yardstick, held against the facts. Writes TAP.
#
# usage: awk -v limit=N -f verdict.awk list.h FACTS
#
# Every call makes the system calls that hand-written code makes, and runs at
# most N instructions more. Text, which asks nothing of the system, is left
# out.

/^BENCH\(/ && !/, text\)/ {
	split($0, part, /[(,]/)
	name[++names] = part[2]
}

FNR != NR { value[$2, $3] = $4; found[$2] = 1 }

function judge(call,    calls, instructions) {
	calls = value["calls", "call_" call] - value["calls", "raw_" call]
	instructions = value["instructions", "call_" call] - \
		value["instructions", "raw_" call]
	if (calls != 0 || instructions > limit || \
	    value["calls", "call_" call] == "" || \
	    value["instructions", "call_" call] == "") {
		printf "not "
		failed = 1
	}
	printf "ok %d - %s: %+d system calls, %+d instructions\n", \
		n, call, calls, instructions
}

END {
	if (!found["calls"] || !found["instructions"]) {
		print "1..0 # SKIP no counts from " \
			(found["calls"] ? "callgrind" : "strace")
		exit 0
	}
	print "1.." names
	for (n = 1; n <= names; n++)
		judge(name[n])
	exit failed
}
