/* SPDX-License-Identifier: ISC */
/* engine_world.c - what happens to a dial's engine, and what is seen of it outside. */
#include "engine_world.h"

#include <errno.h>
#include <string.h>

enum { START = 1000000000 };

/* ---- addresses ---- */

/* 2001:db8::a or, behind the NAT64, 64:ff9b::c000:20a; 192.0.2.10. */
static struct socket_addr6 address(const struct setting *setting, int v4,
				   int number)
{
	static const char v6[16] = "\x20\x01\x0d\xb8";
	static const char behind[16] = "\0\x64\xff\x9b\0\0\0\0\0\0\0\0\xc0\0\2";
	static const char mapped[16] = "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2";
	struct socket_addr6 a = {.port = 80};

	if (v4)
		memcpy(a.ip, mapped, 16);
	else
		memcpy(a.ip, setting->has_nat64 && !number ? behind : v6, 16);
	a.ip[15] = (char)(10 + number);
	return a;
}

int world_number(const struct world *w, size_t i)
{
	return w->entries[i].a.addr.ip[15] - 10;
}

size_t world_place(const struct world *w, int number)
{
	size_t i = 0;

	while (world_number(w, i) != number)
		i++;
	return i;
}

/* ---- worlds ---- */

static int64_t time_of(int milliseconds, int64_t usual)
{
	if (milliseconds == 0)
		return usual;
	return milliseconds == AT_ONCE ? 0
				       : (int64_t)milliseconds * MILLISECOND;
}

static void set(struct dial_engine *e, const struct setting *setting)
{
	e->attempt_delay = time_of(setting->attempt_delay, e->attempt_delay);
	e->resolution_delay = time_of(setting->resolution_delay,
				      e->resolution_delay);
	e->last_wait = time_of(setting->last_wait, e->last_wait);
	e->deadline = time_of(setting->deadline, e->deadline);
	e->most = setting->most;
	e->asks = setting->asks;
}

static void point(struct world *w)
{
	w->engine.room.entries = w->entries;
	w->engine.room.buckets = w->buckets;
	w->engine.room.tried = w->tried;
}

void world_init(struct world *w, const struct setting *setting,
		const char *families)
{
	struct outside *o = &w->outside;

	memset(w, 0, sizeof *w);
	w->setting = setting;
	w->now = START;
	socket6_dial_init(&w->engine);
	rules_of_defaults(w);
	set(&w->engine, setting);
	point(w);
	socket6_room_rehash(&w->engine.room,
			    setting->max ? setting->max : ADDRESSES);
	for (int k = 0; k < ADDRESSES; k++)
		o->seen[k].v4 = families[k] == '4';
	o->last_v4[SWIFT] = o->last_v4[SLOW] = -1;
	o->first_v4 = o->winner = -1;
	o->round = 1;
}

void world_copy(struct world *w, const struct world *from)
{
	memcpy(w, from, sizeof *w);
	point(w);
}

/*
 * The time that the engine is told. What it knows already it is told to be
 * earlier: its clock is to stand still then (engine.h).
 */
static int64_t clock_of(const struct world *w)
{
	return w->engine.now == w->now ? w->now - 7 * MILLISECOND : w->now;
}

/* ---- events ---- */

int world_is_v4(const struct world *w, int number)
{
	return w->outside.seen[number].v4 ||
	       (w->setting->has_nat64 && w->outside.found && number == 0);
}

/* What the answer says of the family that is to be first. */
static void see_answer(struct world *w, const signed char *list)
{
	struct outside *o = &w->outside;
	int v4 = 0, v6 = 0, is_first = o->first_added == 0;

	for (const signed char *k = list; *k != -1; k++)
		*(world_is_v4(w, *k) ? &v4 : &v6) = 1;
	if (is_first && *list != -1) {
		o->first_v4 = world_is_v4(w, *list);
		o->mixed = v4 && v6;
		o->first_added = w->now;
	}
	o->given_v4 |= v4;
	o->given_v6 |= v6;
}

/* Which addresses the dial has now, and has no more. */
static void see_room(struct world *w, const signed char *list)
{
	struct outside *o = &w->outside;
	int has[ADDRESSES] = {0};

	for (size_t i = 0; i < w->engine.room.count; i++)
		has[world_number(w, i)] = 1;
	for (int k = 0; k < ADDRESSES; k++)
		if (!has[k] && o->seen[k].life != UNKNOWN) {
			int v4 = o->seen[k].v4;

			memset(&o->seen[k], 0, sizeof o->seen[k]);
			o->seen[k].v4 = v4;
		}
	for (; *list != -1; list++)
		if (has[*list] && o->seen[*list].life == UNKNOWN) {
			o->seen[*list].life = WAITS;
			o->seen[*list].added = ++o->changes;
		}
}

static void add(struct world *w, const struct event *event)
{
	struct socket_addr6 addrs[ADDRESSES];
	struct world before;
	size_t n = 0;
	int result;

	for (const signed char *k = event->list; *k != -1; k++)
		addrs[n++] = address(w->setting, w->outside.seen[*k].v4, *k);
	world_copy(&before, w);
	errno = 0;
	result = socket6_dial_add(&w->engine, clock_of(w), addrs, n);
	see_answer(w, event->list);
	see_room(w, event->list);
	rules_of_add(&before, w, event, result);
}

static void see_end(struct world *w, struct seen *seen, int life, int error)
{
	seen->life = life;
	seen->error = error;
	seen->ended = w->now;
}

static void connect_it(struct world *w, int which)
{
	struct outside *o = &w->outside;

	socket6_dial_connected(&w->engine, clock_of(w), world_place(w, which));
	for (int k = 0; k < ADDRESSES; k++)
		if (o->seen[k].life == GOES_ON || o->seen[k].life == STANDS)
			see_end(w, &o->seen[k],
				k == which ? CONNECTED : CANCELLED, 0);
	o->winner = which;
}

static void stand(struct world *w, int which)
{
	struct seen *seen = &w->outside.seen[which];

	socket6_dial_stands(&w->engine, clock_of(w), world_place(w, which));
	see_end(w, seen, STANDS, 0);
	w->outside.last[seen->slow] = w->now;
}

static void see_failure(struct world *w, int which, int error)
{
	see_end(w, &w->outside.seen[which], FAILED, error);
	w->outside.failed[SWIFT] = w->outside.failed[SLOW] = 1;
	w->outside.crowded = 0;
}

static void fail(struct world *w, int which, int error)
{
	socket6_dial_failed(&w->engine, clock_of(w), world_place(w, which),
			    error);
	see_failure(w, which, error);
}

/* Whether another attempt has a descriptor; one that may give it away. */
static int has_other(const struct outside *o, int which, int may_give_way)
{
	for (int k = 0; k < ADDRESSES; k++)
		if (k != which &&
		    (o->seen[k].life == GOES_ON ||
		     (o->seen[k].life == STANDS && !may_give_way)) &&
		    !(may_give_way && o->seen[k].dropped))
			return 1;
	return 0;
}

/* It waits again, and what the history said may not hold any more. */
static void see_back(struct world *w, int which)
{
	struct outside *o = &w->outside;
	struct seen *seen = &o->seen[which];

	o->tried--;
	o->slow_tried -= seen->slow;
	seen->life = WAITS;
	seen->began = 0;
	if (seen->round != o->round)
		seen->slow = 0;
}

/* The newest attempt waits again if another one has a descriptor. */
static void lack(struct world *w, int which, int error)
{
	struct outside *o = &w->outside;
	struct seen *seen = &o->seen[which];
	const struct dial_room *room = &w->engine.room;
	int is_newest = world_number(w, room->tried[room->started - 1]) ==
			which;

	socket6_dial_lacking(&w->engine, clock_of(w), world_place(w, which),
			     error);
	if (!is_newest || !has_other(o, which, 0)) {
		see_failure(w, which, error);
		return;
	}
	see_back(w, which);
	seen->error = error;
	seen->lacked = 1;
	o->last_v4[seen->slow] = !world_is_v4(w, which);
	o->crowded = has_other(o, which, 1);
	o->failed[seen->slow] |= o->crowded;
}

/* What was asked of the history is to be asked again. */
static void forget(struct world *w)
{
	socket6_dial_ask_again(&w->engine);
	w->outside.round++;
	for (int k = 0; k < ADDRESSES; k++)
		if (w->outside.seen[k].life == WAITS)
			w->outside.seen[k].slow = 0;
}

static void find(struct world *w)
{
	static const struct nat64 nat64 = {
		1, {{"\0\x64\xff\x9b\0\0\0\0\0\0\0\0\0\0\0", 96}}};

	w->engine.awaited = 0;
	w->outside.awaits = 0;
	w->outside.found = 1;
	if (w->outside.seen[0].life == WAITS && !w->outside.seen[0].v4)
		w->outside.seen[0].added = ++w->outside.changes;
	socket6_dial_set_nat64(&w->engine, &nat64);
}

static void await(struct world *w)
{
	w->engine.awaited = 1;
	w->outside.awaits = w->outside.awaited = 1;
}

static void answer(struct world *w, int which, int slow)
{
	struct seen *seen = &w->outside.seen[which];

	socket6_dial_is(&w->engine, world_place(w, which), slow);
	seen->slow = slow;
	seen->round = w->outside.round;
	if (slow)
		w->outside.queued = w->now;
}

void world_happen(struct world *w, const struct event *event)
{
	switch (event->what) {
	case ANSWER:
		answer(w, event->which, event->value);
		break;
	case ADD:
		add(w, event);
		break;
	case END:
		w->engine.ended = w->outside.ended = 1;
		break;
	case CONNECT:
		connect_it(w, event->which);
		break;
	case STAND:
		stand(w, event->which);
		break;
	case FAIL:
		fail(w, event->which, event->value);
		break;
	case LACK:
		lack(w, event->which, event->value);
		break;
	case FORGET:
		forget(w);
		break;
	case AWAIT:
		await(w);
		break;
	case FIND:
		find(w);
		break;
	case CLOCK:
		w->now = event->moment;
		break;
	case STEP:
		break;
	}
}

/* ---- steps ---- */

static void see_start(struct world *w, int which)
{
	struct outside *o = &w->outside;
	struct seen *seen = &o->seen[which];
	int lane = seen->slow;

	if (!o->first_began)
		o->first_began = w->now;
	seen->life = GOES_ON;
	seen->error = 0;
	seen->began = w->now;
	seen->ended = 0;
	o->last[lane] = o->last_began = w->now;
	o->last_v4[lane] = world_is_v4(w, which);
	o->failed[lane] = 0;
	o->tried++;
	o->slow_tried += lane;
}

static void see_drop(struct world *w, int which)
{
	struct outside *o = &w->outside;
	struct seen *seen = &o->seen[which];

	see_back(w, which);
	seen->dropped = ++o->changes;
	o->crowded = 0;
	o->queued = w->now;
}

/* What goes on when a dial fails has had no answer in time. */
static void see_failed(struct world *w)
{
	struct outside *o = &w->outside;

	for (int k = 0; k < ADDRESSES; k++)
		if (o->seen[k].life == GOES_ON || o->seen[k].life == STANDS)
			see_end(w, &o->seen[k], FAILED, ETIMEDOUT);
}

enum dial_action world_step(struct world *w, int *which)
{
	struct world before;
	enum dial_action action;
	size_t i = NO_ENTRY;

	world_copy(&before, w);
	if (!w->outside.begun)
		w->outside.begun = before.outside.begun = w->now;
	action = socket6_dial_next(&w->engine, clock_of(w), &i);
	*which = action == DIAL_WAIT || action == DIAL_FAILED
			 ? -1
			 : world_number(w, i);
	rules_of_action(&before, w, action, *which);
	if (action == DIAL_START)
		see_start(w, *which);
	else if (action == DIAL_DROP)
		see_drop(w, *which);
	else if (action == DIAL_FAILED && !w->outside.over)
		see_failed(w);
	if (action == DIAL_CONNECTED || action == DIAL_FAILED)
		w->outside.over = (int)action;
	return action;
}
