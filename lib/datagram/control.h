/* SPDX-License-Identifier: ISC */
/*
 * control.h - control messages to the fields of a record and back.
 *
 * Pure: no system call. sys/control.h has what the systems call each message.
 */
#ifndef SOCKET6_LIB_DATAGRAM_CONTROL_H
#define SOCKET6_LIB_DATAGRAM_CONTROL_H

#include "public.h"
#include "sys/control.h"
#include "text/text.h"

/*
 * Reads the control messages of m into g, and an error from the queue into
 * report, unless that is null. A field without a message is unknown: 0 or -1.
 */
void socket6_control_read(const struct msghdr *m, struct socket_datagram6 *g,
			  struct sys_report *report);

/*
 * Over which family a record is sent: its peer's, else its local address's. A
 * connected socket's peer has none here, and then both families' messages are
 * written: each system ignores the other's.
 */
enum { FAMILY_4 = 1, FAMILY_6 = 2, FAMILY_BOTH = FAMILY_4 | FAMILY_6 };
int socket6_control_family(const struct socket_datagram6 *g);

/* Whether a record is sent with its peer and bytes alone: most are. */
static inline int socket6_control_is_none(const struct socket_datagram6 *g)
{
	const int none = SOCKET_DATAGRAM_SINGLY | SOCKET_DATAGRAM_TRUNCATED |
			 SOCKET_DATAGRAM_GROUP;

	return !(g->flags & ~none) && addr_is_any(g->local.ip);
}

/*
 * Whether g's flags are known, its numbers are in range, and its local address
 * is of the peer's family.
 */
int socket6_control_is_valid(const struct socket_datagram6 *g);

/*
 * Writes the control messages for sending g over a family; segment is the size
 * of its segments in bytes, 0 for none. Returns the length of all. With
 * FAMILY_BOTH the interface is in IPv6's message.
 */
size_t socket6_control_write(union sys_control_out *to,
			     const struct socket_datagram6 *g, int family,
			     uint16_t segment);

#endif
