/* SPDX-License-Identifier: ISC */
/*
 * check_dial_loop.c - a dial in an event loop: one descriptor for all, and
 * connections that are to be confirmed; and what the first packet has.
 */
#include "sys/sys.h"

#include "dials.h"
#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "resolver.h"
#include "stand_in.h"
#include "suite.h"
#include "wire.h"

#include <socket6.h>
#include <stdio.h>
#include <unistd.h>

/* The descriptor of a dial, where the system has such a thing. */
static int fd_of(struct socket_dial *d)
{
	int fd = socket_dial_fd(d);

	ck_assert_int_ge(fd, 0);
	return fd;
}

#define need_fd()                                                              \
 do {                                                                          \
  if (HAVE(HAVE_KQUEUE))                                                       \
   break;                                                                      \
  need(HAVE_EPOLL);                                                            \
  need(HAVE_TIMERFD);                                                          \
 } while (0)

static int is_due(struct socket_dial *d)
{
	return readable(fd_of(d), 0);
}

/* The timer of what is due now may take a moment. */
static int becomes_due(struct socket_dial *d)
{
	return readable(fd_of(d), LATE);
}

/* Steps whenever the one descriptor is readable, until the dial has ended. */
static int run_by_fd(struct socket_dial *d)
{
	int s;

	do {
		ck_assert(readable(fd_of(d), LATE));
		s = socket_dial_step(d);
	} while (s == -1 && errno == EINPROGRESS);
	return s;
}

/* ---- one descriptor ---- */

CASE("descriptor")

TEST(a_system_without_the_means_says_so)
{
	struct socket_dial *d = new_dial();

	if ((HAVE(HAVE_EPOLL) && HAVE(HAVE_TIMERFD)) || HAVE(HAVE_KQUEUE))
		ck_assert_int_ge(socket_dial_fd(d), 0);
	else
		assert_fails(ENOTSUP, socket_dial_fd(d));
	assert_fails(EINVAL, socket_dial_fd(NULL));
	socket_dial_free(d);
}

/* It is set at the end of a step, whose reason stays. */
TEST(a_timer_that_cannot_be_set_hides_no_reason)
{
	struct socket_dial *d = new_dial();

	need_fd();
	add(d, lo4, refusing_port_at(AT_IPV4));
	assert_gives(0, socket_dial_end(d));
	fd_of(d);
	fail_call(CALL_TIMERFD_SETTIME, 0, EPERM);
	assert_fails(ECONNREFUSED, run_dial(d));
	socket_dial_free(d);
}

TEST(a_host_without_descriptors_says_so)
{
	struct socket_dial *d = new_dial();

	need_fd();
	allow_no_descriptors();
	assert_fails(EMFILE, socket_dial_fd(d));
	socket_dial_free(d);
}

/* In milliseconds; -1: only what is watched can bring it. */
static int next_step(const struct socket_dial *d)
{
	int milliseconds;

	socket_dial_pollfds(d, NULL, NULL, 0, &milliseconds);
	return milliseconds;
}

/* epoll_ctl(2): ENOSPC where a user watches as many as are allowed. */
LOOP_TEST(what_cannot_be_watched_is_looked_at_soon, 2)
{
	struct socket_dial *d = new_dial();
	int fd;

	need_fd();
	if (_i == 1)
		need(HAVE_EPOLL);
	need_silence();
	fd = fd_of(d);
	if (_i == 1)
		fail_call(CALL_EPOLL_CTL, 0, ENOSPC);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, -1));
	add(d, silent4, 443);
	assert_gives(0, socket_dial_end(d));
	run_until(d, 1);
	if (_i == 0)
		ck_assert_int_eq(next_step(d), -1);
	else
		ck_assert(readable(fd, LATE));
	socket_dial_free(d);
}

TEST(the_first_step_is_due_at_once)
{
	struct socket_dial *d = new_dial();

	need_fd();
	ck_assert(becomes_due(d));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert(!is_due(d));
	socket_dial_free(d);
}

TEST(it_never_changes_and_is_closed_with_the_dial)
{
	struct socket_dial *d = new_dial();
	int before = open_descriptors();
	int fd;

	need_fd();
	fd = fd_of(d);
	ck_assert(is_closeonexec(fd));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert_int_eq(fd_of(d), fd);
	/* With the timer: an attempt each, and a name's, come to these. */
	ck_assert_int_le(open_descriptors(), before + 2);
	socket_dial_free(d);
	ck_assert_int_eq(open_descriptors(), before);
}

static int tell_syn_sent(int s, int level, int option, void *value,
			 socklen_t *len)
{
	(void)s, (void)level;
	memset(value, 0, (size_t)*len);
	if (option == TCP_INFO)
		*(unsigned char *)value = 2;
	return 0;
}

/* Its one attempt is connected, and no step has been taken since. */
static void connect_unseen(struct socket_dial *d)
{
	int fd;

	add(d, silent4, 443);
	assert_gives(0, socket_dial_end(d));
	run_until(d, 1);
	wire_answer(ACCEPTS);
	ck_assert_uint_eq(socket_dial_pollfds(d, &fd, NULL, 1, NULL), 1);
	ck_assert(writable(fd, LATE));
}

/* There is news of its one attempt, and none: the second poll is the state's. */
static struct socket_dial *resting(void)
{
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, LATE));
	connect_unseen(d);
	stand_in.getsockopt = tell_syn_sent;
	fail_call(CALL_POLL, 2, ENOMEM);
	assert_fails(EINPROGRESS, socket_dial_step(d));
	stand_in.getsockopt = NULL;
	return d;
}

/* Its clock stands meanwhile. */
TEST(what_has_news_that_is_none_is_not_watched_for_a_while)
{
	struct socket_dial *d;
	int s;

	need(HAVE_TCP_STATES);
	need(HAVE_CLOCK_MONOTONIC);
	need_silence();
	d = resting();
	fail_call(CALL_CLOCK_GETTIME, 0, EPERM);
	s = socket_dial_step(d);
	fail_call(CALL_CLOCK_GETTIME, 0, 0);
	ck_assert_int_eq(s, -1);
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 0, NULL), 0);
	socket_dial_free(d);
}

TEST(after_that_it_is_looked_at_again)
{
	struct socket_dial *d;

	need(HAVE_TCP_STATES);
	need_silence();
	d = resting();
	close_given(run_dial(d));
	socket_dial_free(d);
}

/* As those of a daemon are, which has closed its standard input and output. */
LOOP_TEST(any_number_is_a_descriptor_to_close, 2)
{
	struct socket_dial *d;
	int saved, fd, is_left;

	need_fd();
	d = new_dial();
	saved = dup(_i);
	close(_i);
	fd = socket_dial_fd(d);
	socket_dial_free(d);
	is_left = is_open(_i);
	dup2(saved, _i);
	close(saved);
	ck_assert_int_eq(fd, _i);
	ck_assert(!is_left);
}

TEST(a_dial_runs_by_it_alone)
{
	struct socket_addr6 a[2];
	struct socket_dial *d;

	need_fd();
	need_silence();
	silent_then_open(a);
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	assert_gives(0, socket_dial_add(d, a, 2));
	assert_gives(0, socket_dial_end(d));
	close_given(run_by_fd(d));
	ck_assert(!is_due(d));
	socket_dial_free(d);
}

TEST(an_answer_makes_it_readable)
{
	struct socket_dial *d;

	need_fd();
	need_silence();
	d = dial_silence(LATE);
	ck_assert(!is_due(d));
	wire_answer(ACCEPTS);
	ck_assert(readable(fd_of(d), LATE));
	close_given(socket_dial_step(d));
	socket_dial_free(d);
}

TEST(an_attempt_that_begins_later_is_watched_too)
{
	struct socket_dial *d = new_dial();

	need_fd();
	need_silence();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 0));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert(!is_due(d));
	add(d, silent, 443);
	ck_assert(becomes_due(d));
	run_until(d, 1);
	ck_assert(!is_due(d));
	wire_answer(REFUSES);
	assert_gives(0, socket_dial_end(d));
	assert_fails(ECONNREFUSED, run_by_fd(d));
	socket_dial_free(d);
}

TEST(the_end_of_the_time_makes_it_readable)
{
	struct socket_dial *d;

	need_fd();
	need_silence();
	d = dial_silence(LATE);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, 50));
	assert_fails(ETIMEDOUT, run_by_fd(d));
	ck_assert(!is_due(d));
	socket_dial_free(d);
}

TEST(a_setting_makes_it_readable)
{
	struct socket_dial *d;

	need_fd();
	need_silence();
	d = dial_silence(LATE);
	ck_assert(!is_due(d));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, 0));
	ck_assert(becomes_due(d));
	assert_fails(ETIMEDOUT, socket_dial_step(d));
	socket_dial_free(d);
}

TEST(that_no_more_names_come_makes_it_readable)
{
	struct socket_dial *d = new_dial();
	char service[8];

	need_fd();
	snprintf(service, sizeof service, "%d", refusing_port_at(AT_IPV4));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, -1));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_MORE, 1));
	assert_gives(0, socket_dial_name(d, "127.0.0.1", service, 0));
	do
		assert_fails(EINPROGRESS, socket_dial_step(d));
	while (wait_for(d));
	ck_assert(!is_due(d));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_MORE, 0));
	ck_assert(becomes_due(d));
	assert_fails(ECONNREFUSED, socket_dial_step(d));
	socket_dial_free(d);
}

TEST(a_history_and_a_local_address_make_it_readable)
{
	struct socket_history *h = socket_history_new(1);
	struct socket_dial *d = new_dial();

	need_fd();
	need_silence();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, 2000));
	add(d, silent, 443);
	add(d, silent, 444);
	run_until(d, 1);
	ck_assert(!is_due(d));
	assert_gives(0, socket_dial_set_history(d, h));
	ck_assert(becomes_due(d));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert(!is_due(d));
	assert_gives(0, socket_dial_set_bind(d, NULL, 0, 0));
	ck_assert(becomes_due(d));
	socket_dial_free(d);
	socket_history_free(h);
}

TEST(a_name_that_is_answered_makes_it_readable)
{
	struct socket_dial *d = new_dial();
	char service[8];

	need_fd();
	need_threads();
	snprintf(service, sizeof service, "%d", refusing_port_at(AT_IPV4));
	answer(V4, "127.0.0.1", NULL);
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert(!is_due(d));
	assert_gives(0, socket_dial_name(d, "name.example", service,
					 SOCKET_LOOKUP_V4));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert(!is_due(d));
	let(V4);
	ck_assert(readable(fd_of(d), LATE));
	assert_fails(ECONNREFUSED, run_by_fd(d));
	socket_dial_free(d);
}

/* What is ready when it is asked for. */
TEST(it_may_be_asked_for_late)
{
	struct socket_dial *d;

	need_fd();
	need_silence();
	d = dial_silence(LATE);
	wire_answer(ACCEPTS);
	close_given(run_by_fd(d));
	socket_dial_free(d);
}

TEST(two_attempts_that_are_ready_take_one_step)
{
	struct socket_dial *d = new_dial();

	need_fd();
	need_silence();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	add(d, silent, 443);
	add(d, silent4, 443);
	run_until(d, 2);
	ck_assert(!is_due(d));
	wire_answer(ACCEPTS);
	wire_answer(ACCEPTS);
	ck_assert(readable(fd_of(d), LATE));
	close_given(socket_dial_step(d));
	ck_assert(!is_due(d));
	socket_dial_free(d);
}

/* It has the parent's epoll, and must not take anything out of that. */
TEST(a_child_of_fork_leaves_it_alone)
{
	struct socket_dial *d;
	int status;
	pid_t child;

	need_fd();
	need_silence();
	d = dial_silence(LATE);
	ck_assert(!is_due(d));
	child = fork();
	ck_assert_int_ne(child, -1);
	if (child == 0) {
		int r = socket_dial_fd(d);

		if (r != -1 || errno != EAGAIN)
			_exit(1);
		r = any_descriptor("file");
		socket_dial_free(d);
		_exit(is_open(r) ? 0 : 2);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	wire_answer(ACCEPTS);
	close_given(run_by_fd(d));
	socket_dial_free(d);
}

/* As where a user may watch no more descriptors (epoll(7), max_user_watches). */
TEST(an_attempt_that_cannot_be_watched_is_asked_all_the_same)
{
	struct socket_dial *d = new_dial();
	int fd, epoll, other;

	need_fd();
	need_silence();
	fd = fd_of(d);
	epoll = dup(fd);
	other = socket_udp4();
	ck_assert_int_eq(dup2(other, fd), fd);
	add(d, silent, 443);
	assert_gives(0, socket_dial_end(d));
	run_until(d, 1);
	ck_assert_int_eq(dup2(epoll, fd), fd);
	wire_answer(ACCEPTS);
	close_given(run_by_fd(d));
	socket_dial_free(d);
}

/*
 * A half-open connection that was shut down: poll says that it is ready again
 * and again, and it is not connected.
 */
TEST(an_attempt_that_only_seems_ready_rests_for_ten_milliseconds)
{
	struct socket_dial *d;
	int s, due, milliseconds;

	need_fd();
	need(HAVE_TCP_STATES);
	need_silence();
	d = dial_silence(LATE);
	ck_assert_uint_eq(socket_dial_pollfds(d, &s, NULL, 1, NULL), 1);
	wire_open_half(s);
	assert_gives(0, shutdown(s, SHUT_RDWR));
	ck_assert(readable(fd_of(d), LATE));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	due = is_due(d);
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 0, &milliseconds),
			  0);
	ck_assert_int_le(milliseconds, 10);
	ck_assert(!due || milliseconds == 0);
	ck_assert(readable(fd_of(d), LATE));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	socket_dial_free(d);
}

/* ---- connections that are to be confirmed ---- */

/* Two addresses that accept; what is accepted is in lo4's queue and lo6's. */
struct accepting {
	struct socket_dial *dial;
	int l6, l4;
};

static struct accepting dial_accepting(void)
{
	struct accepting a = {.dial = new_dial()};
	uint16_t port6, port4;

	a.l6 = listener_at(AT_IPV6, &port6);
	a.l4 = listener_at(AT_IPV4, &port4);
	assert_gives(0, socket_dial_set(a.dial, SOCKET_DIAL_CONFIRM, 1));
	assert_gives(0,
		     socket_dial_set(a.dial, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	add(a.dial, lo6, port6);
	add(a.dial, lo4, port4);
	assert_gives(0, socket_dial_end(a.dial));
	return a;
}

/* What the dial gives next, to be confirmed. */
static int next_of(struct socket_dial *d)
{
	int s = run_dial(d);

	ck_assert_int_ge(s, 0);
	return s;
}

CASE("confirm")

TEST(a_connection_that_is_confirmed_ends_the_dial)
{
	struct accepting a;
	int s, other;

	need_ipv6();
	a = dial_accepting();
	s = next_of(a.dial);
	other = next_of(a.dial);
	assert_attempt(a.dial, 0, lo6, SOCKET_ATTEMPT_UNCONFIRMED, 0);
	assert_attempt(a.dial, 1, lo4, SOCKET_ATTEMPT_UNCONFIRMED, 0);
	assert_gives(0, socket_dial_confirm(a.dial, s));
	ck_assert(!is_open(other));
	assert_fails(EISCONN, socket_dial_step(a.dial));
	assert_attempt(a.dial, 0, lo6, SOCKET_ATTEMPT_CONNECTED, 0);
	assert_attempt(a.dial, 1, lo4, SOCKET_ATTEMPT_CANCELLED, 0);
	socket_dial_free(a.dial);
	assert_talk(s, accepted(a.l6));
	close_given(s);
}

TEST(one_that_is_rejected_is_closed_and_the_next_begins)
{
	struct accepting a;
	int s, other;

	need_ipv6();
	a = dial_accepting();
	assert_gives(0,
		     socket_dial_set(a.dial, SOCKET_DIAL_ATTEMPT_DELAY, 2000));
	s = next_of(a.dial);
	assert_gives(0, socket_dial_reject(a.dial, s, EPROTO));
	ck_assert(!is_open(s));
	assert_attempt(a.dial, 0, lo6, SOCKET_ATTEMPT_FAILED, EPROTO);
	other = socket_dial_step(a.dial);
	ck_assert_int_ne(attempt(a.dial, 1).state, SOCKET_ATTEMPT_WAITING);
	if (other == -1) /* gVisor's loopback takes its time */
		other = next_of(a.dial);
	assert_gives(0, socket_dial_confirm(a.dial, other));
	assert_talk(other, accepted(a.l4));
	close_given(other);
	socket_dial_free(a.dial);
}

TEST(the_reason_of_a_rejection_is_the_dials)
{
	struct accepting a;

	need_ipv6();
	a = dial_accepting();
	assert_gives(0, socket_dial_reject(a.dial, next_of(a.dial), EPROTO));
	assert_gives(0, socket_dial_reject(a.dial, next_of(a.dial), EPROTO));
	assert_fails(EPROTO, run_dial(a.dial));
	socket_dial_free(a.dial);
}

/* For which a step means that the dial goes on, or has ended well. */
static const int of_steps[] = {EINPROGRESS, EAGAIN, EISCONN};

LOOP_TEST(a_reason_that_a_step_has_for_itself_becomes_another, LENGTH(of_steps))
{
	struct accepting a;
	int error = of_steps[_i];

	need_ipv6();
	a = dial_accepting();
	assert_gives(0, socket_dial_reject(a.dial, next_of(a.dial), error));
	assert_attempt(a.dial, 0, lo6, SOCKET_ATTEMPT_FAILED, EIO);
	assert_gives(0, socket_dial_reject(a.dial, next_of(a.dial), error));
	assert_fails(EIO, run_dial(a.dial));
	socket_dial_free(a.dial);
}

TEST(the_end_of_the_time_closes_what_is_not_confirmed)
{
	struct accepting a;
	int s;

	need_ipv6();
	a = dial_accepting();
	s = next_of(a.dial);
	assert_gives(0, socket_dial_set(a.dial, SOCKET_DIAL_DEADLINE, 0));
	while (run_dial(a.dial) != -1)
		;
	assert_fails(ETIMEDOUT, socket_dial_step(a.dial));
	ck_assert(!is_open(s));
	assert_attempt(a.dial, 0, lo6, SOCKET_ATTEMPT_FAILED, ETIMEDOUT);
	socket_dial_free(a.dial);
}

TEST(so_does_its_end)
{
	struct accepting a;
	int s;

	need_ipv6();
	a = dial_accepting();
	s = next_of(a.dial);
	socket_dial_free(a.dial);
	ck_assert(!is_open(s));
}

TEST(only_what_was_given_is_confirmed_or_rejected)
{
	struct accepting a;
	int s;

	need_ipv6();
	a = dial_accepting();
	assert_fails(EINVAL, socket_dial_confirm(a.dial, -1));
	assert_fails(EINVAL, socket_dial_reject(a.dial, -1, EPROTO));
	s = next_of(a.dial);
	assert_fails(EINVAL, socket_dial_confirm(a.dial, a.l6));
	assert_fails(EINVAL, socket_dial_confirm(NULL, s));
	assert_fails(EINVAL, socket_dial_reject(NULL, s, EPROTO));
	assert_fails(EINVAL, socket_dial_reject(a.dial, s, 0));
	assert_fails(EINVAL, socket_dial_reject(a.dial, s, -1));
	assert_gives(0, socket_dial_confirm(a.dial, s));
	assert_fails(EINVAL, socket_dial_confirm(a.dial, s));
	assert_fails(EINVAL, socket_dial_reject(a.dial, s, EPROTO));
	ck_assert(is_open(s));
	close_given(s);
	socket_dial_free(a.dial);
}

/* What its peer says is the program's. */
TEST(what_is_to_be_confirmed_is_not_watched)
{
	struct accepting a;
	int s, peer;

	need_ipv6();
	need_fd();
	a = dial_accepting();
	assert_gives(0,
		     socket_dial_set(a.dial, SOCKET_DIAL_ATTEMPT_DELAY, 2000));
	ck_assert(becomes_due(a.dial));
	s = next_of(a.dial);
	peer = accepted(a.l6);
	assert_gives(1, (int)socket_write(peer, "x", 1));
	ck_assert(readable(s, LATE));
	ck_assert(!is_due(a.dial));
	ck_assert_uint_eq(socket_dial_pollfds(a.dial, NULL, NULL, 0, NULL), 0);
	socket_dial_free(a.dial);
}

TEST(first_bytes_go_before_it_is_confirmed)
{
	struct accepting a;
	char byte = 0;
	int s;

	need_ipv6();
	a = dial_accepting();
	assert_gives(0, socket_dial_set_data(a.dial, "x", 1));
	s = next_of(a.dial);
	assert_gives(1, (int)recv(accepted(a.l6), &byte, 1, 0));
	ck_assert_int_eq(byte, 'x');
	assert_gives(0, socket_dial_confirm(a.dial, s));
	ck_assert_uint_eq(socket_dial_sent(a.dial), 1);
	close_given(s);
	socket_dial_free(a.dial);
}

TEST(what_has_connected_is_given_though_the_time_is_up)
{
	struct socket_dial *d;
	int s;

	need_silence();
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_CONFIRM, 1));
	connect_unseen(d);
	poll(NULL, 0, 2);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, 1));
	s = socket_dial_step(d);
	ck_assert_int_ge(s, 0);
	assert_gives(0, socket_dial_confirm(d, s));
	close_given(s);
	socket_dial_free(d);
}

/* ---- what the first packet has ---- */

/* Begins an attempt with one option at this silent host. */
static struct socket_dial *dial_with(const char *ip, int option, int value)
{
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_set(d, option, value));
	add(d, ip, 443);
	assert_gives(0, socket_dial_end(d));
	return d;
}

CASE("first packet")

/* Of IPv6, and of IPv4, where it is the type of service. */
LOOP_TEST(it_has_the_traffic_class, 2)
{
	struct socket_dial *d;

	need(HAVE_IPV6_TCLASS);
	need_silence();
	d = dial_with(_i ? silent4 : silent, SOCKET_DIAL_TCLASS, 0xb8);
	run_until(d, 1);
	ck_assert_int_eq(wire_traffic_class(), 0xb8);
	socket_dial_free(d);
}

TEST(it_leaves_by_the_interface_that_was_set)
{
	struct socket_dial *d;

	need(HAVE_SO_BINDTODEVICE);
	need_silence();
	d = dial_with(silent, SOCKET_DIAL_INTERFACE, (int)net_index("near"));
	run_until(d, 1);
	wire_answer(ACCEPTS);
	close_given(run_dial(d));
	socket_dial_free(d);
}

/* A listener on loopback, which every other dial reaches. */
TEST(it_leaves_by_no_other_interface)
{
	struct socket_dial *d = new_dial();
	uint16_t port;

	need(HAVE_SO_BINDTODEVICE);
	need_silence();
	listener_at(AT_IPV4, &port);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_INTERFACE,
					(int)net_index("near")));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, 300));
	add(d, lo4, port);
	assert_gives(0, socket_dial_end(d));
	assert_fails(ETIMEDOUT, run_dial(d));
	socket_dial_free(d);
}

TEST(an_interface_that_is_not_there_is_not_passed_over)
{
	struct socket_dial *d = new_dial();

	need(HAVE_SO_BINDTODEVICE);
	assert_fails(ENODEV, socket_dial_set(d, SOCKET_DIAL_INTERFACE, 0));
	socket_dial_free(d);
	d = dial_with(lo4, SOCKET_DIAL_INTERFACE, 0x7ffffff0);
	assert_fails(ENODEV, run_dial(d));
	socket_dial_free(d);
}

TEST(any_interface_undoes_it)
{
	struct socket_dial *d;
	uint16_t port;

	need(HAVE_SO_BINDTODEVICE);
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_INTERFACE, 0x7ffffff0));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_INTERFACE, -1));
	listener_at(AT_IPV4, &port);
	add(d, lo4, port);
	close_given(end_dial(d));
	socket_dial_free(d);
}

/* The network has a rule for packets with this mark. */
TEST(it_has_the_mark)
{
	struct socket_dial *d;

	need(HAVE_SO_MARK);
	need_silence();
	net_ip("rule add fwmark 0xfffffff7 prohibit");
	d = dial_with(silent4, SOCKET_DIAL_MARK, -9);
	assert_fails(EACCES, run_dial(d));
	socket_dial_free(d);
	d = dial_with(silent4, SOCKET_DIAL_MARK, 8);
	run_until(d, 1);
	assert_attempt(d, 0, silent4, SOCKET_ATTEMPT_PENDING, 0);
	socket_dial_free(d);
}

static const struct {
	int option, value;
} refused[] = {
	{SOCKET_DIAL_TCLASS, 0xb8},
	{SOCKET_DIAL_INTERFACE, 1},
	{SOCKET_DIAL_MARK, 8},
	{SOCKET_DIAL_NODELAY, 1},
};

/* IP_BIND_ADDRESS_NO_PORT, which is the first option. */
TEST(where_connect_cannot_choose_the_port_any_free_one_is_taken)
{
	struct socket_dial *d = new_dial();
	uint16_t port;
	int s;

	listener_at(AT_IPV4, &port);
	assert_gives(0, socket_dial_set_bind(d, ip6(lo4), 0, 0));
	add(d, lo4, port);
	fail_call(CALL_SETSOCKOPT, 1, ENOPROTOOPT);
	s = end_dial(d);
	ck_assert_int_ge(s, 0);
	ck_assert_uint_gt(port_of(s), 1);
	close_given(s);
	socket_dial_free(d);
}

/* Rather than to connect without it. What the system lacks is told before. */
LOOP_TEST(an_option_that_is_refused_ends_the_dial, LENGTH(refused))
{
	struct socket_dial *d = new_dial();
	int r = socket_dial_set(d, refused[_i].option, refused[_i].value);

	if (r == 0) {
		add(d, lo4, refusing_port_at(AT_IPV4));
		fail_call(CALL_SETSOCKOPT, 0, EPERM);
		assert_fails(EPERM, end_dial(d));
	}
	socket_dial_free(d);
}

static const struct {
	int has, option, value;
} lacking[] = {
	{HAVE(HAVE_IPV6_TCLASS) || !HAVE(HAVE_STRUCT_SOCKADDR_IN6),
	 SOCKET_DIAL_TCLASS, 0},
	{HAVE(HAVE_SO_BINDTOIFINDEX) || HAVE(HAVE_SO_BINDTODEVICE) ||
		 HAVE(HAVE_IP_BOUND_IF),
	 SOCKET_DIAL_INTERFACE, 1},
	{HAVE(HAVE_SO_MARK), SOCKET_DIAL_MARK, 0},
};

LOOP_TEST(what_the_system_lacks_is_refused_when_it_is_set, LENGTH(lacking))
{
	struct socket_dial *d = new_dial();
	int option = lacking[_i].option, value = lacking[_i].value;

	if (lacking[_i].has)
		assert_gives(0, socket_dial_set(d, option, value));
	else
		assert_fails(ENOPROTOOPT, socket_dial_set(d, option, value));
	socket_dial_free(d);
}

/* ---- so many at once ---- */

CASE("most")

TEST(no_more_attempts_go_on_than_were_allowed)
{
	struct socket_addr6 a[2];
	struct socket_dial *d;
	int before;

	need_silence();
	silent_then_open(a);
	d = new_dial();
	before = open_descriptors();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, 2000));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_MOST, 1));
	assert_gives(0, socket_dial_add(d, a, 2));
	run_until(d, 1);
	ck_assert_int_eq(open_descriptors(), before + 1);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	assert_alone(before, end_dial(d));
	assert_attempt(d, 1, silent, SOCKET_ATTEMPT_WAITING, 0);
	socket_dial_free(d);
}

#include "check_dial_loop.list"
