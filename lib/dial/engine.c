/* SPDX-License-Identifier: ISC */
/* engine.c - Happy Eyeballs (RFC 8305) as a function of events and time. */
#include "engine.h"

#include "text/text.h"

#include <errno.h>
#include <string.h>

/* RFC 8305 section 8. */
enum { RESOLUTION_DELAY = 50000, ATTEMPT_DELAY = 250000 };

/* The least Connection Attempt Delay that RFC 8305 allows, section 5. */
enum { LEAST_DELAY = 10000 };

void socket6_dial_init(struct dial_engine *e, struct dial_entry *entries,
		       size_t max)
{
	memset(e, 0, sizeof *e);
	e->attempt_delay = ATTEMPT_DELAY;
	e->resolution_delay = RESOLUTION_DELAY;
	e->last_wait = e->deadline = -1;
	e->entries = entries;
	e->max = max;
	e->begun = -1;
}

static void see(struct dial_engine *e, int64_t now)
{
	if (now > e->now)
		e->now = now;
}

static int64_t since(const struct dial_engine *e)
{
	return e->now - e->begun;
}

static int is_same(const struct socket_addr6 *a, const struct socket_addr6 *b)
{
	return memcmp(a->ip, b->ip, 16) == 0 && a->port == b->port &&
	       a->scope_id == b->scope_id;
}

static int is_known(const struct dial_engine *e,
		    const struct socket_addr6 *addr)
{
	for (size_t i = 0; i < e->count; i++)
		if (is_same(&e->entries[i].a.addr, addr))
			return 1;
	return 0;
}

/*
 * The family that goes first is that of the resolver's first address, if it
 * gave both families together. IPv6 goes first if they came each by itself
 * (RFC 8305 section 3).
 */
static void prefer(struct dial_engine *e, const struct socket_addr6 *addrs,
		   size_t n)
{
	int v4 = 0, v6 = 0;

	for (size_t i = 0; i < n; i++)
		addr_is_v4mapped(addrs[i].ip) ? v4++ : v6++;
	if (e->count == 0) {
		e->first_is_v4 = n > 0 && addr_is_v4mapped(addrs[0].ip);
		e->mixed = v4 && v6;
	} else if (v6 && !e->mixed) {
		e->first_is_v4 = 0;
	}
}

int socket6_dial_add(struct dial_engine *e, int64_t now,
		     const struct socket_addr6 *addrs, size_t n)
{
	see(e, now);
	prefer(e, addrs, n);
	for (size_t i = 0; i < n; i++) {
		if (is_known(e, &addrs[i]))
			continue;
		if (e->count == e->max) {
			errno = ENOBUFS;
			return -1;
		}
		if (e->count == 0)
			e->first_added = e->now;
		e->entries[e->count++] = (struct dial_entry){
			.a.addr = addrs[i],
			.v4 = addr_is_v4mapped(addrs[i].ip),
			.s = -1,
		};
	}
	return 0;
}

/*
 * The delay before the next attempt: two fifths of it for an address that was
 * silent recently, which of 250 milliseconds are the 100 that RFC 8305 section
 * 5 recommends as the least.
 */
static int64_t delay(const struct dial_engine *e)
{
	int64_t less = e->attempt_delay * 2 / 5;

	if (!e->entries[e->started - 1].slow)
		return e->attempt_delay;
	return less > LEAST_DELAY ? less : LEAST_DELAY;
}

/* No attempt goes on, and none will begin. */
static int is_exhausted(const struct dial_engine *e)
{
	return e->ended && e->pending == 0 && e->count == e->started;
}

/* When the dial ends for want of time; -1 for never. */
static int64_t last_moment(const struct dial_engine *e)
{
	int64_t last = -1;

	if (e->deadline >= 0)
		last = e->begun + e->deadline;
	if (e->last_wait >= 0 && e->ended && e->started &&
	    e->count == e->started &&
	    (last == -1 || e->last_started + e->last_wait < last))
		last = e->last_started + e->last_wait;
	return last;
}

/*
 * IPv4 addresses that came alone wait a little for IPv6 ones, but leave
 * themselves half of the time.
 */
static int64_t first_start(const struct dial_engine *e)
{
	int64_t wait = e->resolution_delay;
	int64_t last = last_moment(e);

	if (e->ended || !e->first_is_v4 || e->mixed)
		return e->now;
	if (last != -1 && wait > (last - e->first_added) / 2)
		wait = (last - e->first_added) / 2;
	return e->first_added + wait;
}

/* When the next attempt may begin: -1 for not before an event. */
static int64_t next_start(const struct dial_engine *e)
{
	if (e->count == e->started)
		return -1;
	if (e->started == 0)
		return first_start(e);
	if (e->hurried)
		return e->now;
	return e->last_started + delay(e);
}

static void end(struct dial_engine *e, size_t which, int state, int error)
{
	struct socket_attempt6 *a = &e->entries[which].a;

	a->state = state;
	a->error = error;
	a->end = since(e);
	e->pending--;
}

/* Ends all that is pending. */
static void end_all(struct dial_engine *e, int state, int error)
{
	for (size_t i = 0; i < e->started; i++)
		if (e->entries[i].a.state == SOCKET_ATTEMPT_PENDING)
			end(e, i, state, error);
}

static enum dial_action give_up(struct dial_engine *e, int late)
{
	end_all(e, SOCKET_ATTEMPT_FAILED, ETIMEDOUT);
	e->late = late;
	e->over = DIAL_FAILED;
	return DIAL_FAILED;
}

/* Moves the next entry ahead of the waiting ones. */
static enum dial_action start(struct dial_engine *e, size_t *which)
{
	size_t i = socket6_dial_order(e);
	struct dial_entry next = e->entries[i];

	memmove(&e->entries[e->started + 1], &e->entries[e->started],
		(i - e->started) * sizeof next);
	next.a.state = SOCKET_ATTEMPT_PENDING;
	next.a.error = 0;
	next.a.start = since(e);
	*which = e->started++;
	e->entries[*which] = next;
	e->pending++;
	e->hurried = 0;
	e->last_started = e->now;
	return DIAL_START;
}

/* Whether that moment is known, and here. */
static int is_due(const struct dial_engine *e, int64_t moment)
{
	return moment != -1 && e->now >= moment;
}

/* A deadline of 0 still lets attempts start that can start at once. */
static int is_late(const struct dial_engine *e)
{
	return is_due(e, last_moment(e)) &&
	       (e->deadline != 0 || !is_due(e, next_start(e)));
}

enum dial_action socket6_dial_next(struct dial_engine *e, int64_t now,
				   size_t *which)
{
	see(e, now);
	if (e->begun == -1)
		e->begun = e->now;
	*which = e->winner;
	if (e->over)
		return e->over;
	if (is_exhausted(e))
		return give_up(e, 0);
	if (is_late(e))
		return give_up(e, 1);
	return is_due(e, next_start(e)) ? start(e, which) : DIAL_WAIT;
}

int64_t socket6_dial_due(const struct dial_engine *e)
{
	int64_t next, last;

	if (e->over)
		return -1;
	if (e->begun == -1 || is_exhausted(e))
		return e->now;
	next = next_start(e);
	last = last_moment(e);
	return next == -1 || (last != -1 && last < next) ? last : next;
}

void socket6_dial_connected(struct dial_engine *e, int64_t now, size_t which)
{
	see(e, now);
	end(e, which, SOCKET_ATTEMPT_CONNECTED, 0);
	end_all(e, SOCKET_ATTEMPT_CANCELLED, 0);
	e->winner = which;
	e->over = DIAL_CONNECTED;
}

void socket6_dial_failed(struct dial_engine *e, int64_t now, size_t which,
			 int error)
{
	see(e, now);
	end(e, which, SOCKET_ATTEMPT_FAILED, error);
	e->hurried = 1;
}

void socket6_dial_lacking(struct dial_engine *e, int64_t now, size_t which,
			  int error)
{
	if (e->pending == 1 || which != e->started - 1) {
		socket6_dial_failed(e, now, which, error);
		return;
	}
	see(e, now);
	end(e, which, SOCKET_ATTEMPT_WAITING, error);
	e->entries[which].a.start = e->entries[which].a.end = 0;
	e->started--;
}
