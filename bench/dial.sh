#!/bin/sh
# SPDX-License-Identifier: ISC
# dial.sh - who connects first, over a line of 10 ms each way.
#
# usage: dial.sh ROUNDS
#
# In the build directory, as root, also of a user namespace. Writes lines "WHO
# ROW MILLISECONDS", several of each, as bench/dial does: for this library, for
# a plain loop over the addresses, and for those of curl, Python and Node that
# are here. WHO rtt is one connect to an address that works. Without namespaces
# or TUN it writes only the line "skipped".
#
# Everybody is given addresses, for no name server is to be measured. All are
# for documentation (RFC 3849, RFC 5737), and known in the two namespaces only.

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

# by_WHO ROW ADDRESS...
by_socket6()
{
	bench/dial socket6 "$rounds" "$port" "$@"
}

# It waits for two seconds at a silent address: that once is enough.
by_loop()
{
	case $1 in
	dropped | again | two*) bench/dial loop 1 "$port" "$@" ;;
	*) bench/dial loop "$rounds" "$port" "$@" ;;
	esac
}

by_python()
{
	python3 "$here/dial.py" "$rounds" "$port" "$@"
}

by_node()
{
	node "$here/dial.mjs" "$rounds" "$port" "$@"
}

# The server says what it is told, which is no HTTP, and waits for more. So curl
# ends because it cannot write that.
by_curl()
{
	row=$1
	shift
	set -- --resolve "name.example:$port:$(echo "$@" | tr ' ' ,)"
	what=time_connect
	if [ "$row" = answer ]; then
		what=time_starttransfer
		set -- --tcp-fastopen "$@"
	fi
	n=0
	while [ $((n += 1)) -le "$rounds" ]; do
		curl -s -N -o /dev/full -m 9 --http0.9 "$@" \
			-w "curl $row %{$what} %{time_namelookup}\n" \
			"http://name.example:$port/"
	done | awk '{ printf "%s %s %.3f\n", $1, $2, ($3 - $4) * 1000 }'
}

race()
{
	for who in socket6 loop $peers; do
		"by_$who" "$@" || echo "bench: $who fails in row $1" >&2
	done
}

# The host that dials. It hears from far who that is, then that it listens at
# both addresses.
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
	race both "$good6" "$good4"
	race refused "$refused" "$good4"
	race unreachable "$unreachable" "$good4"
	race dropped "$dropped" "$good4"
	race again "$dropped" "$good4"
	race two "$dropped" "$also_dropped" "$good4"
	race two_again "$dropped" "$also_dropped" "$good4"
	race answer "$good6" "$good4"
}

present()
{
	for peer in curl python3 node; do
		if command -v "$peer" >/dev/null; then
			echo "${peer%3}"
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
hosts) unshare -n sh "$0" "$rounds" far | near ;;
*)
	status=0
	line || status=$?
	[ "$status" -ne 77 ] || { echo skipped && exit; }
	exit "$status"
	;;
esac
