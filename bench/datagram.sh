#!/bin/sh
# SPDX-License-Identifier: ISC
# datagram.sh - the datagrams of bench/datagram over loopback and a link.
#
# usage: datagram.sh ROUNDS
#
# In the build directory, as root, in a network namespace of its own. Writes
# lines "PATH BYTES WAY NANOSECONDS". On the link nothing is split into
# segments; "split" is the link whose devices leave that to the system, if
# ethtool is there to say so.
set -e
rounds=$1

measure()
{
	path=$1
	shift
	for bytes in 64 1200; do
		bench/datagram "$rounds" "$bytes" "$@" | sed "s/^/$path /"
	done
}

ip link set lo up
measure lo ::1
unshare --net sleep 600 &
far=$!
trap 'kill "$far"' EXIT
until [ "$(readlink "/proc/$far/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
	sleep 0.1
done
ip link add near type veth peer name far
ip link set far netns "$far"
ip link set near up
nsenter --net="/proc/$far/ns/net" ip link set far up
ip addr add 2001:db8::1/64 dev near nodad
nsenter --net="/proc/$far/ns/net" ip addr add 2001:db8::2/64 dev far nodad
until nsenter --net="/proc/$far/ns/net" ip -6 route show table local |
	grep -q '^local 2001:db8::2 ' &&
	ip -6 route show table local | grep -q '^local 2001:db8::1 '; do
	sleep 0.1
done
measure link 2001:db8::2 "$far"
command -v ethtool >/dev/null || exit 0
ethtool -K near tx-udp-segmentation off >&2
nsenter --net="/proc/$far/ns/net" ethtool -K far gro on >&2
measure split 2001:db8::2 "$far"
