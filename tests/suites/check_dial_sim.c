/* SPDX-License-Identifier: ISC */
/*
 * check_dial_sim.c - the dial's engine in 100,000 random networks.
 *
 * A seed makes a network: which addresses come when, what each of them does
 * and when, the settings, and a clock, which is exact or not. The engine is
 * driven through it as the driver would, and must keep its promises; one with
 * a history is compared with the same one without. A promise that is broken
 * names its seed;
 *
 *	SOCKET6_SEED=12345 tests/suites/check_dial_sim
 *
 * tells that network's story.
 */
#include "dial/engine.h"

#include "suite.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { NETWORKS = 100000, PARTS = 10 };
enum { ADDRESSES = 10, ANSWERS = 4, STEPS = 10000 };
enum { MILLISECOND = 1000, SECOND = 1000000 };

/* What an address does when it is tried. */
struct fate {
	int v4, slow;
	int silent;    /* for ever */
	int error;     /* 0: it connects */
	int lacks;     /* so often there is no descriptor for it */
	int64_t after; /* microseconds; 0: while it is begun */
	int rejected;  /* where connections are to be confirmed, */
	int64_t later; /* so long after it connects */

	int64_t added, began, stood, gave_way; /* when; -1 for not yet */
};

struct answer {
	int64_t at;
	size_t count;
	struct socket_addr6 addrs[ADDRESSES];
};

struct network {
	uint32_t seed, state;
	struct fate fates[ADDRESSES];
	struct answer answers[ANSWERS];
	size_t heard;	/* answers */
	int64_t end;	/* of the answers; -1 for never */
	int sloppy;	/* the clock: steps come late, and it runs back */
	int confirms;	/* connections */
	int has_lacked; /* an attempt, or it had to give way */

	struct dial_engine engine;
	int64_t now;		   /* of the world */
	int64_t seen;		   /* the latest that the engine was told */
	int64_t last_began[LANES]; /* or stood; -1 for no attempt yet */
	int failed[LANES];	   /* an attempt, since */
	size_t winner;
};

static int story; /* is told */

__attribute__((format(printf, 2, 3))) static void
narrate(const struct network *w, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	printf("# %10.3f ms: ", (double)w->now / MILLISECOND);
	vprintf(format, args);
	printf("\n");
	va_end(args);
}

#define recount(...)                                                           \
 do {                                                                          \
  if (story)                                                                   \
   narrate(__VA_ARGS__);                                                       \
 } while (0)

/* Without Check's assertions, each of which would write where it is. */
#define promise(w, condition)                                                  \
 do {                                                                          \
  if (!(condition))                                                            \
   ck_abort_msg("SOCKET6_SEED=%u: not %s", (unsigned int)(w)->seed,            \
		#condition);                                                   \
 } while (0)

/* ---- a network ---- */

/* From 0 to limit - 1: xorshift, 32 bits. */
static uint32_t below(struct network *w, uint32_t limit)
{
	w->state ^= w->state << 13;
	w->state ^= w->state >> 17;
	w->state ^= w->state << 5;
	return w->state % limit;
}

static int one_in(struct network *w, uint32_t n)
{
	return below(w, n) == 0;
}

/* Mostly short, as times are. */
static int64_t some_time(struct network *w)
{
	static const uint32_t limits[] = {1, 50, 300, 3000, 30000};

	return (int64_t)below(w, limits[below(w, 5)]) * MILLISECOND +
	       below(w, MILLISECOND);
}

static void make_fates(struct network *w)
{
	static const int errors[] = {ECONNREFUSED, ECONNRESET,	 EHOSTUNREACH,
				     EACCES,	   ETIMEDOUT,	 ENETUNREACH,
				     EADDRINUSE,   EADDRNOTAVAIL};
	int connects = one_in(w, 4) ? 0 : 1 + (int)below(w, 4);
	int lacks = one_in(w, 8);

	for (struct fate *f = w->fates; f < w->fates + ADDRESSES; f++) {
		f->v4 = one_in(w, 2);
		f->slow = one_in(w, 4);
		f->silent = one_in(w, 3);
		f->error = connects && one_in(w, 4) ? 0 : errors[below(w, 8)];
		f->lacks = lacks && one_in(w, 2) ? (int)below(w, 3) : 0;
		f->after = one_in(w, 4) ? 0 : some_time(w);
		f->rejected = one_in(w, 3);
		f->later = some_time(w);
		f->added = f->began = f->stood = f->gave_way = -1;
	}
}

static struct socket_addr6 address(const struct network *w, size_t i)
{
	struct socket_addr6 a = {.port = 80};

	if (w->fates[i].v4)
		memcpy(a.ip, V4mappedprefix, 12);
	a.ip[15] = (char)i;
	return a;
}

/* Answers, in their order; an address may come again. */
static void make_answers(struct network *w)
{
	int64_t at = 0;

	for (struct answer *a = w->answers; a < w->answers + ANSWERS; a++) {
		a->at = at += one_in(w, 3) ? 0 : some_time(w);
		a->count = below(w, ADDRESSES);
		if (one_in(w, 2))
			a->count = below(w, 3);
		for (size_t i = 0; i < a->count; i++)
			a->addrs[i] = address(w, below(w, ADDRESSES));
	}
	w->end = one_in(w, 16) ? -1 : at + (one_in(w, 3) ? 0 : some_time(w));
}

static void make_settings(struct network *w)
{
	struct dial_engine *e = &w->engine;

	if (one_in(w, 2))
		e->attempt_delay = (10 + below(w, 1991)) * MILLISECOND;
	if (one_in(w, 3))
		e->resolution_delay = below(w, 2001) * MILLISECOND;
	if (one_in(w, 4))
		e->last_wait = one_in(w, 8) ? 0 : some_time(w);
	/* Without an end there is one to the time, or it goes on for ever. */
	if (w->end == -1 || one_in(w, 3))
		e->deadline = one_in(w, 8) ? 0 : some_time(w);
	if (one_in(w, 8))
		e->most = 1 + below(w, 3);
	w->confirms = one_in(w, 4);
}

/* Exactly the memory that the engine is promised. */
static void make_network(struct network *w, uint32_t seed)
{
	struct dial_room *room = &w->engine.room;
	size_t max;

	memset(w, 0, sizeof *w);
	w->seed = seed;
	w->state = seed * 2654435761U + 1;
	max = one_in(w, 8) ? below(w, ADDRESSES) : ADDRESSES;
	socket6_dial_init(&w->engine);
	room->entries = malloc(max * sizeof *room->entries + 1);
	room->buckets = malloc((max + 1) * sizeof *room->buckets);
	room->tried = malloc(max * sizeof *room->tried + 1);
	promise(w, room->entries && room->buckets && room->tried);
	socket6_room_rehash(room, max);
	w->engine.asks = 1;
	w->sloppy = one_in(w, 4);
	w->last_began[SWIFT] = w->last_began[SLOW] = -1;
	make_fates(w);
	make_answers(w);
	make_settings(w);
}

static void end_network(struct network *w)
{
	free(w->engine.room.entries);
	free(w->engine.room.buckets);
	free(w->engine.room.tried);
}

/* ---- its way through ---- */

static const struct dial_entry *entry_of(const struct network *w, size_t i)
{
	return &w->engine.room.entries[i];
}

static struct fate *fate_of(struct network *w, size_t i)
{
	return &w->fates[(size_t)entry_of(w, i)->a.addr.ip[15]];
}

/* The engine's clock; one that is sloppy runs back at times. */
static int64_t clock_of(struct network *w)
{
	int64_t now = w->now;

	if (w->sloppy && one_in(w, 8))
		now -= below(w, SECOND);
	if (now > w->seen)
		w->seen = now;
	return now;
}

static void take_answer(struct network *w, const struct answer *a)
{
	struct dial_engine *e = &w->engine;
	int r;

	errno = 0;
	r = socket6_dial_add(e, clock_of(w), a->addrs, a->count);
	promise(w,
		r == 0 || (errno == ENOBUFS && e->room.count == e->room.max));
	for (size_t i = 0; i < e->room.count; i++) {
		struct fate *f = fate_of(w, i);

		if (f->added != -1)
			continue;
		f->added = w->now;
		recount(w, "address %d, IPv%d%s", entry_of(w, i)->a.addr.ip[15],
			f->v4 ? 4 : 6, f->slow ? ", slow" : "");
	}
}

/* Whether resolver events came by now. */
static int take_answers(struct network *w)
{
	int events = 0;

	while (w->heard < ANSWERS && w->answers[w->heard].at <= w->now) {
		take_answer(w, &w->answers[w->heard++]);
		events = 1;
	}
	if (w->end != -1 && w->end <= w->now && !w->engine.ended) {
		recount(w, "no more addresses");
		w->engine.ended = events = 1;
	}
	return events;
}

static void end_badly(struct network *w, size_t i, int error)
{
	socket6_dial_failed(&w->engine, clock_of(w), i, error);
	w->failed[SWIFT] = w->failed[SLOW] = 1;
}

/* The attempt's answer, which is here: of TCP, or of the program. */
static void hear_of(struct network *w, size_t i)
{
	struct fate *f = fate_of(w, i);

	recount(w, "address %d: %s", entry_of(w, i)->a.addr.ip[15],
		f->error ? strerror(f->error) : "ok");
	if (f->error) {
		end_badly(w, i, f->error);
	} else if (w->confirms && f->stood == -1) {
		f->stood = w->now;
		socket6_dial_stands(&w->engine, clock_of(w), i);
		w->last_began[f->slow ? SLOW : SWIFT] = w->seen;
	} else if (w->confirms && f->rejected) {
		end_badly(w, i, EPROTO);
	} else {
		socket6_dial_connected(&w->engine, clock_of(w), i);
		w->winner = i;
	}
}

static int64_t answer_time(const struct fate *f)
{
	if (f->stood != -1)
		return f->stood + f->later;
	return f->silent ? INT64_MAX : f->began + f->after;
}

static void hear(struct network *w)
{
	size_t next = w->engine.pending.first;

	while (next != NO_ENTRY && !w->engine.over) {
		size_t i = next;

		next = entry_of(w, i)->next;
		if (answer_time(fate_of(w, i)) <= w->now)
			hear_of(w, i);
	}
}

static int64_t at_most(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t at_least(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t deadline_of(const struct network *w)
{
	const struct dial_engine *e = &w->engine;

	return e->deadline == -1 ? INT64_MAX : e->begun + e->deadline;
}

/* How long an attempt of a lane that began then is alone. */
static int64_t delay_in(const struct network *w, int lane, int64_t began)
{
	int64_t delay = w->engine.attempt_delay;

	if (lane == SLOW)
		delay = delay * 2 / 5;
	delay = at_most(delay, (deadline_of(w) - began) / 2);
	return at_least(delay, 10 * MILLISECOND);
}

/* What an address may lose because it was silent of late. */
static int64_t loss(const struct network *w)
{
	const struct dial_engine *e = &w->engine;
	int64_t start = e->attempt_delay;

	if (e->deadline >= 0)
		start = at_most(start, e->deadline / 20);
	return e->deadline == 0 ? 0 : at_least(start, 10 * MILLISECOND);
}

/*
 * RFC 8305 section 3: what the first attempt is to have waited for, but not
 * for more than half of the time.
 */
static void check_first(struct network *w)
{
	const struct dial_engine *e = &w->engine;
	int64_t first = INT64_MAX;
	int has_v6 = 0;

	for (size_t i = 0; i < e->room.count; i++) {
		has_v6 |= !fate_of(w, i)->v4;
		if (fate_of(w, i)->added < first)
			first = fate_of(w, i)->added;
	}
	if (!has_v6 && !e->ended && e->room.max == ADDRESSES)
		promise(w,
			w->now - first >= e->resolution_delay ||
				w->now - first >= (deadline_of(w) - first) / 2);
}

/* Nor together with one of the other lane, where these have more than that. */
static void check_apart(struct network *w, int lane)
{
	int64_t swift = w->last_began[SWIFT], slow = w->last_began[SLOW];

	if (lane == SLOW && swift != -1 && !w->failed[lane] && !w->has_lacked &&
	    !w->sloppy && delay_in(w, SWIFT, swift) > 10 * MILLISECOND)
		promise(w, w->seen > at_least(swift, slow));
}

/* Section 5: two attempts are never nearer than the delay, unless one failed. */
static void check_start(struct network *w, size_t i)
{
	int lane = fate_of(w, i)->slow ? SLOW : SWIFT;
	int64_t last = w->last_began[lane];

	promise(w, w->engine.room.tried[w->engine.room.started - 1] == i);
	promise(w, fate_of(w, i)->added != -1);
	if (w->engine.room.started == 1 && !w->sloppy && !w->has_lacked)
		check_first(w);
	if (last != -1 && !w->failed[lane] && !w->has_lacked)
		promise(w, w->seen - last >= delay_in(w, lane, last));
	if (last == -1 && lane == SLOW && !w->failed[lane] && !w->has_lacked &&
	    w->last_began[SWIFT] != -1)
		promise(w, w->seen - w->engine.first_started >= loss(w));
	check_apart(w, lane);
	promise(w,
		!w->engine.most || w->engine.pending_count <= w->engine.most);
	w->last_began[lane] = w->seen;
	w->failed[lane] = 0;
}

/* No address waits that did so when this one gave way, and was not tried. */
static void check_again(struct network *w, const struct fate *again)
{
	for (size_t k = 0; k < w->engine.room.count; k++) {
		const struct socket_attempt6 *a = &entry_of(w, k)->a;
		const struct fate *f = fate_of(w, k);

		promise(w, a->state != SOCKET_ATTEMPT_WAITING || a->error ||
				   f->gave_way != -1 ||
				   f->added > again->gave_way);
	}
}

static void begin(struct network *w, size_t i)
{
	struct fate *f = fate_of(w, i);

	recount(w, "address %d begins", entry_of(w, i)->a.addr.ip[15]);
	check_start(w, i);
	if (f->gave_way != -1)
		check_again(w, f);
	f->began = w->now;
	if (f->lacks) {
		f->lacks--;
		w->has_lacked = 1;
		recount(w, "no descriptor");
		socket6_dial_lacking(&w->engine, clock_of(w), i, EMFILE);
		if (entry_of(w, i)->a.state == SOCKET_ATTEMPT_WAITING)
			f->began = -1;
	} else if (answer_time(f) <= w->now) {
		hear_of(w, i);
	}
}

/* It has had its time, and is tried again when no other waits. */
static void give_way(struct network *w, size_t i)
{
	struct fate *f = fate_of(w, i);

	recount(w, "address %d gives way", entry_of(w, i)->a.addr.ip[15]);
	promise(w, f->stood == -1 && f->gave_way == -1);
	promise(w,
		w->sloppy ||
			w->now - f->began >=
				delay_in(w, entry_of(w, i)->slow ? SLOW : SWIFT,
					 f->began));
	f->began = -1;
	f->gave_way = w->now;
	w->has_lacked = 1;
}

static void obey(struct network *w, enum dial_action action, size_t i)
{
	if (action == DIAL_START) {
		begin(w, i);
	} else if (action == DIAL_ASK) {
		socket6_dial_is(&w->engine, i, fate_of(w, i)->slow);
	} else {
		give_way(w, i);
	}
}

static enum dial_action step(struct network *w)
{
	enum dial_action action;
	size_t i;

	hear(w);
	while ((action = socket6_dial_next(&w->engine, clock_of(w), &i)) <
	       DIAL_WAIT)
		obey(w, action, i);
	if (action == DIAL_CONNECTED)
		promise(w, i == w->winner);
	return action;
}

static void sooner(int64_t *at, int64_t time)
{
	if (time < *at)
		*at = time;
}

/* When the driver would wake up: by an event or by what the engine has said. */
static int64_t next_time(struct network *w)
{
	int64_t due = socket6_dial_due(&w->engine);
	int64_t at = due == -1 ? INT64_MAX : due;

	if (w->heard < ANSWERS)
		sooner(&at, w->answers[w->heard].at);
	if (w->end != -1 && !w->engine.ended)
		sooner(&at, w->end);
	for (size_t i = w->engine.pending.first; i != NO_ENTRY;
	     i = entry_of(w, i)->next)
		sooner(&at, answer_time(fate_of(w, i)));
	return at;
}

/* Whether it can go on for ever: silence, and nothing that ends it. */
static int is_endless(const struct network *w)
{
	const struct dial_engine *e = &w->engine;

	return e->deadline == -1 && e->pending_count > 0 &&
	       (e->last_wait == -1 || !e->ended ||
		e->room.count > e->room.started);
}

/*
 * To the end of the dial: DIAL_WAIT if it goes on for ever. The addresses that
 * come are no step: the engine must say of itself that it has one to make.
 */
static enum dial_action live(struct network *w)
{
	enum dial_action action = DIAL_WAIT;
	int64_t at;

	for (int i = 0; i < STEPS; i++) {
		at = next_time(w);
		if (at == INT64_MAX) {
			promise(w, is_endless(w));
			return DIAL_WAIT;
		}
		if (at > w->now)
			w->now = at;
		if (w->sloppy && one_in(w, 4))
			w->now += below(w, 100 * MILLISECOND);
		if (take_answers(w))
			continue;
		action = step(w);
		if (action != DIAL_WAIT)
			return action;
		promise(w, socket6_dial_due(&w->engine) == -1 ||
				   socket6_dial_due(&w->engine) > w->seen);
	}
	promise(w, action != DIAL_WAIT);
	return action;
}

/* ---- what is promised of its end ---- */

/* Every address once, each in a state that it can have now. */
static void check_entries(struct network *w, enum dial_action action)
{
	const struct dial_engine *e = &w->engine;
	const struct dial_room *room = &e->room;
	size_t waiting = 0, connected = 0;

	promise(w, room->count <= room->max && room->started <= room->count);
	for (size_t i = 0; i < room->count; i++) {
		const struct socket_attempt6 *a = &entry_of(w, i)->a;
		int goes_on = a->state == SOCKET_ATTEMPT_PENDING ||
			      a->state == SOCKET_ATTEMPT_UNCONFIRMED;

		connected += a->state == SOCKET_ATTEMPT_CONNECTED;
		waiting += a->state == SOCKET_ATTEMPT_WAITING;
		promise(w, action == DIAL_WAIT || !goes_on);
		promise(w, a->state != SOCKET_ATTEMPT_WAITING ||
				   (a->start == 0 && a->end == 0));
		promise(w, a->state != SOCKET_ATTEMPT_FAILED || a->error);
		promise(w, a->state == SOCKET_ATTEMPT_PENDING ||
				   a->end >= a->start);
	}
	promise(w, waiting == room->count - room->started);
	promise(w, connected == (action == DIAL_CONNECTED));
	promise(w, action == DIAL_WAIT || e->pending_count == 0);
	promise(w, e->pending_count == 0 || e->pending.first != NO_ENTRY);
}

static void check_winner(struct network *w)
{
	const struct fate *f = fate_of(w, w->winner);

	promise(w, entry_of(w, w->winner)->a.state == SOCKET_ATTEMPT_CONNECTED);
	promise(w, f->error == 0 && answer_time(f) <= w->now);
}

/* The errno that is told says as much as any attempt's. */
static void check_reason(struct network *w)
{
	const struct dial_engine *e = &w->engine;
	int reason = socket6_dial_reason(e);

	promise(w, reason != 0);
	promise(w, (reason == EDESTADDRREQ) ==
			   (e->ended && e->room.count == 0 && !e->late));
	for (size_t i = 0; i < e->room.count; i++)
		if (entry_of(w, i)->a.error)
			promise(w, socket6_dial_rank(reason) >=
					   socket6_dial_rank(
						   entry_of(w, i)->a.error));
}

/*
 * When a loop that tries one address after another, in the same order, would
 * have had its connection; INT64_MAX for never.
 */
static int64_t serial_end(struct network *w)
{
	int64_t now = 0;

	for (size_t i = 0; i < w->engine.room.started; i++) {
		const struct fate *f = fate_of(w, w->engine.room.tried[i]);

		if (i == 0)
			now = f->began;
		if (f->added > now)
			now = f->added;
		if (f->silent)
			return INT64_MAX;
		now += f->after;
		if (f->error == 0)
			return now;
	}
	return INT64_MAX;
}

/* It is never later than that loop, unless the loop has more time. */
static void check_time(struct network *w, enum dial_action action)
{
	int64_t serial = serial_end(w);

	promise(w, w->now <= deadline_of(w));
	if (w->has_lacked || w->confirms || serial == INT64_MAX)
		return;
	if (action == DIAL_CONNECTED)
		promise(w, w->now <= serial);
	else
		promise(w,
			serial > deadline_of(w) || w->engine.last_wait != -1);
}

/* With time enough, an address that connects is found. */
static void check_success(struct network *w, enum dial_action action)
{
	for (size_t i = 0; i < w->engine.room.count; i++) {
		const struct fate *f = fate_of(w, i);

		if (!f->error && !f->silent && !w->has_lacked &&
		    !(w->confirms && f->rejected))
			promise(w, action == DIAL_CONNECTED);
	}
}

/* Whether addresses came after the first attempt. */
static int came_late(const struct network *w)
{
	for (size_t i = 0; i < w->engine.room.count; i++)
		if (entry_of(w, i)->came_late)
			return 1;
	return 0;
}

/*
 * A history takes nothing away: what connects without it does so with it, but
 * for the loss, and two attempts that must not begin together. For addresses
 * that come late the families' turns may fall out otherwise.
 */
static void check_history(const struct network *with, enum dial_action action)
{
	struct network without;
	int64_t latest;

	make_network(&without, with->seed);
	without.engine.asks = 0;
	for (struct fate *f = without.fates; f < without.fates + ADDRESSES; f++)
		f->slow = 0;
	if (live(&without) == DIAL_CONNECTED &&
	    (with->engine.last_wait == -1 || !came_late(&without))) {
		latest = without.now + loss(with) + 10 * MILLISECOND;
		if (came_late(with) || came_late(&without))
			latest += with->engine.attempt_delay;
		promise(with, action == DIAL_CONNECTED ||
				      latest > deadline_of(&without));
		promise(with, with->now <= latest);
	}
	end_network(&without);
}

static enum dial_action check_network(uint32_t seed)
{
	struct network w;
	enum dial_action action;

	make_network(&w, seed);
	action = live(&w);
	recount(&w, "%s",
		action == DIAL_CONNECTED ? "connected"
		: action == DIAL_FAILED	 ? "failed"
					 : "it goes on for ever");
	check_entries(&w, action);
	if (action == DIAL_CONNECTED)
		check_winner(&w);
	if (action == DIAL_FAILED)
		check_reason(&w);
	if (!w.sloppy)
		check_time(&w, action);
	if (w.engine.deadline == -1 && w.engine.last_wait == -1)
		check_success(&w, action);
	if (!w.sloppy && !w.confirms && !w.has_lacked &&
	    w.engine.room.max == ADDRESSES)
		check_history(&w, action);
	end_network(&w);
	return action;
}

CASE("networks")

LOOP_TEST(the_engine_keeps_its_promises_in_every_network,
	  getenv("SOCKET6_SEED") ? 1 : PARTS)
{
	const char *seed = getenv("SOCKET6_SEED");
	int ends[DIAL_FAILED + 1] = {0};

	story = seed != NULL;
	if (seed) {
		check_network((uint32_t)strtoul(seed, NULL, 10));
		return;
	}
	for (uint32_t i = 0; i < NETWORKS / PARTS; i++)
		ends[check_network((uint32_t)_i * (NETWORKS / PARTS) + i)]++;
	/* The networks differ. */
	ck_assert_int_gt(ends[DIAL_WAIT], NETWORKS / PARTS / 100);
	ck_assert_int_gt(ends[DIAL_FAILED], NETWORKS / PARTS / 10);
	ck_assert_int_gt(ends[DIAL_CONNECTED], NETWORKS / PARTS / 4);
}

#include "check_dial_sim.list"
