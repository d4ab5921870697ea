/* SPDX-License-Identifier: ISC */
/*
 * engine_rules.c - what must hold of a dial in every state, and of all that it does.
 *
 * Each rule is one function, which says where it was promised: RFC 8305, the
 * header (dial.h), the engine's own (engine.h), the pages. None of them reads
 * from the engine when something happened: they go by what was seen outside.
 */
#include "engine_world.h"

#include <errno.h>

/* RFC 8305 section 5: the least Connection Attempt Delay. */
enum { LEAST_DELAY = 10 * MILLISECOND };

/* ---- what they ask of the outside ---- */

#define FOR_EACH(k) for (int k = 0; k < ADDRESSES; k++)

static const struct seen *seen_of(const struct world *w, int number)
{
	return &w->outside.seen[number];
}

static int goes_on(const struct seen *seen)
{
	return seen->life == GOES_ON || seen->life == STANDS;
}

static int has_begun(const struct seen *seen)
{
	return seen->life > WAITS;
}

static int pending(const struct world *w)
{
	int n = 0;

	FOR_EACH(k) n += goes_on(seen_of(w, k));
	return n;
}

/*
 * Whether an address waits in a lane; of a family, if that is not -1, and did
 * not give way.
 */
static int waits_in(const struct world *w, int lane, int v4)
{
	FOR_EACH(k)
	if (seen_of(w, k)->life == WAITS && seen_of(w, k)->slow == lane &&
	    (v4 == -1 || (world_is_v4(w, k) == v4 && !seen_of(w, k)->dropped)))
		return 1;
	return 0;
}

/* Whether no attempt has begun, be it one that gave way. */
static int is_first(const struct world *w)
{
	return !w->outside.last[SWIFT] && !w->outside.last[SLOW];
}

static int any_waits(const struct world *w)
{
	return waits_in(w, SWIFT, -1) || waits_in(w, SLOW, -1);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t deadline_of(const struct world *w)
{
	return w->engine.deadline < 0 ? INT64_MAX
				      : w->outside.begun + w->engine.deadline;
}

/*
 * How long an attempt of a lane that began then is alone: libsocket6-dial(7),
 * "half of the time that is left, but at least 10 milliseconds", and two fifths
 * of the delay (100 of 250 milliseconds) for what was silent.
 */
static int64_t delay_in(const struct world *w, int lane, int64_t began)
{
	int64_t delay = w->engine.attempt_delay;

	if (lane == SLOW)
		delay = delay * 2 / 5;
	return most(least(delay, (deadline_of(w) - began) / 2), LEAST_DELAY);
}

/*
 * What an address may lose because it was silent: socket_history_new(3), the
 * attempt delay or a twentieth of the time limit.
 */
static int64_t loss(const struct world *w)
{
	int64_t limit = w->engine.deadline;

	if (limit == 0)
		return 0;
	if (limit < 0)
		limit = INT64_MAX;
	return most(least(w->engine.attempt_delay, limit / 20), LEAST_DELAY);
}

/*
 * When a lane may begin its next attempt, after none that failed; what is
 * apart of the other lane's included.
 */
static int64_t earliest(const struct world *w, int lane)
{
	const struct outside *o = &w->outside;
	int64_t start = 0, gap = least(loss(w), LEAST_DELAY);

	if (o->last[lane])
		start = o->last[lane] + delay_in(w, lane, o->last[lane]);
	else if (lane == SLOW)
		start = o->first_began + loss(w);
	if (pending(w) && (lane == SLOW || !o->last[lane]))
		start = most(start, least(o->last_began, start) + gap);
	return start;
}

/* ---- rules of every state ---- */

/* dial.h: the default of each option; RFC 8305 section 8. */
void rules_of_defaults(const struct world *w)
{
	const struct dial_engine *e = &w->engine;

	HOLDS(w, e->attempt_delay == (int64_t)250 * MILLISECOND);
	HOLDS(w, e->resolution_delay == (int64_t)50 * MILLISECOND);
	HOLDS(w, e->last_wait == -1 && e->deadline == -1);
	HOLDS(w, e->most == 0 && !e->asks && !e->ended);
}

/* engine.h, room.h: an address has one place, which its state tells. */
static void each_list_is_whole(const struct world *w,
			       const struct dial_list *list, int state,
			       int places[ADDRESSES])
{
	size_t before = NO_ENTRY, i = list->first;

	for (; i != NO_ENTRY; before = i, i = w->entries[i].next) {
		const struct dial_entry *entry = &w->entries[i];

		HOLDS(w, i < w->engine.room.count);
		HOLDS(w, places[i]++ == 0);
		HOLDS(w, entry->before == before);
		HOLDS(w,
		      entry->a.state == state ||
			      (state == SOCKET_ATTEMPT_PENDING &&
			       entry->a.state == SOCKET_ATTEMPT_UNCONFIRMED));
	}
	HOLDS(w, list->last == before);
}

static void every_address_has_one_place(const struct world *w)
{
	const struct dial_engine *e = &w->engine;
	int places[ADDRESSES] = {0};

	each_list_is_whole(w, &e->again, SOCKET_ATTEMPT_WAITING, places);
	for (int lane = 0; lane < LANES; lane++)
		for (int v4 = 0; v4 < FAMILIES_OF_DIAL; v4++)
			each_list_is_whole(w, &e->lanes[lane].waiting[v4],
					   SOCKET_ATTEMPT_WAITING, places);
	each_list_is_whole(w, &e->pending, SOCKET_ATTEMPT_PENDING, places);
	for (size_t i = 0; i < e->room.count; i++)
		HOLDS(w,
		      places[i] == !has_begun(seen_of(w, world_number(w, i))) ||
			      goes_on(seen_of(w, world_number(w, i))));
}

/*
 * dial.h, socket_dial_attempts: those that were tried in the order of their
 * attempts, each once.
 */
static void what_was_tried_is_told_once(const struct world *w)
{
	const struct dial_room *room = &w->engine.room;
	int began = 0;

	for (size_t i = 0; i < room->count; i++)
		began += has_begun(seen_of(w, world_number(w, i)));
	HOLDS(w, room->started == (size_t)began);
	for (size_t k = 0; k < room->started; k++) {
		const struct seen *seen = seen_of(
			w, world_number(w, room->tried[k]));

		HOLDS(w, has_begun(seen));
		for (size_t j = 0; j < k; j++) {
			const struct seen *sooner = seen_of(
				w, world_number(w, room->tried[j]));

			HOLDS(w, room->tried[j] != room->tried[k]);
			HOLDS(w, sooner->began <= seen->began);
		}
	}
}

/* dial.h, SOCKET_DIAL_MOST: attempts at once. */
static void no_more_than_most_go_on(const struct world *w)
{
	HOLDS(w, w->engine.pending_count == (size_t)pending(w));
	HOLDS(w, !w->engine.most || pending(w) <= (int)w->engine.most);
}

/* dial.h, socket_dial_add: those that the dial already has are ignored. */
static void every_address_is_known_once(const struct world *w)
{
	const struct dial_room *room = &w->engine.room;
	size_t of[FAMILIES_OF_DIAL] = {0};

	HOLDS(w, room->count <= room->max);
	for (size_t i = 0; i < room->count; i++) {
		const struct dial_entry *entry = &w->entries[i];

		HOLDS(w, socket6_room_find(room, &entry->a.addr) == i);
		of[entry->v4]++;
	}
	HOLDS(w, room->of[0] == of[0] && room->of[1] == of[1]);
}

/*
 * RFC 8305 section 7, engine.h: what is behind the NAT64 counts as IPv4, and
 * that which waits too. What gave way counts again when its turn comes.
 */
static void what_waits_counts_in_its_family(const struct world *w)
{
	for (size_t i = 0; i < w->engine.room.count; i++) {
		int number = world_number(w, i);

		if (seen_of(w, number)->life == WAITS &&
		    !seen_of(w, number)->dropped)
			HOLDS(w, w->entries[i].v4 == world_is_v4(w, number));
	}
}

static const int states[] = {
	[WAITS] = SOCKET_ATTEMPT_WAITING,
	[GOES_ON] = SOCKET_ATTEMPT_PENDING,
	[STANDS] = SOCKET_ATTEMPT_UNCONFIRMED,
	[FAILED] = SOCKET_ATTEMPT_FAILED,
	[CONNECTED] = SOCKET_ATTEMPT_CONNECTED,
	[CANCELLED] = SOCKET_ATTEMPT_CANCELLED,
};

/*
 * dial.h, struct socket_attempt6: the state, the error, and the times after the
 * first step. An attempt that began goes on until an event ends it, or the dial.
 */
static void an_attempt_is_as_it_was_seen(const struct world *w, size_t i)
{
	const struct socket_attempt6 *a = &w->entries[i].a;
	const struct seen *seen = seen_of(w, world_number(w, i));
	int64_t begun = w->outside.begun;

	HOLDS(w, seen->life != UNKNOWN);
	HOLDS(w, a->state == states[seen->life]);
	HOLDS(w, a->error == seen->error);
	HOLDS(w, a->state != SOCKET_ATTEMPT_FAILED || a->error);
	HOLDS(w, a->start == (has_begun(seen) ? seen->began - begun : 0));
	HOLDS(w, a->end == (seen->life > GOES_ON ? seen->ended - begun : 0));
	HOLDS(w, a->end == 0 || a->end >= a->start);
}

/*
 * dial.h: the first to connect is returned, and every other attempt is closed;
 * of those that failed none is kept.
 */
static void at_the_end_nothing_goes_on(const struct world *w)
{
	const struct outside *o = &w->outside;
	int connected = 0;

	FOR_EACH(k) connected += seen_of(w, k)->life == CONNECTED;
	HOLDS(w, connected == (w->engine.over == DIAL_CONNECTED));
	HOLDS(w, !connected || seen_of(w, o->winner)->life == CONNECTED);
	HOLDS(w, !w->engine.over || w->engine.pending.first == NO_ENTRY);
	HOLDS(w, !w->engine.over || w->engine.pending_count == 0);
	HOLDS(w, !o->over || (int)w->engine.over == o->over);
}

/* engine.h: a clock that runs back is taken to stand still. */
static void the_clock_does_not_run_back(const struct world *w)
{
	HOLDS(w, w->engine.now <= w->now);
	HOLDS(w, w->engine.begun == -1 || w->engine.begun <= w->engine.now);
}

static enum dial_action next_at(const struct world *w, int64_t now,
				size_t *which)
{
	struct world later;

	world_copy(&later, w);
	return socket6_dial_next(&later.engine, now, which);
}

/*
 * engine.h, socket6_dial_due: when next has something to do without an event; -1
 * for never. dial.h, socket_dial_pollfds: a step does not wait in vain.
 */
static void what_is_due_is_done_then(const struct world *w)
{
	const struct dial_engine *e = &w->engine;
	int64_t due = socket6_dial_due(e);
	size_t i;

	if (e->over || e->begun == -1)
		return;
	if (due == -1) {
		HOLDS(w, next_at(w, w->now + INT32_MAX, &i) == DIAL_WAIT);
		return;
	}
	HOLDS(w, next_at(w, due, &i) != DIAL_WAIT);
	HOLDS(w, due <= e->now || next_at(w, due - 1, &i) == DIAL_WAIT);
}

/* A call of one, at the same time, that has ended: the same answer for ever. */
static void the_end_is_final(const struct world *w)
{
	struct world later;
	size_t i = NO_ENTRY;
	static const struct socket_addr6 another = {.ip = {1}, .port = 1};
	int reason = socket6_dial_reason(&w->engine);

	if (!w->engine.over)
		return;
	world_copy(&later, w);
	HOLDS(w, socket6_dial_due(&w->engine) == -1);
	later.engine.ended = 1;
	if (later.engine.room.count < later.engine.room.max)
		socket6_dial_add(&later.engine, w->now, &another, 1);
	HOLDS(w, socket6_dial_next(&later.engine, w->now + INT32_MAX, &i) ==
			 w->engine.over);
	HOLDS(w, w->engine.over == DIAL_FAILED ||
			 world_number(w, i) == w->outside.winner);
	HOLDS(w, socket6_dial_reason(&later.engine) == reason);
	HOLDS(w, socket6_dial_due(&later.engine) == -1);
}

/*
 * socket_history_new(3): silent is what had no answer for as long as the attempt
 * delay, and for longer than the one that won took.
 */
static void only_silence_is_silence(const struct world *w, size_t i)
{
	const struct seen *seen = seen_of(w, world_number(w, i));
	enum dial_verdict verdict = socket6_dial_verdict(&w->engine, i);
	int64_t waited = seen->ended - seen->began, needed = 0;
	int answered = seen->life == CONNECTED || seen->error == ECONNREFUSED ||
		       seen->error == ECONNRESET;

	if (w->outside.winner != -1)
		needed = seen_of(w, w->outside.winner)->ended -
			 seen_of(w, w->outside.winner)->began;
	HOLDS(w, (verdict == DIAL_ANSWERED) == answered);
	HOLDS(w,
	      (verdict == DIAL_SILENT) ==
		      ((seen->life == CANCELLED || seen->error == ETIMEDOUT) &&
		       waited >= w->engine.attempt_delay && waited > needed));
}

void rules_of_state(const struct world *w)
{
	every_address_has_one_place(w);
	what_was_tried_is_told_once(w);
	no_more_than_most_go_on(w);
	every_address_is_known_once(w);
	what_waits_counts_in_its_family(w);
	for (size_t i = 0; i < w->engine.room.count; i++)
		an_attempt_is_as_it_was_seen(w, i);
	at_the_end_nothing_goes_on(w);
	the_clock_does_not_run_back(w);
	what_is_due_is_done_then(w);
	the_end_is_final(w);
	for (size_t k = 0; w->outside.over && k < w->engine.room.started; k++)
		only_silence_is_silence(w, w->tried[k]);
}

/* ---- rules of what is added ---- */

static int has(const struct world *w, int number)
{
	return seen_of(w, number)->life != UNKNOWN;
}

/*
 * dial.h, socket_dial_add: 0, or -1 with ENOBUFS if the dial is full; the first
 * ones were added. Without that none is lost.
 */
static void what_has_room_is_added(const struct world *before,
				   const struct world *w,
				   const struct event *event, int result)
{
	int wanted = 0, had = 0, max = (int)w->engine.room.max;

	FOR_EACH(k) had += has(before, k);
	for (const signed char *k = event->list; *k != -1; k++)
		wanted += !has(before, *k);
	HOLDS(w, result == (had + wanted > max ? -1 : 0));
	HOLDS(w, result == 0 || errno == ENOBUFS);
	had += wanted;
	HOLDS(w, (int)w->engine.room.count == (result ? max : had));
	FOR_EACH(k)
	HOLDS(w, result == -1 || !has(before, k) || has(w, k));
}

/* NAMES.md section 3, dial.h: what was tried stays, families by turns. */
static void what_was_tried_keeps_its_place(const struct world *before,
					   const struct world *w)
{
	int of[FAMILIES_OF_DIAL] = {0}, lost[FAMILIES_OF_DIAL] = {0};

	FOR_EACH(k)
	{
		HOLDS(w, !has_begun(seen_of(before, k)) || has(w, k));
		of[world_is_v4(w, k)] += has(w, k);
		lost[world_is_v4(w, k)] += has(before, k) && !has(w, k);
	}
	HOLDS(w, !lost[0] || of[0] >= of[1]);
	HOLDS(w, !lost[1] || of[1] >= of[0]);
}

/* Whether one of a family waits that could make room. */
static int can_make_room(const struct world *w, int v4)
{
	return waits_in(w, SWIFT, v4) || waits_in(w, SLOW, v4);
}

/*
 * socket_dial_new(3): if more are added, it keeps max of them, alternating
 * between the families. So none is lost while the other has two more.
 */
static void the_families_have_as_much_room(const struct world *w,
					   const signed char *list)
{
	int of[FAMILIES_OF_DIAL] = {0};

	FOR_EACH(k) of[world_is_v4(w, k)] += has(w, k);
	for (; *list != -1; list++) {
		int v4 = world_is_v4(w, *list);

		if (!has(w, *list) && can_make_room(w, !v4))
			HOLDS(w, of[!v4] <= of[v4] + 1);
	}
}

void rules_of_add(const struct world *before, const struct world *w,
		  const struct event *event, int result)
{
	what_has_room_is_added(before, w, event, result);
	what_was_tried_keeps_its_place(before, w);
	the_families_have_as_much_room(w, event->list);
}

/* ---- rules of an attempt that begins ---- */

/* RFC 8305 section 5, dial.h: an address is tried once. */
static void none_is_tried_twice(const struct world *w, int which)
{
	HOLDS(w, seen_of(w, which)->life == WAITS);
}

/* dial.h, SOCKET_DIAL_DEADLINE; 0: what can begin at once does. */
static void nothing_begins_after_the_deadline(const struct world *w)
{
	HOLDS(w, w->now < deadline_of(w) || w->engine.deadline == 0);
	HOLDS(w, !w->outside.over);
}

/*
 * RFC 8305 section 3: IPv4 addresses that came alone wait the resolution delay
 * for IPv6 ones; libsocket6-dial(7): but not for more than half of the time.
 */
static void ipv4_waits_for_ipv6(const struct world *w)
{
	const struct outside *o = &w->outside;
	int64_t waited = w->now - o->first_added;

	if (is_first(w) && !o->given_v6 && !o->ended)
		HOLDS(w,
		      waited >= w->engine.resolution_delay ||
			      waited >= (deadline_of(w) - o->first_added) / 2);
}

/*
 * RFC 8305 section 5: the next attempt begins after the attempt delay, or when
 * one has failed.
 */
static void an_attempt_has_its_time_alone(const struct world *w, int which)
{
	int lane = seen_of(w, which)->slow;

	if (!is_first(w) && !w->outside.failed[lane])
		HOLDS(w, w->now >= earliest(w, lane));
}

/* RFC 8305 section 4: the families take turns, each in the resolver's order. */
static void families_take_turns(const struct world *w, int which)
{
	const struct outside *o = &w->outside;
	int v4 = world_is_v4(w, which), lane = seen_of(w, which)->slow;

	if (lane == SWIFT && o->last[SWIFT] && waits_in(w, SWIFT, !v4))
		HOLDS(w, v4 != o->last_v4[SWIFT]);
	FOR_EACH(k)
	{
		const struct seen *other = seen_of(w, k),
				  *seen = seen_of(w, which);

		if (other->life == WAITS && other->slow == lane &&
		    world_is_v4(w, k) == v4 && !seen->lacked &&
		    !other->lacked && !other->dropped)
			HOLDS(w, other->added >= seen->added);
	}
}

/*
 * RFC 8305 section 4: the first family is that of the resolver's first address,
 * if one answer had both; else IPv6 (section 3).
 */
static void the_first_family_is_first(const struct world *w, int which)
{
	const struct outside *o = &w->outside;
	int v4 = world_is_v4(w, which), none_is_slow = 1;

	FOR_EACH(k) none_is_slow &= !seen_of(w, k)->slow;
	if (none_is_slow && is_first(w) && waits_in(w, SWIFT, !v4))
		HOLDS(w, v4 == (o->mixed && o->first_v4));
}

/* socket_history_new(3): what was silent is tried beside the others, later. */
static void what_was_silent_is_not_first(const struct world *w, int which)
{
	if (is_first(w))
		HOLDS(w, !seen_of(w, which)->slow || !waits_in(w, SWIFT, -1));
}

/* dial.h, socket_dial_set_history: consulted for untried addresses. */
static void the_history_is_asked_before(const struct world *w, int which)
{
	if (w->setting->asks && !seen_of(w, which)->dropped &&
	    !seen_of(w, which)->lacked)
		HOLDS(w, seen_of(w, which)->round == w->outside.round);
}

/* NAMES.md section 3: who gave way goes to the end of those that wait. */
static void who_gave_way_is_last(const struct world *w, int which)
{
	const struct seen *seen = seen_of(w, which);

	FOR_EACH(k)
	{
		const struct seen *other = seen_of(w, k);

		if (seen->dropped && other->life == WAITS && !other->lacked &&
		    !other->dropped)
			HOLDS(w, other->added > seen->dropped);
	}
}

static void rules_of_start(const struct world *w, int which)
{
	none_is_tried_twice(w, which);
	nothing_begins_after_the_deadline(w);
	ipv4_waits_for_ipv6(w);
	an_attempt_has_its_time_alone(w, which);
	families_take_turns(w, which);
	the_first_family_is_first(w, which);
	what_was_silent_is_not_first(w, which);
	the_history_is_asked_before(w, which);
	who_gave_way_is_last(w, which);
}

/* ---- rules of an attempt that gives way ---- */

/* The attempt that has been pending longest, and has not given way; or -1. */
static int longest(const struct world *w)
{
	int first = -1;

	FOR_EACH(k)
	if (seen_of(w, k)->life == GOES_ON && !seen_of(w, k)->dropped &&
	    (first == -1 || seen_of(w, k)->began < seen_of(w, first)->began))
		first = k;
	return first;
}

static int64_t has_had_its_time(const struct world *w, int which)
{
	const struct seen *seen = seen_of(w, which);

	return seen->began + delay_in(w, seen->slow, seen->began);
}

/*
 * NAMES.md section 3: where there is no descriptor, or no more are allowed, the
 * attempt that has been pending longest gives way, once; RFC 8305 section 5: not
 * before it had its time.
 */
static void only_the_longest_gives_way(const struct world *w, int which)
{
	const struct seen *seen = seen_of(w, which);
	int first = longest(w);

	HOLDS(w, w->outside.crowded || pending(w) == (int)w->engine.most);
	HOLDS(w, seen->life == GOES_ON && !seen->dropped);
	HOLDS(w, seen->began == seen_of(w, first)->began);
	HOLDS(w, w->now >= has_had_its_time(w, which));
	HOLDS(w, any_waits(w));
	HOLDS(w, w->now < deadline_of(w) || w->engine.deadline == 0);
}

/* ---- rules of a question to the history ---- */

static void the_history_is_asked_once(const struct world *w, int which)
{
	HOLDS(w, w->setting->asks);
	HOLDS(w, seen_of(w, which)->life == WAITS);
	HOLDS(w, seen_of(w, which)->round != w->outside.round);
	HOLDS(w, w->now < deadline_of(w) || w->engine.deadline == 0);
}

/* ---- rules of a wait ---- */

/* dial.h, socket_dial_step: once all have failed, the dial fails. */
static int is_exhausted(const struct world *w)
{
	return w->outside.ended && !w->outside.awaits && !pending(w) &&
	       !any_waits(w);
}

static void none_waits_for_nothing(const struct world *w)
{
	HOLDS(w, !is_exhausted(w));
	HOLDS(w, !w->outside.over);
}

/* When the last wait is over (SOCKET_DIAL_LAST_WAIT); INT64_MAX for never. */
static int64_t last_wait_of(const struct world *w)
{
	const struct outside *o = &w->outside;
	int64_t more = 0;

	if (w->engine.last_wait < 0 || !o->ended || !o->tried || any_waits(w))
		return INT64_MAX;
	if (o->slow_tried)
		more = o->slow_tried * w->engine.attempt_delay + loss(w) +
		       LEAST_DELAY;
	return o->last_began + w->engine.last_wait + more;
}

/* dial.h: the deadline, after the first step; the last wait. */
static void a_time_limit_is_kept(const struct world *w)
{
	HOLDS(w, w->now < deadline_of(w));
	HOLDS(w, w->now < last_wait_of(w));
}

/* RFC 8305 section 3: nothing else keeps the first address waiting. */
static void the_first_attempt_waits_for_ipv6_alone(const struct world *w)
{
	const struct outside *o = &w->outside;

	if (!is_first(w) || !any_waits(w))
		return;
	HOLDS(w, !o->ended && !o->given_v6);
	HOLDS(w, w->now - o->first_added < w->engine.resolution_delay);
}

/*
 * Whether a lane's next attempt only waits for another one to give way; of those
 * that began together it may be either.
 */
static int waits_for_room(const struct world *w)
{
	int first = longest(w);

	if (!w->outside.crowded &&
	    (!w->engine.most || pending(w) < (int)w->engine.most))
		return 0;
	FOR_EACH(k)
	if (first != -1 && seen_of(w, k)->life == GOES_ON &&
	    seen_of(w, k)->began == seen_of(w, first)->began &&
	    w->now < has_had_its_time(w, k))
		return 1;
	return first == -1;
}

/* Whether it gave way to another one that still waits. */
static int is_behind(const struct world *w, int which)
{
	int dropped = seen_of(w, which)->dropped;

	FOR_EACH(k)
	if (k != which && dropped && seen_of(w, k)->life == WAITS &&
	    seen_of(w, k)->dropped < dropped)
		return 1;
	return 0;
}

static int has_next(const struct world *w, int lane)
{
	FOR_EACH(k)
	if (seen_of(w, k)->life == WAITS && seen_of(w, k)->slow == lane &&
	    !is_behind(w, k))
		return 1;
	return 0;
}

/*
 * RFC 8305 section 5: the next attempt begins when the delay is over, or at once
 * when one fails. What has just come to wait in a lane may keep apart from the
 * others.
 */
static void no_address_is_kept_waiting(const struct world *w, int lane)
{
	const struct outside *o = &w->outside;
	int64_t latest = earliest(w, lane);

	if (is_first(w) || !has_next(w, lane) || waits_for_room(w))
		return;
	HOLDS(w, !o->failed[lane]);
	if (lane == SLOW || !o->last[lane])
		latest = most(latest,
			      most(o->queued, o->last_began) + LEAST_DELAY);
	HOLDS(w, w->now < latest);
}

static void rules_of_wait(const struct world *w)
{
	none_waits_for_nothing(w);
	a_time_limit_is_kept(w);
	the_first_attempt_waits_for_ipv6_alone(w);
	no_address_is_kept_waiting(w, SWIFT);
	no_address_is_kept_waiting(w, SLOW);
}

/* ---- rules of the end ---- */

/* dial.h: the descriptor of the one that connected. */
static void the_one_that_connected_has_won(const struct world *w, int which)
{
	HOLDS(w, which == w->outside.winner);
	HOLDS(w, seen_of(w, which)->life == CONNECTED);
}

/* A dial fails when nothing is left, or its time is over: not sooner. */
static void a_dial_fails_for_a_reason(const struct world *before)
{
	const struct world *w = before;

	if (!w->outside.over)
		HOLDS(w, is_exhausted(w) || w->now >= deadline_of(w) ||
				 w->now >= last_wait_of(w));
	HOLDS(w, w->outside.winner == -1);
}

/*
 * dial.h, socket_dial6: 0 checks once; socket_dial(3): with 0, every
 * attempt that can start now is started.
 */
static void without_time_what_can_begins(const struct world *w)
{
	if (w->engine.deadline != 0 || w->outside.over)
		return;
	HOLDS(w, !is_first(w) || !any_waits(w));
	no_address_is_kept_waiting(w, SWIFT);
	no_address_is_kept_waiting(w, SLOW);
}

/* dial.h, socket_dial_step: how much each errno explains. */
static int explains(int error)
{
	static const struct {
		int error, rank;
	} ranks[] = {{ECONNREFUSED, 6},	 {ECONNRESET, 5},   {EHOSTUNREACH, 4},
		     {EMFILE, 3},	 {ETIMEDOUT, 2},    {ENETUNREACH, 1},
		     {EADDRNOTAVAIL, 1}, {EAFNOSUPPORT, 1}, {0, 0}};
	int k = 0;

	while (ranks[k].error != error)
		k++;
	return ranks[k].rank;
}

static void explain(const struct world *w, int *reason, size_t i)
{
	const struct seen *seen = seen_of(w, world_number(w, i));
	int error = goes_on(seen) ? ETIMEDOUT : seen->error;

	if (explains(error) > explains(*reason))
		*reason = error;
}

/*
 * dial.h, socket_dial_step: of all reasons the one that explains most, and the
 * first attempt's of those that explain as much; what was not answered in time
 * is ETIMEDOUT; EDESTADDRREQ if there was no address.
 */
static void the_reason_explains_most(const struct world *before,
				     const struct world *w)
{
	const struct dial_room *room = &before->engine.room;
	int reason = before->outside.ended && !pending(before) &&
				     !any_waits(before)
			     ? 0
			     : ETIMEDOUT;

	if (before->outside.over)
		return;
	for (size_t k = 0; k < room->started; k++)
		explain(before, &reason, room->tried[k]);
	for (size_t i = 0; i < room->count; i++)
		if (seen_of(before, world_number(before, i))->life == WAITS)
			explain(before, &reason, i);
	HOLDS(w, socket6_dial_reason(&w->engine) ==
			 (reason ? reason : EDESTADDRREQ));
}

void rules_of_action(const struct world *before, const struct world *w,
		     enum dial_action action, int which)
{
	switch (action) {
	case DIAL_START:
		rules_of_start(before, which);
		break;
	case DIAL_DROP:
		only_the_longest_gives_way(before, which);
		break;
	case DIAL_ASK:
		the_history_is_asked_once(before, which);
		break;
	case DIAL_WAIT:
		rules_of_wait(before);
		break;
	case DIAL_CONNECTED:
		the_one_that_connected_has_won(before, which);
		break;
	case DIAL_FAILED:
		a_dial_fails_for_a_reason(before);
		without_time_what_can_begins(before);
		the_reason_explains_most(before, w);
		break;
	}
}
