/* SPDX-License-Identifier: ISC */
/* fastopen.c - data in the first packet. */
#include "addr.h"

int socket_fastopen(int s)
{
	return sys_setsockopt(s, IPPROTO_TCP, TCP_FASTOPEN, 5);
}

/* Nothing to send, or no way to send it with the SYN: nothing has begun. */
static int unavailable(ssize_t n)
{
	return n == -1 && errno == EOPNOTSUPP;
}

static ssize_t send_in_syn(int s, const char *buf, size_t len,
			   const union socket6_addr *a, socklen_t alen)
{
	if (len > 0)
		return socket6_fastopen(s, buf, len, &a->sa, alen);
	errno = EOPNOTSUPP;
	return -1;
}

/* r is connect's result; only success at once leaves a way to send. */
static ssize_t then_send(int s, int r, const char *buf, size_t len)
{
	if (r == -1 || len == 0)
		return r;
	return socket6_sendto(s, buf, len, 0, NULL, 0);
}

ssize_t socket_fastopen_connect4(int s, const char ip[4], uint16_t port,
				 const char *buf, size_t len)
{
	union socket6_addr a;
	socklen_t alen = addr_put4(&a, ip, port);
	ssize_t n = send_in_syn(s, buf, len, &a, alen);

	if (!unavailable(n))
		return n;
	return then_send(s, socket_connect4(s, ip, port), buf, len);
}

ssize_t socket_fastopen_connect6(int s, const char ip[16], uint16_t port,
				 uint32_t scope_id, const char *buf, size_t len)
{
	union socket6_addr a;
	socklen_t alen = addr_put6(&a, ip, port, scope_id);
	ssize_t n = send_in_syn(s, buf, len, &a, alen);

	if (n == -1 && errno == EAFNOSUPPORT &&
	    (alen = socket6_addr_to_inet(&a)))
		n = send_in_syn(s, buf, len, &a, alen);
	if (!unavailable(n))
		return n;
	return then_send(s, socket_connect6(s, ip, port, scope_id), buf, len);
}
