# SPDX-License-Identifier: ISC
# verdict.awk - the yardstick, held against the facts. Writes TAP.
#
# usage: awk -v limit=N -f verdict.awk shapes.h [HARDENED_FACTS] FACTS
#
# The last facts are judged; those of a hardened build are told beside them.
# Every call makes the system calls that hand-written code makes, and runs at
# most N instructions more. Text, which asks nothing of the system, is left
# out; a call that is made of several has an allowance of its own.

BEGIN {
	# Five system calls, by way of three functions that a program may
	# interpose.
	allowance["connect6_timeout"] = 70

	# An IPv4 socket's second try: three system calls, by way of three
	# functions; and the address may be IPv4's loopback or any, too.
	allowance["connect6_inet"] = 60

	# Three system calls, in a function of its own and by way of two.
	allowance["connected_pending"] = 40

	# Four system calls, three of them in functions of their own.
	allowance["disconnect"] = 25

	# Two system calls, in a function of its own and by way of another.
	allowance["mcjoin6_mapped"] = 45

	# Two addresses are looked at and copied twice.
	allowance["mcjoin6_source"] = 45

	# All 80 bytes of a record are written, whatever stands in the messages
	# that the system adds; and each message's length and time are checked.
	allowance["recvmany6"] = 110
	allowance["recvmany6_32"] = 32 * 36

	# A record is checked, compared with its neighbours, and sent from where
	# it says; a batch also says how much of it went. make bench-datagram
	# holds the time of both against code written by hand.
	allowance["sendmany6"] = 280
	allowance["sendmany6_32"] = 32 * 165

	# Either family, with or without more; by hand it is known.
	allowance["scan_proxy"] = 85

	# The seventh argument is passed in memory.
	allowance["send6_flag"] = 16
}

/^SHAPE\(/ && !/, text,/ {
	split($0, part, /[(,]/)
	name[++names] = part[2]
}

FNR == 1 { file++ }
file > 1 { value[file == ARGC - 1, $2, $3] = $4; found[$2] = 1 }

function over(judged, kind, call) {
	return value[judged, kind, "call_" call] - \
		value[judged, kind, "raw_" call]
}

function judge(call,    calls, instructions, allowed) {
	calls = over(1, "calls", call)
	instructions = over(1, "instructions", call)
	allowed = call in allowance ? allowance[call] : limit
	if (calls != 0 || instructions > allowed || \
	    value[1, "calls", "call_" call] == "" || \
	    value[1, "instructions", "call_" call] == "") {
		printf "not "
		failed++
	}
	printf "ok %d - %s: %+d system calls, %+d instructions%s\n", \
		n, call, calls, instructions, ARGC < 4 ? "" : \
		sprintf(", %+d hardened", over(0, "instructions", call))
}

END {
	if (!found["calls"] || !found["instructions"]) {
		print "1..0 # SKIP no counts from " \
			(found["calls"] ? "callgrind" : "strace")
		print "# 0 passed, 0 failed, 1 skipped"
		exit 0
	}
	print "1.." names
	for (n = 1; n <= names; n++)
		judge(name[n])
	printf "# %d passed, %d failed, 0 skipped\n", names - failed, failed
	exit failed > 0
}
