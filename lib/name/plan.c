/* SPDX-License-Identifier: ISC */
/* plan.c - when a look-up asks what, and which answers it returns. */
#include "plan.h"

#include <errno.h>

enum { BOTH = 1 << ASK_BOTH, ALONE = 1 << ASK_V6 | 1 << ASK_V4 };

void socket6_plan_init(struct plan *p, int64_t now, int64_t delay, int v4,
		       int v6, int hurried)
{
	*p = (struct plan){.begun = now, .delay = delay};
	if (!v4 || !v6)
		p->wanted = v4 ? 1 << ASK_V4 : 1 << ASK_V6;
	else
		p->wanted = hurried ? ALONE : BOTH;
}

/* The first of these questions, or QUESTIONS. */
static enum ask first_of(unsigned questions)
{
	enum ask which = ASK_BOTH;

	while (which < QUESTIONS && !(questions & 1u << which))
		which++;
	return which;
}

/* The answers with addresses. */
static unsigned with_addresses(const struct plan *p)
{
	unsigned found = 0;

	for (int i = 0; i < QUESTIONS; i++)
		if (p->answered & 1u << i && !p->error[i])
			found |= 1u << i;
	return found;
}

/* With the answer for both families, which is whole, there is no other. */
static unsigned to_tell(const struct plan *p)
{
	unsigned found = with_addresses(p);

	return (found & BOTH ? BOTH : found) & ~p->told;
}

/*
 * The answer for both families is whole. Without one, no such name is the last
 * word too; any other error may be that question's own.
 */
static int is_over(const struct plan *p)
{
	if (p->answered & BOTH &&
	    (!p->error[ASK_BOTH] || p->error[ASK_BOTH] == ENOENT))
		return 1;
	return (p->wanted & ~p->answered) == 0 ||
	       (p->answered & ALONE) == ALONE;
}

int64_t socket6_plan_due(const struct plan *p)
{
	return p->wanted == BOTH && !(p->answered & BOTH) ? p->begun + p->delay
							  : -1;
}

/* The first question to ask now; it is asked before an answer is told. */
static enum ask to_ask(struct plan *p, int64_t now)
{
	int64_t due = socket6_plan_due(p);

	if (is_over(p))
		return QUESTIONS;
	if (due != -1 && now >= due)
		p->wanted |= ALONE;
	return first_of(p->wanted & ~p->asked);
}

enum plan_action socket6_plan_next(struct plan *p, int64_t now, enum ask *which)
{
	*which = to_ask(p, now);
	if (*which != QUESTIONS) {
		p->asked |= 1u << *which;
		return PLAN_ASK;
	}
	*which = first_of(to_tell(p));
	if (*which != QUESTIONS) {
		p->told |= 1u << *which;
		return PLAN_TELL;
	}
	return is_over(p) ? PLAN_END : PLAN_WAIT;
}

void socket6_plan_answered(struct plan *p, enum ask which, int error)
{
	p->answered |= 1u << which;
	p->error[which] = error;
}

/* That there is no such name is said if every answer says so. */
int socket6_plan_error(const struct plan *p)
{
	int error = ENOENT;

	if (p->told)
		return 0;
	for (int i = QUESTIONS - 1; i >= 0; i--)
		if (p->answered & 1u << i && p->error[i] != ENOENT)
			error = p->error[i];
	return error;
}
