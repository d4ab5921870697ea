/* SPDX-License-Identifier: ISC */
/*
 * check_query.c - which look-ups run, and who is next in line.
 *
 * The threads, the lock, the clock and the system's answers are the suite's: a
 * thread runs when a test says so, and each look-up is known by its waker.
 */
#include "name/query.h"

#include "suite.h"

int given_thread(struct sys_task *task);
void given_wake(int waker, int64_t after);
void given_lock(void (*in_child)(void));
void given_unlock(void);
int64_t given_microseconds(void);
int given_answer(const struct name *name, int family, struct addrinfo **found);
size_t given_addresses(const struct name *name, const struct addrinfo *found,
		       struct socket_addr6 *out, size_t max);
void free_given(struct addrinfo *found);

/* How many run that ask for IPv4 alone; they are no more of one family. */
enum { MOST = QUERIES - QUERIES_KEPT };

/* The wakers: that of those that run first, and those of the tests. */
enum { FULL = 1, A, B, C, NEW, WAKERS };

/* What has been begun and not run, and what the next calls are to do. */
static struct {
	struct sys_task *tasks[2 * QUERIES];
	int begun, run;
	int woken[WAKERS], last_woken;
	int no_thread, is_child, error, is_locked, freed;
	size_t addresses;
	int64_t now;
} given;

int given_thread(struct sys_task *task)
{
	ck_assert(!given.is_locked);
	if (given.no_thread)
		return -1;
	given.tasks[given.begun++] = task;
	return 0;
}

void given_wake(int waker, int64_t after)
{
	ck_assert_int_eq(after, 0);
	ck_assert_int_gt(waker, 0);
	given.woken[waker]++;
	if (waker != FULL)
		given.last_woken = waker;
}

void given_lock(void (*in_child)(void))
{
	ck_assert(!given.is_locked);
	given.is_locked = 1;
	if (given.is_child)
		in_child();
	given.is_child = 0;
}

void given_unlock(void)
{
	ck_assert(given.is_locked);
	given.is_locked = 0;
}

int64_t given_microseconds(void)
{
	return given.now;
}

int given_answer(const struct name *name, int family, struct addrinfo **found)
{
	ck_assert(!given.is_locked);
	ck_assert_str_eq(name->host, "name.example");
	ck_assert(family == AF_INET || family == AF_INET6);
	*found = NULL;
	errno = given.error;
	return given.error ? -1 : 0;
}

size_t given_addresses(const struct name *name, const struct addrinfo *found,
		       struct socket_addr6 *out, size_t max)
{
	(void)name, (void)found;
	for (size_t i = 0; i < given.addresses && i < max; i++)
		out[i] = (struct socket_addr6){.port = (uint16_t)(i + 1)};
	return given.addresses;
}

void free_given(struct addrinfo *found)
{
	ck_assert_ptr_null(found);
	given.freed++;
}

static struct query *new_query(int family, int waker)
{
	struct name name = {.host = "name.example"};
	struct query *q = socket6_query_new(&name, family, waker);

	ck_assert_ptr_nonnull(q);
	return q;
}

static struct query *ask(int waker)
{
	struct query *q = new_query(AF_INET, waker);

	socket6_query_run(q, 0);
	return q;
}

/* From now on what is new stands in line. */
static void take_all_places(void)
{
	for (int i = 0; i < MOST; i++)
		ck_assert_int_eq(ask(FULL)->state, QUERY_RUNS);
}

static struct query *wait_in_line(int waker)
{
	int begun = given.begun;
	struct query *q = ask(waker);

	ck_assert_int_eq(q->state, QUERY_IN_LINE);
	ck_assert_int_eq(given.begun, begun);
	return q;
}

/* The thread that began first ends. */
static void end_one(void)
{
	struct sys_task *task = given.tasks[given.run++];

	task->run(task);
}

/* A thread ends, and this one in line is woken, or 0 if none is. */
static void assert_woken(int waker)
{
	given.last_woken = 0;
	end_one();
	ck_assert_int_eq(given.last_woken, waker);
}

static void assert_runs(struct query *q)
{
	socket6_query_run(q, 0);
	ck_assert_int_eq(q->state, QUERY_RUNS);
}

CASE("line")

TEST(those_in_line_are_woken_as_they_came)
{
	struct query *a, *b, *c;

	take_all_places();
	a = wait_in_line(A);
	b = wait_in_line(B);
	c = wait_in_line(C);
	assert_woken(A);
	assert_runs(a);
	assert_woken(B);
	assert_runs(b);
	assert_woken(C);
	assert_runs(c);
	assert_woken(0);
}

TEST(one_that_is_woken_in_vain_is_woken_again_after_all_others)
{
	take_all_places();
	wait_in_line(A);
	wait_in_line(B);
	assert_woken(A);
	assert_woken(B);
	assert_woken(A);
	assert_woken(B);
}

/* It has not been woken yet: a place is free for one that has been. */
TEST(a_new_one_goes_behind_those_in_line)
{
	struct query *a;

	take_all_places();
	a = wait_in_line(A);
	wait_in_line(B);
	assert_woken(A);
	wait_in_line(NEW);
	assert_runs(a);
	assert_woken(B);
}

TEST(one_that_was_woken_and_has_not_come_holds_no_new_one_up)
{
	take_all_places();
	wait_in_line(A);
	assert_woken(A);
	ck_assert_int_eq(ask(NEW)->state, QUERY_RUNS);
}

TEST(one_that_comes_too_late_stays_in_line)
{
	struct query *a;

	take_all_places();
	a = wait_in_line(A);
	assert_woken(A);
	ck_assert_int_eq(ask(NEW)->state, QUERY_RUNS);
	socket6_query_run(a, 0);
	ck_assert_int_eq(a->state, QUERY_IN_LINE);
	assert_woken(A);
	assert_runs(a);
}

/* Whichever leaves. */
LOOP_TEST(one_that_is_freed_in_line_is_not_missed, 3)
{
	static const int rest[3][2] = {{B, C}, {A, C}, {A, B}};
	struct query *q[3];

	take_all_places();
	for (int i = 0; i < 3; i++)
		q[i] = wait_in_line(A + i);
	socket6_query_free(q[_i]);
	wait_in_line(NEW);
	assert_woken(rest[_i][0]);
	assert_woken(rest[_i][1]);
	assert_woken(NEW);
	assert_woken(rest[_i][0]);
	ck_assert_int_eq(given.woken[A + _i], 0);
}

TEST(a_line_that_was_empty_is_one_again)
{
	take_all_places();
	socket6_query_free(wait_in_line(A));
	assert_woken(0);
	ck_assert_int_eq(ask(NEW)->state, QUERY_RUNS);
	wait_in_line(B);
	assert_woken(B);
}

/* Nobody has woken it: a look-up comes by itself after a while. */
TEST(one_that_comes_too_early_keeps_its_turn)
{
	struct query *a;

	take_all_places();
	a = wait_in_line(A);
	wait_in_line(B);
	socket6_query_run(a, 0);
	ck_assert_int_eq(a->state, QUERY_IN_LINE);
	assert_woken(A);
	assert_woken(B);
	assert_woken(A);
}

/* IPv4's threads end, so that a place may be anybody's. */
TEST(ipv4_is_woken_before_ipv6_and_that_before_both)
{
	static const int families[] = {AF_UNSPEC, AF_INET6, AF_INET};
	struct query *q[3];

	take_all_places();
	for (int i = 0; i < QUERIES_KEPT; i++)
		assert_runs(new_query(AF_INET6, FULL));
	for (int i = 0; i < 3; i++) {
		q[i] = new_query(families[i], A + i);
		socket6_query_run(q[i], 0);
		ck_assert_int_eq(q[i]->state, QUERY_IN_LINE);
	}
	assert_woken(C);
	assert_runs(q[2]);
	assert_woken(B);
	assert_runs(q[1]);
	assert_woken(A);
	assert_runs(q[0]);
}

CASE("thread")

TEST(without_a_thread_one_that_may_wait_holds_nobody_up)
{
	struct query *a = new_query(AF_INET, A);

	given.no_thread = 1;
	socket6_query_run(a, 1);
	ck_assert_int_eq(a->state, QUERY_IN_LINE);
	given.no_thread = 0;
	take_all_places();
	assert_woken(A);
	assert_runs(a);
}

TEST(without_a_thread_one_that_may_not_wait_is_answered)
{
	struct query *a = new_query(AF_INET, A);

	given.no_thread = 1;
	socket6_query_run(a, 0);
	ck_assert_int_eq(a->state, QUERY_ANSWERED);
	ck_assert_int_eq(a->error, EAGAIN);
	ck_assert_int_eq(given.woken[A], 1);
	socket6_query_free(a);
	given.no_thread = 0;
	take_all_places();
}

/* The thread frees it; it wakes nobody, for nobody is there. */
TEST(one_that_is_freed_while_it_runs_wakes_nobody)
{
	struct query *a = ask(A);

	socket6_query_free(a);
	end_one();
	ck_assert_int_eq(given.woken[A], 0);
	take_all_places();
}

TEST(one_that_is_freed_while_it_runs_leaves_the_line_as_it_is)
{
	struct query *a = ask(A);

	for (int i = 1; i < MOST; i++)
		ask(FULL);
	wait_in_line(B);
	wait_in_line(C);
	socket6_query_free(a);
	assert_woken(B);
	assert_woken(C);
}

TEST(null_is_nothing_to_free)
{
	socket6_query_free(NULL);
	socket6_query_free_copy(NULL);
}

TEST(one_that_runs_or_has_run_is_left_alone)
{
	struct query *a = ask(A);

	socket6_query_run(a, 0);
	ck_assert_int_eq(given.begun, 1);
	end_one();
	socket6_query_run(a, 0);
	ck_assert_int_eq(given.begun, 1);
	ck_assert_int_eq(a->state, QUERY_ANSWERED);
}

/* It has none of the threads. */
TEST(a_child_of_fork_has_all_places)
{
	struct query *a;

	take_all_places();
	a = wait_in_line(A);
	given.is_child = 1;
	given.run = given.begun;
	take_all_places();
	socket6_query_free_copy(a);
	wait_in_line(B);
	assert_woken(B);
}

CASE("answer")

TEST(an_answer_has_its_addresses_and_times)
{
	struct query *a;

	given.now = 5000;
	a = ask(A);
	ck_assert_int_eq(a->ended, 0);
	given.addresses = 3;
	given.now = 7000;
	end_one();
	ck_assert_int_eq(a->state, QUERY_ANSWERED);
	ck_assert_int_eq(a->error, 0);
	ck_assert_uint_eq(a->n, 3);
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_eq(a->addrs[i].port, i + 1);
	ck_assert_int_eq(a->asked, 5000);
	ck_assert_int_eq(a->ended, 7000);
	ck_assert_int_eq(given.woken[A], 1);
	ck_assert_int_eq(given.freed, 1);
	socket6_query_free(a);
}

/* All are of a family that nobody has asked for. */
TEST(an_answer_without_addresses_is_none)
{
	struct query *a = ask(A);

	end_one();
	ck_assert_int_eq(a->error, ENOENT);
	ck_assert_int_eq(given.freed, 1);
	socket6_query_free(a);
}

TEST(an_error_is_the_answer)
{
	struct query *a = ask(A);

	given.error = EIO;
	end_one();
	ck_assert_int_eq(a->error, EIO);
	ck_assert_int_eq(a->state, QUERY_ANSWERED);
	ck_assert_int_eq(given.freed, 0);
	socket6_query_free(a);
}

CASE("hurry")

TEST(one_that_got_stuck_hurries_others_for_a_minute)
{
	ck_assert(!socket6_query_is_hurried(1));
	socket6_query_hurry(1000);
	ck_assert(socket6_query_is_hurried(1000));
	ck_assert(socket6_query_is_hurried(60000999));
	ck_assert(!socket6_query_is_hurried(60001000));
}

#include "check_query.list"
