#!/bin/sh
# SPDX-License-Identifier: ISC
# ping.sh - socket6 ping: each address again and again, and what came of it.
. "${srcdir:-.}/tests/program/program.sh"

# pings STATUS ARGUMENT...: what it writes is in $tmp/pinged.
pings()
{
	pings_so=$1
	shift
	ends "$pings_so" socket6 ping "$@" >"$tmp/pinged" 2>"$tmp/errors" && return
	cat "$tmp/pinged" "$tmp/errors"
	return 1
}

# has_lines COUNT PATTERN: whether so many lines of $tmp/pinged are like that.
has_lines()
{
	test "$(grep -Ec -- "$2" "$tmp/pinged")" -eq "$1" && return
	echo "not $1 of $2 in:"
	cat "$tmp/pinged"
	return 1
}

all_answered_is_status_0()
{
	serve -ek 127.0.0.1 0
	pings 0 -c 2 -i 0.2 127.0.0.1 "$port" &&
		has_lines 1 '^127.0.0.1    1  [0-9.]+ ms$' &&
		has_lines 1 '^127.0.0.1    2  [0-9.]+ ms$' &&
		has_lines 1 '^127.0.0.1      2      0(  +[0-9.]+ ms){4}$' &&
		has_lines 1 '^IPv4           2      0(  +[0-9.]+ ms){4}$' &&
		has_lines 0 IPv6 && gives '' cat "$tmp/errors"
}

a_refusal_is_told_and_lost()
{
	refusing
	pings 1 -c 2 -i 0.2 127.0.0.1 "$port" &&
		has_lines 2 '^127.0.0.1    [12]  refused [0-9.]+ ms$' &&
		has_lines 1 '^127.0.0.1      2      2(          -){4}$' &&
		gives "socket6: 127.0.0.1 $port: no answer" cat "$tmp/errors"
}

some_answered_is_status_4()
{
	pings 4 -c 2 -i 0.2 refusing.example 7 &&
		has_lines 1 '^2001:db8::81 +2 +2 ' &&
		has_lines 1 '^192.0.2.80 +2 +0 ' &&
		gives 'socket6: refusing.example 7: 2 of 4 not answered' \
			cat "$tmp/errors"
}

each_address_and_family_is_summarized()
{
	pings 4 -c 1 mixed.example 7 &&
		has_lines 1 '^2001:db8:1::1 +1 +1 ' &&
		has_lines 1 '^192.0.2.81 +1 +1 ' &&
		has_lines 1 '^192.0.2.80 +1 +0 ' &&
		has_lines 1 '^IPv6 +1 +1 ' && has_lines 1 '^IPv4 +2 +1 '
}

# The third round of one is over before the first of the other.
a_silent_address_delays_no_other()
{
	pings 4 -c 3 -i 0.2 silent.example 7 &&
		sed -n 3p "$tmp/pinged" | grep '^192.0.2.80  *3 ' &&
		sed -n 4p "$tmp/pinged" | grep '^2001:db8:1::1  *1  timed out 2'
}

# many PATTERN: whether as many lines are like that as many.example has
# addresses that do not answer: 64, of which musl takes 48 at most.
many()
{
	test "$(grep -Ec -- "$1" "$tmp/pinged")" -ge 40 ||
		{ cat "$tmp/pinged"; return 1; }
}

# More than are tried at a time, and then some.
every_address_is_pinged()
{
	pings 4 -c 1 many.example 7 &&
		many '^2001:db8:1::[0-9a-f]+ +1  timed out' &&
		has_lines 1 '^192.0.2.80 +1  [0-9.]+ ms$'
}

a_family_can_be_chosen()
{
	pings 0 -4c 1 both.example 7 && has_lines 0 2001: &&
		pings 0 -6c 1 both.example:7 && has_lines 0 192
}

a_local_address_can_be_chosen()
{
	pings 0 -4vc 1 -b 192.0.2.81 both.example 7 &&
		has_lines 1 ' ms from 192.0.2.81:[0-9]+$' &&
		pings 4 -c 1 -b 192.0.2.80 both.example 7 &&
		has_lines 1 '^2001:db8::80 +1  address not available '
}

q_says_nothing()
{
	serve -ek 127.0.0.1 0
	pings 0 -qc 1 127.0.0.1 "$port" && gives '' cat "$tmp/pinged"
}

time_can_be_up()
{
	pings 3 -w 0.3 2001:db8:1::1 7 &&
		has_lines 1 '^2001:db8:1::1 +1  timed out ' &&
		has_lines 1 '^IPv6 +1 +1 ' &&
		gives 'socket6: timed out: no answer' cat "$tmp/errors"
}

# As long as it answers there is time: three rounds take longer.
time_begins_anew_with_each_answer()
{
	serve -ek 127.0.0.1 0
	pings 0 -c 6 -i 0.5 -w 1.5 127.0.0.1 "$port"
}

# For each address, and for both families, of which one is refused in part.
the_summary_is_what_the_probes_say()
{
	pings 4 -jc 5 -i 0.2 mixed.example 7
	python3 - "$tmp/pinged" <<-'END'
		import json, statistics, sys
		objects = [json.loads(line) for line in open(sys.argv[1])]
		probes = [o for o in objects if o["type"] == "probe"]
		sums = [o for o in objects if o["type"] == "summary"]
		def family(o):
		    return 6 if ":" in o["address"] else 4
		def wanted(those):
		    times = [o["time_us"] for o in those if not o["error"]]
		    return [len(those), len(those) - len(times)] + (
		        [min(times), statistics.mean(times), max(times),
		         statistics.pstdev(times)] if times else [None] * 4)
		for o in sums:
		    said = [o[key] for key in ("sent", "lost", "least_us", "mean_us",
		                               "greatest_us", "deviation_us")]
		    want = wanted([p for p in probes if
		                   o["address"] in (None, p["address"])
		                   and o["family"] == family(p)])
		    for a, b in zip(said, want):
		        if (a is None) != (b is None) or b and abs(a - b) > 1:
		            sys.exit("%s: %s, not %s" % (o["address"], said, want))
		sys.exit(len(sums) != 5)
	END
}

# interrupted_by SIGNAL HOST PATTERN: sends it when there is a line like this.
interrupted_by()
{
	# shellcheck disable=SC2086 # commands of several words
	$limit python3 - "$1" "$3" $EXECUTE tests/program/socket6 ping "$2" 7 \
		>"$tmp/pinged" 2>"$tmp/errors" <<-'END'
		import re, signal, subprocess, sys
		ping = subprocess.Popen(sys.argv[3:], stdout=subprocess.PIPE,
		                        text=True)
		for line in ping.stdout:
		    print(line, end="")
		    if re.search(sys.argv[2], line):
		        ping.send_signal(getattr(signal, sys.argv[1]))
		        break
		print(ping.stdout.read(), end="", flush=True)
		sys.exit(ping.wait())
	END
}

an_interrupt_leaves_the_summary()
{
	for signal in SIGINT SIGTERM; do
		ends 0 interrupted_by $signal 192.0.2.80 ' 2  .* ms$' &&
			has_lines 1 '^192.0.2.80 +[2-9] +0 ' || return
	done
}

# Two of its attempts, or more, are pending then.
what_is_interrupted_before_any_answer_is_lost()
{
	ends 4 interrupted_by SIGINT silent.example '^192.* 2  .* ms$' &&
		has_lines 1 '^2001:db8:1::1 +1  interrupted ' &&
		has_lines 0 '^2001:db8:1::1 +[0-9]+ +0 ' &&
		has_lines 1 '^192.0.2.80 +[0-9]+ +0 '
}

# limited 'RESOURCE MOST...' COMMAND...: with so much at most of each resource of
# getrlimit(2).
limited()
{
	python3 - "$@" <<-'END'
		import os, resource, sys
		pairs = iter(sys.argv[1].split())
		for name, most in zip(pairs, map(int, pairs)): resource.setrlimit(
			getattr(resource, "RLIMIT_" + name), (most, most))
		os.execvp(sys.argv[2], sys.argv[2:])
	END
}

# More rounds than there are descriptors.
# shellcheck disable=SC2086 # commands of several words
descriptors_are_closed()
{
	serve -ek 127.0.0.1 0
	ends 0 limited 'NOFILE 12' $limit $EXECUTE tests/program/socket6 \
		ping -c 14 -i 0.2 127.0.0.1 "$port"
}

# Where poll would have more entries than it takes, it fails at once.
# shellcheck disable=SC2086 # commands of several words
it_sleeps_between_the_rounds()
{
	serve -ek 127.0.0.1 0
	ends 0 limited 'NOFILE 12 CPU 1' $limit $EXECUTE tests/program/socket6 \
		ping -c 10 -i 0.2 127.0.0.1 "$port"
}

# The first of sixty-four that do not answer have them all.
# shellcheck disable=SC2086 # commands of several words
a_lack_of_descriptors_is_told()
{
	ends 1 limited 'NOFILE 32' $limit $EXECUTE tests/program/socket6 \
		ping -c 2 -6i 0.2 many.example 7 >"$tmp/pinged" &&
		grep -q '^2001:db8:1::10  *1  timed out ' "$tmp/pinged" &&
		many ' 2  too many open files '
}

# After the first line nobody reads.
the_reader_may_leave_early()
{
	serve -ek 127.0.0.1 0
	socket6 ping -i 0.2 127.0.0.1 "$port" 2>"$tmp/errors" | head -n 1 |
		grep -q ' 1  ' && gives '' cat "$tmp/errors"
}

with_hosts "some answered is status 4" some_answered_is_status_4
ok "all answered is status 0" all_answered_is_status_0
with_errors ok "a refusal is told, and lost" a_refusal_is_told_and_lost
with_hosts "each address and family is summarized" \
	each_address_and_family_is_summarized
with_hosts "a silent address delays no other" a_silent_address_delays_no_other
with_hosts "every address is pinged" every_address_is_pinged
with_hosts "a family can be chosen" a_family_can_be_chosen
with_hosts "a local address can be chosen" a_local_address_can_be_chosen
ok "-q says nothing" q_says_nothing
with_hosts "time can be up" time_can_be_up
ok "time begins anew with each answer" time_begins_anew_with_each_answer
with_terminal "the summary is what the probes say" \
	the_summary_is_what_the_probes_say
with_terminal "an interrupt leaves the summary" an_interrupt_leaves_the_summary
with_terminal "what is interrupted before any answer is lost" \
	what_is_interrupted_before_any_answer_is_lost
with python3 "descriptors are closed" descriptors_are_closed
with python3 "it sleeps between the rounds" it_sleeps_between_the_rounds
with_terminal "a lack of descriptors is told" a_lack_of_descriptors_is_told
ok "the reader may leave early" the_reader_may_leave_early
done_testing
