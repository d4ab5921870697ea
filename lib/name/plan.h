/* SPDX-License-Identifier: ISC */
/*
 * plan.h - when a look-up asks what, and which answers it returns.
 *
 * Pure: no system call, no clock, no allocation. Times are microseconds of any
 * clock.
 */
#ifndef SOCKET6_LIB_PLAN_H
#define SOCKET6_LIB_PLAN_H

#include <stdint.h>

/* The system is asked for both families together, or for one alone. */
enum ask { ASK_BOTH, ASK_V6, ASK_V4, QUESTIONS };

enum plan_action {
	PLAN_ASK,  /* *which, and report its answer when it comes */
	PLAN_TELL, /* the answer to *which */
	PLAN_WAIT, /* until an answer, or plan_due */
	PLAN_END,  /* all has been told */
};

struct plan {
	int64_t begun,
		delay;	 /* when the families are asked for alone as well */
	unsigned wanted; /* bits of the questions to ask */
	unsigned asked, answered, told;
	int error
		[QUESTIONS]; /* of those that were answered without addresses */
};

/*
 * For one family (IPv4 or IPv6 alone) or for both. hurried: each family alone,
 * at once.
 */
void socket6_plan_init(struct plan *p, int64_t now, int64_t delay, int v4,
		       int v6, int hurried);

enum plan_action socket6_plan_next(struct plan *p, int64_t now,
				   enum ask *which);

/* An answer: error is 0 if it has addresses. */
void socket6_plan_answered(struct plan *p, enum ask which, int error);

/* When next has something to do without an answer; -1 for never. */
int64_t socket6_plan_due(const struct plan *p);

/* Why nothing was told, once it has ended; 0 if something was. */
int socket6_plan_error(const struct plan *p);

#endif
