/* SPDX-License-Identifier: ISC */
/* query.c - getaddrinfo in a thread of its own, and how many run at once. */
#include "query.h"

#include <stdlib.h>

/* Microseconds for which one that got stuck hurries the others. */
enum { HURRY = 60000000 };

/* In the order in which those in line are woken. */
enum kind { V4, V6, BOTH, KINDS };

/* What the threads of all look-ups share, under the lock. */
static struct {
	int running[KINDS];
	struct query *first[KINDS], *last[KINDS]; /* in line, new ones last */
	int64_t hurried_until;
	struct nat64_networks networks;
} line;

static enum kind kind_of(const struct query *q)
{
	return q->family == AF_INET ? V4 : q->family == AF_INET6 ? V6 : BOTH;
}

/* A place that is kept for a family and is free is none for any other kind. */
static int has_place(enum kind kind)
{
	int taken = 0;

	for (enum kind k = V4; k < KINDS; k++) {
		int kept = k == kind || k == BOTH ? 0 : QUERIES_KEPT;

		taken += line.running[k] > kept ? line.running[k] : kept;
	}
	return taken < QUERIES;
}

static void enter_line(struct query *q)
{
	struct query **last = &line.last[kind_of(q)];

	q->state = QUERY_IN_LINE;
	q->before = *last;
	q->after = NULL;
	*(*last ? &(*last)->after : &line.first[kind_of(q)]) = q;
	*last = q;
}

static void leave_line(struct query *q)
{
	*(q->before ? &q->before->after : &line.first[kind_of(q)]) = q->after;
	*(q->after ? &q->after->before : &line.last[kind_of(q)]) = q->before;
}

/* A place is free: wakes the one that has waited longest. */
static void wake_next(void)
{
	for (enum kind k = V4; k < KINDS; k++) {
		struct query *q = line.first[k];

		if (!q || !has_place(k))
			continue;
		leave_line(q);
		enter_line(q);
		q->was_woken = 1;
		sys_wake(q->waker, 0);
		return;
	}
}

/* In a child of fork, which has none of the threads. */
static void begin_child(void)
{
	memset(&line, 0, sizeof line);
}

void socket6_query_lock(void)
{
	sys_lock(begin_child);
}

void socket6_query_unlock(void)
{
	sys_unlock();
}

struct nat64_networks *socket6_query_networks(void)
{
	return &line.networks;
}

static void collect(struct query *q, const struct addrinfo *found)
{
	q->n = socket6_name_addresses(&q->name, found, NULL, 0);
	q->addrs = malloc(q->n * sizeof *q->addrs + 1);
	if (q->addrs)
		socket6_name_addresses(&q->name, found, q->addrs, q->n);
	q->error = !q->addrs ? ENOMEM : q->n ? 0 : ENOENT;
}

void socket6_query_free_copy(struct query *q)
{
	if (q)
		free(q->addrs);
	free(q);
}

static void end(struct query *q)
{
	int is_wanted;

	socket6_query_lock();
	line.running[kind_of(q)]--;
	wake_next();
	q->state = QUERY_ANSWERED;
	q->ended = sys_microseconds();
	is_wanted = q->waker != -1;
	if (is_wanted)
		sys_wake(q->waker, 0);
	socket6_query_unlock();
	if (!is_wanted)
		socket6_query_free_copy(q);
}

static void ask(struct sys_task *task)
{
	struct query *q = (struct query *)task;
	struct addrinfo *found;

	if (socket6_name_ask(&q->name, q->family, &found) == -1) {
		q->error = errno;
	} else {
		collect(q, found);
		freeaddrinfo(found);
	}
	end(q);
}

struct query *socket6_query_new(const struct name *name, int family, int waker)
{
	struct query *q = calloc(1, sizeof *q);

	if (!q)
		return NULL;
	q->task.run = ask;
	q->name = *name;
	q->family = family;
	q->waker = waker;
	q->asked = sys_microseconds();
	return q;
}

void socket6_query_free(struct query *q)
{
	int runs;

	if (!q)
		return;
	socket6_query_lock();
	runs = q->state == QUERY_RUNS;
	q->waker = -1;
	if (q->state == QUERY_IN_LINE)
		leave_line(q);
	socket6_query_unlock();
	if (!runs)
		socket6_query_free_copy(q);
}

/* Whether somebody in line has not had the chance to take a place. */
static int somebody_waits(enum kind kind)
{
	return line.first[kind] && !line.first[kind]->was_woken;
}

/* Whether one that is new or in line may run now; it then has a place. */
static int take_place(struct query *q)
{
	enum kind kind = kind_of(q);
	int in_line = q->state == QUERY_IN_LINE;

	if (!has_place(kind) || (!in_line && somebody_waits(kind))) {
		if (!in_line)
			enter_line(q);
		return 0;
	}
	if (in_line)
		leave_line(q);
	q->state = QUERY_RUNS;
	line.running[kind]++;
	return 1;
}

/* There is no thread for it: it holds nobody up who may have one later. */
static void give_back(struct query *q)
{
	socket6_query_lock();
	line.running[kind_of(q)]--;
	enter_line(q);
	q->was_woken = 1;
	socket6_query_unlock();
}

void socket6_query_run(struct query *q, int may_wait)
{
	int runs;

	socket6_query_lock();
	runs = q->state <= QUERY_IN_LINE && take_place(q);
	socket6_query_unlock();
	if (!runs || sys_thread(&q->task) == 0)
		return;
	if (may_wait) {
		give_back(q);
		return;
	}
	q->error = EAGAIN;
	end(q);
}

void socket6_query_hurry(int64_t now)
{
	socket6_query_lock();
	line.hurried_until = now + HURRY;
	socket6_query_unlock();
}

int socket6_query_is_hurried(int64_t now)
{
	int is_hurried;

	socket6_query_lock();
	is_hurried = now < line.hurried_until;
	socket6_query_unlock();
	return is_hurried;
}
