/* SPDX-License-Identifier: ISC */
/*
 * plan.c - every sequence of answers and times that the plan of a look-up can
 * meet: each question is answered, with addresses or without, in each order and
 * at each moment, or never. The rules hold of all that is asked and told.
 */
#include "name/plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BEGUN = 1000000, DELAY = 50000, MOVES = 3, PENDING = -1 };

/* An answer: addresses, no such name, no answer from a server. */
static const int answers[] = {0, ENOENT, EIO};

static const struct setting {
	const char *name;
	int v4, v6, hurried, delay;
} settings[] = {
	{"IPv4 alone", 1, 0, 0, DELAY},
	{"IPv6 alone", 0, 1, 0, DELAY},
	{"both families", 1, 1, 0, DELAY},
	{"both families, hurried", 1, 1, 1, DELAY},
	{"both families, without a delay", 1, 1, 0, 0},
};

/* What was seen outside: of each question, and the time. */
struct look_up {
	const struct setting *setting;
	struct plan plan;
	int64_t now;
	int moves; /* of the clock */
	int asked[QUESTIONS], told[QUESTIONS];
	int answer[QUESTIONS]; /* PENDING: there is none */
};

static size_t sequences, transitions;

#define HOLDS(l, condition)                                                    \
 ((condition) ? (void)0 : broken(l, __func__, #condition))

static _Noreturn void broken(const struct look_up *l, const char *rule,
			     const char *condition)
{
	printf("not ok - %s: %s\n# %s\n# after %ld microseconds\n",
	       l->setting->name, rule, condition, (long)(l->now - BEGUN));
	for (int i = 0; i < QUESTIONS; i++)
		printf("# question %d: asked %d, told %d, answer %d\n", i,
		       l->asked[i], l->told[i], l->answer[i]);
	exit(1);
}

static int has_addresses(const struct look_up *l, int which)
{
	return l->answer[which] == 0;
}

static int is_late(const struct look_up *l)
{
	return l->now >= BEGUN + l->setting->delay;
}

/* ---- rules ---- */

/* plan.h: which questions there are. */
static void each_is_asked_once(const struct look_up *l, enum ask which)
{
	const struct setting *s = l->setting;

	HOLDS(l, which < QUESTIONS && !l->asked[which]);
	if (!s->v4 || !s->v6)
		HOLDS(l, which == (s->v4 ? ASK_V4 : ASK_V6));
	else
		HOLDS(l, which != ASK_BOTH || !s->hurried);
}

/*
 * NAMES.md section 1: both together; each alone beside that if it has not
 * answered within the resolution delay, IPv6 first; at once where hurried.
 */
static void a_family_is_asked_alone_late(const struct look_up *l,
					 enum ask which)
{
	const struct setting *s = l->setting;

	if (which == ASK_BOTH || !s->v4 || !s->v6)
		return;
	HOLDS(l, s->hurried || (is_late(l) && l->asked[ASK_BOTH]));
	HOLDS(l, which == ASK_V6 || l->asked[ASK_V6]);
}

/* Nothing is asked whose answer could not matter. */
static void nothing_is_asked_in_vain(const struct look_up *l)
{
	HOLDS(l, l->answer[ASK_BOTH] != 0 && l->answer[ASK_BOTH] != ENOENT);
}

/* NAMES.md section 1: no address is told twice; IPv6 first of what is there. */
static void each_answer_is_told_once(const struct look_up *l, enum ask which)
{
	HOLDS(l, which < QUESTIONS && l->asked[which] && !l->told[which]);
	HOLDS(l, has_addresses(l, (int)which));
	HOLDS(l, which == ASK_BOTH || !has_addresses(l, ASK_BOTH));
	if (which == ASK_V4)
		HOLDS(l, !has_addresses(l, ASK_V6) || l->told[ASK_V6]);
}

/* plan.c: it is asked before an answer is told, or a wait begins. */
static void what_is_due_is_asked(const struct look_up *l)
{
	const struct setting *s = l->setting;

	if (!s->v4 || !s->v6) {
		HOLDS(l, l->asked[s->v4 ? ASK_V4 : ASK_V6]);
		return;
	}
	HOLDS(l, s->hurried || l->asked[ASK_BOTH]);
	if (s->hurried || (is_late(l) && l->answer[ASK_BOTH] == PENDING))
		HOLDS(l, l->asked[ASK_V6] && l->asked[ASK_V4]);
}

/* What is there is told at once; there is a question to wait for. */
static void a_wait_is_for_something(const struct look_up *l)
{
	int waits = 0;

	for (int i = 0; i < QUESTIONS; i++) {
		HOLDS(l, !has_addresses(l, i) || l->told[i]);
		waits |= l->asked[i] && l->answer[i] == PENDING;
	}
	HOLDS(l, waits);
}

/*
 * NAMES.md section 1: ENOENT at once; what fails for one family gives the other
 * one's addresses; the answer for both is whole.
 */
static int is_over(const struct look_up *l)
{
	const int *a = l->answer;
	int all = 1;

	for (int i = 0; i < QUESTIONS; i++)
		all &= !l->asked[i] || a[i] != PENDING;
	return all || a[ASK_BOTH] == 0 || a[ASK_BOTH] == ENOENT ||
	       (a[ASK_V6] != PENDING && a[ASK_V4] != PENDING);
}

static void it_ends_when_all_is_told(const struct look_up *l)
{
	HOLDS(l, is_over(l));
	for (int i = 0; i < QUESTIONS; i++)
		HOLDS(l,
		      !has_addresses(l, i) || l->told[i] || l->told[ASK_BOTH]);
}

/* plan.h: why nothing was told; that there is no such name if all say so. */
static void the_error_says_why(const struct look_up *l)
{
	int error = socket6_plan_error(&l->plan), told = 0, other = 0, had = 0;

	for (int i = 0; i < QUESTIONS; i++) {
		told |= l->told[i];
		other |= l->answer[i] > 0 && l->answer[i] != ENOENT;
		had |= l->answer[i] == error;
	}
	HOLDS(l, (error == 0) == told);
	HOLDS(l, told || (had && (error == ENOENT) == !other));
}

static enum plan_action next_at(const struct look_up *l, int64_t now,
				enum ask *which)
{
	struct plan plan = l->plan;

	return socket6_plan_next(&plan, now, which);
}

/* plan.h: when next has something to do without an answer; -1 for never. */
static void what_is_due_is_done_then(const struct look_up *l)
{
	int64_t due = socket6_plan_due(&l->plan);
	enum ask which;

	if (due == -1) {
		HOLDS(l, next_at(l, INT64_MAX, &which) == PLAN_WAIT);
		return;
	}
	HOLDS(l, due > l->now && due == BEGUN + l->setting->delay);
	HOLDS(l, next_at(l, due - 1, &which) == PLAN_WAIT);
	HOLDS(l, next_at(l, due, &which) == PLAN_ASK);
}

static void the_end_is_final(const struct look_up *l)
{
	enum ask which;

	HOLDS(l, next_at(l, INT64_MAX, &which) == PLAN_END);
	HOLDS(l, socket6_plan_due(&l->plan) == -1);
}

static void check(const struct look_up *before, const struct look_up *l,
		  enum plan_action action, enum ask which)
{
	if (action == PLAN_ASK) {
		each_is_asked_once(before, which);
		a_family_is_asked_alone_late(before, which);
		nothing_is_asked_in_vain(before);
	} else if (action == PLAN_TELL) {
		each_answer_is_told_once(before, which);
		if (!is_over(before))
			what_is_due_is_asked(before);
	} else if (action == PLAN_WAIT) {
		what_is_due_is_asked(before);
		a_wait_is_for_something(before);
		HOLDS(l, !is_over(before));
		what_is_due_is_done_then(l);
	} else {
		it_ends_when_all_is_told(before);
		the_error_says_why(l);
		the_end_is_final(l);
	}
}

/* ---- the walk ---- */

static void walk(const struct look_up *l);

/* One call of next: how it went on from there, if there is anything new. */
static enum plan_action step(const struct look_up *l)
{
	struct look_up after = *l;
	enum ask which;
	enum plan_action action = socket6_plan_next(&after.plan, after.now,
						    &which);

	transitions++;
	check(l, &after, action, which);
	if (action == PLAN_ASK)
		after.asked[which] = 1;
	if (action == PLAN_TELL)
		after.told[which] = 1;
	if (action == PLAN_ASK || action == PLAN_TELL)
		walk(&after);
	return action;
}

static void try_answers(const struct look_up *l, int which)
{
	if (!l->asked[which] || l->answer[which] != PENDING)
		return;
	for (size_t k = 0; k < sizeof answers / sizeof *answers; k++) {
		struct look_up after = *l;

		transitions++;
		after.answer[which] = answers[k];
		socket6_plan_answered(&after.plan, (enum ask)which, answers[k]);
		walk(&after);
	}
}

static void try_moment(const struct look_up *l, int64_t moment)
{
	struct look_up after = *l;

	if (moment <= l->now || l->moves == MOVES)
		return;
	transitions++;
	after.moves++;
	after.now = moment;
	walk(&after);
}

static void walk(const struct look_up *l)
{
	sequences++;
	if (step(l) == PLAN_END)
		return;
	for (int i = 0; i < QUESTIONS; i++)
		try_answers(l, i);
	try_moment(l, BEGUN + l->setting->delay - 1);
	try_moment(l, BEGUN + l->setting->delay);
	try_moment(l, l->now + 2 * DELAY);
}

int main(void)
{
	size_t n = sizeof settings / sizeof *settings;

	printf("1..%d\n", (int)n);
	for (const struct setting *s = settings; s < settings + n; s++) {
		struct look_up l = {.setting = s, .now = BEGUN};

		sequences = transitions = 0;
		for (int i = 0; i < QUESTIONS; i++)
			l.answer[i] = PENDING;
		socket6_plan_init(&l.plan, BEGUN, s->delay, s->v4, s->v6,
				  s->hurried);
		walk(&l);
		printf("ok - %s: %zu sequences, %zu transitions\n", s->name,
		       sequences, transitions);
	}
	return 0;
}
