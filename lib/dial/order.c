/* SPDX-License-Identifier: ISC */
/* order.c - which address is next, which errno is told, and who was silent. */
#include "engine.h"

#include <errno.h>

/* The first of those that wait of this family, slow or not; count if none. */
static size_t first_of(const struct dial_engine *e, int v4, int slow)
{
	size_t i = e->started;

	while (i < e->count &&
	       (e->entries[i].v4 != v4 || e->entries[i].slow != slow))
		i++;
	return i;
}

/*
 * The family that goes first, but not if its first address was silent: then
 * an address that was used goes before one that was not (RFC 8305 section 4).
 */
static int first_is_v4(const struct dial_engine *e)
{
	int v4 = e->first_is_v4;
	int silent = first_of(e, v4, 1) < first_of(e, v4, 0);

	return silent && first_of(e, !v4, 0) < e->count ? !v4 : v4;
}

/*
 * The families take turns (RFC 8305 section 4, a First Address Family Count
 * of 1), each in the resolver's order. What was silent of late comes last.
 */
size_t socket6_dial_order(const struct dial_engine *e)
{
	int v4 = e->started ? !e->entries[e->started - 1].v4 : first_is_v4(e);
	size_t i = e->count;

	for (int slow = 0; slow <= 1 && i == e->count; slow++) {
		i = first_of(e, v4, slow);
		if (i == e->count)
			i = first_of(e, !v4, slow);
	}
	return i;
}

/*
 * How much an errno explains: the peer's, the network's, this host's, silence,
 * and last no way there, which is normal for the other family on a host that
 * has one alone.
 */
int socket6_dial_rank(int error)
{
	switch (error) {
	case ECONNREFUSED:
		return 6;
	case ECONNRESET:
		return 5;
	case EHOSTUNREACH:
	case EACCES:
	case EPERM:
		return 4;
	case ETIMEDOUT:
		return 2;
	case ENETUNREACH:
	case EADDRNOTAVAIL:
	case EAFNOSUPPORT:
		return 1;
	default:
		return 3;
	}
}

int socket6_dial_reason(const struct dial_engine *e)
{
	int reason = e->late ? ETIMEDOUT : 0;

	for (size_t i = 0; i < e->count; i++) {
		int error = e->entries[i].a.error;

		if (error && (!reason || socket6_dial_rank(error) >
						 socket6_dial_rank(reason)))
			reason = error;
	}
	if (!reason)
		reason = e->name_error;
	return reason ? reason : EDESTADDRREQ;
}

/* How long the one that won took; 0 if none did. */
static int64_t best(const struct dial_engine *e)
{
	const struct socket_attempt6 *a = &e->entries[e->winner].a;

	return e->over == DIAL_CONNECTED ? a->end - a->start : 0;
}

/* Unanswered for longer than the winner took and than the attempt delay. */
static int had_no_word(const struct dial_engine *e,
		       const struct socket_attempt6 *a)
{
	int64_t waited = a->end - a->start;

	return (a->error == ETIMEDOUT ||
		a->state == SOCKET_ATTEMPT_CANCELLED) &&
	       waited >= e->attempt_delay && waited > best(e);
}

enum dial_verdict socket6_dial_verdict(const struct dial_engine *e,
				       size_t which)
{
	const struct socket_attempt6 *a = &e->entries[which].a;

	if (a->state == SOCKET_ATTEMPT_CONNECTED || a->error == ECONNREFUSED ||
	    a->error == ECONNRESET)
		return DIAL_ANSWERED;
	return had_no_word(e, a) ? DIAL_SILENT : DIAL_NOTHING;
}
