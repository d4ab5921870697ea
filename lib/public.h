/* SPDX-License-Identifier: ISC */
/* public.h - the public interface, as the library itself sees it. */
#ifndef SOCKET6_LIB_PUBLIC_H
#define SOCKET6_LIB_PUBLIC_H

/* Before any system header, for it says which extensions they show. */
#include "config.h"

/*
 * The library is compiled with hidden visibility; what is declared here is not.
 * The public headers need no export macro that way.
 */
#ifdef __GNUC__
# pragma GCC visibility push(default)
#endif

#include <socket6.h>
#include <stddef.h>

/* Other languages lay an address out by these numbers, on every platform. */
_Static_assert(sizeof(struct socket_addr6) == 24 &&
		       offsetof(struct socket_addr6, ip) == 0 &&
		       offsetof(struct socket_addr6, scope_id) == 16 &&
		       offsetof(struct socket_addr6, port) == 20 &&
		       offsetof(struct socket_addr6, reserved) == 22,
	       "struct socket_addr6 has another layout");

_Static_assert(sizeof(struct socket_attempt6) == 48 &&
		       offsetof(struct socket_attempt6, state) == 24 &&
		       offsetof(struct socket_attempt6, error) == 28 &&
		       offsetof(struct socket_attempt6, start) == 32 &&
		       offsetof(struct socket_attempt6, end) == 40,
	       "struct socket_attempt6 has another layout");

_Static_assert(sizeof(struct socket_datagram6) == 80 &&
		       offsetof(struct socket_datagram6, local) == 24 &&
		       offsetof(struct socket_datagram6, time) == 48 &&
		       offsetof(struct socket_datagram6, offset) == 56 &&
		       offsetof(struct socket_datagram6, len) == 60 &&
		       offsetof(struct socket_datagram6, ifindex) == 64 &&
		       offsetof(struct socket_datagram6, drops) == 68 &&
		       offsetof(struct socket_datagram6, segment) == 72 &&
		       offsetof(struct socket_datagram6, flags) == 74 &&
		       offsetof(struct socket_datagram6, hops) == 76 &&
		       offsetof(struct socket_datagram6, tclass) == 78,
	       "struct socket_datagram6 has another layout");

_Static_assert(sizeof(struct socket_report6) == 120 &&
		       offsetof(struct socket_report6, sender) == 80 &&
		       offsetof(struct socket_report6, error) == 104 &&
		       offsetof(struct socket_report6, mtu) == 108 &&
		       offsetof(struct socket_report6, icmp) == 112 &&
		       offsetof(struct socket_report6, reserved) == 115,
	       "struct socket_report6 has another layout");

_Static_assert(sizeof(struct socket_interface6) == 64 &&
		       offsetof(struct socket_interface6, flags) == 4 &&
		       offsetof(struct socket_interface6, mtu) == 8 &&
		       offsetof(struct socket_interface6, name) == 12,
	       "struct socket_interface6 has another layout");

_Static_assert(sizeof(struct socket_ifaddr6) == 24 &&
		       offsetof(struct socket_ifaddr6, ifindex) == 16 &&
		       offsetof(struct socket_ifaddr6, prefix) == 20 &&
		       offsetof(struct socket_ifaddr6, flags) == 22,
	       "struct socket_ifaddr6 has another layout");

_Static_assert(sizeof(struct socket_tcpinfo) == 80 &&
		       offsetof(struct socket_tcpinfo, mss) == 8 &&
		       offsetof(struct socket_tcpinfo, cwnd) == 32 &&
		       offsetof(struct socket_tcpinfo, retransmits) == 48 &&
		       offsetof(struct socket_tcpinfo, received) == 72,
	       "struct socket_tcpinfo has another layout");

_Static_assert(sizeof(struct socket_buffer) == 2 * sizeof(void *) &&
		       offsetof(struct socket_buffer, buf) == 0 &&
		       offsetof(struct socket_buffer, len) == sizeof(void *),
	       "struct socket_buffer has another layout");

extern int noipv6;

#ifdef __GNUC__
# pragma GCC visibility pop
#endif

#endif
