#!/bin/sh
# SPDX-License-Identifier: ISC
# info.sh - socket6 info: interfaces, and what the system has.
. "${srcdir:-.}/tests/program/program.sh"

info_lists_interfaces_with_their_index()
{
	says '^ *1  lo ' socket6 info
}

info_tells_names_without_control_characters()
{
	ip link add "$(printf 'q\033[31m')" type veth peer \
		name "$(printf 'q\233\302\2331m')"
	says ' q?\[31m ' socket6 info && says ' q???1m ' socket6 info
}

# told_by_ip: prints interface, address and prefix of each address, sorted.
told_by_ip()
{
	ip -o addr show | sed 's/^[0-9]*: \([^ ]*\)  *inet6* \([^ ]*\) .*/\1 \2/' |
		sort
}

# Those of a world of our own: loopback, two families, a link.
info_lists_every_address()
{
	told_by_ip >"$tmp/wanted"
	socket6 info | awk '/^Addresses/ { on = 1; next } /^$/ { on = 0 }
		on { print $2, $3 }' | sort >"$tmp/told"
	test -s "$tmp/told" && diff "$tmp/wanted" "$tmp/told"
}

info_tells_the_state_of_an_address()
{
	ip addr add 192.0.2.77/32 dev lo preferred_lft 0
	says ' lo  *192.0.2.77/32 deprecated$' socket6 info
	ip addr del 192.0.2.77/32 dev lo
	has_no 192.0.2.77 socket6 info
}

info_tells_an_interfaces_mtu_and_state()
{
	says '^ *1  lo  *65536  *up running loopback$' socket6 info
}

# The program is loaded by way of the only descriptor, which then becomes its
# standard input. The reason is not EMFILE with musl.
info_goes_on_without_a_socket()
{
	# shellcheck disable=SC2016,SC2086 # the inner shell expands it; words
	says '^socket6: interfaces: ' \
		$limit sh -c \
		'exec <&-; ulimit -n 3; exec "$0" info' tests/program/socket6
}

info_tells_from_where_a_host_is_reached()
{
	gives '2001:db8::80  from 2001:db8::80 on lo
192.0.2.80    from 192.0.2.80 on lo' socket6 info both.example &&
		gives '2001:db8:1::1  from 2001:db8:1::2 on wire' \
			socket6 info -6 silent.example &&
		gives '192.0.2.80  from 192.0.2.80 on lo' \
			socket6 info -4 silent.example
}

# Also with a port, or as a URL.
info_reads_hosts_as_dial_does()
{
	for host in 127.0.0.1:80 http://127.0.0.1/ 127.0.0.1; do
		says '^127.0.0.1  from 127.0.0.1' socket6 info $host || return
	done
}

info_tells_why_there_is_no_way()
{
	ip route add unreachable 2001:db8:5::/48
	gives '2001:db8:5::1  no: host unreachable' socket6 info 2001:db8:5::1 &&
		gives '198.51.100.1  no: network unreachable' \
			socket6 info 198.51.100.1 &&
		gives 'fe80::1  no: the zone is missing' socket6 info fe80::1
}

# Whichever of them it would be.
info_names_no_interface_if_two_have_the_address()
{
	ip address add 2001:db8:1::2/64 dev void nodad
	gives '2001:db8:1::1  from 2001:db8:1::2' socket6 info 2001:db8:1::1
}

# Whose address it is, though another has the same.
info_tells_a_link_local_address_with_its_interface()
{
	ip address add fe80::2/64 dev wire nodad
	ip address add fe80::2/64 dev void nodad
	gives 'fe80::1%wire  from fe80::2%wire on wire' \
		socket6 info fe80::1%wire
}

info_tells_an_interface_without_control_characters()
{
	name=$(printf 'r\033[31m')
	ip link add "$name" type veth peer name r1
	ip link set "$name" up
	ip address add 2001:db8:7::1/128 dev "$name" nodad
	gives '2001:db8:7::1  from 2001:db8:7::1 on r?[31m' \
		socket6 info 2001:db8:7::1
}

# As info_goes_on_without_a_socket.
info_tells_that_there_is_no_socket()
{
	# shellcheck disable=SC2016,SC2086 # the inner shell expands it; words
	says '^127.0.0.1  no: ' \
		$limit sh -c \
		'exec <&-; ulimit -n 3; exec "$0" info 127.0.0.1' tests/program/socket6
}

# An interface's name may be long.
info_without_interfaces()
{
	socket6 info >"$tmp/info" && sed '/^ *[0-9]/d' "$tmp/info"
}

# The sysctls' lines are the longest.
info_fits_80_columns()
{
	has_no '.{81}' info_without_interfaces
}

info_lists_what_sockets_can()
{
	says '^  IPv6  *\(yes\|no: \)' socket6 info &&
		says 'socket_usertimeout' socket6 info -v
}

info_lists_the_kernels_settings()
{
	says "net.core.somaxconn  *$(cat /proc/sys/net/core/somaxconn) " \
		socket6 info
}

with_lists ok "info lists interfaces with their index" \
	info_lists_interfaces_with_their_index
with_lists with_hosts "info lists every address" info_lists_every_address
with_lists with_hosts "info tells an interface's MTU and state" \
	info_tells_an_interfaces_mtu_and_state
with_netlink with_hosts "info tells the state of an address" \
	info_tells_the_state_of_an_address
with_lists with_hosts "info tells names without control characters" \
	info_tells_names_without_control_characters
ok "info lists what sockets can" info_lists_what_sockets_can
with_lists ok "info fits 80 columns" info_fits_80_columns
with_lists plainly ok "info goes on without a socket" info_goes_on_without_a_socket
with_lists with_hosts "info tells from where a host is reached" \
	info_tells_from_where_a_host_is_reached
ok "info reads hosts as dial does" info_reads_hosts_as_dial_does
with_hosts "info tells why there is no way" info_tells_why_there_is_no_way
with_lists with_hosts "info names no interface if two have the address" \
	info_names_no_interface_if_two_have_the_address
# A scope id that qemu-user tells may be swapped.
natively with_lists with_hosts \
	"info tells a link-local address with its interface" \
	info_tells_a_link_local_address_with_its_interface
with_lists with_hosts "info tells an interface without control characters" \
	info_tells_an_interface_without_control_characters
plainly ok "info tells that there is no socket" \
	info_tells_that_there_is_no_socket
if test -e /proc/sys/net/core/somaxconn; then
	ok "info lists the kernel's settings" info_lists_the_kernels_settings
else
	skip "info lists the kernel's settings" "no sysctls"
fi
done_testing
