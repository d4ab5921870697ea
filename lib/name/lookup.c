/* SPDX-License-Identifier: ISC */
/* lookup.c - looks a name up without blocking. */
#include "lookup.h"

#include "query.h"

#include <stdlib.h>

/* Microseconds: RFC 8305 section 8, and until one in line tries again. */
enum { RESOLUTION_DELAY = 50000, LINE_DELAY = 1000000 };

struct socket_lookup {
	struct name name;
	struct plan plan;
	int waker, process;
	struct query *queries[QUESTIONS];
	int is_awake; /* the waker, by an answer or the end */
	int is_over, error_told;

	/* The answer that is to be told; n is 0 if there is none. */
	struct socket_addr6 *addrs;
	size_t n;

	/* Those of all answers before, in order. */
	struct socket_addr6 *told;
	size_t told_count;
};

static const int families[QUESTIONS] = {
	[ASK_BOTH] = AF_UNSPEC,
	[ASK_V6] = AF_INET6,
	[ASK_V4] = AF_INET,
};

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct socket_addr6));
}

static int was_told(const struct socket_lookup *l, const struct socket_addr6 *a)
{
	return l->told_count &&
	       bsearch(a, l->told, l->told_count, sizeof *a, compare);
}

/* Without memory an address may be told twice. */
static void remember(struct socket_lookup *l)
{
	size_t count = l->told_count + l->n;
	struct socket_addr6 *told = realloc(l->told, count * sizeof *told);

	if (!told)
		return;
	memcpy(told + l->told_count, l->addrs, l->n * sizeof *told);
	qsort(told, count, sizeof *told, compare);
	l->told = told;
	l->told_count = count;
}

/* Makes ready those addresses of an answer that none before had. */
static void prepare(struct socket_lookup *l, enum ask which)
{
	struct query *q = l->queries[which];
	size_t n = 0;

	l->addrs = q->addrs;
	for (size_t i = 0; i < q->n; i++)
		if (!was_told(l, &q->addrs[i]))
			l->addrs[n++] = q->addrs[i];
	l->n = n;
	if (n && which != ASK_BOTH)
		remember(l);
}

/* An answer will come, or a thread become free: not all is lost without one. */
static int is_asking(const struct socket_lookup *l)
{
	int runs = 0;

	socket6_query_lock();
	for (int i = 0; i < QUESTIONS; i++)
		runs |= l->queries[i] && l->queries[i]->state == QUERY_RUNS;
	socket6_query_unlock();
	return runs;
}

/* One for a family alone is asked because the one for both is slow. */
static void ask(struct socket_lookup *l, enum ask which, int64_t now)
{
	struct query *q = socket6_query_new(&l->name, families[which],
					    l->waker);

	l->queries[which] = q;
	if (which != ASK_BOTH && l->queries[ASK_BOTH] &&
	    l->plan.delay >= RESOLUTION_DELAY)
		socket6_query_hurry(now);
	if (q)
		socket6_query_run(q, is_asking(l));
	else
		socket6_plan_answered(&l->plan, which, ENOMEM);
}

/*
 * Reports answers to the plan, whose queries have woken the waker; 1 if a query
 * is in line. Under the lock.
 */
static int hear(struct socket_lookup *l)
{
	int in_line = 0;

	for (int i = 0; i < QUESTIONS; i++) {
		const struct query *q = l->queries[i];

		if (q && q->state == QUERY_ANSWERED) {
			l->is_awake |= !(l->plan.answered & 1u << i);
			socket6_plan_answered(&l->plan, (enum ask)i, q->error);
		}
		in_line |= q && q->state == QUERY_IN_LINE;
	}
	return in_line;
}

/* How long to sleep: in line not for long, as only one is woken for a place. */
static int64_t wait_for(const struct socket_lookup *l, int64_t now, int in_line)
{
	int64_t due = socket6_plan_due(&l->plan);
	int64_t wait = due == -1 ? -1 : due > now ? due - now : 0;

	return in_line && (wait == -1 || wait > LINE_DELAY) ? LINE_DELAY : wait;
}

/* A timer that fires costs an interrupt: only if nothing has woken it yet. */
static void wake(struct socket_lookup *l)
{
	if (!l->is_awake)
		sys_wake(l->waker, 0);
	l->is_awake = 1;
}

static void sleep_for(struct socket_lookup *l, int64_t wait)
{
	sys_wake(l->waker, wait);
	l->is_awake = 0;
}

/*
 * Asks the plan what is next. Under the lock, so that an answer that comes
 * afterwards wakes the waker.
 */
static enum plan_action next(struct socket_lookup *l, int64_t now,
			     enum ask *which)
{
	enum plan_action action;
	int in_line;

	socket6_query_lock();
	in_line = hear(l);
	action = socket6_plan_next(&l->plan, now, which);
	if (action == PLAN_WAIT)
		sleep_for(l, wait_for(l, now, in_line));
	else if (action != PLAN_ASK)
		wake(l);
	socket6_query_unlock();
	return action;
}

static void try_again(struct socket_lookup *l)
{
	for (int i = 0; i < QUESTIONS; i++)
		if (l->queries[i])
			socket6_query_run(l->queries[i], is_asking(l));
}

/* Goes on until an answer is ready, or has to be waited for, or all is over. */
static void advance(struct socket_lookup *l, int64_t now)
{
	enum plan_action action = PLAN_ASK;
	enum ask which;

	while (!l->n && !l->is_over && action != PLAN_WAIT) {
		try_again(l);
		action = next(l, now, &which);
		if (action == PLAN_ASK)
			ask(l, which, now);
		else if (action == PLAN_TELL)
			prepare(l, which);
		l->is_over = action == PLAN_END;
	}
}

/* An address is the whole answer. */
static void begin(struct socket_lookup *l, int64_t delay)
{
	int64_t now = sys_microseconds();

	if (l->name.host[0]) {
		socket6_plan_init(
			&l->plan, now, delay, l->name.family != AF_INET6,
			l->name.family != AF_INET,
			!SYS_WAKES_LATER || socket6_query_is_hurried(now));
		advance(l, now);
		return;
	}
	l->addrs = &l->name.addr;
	l->n = 1;
	l->is_over = 1;
	l->plan.told = 1;
}

struct socket_lookup *socket6_lookup_new(const struct name *name, int64_t delay)
{
	struct socket_lookup *l = calloc(1, sizeof *l);

	if (!l) {
		errno = ENOMEM;
		return NULL;
	}
	l->name = *name;
	l->process = sys_process();
	l->waker = name->host[0] ? sys_waker() : sys_awake();
	if (l->waker == -1) {
		free(l);
		return NULL;
	}
	begin(l, delay);
	if (!l->is_over || socket6_plan_error(&l->plan) != EAGAIN)
		return l;
	socket_lookup_free(l);
	errno = EAGAIN;
	return NULL;
}

struct socket_lookup *socket_lookup_new(const char *host, const char *service,
					int flags)
{
	struct name name;

	if (socket6_name_read(&name, host, service, flags) == -1)
		return NULL;
	return socket6_lookup_new(&name, RESOLUTION_DELAY);
}

/* In a child of fork all is a copy, and there are none of the threads. */
void socket_lookup_free(struct socket_lookup *l)
{
	int error = errno;
	int is_copy = l && l->process != sys_process();

	if (!l)
		return;
	for (int i = 0; i < QUESTIONS; i++)
		(is_copy ? socket6_query_free_copy
			 : socket6_query_free)(l->queries[i]);
	if (!is_copy || SYS_FORKS_WAKERS)
		close(l->waker);
	free(l->told);
	free(l);
	errno = error;
}

int socket_lookup_fd(const struct socket_lookup *l)
{
	return l ? l->waker : sys_fail(EINVAL);
}

const struct socket_addr6 *socket6_lookup_peek(struct socket_lookup *l,
					       size_t *n)
{
	advance(l, sys_microseconds());
	*n = l->n;
	return l->n ? l->addrs : NULL;
}

void socket6_lookup_consume(struct socket_lookup *l)
{
	l->n = 0;
	advance(l, sys_microseconds());
}

static int state_of(const struct query *q)
{
	if (q->state != QUERY_ANSWERED)
		return SOCKET_QUESTION_PENDING;
	return q->error ? SOCKET_QUESTION_FAILED : SOCKET_QUESTION_ANSWERED;
}

int socket6_lookup_question(const struct socket_lookup *l, enum ask which,
			    struct socket_question *out)
{
	static const int family[QUESTIONS] = {[ASK_V6] = 6, [ASK_V4] = 4};
	const struct query *q = l->queries[which];

	if (!q)
		return 0;
	socket6_query_lock();
	*out = (struct socket_question){.family = family[which],
					.state = state_of(q),
					.start = q->asked,
					.end = q->ended};
	if (out->end && q->error)
		out->error = sys_reason(q->error);
	else if (out->end)
		out->count = (uint32_t)q->n;
	socket6_query_unlock();
	return 1;
}

/* Nothing is left to tell but, once, why nothing was. */
static int end_of(struct socket_lookup *l)
{
	int error = socket6_plan_error(&l->plan);

	if (!l->is_over)
		return sys_fail(EAGAIN);
	if (!error || l->error_told)
		return 0;
	l->error_told = 1;
	return sys_fail(sys_reason(error));
}

int socket_lookup_take(struct socket_lookup *l, struct socket_addr6 *out,
		       size_t max)
{
	const struct socket_addr6 *addrs;
	size_t n;

	if (!l || (!out && max))
		return sys_fail(EINVAL);
	if (l->process != sys_process())
		return sys_fail(EAGAIN);
	addrs = socket6_lookup_peek(l, &n);
	if (!addrs)
		return end_of(l);
	if (n > max)
		return (int)n;
	memcpy(out, addrs, n * sizeof *out);
	socket6_lookup_consume(l);
	return (int)n;
}
