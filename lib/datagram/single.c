/* SPDX-License-Identifier: ISC */
/* single.c - one datagram and its address. */
#include "addr.h"

static inline ssize_t receive(int s, char *buf, size_t len, int flags,
			      union socket6_addr *a)
{
	socklen_t alen = sizeof *a;

	addr_clear(a);
	return recvfrom(s, buf, len, flags, &a->sa, &alen);
}

static inline ssize_t receive4(int s, char *buf, size_t len, char *ip,
			       uint16_t *port, int flags)
{
	union socket6_addr a;
	ssize_t n = receive(s, buf, len, flags, &a);

	if (n == -1 || addr_get4(&a, ip, port) || !(ip || port))
		return n;
	if (a.sa.sa_family != AF_UNSPEC)
		return sys_fail(EAFNOSUPPORT);
	addr_store4(addr_any, 0, ip, port);
	return n;
}

static inline ssize_t receive6(int s, char *buf, size_t len, char *ip,
			       uint16_t *port, uint32_t *scope_id, int flags)
{
	union socket6_addr a;
	ssize_t n = receive(s, buf, len, flags, &a);

	if (n == -1 || addr_get6(&a, ip, port, scope_id) ||
	    !(ip || port || scope_id))
		return n;
	if (a.sa.sa_family != AF_UNSPEC)
		return sys_fail(EAFNOSUPPORT);
	addr_store6(addr_any, 0, 0, ip, port, scope_id);
	return n;
}

ssize_t socket_recv4(int s, char *buf, size_t len, char ip[4], uint16_t *port)
{
	return receive4(s, buf, len, ip, port, 0);
}

ssize_t socket_recv6(int s, char *buf, size_t len, char ip[16], uint16_t *port,
		     uint32_t *scope_id)
{
	return receive6(s, buf, len, ip, port, scope_id, 0);
}

ssize_t socket_recv4_flag(int s, char *buf, size_t len, char ip[4],
			  uint16_t *port, int flags)
{
	return receive4(s, buf, len, ip, port, flags);
}

ssize_t socket_recv6_flag(int s, char *buf, size_t len, char ip[16],
			  uint16_t *port, uint32_t *scope_id, int flags)
{
	return receive6(s, buf, len, ip, port, scope_id, flags);
}

static inline ssize_t send4(int s, const char *buf, size_t len, const char *ip,
			    uint16_t port, int flags)
{
	union socket6_addr a;
	socklen_t alen = addr_put4(&a, ip, port);

	return sys_sendto(s, buf, len, flags, &a.sa, alen);
}

struct attempt {
	struct socket6_try to;
	const char *buf;
	size_t len;
	int flags;
};

SYS_RARE static ssize_t send_again(struct attempt *x)
{
	socklen_t alen = socket6_second_try(&x->to);

	if (alen == 0)
		return -1;
	return sys_sendto(x->to.s, x->buf, x->len, x->flags, &x->to.a.sa, alen);
}

static inline ssize_t send6(int s, const char *buf, size_t len, const char *ip,
			    uint16_t port, uint32_t scope_id, int flags)
{
	struct attempt x;
	socklen_t alen = addr_put6(&x.to.a, ip, port, scope_id);
	ssize_t n;

	x.to.s = s;
	x.flags = flags;
	x.buf = buf;
	x.len = len;
	n = sys_sendto(s, buf, len, flags, &x.to.a.sa, alen);
	return n == -1 ? send_again(&x) : n;
}

ssize_t socket_send4(int s, const char *buf, size_t len, const char ip[4],
		     uint16_t port)
{
	return send4(s, buf, len, ip, port, 0);
}

ssize_t socket_send6(int s, const char *buf, size_t len, const char ip[16],
		     uint16_t port, uint32_t scope_id)
{
	return send6(s, buf, len, ip, port, scope_id, 0);
}

ssize_t socket_send4_flag(int s, const char *buf, size_t len, const char ip[4],
			  uint16_t port, int flags)
{
	return send4(s, buf, len, ip, port, flags);
}

ssize_t socket_send6_flag(int s, const char *buf, size_t len, const char ip[16],
			  uint16_t port, uint32_t scope_id, int flags)
{
	return send6(s, buf, len, ip, port, scope_id, flags);
}
