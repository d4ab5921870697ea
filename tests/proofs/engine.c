/* SPDX-License-Identifier: ISC */
/*
 * engine.c - every sequence of events that a dial's engine can meet.
 *
 *	tests/proofs/engine [DEPTH [SETTING]]
 *
 * An event is an answer of the resolver, what becomes of an attempt, or the
 * time: to what is due, to a microsecond before that, or by a setting's steps,
 * which cross each delay. Between events the driver calls next, as often as it
 * likes, and a history answers what it likes. All sequences of at most DEPTH
 * events over three addresses are walked; a state that was met with as many
 * events left is not walked again, but what was counted there counts. The rules
 * (engine_rules.c) hold in every state and of each action, or the walk ends, and tells
 * how it came to that.
 *
 * A state is known by 64 bits of its whole (engine_print.c): of ten million
 * states the chance that two have the same is 3 in a million. 16 bytes are kept of
 * each, at most half a gigabyte, and half as much again while the table grows.
 */
#include "engine_world.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DEPTH = 4 };

static const char *const families[] = {"666", "664", "644", "444"};

/* clang-format off */
static const struct setting settings[] = {
{.name = "as it is", .steps = {10, 50, 250}},
{.name = "each reason", .deadline = 400, .steps = {300},
	.errors = {ENETUNREACH, EADDRNOTAVAIL, ECONNREFUSED}},
{.name = "a deadline", .deadline = 400, .steps = {10, 250}},
{.name = "a last wait", .last_wait = 300, .steps = {10, 250}},
{.name = "the least delays", .attempt_delay = 10, .resolution_delay = AT_ONCE,
	.steps = {5, 50}},
{.name = "two at once, a deadline", .deadline = 1000, .most = 2,
	.steps = {10, 250}},
{.name = "few descriptors", .lacks = 1, .steps = {10, 250}},
{.name = "to be confirmed", .confirms = 1, .steps = {10, 250}},
{.name = "a NAT64", .has_nat64 = 1, .errors = {ENETUNREACH},
	.steps = {10, 250}},
{.name = "a NAT64, one at once", .has_nat64 = 1, .most = 1,
	.errors = {ENETUNREACH}, .steps = {300}},
{.name = "a history", .asks = 1, .steps = {300}},
{.name = "a history, room for two", .asks = 1, .max = 2, .steps = {300}},
{.name = "a history, a last wait", .asks = 1, .last_wait = 300,
	.steps = {300}},
{.name = "a history, one at once", .asks = 1, .most = 1, .steps = {300}},
/* These have the most states: they are walked less far. */
{.name = "a history that changes", .less = 2, .asks = 1, .forgets = 1,
	.steps = {10, 50, 250}},
{.name = "a history, a deadline", .less = 2, .asks = 1, .deadline = 400,
	.steps = {10, 250}},
{.name = "no time", .less = 2, .deadline = AT_ONCE, .asks = 1, .forgets = 1,
	.lacks = 1, .steps = {10}},
{.name = "all of it", .less = 2, .last_wait = 300, .deadline = 1000, .most = 2,
	.asks = 1, .forgets = 1, .confirms = 1, .lacks = 1, .steps = {250}},
};
/* clang-format on */

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* ---- the story so far ---- */

enum { LONGEST = 256 };

static struct {
	struct event event;
	int is_done; /* a step; its action */
	enum dial_action action;
	int64_t now;
} story[LONGEST];
static int length;

static const char *const words[] = {
	[STEP] = "step",
	[ANSWER] = "the history says of",
	[ADD] = "add",
	[END] = "end",
	[CONNECT] = "connects",
	[STAND] = "connects, to be confirmed",
	[FAIL] = "fails",
	[LACK] = "lacks a descriptor",
	[FORGET] = "the history changes",
	[AWAIT] = "a NAT64 is asked for",
	[FIND] = "it is found",
	[CLOCK] = "the clock",
};
static const char *const actions[] = {"start", "drop",	    "ask",
				      "wait",  "connected", "failed"};

static void tell(int k)
{
	const struct event *event = &story[k].event;

	printf("# %9.3f ms: %s",
	       (double)(story[k].now - story[0].now) / MILLISECOND,
	       words[event->what]);
	if (event->what == STEP && story[k].is_done)
		printf(": %s", actions[story[k].action]);
	if (event->what == ADD)
		for (const signed char *i = event->list; *i != -1; i++)
			printf(" %c", 'a' + *i);
	else if (event->which != -1)
		printf(" %c", 'a' + event->which);
	if (event->what == ANSWER)
		printf(event->value ? ": silent" : ": nothing");
	if (event->what == FAIL)
		printf(" (%s)", strerror(event->value));
	printf("\n");
}

void broken(const struct world *w, const char *rule, const char *condition)
{
	printf("not ok - %s: %s\n# %s\n", w->setting->name, rule, condition);
	for (int k = 0; k < length; k++)
		tell(k);
	exit(1);
}

static void push(const struct world *w, const struct event *event)
{
	if (length == LONGEST)
		broken(w, "a step ends", "length < LONGEST");
	story[length].event = *event;
	story[length].is_done = 0;
	story[length++].now = w->now;
}

/* ---- states that were met ---- */

/* How many sequences begin there, with so many events left. */
struct met {
	uint64_t print;
	uint64_t value; /* sequences * 16 + left; 0: the place is free */
};

enum { MOST_BITS = 25 };

static struct met *met;
static unsigned bits;
static size_t met_count, states, transitions;

static struct met *place_of(struct met *table, unsigned size, uint64_t print,
			    int left, int *is_new)
{
	size_t mask = ((size_t)1 << size) - 1, i = (size_t)print & mask;

	*is_new = 1;
	for (; table[i].value; i = (i + 1) & mask) {
		if (table[i].print != print)
			continue;
		*is_new = 0;
		if ((int)(table[i].value & 15) == left)
			break;
	}
	return &table[i];
}

static struct met *table_of(unsigned size)
{
	struct met *table = calloc((size_t)1 << size, sizeof *table);

	if (!table || size > MOST_BITS) {
		printf("Bail out! more states than there is memory for\n");
		exit(1);
	}
	return table;
}

static void grow(void)
{
	struct met *larger = table_of(bits + 1);
	int is_new;

	for (size_t i = 0; i < (size_t)1 << bits; i++)
		if (met[i].value)
			*place_of(larger, bits + 1, met[i].print,
				  (int)(met[i].value & 15), &is_new) = met[i];
	free(met);
	met = larger;
	bits++;
}

static void remember(uint64_t print, int left, uint64_t sequences)
{
	struct met *place;
	int is_new;

	if (met_count >= ((size_t)1 << bits) / 4 * 3)
		grow();
	place = place_of(met, bits, print, left, &is_new);
	met_count++;
	states += (size_t)is_new;
	place->print = print;
	place->value = sequences << 4 | (unsigned)left;
}

/* ---- the walk ---- */

static uint64_t walk(const struct world *w, int left);

/* What comes of an event; without one that has changed nothing. */
static uint64_t try(const struct world *w, const struct event *event, int left)
{
	struct world after;
	uint64_t sequences = 0;

	world_copy(&after, w);
	push(w, event);
	world_happen(&after, event);
	transitions++;
	after.print = world_print(&after);
	if (after.print != w->print)
		sequences = walk(&after, left);
	length--;
	return sequences;
}

static uint64_t try_simple(const struct world *w, enum happening what,
			   int which, int value, int left)
{
	struct event event = {.what = what, .which = which, .value = value};

	return try(w, &event, left);
}

static uint64_t try_step(const struct world *w, int left)
{
	static const struct event step = {.what = STEP, .which = -1};
	struct world after;
	uint64_t sequences = 0;
	int which;

	world_copy(&after, w);
	push(w, &step);
	story[length - 1].action = world_step(&after, &which);
	story[length - 1].event.which = which;
	story[length - 1].is_done = 1;
	transitions++;
	after.print = world_print(&after);
	if (story[length - 1].action == DIAL_ASK) {
		sequences += try_simple(&after, ANSWER, which, 0, left);
		sequences += try_simple(&after, ANSWER, which, 1, left);
	} else if (after.print != w->print) {
		sequences = walk(&after, left);
	}
	length--;
	return sequences;
}

/*
 * Addresses of a family that the dial was not given yet are the same but for
 * their names: they come in the order of these.
 */
static int is_in_order(const struct world *w, const signed char *list)
{
	for (const signed char *k = list; *k != -1; k++)
		for (int i = 0; i < *k; i++) {
			const struct seen *sooner = &w->outside.seen[i];
			int is_there = sooner->life != UNKNOWN;

			for (const signed char *j = list; j < k; j++)
				is_there |= *j == i;
			if (w->outside.seen[*k].life == UNKNOWN && !is_there &&
			    sooner->v4 == w->outside.seen[*k].v4 &&
			    !(w->setting->has_nat64 && i == 0))
				return 0;
		}
	return 1;
}

/* Every list of addresses, each once; none too. */
static uint64_t try_lists(const struct world *w, struct event *event, int n,
			  int left)
{
	uint64_t sequences = 0;

	event->list[n] = -1;
	if (is_in_order(w, event->list))
		sequences += try(w, event, left);
	for (signed char k = 0; k < ADDRESSES; k++)
		if (n < ADDRESSES && !memchr(event->list, k, (size_t)n)) {
			event->list[n] = k;
			sequences += try_lists(w, event, n + 1, left);
		}
	return sequences;
}

static uint64_t try_resolver(const struct world *w, int left)
{
	const struct outside *o = &w->outside;
	struct event list = {.what = ADD, .which = -1};
	uint64_t sequences = 0;

	if (!o->ended || o->awaits)
		sequences += try_lists(w, &list, 0, left);
	if (!o->ended)
		sequences += try_simple(w, END, -1, 0, left);
	if (w->setting->forgets && o->round < 2)
		sequences += try_simple(w, FORGET, -1, 0, left);
	if (w->setting->has_nat64 && !o->awaited)
		sequences += try_simple(w, AWAIT, -1, 0, left);
	if (o->awaits)
		sequences += try_simple(w, FIND, -1, 0, left);
	return sequences;
}

static uint64_t try_attempt(const struct world *w, int which, int left)
{
	static const int usual[] = {ECONNREFUSED, 0};
	const struct setting *setting = w->setting;
	const int *errors = *setting->errors ? setting->errors : usual;
	int life = w->outside.seen[which].life;
	uint64_t sequences = 0;

	if (life != GOES_ON && life != STANDS)
		return 0;
	if (setting->confirms && life == GOES_ON)
		sequences += try_simple(w, STAND, which, 0, left);
	else
		sequences += try_simple(w, CONNECT, which, 0, left);
	for (const int *error = errors; *error; error++)
		sequences += try_simple(w, FAIL, which, *error, left);
	if (setting->lacks && life == GOES_ON)
		sequences += try_simple(w, LACK, which, EMFILE, left);
	return sequences;
}

static uint64_t try_moment(const struct world *w, int64_t moment, int left)
{
	struct event clock = {.what = CLOCK, .which = -1, .moment = moment};

	return moment > w->now ? try(w, &clock, left) : 0;
}

/* The time, unless it has only just moved on: one step of it is as good. */
static uint64_t try_clock(const struct world *w, int left)
{
	int64_t due = w->engine.begun == -1 ? -1 : socket6_dial_due(&w->engine);
	uint64_t sequences = 0;
	int is_new = 1;

	if (w->engine.now != w->now)
		return 0;
	for (const int *step = w->setting->steps; *step; step++) {
		int64_t moment = w->now + (int64_t)*step * MILLISECOND;

		is_new &= moment != due;
		sequences += try_moment(w, moment, left);
	}
	if (is_new)
		sequences += try_moment(w, due, left);
	return sequences + try_moment(w, due - 1, left);
}

static uint64_t walk(const struct world *w, int left)
{
	uint64_t sequences = 1;
	int is_new;
	const struct met *place = place_of(met, bits, w->print, left, &is_new);

	if (place->value)
		return place->value >> 4;
	rules_of_state(w);
	if (!w->outside.over) {
		sequences += try_step(w, left);
		if (left > 0 && !w->engine.over) {
			sequences += try_resolver(w, left - 1);
			for (int k = 0; k < ADDRESSES; k++)
				sequences += try_attempt(w, k, left - 1);
			sequences += try_clock(w, left - 1);
		}
	}
	remember(w->print, left, sequences);
	return sequences;
}

/* ---- all of them ---- */

static struct {
	uint64_t sequences;
	size_t states, transitions;
} total;

static double seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static void walk_setting(const struct setting *setting, int depth)
{
	double begin = seconds();
	uint64_t sequences = 0;

	states = transitions = 0;
	depth -= depth > setting->less ? setting->less : depth;
	for (size_t k = 0; k < COUNT(families); k++) {
		struct world w;

		bits = 16;
		met_count = 0;
		met = table_of(bits);
		world_init(&w, setting, families[k]);
		w.print = world_print(&w);
		sequences += walk(&w, depth);
		free(met);
	}
	printf("ok - %s, %d events: %" PRIu64 " sequences, %zu states, "
	       "%zu transitions, %.1f seconds\n",
	       setting->name, depth, sequences, states, transitions,
	       seconds() - begin);
	total.sequences += sequences;
	total.states += states;
	total.transitions += transitions;
}

int main(int argc, char **argv)
{
	int depth = argc > 1 ? atoi(argv[1]) & 15 : DEPTH;
	const char *only = argc > 2 ? argv[2] : NULL;

	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	world_check_print();
	printf("# every sequence of up to %d events, and steps between them\n",
	       depth);
	printf("1..%d\n", only ? 1 : (int)COUNT(settings));
	for (size_t i = 0; i < COUNT(settings); i++)
		if (!only || strcmp(only, settings[i].name) == 0)
			walk_setting(&settings[i], depth);
	printf("# in all: %" PRIu64 " sequences, %zu states, %zu transitions, "
	       "%.1f seconds\n",
	       total.sequences, total.states, total.transitions, seconds());
	return 0;
}
