/* SPDX-License-Identifier: ISC */
/* bind.c - choose the local address and port. */
#include "addr.h"

int socket_bind4(int s, const char ip[4], uint16_t port)
{
	union socket6_addr a;
	socklen_t len = addr_put4(&a, ip ? ip : addr_any, port);

	return bind(s, &a.sa, len);
}

SYS_RARE static int bind_again(struct socket6_try *x)
{
	socklen_t len = socket6_second_try(x);

	return len ? bind(x->s, &x->a.sa, len) : -1;
}

static inline int bind6(struct socket6_try *x, socklen_t len)
{
	return bind(x->s, &x->a.sa, len) == 0 ? 0 : bind_again(x);
}

int socket_bind6(int s, const char ip[16], uint16_t port, uint32_t scope_id)
{
	struct socket6_try x;
	socklen_t len = addr_put6(&x.a, ip ? ip : addr_any, port, scope_id);

	x.s = s;
	return bind6(&x, len);
}

/* The address first, so that the arguments need not outlive the option. */
static inline int bind4_with(int s, int level, int option, const char *ip,
			     uint16_t port)
{
	union socket6_addr a;
	socklen_t len = addr_put4(&a, ip ? ip : addr_any, port);

	if (sys_setsockopt(s, level, option, 1) == -1)
		return -1;
	return bind(s, &a.sa, len);
}

static inline int bind6_with(int s, int level, int option, const char *ip,
			     uint16_t port, uint32_t scope_id)
{
	struct socket6_try x;
	socklen_t len = addr_put6(&x.a, ip ? ip : addr_any, port, scope_id);

	x.s = s;
	if (sys_setsockopt(s, level, option, 1) == -1)
		return -1;
	return bind6(&x, len);
}

int socket_bind4_reuse(int s, const char ip[4], uint16_t port)
{
	return bind4_with(s, SOL_SOCKET, SO_REUSEADDR, ip, port);
}

int socket_bind6_reuse(int s, const char ip[16], uint16_t port,
		       uint32_t scope_id)
{
	return bind6_with(s, SOL_SOCKET, SO_REUSEADDR, ip, port, scope_id);
}

int socket_bind4_reuseport(int s, const char ip[4], uint16_t port)
{
	return bind4_with(s, SOL_SOCKET, SO_REUSEPORT, ip, port);
}

int socket_bind6_reuseport(int s, const char ip[16], uint16_t port,
			   uint32_t scope_id)
{
	return bind6_with(s, SOL_SOCKET, SO_REUSEPORT, ip, port, scope_id);
}

/*
 * A neighbour that has set one of the two needs the same one here; 4.4BSD's
 * SO_REUSEPORT is missing on Windows, on Linux before 3.9 and where a filter
 * refuses it.
 */
static inline int share(int s)
{
	if (sys_setsockopt(s, SOL_SOCKET, sys_share_address, 1) == -1)
		return -1;
	if (sys_setsockopt(s, SOL_SOCKET, sys_share_port, 1) == 0)
		return 0;
	return errno == ENOPROTOOPT ? 0 : -1;
}

int socket_bind6_shared(int s, const char ip[16], uint16_t port,
			uint32_t scope_id)
{
	struct socket6_try x;
	socklen_t len = addr_put6(&x.a, ip ? ip : addr_any, port, scope_id);

	x.s = s;
	return share(s) == -1 ? -1 : bind6(&x, len);
}

int socket_bind4_noport(int s, const char ip[4])
{
	return bind4_with(s, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, ip, 0);
}

int socket_bind6_noport(int s, const char ip[16], uint32_t scope_id)
{
	return bind6_with(s, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, ip, 0,
			  scope_id);
}

int socket_freebind(int s, int on)
{
	return sys_freebind(s, on != 0);
}
