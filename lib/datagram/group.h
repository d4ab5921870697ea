/* SPDX-License-Identifier: ISC */
/*
 * group.h - which records, and how much of them, one message takes.
 *
 * Pure: no system call.
 */
#ifndef SOCKET6_LIB_DATAGRAM_GROUP_H
#define SOCKET6_LIB_DATAGRAM_GROUP_H

#include "public.h"

#include <socket6/record.h>
#include <stddef.h>
#include <stdint.h>

/* Linux's limits before 6.8 (UDP_MAX_SEGMENTS), and the bytes IPv4 allows. */
enum { GROUP_SEGMENTS = 64, GROUP_BYTES = 65507 };

/*
 * One message: the rest of the first record or a part of it; or that of several
 * alike.
 */
struct group {
	size_t records;	  /* that it completes; 0: it is a part of the first */
	uint32_t bytes;	  /* in all */
	uint16_t segment; /* the size of each datagram; 0: there is one */
};

/* Whether a record's bytes are among len. */
static inline int socket6_is_within(const struct socket_datagram6 *g,
				    size_t len)
{
	return g->offset <= len && g->len <= len - g->offset;
}

/*
 * The message that begins with the first of n records (n > 0), done bytes of
 * which went before; its bytes are among len, and the others' must be. With
 * can_segment 0, or for one with SINGLY, it is one datagram; else as many as
 * fit.
 */
struct group socket6_group(const struct socket_datagram6 *grams, size_t n,
			   size_t len, uint32_t done, int can_segment);

#endif
