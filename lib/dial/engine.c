/* SPDX-License-Identifier: ISC */
/* engine.c - Happy Eyeballs (RFC 8305) as a function of events and time. */
#include "engine.h"

#include <errno.h>
#include <string.h>

/* RFC 8305 section 8. */
enum { RESOLUTION_DELAY = 50000, ATTEMPT_DELAY = 250000 };

/* The least Connection Attempt Delay that RFC 8305 allows, section 5. */
enum { LEAST_DELAY = 10000 };

/* What of a time limit an address may lose because it was silent of late. */
enum { HEAD_START = 20 };

void socket6_dial_init(struct dial_engine *e)
{
	memset(e, 0, sizeof *e);
	e->attempt_delay = ATTEMPT_DELAY;
	e->resolution_delay = RESOLUTION_DELAY;
	e->last_wait = e->deadline = -1;
	e->begun = -1;
	e->asked = 1;
	socket6_list_init(&e->pending);
	socket6_list_init(&e->again);
	for (int lane = 0; lane < LANES; lane++)
		for (int v4 = 0; v4 < FAMILIES_OF_DIAL; v4++)
			socket6_list_init(&e->lanes[lane].waiting[v4]);
}

static struct dial_entry *entry_of(const struct dial_engine *e, size_t i)
{
	return &e->room.entries[i];
}

static struct dial_lane *lane_of(struct dial_engine *e, size_t i)
{
	return &e->lanes[entry_of(e, i)->slow ? SLOW : SWIFT];
}

/* Where it waits. */
static struct dial_list *queue_of(struct dial_engine *e, size_t i)
{
	return &lane_of(e, i)->waiting[entry_of(e, i)->v4];
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

/*
 * The family that goes first is that of the resolver's first address, if it
 * gave both families together. IPv6 goes first if they came each by itself
 * (RFC 8305 section 3).
 */
static void prefer(struct dial_engine *e, const struct socket_addr6 *addrs,
		   size_t n)
{
	const struct dial_room *room = &e->room;
	int v4 = 0, v6 = 0;

	for (size_t i = 0; i < n; i++)
		socket6_room_is_v4(room, &addrs[i]) ? v4++ : v6++;
	if (room->count == 0) {
		e->first_is_v4 = n > 0 && socket6_room_is_v4(room, &addrs[0]);
		e->mixed = v4 && v6;
	} else if (v6 && !e->mixed) {
		e->first_is_v4 = 0;
	}
}

/* The last one that waits of a family: those asked about came before. */
static size_t last_waiting(const struct dial_engine *e, int v4)
{
	size_t last = e->lanes[SWIFT].waiting[v4].last;

	return last != NO_ENTRY ? last : e->lanes[SLOW].waiting[v4].last;
}

/* A place for one of this family, or NO_ENTRY: see socket6_dial_add. */
static size_t make_place(struct dial_engine *e, int v4)
{
	struct dial_room *room = &e->room;
	size_t i;

	if (room->count < room->max)
		return room->count++;
	if (room->of[!v4] <= room->of[v4] + 1)
		return NO_ENTRY;
	i = last_waiting(e, !v4);
	if (i != NO_ENTRY) {
		socket6_list_remove(room, queue_of(e, i), i);
		socket6_room_forget(room, i);
	}
	return i;
}

int socket6_dial_add(struct dial_engine *e, int64_t now,
		     const struct socket_addr6 *addrs, size_t n)
{
	int was_full = 0;

	see(e, now);
	prefer(e, addrs, n);
	if (e->room.count == 0)
		e->first_added = e->now;
	for (size_t k = 0; k < n; k++) {
		size_t i;

		if (socket6_room_find(&e->room, &addrs[k]) != NO_ENTRY)
			continue;
		was_full |= e->room.count == e->room.max;
		i = make_place(e, socket6_room_is_v4(&e->room, &addrs[k]));
		if (i == NO_ENTRY)
			continue;
		socket6_room_put(&e->room, i, &addrs[k]);
		entry_of(e, i)->came_late = e->room.started != 0;
		socket6_list_append(&e->room, queue_of(e, i), i);
	}
	if (was_full)
		errno = ENOBUFS;
	return was_full ? -1 : 0;
}

/* Moves what waits as IPv6, and is IPv4, behind the IPv4 addresses. */
static void recount(struct dial_engine *e, struct dial_lane *lane)
{
	struct dial_room *room = &e->room;
	size_t next;

	for (size_t i = lane->waiting[0].first; i != NO_ENTRY; i = next) {
		struct dial_entry *entry = entry_of(e, i);

		next = entry->next;
		if (!socket6_room_is_v4(room, &entry->a.addr))
			continue;
		socket6_list_remove(room, &lane->waiting[0], i);
		socket6_list_append(room, &lane->waiting[1], i);
		entry->v4 = 1;
		room->of[0]--;
		room->of[1]++;
	}
}

void socket6_dial_set_nat64(struct dial_engine *e, const struct nat64 *nat64)
{
	e->room.nat64 = *nat64;
	for (int lane = 0; lane < LANES; lane++)
		recount(e, &e->lanes[lane]);
}

/* Of those that wait the next of a family that has not been asked about. */
static size_t to_ask(const struct dial_engine *e)
{
	for (int k = 0; e->asks && k < FAMILIES_OF_DIAL; k++) {
		size_t i = e->lanes[SWIFT].waiting[k].first;

		if (i != NO_ENTRY && entry_of(e, i)->asked != e->asked)
			return i;
	}
	return NO_ENTRY;
}

static int waits(const struct dial_lane *lane)
{
	return lane->waiting[0].first != NO_ENTRY ||
	       lane->waiting[1].first != NO_ENTRY;
}

/*
 * It comes to wait: its family, and what was asked about it, are what they are
 * now, and not what they were when it was tried.
 */
static void reconsider(struct dial_engine *e, size_t which)
{
	struct dial_room *room = &e->room;
	struct dial_entry *entry = entry_of(e, which);

	if (entry->asked != e->asked)
		entry->slow = 0;
	room->of[entry->v4]--;
	entry->v4 = socket6_room_is_v4(room, &entry->a.addr);
	room->of[entry->v4]++;
}

/* It waits, after the others of its lane. */
static void queue(struct dial_engine *e, size_t which)
{
	struct dial_lane *lane;

	reconsider(e, which);
	lane = lane_of(e, which);
	if (!waits(lane))
		lane->fresh = e->now;
	socket6_list_append(&e->room, queue_of(e, which), which);
}

void socket6_dial_is(struct dial_engine *e, size_t which, int slow)
{
	struct dial_entry *entry = entry_of(e, which);

	socket6_list_remove(&e->room, queue_of(e, which), which);
	if (!entry->asked)
		entry->turn = e->turns[entry->v4]++;
	entry->asked = e->asked;
	entry->slow = slow;
	if (slow)
		queue(e, which);
	else
		socket6_list_prepend(&e->room, queue_of(e, which), which);
}

/* What is known to be slow came before what has not been asked about. */
void socket6_dial_ask_again(struct dial_engine *e)
{
	e->asked++;
	for (int v4 = 0; v4 < FAMILIES_OF_DIAL; v4++) {
		struct dial_list *slow = &e->lanes[SLOW].waiting[v4];

		for (size_t i = slow->first; i != NO_ENTRY;
		     i = entry_of(e, i)->next)
			entry_of(e, i)->slow = 0;
		socket6_list_splice(&e->room, &e->lanes[SWIFT].waiting[v4],
				    slow);
	}
}

/* No attempt has begun, not even one that gave way. */
static int is_first(const struct dial_engine *e)
{
	return !e->lanes[SWIFT].is_begun && !e->lanes[SLOW].is_begun;
}

static int all_began(const struct dial_engine *e)
{
	return !waits(&e->lanes[SWIFT]) && !waits(&e->lanes[SLOW]);
}

/* No attempt goes on, and none will begin but by a NAT64. */
static int is_idle(const struct dial_engine *e)
{
	return e->ended && e->pending_count == 0 && all_began(e);
}

static int is_exhausted(const struct dial_engine *e)
{
	return is_idle(e) && !e->awaited;
}

/* The deadline, or a moment that never comes. */
static int64_t deadline_of(const struct dial_engine *e)
{
	return e->deadline >= 0 ? e->begun + e->deadline : INT64_MAX;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/*
 * How long an attempt that began then is alone in its lane. Two fifths of the
 * delay for one that was silent recently, which of 250 milliseconds are the 100
 * that RFC 8305 section 5 recommends as the least. The next one has half of the
 * time.
 */
static int64_t delay(const struct dial_engine *e, int slow, int64_t began)
{
	int64_t alone = slow ? e->attempt_delay * 2 / 5 : e->attempt_delay;

	alone = least(alone, (deadline_of(e) - began) / 2);
	return most(alone, LEAST_DELAY);
}

/*
 * IPv4 addresses that came alone wait a little for IPv6 ones, but leave
 * themselves half of the time.
 */
static int64_t first_start(const struct dial_engine *e)
{
	int64_t left = deadline_of(e) - e->first_added;

	if (e->ended || !e->first_is_v4 || e->mixed)
		return e->now;
	return e->first_added + least(e->resolution_delay, left / 2);
}

/* The slow lane begins so long after the other one. */
static int64_t head_start(const struct dial_engine *e)
{
	int64_t start = e->attempt_delay;

	if (e->deadline == 0)
		return 0;
	if (e->deadline > 0)
		start = least(start, e->deadline / HEAD_START);
	return most(start, LEAST_DELAY);
}

/*
 * What the last wait is longer by: an address that was silent of late might
 * have gone first, and had the time of the others.
 */
static int64_t compensation(const struct dial_engine *e)
{
	int64_t slow = (int64_t)e->slow_started;

	return slow ? slow * e->attempt_delay + head_start(e) + LEAST_DELAY : 0;
}

/* When the dial ends for want of time; -1 for never. */
static int64_t last_moment(const struct dial_engine *e)
{
	int64_t last = deadline_of(e);

	if (e->last_wait >= 0 && e->ended && e->room.started && all_began(e))
		last = least(last,
			     e->last_started + e->last_wait + compensation(e));
	return last == INT64_MAX ? -1 : last;
}

/* An attempt of one lane does not begin together with one of the other. */
static int64_t apart(const struct dial_engine *e, int64_t start)
{
	int64_t gap = least(head_start(e), LEAST_DELAY);

	return e->pending_count
		       ? most(start, least(e->last_started, start) + gap)
		       : start;
}

/* When the next of a lane may begin, if there is room; -1: after an event. */
static int64_t next_in(const struct dial_engine *e, int which)
{
	const struct dial_lane *lane = &e->lanes[which];
	int64_t start = e->now;

	if (!waits(lane) ||
	    (which == SLOW && is_first(e) && waits(&e->lanes[SWIFT])))
		return -1;
	if (is_first(e))
		return first_start(e);
	if (lane->is_begun)
		start = lane->last + delay(e, which == SLOW, lane->last);
	else if (which == SLOW)
		start = e->first_started + head_start(e);
	if (which == SLOW || !lane->is_begun)
		start = apart(e, most(start, lane->fresh));
	return lane->hurried ? least(start, lane->since) : start;
}

/* The attempt that has been pending longest, and may give its place away. */
static size_t longest_pending(const struct dial_engine *e)
{
	size_t i = e->pending.first;

	while (i != NO_ENTRY &&
	       (entry_of(e, i)->gave_way ||
		entry_of(e, i)->a.state != SOCKET_ATTEMPT_PENDING))
		i = entry_of(e, i)->next;
	return i;
}

static int has_place(const struct dial_engine *e)
{
	return !e->most || e->pending_count < e->most;
}

/* Whether the next one takes the place of another, which then is *longest. */
static int takes_place(const struct dial_engine *e, size_t *longest)
{
	if (has_place(e) && !e->crowded)
		return 0;
	*longest = longest_pending(e);
	return !has_place(e) || *longest != NO_ENTRY;
}

/* Nobody gives way before the time that it has for itself. */
static int64_t next_start(const struct dial_engine *e, int *lane)
{
	int64_t swift = next_in(e, SWIFT), slow = next_in(e, SLOW), start,
		began;
	size_t longest;

	*lane = swift == -1 || (slow != -1 && slow < swift) ? SLOW : SWIFT;
	start = *lane == SLOW ? slow : swift;
	if (start == -1 || !takes_place(e, &longest))
		return start;
	if (longest == NO_ENTRY)
		return -1;
	began = e->begun + entry_of(e, longest)->a.start;
	return most(start, began + delay(e, entry_of(e, longest)->slow, began));
}

static void end(struct dial_engine *e, size_t which, int state, int error)
{
	struct socket_attempt6 *a = &entry_of(e, which)->a;

	socket6_list_remove(&e->room, &e->pending, which);
	a->state = state;
	a->error = error;
	a->end = since(e);
	e->pending_count--;
}

static void end_all(struct dial_engine *e, int state, int error)
{
	while (e->pending.first != NO_ENTRY)
		end(e, e->pending.first, state, error);
}

static enum dial_action give_up(struct dial_engine *e, int late)
{
	end_all(e, SOCKET_ATTEMPT_FAILED, ETIMEDOUT);
	e->late = late;
	e->over = DIAL_FAILED;
	return DIAL_FAILED;
}

/* Who gave way is tried once more, after all others. */
static void try_again(struct dial_engine *e)
{
	size_t i;

	if (!all_began(e))
		return;
	while ((i = e->again.first) != NO_ENTRY) {
		socket6_list_remove(&e->room, &e->again, i);
		queue(e, i);
	}
}

static enum dial_action start(struct dial_engine *e, int which, size_t *i)
{
	struct dial_lane *lane = &e->lanes[which];
	struct dial_entry *entry;

	*i = socket6_dial_order(e, lane);
	entry = entry_of(e, *i);
	socket6_list_remove(&e->room, queue_of(e, *i), *i);
	socket6_list_append(&e->room, &e->pending, *i);
	entry->a.state = SOCKET_ATTEMPT_PENDING;
	entry->a.error = 0;
	entry->a.start = since(e);
	if (is_first(e))
		e->first_started = e->now;
	e->room.tried[e->room.started++] = *i;
	e->pending_count++;
	e->slow_started += which == SLOW;
	lane->is_begun = 1;
	lane->was_v4 = entry->v4;
	lane->hurried = 0;
	lane->last = e->last_started = e->now;
	try_again(e);
	return DIAL_START;
}

/* It waits again, as if it had not been tried. */
static void take_back(struct dial_engine *e, size_t which)
{
	struct dial_room *room = &e->room;
	size_t k = room->started - 1;

	while (room->tried[k] != which)
		k--;
	memmove(&room->tried[k], &room->tried[k + 1],
		(room->started - k - 1) * sizeof *room->tried);
	room->started--;
	e->slow_started -= entry_of(e, which)->slow != 0;
	end(e, which, SOCKET_ATTEMPT_WAITING, 0);
	entry_of(e, which)->a.start = entry_of(e, which)->a.end = 0;
}

/* There is no room for the next one: who gives way is tried once more, last. */
static enum dial_action give_way(struct dial_engine *e, size_t *which)
{
	*which = longest_pending(e);
	take_back(e, *which);
	entry_of(e, *which)->gave_way = 1;
	socket6_list_append(&e->room, &e->again, *which);
	try_again(e);
	e->crowded = 0;
	return DIAL_DROP;
}

/* Whether that moment is known, and here. */
static int is_due(const struct dial_engine *e, int64_t moment)
{
	return moment != -1 && e->now >= moment;
}

/* A deadline of 0 still lets attempts start that can start at once. */
static int is_late(const struct dial_engine *e)
{
	int lane;

	return is_due(e, last_moment(e)) &&
	       (e->deadline != 0 ||
		(to_ask(e) == NO_ENTRY && !is_due(e, next_start(e, &lane))));
}

enum dial_action socket6_dial_next(struct dial_engine *e, int64_t now,
				   size_t *which)
{
	size_t longest;
	int lane;

	see(e, now);
	if (e->begun == -1)
		e->begun = e->now;
	*which = e->winner;
	if (e->over)
		return e->over;
	if (is_exhausted(e))
		return give_up(e, 0);
	if (is_late(e))
		return give_up(e, !is_idle(e));
	*which = to_ask(e);
	if (*which != NO_ENTRY)
		return DIAL_ASK;
	if (!is_due(e, next_start(e, &lane)))
		return DIAL_WAIT;
	if (takes_place(e, &longest))
		return give_way(e, which);
	return start(e, lane, which);
}

int64_t socket6_dial_due(const struct dial_engine *e)
{
	int64_t next, last;
	int lane;

	if (e->over)
		return -1;
	if (e->begun == -1 || is_exhausted(e) || to_ask(e) != NO_ENTRY)
		return e->now;
	next = next_start(e, &lane);
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

/*
 * It makes progress: the next attempt begins a delay after that
 * (draft-ietf-happy-happyeyeballs-v3, determining successful connections).
 */
void socket6_dial_stands(struct dial_engine *e, int64_t now, size_t which)
{
	struct socket_attempt6 *a = &entry_of(e, which)->a;

	see(e, now);
	a->state = SOCKET_ATTEMPT_UNCONFIRMED;
	a->end = since(e);
	lane_of(e, which)->last = e->now;
}

static void hurry(struct dial_engine *e)
{
	for (int which = 0; which < LANES; which++) {
		struct dial_lane *lane = &e->lanes[which];

		lane->since = lane->hurried ? lane->since : e->now;
		lane->hurried = 1;
	}
}

void socket6_dial_failed(struct dial_engine *e, int64_t now, size_t which,
			 int error)
{
	see(e, now);
	end(e, which, SOCKET_ATTEMPT_FAILED, error);
	e->crowded = 0;
	hurry(e);
}

/*
 * One that could not begin beside another one waits again, before the others;
 * or there is another one that gives way, and it need not wait.
 */
void socket6_dial_lacking(struct dial_engine *e, int64_t now, size_t which,
			  int error)
{
	struct dial_lane *lane;
	size_t last = e->room.tried[e->room.started - 1];

	if (e->pending_count == 1 || which != last) {
		socket6_dial_failed(e, now, which, error);
		return;
	}
	see(e, now);
	take_back(e, which);
	entry_of(e, which)->a.error = error;
	reconsider(e, which);
	lane = lane_of(e, which);
	lane->was_v4 = !entry_of(e, which)->v4; /* it is its turn again */
	socket6_list_prepend(&e->room, queue_of(e, which), which);
	e->crowded = longest_pending(e) != NO_ENTRY;
	if (e->crowded) {
		lane->hurried = 1;
		lane->since = e->now;
	}
}
