/* SPDX-License-Identifier: ISC */
/* error.c - what came back for datagrams that were sent. */
#include "addr.h"
#include "control.h"
#include "parts.h"
#include "sys/message.h"

struct taken {
	struct msghdr m;
	struct iovec part;
	union socket6_addr to;
	union sys_control_report control;
	size_t len;
};

static int take(int s, struct taken *t, char *part, size_t len)
{
	ssize_t n;

	t->part.iov_base = part;
	t->part.iov_len = (sys_piecelen)len;
	addr_clear(&t->to);
	memset(&t->m, 0, sizeof t->m);
	t->m.msg_name = &t->to;
	t->m.msg_namelen = sizeof t->to;
	t->m.msg_iov = &t->part;
	t->m.msg_iovlen = 1;
	t->m.msg_control = &t->control;
	t->m.msg_controllen = sizeof t->control;
	n = sys_take_report(s, &t->m);
	t->len = n == -1 ? 0 : (size_t)n;
	return n == -1 ? -1 : 0;
}

/* Whether it is an error: transmit times wait in the same queue. */
static int read_report(const struct taken *t, size_t offset,
		       struct socket_report6 *to)
{
	struct sys_report r = {.error = 0};

	memset(to, 0, sizeof *to);
	addr_get(&t->to, &to->gram.peer);
	socket6_control_read(&t->m, &to->gram, &r);
	socket6_part_read(&to->gram, offset, t->len, &t->m);
	/* Of the datagram's own header, which this host wrote. */
	to->gram.local = (struct socket_addr6){.port = 0};
	to->gram.flags &= SOCKET_DATAGRAM_TRUNCATED;
	/* One that is cut, or of no family, is none. */
	if (r.sender)
		socket_from_sockaddr(&to->sender, r.sender, r.sender_len);
	to->sender.port = 0;
	to->error = r.error;
	to->mtu = r.mtu;
	to->icmp = r.icmp;
	to->icmp_type = r.type;
	to->icmp_code = r.code;
	return r.error != 0;
}

ssize_t socket_recverror6(int s, char *buf, size_t len,
			  struct socket_report6 *reports, size_t n)
{
	size_t part = socket6_part(len, &n);
	size_t count = 0;
	struct taken t;

	if (n == 0)
		return sys_fail(EINVAL);
	while (count < n) {
		struct socket_report6 report;

		if (take(s, &t, buf + count * part, part) == -1)
			break;
		if (read_report(&t, count * part, &report))
			reports[count++] = report;
	}
	return count ? (ssize_t)count : -1;
}
