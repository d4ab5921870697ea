/* SPDX-License-Identifier: ISC */
/*
 * any_message.h - a message, and any record of those before it, instead of a
 * walk; for control_step.c.
 */
#ifndef SOCKET6_TESTS_PROOFS_ANY_MESSAGE_H
#define SOCKET6_TESTS_PROOFS_ANY_MESSAGE_H

#include "prove.h"

static struct socket_datagram6 g, old;
static const struct cmsghdr *message;

const struct cmsghdr *instead_of_sys_next_control(const struct msghdr *m,
						  const struct cmsghdr *c)
{
	struct socket_datagram6 any;

	(void)m;
	if (c)
		return NULL;
	MUST(g.hops == -1 && g.tclass == -1 && !g.segment && !g.drops);
	MUST(!g.ifindex && !g.time && !g.flags && addr_is_any(g.local.ip));
	any.peer = g.peer;
	g = old = any;
	return message;
}

static int is(int level, int type)
{
	return message->cmsg_level == level && message->cmsg_type == type;
}

#endif
