/* SPDX-License-Identifier: ISC */
/* receive.c - datagrams in a batch, with what is known of each. */
#include "addr.h"
#include "control.h"
#include "parts.h"
#include "sys/message.h"

struct batch {
	struct sys_message messages[SYS_MESSAGES];
	struct iovec parts[SYS_MESSAGES];
	union socket6_addr peers[SYS_MESSAGES];
	union sys_control_in controls[SYS_MESSAGES];
};

static inline void prepare(struct batch *b, size_t i, char *part, size_t len)
{
	struct msghdr *m = &b->messages[i].msg_hdr;

	b->parts[i].iov_base = part;
	b->parts[i].iov_len = (sys_piecelen)len;
	addr_clear(&b->peers[i]);
	m->msg_name = &b->peers[i];
	m->msg_namelen = sizeof b->peers[i];
	m->msg_iov = &b->parts[i];
	m->msg_iovlen = 1;
	m->msg_control = &b->controls[i];
	m->msg_controllen = sizeof b->controls[i];
	m->msg_flags = 0;
}

static inline void finish(struct batch *b, size_t i, size_t offset,
			  struct socket_datagram6 *g)
{
	const struct msghdr *m = &b->messages[i].msg_hdr;

	addr_get(&b->peers[i], &g->peer);
	socket6_control_read(m, g, NULL);
	socket6_part_read(g, offset, b->messages[i].msg_len, m);
}

ssize_t socket_recvmany6(int s, char *buf, size_t len,
			 struct socket_datagram6 *grams, size_t n)
{
	size_t part = socket6_part(len, &n);
	struct batch b;
	int count;

	if (n == 0)
		return sys_fail(EINVAL);
	for (size_t i = 0; i < n; i++)
		prepare(&b, i, buf + i * part, part);
	count = sys_receive(s, b.messages, (unsigned int)n);
	for (int i = 0; i < count; i++)
		finish(&b, (size_t)i, (size_t)i * part, &grams[i]);
	return count;
}
