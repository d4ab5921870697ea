#!/bin/sh
# SPDX-License-Identifier: ISC
# gvisor.sh - gVisor, a TCP/IP stack that is not Linux's
# set: whole, at most 1800 seconds
. "${platforms:?}/common.sh"
packages runsc iproute2 gcc libc6-dev
configure
# It has namespaces with nothing in them, and takes options that it does not
# heed.
may_skip 'no veth' 'no mount namespaces' 'no sysctls of a namespace' \
	'no broadcast on loopback' \
	'no (unreachable|prohibit|blackhole) routes' 'no Multipath TCP' \
	'no UDP_SEGMENT' 'no MSG_WAITFORONE' \
	'gVisor: (IP_FREEBIND|SO_MARK|SO_RXQ_OVFL) is ignored' \
	'gVisor: (SO_TIMESTAMPNS|UDP_GRO) is ignored' \
	'gVisor: TCP_MAXSEG is always 536' 'no groups of AF_NETLINK' \
	'no SigBlk in /proc/self/status' 'the MTU of lo cannot be set' \
	'gVisor: a sent (IP_PKTINFO|IPV6_TCLASS) is ignored' \
	'no reports without a peer' \
	'no TCP_FASTOPEN, which is taken all the same' \
	'connect does not heed SO_SNDTIMEO' \
	'connect does not heed TCP_USER_TIMEOUT' 'no need of a scope' \
	'lo is not the first interface' 'lo cannot be set down' \
	'IPV6_MULTICAST_IF cannot be read' \
	'connections over loopback take their time' \
	'loopback addresses are networks of their own' \
	'a socket whose connection failed is of no use'
# shellcheck disable=SC2016 # make's variable
check TESTS='$(SUITES)' EXECUTE= \
	LOG_COMPILER='runsc --network=none --ignore-cgroups do'
