#!/bin/sh
# SPDX-License-Identifier: ISC
# json.sh - what -j tells.
. "${srcdir:-.}/tests/program/program.sh"

# has MEMBERS TYPE...: whether there are objects of each type, and each has just
# these members. One python3 reads them all.
has()
{
	python3 - "$tmp/objects" "$@" <<-'END'
		import json, sys
		objects = [json.loads(line) for line in open(sys.argv[1])]
		for members, name in zip(sys.argv[2::2], sys.argv[3::2]):
		    of_type = [o for o in objects if o["type"] == name]
		    for o in of_type:
		        if " ".join(o) != "type " + members:
		            sys.exit(name + " has " + " ".join(o))
		    if not of_type:
		        sys.exit("no " + name)
	END
}

dial_tells_json()
{
	serve -e 127.0.0.1 0
	socket6 dial -j 127.0.0.1 "$port" 2>"$tmp/objects" </dev/null &&
		has 'address port state error start_us end_us' attempt \
			'address port local host service time_us' connected \
			'sent received error' closed || return
	refusing
	ends 1 socket6 dial -jz 127.0.0.1 "$port" >"$tmp/objects" &&
		has 'error host service time_us message' failed &&
		says '"error":"ECONNREFUSED"' cat "$tmp/objects"
}

# Wherever it stands, and where it is told.
an_option_that_is_wrong_is_told_as_json()
{
	ends 2 socket6 dial -yzj ::1 1 2>/dev/null >"$tmp/said" &&
		failed_alone 'dial has no option -y' &&
		ends 2 socket6 dial -yj ::1 1 2>"$tmp/said" >/dev/null &&
		failed_alone 'dial has no option -y'
}

time_that_is_up_is_told_as_json()
{
	ends 3 socket6 listen -ejw 0.05 127.0.0.1 0 >"$tmp/said" &&
		failed_alone 'timed out: no connection' &&
		ends 3 socket6 dial -jzw 0.3 2001:db8:1::1 7 \
			>"$tmp/said" &&
		failed_alone '2001:db8:1::1 7: timed out'
}

every_address_is_told_as_json()
{
	ends 0 socket6 dial -aj both.example 7 >"$tmp/objects" &&
		has 'name family state error start_us end_us count' lookup &&
		gives 2 grep -c '"state":"connected","error":null' \
			"$tmp/objects" &&
		gives 0 grep -c '"type":"failed"' "$tmp/objects" &&
		ends 4 socket6 dial -aj refusing.example 7 >"$tmp/said" &&
		failed_alone \
			'refusing.example 7: 1 of 2 addresses not connected' &&
		grep -q '"type":"failed","error":"ECONNREFUSED"' "$tmp/said"
}

# A history that cannot be written, beside a connection.
a_history_that_fails_is_told_as_json()
{
	serve -ek 127.0.0.1 0
	file=$tmp/nosuch/history
	ends 1 socket6 dial -jzf "$file" 127.0.0.1 "$port" >"$tmp/said" &&
		failed_alone "$file: not found" &&
		grep -q '"type":"connected"' "$tmp/said"
}

what_broke_a_connection_has_its_name()
{
	serve -e 127.0.0.1 0
	ends 1 socket6 dial -j 127.0.0.1 "$port" </ 2>"$tmp/objects" &&
		says '"type":"closed".*"error":"EISDIR"' \
			cat "$tmp/objects" &&
		says '"type":"failed","error":"EISDIR"' cat "$tmp/objects" &&
		says '^socket6: standard input: is a directory$' \
			cat "$tmp/objects"
}

# An echo says nothing of its own.
silence_is_told_as_json()
{
	serve -e 127.0.0.1 0
	ends 3 socket6 dial -jrT 0.05 127.0.0.1 "$port" 2>"$tmp/said" &&
		failed_alone '127.0.0.1: silent for 0.05 s' &&
		grep '"type":"closed".*"error":"ETIMEDOUT"' "$tmp/said"
}

# interrupted_by STATUS SIGNAL OPTION...: the signal comes when an attempt is
# pending, which is the state SYN_SENT, by Linux's number. Nobody answers.
# shellcheck disable=SC2086 # commands of several words
interrupted_by()
{
	status=$1 signal=$2
	shift 2
	ends "$status" $limit python3 - "$signal" $EXECUTE tests/program/socket6 \
		dial -jz "$@" 2001:db8:1::1 7 >"$tmp/objects" <<-'END' &&
		import signal, subprocess, sys, time
		dial = subprocess.Popen(sys.argv[2:])
		while " 02 " not in open("/proc/net/tcp6").read():
		    time.sleep(.001)
		dial.send_signal(getattr(signal, sys.argv[1]))
		sys.exit(128 - dial.wait()) # as a shell tells a signal
	END
		has 'address port state error start_us end_us' attempt &&
		says '"state":"pending"' cat "$tmp/objects" &&
		says '"type":"failed","error":"EINTR"' cat "$tmp/objects"
}

an_interrupt_leaves_the_attempts_as_json()
{
	interrupted_by 130 SIGINT && interrupted_by 129 SIGHUP
}

# As perl's alarm does it where there is no timeout(1).
an_alarm_during_a_race_is_an_interrupt()
{
	interrupted_by 142 SIGALRM -w 60
}

# Its output is full when the first comes, and is read after the last.
a_second_signal_cuts_nothing_short()
{
	$limit python3 - tests/program/socket6 dial -jz 2001:db8:1::1 7 <<-'END'
		import os, re, subprocess, sys, time
		def catches_sigterm(pid):
		    status = open("/proc/%d/status" % pid).read()
		    caught = re.search("SigCgt:\\s*(.*)", status).group(1)
		    return int(caught, 16) >> 14 & 1
		ours, its = os.pipe()
		os.set_blocking(its, False)
		try:
		    while True:
		        os.write(its, b"\n" * 4096)
		except BlockingIOError:
		    os.set_blocking(its, True)
		dial = subprocess.Popen(sys.argv[1:], stdout=its)
		os.close(its)
		while not catches_sigterm(dial.pid):
		    time.sleep(.001)
		for _ in range(100):
		    dial.terminate()
		    time.sleep(.001)
		sys.exit("pending" not in open(ours).read())
	END
}

ping_tells_json()
{
	serve -ek 127.0.0.1 0
	socket6 ping -jc 2 -i 0.2 127.0.0.1 "$port" >"$tmp/objects" &&
		has 'address port round error time_us' probe \
			"address port family sent lost \
least_us mean_us greatest_us deviation_us" summary &&
		says '"address":null,.*"family":4,"sent":2,"lost":0,' \
			cat "$tmp/objects" || return
	refusing
	ends 1 socket6 ping -jc 1 127.0.0.1 "$port" >"$tmp/objects" &&
		has 'error host service time_us message' failed &&
		says '"least_us":null' cat "$tmp/objects"
}

listen_tells_json()
{
	serve -ej 127.0.0.1 0
	echo "$listening" >"$tmp/objects"
	port=$(echo "$listening" | sed 's/.*"port":\([0-9]*\).*/\1/')
	socket6 dial -qz 127.0.0.1 "$port" && told >>"$tmp/objects" &&
		has 'address port' listening \
			'address port local' accepted \
			'sent received error' closed
}

a_command_is_told_as_json()
{
	serve -j 127.0.0.1 0 -- true
	port=$(echo "$listening" | sed 's/.*"port":\([0-9]*\).*/\1/')
	socket6 dial -qz 127.0.0.1 "$port" &&
		until_told '*accepted*' && echo "$line" >"$tmp/objects" &&
		until_told '*exited*' && echo "$line" >>"$tmp/objects" &&
		has 'address port local pid' accepted 'pid status' exited
}

info_tells_json()
{
	socket6 info -j >"$tmp/objects" &&
		has 'name function error' facility \
			'name from error' route \
			'index name mtu flags' interface \
			'index name address family prefix flags' address \
			'name value' sysctl
}

info_of_a_host_tells_json()
{
	socket6 info -j 127.0.0.1 >"$tmp/objects" &&
		has 'address family from interface error' destination &&
		says '"family":4,"from":"127.0.0.1",.*"error":null}' \
			cat "$tmp/objects" &&
		socket6 info -j fe80::1 >"$tmp/objects" &&
		says '"from":null,"interface":null,"error":"E' cat "$tmp/objects"
}

text_tells_json()
{
	socket6 text -j ::1 192.0.2.1:80 >"$tmp/objects" &&
		has "input text family kind bytes scope_id port prefix \
reverse ipv4" text &&
		says '"family":4,.*"port":80,"prefix":null,' cat "$tmp/objects"
}

# An interface may have any name; what is not UTF-8 has no place in JSON.
json_escapes_what_it_must()
{
	ip link set void down
	ip link set void name "$(printf 'q"\\\001\303\251\377')"
	socket6 info -j >"$tmp/objects" &&
		grep -q '"q\\"\\\\\\u0001'"$(printf '\303\251')"'\\ufffd"' \
			"$tmp/objects" && has 'index name mtu flags' interface
}

with_errors with python3 "dial tells JSON" dial_tells_json
with python3 "an option that is wrong is told as JSON" \
	an_option_that_is_wrong_is_told_as_json
with_terminal "time that is up is told as JSON" time_that_is_up_is_told_as_json
with_errors with_terminal "every address is told as JSON" \
	every_address_is_told_as_json
with python3 "a history that fails is told as JSON" \
	a_history_that_fails_is_told_as_json
with_terminal "an interrupt leaves the attempts as JSON" \
	an_interrupt_leaves_the_attempts_as_json
with_terminal "an alarm during a race is an interrupt" \
	an_alarm_during_a_race_is_an_interrupt
natively with_terminal "a second signal cuts nothing short" \
	a_second_signal_cuts_nothing_short
ok "what broke a connection has its name" what_broke_a_connection_has_its_name
with python3 "silence is told as JSON" silence_is_told_as_json
with_errors with python3 "ping tells JSON" ping_tells_json
with python3 "listen tells JSON" listen_tells_json
with python3 "a command is told as JSON" a_command_is_told_as_json
with_lists with python3 "info tells JSON" info_tells_json
with python3 "info of a host tells JSON" info_of_a_host_tells_json
with python3 "text tells JSON" text_tells_json
with_lists with_hosts "JSON escapes what it must" json_escapes_what_it_must
done_testing
