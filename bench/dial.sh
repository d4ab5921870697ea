#!/bin/sh
# SPDX-License-Identifier: ISC
# dial.sh - who connects first, over a line of 10 ms each way.
#
# usage: dial.sh ROUNDS
#
# In the build directory, as root, also of a user namespace. Writes lines "WHO
# ROW MILLISECONDS", several of each, as bench/dial does: for this library, for
# getaddrinfo and a plain loop, and for those of curl, Python, Node and Go that
# are here; "none" if there was no connection. WHO rtt is one connect to an address that works. Without namespaces
# or TUN it writes only the line "skipped".
#
# Everybody dials names, which the tests' name server answers on the host that
# dials. All addresses are for documentation (RFC 3849, RFC 5737), and known in
# the two namespaces only.

here=$(dirname "$0")
port=4000

good4=192.0.2.2
good6=2001:db8:1::1
refused=2001:db8:2::1
unreachable=2001:db8:3::1
dropped=2001:db8:4::1
also_dropped=2001:db8:5::1

# address DEVICE ADDRESS: the kernel takes it in its own time.
address()
{
	ip addr add "$2/64" dev "$1" nodad
	until ip -6 route show table local | grep -qF "local $2 "; do
		sleep 0.01
	done
}

up()
{
	ip link set lo up
	ip link set "$1" up
}

# The host that is dialled, and the router before some that do not exist. First
# it says who it is, so that it gets its device. A client's SYN may bring data,
# to any listener (Linux's ip-sysctl), and every unreachable packet an answer.
far()
{
	set -e
	echo $$
	until [ -d /proc/sys/net/ipv4/conf/far ]; do
		sleep 0.01
	done
	up far
	cd /proc/sys/net
	echo 0x403 >ipv4/tcp_fastopen
	echo 1 >ipv6/conf/all/forwarding
	echo 0 >ipv6/icmp/ratelimit
	cd "$OLDPWD"
	ip addr add "$good4"/24 dev far
	address far 2001:db8::2
	address lo "$good6"
	ip -6 route add local "$refused" dev lo
	ip -6 route add unreachable "$unreachable"
	ip -6 route add blackhole "$dropped"
	ip -6 route add blackhole "$also_dropped"
	trap 'kill "$first" "$second"' TERM
	tools/socket6 listen -ek "$good4" "$port" 2>&1 &
	first=$!
	tools/socket6 listen -ek "$good6" "$port" 2>&1 &
	second=$!
	wait
}

# by_WHO ROUNDS ROW NAME ADDRESS
by_socket6()
{
	times=$1
	shift
	bench/dial socket6 "$times" "$port" "$@"
}

by_loop()
{
	times=$1
	shift
	bench/dial loop "$times" "$port" "$@"
}

by_python()
{
	python3 "$here/dial.py" "$1" "$port" "$2" "$3"
}

by_node()
{
	node "$here/dial.mjs" "$1" "$port" "$2" "$3"
}

by_go()
{
	bench/dial-go "$1" "$port" "$2" "$3"
}

# The server says what it is told, which is no HTTP, and waits for more. So curl
# ends because it cannot write that.
by_curl()
{
	what=time_connect
	times=$1
	row=$2
	url=http://$3:$port/
	set -- -m 30
	case $row in
	answer)
		what=time_starttransfer
		set -- --tcp-fastopen
		;;
	silent)
		what=time_total
		set -- --connect-timeout 1
		;;
	esac
	while [ $((times -= 1)) -ge 0 ]; do
		curl -s -N -o /dev/full --http0.9 "$@" \
			-w "curl $row %{$what}\n" "$url"
	done | awk '!$3 { print $1, $2, "none"; next }
		{ printf "%s %s %.3f\n", $1, $2, $3 * 1000 }'
}

# by_one WHO ROUNDS ROW NAME ADDRESS
by_one()
{
	who=$1
	shift
	"by_$who" "$@" || echo "$who $2 none"
}

race()
{
	for who in socket6 loop $peers; do
		case $who.$1 in
		# It waits for two seconds at a silent address: that once is
		# enough.
		loop.dropped | loop.again | loop.two*) by_one loop 1 "$@" ;;
		*) by_one "$who" "$rounds" "$@" ;;
		esac
	done
}

# Where names are not answered: others wait for a long time, and beside each
# other.
race_names()
{
	by_one socket6 "$rounds" "$@"
	waiting=
	for who in loop $peers; do
		by_one "$who" 1 "$@" >"bench/dial.$who" 2>/dev/null &
		waiting="$waiting $!"
	done
	# shellcheck disable=SC2086 # processes
	wait $waiting
	for who in loop $peers; do
		cat "bench/dial.$who"
		rm "bench/dial.$who"
	done
}

# The addresses as labels of names, see tests/support/name_server.c.
labels()
{
	for label; do
		label=$(echo "$label" | tr .: --)
		case $label in
		192*) printf 'a-%s.' "$label" ;;
		*) printf 'aaaa-%s.' "$label" ;;
		esac
	done
	echo test
}

# The host that dials, where the name server is. It hears from far who that is,
# then that it listens at both addresses.
near()
{
	read -r far || return
	trap 'kill "$far"' EXIT
	peers=$(present)
	ip link set far netns "$far"
	up near
	ip addr add 192.0.2.1/24 dev near
	address near 2001:db8::1
	ip -6 route add default dev near
	read -r _ && read -r _ || return
	race both "$(labels "$good6" "$good4")" "$good4"
	race refused "$(labels "$refused" "$good4")" "$good4"
	race unreachable "$(labels "$unreachable" "$good4")" "$good4"
	race dropped "$(labels "$dropped" "$good4")" "$good4"
	race again "$(labels "$dropped" "$good4")" "$good4"
	two=$(labels "$dropped" "$also_dropped" "$good4")
	race two "$two" "$good4"
	race two_again "$two" "$good4"
	race answer "$(labels "$good6" "$good4")" "$good4"
	race_names aaaa_never "aaaa-never.$(labels "$good4")" "$good4"
	by_one socket6 "$rounds" aaaa_never_again \
		"aaaa-never.$(labels "$good4")" "$good4"
	race_names aaaa_late "aaaa-400ms.$(labels "$good6" "$good4")" "$good4"
	race_names a_never "a-never.$(labels "$good6")" "$good6"
	race_names silent silent.test
}

present()
{
	for peer in curl python3 node bench/dial-go; do
		if command -v "$peer" >/dev/null; then
			peer=${peer%3}
			echo "${peer##*-}"
		else
			echo "bench: $peer is not here" >&2
		fi
	done
}

# Both hosts, and the line between them. Where it is allowed, they go before a
# machine's business.
line()
{
	tun=/dev/net/tun
	[ -c $tun ] || { mkdir -p "${tun%/*}" && mknod $tun c 10 200; }
	unshare -n true || return 77
	set -- unshare -n bench/delay 10 sh "$0" "$rounds" hosts
	chrt -f 1 true && set -- chrt -f 1 "$@"
	"$@"
}

rounds=$1
case ${2-} in
far) far ;;
near) near ;;
hosts)
	ip link set lo up
	unshare -n sh "$0" "$rounds" far |
		tests/support/name_server -o bench/dial.names -r '' \
			sh "$0" "$rounds" near
	;;
*)
	status=0
	line || status=$?
	[ "$status" -ne 77 ] || { echo skipped && exit; }
	exit "$status"
	;;
esac
