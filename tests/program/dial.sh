#!/bin/sh
# SPDX-License-Identifier: ISC
# dial.sh - socket6 dial: a race, what goes through its winner, and a history.
. "${srcdir:-.}/tests/program/program.sh"

z_only_connects()
{
	serve 127.0.0.1 0
	ends 0 socket6 dial -z 127.0.0.1 "$port" >"$tmp/said" &&
		grep -q "^connected to 127.0.0.1:$port from 127.0.0.1:" \
			"$tmp/said"
}

a_refusal_is_status_1()
{
	refusing
	ends 1 socket6 dial -z 127.0.0.1 "$port" &&
		says "^socket6: 127.0.0.1 $port: refused$" \
			socket6 dial -z 127.0.0.1 "$port"
}

host_and_port_can_be_one_word()
{
	serve 127.0.0.1 0
	ends 0 socket6 dial -z "127.0.0.1:$port"
}

a_url_is_its_host_and_port()
{
	serve -ek 127.0.0.1 0
	for url in "http://127.0.0.1:$port" "HTTP://user:@@127.0.0.1:$port/a:1" \
		"x://127.0.0.1:$port?@::1" "x://127.0.0.1:$port#/"; do
		says "^connected to 127.0.0.1:$port " socket6 dial -z "$url" ||
			return
	done
	says "^socket6: 127.0.0.1 discard: refused$" \
		socket6 dial -z discard://127.0.0.1:/
}

# Linux says EINVAL of it.
a_zone_that_is_missing_is_told()
{
	says '^fe80::1  .*x  .*the zone is missing ' \
		socket6 dial -z fe80::1 7 &&
		says '^socket6: fe80::1 7: the zone is missing$' \
			socket6 dial -z fe80::1 7 &&
		says '^socket6: \[fe80::1]:7: the zone is missing$' \
			socket6 listen fe80::1 7
}

echo_comes_back()
{
	serve -e 127.0.0.1 0
	printf 'one\ntwo\n' >"$tmp/in"
	gives 'one
two' socket6 dial -q 127.0.0.1 "$port" <"$tmp/in"
}

much_comes_back()
{
	serve -e 127.0.0.1 0
	awk 'BEGIN { for (i = 0; i < 200000; i++) print i }' >"$tmp/in"
	socket6 dial -q 127.0.0.1 "$port" <"$tmp/in" >"$tmp/out"
	cmp "$tmp/in" "$tmp/out"
}

the_end_of_input_is_told_and_the_answer_awaited()
{
	echo answer >"$tmp/answer"
	input=$tmp/answer serve 127.0.0.1 0
	gives answer socket6 dial -q 127.0.0.1 "$port" </dev/null
}

# Its output has ended before it is given what it is to send.
input_goes_on_after_the_peers_end()
{
	serve 127.0.0.1 0
	mkfifo "$tmp/ended" "$tmp/late"
	# shellcheck disable=SC2016 # it is the shell within the limit's
	$limit sh -c '
		{ cat && echo late; } <"$1/ended" >"$1/late" &
		exec $EXECUTE tests/program/socket6 dial -q 127.0.0.1 "$2" \
			>"$1/ended" <"$1/late"' - "$tmp" "$port" &&
		wait "$server" && gives late cat "$tmp/output"
}

# shellcheck disable=SC2086 # words
dial_ends_with_the_peer_on_a_terminal()
{
	serve 127.0.0.1 0
	ends 0 on_terminal 80 $EXECUTE tests/program/socket6 dial -q 127.0.0.1 "$port"
}

first_data_comes_first()
{
	serve -e 127.0.0.1 0
	echo second | gives 'first second' \
		socket6 dial -q -F 'first ' 127.0.0.1 "$port"
}

# to_a_peer SCRIPT ARGUMENT...: SCRIPT is Python, in which s is the peer's end of
# what socket6 dials with these arguments, and program the process. What reads
# nothing has the end of its input at once, and sees that before any byte of s.
# shellcheck disable=SC2086 # commands of several words
to_a_peer()
{
	peer=$1
	shift
	$limit python3 - "$peer" $EXECUTE tests/program/socket6 "$@" <<-'END'
		import socket, subprocess, sys, time
		def half_is_open():
		    try:
		        return s.recv(9, socket.MSG_DONTWAIT) != b""
		    except BlockingIOError:
		        return True
		def begin(stdin=subprocess.DEVNULL):
		    l = socket.create_server(("127.0.0.1", 0))
		    words = sys.argv[2:] + ["127.0.0.1", str(l.getsockname()[1])]
		    program = subprocess.Popen(words, stdin=stdin,
		                               stdout=subprocess.PIPE)
		    return l.accept()[0], program
		s, program = begin()
		exec(sys.argv[1])
	END
}

the_end_of_input_closes_the_sending_half()
{
	to_a_peer 's.send(b"x"); program.stdout.read(1)
assert not half_is_open()' dial -q
}

# As a server that takes a half-close for the end needs it.
o_keeps_the_sending_half_open()
{
	to_a_peer 's.send(b"x"); program.stdout.read(1)
assert half_is_open()
s.close()
sys.exit(program.wait())' dial -qo
}

r_reads_no_input()
{
	to_a_peer 's.close()
sys.exit(program.wait())' dial -qr || return
	echo unread >"$tmp/in"
	{
		serve 127.0.0.1 0
		socket6 dial -qr 127.0.0.1 "$port"
		gives unread cat
	} <"$tmp/in"
}

r_keeps_the_sending_half_open()
{
	to_a_peer 'assert s.recv(9) == b"first"
s.send(b"x"); program.stdout.read(1)
assert half_is_open()
s.close()
sys.exit(program.wait())' dial -qrF first
}

silence_ends_a_connection()
{
	to_a_peer 'assert s.recv(9) == b""
sys.exit(program.wait() != 3)' dial -qoT 0.05 2>"$tmp/said" &&
		gives 'socket6: 127.0.0.1: silent for 0.05 s' cat "$tmp/said"
}

# Each byte is followed by that much silence. On a busy machine the byte may be
# late: then once more.
a_byte_ends_the_silence()
{
	to_a_peer 'came = b""
while not came:
    time.sleep(.5)
    sent = time.monotonic()
    s.send(b"x")
    came = program.stdout.read()
    silent = time.monotonic() - sent
    assert program.wait() == 3
    if not came:
        s, program = begin()
assert silent >= 1, silent' dial -qoT 1 2>"$tmp/said"
}

q_says_nothing()
{
	serve 127.0.0.1 0
	gives '' socket6 dial -qz 127.0.0.1 "$port" 2>&1
}

v_counts_bytes()
{
	serve -e 127.0.0.1 0
	echo hello >"$tmp/in"
	says '^6 bytes sent, 6 received$' \
		socket6 dial -v 127.0.0.1 "$port" <"$tmp/in"
}

a_family_can_be_chosen()
{
	says '^192.0.2.80 .* won ' socket6 dial -4z both.example 7 &&
		says '^2001:db8::80 .* won ' socket6 dial -6z both.example 7
}

# Those of the other family alone are as many as are dialled.
a_family_can_be_chosen_of_many_addresses()
{
	ends 0 socket6 dial -4z many.example 7
}

a_local_address_can_be_chosen()
{
	says 'from 192.0.2.80:' socket6 dial -4z -b 192.0.2.80 both.example 7 &&
		says 'address not available' \
			socket6 dial -4z -b 192.0.2.99 both.example 7
}

# drawn HOST ROW...: whether its race has lines like these, in order. A busy
# machine asks more about a name, and begins without a family that is late.
drawn()
{
	is_drawn "$@" || is_drawn "$@" || is_drawn "$@"
}

is_drawn()
(
	socket6 dial -z "$1" 7 >"$tmp/drawn" || exit
	cat "$tmp/drawn"
	shift
	exec <"$tmp/drawn"
	for row; do
		until printf '%s\n' "$line" | grep -q -- "$row"; do
			IFS= read -r line || exit
		done
	done
)

a_race_is_drawn()
{
	drawn both.example '^both.example[ IPv46]* \.*[:|]  ' '^2001:db8::80  *=*\*  *won [0-9.]* ms$' \
		'^192.0.2.80 .* not tried$' '^ *0  *[0-9.]* ms$' \
		'^connected to \[2001:db8::80\]:7 from .* in [0-9.]* ms '
}

a_refusal_is_drawn()
{
	drawn refusing.example '^refusing.example ' \
		'^2001:db8::81 .*x  .*refused [0-9.]* ms$' \
		'^192.0.2.80 .*won'
}

silence_is_drawn()
{
	drawn silent.example '^silent.example ' \
		'^2001:db8:1::1  *-*|  *cancelled$' \
		'^192.0.2.80  *=*\*  *won'
}

the_attempt_delay_can_be_chosen()
{
	socket6 dial -jz -d 600 silent.example 7 |
		grep '"192.0.2.80"' |
		grep -Eq '"start_us":([6-9][0-9]{5}|[0-9]{7,}),'
}

# Nobody else answers, and no name is looked up meanwhile.
time_can_be_up()
{
	set -- socket6 dial -z -w 0.3 2001:db8:1::1 7
	ends 3 "$@" && says '^socket6: 2001:db8:1::1 7: timed out$' "$@"
}

a_connects_to_each_address()
{
	ends 0 socket6 dial -a both.example 7 >"$tmp/drawn" || return
	cat "$tmp/drawn"
	gives 2 grep -c ' connected [0-9.]* ms$' "$tmp/drawn" &&
		says '^connected to 2 addresses in [0-9.]* ms (name [0-9.]* ms)$' \
			cat "$tmp/drawn"
}

a_tells_each_address_that_fails()
{
	ends 4 socket6 dial -aw 1 mixed.example 7 >"$tmp/drawn" 2>&1
	failed=$?
	cat "$tmp/drawn"
	test $failed -eq 0 &&
		says '^2001:db8:1::1  .* timed out [0-9.]* m*s$' cat "$tmp/drawn" &&
		says '^192.0.2.81  .* refused [0-9.]* ms$' cat "$tmp/drawn" &&
		says '^192.0.2.80  .* connected [0-9.]* ms$' cat "$tmp/drawn" &&
		says '^socket6: mixed.example 7: 2 of 3 addresses not connected$' \
			cat "$tmp/drawn"
}

a_without_a_connection_is_status_1()
{
	refusing
	ends 1 socket6 dial -aq 127.0.0.1 "$port" 2>/dev/null &&
		ends 1 socket6 dial -aqw 0.1 2001:db8:1::1 7 2>"$tmp/said" &&
		gives 'socket6: 2001:db8:1::1 7: timed out' cat "$tmp/said"
}

# A race would try eight in that time; a busy machine does not try them all.
a_does_not_wait_for_one_after_the_other()
{
	ends 4 socket6 dial -ajw 2 many.example 7 >"$tmp/objects" 2>/dev/null &&
		test "$(grep -c '"error":"ETIMEDOUT","start_us"' \
			"$tmp/objects")" -gt 20 && gives 1 grep -c \
			'"state":"connected","error":null' "$tmp/objects"
}

a_failure_has_its_reason_though_it_is_remembered()
{
	refusing
	says "^socket6: 127.0.0.1 $port: refused$" \
		socket6 dial -z -f "$tmp/new" 127.0.0.1 "$port" &&
		test -s "$tmp/new"
}

# On a busy machine the answer may be so late that the other address is not
# silent beside it: then once more.
silence_is_remembered()
{
	for _ in 1 2 3 4 5; do
		socket6 dial -qz -f "$tmp/history" silent.example 7 || return
		socket6 dial -z -f "$tmp/history" silent.example 7 \
			>"$tmp/said" || return
		! grep -v '^silent' "$tmp/said" | head -n 1 |
			grep -q '^192.0.2.80 .*won' || return 0
	done
	cat "$tmp/said"
	return 1
}

# It says where one has been.
a_history_is_its_owners_alone()
{
	refusing
	socket6 dial -qzf "$tmp/new" 127.0.0.1 "$port"
	gives "$tmp/new" find "$tmp/new" -perm 600
}

# As long as a path can be, so that the name of a new file would be longer.
a_history_with_a_long_name_stays()
{
	refusing
	most=$(getconf PATH_MAX /)
	slashes=$(printf "%$((most - 8 - ${#tmp}))s" | tr ' ' /)
	echo 'socket6-history 1' >"$tmp/history"
	ends 1 socket6 dial -qzf "$tmp${slashes}history" 127.0.0.1 "$port" &&
		test -s "$tmp/history"
}

# The new file cannot grow: SIGXFSZ ends it in the middle.
an_ended_program_leaves_no_file()
{
	serve -ek 127.0.0.1 0
	echo 'socket6-history 1' >"$tmp/history"
	(
		ulimit -f 0
		socket6 dial -qzf "$tmp/history" 127.0.0.1 "$port"
	) && return 1
	gives "$tmp/history" find "$tmp" -name 'history*' &&
		gives 'socket6-history 1' cat "$tmp/history"
}

an_empty_file_is_a_new_history()
{
	serve -ek 127.0.0.1 0
	: >"$tmp/history"
	ends 0 socket6 dial -qzf "$tmp/history" 127.0.0.1 "$port" &&
		test -s "$tmp/history"
}

# To a file and to none, each by a link to a link, relative and absolute.
a_link_to_a_history_stays_one()
{
	serve -ek 127.0.0.1 0
	mkdir "$tmp/a" "$tmp/b"
	: >"$tmp/b/old"
	for name in old new; do
		ln -s "../b/$name" "$tmp/a/$name"
		ln -s "$tmp/a/$name" "$tmp/$name-link"
		ends 0 socket6 dial -qzf "$tmp/$name-link" 127.0.0.1 "$port" &&
			test -h "$tmp/$name-link" && test -h "$tmp/a/$name" &&
			test -s "$tmp/b/$name" || return
	done
}

a_link_to_itself_is_told()
{
	ln -s loop "$tmp/loop"
	refuses "$tmp/loop: too many symbolic links" \
		dial -f "$tmp/loop" ::1 1
}

a_drawing_for_a_file_has_no_escape()
{
	has_no "$escape" socket6 dial -z both.example 7
}

# shellcheck disable=SC2016 # it is the command's shell that expands this
a_command_has_the_connection_at_6_and_7()
{
	serve -e 127.0.0.1 0
	echo input | gives 'input hello' socket6 dial -q 127.0.0.1 "$port" -- \
		sh -c 'echo hello >&7; read -r answer <&6
			read -r input; echo "$input $answer"'
}

# The race has had any number for it, 6 and 7 too.
# shellcheck disable=SC2016 # it is the command's shell that expands this
a_command_has_the_connection_whatever_its_number_was()
{
	serve -ek 127.0.0.1 0
	for taken in 4 5 6 7 8; do
		eval "exec $taken</dev/null"
		gives hello socket6 dial -q 127.0.0.1 "$port" -- \
			sh -c 'echo hello >&7; read -r answer <&6
				echo "$answer"' || return
	done
}

# shellcheck disable=SC2016 # it is the command's shell that expands this
first_data_comes_before_a_command()
{
	serve -e 127.0.0.1 0
	gives 'first second' socket6 dial -qF 'first ' 127.0.0.1 "$port" -- \
		sh -c 'echo second >&7; read -r answer <&6; echo "$answer"'
}

# variables ADDRESS: what a command has of the connection to it.
variables()
{
	socket6 dial -q "$1" "$port" -- env | grep -E '^(PROTO|TCP)' | sort
}

a_command_has_no_forged_variable()
{
	forge
	serve -ek 127.0.0.1 0
	variables 127.0.0.1 >"$tmp/variables" &&
		grep -qx "TCPREMOTEPORT=$port" "$tmp/variables" &&
		without_ports <"$tmp/variables" >"$tmp/got" &&
		ucspi TCP 127.0.0.1 127.0.0.1 ::ffff: | diff - "$tmp/got" &&
		serve -ek ::1 0 &&
		variables ::1 | without_ports >"$tmp/got" &&
		ucspi TCP6 ::1 ::1 | diff - "$tmp/got"
}

a_commands_status_is_dials()
{
	serve -ek 127.0.0.1 0
	ends 7 socket6 dial -q 127.0.0.1 "$port" -- sh -c 'exit 7' &&
		ends 1 socket6 dial -q 127.0.0.1 "$port" -- false &&
		ends 0 socket6 dial -q 127.0.0.1 "$port" -- true
}

a_command_that_cannot_be_run_is_status_111()
{
	serve -ek 127.0.0.1 0
	: >"$tmp/text"
	set -- socket6 dial -q 127.0.0.1 "$port" --
	ends 111 "$@" ./nosuch 2>/dev/null &&
		says '^socket6: unable to run ./nosuch: not found$' \
			"$@" ./nosuch &&
		says "^socket6: unable to run $tmp/text: permission denied$" \
			"$@" "$tmp/text" &&
		socket6 dial -j 127.0.0.1 "$port" -- ./nosuch 2>&1 |
		grep '^{"type":"failed","error":"ENOENT",'
}

# The port refuses: nothing is run.
a_command_waits_for_the_connection()
{
	refusing
	ends 1 socket6 dial -q 127.0.0.1 "$port" -- touch "$tmp/ran" \
		2>/dev/null && test ! -e "$tmp/ran"
}

a_command_has_the_signals_of_the_start()
{
	serve -ek 127.0.0.1 0
	set -- tests/program/socket6 dial -q 127.0.0.1 "$port" --
	gives 'True True SIG_DFL' \
		started SIG_DFL - "$@" python3 -c "$state" 6 7 &&
		gives 'True True SIG_IGN SIGUSR1' started SIG_IGN SIGUSR1 \
			"$@" python3 -c "$state" 6 7 &&
		gives '' started SIG_DFL - "$@" sh -c "$try_pipe" &&
		gives ignored started SIG_IGN - "$@" sh -c "$try_pipe"
}

ok "dial -z only connects" z_only_connects
with_errors ok "a refusal is status 1" a_refusal_is_status_1
ok "host and port can be one word" host_and_port_can_be_one_word
with_errors ok "a URL is its host and port" a_url_is_its_host_and_port
with_hosts "a zone that is missing is told" a_zone_that_is_missing_is_told
ok "an echo comes back" echo_comes_back
ok "much comes back" much_comes_back
ok "the end of input is told, and the answer awaited" \
	the_end_of_input_is_told_and_the_answer_awaited
ok "input goes on after the peer's end" input_goes_on_after_the_peers_end
with python3 "dial ends with the peer, on a terminal" \
	dial_ends_with_the_peer_on_a_terminal
ok "the first data comes first" first_data_comes_first
with python3 "the end of input closes the sending half" \
	the_end_of_input_closes_the_sending_half
with python3 "-o keeps the sending half open" o_keeps_the_sending_half_open
with python3 "-r reads no input" r_reads_no_input
with python3 "-r keeps the sending half open" r_keeps_the_sending_half_open
with python3 "silence ends a connection" silence_ends_a_connection
with python3 "a byte ends the silence" a_byte_ends_the_silence
ok "-q says nothing" q_says_nothing
ok "-v counts bytes" v_counts_bytes
with_hosts "a family can be chosen" a_family_can_be_chosen
with_hosts "a family can be chosen of many addresses" \
	a_family_can_be_chosen_of_many_addresses
with_hosts "a local address can be chosen" a_local_address_can_be_chosen
with_hosts "a race is drawn" a_race_is_drawn
with_errors with_hosts "a refusal is drawn" a_refusal_is_drawn
with_hosts "silence is drawn" silence_is_drawn
with_hosts "the attempt delay can be chosen" the_attempt_delay_can_be_chosen
with_hosts "time can be up" time_can_be_up
with_hosts "dial -a connects to each address" a_connects_to_each_address
with_errors with_hosts "dial -a tells each address that fails" \
	a_tells_each_address_that_fails
with_errors with_hosts "dial -a without a connection is status 1" \
	a_without_a_connection_is_status_1
with_hosts "dial -a does not wait for one after the other" \
	a_does_not_wait_for_one_after_the_other
with_errors ok "a failure has its reason, though it is remembered" \
	a_failure_has_its_reason_though_it_is_remembered
with_hosts "silence is remembered" silence_is_remembered
ok "a history is its owner's alone" a_history_is_its_owners_alone
ok "a history with a long name stays" a_history_with_a_long_name_stays
ok "an ended program leaves no file" an_ended_program_leaves_no_file
ok "an empty file is a new history" an_empty_file_is_a_new_history
ok "a link to a history stays one" a_link_to_a_history_stays_one
ok "a link to itself is told" a_link_to_itself_is_told
with_hosts "a drawing for a file has no escape" \
	a_drawing_for_a_file_has_no_escape
ok "a command has the connection at 6 and 7" \
	a_command_has_the_connection_at_6_and_7
ok "a command has the connection whatever its number was" \
	a_command_has_the_connection_whatever_its_number_was
ok "the first data comes before a command" first_data_comes_before_a_command
with_hosts "a command has no forged variable" \
	a_command_has_no_forged_variable
ok "a command's status is dial's" a_commands_status_is_dials
ok "a command that cannot be run is status 111" \
	a_command_that_cannot_be_run_is_status_111
with_errors ok "a command waits for the connection" \
	a_command_waits_for_the_connection
natively with python3 "a command has the signals of the start" \
	a_command_has_the_signals_of_the_start
done_testing
