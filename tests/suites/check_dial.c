/* SPDX-License-Identifier: ISC */
/*
 * check_dial.c - the fastest of several addresses, with real sockets.
 *
 * Loopback accepts and refuses; wire.h is silent until it is told to answer.
 * What the engine decides, and when, is check_dial_engine's.
 */
#include "config.h"

#include "dials.h"
#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"
#include "wire.h"

#include <libowfat/socket.h>
#include <limits.h>
#include <socket6.h>
#include <stdio.h>
#include <unistd.h>

/* ---- one call ---- */

CASE("one call")

PLACE_TEST(the_address_that_answers_is_connected)
{
	uint16_t port;
	int l = listener_at(place, &port);
	struct socket_addr6 a = address(ip_at(place), port);
	int before = open_descriptors();
	int s;

	a.scope_id = scope_at(place);
	s = socket_dial6(&a, 1, LATE, NULL);
	ck_assert_int_ge(s, 0);
	ck_assert(!is_nonblocking(s));
	ck_assert(is_closeonexec(s));
	assert_talk(s, accepted(l));
	assert_alone(before + 1, s);
}

TEST(a_host_and_a_service_are_enough)
{
	char service[8];
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);
	int s;

	snprintf(service, sizeof service, "%d", port);
	s = socket_dial("127.0.0.1", service, LATE, NULL);
	ck_assert_int_ge(s, 0);
	assert_talk(s, accepted(l));
	close_given(s);
}

TEST(a_host_that_cannot_be_resolved_is_told_as_such)
{
	assert_fails(EINVAL, socket_dial(NULL, "1", LATE, NULL));
	assert_fails(EINVAL, socket_dial("1.2.3.456", "1", LATE, NULL));
	assert_fails(EINVAL, socket_dial("::1", "65536", LATE, NULL));
	assert_fails(ENODEV, socket_dial("fe80::1%none", "1", LATE, NULL));
}

TEST(a_refusal_is_followed_by_the_next_address)
{
	struct socket_addr6 a[2];
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);
	int s, before;

	need_place(AT_IPV6);
	a[0] = address(lo6, refusing_port_at(AT_IPV6));
	a[1] = address(lo4, port);
	before = open_descriptors();
	s = socket_dial6(a, 2, LATE, NULL);
	ck_assert_int_ge(s, 0);
	assert_talk(s, accepted(l));
	assert_alone(before + 1, s);
}

TEST(a_refusal_of_all_is_the_reason)
{
	struct socket_addr6 a[2];
	int before;

	need_place(AT_IPV6);
	a[0] = address(lo6, refusing_port_at(AT_IPV6));
	a[1] = address(lo4, refusing_port_at(AT_IPV4));
	before = open_descriptors();
	assert_fails(ECONNREFUSED, socket_dial6(a, 2, LATE, NULL));
	ck_assert_int_eq(open_descriptors(), before);
}

TEST(no_address_is_told_as_such)
{
	assert_fails(EDESTADDRREQ, socket_dial6(NULL, 0, LATE, NULL));
	assert_fails(EDESTADDRREQ, socket_dial6(NULL, 0, 0, NULL));
	assert_fails(EINVAL, socket_dial6(NULL, 1, LATE, NULL));
}

TEST(a_time_without_an_answer_is_up)
{
	struct socket_addr6 a[2];
	long long start;
	int before;

	need_silence();
	a[0] = address(silent, 443);
	a[1] = address(silent4, 443);
	before = open_descriptors();
	start = microseconds();
	assert_fails(ETIMEDOUT, socket_dial6(a, 2, 300, NULL));
	ck_assert_int_ge(microseconds() - start, 300000);
	ck_assert_int_eq(open_descriptors(), before);
}

TEST(zero_milliseconds_ask_once)
{
	struct socket_addr6 a;

	need_silence();
	a = address(silent, 443);
	count_calls();
	assert_fails(ETIMEDOUT, socket_dial6(&a, 1, 0, NULL));
	ck_assert_int_eq(calls(CALL_CONNECT), 1);
	ck_assert_int_eq(calls(CALL_POLL), 1);
}

TEST(zero_milliseconds_are_enough_for_what_is_there)
{
	struct socket_addr6 a;
	uint16_t port;

	if (on_gvisor())
		skip("connections over loopback take their time");
	listener_at(AT_IPV4, &port);
	a = address(lo4, port);
	close_given(socket_dial6(&a, 1, 0, NULL));
	a.port = refusing_port_at(AT_IPV4);
	assert_fails(ECONNREFUSED, socket_dial6(&a, 1, 0, NULL));
}

/* An address that fails while it is begun takes no time from the next. */
TEST(zero_milliseconds_are_enough_for_the_next_address)
{
	struct socket_addr6 a[2];
	uint16_t port;

	if (on_gvisor())
		skip("connections over loopback take their time");
	a[0] = address(lo4, 1);
	listener_at(AT_IPV4, &port);
	a[1] = address(lo4, port);
	fail_call(CALL_CONNECT, 1, ENETUNREACH);
	close_given(socket_dial6(a, 2, 0, NULL));
}

TEST(below_0_waits_for_ever)
{
	struct socket_addr6 a;
	uint16_t port;

	listener_at(AT_IPV4, &port);
	a = address(lo4, port);
	close_given(socket_dial6(&a, 1, -1, NULL));
	close_given(socket_dial6(&a, 1, INT_MIN, NULL));
}

/* The families take turns, so that one which is dead costs one delay. */
TEST(a_silent_family_costs_a_quarter_of_a_second)
{
	struct socket_addr6 a[3];
	long long start;
	uint16_t port;
	int s, before;

	need_silence();
	need_place(WIRE_IPV6);
	a[0] = address(silent, 443);
	a[1] = address(silent, 444);
	listener_at(AT_IPV4, &port);
	a[2] = address(lo4, port);
	before = open_descriptors();
	count_calls();
	start = microseconds();
	s = socket_dial6(a, 3, LATE, NULL);
	ck_assert_int_ge(microseconds() - start, 250000);
	ck_assert_int_eq(calls(CALL_CONNECT), 2);
	assert_alone(before, s);
}

/* The microseconds of the fastest of some dials: the machine may be busy. */
static long long fastest(const struct socket_addr6 *a, size_t n,
			 struct socket_history *h)
{
	long long start, took, least = LLONG_MAX;
	int s;

	for (int i = 0; i < 10 && least > 100000; i++) {
		start = microseconds();
		s = socket_dial6(a, n, LATE, h);
		took = microseconds() - start;
		ck_assert_int_ge(s, 0);
		socket_close(s);
		least = took < least ? took : least;
	}
	return least;
}

TEST(a_history_spares_the_next_dial_the_wait)
{
	struct socket_history *h = socket_history_new(4);
	struct socket_addr6 a[2];
	int before;

	need_silence();
	silent_then_open(a);
	before = open_descriptors();
	assert_alone(before, socket_dial6(a, 2, LATE, h));
	ck_assert_int_lt(fastest(a, 2, h), 250000);
	/* It only reorders: where there is no other, it is still tried. */
	assert_fails(ETIMEDOUT, socket_dial6(a, 1, SOON, h));
	ck_assert_int_eq(open_descriptors(), before);
	socket_history_free(h);
}

TEST(a_signal_takes_no_time_away_and_adds_none)
{
	struct socket_addr6 a;
	long long start;

	need_silence();
	a = address(silent, 443);
	be_interrupted();
	start = microseconds();
	assert_fails(ETIMEDOUT, socket_dial6(&a, 1, 100, NULL));
	ck_assert_int_ge(microseconds() - start, 100000);
	ck_assert_int_lt(microseconds() - start, 1000000);
}

TEST(a_poll_that_fails_ends_the_dial)
{
	struct socket_addr6 a;
	int before;

	need_silence();
	a = address(silent, 443);
	before = open_descriptors();
	/* The first is the step's own, after which it asks each attempt. */
	fail_call(CALL_POLL, 2, ENOMEM);
	assert_fails(ENOMEM, socket_dial6(&a, 1, LATE, NULL));
	ck_assert_int_eq(open_descriptors(), before);
}

/* Linux says EINVAL of more than could be opened now (poll(2)). */
TEST(a_dial_with_more_descriptors_than_poll_takes_goes_on)
{
	struct socket_addr6 a[2];

	need_silence();
	silent_then_open(a);
	fail_call(CALL_POLL, 2, EINVAL);
	close_given(socket_dial6(a, 2, LATE, NULL));
}

TEST(a_host_without_descriptors_says_so)
{
	struct socket_addr6 a[2];

	need_place(AT_IPV6);
	a[0] = address(lo6, 1);
	a[1] = address(lo4, 1);
	allow_no_descriptors();
	assert_fails(EMFILE, socket_dial6(a, 2, LATE, NULL));
}

TEST(a_host_without_memory_says_so)
{
	struct socket_addr6 a = address(lo4, 1);

	assert_fails(ENOMEM, socket_dial6(&a, SIZE_MAX, LATE, NULL));
	errno = 0;
	ck_assert_ptr_null(socket_dial_new(SIZE_MAX));
	ck_assert_int_eq(errno, ENOMEM);
	ck_assert_ptr_null(socket_dial_new(SIZE_MAX / 4));
}

TEST(an_unreachable_network_is_told_at_once)
{
	struct socket_addr6 a[2];

	need_net();
	need_place(WIRE_IPV6);
	a[0] = address(silent, 443);
	a[1] = address(silent4, 443);
	assert_fails(on_gvisor() ? EHOSTUNREACH : ENETUNREACH,
		     socket_dial6(a, 2, -1, NULL));
}

/* What a router says of IPv4 as POLLERR alone, while the system tries on. */
TEST(an_unreachable_host_is_followed_by_the_next)
{
	struct socket_addr6 a[2];
	uint16_t port;

	need_pair();
	a[0] = address("::ffff:198.51.100.1", net_unreachable_peer());
	listener_at(AT_IPV4, &port);
	a[1] = address(lo4, port);
	assert_fails(EHOSTUNREACH, socket_dial6(a, 1, LATE, NULL));
	ck_assert_int_lt(fastest(a, 2, NULL), 250000);
}

TEST(a_refusal_says_more_than_silence)
{
	struct socket_addr6 a[2];

	need_silence();
	a[0] = address(lo4, refusing_port_at(AT_IPV4));
	a[1] = address(silent, 443);
	assert_fails(ECONNREFUSED, socket_dial6(a, 2, 50, NULL));
}

TEST(without_ipv6_the_other_family_is_connected)
{
	struct socket_addr6 a[2];
	struct socket_dial *d = new_dial();

	noipv6 = 1;
	silent_then_open(a);
	assert_gives(0, socket_dial_add(d, a, 2));
	close_given(end_dial(d));
	assert_attempt(d, 0, silent, SOCKET_ATTEMPT_FAILED, EAFNOSUPPORT);
	assert_attempt(d, 1, lo4, SOCKET_ATTEMPT_CONNECTED, 0);
	assert_fails(EAFNOSUPPORT, socket_dial6(a, 1, LATE, NULL));
	socket_dial_free(d);
}

TEST(with_ipv6_switched_off_the_other_family_is_connected)
{
	struct socket_addr6 a[2];

	need_sysctls();
	if (have_ipv6())
		net_sysctl("net/ipv6/conf/all/disable_ipv6", "1");
	silent_then_open(a);
	close_given(socket_dial6(a, 2, LATE, NULL));
}

/* ---- settings ---- */

static const struct {
	int option, value, error;
} settings[] = {
	{SOCKET_DIAL_ATTEMPT_DELAY, 10, 0},
	{SOCKET_DIAL_ATTEMPT_DELAY, 2000, 0},
	{SOCKET_DIAL_ATTEMPT_DELAY, 9, EINVAL},
	{SOCKET_DIAL_ATTEMPT_DELAY, 2001, EINVAL},
	{SOCKET_DIAL_ATTEMPT_DELAY, -1, EINVAL},
	{SOCKET_DIAL_RESOLUTION_DELAY, 0, 0},
	{SOCKET_DIAL_RESOLUTION_DELAY, 2000, 0},
	{SOCKET_DIAL_RESOLUTION_DELAY, -1, EINVAL},
	{SOCKET_DIAL_RESOLUTION_DELAY, 2001, EINVAL},
	{SOCKET_DIAL_LAST_WAIT, -1, 0},
	{SOCKET_DIAL_LAST_WAIT, 0, 0},
	{SOCKET_DIAL_LAST_WAIT, INT_MAX, 0},
	{SOCKET_DIAL_DEADLINE, INT_MIN, 0},
	{SOCKET_DIAL_DEADLINE, 0, 0},
	{SOCKET_DIAL_DEADLINE, INT_MAX, 0},
	{SOCKET_DIAL_FLAGS, 0, 0},
	{SOCKET_DIAL_FLAGS, SOCKET_NONBLOCK | SOCKET_CLOEXEC | SOCKET_MPTCP, 0},
	{SOCKET_DIAL_FLAGS, SOCKET_V6ONLY, EINVAL},
	{SOCKET_DIAL_FLAGS, 16, EINVAL},
	{SOCKET_DIAL_FLAGS, -1, EINVAL},
	{SOCKET_DIAL_NODELAY, 0, 0},
	{SOCKET_DIAL_NODELAY, 1, 0},
	{SOCKET_DIAL_MORE, 0, 0},
	{SOCKET_DIAL_MORE, 1, 0},
	{SOCKET_DIAL_CONFIRM, 1, 0},
	{SOCKET_DIAL_MOST, 0, 0},
	{SOCKET_DIAL_MOST, INT_MAX, 0},
	{SOCKET_DIAL_MOST, -1, EINVAL},
	{SOCKET_DIAL_TCLASS, 256, EINVAL},
	{SOCKET_DIAL_TCLASS, -2, EINVAL},
	{SOCKET_DIAL_INTERFACE, -2, EINVAL},
	{0, 0, EINVAL},
	{13, 1, EINVAL},
	{-1, 1, EINVAL},
};

CASE("settings")

LOOP_TEST(a_setting_out_of_range_is_refused, LENGTH(settings))
{
	struct socket_dial *d = new_dial();
	int r;

	errno = 0;
	r = socket_dial_set(d, settings[_i].option, settings[_i].value);
	ck_assert_int_eq(errno, settings[_i].error);
	ck_assert_int_eq(r, settings[_i].error ? -1 : 0);
	socket_dial_free(d);
}

/* A dial with one address that accepts, and what it gives. */
static int dial_one(struct socket_dial *d)
{
	uint16_t port;

	listener_at(AT_IPV4, &port);
	add(d, lo4, port);
	return won_by(d);
}

static const int flags[] = {0, SOCKET_NONBLOCK, SOCKET_CLOEXEC,
			    SOCKET_NONBLOCK | SOCKET_CLOEXEC};

LOOP_TEST(the_descriptor_has_the_flags_that_were_set, LENGTH(flags))
{
	struct socket_dial *d = new_dial();
	int s;

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_FLAGS, flags[_i]));
	s = dial_one(d);
	ck_assert_int_eq(is_nonblocking(s), !!(flags[_i] & SOCKET_NONBLOCK));
	ck_assert_int_eq(is_closeonexec(s), !!(flags[_i] & SOCKET_CLOEXEC));
	socket_dial_free(d);
	close_given(s);
}

TEST(the_descriptor_is_non_blocking_unless_told_otherwise)
{
	struct socket_dial *d = new_dial();
	int s = dial_one(d);

	ck_assert(is_nonblocking(s));
	ck_assert(is_closeonexec(s));
	ck_assert_int_eq(option_of(s, IPPROTO_TCP, TCP_NODELAY), 0);
	socket_dial_free(d);
	close_given(s);
}

TEST(small_writes_go_at_once_if_asked_for)
{
	struct socket_dial *d = new_dial();
	int s;

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_NODELAY, 1));
	s = dial_one(d);
	ck_assert_int_ne(option_of(s, IPPROTO_TCP, TCP_NODELAY), 0);
	socket_dial_free(d);
	close_given(s);
}

TEST(mptcp_is_asked_for_if_set)
{
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_FLAGS, SOCKET_MPTCP));
	fail_call(CALL_SOCKET, 1, EPERM);
	add(d, lo4, 1);
	assert_fails(EPERM, end_dial(d));
	ck_assert_int_eq(last_call.protocol, 262); /* IPPROTO_MPTCP */
	socket_dial_free(d);
}

TEST(the_last_attempt_is_waited_for_as_long_as_set)
{
	struct socket_dial *d;
	struct socket_attempt6 a;

	need_silence();
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_LAST_WAIT, 20));
	add(d, silent, 443);
	assert_fails(ETIMEDOUT, end_dial(d));
	a = attempt(d, 0);
	ck_assert_int_ge(a.end - a.start, 20000);
	ck_assert_int_lt(a.end - a.start, LATE * 1000 / 2);
	socket_dial_free(d);
}

/* ---- local addresses ---- */

/* What each family's attempts come from; null if they have no address. */
static const struct bind {
	const char *bound, *bound_too, *from6, *from4;
} binds[] = {
	{"::", NULL, "::1", "::ffff:127.0.0.1"},
	{NULL, NULL, "::1", "::ffff:127.0.0.1"},
	{"::1", NULL, "::1", NULL},
	{"::ffff:127.0.0.3", NULL, NULL, "::ffff:127.0.0.3"},
	{"::ffff:0.0.0.0", NULL, NULL, "::ffff:127.0.0.1"},
	{"::1", "::ffff:127.0.0.3", "::1", "::ffff:127.0.0.3"},
	{"::", "::ffff:127.0.0.3", "::1", "::ffff:127.0.0.3"},
};
#define ANY_IPV4 (&binds[4])

static void bind_as(struct socket_dial *d, const struct bind *b, uint16_t port)
{
	const char *ip = b->bound ? ip6(b->bound) : NULL;

	assert_gives(0, socket_dial_set_bind(d, ip, port, 0));
	if (b->bound_too)
		assert_gives(
			0, socket_dial_set_bind(d, ip6(b->bound_too), port, 0));
}

static void assert_from(const struct bind *b, uint16_t from_port,
			const struct place *place)
{
	const char *from = place->family == 6 ? b->from6 : b->from4;
	struct socket_dial *d = new_dial();
	char ip[16];
	uint16_t port;
	int s;

	listener_at(place, &port);
	bind_as(d, b, from_port);
	add(d, ip_at(place), port);
	if (!from) {
		assert_fails(EADDRNOTAVAIL, end_dial(d));
		socket_dial_free(d);
		return;
	}
	s = won_by(d);
	assert_gives(0, socket_local6(s, ip, &port, NULL));
	assert_ip6(from, ip);
	if (from_port)
		ck_assert_int_eq(port, from_port);
	socket_dial_free(d);
	close_given(s);
}

/* A port that nobody has. */
static uint16_t free_port(void)
{
	int s = tcp_at(AT_IPV4, 0);
	uint16_t port;

	assert_gives(0, bind_at(s, AT_IPV4, 0));
	port = port_of(s);
	socket_close(s);
	return port;
}

CASE("local address")

LOOP_TEST(attempts_come_from_the_local_address_of_their_family, LENGTH(binds))
{
	need_net();
	need_ipv6();
	assert_from(&binds[_i], 0, AT_IPV6);
	assert_from(&binds[_i], 0, AT_IPV4);
}

LOOP_TEST(attempts_come_from_the_local_port, LENGTH(binds))
{
	need_net();
	need_ipv6();
	assert_from(&binds[_i], free_port(), AT_IPV6);
	assert_from(&binds[_i], free_port(), AT_IPV4);
}

static const int no_option[] = {ENOPROTOOPT, EINVAL};

/* Systems without it choose the port before they connect. */
LOOP_TEST(a_local_address_needs_no_option, LENGTH(no_option))
{
	fail_call(CALL_SETSOCKOPT, 0, no_option[_i]);
	assert_from(ANY_IPV4, 0, AT_IPV4);
}

TEST(attempts_from_one_port_stand_beside_each_other)
{
	struct socket_dial *d;
	uint16_t port;
	int s;

	need_silence();
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	assert_gives(0, socket_dial_set_bind(d, NULL, free_port(), 0));
	listener_at(AT_IPV4, &port);
	add(d, silent, 443);
	add(d, silent4, 443);
	add(d, silent, 444);
	add(d, lo4, port);
	s = won_by(d);
	for (size_t i = 0; i < 3; i++)
		ck_assert_int_eq(attempt(d, i).state, SOCKET_ATTEMPT_CANCELLED);
	socket_dial_free(d);
	close_given(s);
}

TEST(a_local_address_of_another_host_is_told_as_such)
{
	struct socket_dial *d = new_dial();

	need_net();
	assert_gives(0, socket_dial_set_bind(d, ip6("::ffff:192.0.2.9"), 0, 0));
	add(d, lo4, 1);
	assert_fails(EADDRNOTAVAIL, end_dial(d));
	socket_dial_free(d);
}

/* ---- first bytes ---- */

/* What comes until the end of the connection is this, once. */
static void assert_gets(const char *what, size_t len, int s)
{
	static char buf[1 << 20];
	size_t got = 0;
	ssize_t n;

	do {
		ck_assert(readable(s, LATE));
		n = socket_read(s, buf + got, sizeof buf - got);
		ck_assert_int_ge(n, 0);
		got += (size_t)n;
	} while (n > 0);
	ck_assert_uint_eq(got, len);
	ck_assert_mem_eq(buf, what, len);
}

/*
 * Values of net.ipv4.tcp_fastopen: off, for clients, for both ends, and for
 * both without a cookie (ip-sysctl.rst).
 */
static const char *const leaves[] = {"0", "1", "3", "519"};

CASE("first bytes")

/* Twice, for the second connection may have a cookie. */
LOOP_TEST(the_first_bytes_arrive_once, LENGTH(leaves))
{
	struct socket_dial *d;
	uint16_t port;
	int l, s;

	need_sysctls();
	net_sysctl("net/ipv4/tcp_fastopen", leaves[_i]);
	l = listener_at(AT_IPV4, &port);
	if (HAVE(HAVE_TCP_FASTOPEN))
		assert_gives(0, socket_fastopen(l));
	for (int i = 0; i < 2; i++) {
		d = new_dial();
		assert_gives(0, socket_dial_set_data(d, "first", 5));
		add(d, lo4, refusing_port_at(AT_IPV4));
		add(d, lo4, port);
		ck_assert_uint_eq(socket_dial_sent(d), 0);
		s = won_by(d);
		ck_assert_uint_eq(socket_dial_sent(d), 5);
		socket_dial_free(d);
		assert_gives(0, socket_close(s));
		assert_gets("first", 5, accepted(l));
	}
}

TEST(the_first_bytes_go_with_the_syn)
{
	struct socket_dial *d = new_dial();
	uint16_t port;
	int l, s;

	need(HAVE_TCP_FASTOPEN);
	need(HAVE_MSG_FASTOPEN);
	need_sysctls();
	net_sysctl("net/ipv4/tcp_fastopen", "519");
	l = listener_at(AT_IPV4, &port);
	assert_gives(0, socket_fastopen(l));
	assert_gives(0, socket_dial_set_data(d, "first", 5));
	add(d, lo4, port);
	s = won_by(d);
	ck_assert_uint_eq(socket_dial_sent(d), 5);
	socket_dial_free(d);
	skip_if(lost("TCP_INFO"));
	ck_assert_int_ne(data_went_in_syn(s), 0);
	assert_gives(0, socket_close(s));
	assert_gets("first", 5, accepted(l));
}

TEST(where_there_are_no_first_bytes_no_call_sends)
{
	struct socket_addr6 a;
	uint16_t port;

	listener_at(AT_IPV4, &port);
	a = address(lo4, port);
	count_calls();
	close_given(socket_dial6(&a, 1, LATE, NULL));
	ck_assert_int_eq(calls(CALL_SENDTO), 0);
}

TEST(the_first_bytes_of_a_silent_attempt_are_said_again)
{
	struct socket_dial *d;
	uint16_t port;
	int l, s;

	need_silence();
	net_sysctl("net/ipv4/tcp_fastopen", "519");
	d = new_dial();
	l = listener_at(AT_IPV4, &port);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	assert_gives(0, socket_dial_set_data(d, "first", 5));
	add(d, silent, 443);
	add(d, lo4, port);
	s = won_by(d);
	assert_attempt(d, 0, silent, SOCKET_ATTEMPT_CANCELLED, 0);
	ck_assert_uint_eq(socket_dial_sent(d), 5);
	assert_gives(0, socket_close(s));
	assert_gets("first", 5, accepted(l));
	socket_dial_free(d);
}

TEST(more_than_goes_at_once_is_left_to_the_caller)
{
	static char much[16 << 20];
	struct socket_dial *d = new_dial();
	char byte;
	int s, l;
	uint16_t port;

	l = listener_at(AT_IPV4, &port);
	add(d, lo4, port);
	assert_gives(0, socket_dial_set_data(d, much, sizeof much));
	s = won_by(d);
	ck_assert_uint_gt(socket_dial_sent(d), 0);
	ck_assert_uint_lt(socket_dial_sent(d), sizeof much);
	assert_gives(1, socket_read(accepted(l), &byte, 1));
	socket_dial_free(d);
	close_given(s);
}

CASE("settings")

/* The attempt that connects: one that goes on, or the next one. */
enum { PENDING_ATTEMPT, NEXT_ATTEMPT, ATTEMPTS };

LOOP_TEST(what_is_set_holds_for_the_attempts_that_begin_thereafter, ATTEMPTS)
{
	struct socket_dial *d;
	uint16_t port;
	int l, s;

	need_silence();
	d = new_dial();
	l = listener_at(AT_IPV4, &port);
	assert_gives(0, socket_dial_set_data(d, "first", 5));
	add(d, silent, 443);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 0));
	run_until(d, 1);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_FLAGS, 0));
	assert_gives(0, socket_dial_set_data(d, "another", 7));
	if (_i == PENDING_ATTEMPT)
		wire_answer(ACCEPTS);
	else
		add(d, lo4, port);
	s = won_by(d);
	ck_assert_int_eq(is_nonblocking(s), _i == PENDING_ATTEMPT);
	ck_assert_uint_eq(socket_dial_sent(d), _i == PENDING_ATTEMPT ? 5 : 7);
	assert_gives(0, socket_close(s));
	if (_i == NEXT_ATTEMPT)
		assert_gets("another", 7, accepted(l));
	socket_dial_free(d);
}

CASE("first bytes")

TEST(a_dial_that_failed_has_sent_nothing)
{
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_set_data(d, "first", 5));
	add(d, lo4, refusing_port_at(AT_IPV4));
	assert_fails(ECONNREFUSED, end_dial(d));
	ck_assert_uint_eq(socket_dial_sent(d), 0);
	socket_dial_free(d);
}

/* ---- addresses ---- */

CASE("addresses")

TEST(addresses_that_are_known_are_passed_over)
{
	struct socket_addr6 a[3];
	struct socket_dial *d = new_dial();

	a[0] = a[1] = a[2] = address(lo4, 1);
	a[1].port = 2;
	assert_gives(0, socket_dial_add(d, a, 3));
	assert_gives(0, socket_dial_add(d, a, 3));
	ck_assert_uint_eq(socket_dial_attempts(d, NULL, 0), 2);
	socket_dial_free(d);
}

TEST(of_too_many_addresses_the_first_are_taken)
{
	struct socket_addr6 a[3];
	struct socket_dial *d = socket_dial_new(2);

	for (uint16_t i = 0; i < 3; i++)
		a[i] = address(lo4, (uint16_t)(i + 1));
	assert_fails(ENOBUFS, socket_dial_add(d, a, 3));
	ck_assert_int_eq(attempt(d, 0).addr.port, 1);
	ck_assert_int_eq(attempt(d, 1).addr.port, 2);
	ck_assert_uint_eq(socket_dial_attempts(d, NULL, 0), 2);
	assert_gives(0, socket_dial_add(d, a, 2));
	socket_dial_free(d);
}

TEST(a_dial_may_be_to_nothing)
{
	struct socket_addr6 a = address(lo4, 1);
	struct socket_dial *d = socket_dial_new(0);

	ck_assert_ptr_nonnull(d);
	assert_fails(ENOBUFS, socket_dial_add(d, &a, 1));
	assert_gives(0, socket_dial_add(d, NULL, 0));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert(!wait_for(d));
	assert_fails(EDESTADDRREQ, end_dial(d));
	assert_fails(EDESTADDRREQ, socket_dial_step(d));
	socket_dial_free(d);
}

TEST(no_address_comes_after_the_end)
{
	struct socket_addr6 a = address(lo4, 1);
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_end(d));
	assert_gives(0, socket_dial_end(d));
	assert_fails(EINVAL, socket_dial_add(d, &a, 1));
	assert_fails(EINVAL, socket_dial_add(d, NULL, 0));
	socket_dial_free(d);
}

TEST(an_address_may_come_after_all_have_failed)
{
	struct socket_dial *d = new_dial();
	uint16_t port;

	assert_fails(EINPROGRESS, socket_dial_step(d));
	add(d, lo4, refusing_port_at(AT_IPV4));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 0));
	run_until(d, 1);
	while (attempt(d, 0).state == SOCKET_ATTEMPT_PENDING && wait_for(d))
		assert_fails(EINPROGRESS, socket_dial_step(d));
	assert_attempt(d, 0, lo4, SOCKET_ATTEMPT_FAILED, ECONNREFUSED);
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 0, NULL), 0);
	listener_at(AT_IPV4, &port);
	add(d, lo4, port);
	close_given(run_dial(d));
	socket_dial_free(d);
}

TEST(ipv4_alone_waits_a_moment_for_ipv6)
{
	struct socket_dial *d = new_dial();
	uint16_t port;

	need_place(AT_IPV6);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 2000));
	add(d, lo4, refusing_port_at(AT_IPV4));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert_int_eq(attempt(d, 0).state, SOCKET_ATTEMPT_WAITING);
	listener_at(AT_IPV6, &port);
	add(d, lo6, port);
	close_given(end_dial(d));
	assert_attempt(d, 0, lo6, SOCKET_ATTEMPT_CONNECTED, 0);
	assert_attempt(d, 1, lo4, SOCKET_ATTEMPT_WAITING, 0);
	socket_dial_free(d);
}

/* What a dial learns of first: its addresses, or the other setting. */
enum { SETTING_FIRST, ADDRESSES_FIRST, ORDERS };

LOOP_TEST(a_known_silent_address_is_tried_last, ORDERS)
{
	struct socket_history *h = socket_history_new(4);
	struct socket_addr6 a[2];
	struct socket_dial *d;

	need_silence();
	silent_then_open(a);
	close_given(socket_dial6(a, 2, LATE, h));
	d = socket_dial_new(2);
	if (_i == SETTING_FIRST)
		assert_gives(0, socket_dial_set_history(d, h));
	assert_gives(0, socket_dial_add(d, a, 2));
	if (_i == ADDRESSES_FIRST)
		assert_gives(0, socket_dial_set_history(d, h));
	close_given(end_dial(d));
	assert_attempt(d, 0, lo4, SOCKET_ATTEMPT_CONNECTED, 0);
	assert_attempt(d, 1, silent, SOCKET_ATTEMPT_WAITING, 0);
	socket_dial_free(d);
	socket_history_free(h);
}

/* To a silent address and one that answers, from an address that is set. */
static void dial_from(const char *from, struct socket_history *h, int order,
		      struct socket_addr6 a[2], const char *winner)
{
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	assert_gives(0, socket_dial_set_history(d, h));
	if (order == SETTING_FIRST)
		assert_gives(0, socket_dial_set_bind(d, ip6(from), 0, 0));
	assert_gives(0, socket_dial_add(d, a, 2));
	if (order == ADDRESSES_FIRST)
		assert_gives(0, socket_dial_set_bind(d, ip6(from), 0, 0));
	close_given(end_dial(d));
	assert_ip6(winner, attempt(d, 0).addr.ip);
	socket_dial_free(d);
}

LOOP_TEST(what_is_learnt_holds_for_the_local_address_that_is_set, ORDERS)
{
	struct socket_history *h = socket_history_new(4);
	struct socket_addr6 a[2];
	uint16_t port;

	need_silence();
	net_address("near", "192.0.2.9", 24);
	a[0] = address(silent4, 443);
	listener_at(AT_IPV4, &port);
	a[1] = address(lo4, port);
	dial_from("::ffff:192.0.2.9", h, SETTING_FIRST, a, silent4);
	dial_from("::ffff:192.0.2.9", h, _i, a, lo4);
	dial_from("::ffff:192.0.2.1", h, _i, a, silent4);
	socket_history_free(h);
}

TEST(a_history_that_is_taken_away_is_not_asked)
{
	struct socket_history *h = socket_history_new(4);
	struct socket_addr6 a[2];
	struct socket_dial *d;

	need_silence();
	silent_then_open(a);
	close_given(socket_dial6(a, 2, LATE, h));
	d = new_dial();
	assert_gives(0, socket_dial_set_history(d, h));
	assert_gives(0, socket_dial_add(d, a, 2));
	assert_gives(0, socket_dial_set_history(d, NULL));
	socket_history_free(h);
	close_given(end_dial(d));
	assert_attempt(d, 0, silent, SOCKET_ATTEMPT_CANCELLED, 0);
	socket_dial_free(d);
}

/* The history asks the system, which fails: that is not what add says. */
TEST(a_history_hides_no_error)
{
	struct socket_history *h = socket_history_new(4);
	struct socket_addr6 a[2];
	struct socket_dial *d = socket_dial_new(1);

	need_silence();
	a[0] = address(silent, 443);
	a[1] = address(lo4, 1);
	assert_fails(ETIMEDOUT, socket_dial6(a, 1, 300, h));
	fail_call(CALL_SOCKET, 0, EMFILE);
	assert_gives(0, socket_dial_set_history(d, h));
	assert_fails(ENOBUFS, socket_dial_add(d, a, 2));
	socket_dial_free(d);
	socket_history_free(h);
}

/* ---- steps ---- */

CASE("steps")

TEST(the_attempts_tell_how_each_went)
{
	struct socket_dial *d;
	struct socket_attempt6 a[4];
	uint16_t port, refusing;

	need_silence();
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	refusing = refusing_port_at(AT_IPV4);
	listener_at(AT_IPV4, &port);
	add(d, silent, 443);
	add(d, lo4, refusing);
	add(d, lo4, port);
	add(d, lo4, 1);
	close_given(end_dial(d));
	assert_attempt(d, 0, silent, SOCKET_ATTEMPT_CANCELLED, 0);
	assert_attempt(d, 1, lo4, SOCKET_ATTEMPT_FAILED, ECONNREFUSED);
	assert_attempt(d, 2, lo4, SOCKET_ATTEMPT_CONNECTED, 0);
	assert_attempt(d, 3, lo4, SOCKET_ATTEMPT_WAITING, 0);
	ck_assert_uint_eq(socket_dial_attempts(d, a, 4), 4);
	ck_assert_int_eq(a[0].start, 0);
	ck_assert_int_ge(a[1].start, SOON * 1000);
	ck_assert_int_ge(a[1].end, a[1].start);
	ck_assert_int_ge(a[2].start, a[1].end);
	ck_assert_int_ge(a[2].end, a[2].start);
	ck_assert_int_eq(a[0].end, a[2].end);
	ck_assert_int_eq(a[3].start, 0);
	ck_assert_int_eq(a[3].end, 0);
	socket_dial_free(d);
}

TEST(attempts_are_counted_beyond_the_room_for_them)
{
	struct socket_attempt6 a[2];
	struct socket_dial *d = new_dial();

	a[1].state = 99;
	add(d, lo4, 1);
	add(d, lo4, 2);
	ck_assert_uint_eq(socket_dial_attempts(d, a, 1), 2);
	ck_assert_int_eq(a[0].state, SOCKET_ATTEMPT_WAITING);
	ck_assert_int_eq(a[1].state, 99);
	ck_assert_uint_eq(socket_dial_attempts(d, NULL, 2), 2);
	socket_dial_free(d);
}

TEST(descriptors_to_watch_are_counted_beyond_the_room_for_them)
{
	struct socket_dial *d;
	int fds[3] = {-2, -2, -2};
	int milliseconds = -2;

	need_silence();
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	add(d, silent, 443);
	add(d, silent4, 443);
	assert_gives(0, socket_dial_end(d));
	ck_assert_uint_eq(socket_dial_pollfds(d, fds, NULL, 3, &milliseconds),
			  0);
	ck_assert_int_eq(milliseconds, 0);
	run_until(d, 2);
	ck_assert_uint_eq(socket_dial_pollfds(d, fds, NULL, 1, NULL), 2);
	ck_assert_int_ge(fds[0], 0);
	ck_assert_int_eq(fds[1], -2);
	ck_assert_uint_eq(socket_dial_pollfds(d, fds, NULL, 3, &milliseconds),
			  2);
	ck_assert_int_ne(fds[0], fds[1]);
	ck_assert_int_eq(fds[2], -2);
	ck_assert_int_gt(milliseconds, LATE / 2);
	ck_assert_int_le(milliseconds, LATE);
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 3, NULL), 2);
	socket_dial_free(d);
}

TEST(a_dial_without_a_deadline_waits_for_ever)
{
	struct socket_dial *d;
	int milliseconds;

	need_silence();
	d = dial_silence(-1);
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 0, &milliseconds),
			  1);
	ck_assert_int_eq(milliseconds, -1);
	socket_dial_free(d);
}

/* Of months, of which poll's int has no milliseconds: it is asked again. */
TEST(a_far_deadline_is_waited_for)
{
	struct socket_dial *d;
	int milliseconds;

	need_silence();
	d = dial_silence(INT_MAX);
	socket_dial_pollfds(d, NULL, NULL, 0, &milliseconds);
	ck_assert_int_gt(milliseconds, INT_MAX - 2 * LATE);
	socket_dial_free(d);
}

TEST(what_has_passed_is_no_longer_waited_for)
{
	struct socket_dial *d;
	int first, then;
	long long start;

	need_silence();
	d = dial_silence(LATE);
	socket_dial_pollfds(d, NULL, NULL, 0, &first);
	start = microseconds();
	while (microseconds() - start < 20000)
		;
	socket_dial_pollfds(d, NULL, NULL, 0, &then);
	ck_assert_int_lt(then, first - 15);
	socket_dial_free(d);
}

TEST(the_descriptor_is_given_once)
{
	struct socket_dial *d = new_dial();
	int before = open_descriptors();
	int s = dial_one(d);

	assert_fails(EISCONN, socket_dial_step(d));
	assert_fails(EISCONN, socket_dial_step(d));
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 0, NULL), 0);
	socket_dial_free(d);
	ck_assert_int_eq(socket_connected(s), 1);
	assert_alone(before + 1, s);
}

TEST(the_reason_is_given_again_and_again)
{
	struct socket_dial *d = new_dial();
	int before;

	add(d, lo4, refusing_port_at(AT_IPV4));
	before = open_descriptors();
	assert_fails(ECONNREFUSED, end_dial(d));
	ck_assert_int_eq(open_descriptors(), before);
	assert_fails(ECONNREFUSED, socket_dial_step(d));
	assert_fails(ECONNREFUSED, socket_dial_step(d));
	socket_dial_free(d);
}

TEST(silence_is_a_reason)
{
	struct socket_dial *d;

	need_silence();
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, 30));
	add(d, silent, 443);
	assert_fails(ETIMEDOUT, end_dial(d));
	assert_attempt(d, 0, silent, SOCKET_ATTEMPT_FAILED, ETIMEDOUT);
	socket_dial_free(d);
}

/* The first that answers, whichever began first. */
TEST(of_two_that_wait_the_one_that_answers_wins)
{
	struct socket_dial *d;
	int s, before;

	need_silence();
	d = new_dial();
	before = open_descriptors();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	add(d, silent, 443);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 0));
	run_until(d, 1);
	wire_drain();
	add(d, silent4, 443);
	assert_gives(0, socket_dial_end(d));
	run_until(d, 2);
	wire_answer(ACCEPTS);
	s = run_dial(d);
	assert_attempt(d, 0, silent, SOCKET_ATTEMPT_CANCELLED, 0);
	assert_attempt(d, 1, silent4, SOCKET_ATTEMPT_CONNECTED, 0);
	assert_alone(before, s);
	socket_dial_free(d);
}

TEST(an_answer_of_the_last_moment_counts)
{
	struct socket_dial *d;

	need_silence();
	d = dial_silence(LATE);
	wire_answer(ACCEPTS);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, 0));
	close_given(socket_dial_step(d));
	socket_dial_free(d);
}

/* As with a limit that was lowered: each attempt is asked by itself. */
TEST(a_poll_that_fails_loses_no_answer)
{
	struct socket_dial *d;

	need_silence();
	d = dial_silence(LATE);
	wire_answer(ACCEPTS);
	fail_call(CALL_POLL, 1, EINVAL);
	close_given(socket_dial_step(d));
	socket_dial_free(d);
}

TEST(where_no_descriptor_is_left_the_longest_attempt_gives_its_own)
{
	struct socket_dial *d;
	uint16_t port;
	int before;

	need_silence();
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	add(d, silent, 443);
	run_until(d, 1);
	listener_at(AT_IPV4, &port);
	before = open_descriptors();
	fail_call(CALL_SOCKET, 1, EMFILE);
	add(d, lo4, port);
	close_given(end_dial(d));
	assert_attempt(d, 0, lo4, SOCKET_ATTEMPT_CONNECTED, 0);
	assert_attempt(d, 1, silent, SOCKET_ATTEMPT_WAITING, 0);
	ck_assert_int_eq(open_descriptors(), before - 1);
	socket_dial_free(d);
}

TEST(a_winner_whose_mode_cannot_be_set_is_none)
{
	struct socket_dial *d = new_dial();
	uint16_t port;
	int before;

	listener_at(AT_IPV4, &port);
	before = open_descriptors();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_FLAGS, SOCKET_CLOEXEC));
	add(d, lo4, port);
	/* The calls before are those that make a socket non-blocking. */
	fail_call(CALL_FCNTL, HAVE(HAVE_SOCK_NONBLOCK) ? 1 : 4, EPERM);
	assert_fails(EPERM, end_dial(d));
	assert_fails(EPERM, socket_dial_step(d));
	ck_assert_int_eq(open_descriptors(), before);
	socket_dial_free(d);
}

/* ---- connected to oneself ---- */

CASE("oneself")

static const struct place *const loopbacks[] = {AT_IPV4, AT_IPV6};

#define LOOPBACK_TEST(name) TABLE_TEST(name, at, loopbacks, at_missing)

/*
 * Nobody listens at the port, and the attempt comes from it: Linux connects the
 * socket to itself.
 */
LOOPBACK_TEST(an_attempt_that_connects_to_itself_is_refused)
{
	const char *ip = ip_at(*at);
	struct socket_dial *d = new_dial();

	need_sysctls();
	net_sysctl("net/ipv4/ip_local_port_range", "40000 40000");
	add(d, ip, 40000);
	assert_fails(ECONNREFUSED, end_dial(d));
	assert_attempt(d, 0, ip, SOCKET_ATTEMPT_FAILED, ECONNREFUSED);
	socket_dial_free(d);
}

LOOPBACK_TEST(an_attempt_that_is_bound_to_its_peers_port_is_refused)
{
	const char *ip = ip_at(*at);
	struct socket_dial *d = new_dial();
	uint16_t port, other;

	need_net();
	listener_at(*at, &other);
	socket_close(listener_at(*at, &port));
	assert_gives(0, socket_dial_set_bind(d, ip6(ip), port, 0));
	add(d, ip, port);
	add(d, ip, other);
	close_given(end_dial(d));
	assert_attempt(d, 0, ip, SOCKET_ATTEMPT_FAILED, ECONNREFUSED);
	assert_attempt(d, 1, ip, SOCKET_ATTEMPT_CONNECTED, 0);
	socket_dial_free(d);
}

static const int protocols[] = {0, SOCKET_MPTCP};

/*
 * On Linux 6.18 TCP_INFO then says that Multipath TCP is connected, and
 * getpeername that it is not, and no byte goes.
 */
TABLE_BY_TEST(bytes_in_the_syn_connect_no_attempt_to_itself, at, loopbacks,
	      at_missing, protocol, protocols)
{
	const char *ip = ip_at(*at);
	struct socket_dial *d = new_dial();
	uint16_t port;

	need_sysctls();
	net_sysctl("net/ipv4/tcp_fastopen", "519");
	socket_close(listener_at(*at, &port));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_FLAGS, *protocol));
	assert_gives(0, socket_dial_set_bind(d, ip6(ip), port, 0));
	assert_gives(0, socket_dial_set_data(d, "first", 5));
	add(d, ip, port);
	assert_gives(-1, end_dial(d));
	ck_assert_uint_eq(socket_dial_sent(d), 0);
	socket_dial_free(d);
}

/* ---- the end at any moment ---- */

CASE("end")

TEST(a_dial_that_never_began_is_freed)
{
	struct socket_dial *d = new_dial();
	int before = open_descriptors();

	add(d, lo4, 1);
	socket_dial_free(d);
	socket_dial_free(new_dial());
	ck_assert_int_eq(open_descriptors(), before);
}

/* Of two attempts. */
static const size_t begun[] = {1, 2};

LOOP_TEST(a_dial_that_goes_on_is_freed, LENGTH(begun))
{
	struct socket_dial *d;
	int before;

	need_silence();
	d = new_dial();
	before = open_descriptors();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	add(d, silent, 443);
	add(d, silent4, 443);
	run_until(d, begun[_i]);
	ck_assert_int_eq(
		open_descriptors(),
		before + (int)socket_dial_pollfds(d, NULL, NULL, 0, NULL));
	errno = 0;
	socket_dial_free(d);
	ck_assert_int_eq(errno, 0);
	ck_assert_int_eq(open_descriptors(), before);
}

TEST(null_is_freed_and_else_refused)
{
	struct socket_addr6 a = address(lo4, 1);
	struct socket_dial *d = new_dial();
	int milliseconds = 0;

	socket_dial_free(NULL);
	assert_fails(EINVAL, socket_dial_set(NULL, SOCKET_DIAL_NODELAY, 1));
	assert_fails(EINVAL, socket_dial_set_bind(NULL, NULL, 0, 0));
	assert_fails(EINVAL, socket_dial_set_data(NULL, "x", 1));
	assert_fails(EINVAL, socket_dial_set_history(NULL, NULL));
	assert_fails(EINVAL, socket_dial_add(NULL, &a, 1));
	assert_fails(EINVAL, socket_dial_end(NULL));
	assert_fails(EINVAL, socket_dial_step(NULL));
	ck_assert_uint_eq(socket_dial_sent(NULL), 0);
	ck_assert_uint_eq(socket_dial_attempts(NULL, NULL, 0), 0);
	ck_assert_uint_eq(
		socket_dial_pollfds(NULL, NULL, NULL, 0, &milliseconds), 0);
	ck_assert_int_eq(milliseconds, -1);
	assert_fails(EINVAL, socket_dial_add(d, NULL, 1));
	assert_fails(EINVAL, socket_dial_set_data(d, NULL, 1));
	assert_gives(0, socket_dial_set_data(d, NULL, 0));
	socket_dial_free(d);
}

/* ---- faults ---- */

/* What has no fallback, what a host lacks, what would mean "in progress". */
static const int faults[] = {EIO, ENOBUFS, EINTR, EAGAIN, EINPROGRESS};

/* All that a dial can do: refused, silent, accepted, with every setting. */
static int dial_with_all(uint16_t refusing, uint16_t port, int deadline)
{
	struct socket_history *h = socket_history_new(4);
	struct socket_dial *d = new_dial();
	int error, s;

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_ATTEMPT_DELAY, SOON));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, deadline));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_FLAGS, 0));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_NODELAY, 1));
	assert_gives(0, socket_dial_set_bind(d, NULL, 0, 0));
	assert_gives(0, socket_dial_set_data(d, "first", 5));
	assert_gives(0, socket_dial_set_history(d, h));
	add(d, lo4, refusing);
	add(d, silent4, 443);
	add(d, lo4, port);
	s = end_dial(d);
	error = errno;
	socket_dial_free(d);
	socket_history_free(h);
	errno = error;
	return s;
}

/*
 * As by a filter of system calls (seccomp), for every attempt: what a step says
 * of a dial that goes on, or is over, is no attempt's reason.
 */
static const int misleading[] = {EINPROGRESS, EALREADY, EAGAIN, EINTR, EISCONN};
static const enum call needed[] = {CALL_SOCKET, CALL_SETSOCKOPT, CALL_BIND,
				   CALL_FCNTL};

CASE("faults")

TABLE_BY_TEST(a_misleading_errno_ends_an_attempt, error, misleading,
	      nothing_missing, call, needed)
{
	struct socket_dial *d = new_dial();
	uint16_t port;

	listener_at(AT_IPV4, &port);
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, -1));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_FLAGS, 0));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_NODELAY, 1));
	assert_gives(0, socket_dial_set_bind(d, ip6(lo4), 0, 0));
	add(d, lo4, port);
	fail_call(*call, 0, *error);
	assert_fails(EIO, end_dial(d));
	assert_attempt(d, 0, lo4, SOCKET_ATTEMPT_FAILED, EIO);
	socket_dial_free(d);
	/* gcov asks fcntl again and again when the test is over. */
	fail_call(*call, 0, 0);
}

LOOP_TEST(one_call_ends_with_a_misleading_errno, LENGTH(misleading))
{
	struct socket_addr6 a;
	uint16_t port;

	listener_at(AT_IPV4, &port);
	a = address(lo4, port);
	fail_call(CALL_SOCKET, 0, misleading[_i]);
	assert_fails(EIO, socket_dial6(&a, 1, -1, NULL));
}

/* Neither TCP_INFO nor SO_ERROR can be had. */
LOOP_TEST(a_reason_that_cannot_be_asked_for_ends_an_attempt, LENGTH(misleading))
{
	struct socket_addr6 a = address(lo4, refusing_port_at(AT_IPV4));

	fail_call(CALL_GETSOCKOPT, 0, misleading[_i]);
	assert_fails(EIO, socket_dial6(&a, 1, -1, NULL));
}

/* It is not retried but for EINTR, and nothing goes on. */
LOOP_TEST(a_wait_that_fails_says_not_that_the_dial_goes_on, LENGTH(misleading))
{
	struct socket_addr6 a;
	int is_interrupted = misleading[_i] == EINTR;

	need_silence();
	a = address(silent, 443);
	/* The first is the step's own. */
	fail_call(CALL_POLL, 2, misleading[_i]);
	assert_fails(is_interrupted ? ETIMEDOUT : EIO,
		     socket_dial6(&a, 1, is_interrupted ? SOON : LATE, NULL));
}

/* A result or a reason, and nothing else open than before. */
static void assert_fault(enum call call, int nth, int error, uint16_t refusing,
			 int l)
{
	uint16_t port = port_of(l);
	int before = open_descriptors();
	int s;

	fail_call(call, nth, error);
	s = dial_with_all(refusing, port, 5 * SOON);
	ck_assert(s >= 0 || (errno != 0 && errno != EINPROGRESS));
	fail_call(call, 0, 0);
	if (s >= 0)
		ck_assert_int_eq(socket_connected(s), 1);
	if (s >= 0)
		socket_close(s);
	while (readable(l, 0))
		socket_close(accepted(l));
	ck_assert_int_eq(open_descriptors(), before);
}

LOOP_TEST(a_call_that_fails_leaves_nothing_open, LENGTH(faults))
{
	int made[CALLS];
	uint16_t port, refusing;
	int l;

	need_silence();
	l = listener_at(AT_IPV4, &port);
	refusing = refusing_port_at(AT_IPV4);
	count_calls();
	close_given(dial_with_all(refusing, port, LATE));
	for (enum call i = 0; i < CALLS; i++)
		made[i] = calls(i);
	for (enum call i = 0; i < CALLS; i++)
		for (int nth = 1; nth <= made[i]; nth++)
			assert_fault(i, nth, faults[_i], refusing, l);
}

#include "check_dial.list"
