/* SPDX-License-Identifier: ISC */
/* group.c - which records, and how much of them, one message takes. */
#include "group.h"

#include <string.h>

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static int is_same_addr(const struct socket_addr6 *a,
			const struct socket_addr6 *b)
{
	return memcmp(a->ip, b->ip, 16) == 0 && a->scope_id == b->scope_id &&
	       a->port == b->port;
}

/* Whether b is sent as a is; fields without their flag are not looked at. */
static int is_alike(const struct socket_datagram6 *a,
		    const struct socket_datagram6 *b)
{
	return a->flags == b->flags && b->segment == 0 &&
	       a->ifindex == b->ifindex &&
	       (!(a->flags & SOCKET_DATAGRAM_HOPS) || a->hops == b->hops) &&
	       (!(a->flags & SOCKET_DATAGRAM_TCLASS) ||
		a->tclass == b->tclass) &&
	       is_same_addr(&a->peer, &b->peer) &&
	       is_same_addr(&a->local, &b->local);
}

/* Plain records: each is a segment, and the last may be shorter. */
static struct group group_alike(const struct socket_datagram6 *grams, size_t n,
				size_t len)
{
	uint32_t segment = grams->len;
	struct group group = {.records = 1, .bytes = segment};

	while (group.records < n && segment > 0) {
		const struct socket_datagram6 *next = &grams[group.records];

		if (next->len == 0 || next->len > segment ||
		    next->len > GROUP_BYTES - group.bytes ||
		    !is_alike(grams, next) || !socket6_is_within(next, len))
			break;
		group.records++;
		group.bytes += next->len;
		group.segment = (uint16_t)segment;
		if (next->len < segment)
			break;
	}
	return group;
}

/* A part of a record of segments: as many of them as one message may have. */
static struct group group_segments(const struct socket_datagram6 *g,
				   uint32_t done, int can_segment)
{
	uint32_t left = g->len - done, segments = 1;
	struct group group = {.records = 0};

	if (can_segment)
		segments = least(GROUP_SEGMENTS, GROUP_BYTES / g->segment);
	if (segments == 0)
		segments = 1; /* too long for a datagram: the system says so */
	group.bytes = least(left, segments * g->segment);
	group.records = group.bytes == left;
	if (group.bytes > g->segment)
		group.segment = g->segment;
	return group;
}

struct group socket6_group(const struct socket_datagram6 *grams, size_t n,
			   size_t len, uint32_t done, int can_segment)
{
	if (grams->flags & SOCKET_DATAGRAM_SINGLY)
		can_segment = 0;
	if (grams->segment)
		return group_segments(grams, done, can_segment);
	if (!can_segment || grams->len > GROUP_BYTES)
		n = 1;
	if (n > GROUP_SEGMENTS)
		n = GROUP_SEGMENTS;
	return group_alike(grams, n, len);
}
