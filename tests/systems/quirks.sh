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
bsd='accept4 ip_bind_address_no_port ip_mtu ip_mtu_discover ip_recverr
	ipproto_mptcp ipv6_add_membership ipv6_mtu msg_fastopen sendmmsg
	siocgifname so_bindtodevice so_bindtoifindex so_rxq_ovfl so_timestampns
	sock_nonblock tcp_defer_accept tcp_fastopen_connect tcp_keepidle
	tcp_quickack tcp_states tcp_user_timeout timerfd epoll udp_gro
	udp_segment'

# What macOS has besides, by its own numbers: quirk.c answers them.
macos='-DSO_LINGER_SEC=0x1080 -DIP_BOUND_IF=1025 -DIPV6_BOUND_IF=1125'

# Prints these as arguments of configure.
answers()
{
	for name in $bsd; do
		echo "socket6_cv_$name=no"
	done
}

# Prints them as the reasons of skipped tests.
reasons()
{
	echo "$bsd" | tr '[:lower:]' '[:upper:]' | xargs | tr ' ' '|'
}

# What BSD has besides, by kqueue.c.
build_kqueue()
{
	mkdir -p include/sys &&
		cp "$srcdir/tests/systems/kqueue.h" include/sys/event.h &&
		$CC -Iinclude -shared -fPIC -o libkqueue.so \
			"$srcdir/tests/systems/kqueue.c"
}

build()
{
	# shellcheck disable=SC2046 # words
	CONFIG_SHELL=/bin/sh "$srcdir/configure" --cache-file=config.cache \
		--disable-static CC="$CC" CFLAGS=-O0 \
		CPPFLAGS="$macos -I$PWD/include" \
		LDFLAGS="-L$PWD -Wl,-rpath,$PWD" LIBS=-lkqueue $(answers) &&
		$MAKE -s -j2 check TESTS= && $MAKE -s tests/systems/quirk.la
}

under()
{
	SOCKET6_QUIRK=$1 LD_PRELOAD=$PWD/tests/systems/.libs/quirk.so "$2"
}

# several QUIRK...: one after another.
several()
{
	for quirk; do
		simulate "$quirk" "accept4|$(reasons)"
	done
}

mkdir -p quirks && cd quirks || exit
{ build_kqueue && build; } >build.log 2>&1 || {
	cat build.log
	exit 1
}
results=results
suites=$*
. "$srcdir/tests/systems/simulation.sh"
several accept_inherits so_error &
several peer_einval interrupted &
several accept_empty at_once &
several poll_silent linger_ticks &
simulate strange_options "accept4|IPv4 options|$(reasons)" &
simulate v6only "accept4|dual-stack|$(reasons)" &
wait
! test -f results/failed
