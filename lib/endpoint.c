/* SPDX-License-Identifier: ISC */
/* endpoint.c - the two addresses of a socket. */
#include "addr.h"

static inline int local(int s, union socket6_addr *a)
{
	socklen_t len = sizeof *a;

	addr_clear(a);
	return getsockname(s, &a->sa, &len);
}

static inline int remote(int s, union socket6_addr *a)
{
	socklen_t len = sizeof *a;

	addr_clear(a);
	return getpeername(s, &a->sa, &len);
}

int socket_local4(int s, char ip[4], uint16_t *port)
{
	union socket6_addr a;

	if (local(s, &a) == -1)
		return -1;
	return addr_get4(&a, ip, port) ? 0 : sys_fail(EAFNOSUPPORT);
}

int socket_local6(int s, char ip[16], uint16_t *port, uint32_t *scope_id)
{
	union socket6_addr a;

	if (local(s, &a) == -1)
		return -1;
	return addr_get6(&a, ip, port, scope_id) ? 0 : sys_fail(EAFNOSUPPORT);
}

int socket_remote4(int s, char ip[4], uint16_t *port)
{
	union socket6_addr a;

	if (remote(s, &a) == -1)
		return -1;
	return addr_get4(&a, ip, port) ? 0 : sys_fail(EAFNOSUPPORT);
}

int socket_remote6(int s, char ip[16], uint16_t *port, uint32_t *scope_id)
{
	union socket6_addr a;

	if (remote(s, &a) == -1)
		return -1;
	return addr_get6(&a, ip, port, scope_id) ? 0 : sys_fail(EAFNOSUPPORT);
}
