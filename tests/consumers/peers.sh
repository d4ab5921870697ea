#!/bin/sh
# SPDX-License-Identifier: ISC
# peers.sh - others' programs ask the servers of examples/.
#
# usage: make check-peers, as root on Debian
#
# dig, kdig, chronyd and python3-zeroconf are unpacked and not installed, so
# that no daemon starts. They run in a network namespace at the other end of a
# link, and reach nothing else.
. "${srcdir:-.}/tests/support/tap.sh"
need ip
need unshare

# Fetches what is not installed of the peers, with what that needs.
fetch()
{
	mkdir -p peers/archives/partial peers/root &&
		apt-get install -y --no-install-recommends --download-only \
			-o Dir::Cache::archives="$PWD/peers/archives" \
			bind9-dnsutils knot-dnsutils chrony python3-zeroconf &&
		for package in peers/archives/*.deb; do
			test ! -f "$package" ||
				dpkg-deb -x "$package" peers/root || return
		done
}

if [ "${1-}" != inside ]; then
	fetch >peers.log 2>&1 || { cat peers.log && exit 1; }
	exec unshare --net "$SHELL" "$0" inside
fi

root=$PWD/peers/root
PATH=$root/usr/bin:$root/usr/sbin:$PATH
for libraries in "$root"/usr/lib/*-linux-gnu; do
	LD_LIBRARY_PATH=$libraries:${LD_LIBRARY_PATH-}
done
PYTHONPATH=$root/usr/lib/python3/dist-packages
export PATH LD_LIBRARY_PATH PYTHONPATH

# far COMMAND...: at the other end of the link.
far()
{
	timeout 60 nsenter --net="/proc/$far/ns/net" "$@"
}

address()
{
	case $2 in
	*:*) "$1" ip addr add "$2/64" dev "$3" nodad ;;
	*) "$1" ip addr add "$2/24" dev "$3" ;;
	esac
}

here()
{
	"$@"
}

# Near has two addresses of each family.
link_hosts()
{
	ip link set lo up &&
		ip link add near type veth peer name far &&
		ip link set far netns "$far" &&
		ip link set near up && far ip link set far up &&
		address here 192.0.2.1 near && address here 192.0.2.2 near &&
		address here 2001:db8::1 near && address here 2001:db8::2 near &&
		address far 192.0.2.9 far && address far 2001:db8::9 far
}

# Begins a server, which says its port when it is ready.
serve()
{
	mkfifo "$tmp/ready" || return
	timeout 120 "$@" >"$tmp/ready" &
	servers="$servers $!"
	read -r _ <"$tmp/ready"
	rm "$tmp/ready"
}

# asks PEER ADDRESS TYPE: who asks, at which address, is told its own.
asks()
{
	far "$1" +short +time=5 +retry=0 "@$2" name.test "$3"
}

its_own()
{
	case $2 in
	*:*) gives 2001:db8::9 asks "$1" "$2" AAAA ;;
	*) gives 192.0.2.9 asks "$1" "$2" A ;;
	esac
}

# The offset of one clock from itself is far below a second.
chronyd_agrees()
{
	said=$(far chronyd -u root -Q -t 20 -f /dev/null \
		"server $1 iburst minpoll -6 maxpoll -6" 2>&1)
	echo "$said"
	echo "$said" | grep -Eq 'clock wrong by -?0\.0[0-9]* seconds'
}

zeroconf_finds()
{
	far python3 - <<-'END'
		import time
		from zeroconf import DNSOutgoing, DNSQuestion, Zeroconf
		zc = Zeroconf(interfaces=["192.0.2.9"])
		query = DNSOutgoing(0)  # a question, for an A of class IN
		query.add_question(DNSQuestion("host.local.", 1, 1))
		found = []
		for _ in range(100):
		    zc.send(query)
		    time.sleep(0.1)
		    found = zc.cache.entries_with_name("host.local.")
		    if found:
		        break
		print(*{".".join(map(str, entry.address)) for entry in found})
		zc.close()
	END
}

unshare --net sleep 300 &
far=$!
servers=
# shellcheck disable=SC2154 # tap.sh has it
trap 'kill $far $servers; rm -rf "$tmp"' EXIT
until [ "$(readlink "/proc/$far/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
	sleep 0.1
done
link_hosts || exit
serve examples/dns_server 53
for peer in dig kdig; do
	for at in 192.0.2.1 192.0.2.2 2001:db8::1 2001:db8::2; do
		ok "$peer has an answer from $at" its_own "$peer" "$at"
	done
done
serve examples/ntp_server 123
for at in 192.0.2.2 2001:db8::2; do
	ok "chronyd agrees with $at" chronyd_agrees "$at"
done
serve examples/mdns_responder host.local 5353 near
ok "zeroconf finds host.local" gives 192.0.2.1 zeroconf_finds
done_testing
