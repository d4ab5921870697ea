/* SPDX-License-Identifier: ISC */
/* order.c - which address is next, which errno is told, and who was silent. */
#include "engine.h"

#include <errno.h>

static int waits(const struct dial_lane *lane, int v4)
{
	return lane->waiting[v4].first != NO_ENTRY;
}

/*
 * The family that goes first, but not if its first address was silent: then
 * an address that was used goes before one that was not (RFC 8305 section 4).
 */
static int first_is_v4(const struct dial_engine *e)
{
	const struct dial_lane *slow = &e->lanes[SLOW];
	int v4 = e->first_is_v4;

	return waits(slow, v4) || (slow->is_begun && slow->was_v4 == v4) ? !v4
									 : v4;
}

/* Where both wait, the family whose turn would have come if none was slow. */
static int sooner_is_v4(const struct dial_engine *e,
			const struct dial_lane *lane)
{
	const struct dial_entry *v6 = &e->room.entries[lane->waiting[0].first];
	const struct dial_entry *v4 = &e->room.entries[lane->waiting[1].first];

	if (v4->turn != v6->turn)
		return v4->turn < v6->turn;
	if (v4->came_late != v6->came_late)
		return v6->came_late;
	return e->first_is_v4;
}

/*
 * The families take turns (RFC 8305 section 4, a First Address Family Count
 * of 1), each in the resolver's order.
 */
size_t socket6_dial_order(const struct dial_engine *e,
			  const struct dial_lane *lane)
{
	int v4 = waits(lane, 1);

	if (waits(lane, 0) && waits(lane, 1)) {
		if (lane == &e->lanes[SLOW])
			v4 = sooner_is_v4(e, lane);
		else
			v4 = lane->is_begun ? !lane->was_v4 : first_is_v4(e);
	}
	return lane->waiting[v4].first;
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

static void explain(int *reason, const struct dial_entry *entry)
{
	int error = entry->a.error;

	if (error &&
	    (!*reason || socket6_dial_rank(error) > socket6_dial_rank(*reason)))
		*reason = error;
}

int socket6_dial_reason(const struct dial_engine *e)
{
	const struct dial_room *room = &e->room;
	int reason = e->late ? ETIMEDOUT : 0;

	for (size_t k = 0; k < room->started; k++)
		explain(&reason, &room->entries[room->tried[k]]);
	for (size_t i = 0; i < room->count; i++)
		if (room->entries[i].a.state == SOCKET_ATTEMPT_WAITING)
			explain(&reason, &room->entries[i]);
	if (!reason)
		reason = e->name_error;
	return reason ? reason : EDESTADDRREQ;
}

/* How long the one that won took; 0 if none did. */
static int64_t best(const struct dial_engine *e)
{
	const struct socket_attempt6 *a = &e->room.entries[e->winner].a;

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
	const struct socket_attempt6 *a = &e->room.entries[which].a;

	if (a->state == SOCKET_ATTEMPT_CONNECTED || a->error == ECONNREFUSED ||
	    a->error == ECONNRESET)
		return DIAL_ANSWERED;
	return had_no_word(e, a) ? DIAL_SILENT : DIAL_NOTHING;
}
