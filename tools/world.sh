#!/bin/sh
# SPDX-License-Identifier: ISC
# world.sh - runs a command among hosts of two families, in namespaces.
#
# usage: world.sh COMMAND [ARGUMENT...]
#
#	both.example		answers at each of its addresses
#	refusing.example	refuses over IPv6
#	silent.example		does not answer over IPv6
#	mixed.example		the same, and refuses at one of two IPv4 addresses
#	many.example		does not answer at 64 IPv6 addresses
#
# What is to answer must listen at 192.0.2.80 and 2001:db8::80. Nothing leaves
# the namespaces. Takes iproute2, util-linux, and root or user namespaces; the
# status is 77 without these.
set -eu

hosts()
{
	cat <<-'END'
		127.0.0.1	localhost
		::1		localhost
		2001:db8::80	both.example
		192.0.2.80	both.example
		2001:db8::81	refusing.example
		192.0.2.80	refusing.example
		2001:db8:1::1	silent.example
		192.0.2.80	silent.example
		2001:db8:1::1	mixed.example
		192.0.2.81	mixed.example
		192.0.2.80	mixed.example
		192.0.2.80	many.example
	END
	awk 'BEGIN { while (i++ < 64)
		printf "2001:db8:1::%x0\tmany.example\n", i }'
}

# No other name is asked for.
nsswitch()
{
	echo 'hosts: files'
}

# The kernel takes an IPv6 address in its own time, seconds where it ends many
# namespaces at once; not for ever.
taken()
{
	left=200
	until ip -6 route get "$1" 2>/dev/null | grep -q '^local'; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || break
		sleep 0.1
	done
}

# To a neighbour that is not there, packets go, and nothing comes.
build()
{
	ip -batch - <<-'END'
		link set lo up
		address add 192.0.2.80/32 dev lo
		address add 192.0.2.81/32 dev lo
		address add 2001:db8::80/128 dev lo
		address add 2001:db8::81/128 dev lo
		link add wire type veth peer name void
		link set wire up
		link set void up
		address add 2001:db8:1::2/64 dev wire nodad
		neighbour add 2001:db8:1::1 lladdr 02:00:00:00:00:01 dev wire
	END
	for address in 2001:db8::80 2001:db8::81 2001:db8:1::2; do
		taken "$address"
	done
	replace "$1" hosts
	[ ! -e /etc/nsswitch.conf ] || replace "$1" nsswitch.conf
}

# replace DIRECTORY NAME: what the function of that name prints is /etc/NAME.
replace()
{
	"${2%.*}" >"$1/$2"
	mount --bind "$1/$2" "/etc/$2"
}

if [ "${1-}" != --inside ]; then
	tmp=$(mktemp -d)
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 1' HUP INT TERM
	root=-r
	[ "$(id -u)" -ne 0 ] || root=
	status=0
	# shellcheck disable=SC2086 # an option, or none
	unshare $root -n -m sh "$0" --inside "$tmp" "$@" || status=$?
	[ -e "$tmp/hosts" ] || status=77
	exit "$status"
fi
tmp=$2
shift 2
# Whatever cannot be built ends it, by set -e; not so on the left of ||.
trap 'exit 77' EXIT
build "$tmp" >/dev/null 2>&1
trap - EXIT
exec "$@"
