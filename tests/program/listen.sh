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
	$limit python3 - $EXECUTE tools/socket6 listen -k 127.0.0.1 0 <<-'END'
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
	$limit $EXECUTE tools/socket6 dial -q 127.0.0.1 "$port" \
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
	gives hello passed 1 $EXECUTE tools/socket6 listen -eq &&
		gives hello passed 2 $EXECUTE tools/socket6 listen -eq
}

# shellcheck disable=SC2086 # commands of several words
what_does_not_listen_is_not_taken()
{
	says '^socket6: descriptor 3: not listening$' \
		$limit python3 - $EXECUTE tools/socket6 listen -e <<-'END'
		import os, socket, sys
		s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		s.bind(("127.0.0.1", 0))
		os.dup2(os.dup(s.fileno()), 3)
		os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
		os.execvp(sys.argv[1], sys.argv[1:])
	END
}

those_for_another_process_are_not()
{
	LISTEN_FDS=1 LISTEN_PID=1 ends 2 socket6 listen
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
with_loopback6 "any address is a star" any_address_is_a_star
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
ok "those for another process are not" those_for_another_process_are_not
done_testing
