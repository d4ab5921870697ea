/* SPDX-License-Identifier: ISC */
/* check_datagram.c - datagrams and their addresses. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>

/* What a receive tells; a 4 form's address stands at the end of ip. */
struct datagram {
	char buf[8];
	char ip[16];
	uint16_t port;
	uint32_t scope_id;
};

/* Every form, the _flag ones without a flag. */
enum { RECV4, RECV4_FLAG, RECV6, RECV6_FLAG, RECVS };
enum { SEND4, SEND4_FLAG, SEND6, SEND6_FLAG, SENDS };

static ssize_t take(int form, int s, struct datagram *d)
{
	size_t len = sizeof d->buf;

	switch (form) {
	case RECV4:
		return socket_recv4(s, d->buf, len, d->ip + 12, &d->port);
	case RECV4_FLAG:
		return socket_recv4_flag(s, d->buf, len, d->ip + 12, &d->port,
					 0);
	case RECV6:
		return socket_recv6(s, d->buf, len, d->ip, &d->port,
				    &d->scope_id);
	}
	return socket_recv6_flag(s, d->buf, len, d->ip, &d->port, &d->scope_id,
				 0);
}

static ssize_t put(int form, int s, const struct place *place, uint16_t port)
{
	switch (form) {
	case SEND4:
		return socket_send4(s, "bytes", 5, ip4(place->ip), port);
	case SEND4_FLAG:
		return socket_send4_flag(s, "bytes", 5, ip4(place->ip), port,
					 0);
	case SEND6:
		return socket_send6(s, "bytes", 5, ip6(place->ip), port,
				    scope_at(place));
	}
	return socket_send6_flag(s, "bytes", 5, ip6(place->ip), port,
				 scope_at(place), 0);
}

/* A send in the place's own family. */
static ssize_t put_at(int s, const struct place *place, uint16_t port)
{
	return put(place->family == 4 ? SEND4 : SEND6, s, place, port);
}

static struct datagram untouched(void)
{
	struct datagram d;

	memset(&d, 0x5a, sizeof d);
	return d;
}

/* The addresses are; of the buffer nothing is said. */
static void assert_untouched(const struct datagram *d)
{
	struct datagram before = untouched();

	ck_assert_mem_eq(d->ip, before.ip, sizeof d->ip);
	ck_assert_uint_eq(d->port, before.port);
	ck_assert_uint_eq(d->scope_id, before.scope_id);
}

/* A socket that is bound there. */
static int bound_at(const struct place *place)
{
	int s = udp_at(place, 0);

	assert_gives(0, bind_at(s, place, 0));
	return s;
}

/* Sends five bytes to s from another socket, which is returned. */
static int send_to(int s, const struct place *place)
{
	int from = bound_at(place);

	assert_gives(5, put_at(from, place, port_of(s)));
	ck_assert(readable(s, 2000));
	return from;
}

static int is_empty(int s)
{
	return !readable(s, 0);
}

/* ---- addresses ---- */

CASE("addresses")

LOOP_TEST(a_6_form_tells_the_senders_address, 2 * PLACES)
{
	const struct place *place = &places[_i % PLACES];
	struct datagram d = untouched();
	int s, from;

	need_place(place);
	s = bound_at(place);
	from = send_to(s, place);
	assert_gives(5, take(RECV6 + _i / PLACES, s, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
	assert_ip6(seen_at(place), d.ip);
	ck_assert_uint_eq(d.port, port_of(from));
	ck_assert_uint_eq(d.scope_id, seen_scope_at(place));
}

LOOP_TEST(a_4_form_tells_the_senders_address, 4)
{
	const struct place *place = &places[1 + _i % 2];
	struct datagram d = untouched();
	int s, from;

	need_place(place);
	s = bound_at(place);
	from = send_to(s, place);
	assert_gives(5, take(RECV4 + _i / 2, s, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
	assert_ip4("127.0.0.1", d.ip + 12);
	ck_assert_uint_eq(d.port, port_of(from));
}

LOOP_TEST(a_6_form_sends_to_the_address, 6)
{
	static const int six[] = {0, 1, 3};
	const struct place *place = &places[six[_i % 3]];
	struct datagram d;
	int s, to;

	need_place(place);
	to = bound_at(place);
	s = udp_at(place, 0);
	assert_gives(5, put(SEND6 + _i / 3, s, place, port_of(to)));
	ck_assert(readable(to, 2000));
	assert_gives(5, take(RECV6, to, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
}

LOOP_TEST(a_4_form_sends_to_the_address, 2)
{
	struct datagram d;
	int to = bound_at(AT_IPV4);

	assert_gives(5, put(SEND4 + _i, socket_udp4(), AT_IPV4, port_of(to)));
	ck_assert(readable(to, 2000));
	assert_gives(5, take(RECV4, to, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
}

/* One that takes both families, as servers have. */
TEST(a_dual_stack_socket_answers_an_ipv4_peer)
{
	int server = socket_udp6b();
	int client = bound_at(AT_IPV4);
	struct datagram d;

	need_dual_stack();
	assert_gives(0, socket_bind6(server, NULL, 0, 0));
	assert_gives(5, put(SEND4, client, AT_IPV4, port_of(server)));
	assert_gives(5, take(RECV6, server, &d));
	assert_ip6("::ffff:127.0.0.1", d.ip);
	assert_gives(4,
		     socket_send6(server, "back", 4, d.ip, d.port, d.scope_id));
	assert_gives(4, take(RECV4, client, &d));
	ck_assert_mem_eq(d.buf, "back", 4);
}

/* libowfat leaves it unset. */
LOOP_TEST(the_scope_id_of_an_ipv4_sender_is_0, 2)
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	send_to(s, AT_IPV4);
	assert_gives(5, take(RECV6 + _i, s, &d));
	ck_assert_uint_eq(d.scope_id, 0);
}

TEST(each_output_can_be_discarded)
{
	int s = bound_at(AT_IPV4);
	char buf[8];

	for (int i = 0; i < RECVS; i++)
		send_to(s, AT_IPV4);
	assert_gives(5, socket_recv4(s, buf, 8, NULL, NULL));
	assert_gives(5, socket_recv4_flag(s, buf, 8, NULL, NULL, 0));
	assert_gives(5, socket_recv6(s, buf, 8, NULL, NULL, NULL));
	assert_gives(5, socket_recv6_flag(s, buf, 8, NULL, NULL, NULL, 0));
}

/* libowfat's recv4 gives what the stack held. */
LOOP_TEST(a_stream_has_no_senders_address, RECVS)
{
	static const char zero[16];
	struct datagram d = untouched();
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(5, socket_write(s, "bytes", 5));
	assert_gives(5, take(_i, peer, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
	ck_assert_mem_eq(d.ip + 12, zero, 4);
	ck_assert_uint_eq(d.port, 0);
	if (_i < RECV6)
		return;
	ck_assert_mem_eq(d.ip, zero, 16);
	ck_assert_uint_eq(d.scope_id, 0);
}

/* The datagram is taken from the queue all the same. */
static void assert_refused(int form, int s)
{
	struct datagram d = untouched();

	ck_assert(!is_empty(s));
	assert_fails(EAFNOSUPPORT, take(form, s, &d));
	assert_untouched(&d);
	ck_assert(is_empty(s));
}

/* libowfat gives four bytes of the address, with success. */
LOOP_TEST(a_4_form_refuses_an_ipv6_sender, 2)
{
	const struct place *place = AT_IPV6;
	int s;

	need_ipv6();
	s = bound_at(place);
	send_to(s, place);
	assert_refused(_i, s);
}

/* libowfat gives garbage, with success. */
LOOP_TEST(no_form_takes_a_unix_sender, RECVS)
{
	assert_refused(_i, unix_receiving());
}

/* Who discards every output takes any sender's. */
LOOP_TEST(a_form_that_asks_for_no_address_takes_a_unix_datagram, RECVS)
{
	int s = unix_receiving();
	char buf[8];

	if (_i < 2)
		assert_gives(5, _i ? socket_recv4_flag(s, buf, 8, NULL, NULL, 0)
				   : socket_recv4(s, buf, 8, NULL, NULL));
	else
		assert_gives(
			5, _i == RECV6_FLAG
				   ? socket_recv6_flag(s, buf, 8, NULL, NULL,
						       NULL, 0)
				   : socket_recv6(s, buf, 8, NULL, NULL, NULL));
}

LOOP_TEST(a_unix_sender_without_a_name_has_no_address, RECVS)
{
	static const char zero[4];
	struct datagram d = untouched();
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends), 0);
	ck_assert_int_eq(sendto(ends[0], "bytes", 5, 0, NULL, 0), 5);
	assert_gives(5, take(_i, ends[1], &d));
	ck_assert_mem_eq(d.ip + 12, zero, 4);
	ck_assert_uint_eq(d.port, 0);
}

/* ---- bytes ---- */

CASE("bytes")

LOOP_TEST(an_empty_datagram_has_an_address, RECVS)
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);
	int from = bound_at(AT_IPV4);

	assert_gives(0, socket_send4(from, "", 0, ip4loopback, port_of(s)));
	assert_gives(0, take(_i, s, &d));
	assert_ip4("127.0.0.1", d.ip + 12);
	ck_assert_uint_eq(d.port, port_of(from));
}

LOOP_TEST(the_rest_of_a_longer_datagram_is_lost, 2)
{
	char buf[8] = "......";
	int s = bound_at(AT_IPV4);

	send_to(s, AT_IPV4);
	if (_i)
		assert_gives(3, socket_recv4(s, buf, 3, NULL, NULL));
	else
		assert_gives(3, socket_recv6(s, buf, 3, NULL, NULL, NULL));
	ck_assert_str_eq(buf, "byt...");
	ck_assert(is_empty(s));
}

TEST(a_datagram_that_is_too_long_is_refused)
{
	static const char bytes[70000];

	assert_fails(EMSGSIZE, socket_send4(socket_udp4(), bytes, sizeof bytes,
					    ip4loopback, 9));
	need_dual_stack();
	assert_fails(EMSGSIZE, socket_send6(socket_udp6(), bytes, sizeof bytes,
					    ip6("::ffff:127.0.0.1"), 9, 0));
}

TEST(each_is_one_system_call)
{
	struct datagram d;
	int s = bound_at(AT_IPV4);
	uint16_t port = port_of(s);

	need(HAVE_MSG_NOSIGNAL);
	count_calls();
	assert_gives(5, put(SEND4, s, AT_IPV4, port));
	assert_gives(5, take(RECV6, s, &d));
	ck_assert_int_eq(calls(CALL_SENDTO), 1);
	ck_assert_int_eq(calls(CALL_RECVFROM), 1);
	ck_assert_int_eq(all_calls(), 2);
}

/* ---- flags ---- */

static ssize_t take_flags(int i, int s, struct datagram *d, int flags)
{
	if (i == 0)
		return socket_recv4_flag(s, d->buf, 3, d->ip + 12, &d->port,
					 flags);
	return socket_recv6_flag(s, d->buf, 3, d->ip, &d->port, &d->scope_id,
				 flags);
}

CASE("flags")

LOOP_TEST(peek_leaves_the_datagram, 2)
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);
	int from = send_to(s, AT_IPV4);

	assert_gives(3, take_flags(_i, s, &d, MSG_PEEK));
	assert_ip4("127.0.0.1", d.ip + 12);
	ck_assert_uint_eq(d.port, port_of(from));
	ck_assert(!is_empty(s));
}

LOOP_TEST(trunc_tells_the_whole_length, 2)
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	need(HAVE_MSG_TRUNC);
	send_to(s, AT_IPV4);
	assert_gives(5, take_flags(_i, s, &d, MSG_TRUNC));
	ck_assert_mem_eq(d.buf, "bytZ", 4);
}

LOOP_TEST(dontwait_does_not_wait, 2)
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	need(HAVE_MSG_DONTWAIT);
	assert_fails(EAGAIN, take_flags(_i, s, &d, MSG_DONTWAIT));
	assert_untouched(&d);
}

LOOP_TEST(the_flags_of_a_send_reach_the_system, 2)
{
	int s = bound_at(AT_IPV4);
	int flags = MSG_DONTWAIT | MSG_DONTROUTE;

	count_calls();
	if (_i)
		socket_send4_flag(s, "x", 1, ip4loopback, port_of(s), flags);
	else
		socket_send6_flag(s, "x", 1, ip6("::ffff:127.0.0.1"),
				  port_of(s), 0, flags);
	ck_assert_int_eq(last_sendto_flags & flags, flags);
}

/* ---- IPv4 sockets and 6 forms ---- */

CASE("IPv4 sockets")

/* A socket that turned out to be IPv4 for lack of IPv6. */
LOOP_TEST(a_6_form_sends_by_an_ipv4_socket_to_what_is_an_ipv4_address_too, 6)
{
	static const char *const same[] = {"::ffff:127.0.0.1", "::1", "::"};
	struct place place = {.ip = same[_i / 2]};
	int s = bound_at(AT_IPV4);
	struct datagram d;

	assert_gives(5, put(SEND6 + _i % 2, s, &place, port_of(s)));
	assert_gives(5, take(RECV6, s, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
	assert_ip6("::ffff:127.0.0.1", d.ip);
}

LOOP_TEST(a_6_form_sends_by_an_ipv4_socket_to_no_other_address, 6)
{
	static const char *const others[] = {"::2", "fe80::1", "2001:db8::1"};
	struct place place = {.ip = others[_i / 2]};

	assert_fails(EAFNOSUPPORT,
		     put(SEND6 + _i % 2, socket_udp4(), &place, 9));
}

TEST(the_flags_reach_an_ipv4_socket_too)
{
	int s = bound_at(AT_IPV4);

	count_calls();
	socket_send6_flag(s, "x", 1, V6loopback, port_of(s), 0, MSG_DONTWAIT);
	ck_assert(last_sendto_flags & MSG_DONTWAIT);
}

/* ---- errors ---- */

CASE("errors")

LOOP_TEST(a_non_blocking_receive_does_not_wait, RECVS)
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	assert_gives(0, ndelay_on(s));
	assert_fails(EAGAIN, take(_i, s, &d));
	assert_untouched(&d);
}

/* The peer answers by ICMP that no one is there. */
LOOP_TEST(a_connected_socket_learns_that_it_was_refused, PLACES)
{
	const struct place *place = &places[_i];
	struct datagram d = untouched();
	int s, peer;

	wine_differs("hides that a datagram was refused");
	need_place(place);
	peer = bound_at(place);
	s = udp_at(place, 0);
	assert_gives(0, connect_at(s, place, port_of(peer)));
	assert_gives(0, socket_close(peer));
	assert_gives(5, socket_write(s, "bytes", 5));
	ck_assert(readable(s, 2000));
	assert_fails(ECONNREFUSED, take(RECV6, s, &d));
	assert_untouched(&d);
}

/* SIGPIPE has its default action here, which would end this test. */
LOOP_TEST(a_send_on_a_stream_that_has_ended_is_epipe_and_no_signal, SENDS)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	ck_assert_int_eq(shutdown(s, SHUT_WR), 0);
	assert_fails(EPIPE, put(_i, s, _i < SEND6 ? AT_IPV4 : AT_MAPPED, 9));
}

TEST(the_scope_id_names_the_interface)
{
	const struct place *place = AT_LINK_LOCAL;
	int s;

	need_place(place);
	s = bound_at(place);
	assert_gives(-1, socket_send6(socket_udp6(), "bytes", 5, ip6(place->ip),
				      port_of(s), 4711));
	assert_gives(-1,
		     socket_send6_flag(socket_udp6(), "bytes", 5,
				       ip6(place->ip), port_of(s), 4711, 0));
	ck_assert(is_empty(s));
}

/* 127.255.255.255 is loopback's broadcast address, also v4-mapped. */
LOOP_TEST(a_broadcast_has_to_be_allowed, 2)
{
	static const struct place broadcast[] = {
		{"IPv4", "127.255.255.255", 4, 0},
		{"v4-mapped", "::ffff:127.255.255.255", 6, 0},
	};
	const struct place *to = &broadcast[_i];
	struct datagram d;
	int s, r;

	need_net();
	if (on_gvisor())
		skip("no broadcast on loopback");
	need_place(to);
	s = udp_at(to, 0);
	r = socket_udp4b();
	assert_gives(0, socket_bind4(r, NULL, 0));
	assert_fails(EACCES, put_at(s, to, port_of(r)));
	assert_gives(0, socket_broadcast(s));
	assert_gives(5, put_at(s, to, port_of(r)));
	ck_assert(readable(r, 2000));
	assert_gives(5, take(RECV4, r, &d));
}

LOOP_TEST(an_interrupted_call_is_not_repeated, RECVS)
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	fail_call(CALL_RECVFROM, 1, EINTR);
	fail_call(CALL_SENDTO, 1, EINTR);
	assert_fails(EINTR, take(_i, s, &d));
	assert_fails(EINTR, put(_i, s, _i < SEND6 ? AT_IPV4 : AT_MAPPED, 9));
	assert_untouched(&d);
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);
	struct datagram d = untouched();

	for (int form = 0; form < RECVS; form++)
		assert_fails(bad.error, take(form, bad.fd, &d));
	for (int form = 0; form < SENDS; form++)
		assert_fails(bad.error,
			     put(form, bad.fd,
				 form < SEND6 ? AT_IPV4 : AT_MAPPED, 9));
	assert_untouched(&d);
}

#include "check_datagram.list"
