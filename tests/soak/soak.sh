#!/bin/sh
# SPDX-License-Identifier: ISC
# soak.sh - runs a command in a network namespace of its own, where packets to
# 127.0.0.9 are dropped, and no port waits for a minute before it is used again.
#
# usage: soak.sh COMMAND...	as root
set -e
if [ "${SOAK_NAMESPACE-}" ]; then
	ip link set lo up
	sysctl -qw net.ipv4.tcp_max_tw_buckets=1000 \
		net.ipv4.ip_local_port_range='1024 65535'
	nft -f - <<-'END'
		table inet soak {
			chain in {
				type filter hook input priority 0
				ip daddr 127.0.0.9 drop
			}
		}
	END
	exec "$@"
fi
SOAK_NAMESPACE=1 exec unshare --net sh "$0" "$@"
