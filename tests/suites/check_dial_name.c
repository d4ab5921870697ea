/* SPDX-License-Identifier: ISC */
/*
 * check_dial_name.c - a dial that looks its names up.
 *
 * getaddrinfo is the test's own, resolver.h: what is not let never answers.
 */
#include "config.h"

#include "fixture.h"
#include "names.h"
#include "net.h"
#include "platform.h"
#include "resolver.h"
#include "stand_in.h"
#include "suite.h"
#include "wire.h"

#include <socket6.h>
#include <stdio.h>

enum { ROOM = 8, LATE = 5000 };

static char service[8];

/* Somebody listens, and the names' service is that port. */
static int listen_at(const struct place *place)
{
	uint16_t port;
	int l = listener_at(place, &port);

	snprintf(service, sizeof service, "%d", port);
	return l;
}

static struct socket_dial *new_dial(void)
{
	struct socket_dial *d = socket_dial_new(ROOM);

	ck_assert_ptr_nonnull(d);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, LATE));
	return d;
}

/* Steps until the dial has ended, as a loop of poll would. */
static int won_by(struct socket_dial *d)
{
	struct pollfd p[ROOM];
	int fds[ROOM], events[ROOM], milliseconds, s;
	size_t n;

	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS) {
		n = socket_dial_pollfds(d, fds, events, ROOM, &milliseconds);
		for (size_t i = 0; i < n; i++)
			p[i] = (struct pollfd){
				.fd = fds[i],
				.events = events[i] == 1 ? POLLIN : POLLOUT,
			};
		poll(p, (nfds_t)n, milliseconds);
	}
	return s;
}

static int dial(int milliseconds)
{
	return socket_dial("name.example", service, milliseconds, NULL);
}

/* ---- the time that was asked for ---- */

CASE("time")

TEST(a_name_is_dialled)
{
	int l = listen_at(AT_IPV4);
	int s;

	need_threads();
	answer(BOTH, "127.0.0.1", NULL);
	answer(V4, "127.0.0.1", NULL);
	let(BOTH);
	let(V4);
	s = dial(LATE);
	ck_assert_int_ge(s, 0);
	assert_talk(s, accepted(l));
	socket_close(s);
}

/* getaddrinfo would take 15 seconds of both. */
static const int alone[] = {V4, V6};

LOOP_TEST(one_family_is_enough_if_the_other_is_never_answered, LENGTH(alone))
{
	int is_v6 = alone[_i] == V6;
	int l, s;

	need_threads();
	need_ipv6();
	l = listen_at(is_v6 ? AT_IPV6 : AT_IPV4);
	answer(alone[_i], is_v6 ? "::1" : "127.0.0.1", NULL);
	let(alone[_i]);
	s = dial(LATE);
	ck_assert_int_ge(s, 0);
	assert_talk(s, accepted(l));
	socket_close(s);
	let(BOTH);
}

TEST(a_silent_name_server_takes_the_time_that_was_asked_for)
{
	long long start = microseconds();

	need_threads();
	answer(BOTH, "127.0.0.1", NULL);
	assert_fails(ETIMEDOUT, socket_dial("name.example", "443", 100, NULL));
	ck_assert_int_ge(microseconds() - start, 100000);
	assert_fails(ETIMEDOUT, socket_dial("name.example", "443", 0, NULL));
}

static const struct {
	int eai, error;
} errors[] = {
	{EAI_NONAME, ENOENT},
	{EAI_AGAIN, EIO},
	{EAI_FAIL, ENOTRECOVERABLE},
	{EAI_MEMORY, ENOMEM},
};

LOOP_TEST(a_name_without_an_address_says_why, LENGTH(errors))
{
	need_threads();
	for (int i = 0; i < QUESTIONS; i++) {
		answer_with(i, errors[_i].eai);
		let(i);
	}
	assert_fails(errors[_i].error,
		     socket_dial("name.example", "443", LATE, NULL));
}

TEST(an_attempt_that_failed_explains_more_than_a_name)
{
	struct socket_dial *d = new_dial();

	need_threads();
	for (int i = 0; i < QUESTIONS; i++) {
		answer_with(i, EAI_NONAME);
		let(i);
	}
	snprintf(service, sizeof service, "%d", refusing_port_at(AT_IPV4));
	assert_gives(0, socket_dial_name(d, "name.example", service, 0));
	assert_gives(0, socket_dial_name(d, "127.0.0.1", service, 0));
	assert_fails(ECONNREFUSED, won_by(d));
	socket_dial_free(d);
}

/* ---- the end ---- */

CASE("end")

TEST(an_address_is_dialled_without_a_question)
{
	struct socket_dial *d = new_dial();
	int l = listen_at(AT_IPV4);
	int s;

	count_calls();
	assert_gives(0, socket_dial_name(d, "127.0.0.1", service, 0));
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 0, NULL), 0);
	s = won_by(d);
	ck_assert_int_ge(s, 0);
	assert_talk(s, accepted(l));
	socket_close(s);
	ck_assert_int_eq(calls(CALL_GETADDRINFO), 0);
	socket_dial_free(d);
}

TEST(a_dial_ends_after_its_last_name)
{
	struct socket_dial *d = new_dial();

	need_threads();
	answer(V4, "127.0.0.1", NULL);
	answer_with(V6, EAI_NONAME);
	let(V6);
	snprintf(service, sizeof service, "%d", refusing_port_at(AT_IPV4));
	assert_gives(
		0, socket_dial_name(d, "a.example", service, SOCKET_LOOKUP_V6));
	assert_gives(
		0, socket_dial_name(d, "b.example", service, SOCKET_LOOKUP_V4));
	await_asked(V4, 1);
	assert_fails(EINPROGRESS, socket_dial_step(d));
	let(V4);
	assert_fails(ECONNREFUSED, won_by(d));
	assert_fails(EINVAL, socket_dial_name(d, "::1", "1", 0));
	socket_dial_free(d);
}

TEST(a_dial_may_be_told_that_there_is_more)
{
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_MORE, 1));
	snprintf(service, sizeof service, "%d", refusing_port_at(AT_IPV4));
	assert_gives(0, socket_dial_name(d, "127.0.0.1", service, 0));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	assert_gives(0, socket_dial_end(d));
	assert_fails(ECONNREFUSED, won_by(d));
	socket_dial_free(d);
}

static const struct {
	const char *host, *service;
	int flags, error;
} bad[] = {
	{NULL, "80", 0, EINVAL},	   {"::1", "65536", 0, EINVAL},
	{"name.example", NULL, 0, EINVAL}, {"name.example", "80", -1, EINVAL},
	{"fe80::1%none", "80", 0, ENODEV},
};

/* It can be told another one. */
LOOP_TEST(what_is_no_host_or_port_is_refused_at_once, LENGTH(bad))
{
	struct socket_dial *d = new_dial();

	assert_fails(bad[_i].error,
		     socket_dial_name(d, bad[_i].host, bad[_i].service,
				      bad[_i].flags));
	assert_fails(EINVAL, socket_dial_name(NULL, bad[_i].host,
					      bad[_i].service, bad[_i].flags));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	assert_gives(0, socket_dial_name(d, "::1", "1", 0));
	socket_dial_free(d);
}

/* ---- descriptors ---- */

CASE("descriptors")

TEST(a_name_is_watched_for_reading_and_an_attempt_for_writing)
{
	struct socket_dial *d = new_dial();
	int fds[ROOM], events[ROOM];

	need_pair();
	need_threads();
	answer(V4, "127.0.0.1", NULL);
	net_address("near", "192.0.2.1", 24);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 0));
	assert_gives(0, socket_dial_name(d, "192.0.2.2", "443", 0));
	assert_gives(0, socket_dial_name(d, "name.example", "443",
					 SOCKET_LOOKUP_V4));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert_uint_eq(socket_dial_pollfds(d, fds, events, ROOM, NULL), 2);
	ck_assert_int_eq(events[0], 2);
	ck_assert_int_eq(events[1], 1);
	ck_assert(!readable(fds[1], 0));
	let(V4);
	ck_assert(readable(fds[1], LATE));
	socket_dial_free(d);
}

/* Only its answer brings a step. */
TEST(a_name_that_is_watched_needs_no_timer)
{
	struct socket_dial *d = new_dial();
	int fd, milliseconds;

	if (!HAVE(HAVE_KQUEUE))
		need(HAVE_EPOLL);
	need_timers();
	answer(V4, "127.0.0.1", NULL);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, -1));
	assert_gives(0, socket_dial_name(d, "name.example", "443",
					 SOCKET_LOOKUP_V4));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	fd = socket_dial_fd(d);
	ck_assert_int_ge(fd, 0);
	socket_dial_pollfds(d, NULL, NULL, 0, &milliseconds);
	ck_assert_int_eq(milliseconds, -1);
	let(V4);
	ck_assert(readable(fd, LATE));
	socket_dial_free(d);
}

/* epoll_ctl(2): ENOSPC where a user watches as many as are allowed. */
TEST(a_name_that_cannot_be_watched_is_looked_at_soon)
{
	struct socket_dial *d = new_dial();
	int fd;

	need(HAVE_EPOLL);
	need_timers();
	answer(V4, "127.0.0.1", NULL);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, -1));
	fd = socket_dial_fd(d);
	ck_assert_int_ge(fd, 0);
	fail_call(CALL_EPOLL_CTL, 0, ENOSPC);
	assert_gives(0, socket_dial_name(d, "name.example", "443",
					 SOCKET_LOOKUP_V4));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert(readable(fd, LATE));
	let(V4);
	socket_dial_free(d);
}

TEST(a_dial_is_freed_while_it_looks_up)
{
	int before = open_descriptors();
	struct socket_dial *d = new_dial();

	need_threads();
	answer(V4, "127.0.0.1", NULL);
	assert_gives(0, socket_dial_name(d, "name.example", "443",
					 SOCKET_LOOKUP_V4));
	await_asked(V4, 1);
	socket_dial_free(d);
	ck_assert_int_eq(open_descriptors(), before);
	let(V4);
}

TEST(a_child_of_fork_can_only_free_a_dial)
{
	struct socket_dial *d = new_dial();
	int l = listen_at(AT_IPV4);
	int status, s;
	pid_t child;

	need_threads();
	answer(V4, "127.0.0.1", NULL);
	assert_gives(0, socket_dial_name(d, "name.example", service,
					 SOCKET_LOOKUP_V4));
	await_asked(V4, 1);
	child = fork();
	ck_assert_int_ne(child, -1);
	if (child == 0) {
		if (socket_dial_step(d) != -1 || errno != EAGAIN)
			_exit(1);
		socket_dial_free(d);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	let(V4);
	s = won_by(d);
	ck_assert_int_ge(s, 0);
	assert_talk(s, accepted(l));
	socket_close(s);
	socket_dial_free(d);
}

/* ---- the questions ---- */

/* Asserts what the dial says of its question of this family; returns it. */
static struct socket_question question(const struct socket_dial *d, int family,
				       int state, int error, unsigned count)
{
	struct socket_question q[ROOM];
	size_t n = socket_dial_questions(d, q, ROOM);
	size_t i = 0;

	while (i < n && q[i].family != family)
		i++;
	ck_assert_uint_lt(i, n);
	ck_assert_int_eq(q[i].state, state);
	ck_assert_int_eq(q[i].error, error);
	ck_assert_uint_eq(q[i].count, count);
	return q[i];
}

CASE("questions")

TEST(a_question_tells_its_addresses_and_its_time)
{
	struct socket_dial *d = new_dial();
	struct socket_question q;

	need_threads();
	answer(V4, "127.0.0.1", "127.0.0.2");
	snprintf(service, sizeof service, "%d", refusing_port_at(AT_IPV4));
	assert_gives(0, socket_dial_name(d, "name.example", service,
					 SOCKET_LOOKUP_V4));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	question(d, 4, SOCKET_QUESTION_PENDING, 0, 0);
	await_asked(V4, 1);
	let(V4);
	assert_fails(ECONNREFUSED, won_by(d));
	q = question(d, 4, SOCKET_QUESTION_ANSWERED, 0, 2);
	ck_assert_uint_eq(q.name, 0);
	ck_assert_int_le(q.start, q.end);
	socket_dial_free(d);
}

TEST(a_question_tells_why_it_has_no_address)
{
	struct socket_dial *d = new_dial();

	need_threads();
	answer_with(V6, EAI_NONAME);
	let(V6);
	assert_gives(0, socket_dial_name(d, "name.example", "443",
					 SOCKET_LOOKUP_V6));
	assert_fails(ENOENT, won_by(d));
	question(d, 6, SOCKET_QUESTION_FAILED, ENOENT, 0);
	socket_dial_free(d);
}

TEST(a_question_that_was_not_needed_is_cancelled)
{
	struct socket_dial *d = new_dial();
	struct socket_question q;
	int l = listen_at(AT_IPV4);
	int s;

	need_timers();
	answer(V4, "127.0.0.1", NULL);
	let(V4);
	assert_gives(0, socket_dial_name(d, "name.example", service, 0));
	s = won_by(d);
	ck_assert_int_ge(s, 0);
	q = question(d, 0, SOCKET_QUESTION_CANCELLED, 0, 0);
	ck_assert_int_gt(q.end, q.start);
	question(d, 6, SOCKET_QUESTION_CANCELLED, 0, 0);
	question(d, 4, SOCKET_QUESTION_ANSWERED, 0, 1);
	assert_talk(s, accepted(l));
	socket_close(s);
	socket_dial_free(d);
}

TEST(names_are_told_apart_and_an_address_asks_nothing)
{
	struct socket_dial *d = new_dial();
	struct socket_question q[ROOM];

	need_threads();
	assert_gives(0, socket_dial_name(d, "127.0.0.1", "1", 0));
	ck_assert_uint_eq(socket_dial_questions(d, q, ROOM), 0);
	assert_gives(0,
		     socket_dial_name(d, "a.example", "1", SOCKET_LOOKUP_V4));
	assert_gives(0,
		     socket_dial_name(d, "b.example", "1", SOCKET_LOOKUP_V6));
	ck_assert_uint_eq(socket_dial_questions(d, q, ROOM), 2);
	ck_assert_uint_eq(q[0].name, 0);
	ck_assert_int_eq(q[0].family, 4);
	ck_assert_uint_eq(q[1].name, 1);
	ck_assert_int_eq(q[1].family, 6);
	ck_assert_uint_eq(socket_dial_questions(d, q + 7, 1), 2);
	ck_assert_uint_eq(socket_dial_questions(d, NULL, ROOM), 2);
	ck_assert_uint_eq(socket_dial_questions(NULL, q, ROOM), 0);
	socket_dial_free(d);
}

/* ---- real name servers ---- */

/*
 * Names that say how they are answered (name_server.c), and who is reached:
 * somebody listens at both addresses. Where one family has no answer the C
 * libraries take 5 to 15 seconds for a question about both.
 */
static const struct server {
	const char *host, *reached;
	int error, resolution_delay;
} servers[] = {
	/* Load may stretch the time for an answer that is whole. */
	{"now.test", "::1", 0, 2000},
	{"cname-3.test", "::1", 0, 2000},
	{"twice.test", "::1", 0, 2000},
	{"aaaa-never.test", "::ffff:127.0.0.1", 0, 50},
	{"a-never.test", "::1", 0, 50},
	{"aaaa-4000ms.test", "::ffff:127.0.0.1", 0, 50},
	{"a-4000ms.test", "::1", 0, 50},
	{"aaaa-servfail.test", "::ffff:127.0.0.1", 0, 50},
	{"a-servfail.test", "::1", 0, 50},
	{"aaaa-refused.test", "::ffff:127.0.0.1", 0, 50},
	{"aaaa-formerr.test", "::ffff:127.0.0.1", 0, 50},
	{"aaaa-nodata.test", "::ffff:127.0.0.1", 0, 50},
	{"a-nodata.test", "::1", 0, 50},
	{"nx.test", NULL, ENOENT, 50},
	{"nodata.test", NULL, ENOENT, 50},
};

static const char *server_missing(const struct server *server)
{
	(void)server;
	return !HAVE(HAVE_THREADS) ? "no THREADS" : NULL;
}

/* The same port at both addresses. */
static void listen_at_both(void)
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);
	int l6 = tcp_at(AT_IPV6, 0);

	assert_gives(0, bind_at(l6, AT_IPV6, port));
	assert_gives(0, socket_listen(l6, 16));
	snprintf(service, sizeof service, "%d", port);
	(void)l;
}

CASE("name server")

TABLE_TEST(a_name_is_reached_whatever_one_family_answers, server, servers,
	   server_missing)
{
	struct socket_dial *d = new_dial();
	char ip[16];
	int s;

	need_name_server(.options = "");
	need_ipv6();
	listen_at_both();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY,
					server->resolution_delay));
	assert_gives(0, socket_dial_name(d, server->host, service, 0));
	s = won_by(d);
	ck_assert_msg((s == -1 ? errno : 0) == server->error, "%s: %s",
		      server->host, strerror(errno));
	socket_dial_free(d);
	if (s == -1)
		return;
	assert_gives(0, socket_remote6(s, ip, NULL, NULL));
	socket_close(s);
	assert_ip6(server->reached, ip);
}

/* The C library alone asks no more; two seconds are what load may take. */
TEST(a_name_that_is_answered_takes_two_queries)
{
	struct socket_dial *d = new_dial();

	need_threads();
	need_name_server(.options = "");
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 2000));
	assert_gives(0, socket_dial_name(d, "now.test", "1", 0));
	assert_fails(ECONNREFUSED, won_by(d));
	ck_assert_int_eq(names_asked(0, "A"), 1);
	ck_assert_int_eq(names_asked(0, "AAAA"), 1);
	socket_dial_free(d);
}

TEST(silent_name_servers_take_the_time_that_was_asked_for)
{
	long long start;

	need_threads();
	need_name_server(.options = "");
	start = microseconds();
	assert_fails(ETIMEDOUT, socket_dial("silent.test", "443", 200, NULL));
	ck_assert_int_ge(microseconds() - start, 200000);
	ck_assert_int_le(microseconds() - start, LATE * 1000LL);
}

/* Nothing answers at the 70, and the families take turns. */
TEST(many_silent_addresses_of_one_family_do_not_hide_the_other)
{
	int s;

	need_threads();
	need_pair();
	wire_open();
	need_ipv6();
	need_name_server(.options = "", .aaaa = "2001:db8::2");
	listen_at_both();
	s = socket_dial("aaaa-70x.test", service, LATE, NULL);
	ck_assert_int_ge(s, 0);
	socket_close(s);
}

#include "check_dial_name.list"
