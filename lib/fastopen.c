/* SPDX-License-Identifier: ISC */
/* fastopen.c - data in the first packet. */
#include "addr.h"

int socket_fastopen(int s)
{
	return sys_setsockopt(s, IPPROTO_TCP, TCP_FASTOPEN, 5);
}

/* No fast open: connected already, sends the data as usual. */
static ssize_t then_send(int s, int r, const char *buf, size_t len)
{
	return r == -1 ? -1 : sys_sendto(s, buf, len, 0, NULL, 0);
}

ssize_t socket_fastopen_connect4(int s, const char ip[4], uint16_t port,
				 const char *buf, size_t len)
{
	union socket6_addr a;
	socklen_t alen = addr_put4(&a, ip, port);
	ssize_t n;

	if (len == 0)
		return sys_connect(s, &a.sa, alen);
	n = sys_fastopen(s, buf, len, &a.sa, alen);
	if (n != -1 || !sys_no_fastopen(errno))
		return n;
	return then_send(s, sys_connect(s, &a.sa, alen), buf, len);
}

struct attempt {
	struct socket6_try to;
	uint16_t port;
	uint32_t scope_id;
	const char *ip, *buf;
	size_t len;
};

SYS_RARE static ssize_t fastopen_again(struct attempt *x)
{
	socklen_t alen = socket6_second_try(&x->to);
	ssize_t n = -1;

	if (alen)
		n = sys_fastopen(x->to.s, x->buf, x->len, &x->to.a.sa, alen);
	if (n != -1 || !sys_no_fastopen(errno))
		return n;
	return then_send(x->to.s,
			 socket_connect6(x->to.s, x->ip, x->port, x->scope_id),
			 x->buf, x->len);
}

ssize_t socket_fastopen_connect6(int s, const char ip[16], uint16_t port,
				 uint32_t scope_id, const char *buf, size_t len)
{
	struct attempt x;
	socklen_t alen = addr_put6(&x.to.a, ip, port, scope_id);
	ssize_t n;

	if (len == 0)
		return socket_connect6(s, ip, port, scope_id);
	x.to.s = s;
	x.port = port;
	x.scope_id = scope_id;
	x.ip = ip;
	x.buf = buf;
	x.len = len;
	n = sys_fastopen(s, buf, len, &x.to.a.sa, alen);
	if (n != -1 || errno == EINPROGRESS)
		return n;
	return fastopen_again(&x);
}
