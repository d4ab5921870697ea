/* SPDX-License-Identifier: ISC */
/* source.h - looks attempts up in a history, and adds them to it. */
#ifndef SOCKET6_LIB_DIAL_SOURCE_H
#define SOCKET6_LIB_DIAL_SOURCE_H

#include "engine.h"

/* Whether a dial heeds its history, which it asks when that first matters. */
enum dial_heed { DIAL_UNDECIDED, DIAL_HEEDS, DIAL_IGNORES };

/*
 * Whether this address was silent of late, seen from where it is tried, and the
 * dial heeds that.
 */
int socket6_dial_is_slow(struct socket_history *h, enum dial_heed *heed,
			 const struct dial_entry *entry);

/*
 * The local address that the system would choose for datagrams to an address,
 * v4-mapped for an IPv4 one. 0, or -1 with errno: ENETUNREACH without a route.
 */
int socket6_dial_source(const struct socket_addr6 *to, char ip[16]);

/* A dial has ended: notes what answered, and what did not. */
void socket6_dial_learn(struct socket_history *h, const struct dial_engine *e);

#endif
