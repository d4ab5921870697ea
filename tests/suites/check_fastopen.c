/* SPDX-License-Identifier: ISC */
/*
 * check_fastopen.c - data in the first packet.
 *
 * A client needs the system's leave and, from an earlier connection, the
 * server's cookie (RFC 7413). What it gets without, and then with, is asked
 * in namespaces in which fast open is off, for clients, and for both ends.
 */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>

/* Values of net.ipv4.tcp_fastopen. */
static const char *const leaves[] = {"0", "1", "3"};

#define need_leave(leave)                                                      \
 do {                                                                          \
  need_sysctls();                                                              \
  net_sysctl("net/ipv4/tcp_fastopen", leave);                                  \
 } while (0)

/* Those with which data goes in a SYN, and is taken with it. */
#define need_client()                                                          \
 do {                                                                          \
  need(HAVE_TCP_FASTOPEN);                                                     \
  if (!HAVE(HAVE_MSG_FASTOPEN))                                                \
   need(HAVE_TCP_FASTOPEN_CONNECT);                                            \
  need_leave("3");                                                             \
 } while (0)

static int server_at(const struct place *place, uint16_t *port)
{
	int l = listener_at(place, port);

	if (HAVE(HAVE_TCP_FASTOPEN))
		assert_gives(0, socket_fastopen(l));
	return l;
}

static ssize_t open_at(int s, const struct place *place, uint16_t port,
		       const char *buf, size_t len)
{
	if (place->family == 4)
		return socket_fastopen_connect4(s, ip4(place->ip), port, buf,
						len);
	return socket_fastopen_connect6(s, ip6(place->ip), port,
					scope_at(place), buf, len);
}

static void assert_gets(const char *what, int s)
{
	char buf[8] = "";

	ck_assert(readable(s, 2000));
	assert_gives(strlen(what), socket_read(s, buf, sizeof buf));
	ck_assert_str_eq(buf, what);
}

/* A server of which the next connection has a cookie, from a first one. */
static int known_server_at(const struct place *place, uint16_t *port)
{
	int l = server_at(place, port);

	assert_gives(5, open_at(tcp_at(place, 0), place, *port, "first", 5));
	assert_gets("first", accepted(l));
	return l;
}

/* ---- server ---- */

CASE("sockets")

static int (*const tcp[])(void) = {socket_tcp4, socket_tcp6};

LOOP_TEST(a_server_takes_five_at_a_time, LENGTH(tcp))
{
	int s = tcp[_i]();

	need(HAVE_TCP_FASTOPEN);
	assert_gives(0, socket_fastopen(s));
	if (on_gvisor())
		skip("no TCP_FASTOPEN, which is taken all the same");
	ck_assert_int_eq(option_of(s, IPPROTO_TCP, TCP_FASTOPEN), 5);
}

TEST(a_datagram_socket_has_no_fast_open)
{
	assert_fails(ENOPROTOOPT, socket_fastopen(socket_udp4()));
	assert_fails(ENOPROTOOPT, socket_fastopen(socket_udp6()));
}

/* ---- client, without cookie ---- */

CASE("without cookie")

PLACE_BY_TEST(a_blocking_socket_connects_and_sends, leave, leaves)
{
	uint16_t port;
	int l, s, peer;

	need_leave(*leave);
	l = server_at(place, &port);
	s = tcp_at(place, 0);
	assert_gives(5, open_at(s, place, port, "first", 5));
	peer = accepted(l);
	assert_gets("first", peer);
	assert_talk(s, peer);
}

/* libowfat loses the data, or says EOPNOTSUPP where fast open is off. */
PLACE_BY_TEST(a_non_blocking_socket_connects_and_sends_nothing, leave, leaves)
{
	uint16_t port;
	int l, s;

	need_leave(*leave);
	l = server_at(place, &port);
	s = tcp_at(place, SOCKET_NONBLOCK);
	/* Where the connection is there at once (Solaris) the data goes. */
	if (open_at(s, place, port, "first", 5) == 5) {
		assert_gets("first", accepted(l));
		return;
	}
	ck_assert_int_eq(errno, EINPROGRESS);
	assert_gives(1, socket_wait_connected(s, 2000));
	assert_talk(s, accepted(l));
}

PLACE_TEST(a_refusal_is_told_at_once_or_by_socket_connected)
{
	uint16_t port;
	int s;

	need_leave("3");
	port = refusing_port_at(place);
	assert_fails(ECONNREFUSED,
		     open_at(tcp_at(place, 0), place, port, "first", 5));
	s = tcp_at(place, SOCKET_NONBLOCK);
	assert_fails(EINPROGRESS, open_at(s, place, port, "first", 5));
	ck_assert(writable(s, 2000));
	assert_not_connected(ECONNREFUSED, s);
}

PLACE_TEST(no_data_is_a_plain_connect)
{
	uint16_t port;
	int l, s;

	need_leave("3");
	l = server_at(place, &port);
	s = tcp_at(place, 0);
	count_calls();
	assert_gives(0, open_at(s, place, port, NULL, 0));
	ck_assert_int_eq(calls(CALL_SENDTO), 0);
	assert_talk(s, accepted(l));
	s = tcp_at(place, SOCKET_NONBLOCK);
	if (open_at(s, place, port, NULL, 0) == -1)
		ck_assert_int_eq(errno, EINPROGRESS);
	assert_gives(1, socket_wait_connected(s, 2000));
}

LOOP_TEST(a_socket_that_is_connected_is_refused, LENGTH(leaves))
{
	uint16_t port;
	int l, s;

	need_leave(leaves[_i]);
	l = server_at(AT_IPV4, &port);
	s = tcp_at(AT_IPV4, 0);
	assert_gives(0, connect_at(s, AT_IPV4, port));
	assert_fails(EISCONN, open_at(s, AT_IPV4, port, "first", 5));
	assert_talk(s, accepted(l));
}

/* Switched off, and not known at all. */
static const int refusals[] = {EOPNOTSUPP, EPIPE};

/* Unlike libowfat's, whose only way is the one that is switched off. */
LOOP_TEST(a_system_that_refuses_the_client_is_connected_by_plainly,
	  LENGTH(refusals) * PLACES)
{
	const struct place *place = &places[_i % PLACES];
	uint16_t port;
	int l, s;

	need(HAVE_MSG_FASTOPEN);
	need_place(place);
	l = server_at(place, &port);
	s = tcp_at(place, 0);
	fail_call(CALL_SENDTO, 1, refusals[_i / PLACES]);
	assert_gives(5, open_at(s, place, port, "first", 5));
	assert_gets("first", accepted(l));
}

TEST(an_interrupted_call_is_not_repeated)
{
	uint16_t port;

	need(HAVE_MSG_FASTOPEN);
	server_at(AT_IPV4, &port);
	fail_call(CALL_SENDTO, 1, EINTR);
	count_calls();
	assert_fails(EINTR,
		     open_at(tcp_at(AT_IPV4, 0), AT_IPV4, port, "first", 5));
	ck_assert_int_eq(calls(CALL_CONNECT), 0);
}

/* ---- client, with cookie ---- */

CASE("with cookie")

static const int modes[] = {SOCKET_NONBLOCK, 0};

LOOP_TEST(with_a_cookie_the_data_goes_in_the_first_packet,
	  LENGTH(modes) * PLACES)
{
	const struct place *place = &places[_i % PLACES];
	uint16_t port;
	int l, s, peer;

	need_client();
	need_place(place);
	l = known_server_at(place, &port);
	s = tcp_at(place, modes[_i / PLACES]);
	assert_gives(5, open_at(s, place, port, "again", 5));
	peer = accepted(l);
	assert_gets("again", peer);
	assert_gives(1, socket_wait_connected(s, 2000));
	assert_talk(s, peer);
	skip_if(lost("TCP_INFO"));
	if (data_went_in_syn(s) == -1)
		skip("no system's word on what a SYN carried");
	ck_assert_int_eq(data_went_in_syn(s), 1);
}

/* More than a packet holds. */
TEST(the_count_is_what_was_queued)
{
	static const char bytes[1 << 20];
	char got[1 << 12];
	uint16_t port;
	int l, s, peer;
	ssize_t n;

	need_client();
	l = known_server_at(AT_IPV4, &port);
	s = tcp_at(AT_IPV4, SOCKET_NONBLOCK);
	n = open_at(s, AT_IPV4, port, bytes, sizeof bytes);
	ck_assert_int_gt(n, 0);
	ck_assert_int_lt(n, (ssize_t)sizeof bytes);
	peer = accepted(l);
	assert_gives(1, socket_wait_connected(s, 2000));
	assert_gives(0, socket_close(s));
	while (n > 0)
		n -= socket_read(peer, got, sizeof got);
	ck_assert_int_eq(n, 0);
	assert_gives(0, socket_read(peer, got, sizeof got));
}

PLACE_TEST(what_was_queued_may_not_arrive)
{
	uint16_t port;
	int s;

	need_client();
	known_server_at(place, &port);
	s = tcp_at(place, SOCKET_NONBLOCK);
	assert_gives(5, open_at(s, place, refusing_port_at(place), "again", 5));
	ck_assert(writable(s, 2000));
	assert_not_connected(ECONNREFUSED, s);
}

/* ---- IPv4 sockets and the 6 form ---- */

CASE("sockets")

/* A socket that turned out to be IPv4 for lack of IPv6. */
LOOP_TEST(the_6_form_connects_an_ipv4_socket_to_what_is_an_ipv4_address_too,
	  LENGTH(leaves))
{
	static const char *const same[] = {"::ffff:127.0.0.1", "::1", "::"};
	uint16_t port;
	int l;

	need_leave(leaves[_i]);
	l = server_at(AT_IPV4, &port);
	for (size_t i = 0; i < LENGTH(same); i++) {
		assert_gives(5, socket_fastopen_connect6(socket_tcp4b(),
							 ip6(same[i]), port, 0,
							 "first", 5));
		assert_gets("first", accepted(l));
	}
}

LOOP_TEST(the_6_form_connects_an_ipv4_socket_to_no_other_address,
	  LENGTH(leaves))
{
	static const char *const others[] = {"::2", "fe80::1", "2001:db8::1"};

	need_leave(leaves[_i]);
	for (size_t i = 0; i < LENGTH(others); i++)
		assert_fails(EAFNOSUPPORT,
			     socket_fastopen_connect6(socket_tcp4b(),
						      ip6(others[i]), 9, 0,
						      "first", 5));
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_fastopen(bad.fd));
	assert_fails(bad.error, open_at(bad.fd, AT_IPV4, 9, "first", 5));
	assert_fails(bad.error, open_at(bad.fd, AT_MAPPED, 9, "first", 5));
	assert_fails(bad.error, open_at(bad.fd, AT_IPV4, 9, NULL, 0));
	assert_fails(bad.error, open_at(bad.fd, AT_MAPPED, 9, NULL, 0));
}

#include "check_fastopen.list"
