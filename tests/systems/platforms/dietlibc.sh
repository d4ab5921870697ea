#!/bin/sh
# SPDX-License-Identifier: ISC
# dietlibc.sh - dietlibc, which is static and cannot have Check
# set: ci, at most 800 seconds
. "${platforms:?}/common.sh"
packages gcc dietlibc-dev
PKG_CONFIG_LIBDIR=/nonexistent
export PKG_CONFIG_LIBDIR
configure CC='diet gcc' --disable-shared --build=x86_64-linux-gnu
lacks getifaddrs ip_add_source_membership ip_bind_address_no_port \
	ip_multicast_all ip_recverr ipproto_mptcp ipv6_dontfrag \
	ipv6_join_group ipv6_multicast_all ipv6_pathmtu ipv6_recvhoplimit \
	ipv6_recvpktinfo ipv6_recvtclass ipv6_tclass ipv6_v6only \
	mcast_join_source_group program pthread_setname_np so_bindtoifindex \
	tcp_fastopen_connect threads timerfd tls_model udp_gro udp_segment
may_skip 'built with --disable-shared' 'no <error.h> on this system' \
	'no source membership' 'no EAI_OVERFLOW' \
	'dietlibc: exit of a program with threads' 'no gai.conf' \
	'dietlibc: a resolver with fewer answers'
check
