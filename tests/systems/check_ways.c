/* SPDX-License-Identifier: ISC */
/*
 * check_ways.c - what a simulated system does, so that its suites show
 * something: each way of quirk.c and quirk_datagram.c.
 */
#include "sys/control.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <signal.h>
#include <socket6.h>
#include <stdlib.h>
#include <sys/time.h>

/* Whether quirks.sh runs us over this way, among others. */
static int has_way(const char *name)
{
	const char *ways = getenv("SOCKET6_QUIRK");

	return ways && strstr(ways, name);
}

CASE("sockets")

LOOP_TEST(this_systems_accept_inherits_the_listeners_mode,
	  has_way("accept_inherits"))
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);

	assert_gives(0, connect_at(tcp_at(AT_IPV4, 0), AT_IPV4, port));
	assert_gives(0, ndelay_on(l));
	ck_assert(is_nonblocking(accept(l, NULL, NULL)));
}

LOOP_TEST(this_systems_ipv6_sockets_never_take_ipv4, has_way("v6only"))
{
	int s = socket(AF_INET6, SOCK_STREAM, 0);

	assert_fails(EINVAL, sys_setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, 0));
	ck_assert_int_eq(socket_v6only(socket_tcp6(), -1), 1);
}

/* A socket that was refused in the background. */
static int refused(void)
{
	int s = tcp_at(AT_IPV4, SOCKET_NONBLOCK);

	connect_at(s, AT_IPV4, refusing_port_at(AT_IPV4));
	ck_assert(writable(s, 2000));
	return s;
}

LOOP_TEST(this_systems_so_error_fails_with_the_reason, has_way("so_error"))
{
	assert_gives(-1, sys_getsockopt(refused(), SOL_SOCKET, SO_ERROR));
	ck_assert_int_eq(errno, ECONNREFUSED);
	assert_not_connected(ECONNREFUSED, refused());
}

LOOP_TEST(this_systems_getpeername_is_einval_after_the_end,
	  has_way("peer_einval"))
{
	int s = refused();

	assert_fails(EINVAL, socket_remote4(s, NULL, NULL));
	assert_not_connected(ECONNREFUSED, s);
}

LOOP_TEST(this_system_accepts_who_has_gone_without_an_address,
	  has_way("accept_empty"))
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);
	int s = tcp_at(AT_IPV4, 0);

	assert_gives(0, connect_at(s, AT_IPV4, port));
	reset(s);
	assert_fails(ECONNABORTED, socket_accept4(l, NULL, NULL));
}

static void on_alarm(int signal)
{
	(void)signal;
}

LOOP_TEST(this_system_connects_no_second_time_after_a_signal,
	  has_way("interrupted"))
{
	struct sigaction action = {.sa_handler = on_alarm};
	struct itimerval often = {{0, 5000}, {0, 5000}};
	uint16_t port = full_port();
	int s = tcp_at(AT_IPV4, 0);

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	assert_fails(EINTR, connect_at(s, AT_IPV4, port));
	assert_fails(EADDRINUSE, connect_at(s, AT_IPV4, port));
}

LOOP_TEST(this_system_connects_over_loopback_at_once, has_way("at_once"))
{
	uint16_t port;

	listener_at(AT_IPV4, &port);
	assert_gives(
		0, connect_at(tcp_at(AT_IPV4, SOCKET_NONBLOCK), AT_IPV4, port));
}

LOOP_TEST(this_systems_poll_is_silent_of_new_sockets, has_way("poll_silent"))
{
	ck_assert(!writable(socket_tcp4(), 0));
	assert_not_connected(ENOTCONN, socket_tcp4());
}

LOOP_TEST(this_systems_linger_is_a_short_of_ticks, has_way("linger_ticks"))
{
	enum { IN_SECONDS = 0x1080 }; /* macOS's SO_LINGER_SEC */
	struct linger l = {1, 328};
	socklen_t len = sizeof l;
	int s = socket_tcp4();

	ck_assert_int_eq(setsockopt(s, SOL_SOCKET, IN_SECONDS, &l, len), 0);
	ck_assert_int_eq(getsockopt(s, SOL_SOCKET, IN_SECONDS, &l, &len), 0);
	ck_assert_int_lt(l.l_linger, 0);
	count_calls();
	assert_gives(0, socket_linger(s, 327));
	ck_assert(option_was_set(SOL_SOCKET, IN_SECONDS));
	ck_assert_int_eq(getsockopt(s, SOL_SOCKET, IN_SECONDS, &l, &len), 0);
	ck_assert_int_eq(l.l_linger, 327);
	assert_fails(EINVAL, socket_linger(s, 328));
}

LOOP_TEST(this_systems_ipv6_sockets_have_no_ipv4_options,
	  has_way("strange_options"))
{
	const char *group = ip6("::ffff:239.1.2.3");
	int s = socket_udp6();
	int lo = (int)net_index(LO);

	assert_fails(EINVAL, sys_setsockopt(s, IPPROTO_IP, IP_TTL, 9));
	assert_gives(0, socket_hoplimit6(s, 9));
	count_calls();
	assert_gives(0, socket_mcjoin6(s, group, lo));
	ck_assert(option_was_set(IPPROTO_IPV6, IPV6_JOIN_GROUP));
	assert_fails(EADDRINUSE, socket_mcjoin6(s, group, lo));
	assert_gives(0, socket_mcleave6_if(s, group, (uint32_t)lo));
	assert_fails(EINVAL, socket_mcjoin6(s, ip6("::ffff:192.0.2.1"), lo));
}

LOOP_TEST(this_systems_ipv4_sockets_have_no_ipv6_options,
	  has_way("strange_options"))
{
	int s = socket_udp4();

	assert_fails(EINVAL,
		     sys_setsockopt(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 9));
	assert_gives(0, socket_hoplimit6(s, 9));
	ck_assert_int_eq(option_of(s, IPPROTO_IP, IP_TTL), 9);
}

LOOP_TEST(this_system_lets_fragments_be_by_the_sockets_own_option,
	  has_way("strange_options"))
{
	int s = socket_udp6();

	assert_fails(EINVAL, sys_setsockopt(s, IPPROTO_IP, IP_DONTFRAG, 1));
	assert_gives(0, socket_mtudiscover6(s, SOCKET_MTU_PATH));
	ck_assert_int_eq(option_of(s, IPPROTO_IPV6, IPV6_DONTFRAG), 1);
	count_calls();
	assert_gives(0, socket_mtudiscover6(socket_udp4(), SOCKET_MTU_PATH));
	ck_assert(option_was_set(IPPROTO_IP, IP_DONTFRAG));
}

/* ---- datagrams ---- */

CASE("datagrams")

static struct socket_datagram6 grams[1];

/* An empty datagram for a port of IPv4's loopback. */
static struct socket_datagram6 record_to(int s)
{
	struct socket_datagram6 g;

	memset(&g, 0, sizeof g);
	memcpy(g.peer.ip, ip6("::ffff:127.0.0.1"), 16);
	g.peer.port = port_of(s);
	return g;
}

static ssize_t send_one(int s, const struct socket_datagram6 *g)
{
	grams[0] = *g;
	return socket_sendmany6(s, NULL, 0, grams, 1);
}

static void receive_one(int s)
{
	ck_assert(readable(s, 2000));
	assert_gives(1, socket_recvmany6(s, NULL, 0, grams, 1));
}

/* By hand, with one of IPv4's control messages, to whom s is connected. */
static ssize_t send_with(int s, int type, const void *data, size_t len)
{
	union sys_control_out control;
	struct msghdr m;

	memset(&m, 0, sizeof m);
	m.msg_control = &control;
	m.msg_controllen = (sys_controllen)(sys_put_control(control.bytes,
							    IPPROTO_IP, type,
							    data, len) -
					    control.bytes);
	return sendmsg(s, &m, 0);
}

static int connected_to(int to)
{
	int s = bound_at(AT_IPV4);

	assert_gives(0, connect_at(s, AT_IPV4, port_of(to)));
	return s;
}

LOOP_TEST(this_system_refuses_the_source_of_a_bound_socket,
	  has_way("sendsrcaddr_once"))
{
	int to = bound_at(AT_IPV4), s = bound_at(AT_IPV4);
	struct socket_datagram6 g = record_to(to);

	assert_gives(-1, send_with(connected_to(to), IP_SENDSRCADDR,
				   ip4loopback, 4));
	ck_assert_int_eq(errno, EINVAL);
	memcpy(g.local.ip, ip6("::ffff:127.0.0.1"), 16);
	assert_gives(1, send_one(s, &g));
	receive_one(to);
	ck_assert_uint_eq(grams[0].peer.port, port_of(s));
	/* That would come from 127.0.0.1. */
	memcpy(g.local.ip, ip6("::ffff:127.0.0.2"), 16);
	assert_fails(EINVAL, send_one(s, &g));
	/* A group is no source. */
	memcpy(g.local.ip, ip6("::ffff:224.0.0.251"), 16);
	g.ifindex = net_index(LO);
	assert_gives(1, send_one(s, &g));
}

LOOP_TEST(this_system_tells_the_address_and_no_interface,
	  has_way("recvdstaddr"))
{
	int s = bound_at(AT_IPV4);
	struct socket_datagram6 g = record_to(s);

	assert_gives(SOCKET_INFO_LOCAL, socket_recvinfo6(s, SOCKET_INFO_LOCAL));
	assert_gives(1, send_one(socket_udp4b(), &g));
	receive_one(s);
	assert_ip6("::ffff:127.0.0.1", grams[0].local.ip);
	ck_assert_uint_eq(grams[0].ifindex, 0);
	g.ifindex = net_index(LO);
	g.flags = SOCKET_DATAGRAM_INTERFACE;
	assert_fails(ENOPROTOOPT, send_one(socket_udp4b(), &g));
}

LOOP_TEST(this_systems_numbers_of_ipv4_are_bytes, has_way("numbers_are_bytes"))
{
	int to = bound_at(AT_IPV4), tclass = 0xb8;
	struct socket_datagram6 g = record_to(to);

	assert_gives(-1, send_with(connected_to(to), IP_TOS, &tclass,
				   sizeof tclass));
	ck_assert_int_eq(errno, EINVAL);
	socket_recvinfo6(to, SOCKET_INFO_HOPS | SOCKET_INFO_TCLASS);
	g.flags = SOCKET_DATAGRAM_HOPS | SOCKET_DATAGRAM_TCLASS;
	g.hops = 77;
	g.tclass = (int16_t)tclass;
	assert_gives(1, send_one(socket_udp4b(), &g));
	receive_one(to);
	ck_assert_int_eq(grams[0].hops, 77);
	ck_assert_int_eq(grams[0].tclass, tclass);
}

LOOP_TEST(this_systems_ipv6_socket_has_ipv6s_class_for_all,
	  has_way("tclass_of_both"))
{
	int to = bound_at(AT_IPV4);
	struct socket_datagram6 g = record_to(to);

	socket_recvinfo6(to, SOCKET_INFO_TCLASS);
	g.flags = SOCKET_DATAGRAM_TCLASS;
	g.tclass = 0xb8;
	assert_gives(1, send_one(socket_udp6b(), &g));
	receive_one(to);
	ck_assert_int_eq(grams[0].tclass, 0xb8);
}

LOOP_TEST(this_system_sends_to_a_connected_sockets_peer_alone,
	  has_way("one_peer"))
{
	int to = bound_at(AT_IPV4), s = connected_to(to);
	struct socket_datagram6 g = record_to(to);

	assert_fails(EISCONN, send_one(s, &g));
	g.peer.port = 0;
	assert_gives(1, send_one(s, &g));
}

LOOP_TEST(this_systems_ipv6_socket_takes_ipv6_addresses_alone,
	  has_way("peers_are_ipv6"))
{
	int to = bound_at(AT_IPV4), s = socket_udp6b();
	struct socket_datagram6 g = record_to(to);

	assert_fails(EINVAL, socket_send4(s, "", 0, ip4loopback, port_of(to)));
	assert_gives(1, send_one(s, &g));
}

LOOP_TEST(this_system_does_not_tell_where_ipv4_asked_an_ipv6_socket,
	  has_way("no_mapped_local"))
{
	const struct place both = {"both", "::", 6, 0};
	int s = bound_at(&both), client = bound_at(AT_IPV4);
	struct socket_datagram6 g = record_to(s);

	assert_gives(SOCKET_INFO_LOCAL, socket_recvinfo6(s, SOCKET_INFO_LOCAL));
	assert_gives(1, send_one(client, &g));
	receive_one(s);
	assert_ip6("::", grams[0].local.ip);
	assert_gives(1, socket_sendmany6(s, NULL, 0, grams, 1));
	receive_one(client);
	ck_assert_uint_eq(grams[0].peer.port, port_of(s));
}

#include "check_ways.list"
