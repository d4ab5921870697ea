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

enum { RECV4, RECV4_FLAG, RECV6, RECV6_FLAG, RECVS };
enum { SEND4, SEND4_FLAG, SEND6, SEND6_FLAG, SENDS };

static const int recv4[] = {RECV4, RECV4_FLAG};
static const int recv6[] = {RECV6, RECV6_FLAG};
static const int recv_flag[] = {RECV4_FLAG, RECV6_FLAG};
static const int send4[] = {SEND4, SEND4_FLAG};
static const int send6[] = {SEND6, SEND6_FLAG};
static const int send_flag[] = {SEND4_FLAG, SEND6_FLAG};

/* A receive of so many bytes; flags are for the _flag forms. */
static ssize_t take_some(int form, int s, struct datagram *d, size_t len,
			 int flags)
{
	switch (form) {
	case RECV4:
		return socket_recv4(s, d->buf, len, d->ip + 12, &d->port);
	case RECV4_FLAG:
		return socket_recv4_flag(s, d->buf, len, d->ip + 12, &d->port,
					 flags);
	case RECV6:
		return socket_recv6(s, d->buf, len, d->ip, &d->port,
				    &d->scope_id);
	default:
		return socket_recv6_flag(s, d->buf, len, d->ip, &d->port,
					 &d->scope_id, flags);
	}
}

static ssize_t take(int form, int s, struct datagram *d)
{
	return take_some(form, s, d, sizeof d->buf, 0);
}

/* Without any output but the bytes. */
static ssize_t discard(int form, int s)
{
	char buf[8];

	switch (form) {
	case RECV4:
		return socket_recv4(s, buf, 8, NULL, NULL);
	case RECV4_FLAG:
		return socket_recv4_flag(s, buf, 8, NULL, NULL, 0);
	case RECV6:
		return socket_recv6(s, buf, 8, NULL, NULL, NULL);
	default:
		return socket_recv6_flag(s, buf, 8, NULL, NULL, NULL, 0);
	}
}

static ssize_t put_flags(int form, int s, const struct place *place,
			 uint16_t port, int flags)
{
	switch (form) {
	case SEND4:
		return socket_send4(s, "bytes", 5, ip4(place->ip), port);
	case SEND4_FLAG:
		return socket_send4_flag(s, "bytes", 5, ip4(place->ip), port,
					 flags);
	case SEND6:
		return socket_send6(s, "bytes", 5, ip6(place->ip), port,
				    scope_at(place));
	default:
		return socket_send6_flag(s, "bytes", 5, ip6(place->ip), port,
					 scope_at(place), flags);
	}
}

static ssize_t put(int form, int s, const struct place *place, uint16_t port)
{
	return put_flags(form, s, place, port, 0);
}

/* A send in the place's own family. */
static ssize_t put_at(int s, const struct place *place, uint16_t port)
{
	return put(place->family == 4 ? SEND4 : SEND6, s, place, port);
}

/* IPv4's loopback, in the form's family. */
static const struct place *loopback(int form)
{
	return form < SEND6 ? AT_IPV4 : AT_MAPPED;
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

PLACE_BY_TEST(a_6_form_tells_the_senders_address, form, recv6)
{
	struct datagram d = untouched();
	int s = bound_at(place);
	int from = send_to(s, place);

	assert_gives(5, take(*form, s, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
	assert_ip6(seen_at(place), d.ip);
	ck_assert_uint_eq(d.port, port_of(from));
	ck_assert_uint_eq(d.scope_id, seen_scope_at(place));
}

static const struct place *const of_ipv4[] = {AT_MAPPED, AT_IPV4};

TABLE_BY_TEST(a_4_form_tells_the_senders_address, at, of_ipv4, at_missing, form,
	      recv4)
{
	struct datagram d = untouched();
	int s = bound_at(*at);
	int from = send_to(s, *at);

	assert_gives(5, take(*form, s, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
	assert_ip4("127.0.0.1", d.ip + 12);
	ck_assert_uint_eq(d.port, port_of(from));
}

static const struct place *const of_6_forms[] = {AT_IPV6, AT_MAPPED,
						 AT_LINK_LOCAL};

TABLE_BY_TEST(a_6_form_sends_to_the_address, at, of_6_forms, at_missing, form,
	      send6)
{
	struct datagram d;
	int to = bound_at(*at);
	int s = udp_at(*at, 0);

	assert_gives(5, put(*form, s, *at, port_of(to)));
	ck_assert(readable(to, 2000));
	assert_gives(5, take(RECV6, to, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
}

LOOP_TEST(a_4_form_sends_to_the_address, LENGTH(send4))
{
	struct datagram d;
	int to = bound_at(AT_IPV4);

	assert_gives(5, put(send4[_i], socket_udp4(), AT_IPV4, port_of(to)));
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
LOOP_TEST(the_scope_id_of_an_ipv4_sender_is_0, LENGTH(recv6))
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	send_to(s, AT_IPV4);
	assert_gives(5, take(recv6[_i], s, &d));
	ck_assert_uint_eq(d.scope_id, 0);
}

TEST(each_output_can_be_discarded)
{
	int s = bound_at(AT_IPV4);

	for (int form = 0; form < RECVS; form++) {
		send_to(s, AT_IPV4);
		assert_gives(5, discard(form, s));
	}
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
LOOP_TEST(a_4_form_refuses_an_ipv6_sender, LENGTH(recv4))
{
	int s;

	need_ipv6();
	s = bound_at(AT_IPV6);
	send_to(s, AT_IPV6);
	assert_refused(recv4[_i], s);
}

/* libowfat gives garbage, with success. */
LOOP_TEST(no_form_takes_a_unix_sender, RECVS)
{
	assert_refused(_i, unix_receiving());
}

/* Who discards every output takes any sender's. */
LOOP_TEST(a_form_that_asks_for_no_address_takes_a_unix_datagram, RECVS)
{
	assert_gives(5, discard(_i, unix_receiving()));
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

static const int recv_plain[] = {RECV4, RECV6};

LOOP_TEST(the_rest_of_a_longer_datagram_is_lost, LENGTH(recv_plain))
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	send_to(s, AT_IPV4);
	assert_gives(3, take_some(recv_plain[_i], s, &d, 3, 0));
	ck_assert_mem_eq(d.buf, "bytZZZZZ", sizeof d.buf);
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

CASE("flags")

LOOP_TEST(peek_leaves_the_datagram, LENGTH(recv_flag))
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);
	int from = send_to(s, AT_IPV4);

	assert_gives(3, take_some(recv_flag[_i], s, &d, 3, MSG_PEEK));
	assert_ip4("127.0.0.1", d.ip + 12);
	ck_assert_uint_eq(d.port, port_of(from));
	ck_assert(!is_empty(s));
}

TEST(peek_leaves_a_datagram_whose_sender_is_refused)
{
	struct datagram d = untouched();
	int s;

	need_ipv6();
	s = bound_at(AT_IPV6);
	send_to(s, AT_IPV6);
	assert_fails(EAFNOSUPPORT, take_some(RECV4_FLAG, s, &d, 3, MSG_PEEK));
	ck_assert(!is_empty(s));
}

LOOP_TEST(trunc_tells_the_whole_length, LENGTH(recv_flag))
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	need(HAVE_MSG_TRUNC);
	send_to(s, AT_IPV4);
	assert_gives(5, take_some(recv_flag[_i], s, &d, 3, MSG_TRUNC));
	ck_assert_mem_eq(d.buf, "bytZ", 4);
}

LOOP_TEST(dontwait_does_not_wait, LENGTH(recv_flag))
{
	struct datagram d = untouched();
	int s = bound_at(AT_IPV4);

	need(HAVE_MSG_DONTWAIT);
	assert_fails(EAGAIN, take_some(recv_flag[_i], s, &d, 3, MSG_DONTWAIT));
	assert_untouched(&d);
}

LOOP_TEST(the_flags_of_a_send_reach_the_system, LENGTH(send_flag))
{
	int form = send_flag[_i];
	int flags = MSG_DONTWAIT | MSG_DONTROUTE;
	int s = bound_at(AT_IPV4);

	count_calls();
	put_flags(form, s, loopback(form), port_of(s), flags);
	ck_assert_int_eq(last_call.sendto_flags & flags, flags);
}

/* ---- IPv4 sockets and 6 forms ---- */

CASE("IPv4 sockets")

static const struct place ipv4_too[] = {
	{.ip = "::ffff:127.0.0.1"},
	{.ip = "::1"},
	{.ip = "::"},
};

static const struct place ipv6_alone[] = {
	{.ip = "::2"},
	{.ip = "fe80::1"},
	{.ip = "2001:db8::1"},
};

/* A socket that turned out to be IPv4 for lack of IPv6. */
TABLE_BY_TEST(a_6_form_sends_by_an_ipv4_socket_to_what_is_an_ipv4_address_too,
	      to, ipv4_too, nothing_missing, form, send6)
{
	int s = bound_at(AT_IPV4);
	struct datagram d;

	assert_gives(5, put(*form, s, to, port_of(s)));
	assert_gives(5, take(RECV6, s, &d));
	ck_assert_mem_eq(d.buf, "bytes", 5);
	assert_ip6("::ffff:127.0.0.1", d.ip);
}

TABLE_BY_TEST(a_6_form_sends_by_an_ipv4_socket_to_no_other_address, to,
	      ipv6_alone, nothing_missing, form, send6)
{
	assert_fails(EAFNOSUPPORT, put(*form, socket_udp4(), to, 9));
}

TEST(the_flags_reach_an_ipv4_socket_too)
{
	int s = bound_at(AT_IPV4);

	count_calls();
	socket_send6_flag(s, "x", 1, V6loopback, port_of(s), 0, MSG_DONTWAIT);
	ck_assert(last_call.sendto_flags & MSG_DONTWAIT);
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
PLACE_TEST(a_connected_socket_learns_that_it_was_refused)
{
	struct datagram d = untouched();
	int peer = bound_at(place);
	int s = udp_at(place, 0);

	wine_differs("hides that a datagram was refused");
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
	assert_fails(EPIPE, put(_i, s, loopback(_i), 9));
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

/* Loopback's broadcast address. */
static const struct place broadcasts[] = {
	{"IPv4", "127.255.255.255", 4, 0},
	{"v4-mapped", "::ffff:127.255.255.255", 6, 0},
};

TABLE_TEST(a_broadcast_has_to_be_allowed, to, broadcasts, place_missing)
{
	struct datagram d;
	int s, r;

	need_net();
	if (on_gvisor())
		skip("no broadcast on loopback");
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
	assert_fails(EINTR, put(_i, s, loopback(_i), 9));
	assert_untouched(&d);
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);
	struct datagram d = untouched();

	for (int form = 0; form < RECVS; form++)
		assert_fails(bad.error, take(form, bad.fd, &d));
	for (int form = 0; form < SENDS; form++)
		assert_fails(bad.error, put(form, bad.fd, loopback(form), 9));
	assert_untouched(&d);
}

#include "check_datagram.list"
