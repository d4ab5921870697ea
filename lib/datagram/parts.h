/* SPDX-License-Identifier: ISC */
/* parts.h - a buffer in equal parts, one for each record. */
#ifndef SOCKET6_LIB_DATAGRAM_PARTS_H
#define SOCKET6_LIB_DATAGRAM_PARTS_H

#include "sys/message.h"
#include <socket6/record.h>

/*
 * The length of each of *n parts of len bytes; *n becomes at most
 * SYS_MESSAGES, and 0 if a record could not say where its bytes are.
 */
static inline size_t socket6_part(size_t len, size_t *n)
{
	if (*n > SYS_MESSAGES)
		*n = SYS_MESSAGES;
	if (*n == 0 || len >> 16 >> 16 != 0)
		*n = 0;
	return *n ? len / *n : 0;
}

/* After the control messages: where a record's bytes are, and if all are. */
static inline void socket6_part_read(struct socket_datagram6 *g, size_t offset,
				     size_t len, const struct msghdr *m)
{
	g->offset = (uint32_t)offset;
	g->len = (uint32_t)len;
	if (m->msg_flags & MSG_TRUNC)
		g->flags |= SOCKET_DATAGRAM_TRUNCATED;
	if (g->segment >= len)
		g->segment = 0;
}

#endif
