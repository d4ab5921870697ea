/* SPDX-License-Identifier: ISC */
/* engine_print.c - the fingerprint of a world: its whole state, times relative. */
#include "engine_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A number is what it is; a moment counts from now, but 0 and -1, which mean
 * none; what is left out says why.
 */
enum kind { NUMBER, MOMENT, LEFT_OUT };

struct field {
	size_t at, size;
	enum kind kind;
};

#define FIELD(type, member, kind)                                              \
 {                                                                             \
  offsetof(struct type, member), sizeof(((struct type *)0)->member), kind      \
 }

static const struct field of_engine[] = {
	/* Settings do not change. */
	FIELD(dial_engine, attempt_delay, LEFT_OUT),
	FIELD(dial_engine, resolution_delay, LEFT_OUT),
	FIELD(dial_engine, last_wait, LEFT_OUT),
	FIELD(dial_engine, deadline, LEFT_OUT),
	FIELD(dial_engine, most, LEFT_OUT),
	FIELD(dial_engine, asks, LEFT_OUT),
	FIELD(dial_engine, room.max, LEFT_OUT),
	FIELD(dial_engine, room.count, NUMBER),
	FIELD(dial_engine, room.of, NUMBER),
	/* Where these are does not matter: what they have is added. */
	FIELD(dial_engine, room.entries, LEFT_OUT),
	FIELD(dial_engine, room.buckets, LEFT_OUT),
	FIELD(dial_engine, room.tried, LEFT_OUT),
	FIELD(dial_engine, room.started, NUMBER),
	FIELD(dial_engine, room.nat64.n, NUMBER),
	/* Known or not: there is but one. */
	FIELD(dial_engine, room.nat64.prefixes, LEFT_OUT),
#define LANE(which)                                                            \
 FIELD(dial_engine, lanes[which].waiting, NUMBER),                             \
	 FIELD(dial_engine, lanes[which].is_begun, NUMBER),                    \
	 FIELD(dial_engine, lanes[which].was_v4, NUMBER),                      \
	 FIELD(dial_engine, lanes[which].last, MOMENT),                        \
	 FIELD(dial_engine, lanes[which].hurried, NUMBER),                     \
	 FIELD(dial_engine, lanes[which].since, MOMENT),                       \
	 FIELD(dial_engine, lanes[which].fresh, MOMENT)
	LANE(SWIFT),
	LANE(SLOW),
	FIELD(dial_engine, pending, NUMBER),
	FIELD(dial_engine, again, NUMBER),
	FIELD(dial_engine, pending_count, NUMBER),
	/* See print_times. */
	FIELD(dial_engine, begun, LEFT_OUT),
	FIELD(dial_engine, now, MOMENT),
	FIELD(dial_engine, first_added, MOMENT),
	FIELD(dial_engine, first_started, MOMENT),
	FIELD(dial_engine, last_started, MOMENT),
	FIELD(dial_engine, asked, NUMBER),
	FIELD(dial_engine, slow_started, NUMBER),
	FIELD(dial_engine, turns, NUMBER),
	FIELD(dial_engine, ended, NUMBER),
	FIELD(dial_engine, awaited, NUMBER),
	FIELD(dial_engine, crowded, NUMBER),
	FIELD(dial_engine, late, NUMBER),
	FIELD(dial_engine, name_error, NUMBER),
	FIELD(dial_engine, first_is_v4, NUMBER),
	FIELD(dial_engine, mixed, NUMBER),
	FIELD(dial_engine, winner, NUMBER),
	FIELD(dial_engine, over, NUMBER),
};

static const struct field of_entry[] = {
	FIELD(dial_entry, a.addr, NUMBER),
	FIELD(dial_entry, a.state, NUMBER),
	FIELD(dial_entry, a.error, NUMBER),
	/* See print_times. */
	FIELD(dial_entry, a.start, LEFT_OUT),
	FIELD(dial_entry, a.end, LEFT_OUT),
	FIELD(dial_entry, v4, NUMBER),
	FIELD(dial_entry, slow, NUMBER),
	FIELD(dial_entry, asked, NUMBER),
	FIELD(dial_entry, turn, NUMBER),
	FIELD(dial_entry, came_late, NUMBER),
	FIELD(dial_entry, gave_way, NUMBER),
	FIELD(dial_entry, same, NUMBER),
	FIELD(dial_entry, next, NUMBER),
	FIELD(dial_entry, before, NUMBER),
	/* The driver's, which the engine does not use. */
	FIELD(dial_entry, s, LEFT_OUT),
	FIELD(dial_entry, blocks, LEFT_OUT),
	FIELD(dial_entry, buf, LEFT_OUT),
	FIELD(dial_entry, len, LEFT_OUT),
	FIELD(dial_entry, sent, LEFT_OUT),
	FIELD(dial_entry, from, LEFT_OUT),
	FIELD(dial_entry, has_no_route, LEFT_OUT),
	FIELD(dial_entry, watched, LEFT_OUT),
	FIELD(dial_entry, rests, LEFT_OUT),
};

static const struct field of_outside[] = {
#define SEEN(number)                                                           \
 {offsetof(struct outside, seen[number]), offsetof(struct seen, began),        \
  NUMBER},                                                                     \
	 FIELD(outside, seen[number].began, MOMENT),                           \
	 FIELD(outside, seen[number].ended, MOMENT)
	SEEN(0),
	SEEN(1),
	SEEN(2),
	/* See print_times. */
	FIELD(outside, begun, LEFT_OUT),
	FIELD(outside, first_added, MOMENT),
	FIELD(outside, first_began, MOMENT),
	FIELD(outside, last_began, MOMENT),
	FIELD(outside, queued, MOMENT),
	FIELD(outside, last, MOMENT),
	{offsetof(struct outside, last_v4),
	 sizeof(struct outside) - offsetof(struct outside, last_v4), NUMBER},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Xorshift and multiply, as of 64 bits in the finalizer of MurmurHash3. */
static void mix(uint64_t *print, uint64_t word)
{
	*print = (*print ^ word) * 0x9e3779b97f4a7c15;
	*print ^= *print >> 29;
}

static int64_t relative(int64_t moment, int64_t now)
{
	return moment > 0 ? moment - now : INT64_MIN - moment;
}

static void mix_field(uint64_t *print, const struct field *f, const char *from,
		      int64_t now)
{
	int64_t moment;
	uint32_t number;

	for (size_t k = 0; f->kind == MOMENT && k < f->size; k += 8) {
		memcpy(&moment, from + f->at + k, 8);
		mix(print, (uint64_t)relative(moment, now));
	}
	for (size_t k = 0; f->kind == NUMBER && k < f->size; k += 4) {
		memcpy(&number, from + f->at + k, 4);
		mix(print, number);
	}
}

static void mix_all(uint64_t *print, const struct field *fields, size_t n,
		    const void *from, int64_t now)
{
	for (size_t i = 0; i < n; i++)
		mix_field(print, &fields[i], from, now);
}

/*
 * What an attempt's times mean as moments. Without a deadline nothing else
 * depends on how long ago the first step was.
 */
static void print_times(uint64_t *print, const struct world *w)
{
	const struct dial_engine *e = &w->engine;

	mix(print, e->begun == -1);
	if (e->deadline >= 0)
		mix(print, (uint64_t)relative(e->begun, w->now));
	for (size_t i = 0; i < e->room.count; i++) {
		const struct socket_attempt6 *a = &w->entries[i].a;
		int64_t begun = e->begun - w->now;

		if (a->state != SOCKET_ATTEMPT_WAITING)
			mix(print, (uint64_t)(a->start + begun));
		if (a->state > SOCKET_ATTEMPT_PENDING)
			mix(print, (uint64_t)(a->end + begun));
	}
}

uint64_t world_print(const struct world *w)
{
	uint64_t print = 1;

	mix_all(&print, of_engine, COUNT(of_engine), &w->engine, w->now);
	for (size_t i = 0; i < w->engine.room.count; i++)
		mix_all(&print, of_entry, COUNT(of_entry), &w->entries[i],
			w->now);
	for (size_t i = 0; i <= w->engine.room.max; i++)
		mix(&print, w->buckets[i]);
	for (size_t k = 0; k < w->engine.room.started; k++)
		mix(&print, w->tried[k]);
	print_times(&print, w);
	mix_all(&print, of_outside, COUNT(of_outside), &w->outside, w->now);
	return print;
}

/* Between two fields there is nothing but what aligns the second one. */
static void check_fields(const char *name, const struct field *fields, size_t n,
			 size_t size)
{
	size_t end = 0;

	for (size_t i = 0; i <= n; i++) {
		size_t at = i < n ? fields[i].at : size;

		if (at < end || at - end >= 8 || (at != end && at % 8)) {
			printf("Bail out! engine_print.c does not know byte "
			       "%zu of "
			       "struct %s\n",
			       end, name);
			exit(1);
		}
		end = at + (i < n ? fields[i].size : 0);
	}
}

void world_check_print(void)
{
	check_fields("dial_engine", of_engine, COUNT(of_engine),
		     sizeof(struct dial_engine));
	check_fields("dial_entry", of_entry, COUNT(of_entry),
		     sizeof(struct dial_entry));
	check_fields("outside", of_outside, COUNT(of_outside),
		     sizeof(struct outside));
}
