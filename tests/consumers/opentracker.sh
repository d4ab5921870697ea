#!/bin/sh
# SPDX-License-Identifier: ISC
# opentracker.sh - a program that was built for libowfat runs on this library.
#
# usage: make check-abi
#
# Debian's BitTorrent tracker, with this library before its own, answers in a
# network of its own. $tree is where it is installed, if not here, and $address
# is what it was built for: Debian 12's for IPv4, 13's for IPv6.
. "${srcdir:-.}/tests/support/tap.sh"
: "${tree:=}" "${address:=127.0.0.1}"
tracker=$tree/usr/bin/opentracker
torrent=0123456789abcdef0123456789abcdef01234567
other=76543210fedcba9876543210fedcba9876543210

if test "$1" != inside; then
	test -f "$shared" || skip_all "built with --disable-shared"
	unshare --net true 2>/dev/null || skip_all "no network namespaces"
	for tool in ip:iproute2 nm:binutils python3:python3 \
		"$tracker:opentracker"; do
		needs "${tool%:*}" "${tool#*:}" >&2 || exit
	done
	unshare --net sh "$0" inside
	exit
fi
root=$tree$tmp
test -z "$tree" || trap 'rm -rf "$tmp" "$root"' EXIT

# In the directory that is its root it finds all but its own libraries.
write_configuration()
{
	mkdir -p "$root" && cp "$shared" "$root/libsocket6.so" &&
		echo $torrent >"$root/list" && chmod -R a+rX "$root" &&
		cat >"$root/conf" <<-EOF
			listen.tcp_udp $1
			access.whitelist list
			tracker.rootdir $tmp
			tracker.user nobody
		EOF
}

start()
{
	(
		test -z "$tree" || set -- chroot "$tree"
		exec "$@" env -C "$tmp" LD_DEBUG=bindings \
			LD_PRELOAD="$tmp/libsocket6.so" \
			opentracker -f conf >"$tmp/out" 2>"$tmp/bindings"
	) &
	pid=$!
}

announce()
{
	python3 "$srcdir/tests/consumers/announce.py" \
		"$1" "$address" 6969 "$2" "$3" 2>&1
}

# peers PORT...: prints what is said of them.
peers()
{
	for port; do
		echo "$address $port"
	done
}

refused()
{
	"$@" | grep 'failure reason.* not authorized'
}

# Prints what is bound between the tracker and a library, a name a line.
bound()
{
	sed -n "/binding file opentracker .* to [^ ]*$1/s/.*\`\(.*\)'.*/\1/p" \
		"$tmp/bindings" | sort -u
}

# What it imports, its own copies of data with it.
it_has_all_from_this_library()
{
	mapped | sort >"$tmp/mapped"
	nm -D "$tracker" | awk '{ print $NF }' | sed 's/@.*//' | sort -u |
		comm -12 - "$tmp/mapped" >"$tmp/imported"
	test -s "$tmp/imported" &&
		bound libsocket6 | diff "$tmp/imported" - &&
		bound libowfat | comm -12 - "$tmp/imported" | nothing
}

ip link set lo up || exit
case $address in
*:*) write_configuration "[$address]:6969" ;;
*) write_configuration "$address:6969" ;;
esac
start
ok "an announce by HTTP is answered" \
	gives "$(peers 7001)" announce http $torrent 7001
ok "an announce by UDP is answered, and has the peer by HTTP" \
	gives "$(peers 7001 7002)" announce udp $torrent 7002
ok "an announce by HTTP has the peer by UDP" \
	gives "$(peers 7001 7002 7003)" announce http $torrent 7003
ok "a torrent that is not on the list is refused" \
	refused announce http $other 7004
{ kill $pid && wait $pid; } 2>/dev/null
ok "every name that it shares with us is bound to us" \
	it_has_all_from_this_library
done_testing
