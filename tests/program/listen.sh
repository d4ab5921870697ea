#!/bin/sh
# SPDX-License-Identifier: ISC
# listen.sh - socket6 listen: who comes, what they say, and passed listeners.
. "${srcdir:-.}/tests/program/program.sh"

listen_takes_both_families()
{
	serve -ek 0
	ends 0 socket6 dial -z 127.0.0.1 "$port" &&
		ends 0 socket6 dial -z ::1 "$port"
}

listen_can_take_one_family()
{
	serve -ek6 0
	ends 1 socket6 dial -z 127.0.0.1 "$port" &&
		ends 0 socket6 dial -z ::1 "$port" || return
	kill "$server"
	serve -ek4 0
	ends 0 socket6 dial -z 127.0.0.1 "$port" &&
		ends 1 socket6 dial -z ::1 "$port"
}

listen_ends_after_one_connection()
{
	serve -e 127.0.0.1 0
	socket6 dial -qz 127.0.0.1 "$port" && wait "$server"
}

listen_gives_out_what_comes()
{
	serve 127.0.0.1 0
	echo hello | socket6 dial -q 127.0.0.1 "$port" && wait "$server" &&
		gives hello cat "$tmp/output"
}

listen_tells_who_comes()
{
	serve -v 127.0.0.1 0
	echo hello | socket6 dial -q 127.0.0.1 "$port" && told >"$tmp/told"
	says '^connection from 127.0.0.1:' cat "$tmp/told" &&
		says '^0 bytes sent, 6 received$' cat "$tmp/told"
}

k_goes_on()
{
	serve -kv 127.0.0.1 0
	for word in one two; do
		echo $word | socket6 dial -q 127.0.0.1 "$port" &&
			until_told '*received' || return
	done
	gives 'one
two' cat "$tmp/output"
}

# Some programs give their children a socket where others give a pipe.
# shellcheck disable=SC2086 # commands of several words
k_goes_on_where_its_output_is_a_socket()
{
	$limit python3 - $EXECUTE tests/program/socket6 listen -k 127.0.0.1 0 <<-'END'
		import socket, subprocess, sys
		ours, its = socket.socketpair()
		server = subprocess.Popen(sys.argv[1:], stdout=its,
		                          stdin=subprocess.DEVNULL,
		                          stderr=subprocess.PIPE, text=True)
		its.close()
		port = server.stderr.readline().rsplit(":", 1)[1]
		for word in b"one", b"two":
		    s = socket.create_connection(("127.0.0.1", int(port)))
		    s.sendall(word)
		    s.close()
		    came = ours.recv(9)
		    if came != word:
		        break
		server.kill()
		sys.exit(came != word)
	END
}

# One waits while the other is served. It is begun without the function socket6:
# the shell that runs a function in the background keeps the fifo open.
# shellcheck disable=SC2086 # commands of several words
an_echo_serves_many_at_once()
{
	serve -ek 127.0.0.1 0
	mkfifo "$tmp/open"
	exec 4<>"$tmp/open"
	$limit $EXECUTE tests/program/socket6 dial -q 127.0.0.1 "$port" \
		<"$tmp/open" 4<&- &
	echo hello | gives hello socket6 dial -q 127.0.0.1 "$port"
}

# Of thirty that have connected each is served, once there is a descriptor.
# shellcheck disable=SC3045 # dash and busybox have soft limits, too
an_echo_without_descriptors_waits_for_one()
{
	ulimit -S -n 20
	serve -ek 127.0.0.1 0
	ulimit -S -n "$(ulimit -H -n)"
	$limit python3 - "$port" <<-'END'
		import socket, sys
		for s in [socket.create_connection(("127.0.0.1", sys.argv[1]))
		          for _ in range(30)]:
		    s.sendall(b"hello")
		    assert s.recv(9) == b"hello"
		    s.close()
	END
}

a_name_has_addresses_of_both_families()
{
	ends 3 socket6 listen -4qw 0.05 both.example 0 &&
		ends 3 socket6 listen -6qw 0.05 both.example 0
}

# listens_at ADDRESS...: whether these are what it listens at, in this order,
# and answer there.
listens_at()
{
	for at; do
		test "${listening%:*}" = "listening at $at" || {
			echo "$listening, not $at"
			return 1
		}
		ends 0 socket6 dial -z "${listening#listening at }" || return
		read -r listening <&3
	done
	test "${listening%% *}" = connection # no other listener
}

each_word_is_a_listener()
{
	serve -ek 127.0.0.1:0 0 '*:0' localhost:0 &&
		listens_at 127.0.0.1 '[::]' '[::]' '[::1]' 127.0.0.1
}

ports_are_listeners()
{
	serve -ek4 0 0 && listens_at 0.0.0.0 0.0.0.0
}

any_address_is_a_star()
{
	serve -ek '*' 0 && listens_at '[::]'
}

a_name_has_a_listener_at_each_address()
{
	serve -ek both.example 0 &&
		listens_at '[2001:db8::80]' 192.0.2.80 &&
		serve -ek6 '[::1]:0' both.example:0 &&
		listens_at '[::1]' '[2001:db8::80]'
}

an_address_that_is_elsewhere_is_left_out()
{
	ends 3 socket6 listen -w 0.05 mixed.example 0 >"$tmp/all" 2>&1 &&
		says '^socket6: \[2001:db8:1::1]:0: address not available$' \
			cat "$tmp/all" &&
		gives 2 grep -c '^listening at 192.0.2.8[01]:' "$tmp/all" &&
		ends 1 socket6 listen -q '[2001:db8:1::1]:0' 2>/dev/null
}

there_is_an_end_to_listeners()
{
	set --
	while test $# -lt 65; do
		set -- "$@" 127.0.0.1:0
	done
	refuses 'more than 64 listeners' listen -q "$@"
}

# Neither side has an end of its input.
silence_ends_a_connection()
{
	mkfifo "$tmp/open"
	exec 4<>"$tmp/open"
	input=$tmp/open serve -T 0.05 127.0.0.1 0
	ends 0 socket6 dial -qr 127.0.0.1 "$port" && ends 3 wait "$server" &&
		told | grep '^socket6: connection: silent for 0.05 s$'
}

silence_ends_one_echo()
{
	serve -ekT 0.05 127.0.0.1 0
	ends 0 socket6 dial -qr 127.0.0.1 "$port" 2>"$tmp/said" &&
		echo hello | gives hello socket6 dial -q 127.0.0.1 "$port"
}

an_address_in_use_is_status_1()
{
	serve -ek 127.0.0.1 0
	ends 1 socket6 listen -q 127.0.0.1 "$port" &&
		says "^socket6: 127.0.0.1:$port: address in use$" \
			socket6 listen -q 127.0.0.1 "$port"
}

nobody_may_come()
{
	ends 3 socket6 listen -qw 0.05 127.0.0.1 0 &&
		says '^socket6: timed out: no connection$' \
			socket6 listen -w 0.05 127.0.0.1 0
}

# passed COUNT COMMAND...: with so many listeners as systemd passes them; prints
# what comes from one of them.
passed()
{
	$limit python3 - "$@" <<-'END'
		import os, socket, subprocess, sys
		count = int(sys.argv[1])
		ls = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
		def pass_on():
		    fds = [os.dup(l.fileno()) for l in ls]
		    for i, fd in enumerate(fds):
		        os.dup2(os.dup(fd), 20 + i)
		    for i in range(count):
		        os.dup2(20 + i, 3 + i)
		    os.environ["LISTEN_FDS"] = str(count)
		    os.environ["LISTEN_PID"] = str(os.getpid())
		    os.execvp(sys.argv[2], sys.argv[2:])
		child = os.fork()
		if child == 0:
		    pass_on()
		s = socket.create_connection(ls[-1].getsockname())
		s.sendall(b"hello")
		s.shutdown(socket.SHUT_WR)
		print(s.makefile().read())
		sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
	END
}

# shellcheck disable=SC2086 # commands of several words
passed_listeners_are_taken()
{
	gives hello passed 1 $EXECUTE tests/program/socket6 listen -eq &&
		gives hello passed 2 $EXECUTE tests/program/socket6 listen -eq
}

# shellcheck disable=SC2086 # commands of several words
what_does_not_listen_is_not_taken()
{
	says '^socket6: descriptor 3: not listening$' \
		$limit python3 - $EXECUTE tests/program/socket6 listen -e <<-'END'
		import os, socket, sys
		s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		s.bind(("127.0.0.1", 0))
		os.dup2(os.dup(s.fileno()), 3)
		os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
		os.execvp(sys.argv[1], sys.argv[1:])
	END
}

# Here they are the process's own, and there is none.
# shellcheck disable=SC2086,SC2016 # commands of several words, by the shell within
what_is_not_open_is_not_taken()
{
	says '^socket6: LISTEN_FDS: closed$' $limit sh -c '
		exec 3<&-
		export LISTEN_FDS=1 LISTEN_PID=$$
		exec $EXECUTE tests/program/socket6 listen -w 1'
}

those_for_another_process_are_not()
{
	LISTEN_FDS=1 LISTEN_PID=1 ends 2 socket6 listen
}

# ---- commands ----

a_command_has_each_connection()
{
	serve 127.0.0.1 0 -- cat
	for word in one two; do
		echo $word | gives $word socket6 dial -q 127.0.0.1 "$port" ||
			return
	done
}

# variables ADDRESS: what a command has of the connection from there, by env.
variables()
{
	socket6 dial -qr "$1" "$port" | grep -E '^(PROTO|TCP)' | sort
}

a_command_has_no_forged_variable()
{
	forge
	serve 0 -- env
	variables 127.0.0.1 >"$tmp/variables" &&
		grep -qx "TCP6LOCALPORT=$port" "$tmp/variables" &&
		without_ports <"$tmp/variables" >"$tmp/got" &&
		ucspi TCP 127.0.0.1 127.0.0.1 ::ffff: | diff - "$tmp/got" &&
		variables ::1 | without_ports >"$tmp/got" &&
		ucspi TCP6 ::1 ::1 | diff - "$tmp/got"
}

# state_of COMMAND...: what one says for which a server is started.
state_of()
{
	serve 127.0.0.1 0 -- "$@"
	socket6 dial -qr 127.0.0.1 "$port"
	kill "$server"
}

a_command_has_the_signals_of_the_start()
{
	started="python3 $srcdir/tests/program/started.py"
	EXECUTE="$started SIG_DFL -"
	gives 'True True SIG_DFL' state_of python3 -c "$state" 0 1 &&
		gives '' state_of sh -c "$try_pipe" || return
	EXECUTE="$started SIG_IGN SIGUSR1"
	gives 'True True SIG_IGN SIGUSR1' \
		state_of python3 -c "$state" 0 1 &&
		gives ignored state_of sh -c "$try_pipe"
}

# shellcheck disable=SC2016 # it is the command's shell that expands this
v_tells_how_a_command_ends()
{
	serve -v 127.0.0.1 0 -- sh -c 'read -r line; eval "$line"'
	echo 'exit 7' | socket6 dial -q 127.0.0.1 "$port" &&
		until_told 'process *: status 7' &&
		echo 'kill -9 $$' | socket6 dial -q 127.0.0.1 "$port" &&
		until_told 'process *: signal 9'
}

json_tells_how_a_command_ends()
{
	serve -j 127.0.0.1:0 -- sh -c 'exit 7'
	port=${listening##*:}
	port=${port%\}}
	socket6 dial -qr 127.0.0.1 "$port" &&
		until_told '{"type":"accepted",*,"pid":*}' &&
		until_told '{"type":"exited","pid":*,"status":7}'
}

# Its peer has the end, and not a word.
a_command_that_cannot_be_run_ends_its_connection()
{
	serve -v 127.0.0.1 0 -- ./nosuch 2>"$tmp/errors"
	for _ in 1 2; do
		gives '' socket6 dial -qr 127.0.0.1 "$port" &&
			until_told 'process *: status 111' || return
	done
	gives 'socket6: unable to run ./nosuch: not found
socket6: unable to run ./nosuch: not found' cat "$tmp/errors"
}

time_is_up_between_commands()
{
	serve -w 0.05 127.0.0.1 0 -- true
	ends 3 wait "$server"
}

# beside SCRIPT OPTION...: runs it in Python, beside a server that is not in the
# process group that timeout ends as a whole.
# shellcheck disable=SC2086 # commands of several words
beside()
{
	script=$1
	shift
	$limit python3 - "$script" $EXECUTE tests/program/socket6 listen "$@" <<-'END'
		import signal, socket, subprocess, sys, threading
		def connect():
		    return socket.create_connection(("127.0.0.1", port))
		def says(s, wanted):
		    assert s.makefile("rb").readline() == wanted
		def echoes(s):
		    s.sendall(b"hello\n")
		    says(s, b"hello\n")
		for sig in signal.SIGINT, signal.SIGTERM:
		    signal.signal(sig, signal.SIG_DFL)
		server = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE,
		                          stdin=subprocess.DEVNULL, text=True)
		port = int(server.stdout.readline().rsplit(":", 1)[1])
		try:
		    exec(sys.argv[1])
		finally:
		    server.kill()
	END
}

# Nobody ends before three are served at once. The server says in which order
# they began and ended; a fourth would have begun as soon as it might.
three_are_served_at_once_of_two_hundred()
{
	beside '
lock, three, served = threading.Lock(), threading.Event(), 0
def come():
    global served
    s = connect()
    says(s, b"hello\n")
    with lock:
        served += 1
    if served == 3:
        three.set()
    three.wait()
    s.close()
all = [threading.Thread(target=come) for _ in range(200)]
for thread in all:
    thread.start()
now = most = ended = 0
while ended < 200:
    words = server.stdout.readline().split()
    now += 1 if words[0] == "connection" else -1
    ended += words[0] == "process"
    most = max(most, now)
assert most == 3, most' -vc 3 127.0.0.1 0 -- sh -c 'echo hello; read -r _'
}

commands_outlive_the_server()
{
	for signal in SIGTERM SIGINT; do
		beside "
s = connect()
echoes(s)
server.send_signal(signal.$signal)
assert server.wait() == -signal.$signal
echoes(s)" 127.0.0.1 0 -- cat || return
	done
}

# Nobody waits for what a shell has begun before.
# shellcheck disable=SC2016 # it is the shell within that expands this
other_children_are_no_commands()
{
	beside 'echoes(connect())
echoes(connect())' 127.0.0.1:0 -- cat && {
		$limit sh -c 'true & exec $EXECUTE tests/program/socket6 listen -q \
			-c 1 -w 0.05 127.0.0.1:0 -- cat'
		test $? -eq 3
	}
}

# ---- PROXY ----

# told_by HEADER: what a command has of a connection that begins so, if also what
# follows is whole.
told_by()
{
	# shellcheck disable=SC2059 # it has escapes
	printf "$1line\n" | socket6 dial -q 127.0.0.1 "$port" >"$tmp/told"
	gives line tail -n 1 "$tmp/told" &&
		grep -E '^(PROTO|TCP)' "$tmp/told" | sort
}

v2='\r\n\r\n\0\r\nQUIT\n'
from_to='\300\0\2\1\300\0\2\2\17\240\0\120'
db8='\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0'
ipv4="192.0.2.1 192.0.2.2 ::ffff: 4000 80"

# Version 1, version 2, with fields that are passed over, and as many as can be.
# shellcheck disable=SC2086 # words
a_command_has_the_headers_addresses()
{
	forge
	serve -p 127.0.0.1 0 -- sh -c 'env; cat'
	ucspi TCP $ipv4 >"$tmp/ipv4"
	ucspi TCP6 2001:db8::1 2001:db8::2 '' 4000 80 >"$tmp/ipv6"
	most=$(awk 'BEGIN { while (i++ < 65523) printf "x" }')
	told_by 'PROXY TCP4 192.0.2.1 192.0.2.2 4000 80\r\n' |
		diff "$tmp/ipv4" - &&
		told_by "$v2\41\21\0\14$from_to" | diff "$tmp/ipv4" - &&
		told_by "$v2\41\21\0\20$from_to\4\0\1x" |
		diff "$tmp/ipv4" - &&
		told_by "$v2\41\21\377\377$from_to$most" |
		diff "$tmp/ipv4" - &&
		told_by 'PROXY TCP6 2001:db8::1 2001:db8::2 4000 80\r\n' |
		diff "$tmp/ipv6" - &&
		told_by "$v2\41\41\0\44$db8\1$db8\2\17\240\0\120" |
		diff "$tmp/ipv6" -
}

# LOCAL is the balancer itself; so is whom it does not know.
a_header_may_say_nothing()
{
	forge
	serve -p 127.0.0.1 0 -- sh -c 'env; cat'
	ucspi TCP 127.0.0.1 127.0.0.1 ::ffff: >"$tmp/own"
	for header in "$v2\40\0\0\0" 'PROXY UNKNOWN\r\n' "$v2\41\0\0\0"; do
		told_by "$header" | without_ports | diff "$tmp/own" - || return
	done
}

p_tells_the_headers_addresses()
{
	serve -pv 127.0.0.1 0
	printf 'PROXY TCP4 192.0.2.1 192.0.2.2 4000 80\r\nhello\n' |
		socket6 dial -q 127.0.0.1 "$port" && wait "$server" &&
		gives hello cat "$tmp/output" &&
		told >"$tmp/told" &&
		says '^connection from 192.0.2.1:4000 to 192.0.2.2:80$' \
			cat "$tmp/told" &&
		says '^0 bytes sent, 6 received$' cat "$tmp/told"
}

a_header_may_come_byte_by_byte()
{
	beside 's = connect()
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
for byte in b"PROXY TCP4 192.0.2.1 192.0.2.2 4000 80\r\nhello\n":
    s.sendall(bytes([byte]))
says(s, b"hello\n")
assert "from 192.0.2.1:4000\n" in server.stdout.readline()' \
		-ekp 127.0.0.1 0
}

# Without -k it is not the connection that is waited for.
what_is_no_header_is_closed_and_told()
{
	serve -p 127.0.0.1 0
	echo 'PROXY no' | gives '' socket6 dial -q 127.0.0.1 "$port" \
		2>/dev/null
	until_told 'socket6: 127.0.0.1:*: not a PROXY header' &&
		socket6 dial -qz 127.0.0.1 "$port" &&
		until_told 'socket6: 127.0.0.1:*: ended before its PROXY *' &&
		printf 'PROXY UNKNOWN\r\nhello\n' |
		socket6 dial -q 127.0.0.1 "$port" && wait "$server" &&
		gives hello cat "$tmp/output"
}

# The client has no end of its input.
half_a_header_is_closed_in_time()
{
	serve -pkT 0.05 127.0.0.1 0
	gives '' socket6 dial -qrF 'PROXY TC' 127.0.0.1 "$port" &&
		until_told 'socket6: 127.0.0.1:*: no PROXY header in time'
}

half_a_header_keeps_nobody_waiting()
{
	beside 'halves = [connect() for _ in range(30)]
for s in halves:
    s.sendall(b"PROXY")
s = connect()
s.sendall(b"PROXY UNKNOWN\r\nhello\n")
says(s, b"hello\n")
for s in halves:
    s.sendall(b" UNKNOWN\r\nhello\n")
    says(s, b"hello\n")' -p 127.0.0.1 0 -- cat
}

# Thirty headers are awaited where there are descriptors for fewer.
# shellcheck disable=SC3045 # dash and busybox have soft limits, too
headers_without_descriptors_wait_for_one()
{
	ulimit -S -n 20
	serve -p 127.0.0.1 0 -- cat
	ulimit -S -n "$(ulimit -H -n)"
	$limit python3 - "$port" <<-'END'
		import socket, sys
		for s in [socket.create_connection(("127.0.0.1", sys.argv[1]))
		          for _ in range(30)]:
		    s.sendall(b"PROXY UNKNOWN\r\nhello")
		    assert s.recv(9) == b"hello"
		    s.close()
	END
}

with_loopback6 "listen takes both families" listen_takes_both_families
with_v6only "listen can take one family" listen_can_take_one_family
ok "listen ends after one connection" listen_ends_after_one_connection
ok "listen gives out what comes" listen_gives_out_what_comes
ok "listen tells who comes" listen_tells_who_comes
ok "listen -k goes on" k_goes_on
with python3 "listen -k goes on where its output is a socket" \
	k_goes_on_where_its_output_is_a_socket
ok "an echo serves many at once" an_echo_serves_many_at_once
with python3 "an echo without descriptors waits for one" \
	an_echo_without_descriptors_waits_for_one
with_v6only "a name has addresses of both families" \
	a_name_has_addresses_of_both_families
with_hosts "each word is a listener" each_word_is_a_listener
ok "ports are listeners" ports_are_listeners
with_hosts "any address is a star" any_address_is_a_star
with_v6only "a name has a listener at each address" \
	a_name_has_a_listener_at_each_address
with_hosts "an address that is elsewhere is left out" \
	an_address_that_is_elsewhere_is_left_out
ok "there is an end to listeners" there_is_an_end_to_listeners
ok "silence ends a connection" silence_ends_a_connection
ok "silence ends one echo" silence_ends_one_echo
ok "an address in use is status 1" an_address_in_use_is_status_1
ok "nobody may come" nobody_may_come
with python3 "passed listeners are taken" passed_listeners_are_taken
with python3 "what does not listen is not taken" \
	what_does_not_listen_is_not_taken
ok "what is not open is not taken" what_is_not_open_is_not_taken
ok "those for another process are not" those_for_another_process_are_not
ok "a command has each connection" a_command_has_each_connection
with_hosts "a command has no forged variable" \
	a_command_has_no_forged_variable
natively with python3 "a command has the signals of the start" \
	a_command_has_the_signals_of_the_start
ok "-v tells how a command ends" v_tells_how_a_command_ends
ok "JSON tells how a command ends" json_tells_how_a_command_ends
ok "a command that cannot be run ends its connection" \
	a_command_that_cannot_be_run_ends_its_connection
ok "time is up between commands" time_is_up_between_commands
with python3 "three are served at once of two hundred" \
	three_are_served_at_once_of_two_hundred
natively with python3 "commands outlive the server" commands_outlive_the_server
with python3 "other children are no commands" other_children_are_no_commands
ok "a command has the header's addresses" a_command_has_the_headers_addresses
ok "a header may say nothing" a_header_may_say_nothing
ok "-p tells the header's addresses" p_tells_the_headers_addresses
with python3 "a header may come byte by byte" a_header_may_come_byte_by_byte
ok "what is no header is closed and told" what_is_no_header_is_closed_and_told
ok "half a header is closed in time" half_a_header_is_closed_in_time
with python3 "half a header keeps nobody waiting" \
	half_a_header_keeps_nobody_waiting
with python3 "headers without descriptors wait for one" \
	headers_without_descriptors_wait_for_one
done_testing
