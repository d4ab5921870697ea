/* SPDX-License-Identifier: ISC */
/* pending.c - whether a socket is connecting when poll reports nothing. */
#include "sys.h"

/* The first byte of TCP_INFO: these two have one number on every system. */
enum { SYN_SENT = 2, SYN_RECEIVED = 3 };

/* Without TCP_INFO: a connection begins by choosing this end's port. */
static int has_port(int s)
{
	union {
		struct sockaddr sa;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
	} a;
	socklen_t len = sizeof a;

	a.sa.sa_family = AF_UNSPEC;
	if (getsockname(s, &a.sa, &len) == -1)
		return 0;
	if (a.sa.sa_family == AF_INET)
		return a.in.sin_port != 0;
	return a.sa.sa_family == AF_INET6 && a.in6.sin6_port != 0;
}

int sys_is_pending(int s)
{
	unsigned char state;
	socklen_t len = sizeof state;

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, &state, &len) == 0)
		return state == SYN_SENT || state == SYN_RECEIVED;
	return sys_getsockopt(s, SOL_SOCKET, SO_TYPE) != SOCK_DGRAM &&
	       sys_getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN) <= 0 && has_port(s);
}
