/* SPDX-License-Identifier: ISC */
/* check_listen.c - wait for connections. */
#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <limits.h>
#include <socket6.h>

CASE("listen")

static const struct place *const loopback[] = {AT_IPV6, AT_MAPPED, AT_IPV4};

/* A listener that is bound nowhere gets a port by itself. */
LOOP_TEST(a_listening_socket_takes_connections, LENGTH(loopback))
{
	const struct place *place = loopback[_i];
	uint16_t port;
	int l, s;

	need_place(place);
	l = listener_at(place, &port);
	s = tcp_at(place, 0);
	assert_gives(0, connect_at(s, place, port));
	assert_talk(s, socket_accept6(l, NULL, NULL, NULL));
}

TEST(a_backlog_beyond_int_is_not_negative)
{
	int s = socket_tcp4();

	assert_gives(0, socket_bind4(s, ip4("127.0.0.1"), 0));
	count_calls();
	assert_gives(0, socket_listen(s, UINT_MAX));
	ck_assert_int_eq(last_call.backlog, INT_MAX);
}

TEST(datagram_sockets_cannot_listen)
{
	assert_fails(EOPNOTSUPP, socket_listen(socket_udp4(), 1));
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_listen(bad.fd, 1));
}

/* ---- a listener in one call ---- */

CASE("listener")

static const char *any6(void)
{
	return have_af_inet6() ? "::" : "::ffff:0.0.0.0";
}

static int listener_of(const struct place *place, uint16_t port, int flags)
{
	int s = socket_listener6(ip6(seen_at(place)), port, scope_at(place), 0,
				 flags);

	ck_assert_msg(s >= 0, "%s: %s", place->ip, strerror(errno));
	return s;
}

PLACE_TEST(a_listener_takes_connections_at_its_address)
{
	int l = listener_of(place, 0, 0);
	int s = tcp_at(place, 0);
	char ip[16];

	assert_gives(0, socket_local6(l, ip, NULL, NULL));
	assert_ip6(seen_at(place), ip);
	assert_gives(0, connect_at(s, place, port_of(l)));
	assert_talk(s, accepted(l));
}

LOOP_TEST(null_is_any_address_of_both_families, LENGTH(loopback))
{
	int l, s;

	need_place(loopback[_i]);
	need_dual_stack();
	l = socket_listener6(NULL, 0, 0, 0, 0);
	s = tcp_at(loopback[_i], 0);
	assert_gives(0, connect_at(s, loopback[_i], port_of(l)));
	assert_talk(s, accepted(l));
}

TEST(null_and_the_unspecified_address_are_one)
{
	char ip[16];

	assert_gives(0, socket_local6(socket_listener6(NULL, 0, 0, 0, 0), ip,
				      NULL, NULL));
	assert_ip6(any6(), ip);
	assert_gives(0, socket_local6(socket_listener6(ip6("::"), 0, 0, 0, 0),
				      ip, NULL, NULL));
	assert_ip6(any6(), ip);
}

TEST(a_v4_mapped_address_makes_an_ipv4_socket)
{
	ck_assert_int_eq(socket_family(listener_of(AT_MAPPED, 0, 0)), 4);
}

/*
 * As one needs with the addresses of a name, where :: comes beside 0.0.0.0.
 * Another program may have a port's IPv4: it has not eight in a row.
 */
TEST(v6only_leaves_ipv4_to_another_listener)
{
	int l, l4 = -1;

	need_ipv6();
	need(HAVE_IPV6_V6ONLY);
	if (socket_v6only(socket_tcp6(), 1) == -1)
		skip("no IPV6_V6ONLY");
	for (int i = 0; i < 8 && l4 == -1; i++) {
		l = socket_listener6(NULL, 0, 0, 0, SOCKET_V6ONLY);
		ck_assert_int_eq(socket_family(l), 6);
		l4 = socket_listener6(ip6("::ffff:0.0.0.0"), port_of(l), 0, 0,
				      SOCKET_V6ONLY);
	}
	ck_assert_int_ge(l4, 0);
}

/* Nothing said is as long as the system has it. */
static const struct queue {
	int said, told;
} queues[] = {
	{7, 7}, {1, 1}, {0, INT_MAX}, {-1, INT_MAX}, {INT_MAX, INT_MAX},
};

TABLE_TEST(the_queue_is_as_long_as_was_said, row, queues, nothing_missing)
{
	count_calls();
	socket_listener6(ip6("::ffff:127.0.0.1"), 0, 0, row->said, 0);
	ck_assert_int_eq(last_call.backlog, row->told);
}

LOOP_TEST(the_queue_is_long_if_no_length_is_given, 3)
{
	const int lengths[] = {0, -1, INT_MIN};
	int l = socket_listener6(ip6("::ffff:127.0.0.1"), 0, 0, lengths[_i], 0);

	for (int i = 0; i < 20; i++)
		assert_gives(0,
			     socket_connect4_timeout(socket_tcp4(), ip4loopback,
						     port_of(l), 5000));
}

TEST(a_port_in_use_is_eaddrinuse)
{
	int l = listener_of(AT_MAPPED, 0, 0);

	assert_fails(EADDRINUSE, socket_listener6(ip6("::ffff:127.0.0.1"),
						  port_of(l), 0, 0, 0));
}

/* The server closed it first, and its port waits for what is late. */
TEST(a_lingering_connection_is_no_hindrance)
{
	uint16_t port;
	int l, s, peer;
	char c;

	net_enter(); /* if it can: elsewhere others may take the port */
	l = listener_of(AT_MAPPED, 0, 0);
	port = port_of(l);
	s = tcp_at(AT_IPV4, 0);
	assert_gives(0, connect_at(s, AT_IPV4, port));
	peer = accepted(l);
	socket_close(peer);
	assert_gives(0, socket_read(s, &c, 1));
	socket_close(s);
	socket_close(l);
	listener_of(AT_MAPPED, port, 0);
}

TEST(reuseport_shares_the_port_with_those_that_have_it)
{
	int l;

	need(HAVE_SO_REUSEPORT);
	l = listener_of(AT_MAPPED, 0, SOCKET_REUSEPORT);
	listener_of(AT_MAPPED, port_of(l), SOCKET_REUSEPORT);
	assert_fails(EADDRINUSE, socket_listener6(ip6("::ffff:127.0.0.1"),
						  port_of(l), 0, 0, 0));
}

/* Documentation's addresses (RFC 5737, RFC 3849), which nobody has. */
static const char *const absent[] = {"::ffff:192.0.2.77", "2001:db8::77"};

LOOP_TEST(freebind_takes_an_address_that_is_not_here, LENGTH(absent))
{
	const char *ip = ip6(absent[_i]);

	need(HAVE_IP_FREEBIND);
	skip_if(lost("IP_FREEBIND"));
	if (_i == 1)
		need_ipv6();
	assert_fails(EADDRNOTAVAIL, socket_listener6(ip, 0, 0, 0, 0));
	ck_assert_int_ge(socket_listener6(ip, 0, 0, 0, SOCKET_FREEBIND), 0);
}

LOOP_TEST(the_modes_are_those_of_the_flags, 4)
{
	const int modes[] = {0, SOCKET_NONBLOCK, SOCKET_CLOEXEC,
			     SOCKET_NONBLOCK | SOCKET_CLOEXEC};
	int s = listener_of(AT_MAPPED, 0, modes[_i]);

	/* Windows tells the mode of no listener. */
	if (modes[_i] & SOCKET_NONBLOCK)
		assert_fails(EAGAIN, socket_accept6(s, NULL, NULL, NULL));
	else if (!on_windows())
		ck_assert(!is_nonblocking(s));
	ck_assert_int_eq(is_closeonexec(s), !!(modes[_i] & SOCKET_CLOEXEC));
}

TEST(deferaccept_is_asked_for)
{
	need(HAVE_TCP_DEFER_ACCEPT);
	listener_of(AT_MAPPED, 0, SOCKET_DEFERACCEPT);
	ck_assert(option_was_set(IPPROTO_TCP, TCP_DEFER_ACCEPT));
}

TEST(deferaccept_is_a_hint)
{
	int s;

	fail_option(IPPROTO_TCP, TCP_DEFER_ACCEPT, ENOPROTOOPT);
	s = listener_of(AT_MAPPED, 0, SOCKET_DEFERACCEPT);
	ck_assert(!readable(s, 0));
}

static const int unknown[] = {128, 1 << 30, INT_MIN, -1};

LOOP_TEST(an_unknown_flag_is_refused_before_anything_happens, LENGTH(unknown))
{
	count_calls();
	assert_fails(EINVAL, socket_listener6(NULL, 0, 0, 0, unknown[_i]));
	assert_fails(EINVAL, socket_listener6(ip6("::ffff:127.0.0.1"), 0, 0, 0,
					      unknown[_i]));
	ck_assert_int_eq(all_calls(), 0);
}

/* The flags of a listener mean nothing to what is created alone. */
TEST(a_listeners_flags_are_einval_for_the_functions_that_create)
{
	for (int flag = SOCKET_REUSEPORT; flag <= SOCKET_DEFERACCEPT;
	     flag *= 2) {
		assert_fails(EINVAL, socket_tcp4_flags(flag));
		assert_fails(EINVAL, socket_tcp6_flags(flag));
	}
}

static const struct failure {
	enum call call;
	int nth, error, flags;
} failures[] = {
	{CALL_SOCKET, 1, EMFILE, 0},
	{CALL_SETSOCKOPT, 1, ENOPROTOOPT, SOCKET_REUSEPORT},
	{CALL_SETSOCKOPT, 2, EPERM, SOCKET_REUSEPORT},
	{CALL_SETSOCKOPT, 1, EPERM, SOCKET_FREEBIND},
	{CALL_BIND, 1, EACCES, 0},
	{CALL_LISTEN, 1, EADDRINUSE, 0},
};

TABLE_TEST(whatever_fails_is_told_and_leaves_nothing_open, x, failures,
	   nothing_missing)
{
	int before = open_descriptors();

	if (x->nth == 2)
		need(HAVE_SO_REUSEPORT);
	fail_call(x->call, x->nth, x->error);
	assert_fails(x->error, socket_listener6(ip6("::ffff:127.0.0.1"), 0, 0,
						0, x->flags));
	ck_assert_int_eq(open_descriptors(), before);
}

static void refuse_ipv6(enum call call)
{
	if (call == CALL_SOCKET && last_call.family == AF_INET6)
		fail_call(CALL_SOCKET, 1, EAFNOSUPPORT);
}

TEST(without_ipv6_loopback_is_ipv4s)
{
	char ip[16];

	stand_in.before = refuse_ipv6;
	assert_gives(0, socket_local6(socket_listener6(V6loopback, 0, 0, 0, 0),
				      ip, NULL, NULL));
	assert_ip6("::ffff:127.0.0.1", ip);
}

#include "check_listen.list"
