/* SPDX-License-Identifier: ISC */
/* listen.c - wait for connections. */
#include "public.h"
#include "sys/sys.h"
#include "text/text.h"

int socket_listen(int s, unsigned int backlog)
{
	return listen(s, backlog > INT_MAX ? INT_MAX : (int)backlog);
}

enum { LISTENS = SOCKET_REUSEPORT | SOCKET_FREEBIND | SOCKET_DEFERACCEPT };

/* Flags that are unknown are refused by these two. */
static int open_for(const char *ip, int flags)
{
	if (addr_is_v4mapped(ip))
		return socket_tcp4_flags(flags & ~SOCKET_V6ONLY);
	return socket_tcp6_flags(flags);
}

/* What bind heeds. */
static int set_options(int s, int flags)
{
	if (flags & SOCKET_REUSEPORT &&
	    sys_setsockopt(s, SOL_SOCKET, SO_REUSEPORT, 1) == -1)
		return -1;
	return flags & SOCKET_FREEBIND ? sys_freebind(s, 1) : 0;
}

int socket_listener6(const char ip[16], uint16_t port, uint32_t scope_id,
		     int backlog, int flags)
{
	int s;

	if (!ip)
		ip = addr_any;
	s = open_for(ip, flags & ~LISTENS);
	if (s == -1)
		return -1;
	if (set_options(s, flags) == -1 ||
	    socket_bind6_reuse(s, ip, port, scope_id) == -1 ||
	    socket_listen(s, backlog > 0 ? (unsigned int)backlog : INT_MAX) ==
		    -1)
		return sys_discard(s);
	/* FreeBSD wants a socket that listens: accf_data(9). */
	if (flags & SOCKET_DEFERACCEPT)
		sys_defer_accept(s, SOCKET_DATAIN);
	return s;
}
