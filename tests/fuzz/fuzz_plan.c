/* SPDX-License-Identifier: ISC */
/* fuzz_plan.c - which questions a look-up asks when, and what it tells. */
#include "fuzz.h"

#include "name/plan.h"

#include <errno.h>

enum { DELAY = 1000, EVENTS = 32 };

struct lookup {
	struct plan p;
	unsigned int asked, answered, told;
	int error[QUESTIONS];
	int64_t now;
};

static void take(struct lookup *l, enum plan_action action, enum ask which)
{
	require(which < QUESTIONS);
	if (action == PLAN_ASK) {
		require(!(l->asked & 1u << which));
		l->asked |= 1u << which;
		return;
	}
	/* Of both, or of one: what has addresses, once, and not twice over. */
	require(l->answered & 1u << which && !l->error[which]);
	require(!(l->told & 1u << which));
	require(!(l->told & 1u << ASK_BOTH));
	l->told |= 1u << which;
}

/* Why it says that it failed: an answer said so. */
static void check_end(const struct lookup *l)
{
	int error = socket6_plan_error(&l->p), is_said = error == ENOENT;

	require((error == 0) == (l->told != 0));
	for (int i = 0; i < QUESTIONS; i++)
		is_said |= l->answered & 1u << i && l->error[i] == error;
	require(error == 0 || is_said);
}

/* 1 once it has ended. */
static int step(struct lookup *l)
{
	enum plan_action action;
	enum ask which;
	int64_t due;

	for (int n = 0;; n++) {
		require(n < 2 * QUESTIONS + 1);
		action = socket6_plan_next(&l->p, l->now, &which);
		if (action == PLAN_WAIT || action == PLAN_END)
			break;
		take(l, action, which);
	}
	due = socket6_plan_due(&l->p);
	if (action == PLAN_WAIT)
		require((due == -1 || due > l->now) &&
			(l->asked & ~l->answered));
	else
		check_end(l);
	return action == PLAN_END;
}

static void answer(struct lookup *l, unsigned int event)
{
	static const int errors[] = {0, ENOENT, EIO, ENOMEM};
	enum ask which = (enum ask)(event % QUESTIONS);

	if (!(l->asked & ~l->answered & 1u << which))
		return;
	l->answered |= 1u << which;
	l->error[which] = errors[event >> 4 & 3];
	socket6_plan_answered(&l->p, which, l->error[which]);
}

FUZZ(plan)
{
	struct input in = {data, size};
	unsigned int kind = fuzz_byte(&in);
	struct lookup l = {.now = 5000};
	int is_over;

	if (!(kind & 3))
		kind |= 3;
	socket6_plan_init(&l.p, l.now, DELAY, (int)(kind & 1),
			  (int)(kind >> 1 & 1), (int)(kind >> 2 & 1));
	is_over = step(&l);
	for (int n = 0; n < EVENTS && in.left > 0 && !is_over; n++) {
		unsigned int event = fuzz_byte(&in);

		if (event & 128)
			l.now += (event & 127) * 16;
		else
			answer(&l, event);
		/* Another answer may come before the next step. */
		if ((event & 0xc0) != 0x40)
			is_over = step(&l);
	}
}
