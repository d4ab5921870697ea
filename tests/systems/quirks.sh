#!/bin/sh
# SPDX-License-Identifier: ISC
# quirks.sh - the suites over the ways of systems that cannot be had here.
#
# usage: make check-quirks
#
# Builds what configure would make of a system that lacks what BSD lacks and
# has kqueue, and runs every suite named as an argument over each way of
# quirk.c. A test may skip for what is lacking, and for nothing else.

: "${srcdir:=.}" "${MAKE:=make}" "${CC:=cc}"
srcdir=$(cd "$srcdir" && pwd) || exit
unset MAKEFLAGS MFLAGS

# What macOS lacks of what Linux has, which the BSDs lack too or do not need.
bsd='accept4 af_netlink epoll ip_bind_address_no_port ip_freebind ip_mtu
	ip_mtu_discover ip_multicast_all ip_recverr ipproto_mptcp
	ipv6_add_membership ipv6_mtu ipv6_multicast_all msg_fastopen
	sendmmsg siocgifname so_bindtodevice so_bindtoifindex so_rcvbufforce
	so_rxq_ovfl so_timestampns sock_nonblock tcp_congestion
	tcp_defer_accept tcp_fastopen_connect tcp_keepidle tcp_quickack
	tcp_states tcp_user_timeout timerfd udp_gro udp_segment'

# What macOS and FreeBSD have besides, by numbers that are free here: quirk.c and
# quirk_datagram.c answer them.
both=-DIP_DONTFRAG=1028
macos="$both -DSO_LINGER_SEC=0x1080 -DIP_BOUND_IF=1025 -DIPV6_BOUND_IF=1125"
freebsd="$both -DIP_RECVDSTADDR=1007 -DIP_SENDSRCADDR=1007"

# Ways of connections that no call has in common, so that one run sees several.
connections='accept_inherits accept_empty peer_einval linger_ticks'
errors='so_error poll_silent interrupted'

# Ways that are only of datagrams, and the suites that see them.
datagrams='one_peer peers_are_ipv6 tclass_of_both'
freebsd_13='strange_options recvdstaddr sendsrcaddr_once numbers_are_bytes'
freebsd_12="$freebsd_13 no_mapped_local"
records='tests/suites/check_record tests/suites/check_record_net'
datagram_suites="tests/suites/check_control tests/suites/check_datagram $records"

# The ways and what shows that they are followed.
ways='tests/systems/quirk.la tests/systems/check_ways'

# answers NAME...: prints that these are missing, as arguments of configure.
answers()
{
	for name; do
		echo "socket6_cv_$name=no"
	done
}

# reasons NAME...: prints them as the reasons of skipped tests.
reasons()
{
	echo "$*" | tr '[:lower:]' '[:upper:]' | xargs | tr ' ' '|'
}

# What BSD has besides, by kqueue.c and quirk_route.c.
build_kqueue()
{
	mkdir -p include/sys include/net include/netinet6 &&
		cp "$srcdir/tests/systems/kqueue.h" include/sys/event.h &&
		cp "$srcdir/tests/systems/route.h" include/net/route.h &&
		cp "$srcdir/tests/systems/in6_var.h" include/netinet6/ &&
		$CC -Iinclude -shared -fPIC -o libkqueue.so \
			"$srcdir/tests/systems/kqueue.c"
}

# configure FLAGS ARGUMENT...
configure()
{
	flags=$1
	shift
	CONFIG_SHELL=/bin/sh "$srcdir/configure" --cache-file=config.cache \
		--disable-static CC="$CC" CFLAGS=-O0 CPPFLAGS="$flags" "$@"
}

# shellcheck disable=SC2046,SC2086 # words
build_macos()
{
	mkdir -p macos && cd macos && build_kqueue &&
		configure "$macos -I$PWD/include" LIBS=-lkqueue \
			LDFLAGS="-L$PWD -Wl,-rpath,$PWD" $(answers $bsd) &&
		$MAKE -s -j2 check TESTS= && $MAKE -s $ways
}

# shellcheck disable=SC2046,SC2086 # words
build_freebsd()
{
	mkdir -p freebsd && cd freebsd &&
		configure "$freebsd" $(answers $bsd ip_pktinfo) &&
		$MAKE -s -j2 check TESTS= check_PROGRAMS="$datagram_suites" &&
		$MAKE -s $ways
}

# under NAME SUITE: over the ways of that name, or that way.
under()
{
	case $1 in
	connections) quirk=$connections ;;
	errors) quirk=$errors ;;
	datagrams) quirk=$datagrams ;;
	freebsd_12) quirk=$freebsd_12 ;;
	freebsd_13) quirk=$freebsd_13 ;;
	*) quirk=$1 ;;
	esac
	SOCKET6_QUIRK=$quirk LD_PRELOAD=$PWD/tests/systems/.libs/quirk.so "$2"
}

# several SYSTEM SUITES REASONS QUIRK...: one after another.
several()
(
	cd "$1" || exit
	suites=$2
	may_lack=$3
	shift 3
	for quirk; do
		simulate "$quirk" "accept4|$may_lack"
	done
)

mkdir -p quirks && cd quirks || exit
for system in macos freebsd; do
	(build_$system) >$system.log 2>&1 || {
		cat $system.log
		exit 1
	}
done
results=$PWD/results
suites="$* tests/systems/check_ways"
datagram_suites="$datagram_suites tests/systems/check_ways"
. "$srcdir/tests/systems/simulation.sh"
# shellcheck disable=SC2086 # words
lacked=$(reasons $bsd)
several macos "$suites" "$lacked" connections &
several macos "$suites" "$lacked" errors &
several macos "$suites" "$lacked" at_once &
several macos "$suites" "$lacked|IPv4 options" strange_options &
several macos "$suites" "$lacked|dual-stack" v6only &
several macos "$datagram_suites" "$lacked" datagrams &
lacked="$lacked|IPv4 options|IP_PKTINFO|IPI_SPEC_DST"
several freebsd "$datagram_suites" "$lacked" freebsd_13 &
several freebsd "$datagram_suites" "$lacked|of IPv4 on IPv6" freebsd_12 &
wait
! test -f results/failed
