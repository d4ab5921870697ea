/* SPDX-License-Identifier: ISC */
/*
 * check_lookup.c - look a name up without blocking.
 *
 * getaddrinfo is the test's own, resolver.h. What is asked when is check_plan's.
 */
#include "config.h"

#include "fixture.h"
#include "names.h"
#include "net.h"
#include "platform.h"
#include "resolver.h"
#include "stand_in.h"
#include "suite.h"

#include <pthread.h>
#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#if HAVE_TIMERFD
# include <sys/timerfd.h>
#endif

/* Milliseconds; a C library takes 15 seconds of silent name servers. */
enum { ROOM = 8, LATE = 30000 };

/* A user without processes, who is not root. */
enum { NOBODY = 65534 };

static struct socket_lookup *new_lookup(const char *host, int flags)
{
	struct socket_lookup *l = socket_lookup_new(host, "443", flags);

	ck_assert_ptr_nonnull(l);
	return l;
}

/* The timer of what is there already may take a moment. */
static int becomes_ready(const struct socket_lookup *l)
{
	return readable(socket_lookup_fd(l), LATE);
}

/* Waits as a program does: the descriptor may wake for what is no answer. */
static int take(struct socket_lookup *l, struct socket_addr6 *out, size_t max)
{
	int n;

	while ((n = socket_lookup_take(l, out, max)) == -1 && errno == EAGAIN)
		ck_assert(readable(socket_lookup_fd(l), LATE));
	return n;
}

static void assert_takes(struct socket_lookup *l, const char *first,
			 const char *second)
{
	struct socket_addr6 a[ROOM];

	ck_assert_int_eq(take(l, a, ROOM), second ? 2 : 1);
	assert_ip6(first, a[0].ip);
	ck_assert_uint_eq(a[0].port, 443);
	if (second)
		assert_ip6(second, a[1].ip);
}

static void assert_over(struct socket_lookup *l)
{
	ck_assert_int_eq(take(l, NULL, 0), 0);
	assert_gives(0, socket_lookup_take(l, NULL, 0));
	ck_assert(becomes_ready(l));
}

CASE("address")

TEST(an_address_is_there_at_once)
{
	struct socket_lookup *l;

	count_calls();
	l = new_lookup("192.0.2.1", 0);
	ck_assert(becomes_ready(l));
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	assert_over(l);
	ck_assert_int_eq(calls(CALL_GETADDRINFO), 0);
	ck_assert_int_eq(calls(CALL_TIMERFD_SETTIME), 0);
	socket_lookup_free(l);
}

static const struct {
	const char *host, *service;
	int flags, error;
} bad[] = {
	{NULL, "80", 0, EINVAL},
	{"", "80", 0, EINVAL},
	{"::1", "", 0, EINVAL},
	{"name.example", "65536", 0, EINVAL},
	{"name.example", NULL, 0, EINVAL},
	{"name.example", "80", 16, EINVAL},
	{"n\303\244me.example", "80", 0, EINVAL},
	{"name\001", "80", 0, EINVAL},
	{"name\177", "80", 0, EINVAL},
	{"[1.2.3.4]", "80", 0, EINVAL},
	{"::1", "nosuchservice", 0, EPROTONOSUPPORT},
	{"::1", "80", SOCKET_LOOKUP_V4, ENOENT},
};

LOOP_TEST(what_is_no_host_or_port_is_refused_at_once, LENGTH(bad))
{
	int before = open_descriptors();

	errno = 0;
	ck_assert_ptr_null(socket_lookup_new(bad[_i].host, bad[_i].service,
					     bad[_i].flags));
	ck_assert_int_eq(errno, bad[_i].error);
	ck_assert_int_eq(open_descriptors(), before);
}

TEST(null_is_no_look_up)
{
	assert_fails(EINVAL, socket_lookup_fd(NULL));
	assert_fails(EINVAL, socket_lookup_take(NULL, NULL, 0));
	socket_lookup_free(NULL);
}

TEST(without_descriptors_there_is_no_look_up)
{
	need_net();
	allow_no_descriptors();
	errno = 0;
	ck_assert_ptr_null(socket_lookup_new("::1", "80", 0));
	ck_assert_int_eq(errno, EMFILE);
}

CASE("name")

TEST(a_name_is_told_in_the_order_of_the_system)
{
	struct socket_lookup *l;

	need_timers();
	answer(BOTH, "192.0.2.1", "2001:db8::1");
	l = new_lookup("name.example", 0);
	await_asked(BOTH, 1);
	assert_fails(EAGAIN, socket_lookup_take(l, NULL, 0));
	let(BOTH);
	assert_takes(l, "::ffff:192.0.2.1", "2001:db8::1");
	assert_over(l);
	ck_assert(were_signals_blocked());
	socket_lookup_free(l);
}

TEST(one_family_is_asked_for_alone)
{
	struct socket_lookup *l;

	need_threads();
	answer(V4, "192.0.2.1", NULL);
	let(V4);
	l = new_lookup("name.example", SOCKET_LOOKUP_V4);
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	assert_over(l);
	ck_assert_int_eq(times_asked(BOTH) + times_asked(V6), 0);
	socket_lookup_free(l);
}

TEST(an_answer_that_has_no_room_stays)
{
	struct socket_addr6 a[ROOM];
	struct socket_lookup *l;

	need_threads();
	answer(V4, "192.0.2.1", "192.0.2.2");
	let(V4);
	l = new_lookup("name.example", SOCKET_LOOKUP_V4);
	ck_assert_int_eq(take(l, NULL, 0), 2);
	ck_assert(becomes_ready(l));
	memset(a, 0x55, sizeof a);
	assert_gives(2, socket_lookup_take(l, a, 1));
	ck_assert_int_eq(a[0].ip[0], 0x55);
	assert_fails(EINVAL, socket_lookup_take(l, NULL, 1));
	assert_takes(l, "::ffff:192.0.2.1", "::ffff:192.0.2.2");
	assert_over(l);
	socket_lookup_free(l);
}

TEST(why_there_is_no_address_is_told_once)
{
	struct socket_lookup *l;

	need_threads();
	need_ipv6();
	answer_with(V6, EAI_NONAME);
	let(V6);
	l = new_lookup("name.example", SOCKET_LOOKUP_V6);
	ck_assert_int_eq(take(l, NULL, 0), -1);
	ck_assert_int_eq(errno, ENOENT);
	assert_over(l);
	socket_lookup_free(l);
}

/* The answer for both families is later than IPv4's, and has this address. */
static void assert_late_answer(const char *ip4, const char *first,
			       const char *second)
{
	struct socket_lookup *l;

	answer(BOTH, "2001:db8::1", ip4);
	answer(V4, "192.0.2.1", NULL);
	l = new_lookup("name.example", 0);
	await_asked(BOTH, 1);
	let(V4);
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	ck_assert_int_eq(times_asked(BOTH), 1);
	let(BOTH);
	assert_takes(l, first, second);
	assert_over(l);
	let(V6);
	socket_lookup_free(l);
}

TEST(a_system_that_is_slow_is_asked_for_each_family)
{
	need_timers();
	assert_late_answer("192.0.2.2", "2001:db8::1", "::ffff:192.0.2.2");
}

/* A user's limit holds for all but root (setrlimit(2), RLIMIT_NPROC). */
static void *end_at_once(void *arg)
{
	return arg;
}

static int have_threads_left(void)
{
	struct rlimit limit = {0};
	pthread_t thread;

	setrlimit(RLIMIT_NPROC, &limit);
	return pthread_create(&thread, NULL, end_at_once, NULL) == 0;
}

/* As soon as the families are asked for there are no threads any more. */
TEST(a_slow_system_answers_though_there_is_no_other_thread)
{
	struct socket_lookup *l;

	need_timers();
	if (IS_SANITIZED)
		skip("a sanitizer needs a thread of its own at the end");
	if (getuid() == 0)
		ck_assert_int_eq(setuid(NOBODY), 0);
	answer(BOTH, "2001:db8::1", "192.0.2.1");
	l = new_lookup("name.example", 0);
	await_asked(BOTH, 1);
	if (have_threads_left())
		skip("threads are not limited");
	ck_assert(readable(socket_lookup_fd(l), LATE));
	assert_fails(EAGAIN, socket_lookup_take(l, NULL, 0));
	let(BOTH);
	assert_takes(l, "2001:db8::1", "::ffff:192.0.2.1");
	assert_over(l);
	socket_lookup_free(l);
}

/* Longer than the time after which each family is asked for. */
static void read_the_clock_slowly(enum call call)
{
	if (call == CALL_CLOCK_GETTIME || call == CALL_GETTIMEOFDAY)
		poll(NULL, 0, 60);
}

TEST(a_slow_beginning_is_no_slow_answer)
{
	struct socket_lookup *l;

	need_timers();
	answer(BOTH, "2001:db8::1", "192.0.2.1");
	stand_in.before = read_the_clock_slowly;
	l = new_lookup("name.example", 0);
	stand_in.before = NULL;
	ck_assert(readable(socket_lookup_fd(l), 5000));
	let(BOTH);
	let(V4);
	let(V6);
	socket_lookup_free(l);
}

TEST(an_address_is_told_once)
{
	need_timers();
	assert_late_answer("192.0.2.1", "2001:db8::1", NULL);
}

TEST(after_a_slow_one_each_family_is_asked_for_at_once)
{
	struct socket_lookup *slow, *l;

	need_timers();
	answer(V4, "192.0.2.1", NULL);
	answer(V6, "2001:db8::1", NULL);
	slow = new_lookup("name.example", 0);
	await_asked(BOTH, 1);
	let(V4);
	let(V6);
	ck_assert_int_eq(take(slow, (struct socket_addr6[ROOM]){0}, ROOM), 1);
	l = new_lookup("name.example", 0);
	await_asked(V6, 2);
	await_asked(V4, 2);
	ck_assert_int_eq(times_asked(BOTH), 1);
	ck_assert_int_eq(take(l, (struct socket_addr6[ROOM]){0}, ROOM), 1);
	let(BOTH);
	socket_lookup_free(slow);
	socket_lookup_free(l);
}

static void assert_is_a_name(const char *host)
{
	struct socket_lookup *l;

	answer(V4, "192.0.2.1", NULL);
	let(V4);
	l = new_lookup(host, SOCKET_LOOKUP_V4);
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	socket_lookup_free(l);
}

TEST(every_other_byte_may_be_in_a_name)
{
	need_threads();
	assert_is_a_name("!name~.example");
}

TEST(a_name_may_have_one_byte)
{
	need_threads();
	assert_is_a_name("a");
}

/* Nanoseconds until a timer is due, 0 for never. */
static long long due_in(const struct socket_lookup *l)
{
#if HAVE_TIMERFD
	struct itimerspec t;

	ck_assert_int_eq(timerfd_gettime(socket_lookup_fd(l), &t), 0);
	return t.it_value.tv_sec * 1000000000ll + t.it_value.tv_nsec;
#else
	(void)l;
	return 0;
#endif
}

TEST(both_are_waited_for_no_longer_than_50_milliseconds)
{
	struct socket_lookup *l;

	need_timers();
	need(HAVE_TIMERFD);
	answer(BOTH, "192.0.2.1", NULL);
	l = new_lookup("name.example", 0);
	ck_assert_int_le(due_in(l), 50000001);
	let(BOTH);
	let(V4);
	let(V6);
	socket_lookup_free(l);
}

TEST(one_family_is_waited_for_without_a_timer)
{
	struct socket_lookup *l;

	need_threads();
	need(HAVE_TIMERFD);
	answer(V4, "192.0.2.1", NULL);
	l = new_lookup("name.example", SOCKET_LOOKUP_V4);
	ck_assert_int_eq(due_in(l), 0);
	let(V4);
	socket_lookup_free(l);
}

CASE("thread")

static struct socket_lookup *new_blocked(void)
{
	struct socket_lookup *l;

	answer(V4, "192.0.2.1", NULL);
	l = new_lookup("name.example", SOCKET_LOOKUP_V4);
	await_asked(V4, 1);
	return l;
}

TEST(an_address_takes_no_thread_and_a_family_one)
{
	struct socket_lookup *l, *literal;

	need_thread_names();
	literal = new_lookup("::1", 0);
	ck_assert_int_eq(threads_of_questions(), 0);
	l = new_blocked();
	ck_assert_int_eq(threads_of_questions(), 1);
	let(V4);
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	socket_lookup_free(l);
	socket_lookup_free(literal);
}

TEST(its_stack_is_a_mebibyte)
{
	struct socket_lookup *l;

	need_threads();
	l = new_blocked();
	if (stack_of_question() == 0)
		skip("no pthread_getattr_np");
	ck_assert_uint_ge(stack_of_question(), 1 << 20);
	ck_assert_uint_lt(stack_of_question(), 2 << 20);
	let(V4);
	socket_lookup_free(l);
}

/* One that no thread of the program's takes stays, whatever look-ups run. */
TEST(it_takes_no_signal)
{
	struct socket_lookup *l;
	sigset_t alarm, pending;

	need_threads();
	need(HAVE_POSIX);
	l = new_blocked();
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &alarm, NULL), 0);
	be_interrupted();
	do {
		poll(NULL, 0, 1);
		ck_assert_int_eq(sigpending(&pending), 0);
	} while (!sigismember(&pending, SIGALRM));
	be_left_alone();
	ck_assert(were_signals_blocked());
	let(V4);
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	socket_lookup_free(l);
}

static void start_beside(void *unused)
{
	(void)unused;
	names_beside(&(const struct names){.a = "192.0.2.2"});
}

static void begin(void *l)
{
	*(struct socket_lookup **)l = new_lookup("now.test", SOCKET_LOOKUP_V4);
}

/* Both name servers are at 127.0.0.1. */
TEST(it_has_the_network_of_the_thread_that_begins_it)
{
	struct socket_lookup *near, *far;

	need_threads();
	need_pair();
	need_name_server(.a = "192.0.2.1");
	far_run(start_beside, NULL);
	far_run(begin, &far);
	begin(&near);
	assert_takes(near, "::ffff:192.0.2.1", NULL);
	assert_takes(far, "::ffff:192.0.2.2", NULL);
	socket_lookup_free(near);
	socket_lookup_free(far);
}

/*
 * Also those that nobody waits for. With the options of resolv.conf(5) that a
 * machine has, which SLOW=1 asks for, glibc takes 15 seconds.
 */
TEST(all_end_though_a_name_server_is_silent)
{
	long long start = microseconds();
	struct socket_lookup *freed, *l;

	need_thread_names();
	need_name_server(.options = getenv("SLOW") ? ""
						   : "timeout:1 attempts:1");
	freed = new_lookup("aaaa-never.test", 0);
	names_await(0, "A", 1);
	socket_lookup_free(freed);
	l = new_lookup("1.silent.test", 0);
	names_await(0, "A", 2);
	ck_assert_int_ge(threads_of_questions(), 2);
	ck_assert_int_eq(take(l, NULL, 0), -1);
	socket_lookup_free(l);
	while (threads_of_questions() > 0)
		poll(NULL, 0, 1);
	ck_assert_int_lt(microseconds() - start, 30000000);
}

CASE("dnsmasq")

/*
 * As many name servers that routers have are: another resolver stands between.
 * Where one family has no answer the C library alone is stuck for longer than
 * a test may take.
 */
static const struct between {
	const char *host, *told;
	int count, error; /* count 0: what more is told comes never, or late */
} betweens[] = {
	{"now.test", "::1", 2, 0},
	{"cname-3.test", "::1", 2, 0},
	{"aaaa-never.test", "::ffff:127.0.0.1", 0, 0},
	{"a-never.test", "::1", 0, 0},
	{"aaaa-servfail.test", "::ffff:127.0.0.1", 0, 0},
	{"a-servfail.test", "::1", 0, 0},
	{"aaaa-nodata.test", "::ffff:127.0.0.1", 1, 0},
	{"a-nodata.test", "::1", 1, 0},
	{"nx.test", NULL, 0, ENOENT},
};

static int is_told(const struct socket_addr6 *a, int n, const char *ip)
{
	for (int i = 0; i < n; i++)
		if (memcmp(a[i].ip, ip6(ip), 16) == 0)
			return 1;
	return 0;
}

/* Takes all there is. */
static int take_all(struct socket_lookup *l, struct socket_addr6 *a)
{
	int n, count = 0;

	while ((n = take(l, a + count, (size_t)(ROOM - count))) > 0)
		count += n;
	return n == -1 ? -1 : count;
}

TABLE_TEST(another_resolver_between_changes_nothing, row, betweens,
	   nothing_missing)
{
	struct socket_addr6 a[ROOM];
	struct socket_lookup *l;
	int n;

	need_timers();
	need_name_server(.options = "timeout:30", .by_dnsmasq = 1);
	l = new_lookup(row->host, 0);
	n = row->count ? take_all(l, a) : take(l, a, ROOM);
	if (row->told) {
		ck_assert_int_gt(n, 0);
		ck_assert(is_told(a, n, row->told));
	} else {
		ck_assert_int_eq(n, -1);
		ck_assert_int_eq(errno, row->error);
	}
	if (row->count)
		ck_assert_int_eq(n, row->count);
	socket_lookup_free(l);
}

CASE("free")

/* What is open at the end, of the C library's question too, is a leak to them. */
static int leaks_are_looked_for(void)
{
	const char *preloaded = getenv("LD_PRELOAD");

	return IS_SANITIZED || (preloaded && strstr(preloaded, "vgpreload"));
}

TEST(a_program_may_end_while_it_looks_up)
{
	int status;
	pid_t child;

	need_threads();
	if (leaks_are_looked_for())
		skip("a leak is looked for at the end");
	need_name_server(.options = "");
	child = fork();
	ck_assert_int_ne(child, -1);
	if (child == 0) {
		new_lookup("silent.test", 0);
		names_await(0, "A", 1);
		exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}

TEST(a_look_up_is_freed_while_it_runs)
{
	int before = open_descriptors();
	struct socket_lookup *l;

	need_threads();
	answer(V4, "192.0.2.1", NULL);
	l = new_lookup("name.example", SOCKET_LOOKUP_V4);
	await_asked(V4, 1);
	socket_lookup_free(l);
	ck_assert_int_eq(open_descriptors(), before);
	let(V4);
}

/* What runs is the parent's: its answer comes to the parent, also later. */
LOOP_TEST(a_child_of_fork_has_none_of_the_answers, 2)
{
	struct socket_lookup *l, *own;
	struct socket_addr6 a;
	int status;
	pid_t child;

	need_threads();
	answer(V4, "192.0.2.1", NULL);
	l = new_lookup("name.example", SOCKET_LOOKUP_V4);
	await_asked(V4, 1);
	if (_i == 1) {
		let(V4);
		ck_assert(readable(socket_lookup_fd(l), LATE));
	}
	child = fork();
	ck_assert_int_ne(child, -1);
	if (child == 0) {
		errno = 0;
		if (socket_lookup_take(l, NULL, 0) != -1 || errno != EAGAIN)
			_exit(1);
		socket_lookup_free(l);
		own = socket_lookup_new("::1", "443", 0);
		if (!own || socket_lookup_take(own, &a, 1) != 1)
			_exit(2);
		socket_lookup_free(own);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	let(V4);
	ck_assert(readable(socket_lookup_fd(l), LATE));
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	assert_over(l);
	socket_lookup_free(l);
}

/* Where a waker is a kqueue the child has none, and its number is free. */
TEST(a_child_of_fork_keeps_what_it_has_opened)
{
	struct socket_lookup *l = new_lookup("::1", 0);
	int status, own;
	pid_t child;

	need_threads();
	child = fork();
	ck_assert_int_ne(child, -1);
	if (child == 0) {
		own = any_descriptor("file");
		socket_lookup_free(l);
		_exit(is_open(own) ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	socket_lookup_free(l);
}

/* The parent has asked nothing: it has no thread. */
TEST(a_child_of_fork_may_be_the_first_to_look_up)
{
	struct socket_lookup *l = new_lookup("::1", 0);
	int status;
	pid_t child;

	need_threads();
	child = fork();
	ck_assert_int_ne(child, -1);
	if (child == 0) {
		socket_lookup_free(l);
		l = new_lookup("::1", 0);
		assert_takes(l, "::1", NULL);
		socket_lookup_free(l);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	socket_lookup_free(l);
}

TEST(a_child_of_fork_may_look_up)
{
	struct socket_lookup *l, *own;
	int status;
	pid_t child;

	need_threads();
	need_ipv6();
	answer(V4, "192.0.2.1", NULL);
	answer(V6, "2001:db8::1", NULL);
	l = new_lookup("name.example", SOCKET_LOOKUP_V4);
	await_asked(V4, 1);
	let(V6);
	child = fork();
	ck_assert_int_ne(child, -1);
	if (child == 0) {
		own = new_lookup("name.example", SOCKET_LOOKUP_V6);
		assert_takes(own, "2001:db8::1", NULL);
		assert_over(own);
		socket_lookup_free(own);
		socket_lookup_free(l);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	let(V4);
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	socket_lookup_free(l);
}

static pid_t forked;

/* Where a waker's timer is set. */
static void fork_under_the_lock(enum call call)
{
	struct socket_lookup *own;
	int status;

	if (call != CALL_TIMERFD_SETTIME)
		return;
	stand_in.before = NULL;
	forked = fork();
	if (forked != 0)
		return;
	fail_call(CALL_PTHREAD_CREATE, 0, EAGAIN);
	own = socket_lookup_new("name.example", "443", SOCKET_LOOKUP_V4);
	status = !own && errno == EAGAIN ? 0 : 1;
	for (int fd = 3; fd < DESCRIPTORS; fd++)
		close(fd); /* those of a look-up that nobody has here */
	_exit(status);
}

TEST(a_child_of_fork_finds_the_lock_free)
{
	struct socket_lookup *l;
	int status;

	need_threads();
	need(HAVE_TIMERFD);
	answer(V4, "192.0.2.1", NULL);
	stand_in.before = fork_under_the_lock;
	l = new_lookup("name.example", SOCKET_LOOKUP_V4);
	ck_assert_int_gt(forked, 0);
	ck_assert_int_eq(waitpid(forked, &status, 0), forked);
	ck_assert_int_eq(status, 0);
	let(V4);
	assert_takes(l, "::ffff:192.0.2.1", NULL);
	socket_lookup_free(l);
}

CASE("line")

/* More than run at once. */
enum { MANY = 300, QUERIES = 256, KEPT = 64 };

static const struct {
	int flags, question, most;
} lines[] = {
	{SOCKET_LOOKUP_V4, V4, QUERIES - KEPT},
	{SOCKET_LOOKUP_V6, V6, QUERIES - KEPT},
};

LOOP_TEST(so_many_run_and_the_others_stand_in_line, LENGTH(lines))
{
	static struct socket_lookup *l[MANY];

	need_threads();
	need_ipv6();
	answer(V4, "192.0.2.1", NULL);
	answer(V6, "192.0.2.1", NULL);
	for (int i = 0; i < MANY; i++)
		l[i] = new_lookup("name.example", lines[_i].flags);
	await_asked(lines[_i].question, lines[_i].most);
	let(lines[_i].question);
	for (int i = 0; i < MANY; i++) {
		assert_takes(l[i], "::ffff:192.0.2.1", NULL);
		socket_lookup_free(l[i]);
	}
	ck_assert_int_le(most_at_once(), lines[_i].most);
	ck_assert_int_eq(times_asked(lines[_i].question), MANY);
}

/* Takes what is ready, as a loop does; how many have been told an address. */
static int take_ready(struct socket_lookup **l, const struct pollfd *p)
{
	struct socket_addr6 a;
	int told = 0;

	for (int i = 0; i < MANY; i++)
		if (p[i].revents && socket_lookup_take(l[i], &a, 1) == 1) {
			assert_ip6("::ffff:127.0.0.1", a.ip);
			told++;
		}
	return told;
}

TEST(all_names_of_a_late_server_are_told)
{
	static struct socket_lookup *l[MANY];
	static struct pollfd p[MANY];
	char name[32];

	need_threads();
	need_name_server(.options = "");
	ask_the_system();
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof name, "%d.500ms.test", i);
		l[i] = new_lookup(name, SOCKET_LOOKUP_V4);
		p[i].fd = socket_lookup_fd(l[i]);
		p[i].events = POLLIN;
	}
	for (int told = 0; told < MANY; told += take_ready(l, p))
		ck_assert_int_ge(poll(p, MANY, -1), 0);
	for (int i = 0; i < MANY; i++) {
		assert_over(l[i]);
		socket_lookup_free(l[i]);
	}
	ck_assert_int_le(most_at_once(), QUERIES);
	ck_assert_int_ge(names_asked(0, "A"), MANY);
}

/* A quarter of the places is kept for each family, whatever is stuck. */
static const struct {
	int stuck[2];	     /* flags of those that come first, MANY of each */
	int most[QUESTIONS]; /* how many then run of each */
	int flags, free;     /* what is let, and asked by one more */
} kept[] = {
	{{0, 0}, {128, 0, 0}, SOCKET_LOOKUP_V4, V4},
	{{0, 0}, {128, 0, 0}, SOCKET_LOOKUP_V6, V6},
	{{SOCKET_LOOKUP_V6, 0}, {0, 192, 0}, SOCKET_LOOKUP_V4, V4},
	{{SOCKET_LOOKUP_V4, 0}, {0, 0, 192}, SOCKET_LOOKUP_V6, V6},
	{{0, SOCKET_LOOKUP_V6}, {128, 64, 0}, SOCKET_LOOKUP_V4, V4},
	{{0, SOCKET_LOOKUP_V4}, {128, 0, 64}, SOCKET_LOOKUP_V6, V6},
};

LOOP_TEST(each_family_has_places_that_no_other_question_takes, LENGTH(kept))
{
	static struct socket_lookup *l[2 * MANY];
	struct socket_lookup *one;

	need_timers();
	answer(BOTH, "192.0.2.1", NULL);
	answer(V6, "2001:db8::2", NULL);
	answer(V4, "192.0.2.2", NULL);
	for (int i = 0; i < 2 * MANY; i++)
		l[i] = new_lookup("name.example", kept[_i].stuck[i / MANY]);
	for (int i = 0; i < QUESTIONS; i++)
		await_asked(i, kept[_i].most[i]);
	let(kept[_i].free);
	one = new_lookup("name.example", kept[_i].flags);
	ck_assert_int_eq(take(one, (struct socket_addr6[ROOM]){0}, ROOM), 1);
	socket_lookup_free(one);
	for (int i = 0; i < QUESTIONS; i++)
		ck_assert_int_eq(times_asked(i),
				 kept[_i].most[i] + (i == kept[_i].free));
	let(BOTH);
	let(V6);
	let(V4);
	for (int i = 0; i < 2 * MANY; i++)
		socket_lookup_free(l[i]);
}

static const struct {
	const char *mode, *told;
} halves[] = {
	{"aaaa-never", "::ffff:127.0.0.1"},
	{"a-never", "::1"},
};

/* The C library alone would be stuck for longer than a test may take. */
LOOP_TEST(one_family_is_told_though_the_other_is_stuck_in_every_place,
	  LENGTH(halves))
{
	char name[32];

	need_timers();
	need_name_server(.options = "timeout:30");
	for (int i = 0; i < 2 * MANY; i++) {
		struct socket_addr6 a[ROOM];
		struct socket_lookup *l;

		snprintf(name, sizeof name, "%d.%s.test", i, halves[_i].mode);
		l = new_lookup(name, 0);
		ck_assert_int_eq(take(l, a, ROOM), 1);
		assert_ip6(halves[_i].told, a[0].ip);
		socket_lookup_free(l);
	}
}

TEST(one_in_line_that_nobody_takes_holds_nobody_up)
{
	static struct socket_lookup *l[MANY];

	need_threads();
	answer(V4, "192.0.2.1", NULL);
	for (int i = 0; i < MANY; i++)
		l[i] = new_lookup("name.example", SOCKET_LOOKUP_V4);
	let(V4);
	assert_takes(l[MANY - 1], "::ffff:192.0.2.1", NULL);
	for (int i = 0; i < MANY; i++)
		socket_lookup_free(l[i]);
}

#include "check_lookup.list"
