/* SPDX-License-Identifier: ISC */
/*
 * check_dial_sim.c - the dial's engine in 100,000 random networks.
 *
 * A seed makes a network: which addresses come when, what each of them does
 * and when, the settings, and a clock, which is exact or not. The engine is
 * driven through it as the driver would, and must keep its promises. One that
 * is broken names its seed;
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

	int64_t added, began; /* when; -1 for not yet */
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
	int has_lacked; /* an attempt */

	struct dial_engine engine;
	int64_t now;	    /* of the world */
	int64_t seen;	    /* the latest that the engine was told */
	int64_t last_began; /* -1 for no attempt yet */
	int failed;	    /* an attempt, since */
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
		f->added = f->began = -1;
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
}

/* Exactly the memory that the engine is promised. */
static void make_network(struct network *w, uint32_t seed)
{
	size_t max;
	struct dial_entry *entries;

	memset(w, 0, sizeof *w);
	w->seed = seed;
	w->state = seed * 2654435761U + 1;
	max = one_in(w, 8) ? below(w, ADDRESSES) : ADDRESSES;
	entries = malloc(max ? max * sizeof *entries : 1);
	promise(w, entries);
	socket6_dial_init(&w->engine, entries, max);
	w->sloppy = one_in(w, 4);
	w->last_began = -1;
	make_fates(w);
	make_answers(w);
	make_settings(w);
}

/* ---- its way through ---- */

static struct fate *fate_of(struct network *w, size_t i)
{
	return &w->fates[(size_t)w->engine.entries[i].a.addr.ip[15]];
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
	size_t before = e->count;
	int r;

	errno = 0;
	r = socket6_dial_add(e, clock_of(w), a->addrs, a->count);
	promise(w, r == 0 || (errno == ENOBUFS && e->count == e->max));
	for (size_t i = before; i < e->count; i++) {
		e->entries[i].slow = fate_of(w, i)->slow;
		promise(w, fate_of(w, i)->added == -1);
		fate_of(w, i)->added = w->now;
		recount(w, "address %d, IPv%d%s", e->entries[i].a.addr.ip[15],
			fate_of(w, i)->v4 ? 4 : 6,
			fate_of(w, i)->slow ? ", slow" : "");
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

/* The attempt's answer, which is here. */
static void hear_of(struct network *w, size_t i)
{
	const struct fate *f = fate_of(w, i);

	recount(w, "attempt %d: %s", (int)i,
		f->error ? strerror(f->error) : "ok");
	if (f->error) {
		socket6_dial_failed(&w->engine, clock_of(w), i, f->error);
		w->failed = 1;
	} else {
		socket6_dial_connected(&w->engine, clock_of(w), i);
		w->winner = i;
	}
}

static int64_t answer_time(const struct fate *f)
{
	return f->silent ? INT64_MAX : f->began + f->after;
}

static int is_pending(const struct network *w, size_t i)
{
	return w->engine.entries[i].a.state == SOCKET_ATTEMPT_PENDING;
}

static void hear(struct network *w)
{
	for (size_t i = 0; i < w->engine.started && !w->engine.over; i++)
		if (is_pending(w, i) && answer_time(fate_of(w, i)) <= w->now)
			hear_of(w, i);
}

/* How long the attempts before this one may be alone. */
static int64_t delay_before(const struct network *w, size_t i)
{
	const struct dial_engine *e = &w->engine;
	int64_t less = e->attempt_delay * 2 / 5;

	if (!e->entries[i - 1].slow)
		return e->attempt_delay;
	return less < 10 * MILLISECOND ? 10 * MILLISECOND : less;
}

static int64_t deadline_of(const struct network *w)
{
	const struct dial_engine *e = &w->engine;

	return e->deadline == -1 ? INT64_MAX : e->begun + e->deadline;
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

	for (size_t i = 0; i < e->count; i++) {
		has_v6 |= !fate_of(w, i)->v4;
		if (fate_of(w, i)->added < first)
			first = fate_of(w, i)->added;
	}
	if (!has_v6 && !e->ended && e->max == ADDRESSES)
		promise(w,
			w->now - first >= e->resolution_delay ||
				w->now - first >= (deadline_of(w) - first) / 2);
}

/* Section 5: two attempts are never nearer than the delay, unless one failed. */
static void check_start(struct network *w, size_t i)
{
	promise(w, i + 1 == w->engine.started);
	promise(w, fate_of(w, i)->added != -1);
	if (w->last_began == -1 && !w->sloppy)
		check_first(w);
	if (w->last_began != -1 && !w->failed)
		promise(w, w->seen - w->last_began >= delay_before(w, i));
	w->last_began = w->seen;
	w->failed = 0;
}

static void begin(struct network *w, size_t i)
{
	struct fate *f = fate_of(w, i);

	recount(w, "attempt %d: address %d", (int)i,
		w->engine.entries[i].a.addr.ip[15]);
	check_start(w, i);
	f->began = w->now;
	if (f->lacks) {
		f->lacks--;
		w->has_lacked = 1;
		recount(w, "attempt %d: no descriptor", (int)i);
		socket6_dial_lacking(&w->engine, clock_of(w), i, EMFILE);
		w->failed = w->engine.started > i;
	} else if (answer_time(f) <= w->now) {
		hear_of(w, i);
	}
}

static enum dial_action step(struct network *w)
{
	enum dial_action action;
	size_t i;

	hear(w);
	while ((action = socket6_dial_next(&w->engine, clock_of(w), &i)) ==
	       DIAL_START)
		begin(w, i);
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
	for (size_t i = 0; i < w->engine.started; i++)
		if (is_pending(w, i))
			sooner(&at, answer_time(fate_of(w, i)));
	return at;
}

/* Whether it can go on for ever: silence, and nothing that ends it. */
static int is_endless(const struct network *w)
{
	const struct dial_engine *e = &w->engine;

	return e->deadline == -1 && e->pending > 0 &&
	       (e->last_wait == -1 || !e->ended || e->count > e->started);
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
	int connected = 0;

	promise(w, e->count <= e->max && e->started <= e->count);
	for (size_t i = 0; i < e->count; i++) {
		const struct socket_attempt6 *a = &e->entries[i].a;

		connected += a->state == SOCKET_ATTEMPT_CONNECTED;
		promise(w, action == DIAL_WAIT ||
				   a->state != SOCKET_ATTEMPT_PENDING);
		promise(w, (a->state == SOCKET_ATTEMPT_WAITING) ==
				   (i >= e->started));
		promise(w, i < e->started || (a->start == 0 && a->end == 0));
		promise(w, a->state != SOCKET_ATTEMPT_FAILED || a->error);
		promise(w, a->state == SOCKET_ATTEMPT_PENDING ||
				   a->end >= a->start);
	}
	promise(w, connected == (action == DIAL_CONNECTED));
	promise(w, action == DIAL_WAIT || e->pending == 0);
}

static void check_winner(struct network *w)
{
	const struct fate *f = fate_of(w, w->winner);

	promise(w, w->engine.entries[w->winner].a.state ==
			   SOCKET_ATTEMPT_CONNECTED);
	promise(w, f->error == 0 && answer_time(f) <= w->now);
}

/* The errno that is told says as much as any attempt's. */
static void check_reason(struct network *w)
{
	const struct dial_engine *e = &w->engine;
	int reason = socket6_dial_reason(e);

	promise(w, reason != 0);
	promise(w, (reason == EDESTADDRREQ) ==
			   (e->ended && e->count == 0 && !e->late));
	for (size_t i = 0; i < e->count; i++)
		if (e->entries[i].a.error)
			promise(w, socket6_dial_rank(reason) >=
					   socket6_dial_rank(
						   e->entries[i].a.error));
}

/*
 * When a loop that tries one address after another, in the same order, would
 * have had its connection; INT64_MAX for never.
 */
static int64_t serial_end(struct network *w)
{
	int64_t now = 0;

	for (size_t i = 0; i < w->engine.started; i++) {
		const struct fate *f = fate_of(w, i);

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
	if (w->has_lacked || serial == INT64_MAX)
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
	for (size_t i = 0; i < w->engine.count; i++) {
		const struct fate *f = fate_of(w, i);

		if (!f->error && !f->silent && !w->has_lacked)
			promise(w, action == DIAL_CONNECTED);
	}
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
	free(w.engine.entries);
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
