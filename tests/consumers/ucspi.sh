#!/bin/sh
# SPDX-License-Identifier: ISC
# ucspi.sh - the program and the examples beside tcpserver, haproxy and systemd.
#
# usage: make check-peers, as root on Debian
#
# What tcpserver and tcpclient do is the measure: the same variables, and the
# same bytes through programs written for them. All is in a network namespace.
. "${srcdir:-.}/tests/support/tap.sh"
need ip
need unshare
PATH=$PATH:/usr/sbin
needs tcpserver ucspi-tcp-ipv6 || exit
needs haproxy haproxy || exit
needs systemd-socket-activate systemd || exit
[ "${1-}" = inside ] || exec unshare --net "$SHELL" "$0" inside

servers=
unset LISTEN_PID LISTEN_FDS
for name in $(env | sed -n 's/^\(PROTO\|TCP6*[A-Z]*\)=.*/\1/p'); do
	unset "$name"
done

socket6()
{
	timeout 20 tools/socket6 "$@"
}

# Ends with the test, or with all of them: a test is a subshell.
keep()
{
	servers="$servers $!"
	# shellcheck disable=SC2064 # of now
	trap "kill $servers 2>/dev/null" EXIT
}

# end: the last that began.
end()
{
	kill "${servers##* }"
	wait "${servers##* }"
	return 0
}

# begin COMMAND...: in the background; $line is the first that it writes.
begin()
{
	mkfifo "$tmp/ready" || return
	timeout 120 "$@" >"$tmp/ready" 2>"$tmp/errors" &
	keep
	exec 3<"$tmp/ready"
	read -r line <&3
	rm "$tmp/ready"
}

# comes_true COMMAND...: whether it succeeds in twenty seconds.
comes_true()
{
	for _ in $(seq 200); do
		! "$@" || return 0
		sleep 0.1
	done
	return 1
}

# until_told PATTERN: reads what it writes as far as a line like that.
until_told()
{
	while read -r line <&3; do
		# shellcheck disable=SC2254 # a pattern
		case $line in
		$1) return ;;
		esac
	done
	return 1
}

# A link whose ends are both here, so that each has a link-local peer.
build()
{
	ip link set lo up &&
		ip link add near type veth peer name far &&
		ip link set near addrgenmode none &&
		ip link set far addrgenmode none &&
		ip link set near up && ip link set far up &&
		ip address add fe80::1/64 dev near nodad &&
		ip address add fe80::2/64 dev far nodad
}

# What env writes of a connection. tcpserver -l '' sets empty names of hosts.
variables()
{
	grep -E '^(PROTO|TCP)' | grep -v '=$' | sort
}

# At the same port, one after the other, because the port is told.
same_variables_for_a_peer()
{
	place=$1
	shift
	begin tcpserver -1HR -l '' "$@" ::0 5000 env
	socket6 dial -qr "$place:5000" | variables | sed "$any_port" \
		>"$tmp/wanted"
	end
	begin tools/socket6 listen 5000 -- env
	socket6 dial -qr "$place:5000" | variables | sed "$any_port" |
		diff "$tmp/wanted" - && test -s "$tmp/wanted"
}
any_port='s/\(REMOTEPORT\)=[0-9]*$/\1=#/'

# tcpclient sets no variable of IPv6.
same_variables_for_a_server()
{
	begin tools/socket6 listen 5001 -- cat
	timeout 20 tcpclient -HR -l '' ${3+-I "$3"} "$2" 5001 env | variables |
		sed "$any_local" >"$tmp/wanted"
	socket6 dial -q "$1:5001" -- env | variables | sed "$any_local" |
		grep -v ^TCP6 | diff "$tmp/wanted" - && test -s "$tmp/wanted"
}
any_local='s/\(LOCALPORT\)=[0-9]*$/\1=#/'

# same_bytes_through COMMAND...: whether they are, with tcpserver and socket6.
same_bytes_through()
{
	begin tcpserver -1HR -l '' 127.0.0.1 5002 "$@"
	talk wanted
	begin tools/socket6 listen 127.0.0.1 5002 -- "$@"
	talk got
	diff "$tmp/wanted" "$tmp/got" && test -s "$tmp/wanted"
}

talk()
{
	printf 'one\r\ntwo\nthree' | socket6 dial -q 127.0.0.1 5002 |
		od -c >"$tmp/$1"
	end
}

# It begins each line with its process, and goes on after the connection.
recordio_writes_all_down()
{
	begin tools/socket6 listen 127.0.0.1 5003 -- recordio fixcrio cat
	printf 'one\ntwo\n' | socket6 dial -q 127.0.0.1 5003 >/dev/null
	comes_true grep -q '> \[EOF]$' "$tmp/errors"
	end
	for line in '< one ' '< two ' '> one.* ' '> two.* '; do
		sed 's/^[0-9]* //' "$tmp/errors" | grep -q "^$line" || {
			cat "$tmp/errors"
			return 1
		}
	done
}

# It reads from 6, and writes to 7, until the server ends.
# shellcheck disable=SC2016 # it is the command's shell that expands this
mconnect_io_talks_through_dial()
{
	begin tools/socket6 listen 127.0.0.1 5004 -- \
		sh -c 'read -r line; echo "$line"'
	echo hello | timeout 20 tcpclient -HR -l '' 127.0.0.1 5004 \
		mconnect-io >"$tmp/wanted"
	echo hello | socket6 dial -q 127.0.0.1 5004 -- mconnect-io |
		diff "$tmp/wanted" - && test -s "$tmp/wanted"
}

same_status_without_a_program()
{
	begin tcpserver -1vHR -l '' 127.0.0.1 5005 nosuch
	socket6 dial -qr 127.0.0.1 5005
	comes_true grep -q "status $((111 << 8))$" "$tmp/errors" || return
	end
	begin tools/socket6 listen -v 127.0.0.1 5005 -- nosuch
	socket6 dial -qr 127.0.0.1 5005 && until_told 'process *: status 111' &&
		gives 'socket6: unable to run nosuch: not found' \
			cat "$tmp/errors"
}

# activate COMMAND...: with listeners of both families that systemd's tool opens.
# Only what it says on standard error tells that.
activate()
{
	mkfifo "$tmp/ready" || return
	timeout 120 systemd-socket-activate -l 127.0.0.1:5006 -l '[::1]:5006' \
		"$@" >/dev/null 2>"$tmp/ready" &
	keep
	exec 3<"$tmp/ready"
	rm "$tmp/ready"
	until_told 'Listening on *' && until_told 'Listening on *'
}

# Both are answered, whichever of them has begun the server.
activated()
{
	activate "$@" || return
	for at in 127.0.0.1 ::1; do
		echo hello | gives hello socket6 dial -q $at 5006 || return
	done
	end
}

begin_haproxy()
{
	cat >"$tmp/haproxy.cfg" <<-'END'
		defaults
		  mode tcp
		  timeout connect 20s
		  timeout client 20s
		  timeout server 20s
		frontend ready
		  bind 127.0.0.1:5010
		listen v1
		  bind 127.0.0.1:5011
		  bind [::1]:5011
		  server a 127.0.0.1:5020 send-proxy
		listen v2
		  bind 127.0.0.1:5012
		  bind [::1]:5012
		  server a [::1]:5020 send-proxy-v2
		listen example_v1
		  bind 127.0.0.1:5015
		  bind [::1]:5015
		  server a 127.0.0.1:5025 send-proxy
		listen example_v2
		  bind 127.0.0.1:5016
		  bind [::1]:5016
		  server a 127.0.0.1:5025 send-proxy-v2 check check-send-proxy inter 500ms
		listen checks_v1
		  bind 127.0.0.1:5013
		  server a 127.0.0.1:5021 send-proxy check check-send-proxy inter 500ms
		listen checks_v2
		  bind 127.0.0.1:5014
		  server a 127.0.0.1:5022 send-proxy-v2 check check-send-proxy inter 500ms
	END
	timeout 120 haproxy -db -q -f "$tmp/haproxy.cfg" >/dev/null 2>&1 &
	keep
	comes_true socket6 dial -qz 127.0.0.1 5010 2>/dev/null
}

# proxied PROTO ADDRESS PORT: the client's address, and the one that it asked.
proxied()
{
	socket6 dial -qr "$2" "$3" | variables | sed "$any_port" >"$tmp/got"
	for wanted in "PROTO=$1" "TCPREMOTEIP=$2" "TCPREMOTEPORT=#" \
		"TCPLOCALIP=$2" "TCPLOCALPORT=$3"; do
		grep -qx "$wanted" "$tmp/got" || {
			cat "$tmp/got"
			return 1
		}
	done
}

# told PATTERN ADDRESS PORT: what the example says of its client.
told()
{
	line=$(socket6 dial -qr "$2" "$3") || return
	# shellcheck disable=SC2254 # a pattern
	case $line in
	$1) ;;
	*) echo "$line" && return 1 ;;
	esac
}

# Of the balancer, at an address of its own.
a_check_is_answered()
{
	begin tools/socket6 listen -pv "127.0.0.1:$1" -- true
	until_told "connection from 127.0.0.1:* to 127.0.0.1:$1, *" &&
		until_told 'process *: status 0'
}

# -p, and what sends none.
no_header_is_closed()
{
	begin tools/socket6 listen -p 127.0.0.1:5023 -- env
	gives '' timeout 20 tcpclient -HR -l '' 127.0.0.1 5023 \
		sh -c 'echo hello >&7; cat <&6' &&
		grep -q '^socket6: 127.0.0.1:[0-9]*: not a PROXY header$' \
			"$tmp/errors"
}

build || exit
ok "a peer has the same variables, IPv4" same_variables_for_a_peer 127.0.0.1
ok "a peer has the same variables, IPv6" same_variables_for_a_peer '[::1]'
ok "a peer has the same variables, link-local" \
	same_variables_for_a_peer '[fe80::1%far]' -I near
ok "a server has the same variables, IPv4" \
	same_variables_for_a_server 127.0.0.1 127.0.0.1
ok "a server has the same variables, IPv6" \
	same_variables_for_a_server '[::1]' ::1
ok "a server has the same variables, link-local" \
	same_variables_for_a_server '[fe80::1%far]' fe80::1 far
for through in cat 'fixcrio cat' 'recordio cat' 'recordio fixcrio cat'; do
	# shellcheck disable=SC2086 # words
	ok "the same bytes come through $through" same_bytes_through $through
done
ok "recordio writes all down" recordio_writes_all_down
ok "mconnect-io talks through dial" mconnect_io_talks_through_dial
ok "a missing program has the same status" same_status_without_a_program
ok "systemd's sockets are listened at" activated tools/socket6 listen -ekq
ok "systemd's sockets have a command" activated tools/socket6 listen -q -- cat
ok "systemd's sockets are the example's" activated examples/echo_server
begin tools/socket6 listen -p 5020 -- env
begin examples/proxy_server '[::]:5025' 127.0.0.0/8
begin_haproxy || exit
# shellcheck disable=SC2064 # of now: a test has its own
trap "kill $servers; rm -rf '$tmp'" EXIT
servers=
for at in 5011 5012; do
	ok "haproxy says who comes, IPv4, $at" proxied TCP 127.0.0.1 $at
	ok "haproxy says who comes, IPv6, $at" proxied TCP6 ::1 $at
done
for at in 5015 5016; do
	ok "haproxy tells the example who comes, IPv4, $at" \
		told '127.0.0.1:*' 127.0.0.1 $at
	ok "haproxy tells the example who comes, IPv6, $at" \
		told '\[::1\]:*' ::1 $at
done
ok "haproxy's check is answered, version 1" a_check_is_answered 5021
ok "haproxy's check is answered, version 2" a_check_is_answered 5022
ok "without a header there is no answer" no_header_is_closed
done_testing
