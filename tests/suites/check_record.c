/* SPDX-License-Identifier: ISC */
/* check_record.c - datagrams in batches, with what is known of each. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include "sys/control.h"
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>

enum { RECORDS = 256, ALL_INFO = 127 };
static struct socket_datagram6 grams[RECORDS];
static char bytes[300000], buf[300000];

/* So that every byte that is lost, doubled or moved shows. */
static void fill_bytes(void)
{
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i % 251 + i / 251);
}

/* A record for a port at a place. */
static struct socket_datagram6 record(const struct place *place, uint16_t port,
				      size_t offset, size_t len)
{
	struct socket_datagram6 g;

	memset(&g, 0, sizeof g);
	memcpy(g.peer.ip,
	       ip6(place->family == 4 ? "::ffff:127.0.0.1" : place->ip), 16);
	g.peer.port = port;
	g.peer.scope_id = scope_at(place);
	g.offset = (uint32_t)offset;
	g.len = (uint32_t)len;
	return g;
}

/* The same at IPv4's loopback, by whatever family. */
static struct socket_datagram6 record_to(int s, size_t offset, size_t len)
{
	return record(AT_IPV4, port_of(s), offset, len);
}

/* A receiver at IPv4's loopback with room for all that a test sends. */
static int receiver(void)
{
	int s = bound_at(AT_IPV4);
	int size = 4 << 20;

	setsockopt(s, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	return s;
}

/* Sends the bytes [offset, offset + len) to s by a socket of its own. */
static int send_bytes(int s, size_t offset, size_t len)
{
	int from = bound_at(AT_IPV4);

	assert_gives((ssize_t)len, socket_send4(from, bytes + offset, len,
						ip4loopback, port_of(s)));
	ck_assert(readable(s, 2000));
	return from;
}

static ssize_t take(int s, size_t len, size_t n)
{
	memset(grams, 0x5a, sizeof grams);
	memset(buf, 0x5a, sizeof buf);
	return socket_recvmany6(s, buf, len, grams, n);
}

static void assert_untouched(void)
{
	for (size_t i = 0; i < sizeof grams; i++)
		ck_assert_int_eq(((const char *)grams)[i], 0x5a);
}

/* A socket at a place that is asked for fields. */
static int informed_at(const struct place *place, int what, int *granted)
{
	int s = bound_at(place);

	*granted = socket_recvinfo6(s, what);
	ck_assert_int_ge(*granted, 0);
	return s;
}

/* What grants a field over each family: its name, and whether it is there. */
#define FACILITY(name) "no " #name, HAVE(HAVE_##name)

static const struct facility {
	int bit;
	const char *no6;
	int has6;
	const char *no4;
	int has4;
} facilities[] = {
	{SOCKET_INFO_LOCAL, FACILITY(IPV6_RECVPKTINFO),
#if HAVE_IP_RECVDSTADDR
	 FACILITY(IP_RECVDSTADDR)},
#else
	 FACILITY(IP_PKTINFO)},
#endif
	{SOCKET_INFO_HOPS, FACILITY(IPV6_RECVHOPLIMIT), FACILITY(IP_RECVTTL)},
	{SOCKET_INFO_TCLASS, FACILITY(IPV6_RECVTCLASS), FACILITY(IP_RECVTOS)},
#if HAVE_SO_TIMESTAMPNS
	{SOCKET_INFO_TIME, FACILITY(SO_TIMESTAMPNS), FACILITY(SO_TIMESTAMPNS)},
#else
	{SOCKET_INFO_TIME, FACILITY(SO_TIMESTAMP), FACILITY(SO_TIMESTAMP)},
#endif
	{SOCKET_INFO_DROPS, FACILITY(SO_RXQ_OVFL), FACILITY(SO_RXQ_OVFL)},
	{SOCKET_INFO_SEGMENTS, FACILITY(UDP_GRO), FACILITY(UDP_GRO)},
	{SOCKET_INFO_ERRORS, FACILITY(IP_RECVERR), FACILITY(IP_RECVERR)},
};

/* Why an option is not passed on, by its name after "no "; or null. */
static const char *lost_option(const char *no)
{
	return lost(no + strlen("no "));
}

static int is_inet(const struct place *place)
{
	return place->family == 4 || !have_af_inet6();
}

static const struct facility *facility_of(int bit)
{
	const struct facility *f = facilities;

	while (f->bit != bit)
		f++;
	return f;
}

/* Whether the system grants a field; the family of s decides. */
static int can_grant(const struct place *place, int bit)
{
	const struct facility *f = facility_of(bit);

	return is_inet(place) ? f->has4 : f->has6;
}

/*
 * Why a field is not known of what arrives at a place, or null. A v4-mapped
 * peer's field takes both families' option.
 */
static const char *untold(const struct place *place, int bit)
{
	const struct facility *f = facility_of(bit);
	int takes_4 = is_inet(place) || place == AT_MAPPED;

	if (takes_4 && !f->has4)
		return f->no4;
	if (place == AT_MAPPED && !have_inet_options())
		return NO_INET_OPTIONS;
	if (!is_inet(place) && !f->has6)
		return f->no6;
	return lost_option(takes_4 ? f->no4 : f->no6);
}

/* ---- receiving ---- */

CASE("receive")

PLACE_TEST(a_record_has_the_bytes_and_their_sender)
{
	int s = bound_at(place);
	int from = udp_at(place, 0);

	assert_gives(0, bind_at(from, place, 0));
	grams[0] = record(place, port_of(s), 0, 5);
	fill_bytes();
	assert_gives(1, socket_sendmany6(from, bytes, 5, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 100, 1));
	ck_assert_uint_eq(grams[0].offset, 0);
	ck_assert_uint_eq(grams[0].len, 5);
	ck_assert_mem_eq(buf, bytes, 5);
	assert_ip6(seen_at(place), grams[0].peer.ip);
	ck_assert_uint_eq(grams[0].peer.port, port_of(from));
	ck_assert_uint_eq(grams[0].peer.scope_id, seen_scope_at(place));
	ck_assert_uint_eq(grams[0].peer.reserved, 0);
}

PLACE_TEST(what_was_not_asked_for_is_unknown)
{
	static const struct socket_addr6 unknown;
	int s = bound_at(place);

	grams[0] = record(place, port_of(s), 0, 5);
	assert_gives(1, socket_sendmany6(s, bytes, 5, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 100, 1));
	ck_assert_mem_eq(&grams[0].local, &unknown, sizeof unknown);
	ck_assert_int_eq(grams[0].time, 0);
	ck_assert_uint_eq(grams[0].ifindex, 0);
	ck_assert_uint_eq(grams[0].drops, 0);
	ck_assert_uint_eq(grams[0].segment, 0);
	ck_assert_uint_eq(grams[0].flags, 0);
	ck_assert_int_eq(grams[0].hops, -1);
	ck_assert_int_eq(grams[0].tclass, -1);
}

TEST(each_record_has_an_equal_part_of_buf)
{
	int s = receiver();

	fill_bytes();
	for (size_t i = 0; i < 3; i++)
		send_bytes(s, 100 * i, 10 + i);
	assert_gives(3, take(s, 8005, 8));
	for (size_t i = 0; i < 3; i++) {
		ck_assert_uint_eq(grams[i].offset, 1000 * i);
		ck_assert_uint_eq(grams[i].len, 10 + i);
		ck_assert_mem_eq(buf + 1000 * i, bytes + 100 * i, 10 + i);
		ck_assert_int_eq(buf[1000 * i + 10 + i], 0x5a);
	}
}

TEST(a_greater_n_counts_as_32)
{
	int s = receiver();

	for (size_t i = 0; i < 40; i++)
		send_bytes(s, i, 1);
	assert_gives(32, take(s, 3200, 1000000));
	ck_assert_uint_eq(grams[31].offset, 3100);
	assert_gives(8, take(s, 3200, 32));
}

/* s is blocking, as every socket here. */
TEST(it_waits_for_no_second_datagram)
{
	int s = receiver();

	send_bytes(s, 0, 5);
	assert_gives(1, take(s, 1000, 32));
}

TEST(a_non_blocking_receive_does_not_wait)
{
	int s = receiver();

	assert_gives(0, ndelay_on(s));
	assert_fails(EAGAIN, take(s, 1000, 8));
	assert_untouched();
}

TEST(an_empty_datagram_is_a_record)
{
	int s = receiver();

	send_bytes(s, 0, 1);
	send_bytes(s, 0, 0);
	send_bytes(s, 0, 2);
	assert_gives(3, take(s, 300, 3));
	ck_assert_uint_eq(grams[0].len, 1);
	ck_assert_uint_eq(grams[1].len, 0);
	ck_assert_uint_eq(grams[2].len, 2);
	ck_assert_uint_eq(grams[1].flags, 0);
	ck_assert_uint_ne(grams[1].peer.port, 0);
}

TEST(a_longer_datagram_is_truncated)
{
	int s = receiver();

	fill_bytes();
	send_bytes(s, 0, 11);
	send_bytes(s, 0, 10);
	assert_gives(2, take(s, 20, 2));
	ck_assert_uint_eq(grams[0].flags, SOCKET_DATAGRAM_TRUNCATED);
	ck_assert_uint_eq(grams[0].len, 10);
	ck_assert_uint_eq(grams[1].flags, 0);
	ck_assert_uint_eq(grams[1].len, 10);
	ck_assert_mem_eq(buf + 10, bytes, 10);
	ck_assert_int_eq(buf[20], 0x5a);
}

/* More parts than bytes: each has none. */
TEST(a_part_may_have_no_bytes)
{
	int s = receiver();

	send_bytes(s, 0, 5);
	assert_gives(1, take(s, 3, 8));
	ck_assert_uint_eq(grams[0].len, 0);
	ck_assert_uint_eq(grams[0].flags, SOCKET_DATAGRAM_TRUNCATED);
	ck_assert_int_eq(buf[0], 0x5a);
}

TEST(no_byte_beyond_buf_is_written)
{
	char *end = end_of_memory();
	int s = receiver();

	if (!end)
		skip("no end of memory");
	for (int i = 0; i < 4; i++)
		send_bytes(s, 0, 100);
	assert_gives(4, socket_recvmany6(s, end - 40, 40, grams, 4));
	ck_assert_uint_eq(grams[3].offset, 30);
	ck_assert_uint_eq(grams[3].len, 10);
}

TEST(n_0_is_einval)
{
	int s = receiver();

	assert_fails(EINVAL, take(s, 100, 0));
	assert_fails(EINVAL, socket_recverror6(s, buf, 100, NULL, 0));
}

/* Where a size_t has more bits. */
LOOP_TEST(what_32_bits_cannot_say_is_einval, sizeof(size_t) > 4)
{
	size_t len = (size_t)((uint64_t)UINT32_MAX + 1);
	int s = receiver();

	assert_fails(EINVAL, take(s, len, 8));
	assert_fails(EINVAL, socket_recverror6(s, buf, len, NULL, 8));
	send_bytes(s, 0, 5);
	assert_gives(1, socket_recvmany6(s, buf, 300000, grams, 8));
}

TEST(a_stream_gives_a_record_without_a_peer)
{
	static const struct socket_addr6 none;
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(5, socket_write(s, "bytes", 5));
	assert_gives(0, ndelay_on(peer));
	ck_assert(readable(peer, 2000));
	assert_gives(1, take(peer, 100, 2));
	ck_assert_mem_eq(&grams[0].peer, &none, sizeof none);
	ck_assert_uint_eq(grams[0].len, 5);
	ck_assert_mem_eq(buf, "bytes", 5);
}

/* FreeBSD's recvmmsg would fill a batch with these. */
TEST(after_a_shutdown_records_are_empty_and_have_no_peer)
{
	int s = bound_at(AT_IPV4);
	ssize_t n;

	shutdown(s, SHUT_RD);
	n = take(s, 800, 8);
	if (n == -1 && on_windows())
		return; /* ESHUTDOWN, but not in wine */
	ck_assert_int_ge(n, 1);
	for (ssize_t i = 0; i < n; i++) {
		ck_assert_uint_eq(grams[i].len, 0);
		ck_assert_uint_eq(grams[i].peer.port, 0);
		assert_ip6("::", grams[i].peer.ip);
	}
}

TEST(a_sender_of_another_family_is_no_peer)
{
	static const struct socket_addr6 none;

	assert_gives(1, take(unix_receiving(), 100, 1));
	ck_assert_mem_eq(&grams[0].peer, &none, sizeof none);
	ck_assert_uint_eq(grams[0].len, 5);
}

/* The peer answers by ICMP that no one is there; what is there is not lost. */
PLACE_TEST(a_connected_socket_learns_once_that_it_was_refused)
{
	int peer = bound_at(place);
	int s = udp_at(place, 0);

	wine_differs("hides that a datagram was refused");
	assert_gives(0, connect_at(s, place, port_of(peer)));
	assert_gives(0, socket_close(peer));
	assert_gives(5, socket_write(s, "bytes", 5));
	ck_assert(readable(s, 2000));
	assert_fails(ECONNREFUSED, take(s, 100, 8));
	assert_untouched();
	assert_gives(0, ndelay_on(s));
	assert_fails(EAGAIN, take(s, 100, 8));
}

/* Whether old_kernel runs us, as one without recvmmsg. */
static int is_old_kernel(void)
{
	const char *kernel = getenv("SOCKET6_KERNEL");

	return kernel && strcmp(kernel, "accept4") == 0;
}

#define need_batches()                                                         \
 do {                                                                          \
  need(HAVE_SENDMMSG);                                                         \
  if (is_old_kernel())                                                         \
   skip("no accept4, no recvmmsg");                                            \
  if (on_gvisor())                                                             \
   skip("no MSG_WAITFORONE");                                                  \
 } while (0)

TEST(a_batch_is_one_system_call)
{
	int s = receiver();

	need_batches();
	for (int i = 0; i < 5; i++)
		send_bytes(s, 0, 5);
	count_calls();
	assert_gives(5, take(s, 1000, 8));
	ck_assert_int_eq(calls(CALL_RECVMMSG), 1);
	ck_assert_int_eq(all_calls(), 1);
}

/* ENOSYS: Linux before 2.6.33 and 3.0. */
TEST(a_kernel_without_batches_is_asked_one_by_one)
{
	int s = receiver();

	need(HAVE_SENDMMSG);
	fill_bytes();
	fail_call(CALL_RECVMMSG, 0, ENOSYS);
	fail_call(CALL_SENDMMSG, 0, ENOSYS);
	for (size_t i = 0; i < 5; i++) {
		grams[i] = record_to(s, i, 5);
		grams[i].flags = SOCKET_DATAGRAM_SINGLY;
	}
	count_calls();
	assert_gives(5, socket_sendmany6(receiver(), bytes, 9, grams, 5));
	/* One more for an IPv4 socket, which refuses IPv6's address. */
	ck_assert_int_eq(calls(CALL_SENDMSG), 6);
	ck_assert(readable(s, 2000));
	assert_gives(5, take(s, 1000, 8));
	for (size_t i = 0; i < 5; i++)
		ck_assert_mem_eq(buf + grams[i].offset, bytes + i, 5);
}

/* EINVAL: gVisor, which does not have the flag. The first may be waited for. */
TEST(a_system_that_cannot_wait_for_one_is_asked_one_by_one)
{
	int s = receiver();

	need(HAVE_SENDMMSG);
	fill_bytes();
	fail_call(CALL_RECVMMSG, 0, EINVAL);
	for (size_t i = 0; i < 5; i++)
		send_bytes(s, i, 5);
	count_calls();
	assert_gives(5, take(s, 1000, 8));
	ck_assert_int_eq(calls(CALL_RECVMMSG), 1);
	ck_assert_int_eq(calls(CALL_RECVMSG), 6);
	for (size_t i = 0; i < 5; i++)
		ck_assert_mem_eq(buf + grams[i].offset, bytes + i, 5);
	assert_gives(0, ndelay_on(s));
	assert_fails(EAGAIN, take(s, 1000, 8));
	assert_untouched();
}

TEST(what_is_invalid_itself_stays_einval)
{
	int s = receiver();

	need(HAVE_SENDMMSG);
	fail_call(CALL_RECVMMSG, 1, EINVAL);
	fail_call(CALL_RECVMSG, 1, EINVAL);
	assert_fails(EINVAL, take(s, 1000, 8));
	assert_untouched();
}

static const int receive_errors[] = {EAGAIN, EINTR, ECONNREFUSED, ENOTCONN,
				     ENOMEM};

LOOP_TEST(an_error_of_the_system_is_passed_on, LENGTH(receive_errors))
{
	int s = receiver();

	send_bytes(s, 0, 5);
	fail_call(HAVE(HAVE_SENDMMSG) ? CALL_RECVMMSG : CALL_RECVMSG, 1,
		  receive_errors[_i]);
	assert_fails(receive_errors[_i], take(s, 100, 8));
	assert_untouched();
	assert_gives(1, take(s, 100, 8));
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, take(bad.fd, 100, 8));
	assert_untouched();
	grams[0] = record(AT_MAPPED, 9, 0, 5);
	assert_fails(bad.error, socket_sendmany6(bad.fd, bytes, 5, grams, 1));
	assert_fails(bad.error, socket_recvinfo6(bad.fd, ALL_INFO));
	assert_fails(bad.error, socket_recvinfo6(bad.fd, 0));
}

/* ---- fields ---- */

CASE("fields")

static const int bits[] = {
	SOCKET_INFO_LOCAL,  SOCKET_INFO_HOPS,  SOCKET_INFO_TCLASS,
	SOCKET_INFO_TIME,   SOCKET_INFO_DROPS, SOCKET_INFO_SEGMENTS,
	SOCKET_INFO_ERRORS,
};

PLACE_BY_TEST(what_the_system_has_is_granted, bit, bits)
{
	const char *why = lost_option(is_inet(place) ? facility_of(*bit)->no4
						     : facility_of(*bit)->no6);
	int granted;

	if (!on_gvisor())
		skip_if(why);
	informed_at(place, *bit, &granted);
	ck_assert_int_eq(granted, can_grant(place, *bit) && !why ? *bit : 0);
}

/* gVisor's way to do without an option. */
static const struct taken_for_nothing {
	int bit, level, option;
} taken_for_nothing[] = {
	{SOCKET_INFO_TIME, SOL_SOCKET, SYS_RECV_TIME},
	{SOCKET_INFO_DROPS, SOL_SOCKET, SO_RXQ_OVFL},
	{SOCKET_INFO_SEGMENTS, IPPROTO_UDP, UDP_GRO},
};

LOOP_TEST(what_the_system_takes_and_ignores_is_not_granted,
	  LENGTH(taken_for_nothing))
{
	const struct taken_for_nothing *x = &taken_for_nothing[_i];

	ignore_option(x->level, x->option);
	assert_gives(0, socket_recvinfo6(bound_at(AT_IPV4), x->bit));
}

TEST(what_is_unknown_is_not_granted)
{
	int s = bound_at(AT_IPV4);

	ck_assert_int_eq(socket_recvinfo6(s, -1) & ~ALL_INFO, 0);
	assert_gives(0, socket_recvinfo6(s, 128));
}

/* Each call that asks for one fails once. */
TEST(a_field_whose_option_fails_is_not_granted)
{
	int s = bound_at(AT_IPV4), refused = 0, all, made;

	count_calls();
	all = socket_recvinfo6(s, ALL_INFO);
	made = calls(CALL_SETSOCKOPT);
	for (int nth = 1; nth <= made; nth++) {
		int granted;

		count_calls();
		fail_call(CALL_SETSOCKOPT, nth, ENOMEM);
		granted = socket_recvinfo6(s, ALL_INFO);
		ck_assert_int_eq(granted & ~all, 0);
		refused |= all & ~granted;
	}
	ck_assert_int_eq(refused, all);
}

TEST(what_is_no_longer_asked_for_is_unknown_again)
{
	int granted, s = informed_at(AT_IPV4, ALL_INFO, &granted);

	assert_gives(0, socket_recvinfo6(s, 0));
	send_bytes(s, 0, 5);
	assert_gives(1, take(s, 100, 1));
	ck_assert_uint_eq(grams[0].ifindex, 0);
	ck_assert_int_eq(grams[0].hops, -1);
	ck_assert_int_eq(grams[0].tclass, -1);
	ck_assert_int_eq(grams[0].time, 0);
}

/* Sends one record as it is to s, which waits at the place, and receives it. */
static void pass(int s, const struct place *place, struct socket_datagram6 g)
{
	int from = udp_at(place, 0);

	grams[0] = g;
	assert_gives(1, socket_sendmany6(from, bytes, g.len, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 1000, 1));
}

PLACE_TEST(local_is_the_address_that_was_asked)
{
	int granted, s = informed_at(place, SOCKET_INFO_LOCAL, &granted);

	skip_if(untold(place, SOCKET_INFO_LOCAL));
	pass(s, place, record(place, port_of(s), 0, 5));
	assert_ip6(seen_at(place), grams[0].local.ip);
	ck_assert_uint_eq(grams[0].local.scope_id, seen_scope_at(place));
	ck_assert_uint_eq(grams[0].local.port, 0);
	if (HAVE(HAVE_IP_PKTINFO) || place == AT_IPV6)
		ck_assert_uint_ne(grams[0].ifindex, 0);
	ck_assert_uint_eq(grams[0].flags, 0);
}

PLACE_TEST(hops_and_traffic_class_are_those_of_the_sender)
{
	enum { WHAT = SOCKET_INFO_HOPS | SOCKET_INFO_TCLASS };
	int granted, s = informed_at(place, WHAT, &granted);
	struct socket_datagram6 g = record(place, port_of(s), 0, 5);

	skip_if(untold(place, SOCKET_INFO_HOPS));
	skip_if(untold(place, SOCKET_INFO_TCLASS));
	skip_if(lost("a received IPV6_TCLASS"));
	wine_differs("drops what a datagram is sent with");
	g.flags = SOCKET_DATAGRAM_HOPS | SOCKET_DATAGRAM_TCLASS;
	g.hops = 77;
	g.tclass = 0xb8 | 1; /* expedited forwarding, ECT(1) */
	pass(s, place, g);
	ck_assert_int_eq(grams[0].hops, 77);
	skip_if(lost("a sent IPV6_TCLASS"));
	ck_assert_int_eq(grams[0].tclass, 0xb9);
}

/* The socket's own is what it is without the flag, and below 0. */
PLACE_TEST(a_number_below_0_is_the_sockets_own)
{
	enum { WHAT = SOCKET_INFO_HOPS | SOCKET_INFO_TCLASS };
	int granted, s = informed_at(place, WHAT, &granted);
	struct socket_datagram6 g = record(place, port_of(s), 0, 5);
	int hops, tclass;

	g.hops = g.tclass = 99;
	pass(s, place, g);
	hops = grams[0].hops;
	tclass = grams[0].tclass;
	ck_assert_int_ne(hops, 99);
	ck_assert_int_ne(tclass, 99);
	g.flags = SOCKET_DATAGRAM_HOPS | SOCKET_DATAGRAM_TCLASS;
	g.hops = g.tclass = -1;
	pass(s, place, g);
	ck_assert_int_eq(grams[0].hops, hops);
	ck_assert_int_eq(grams[0].tclass, tclass);
}

PLACE_TEST(a_connected_sender_needs_no_peer)
{
	enum { WHAT = SOCKET_INFO_HOPS };
	int granted, s = informed_at(place, WHAT, &granted);
	int from = udp_at(place, 0);

	skip_if(lost("a received IPV6_TCLASS"));
	assert_gives(0, connect_at(from, place, port_of(s)));
	grams[0] = record(place, 0, 0, 5);
	grams[0].flags = SOCKET_DATAGRAM_HOPS;
	grams[0].hops = 77;
	if (untold(place, SOCKET_INFO_HOPS))
		grams[0].flags = 0;
	assert_gives(1, socket_sendmany6(from, bytes, 5, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 1000, 1));
	ck_assert_uint_eq(grams[0].peer.port, port_of(from));
	skip_if(untold(place, SOCKET_INFO_HOPS));
	wine_differs("drops what a datagram is sent with");
	ck_assert_int_eq(grams[0].hops, 77);
}

TEST(an_echo_does_not_repeat_hops_and_traffic_class)
{
	enum { WHAT = SOCKET_INFO_HOPS | SOCKET_INFO_TCLASS };
	int granted, s = informed_at(AT_IPV4, WHAT, &granted);
	int client = informed_at(AT_IPV4, WHAT, &granted);

	skip_if(untold(AT_IPV4, SOCKET_INFO_TCLASS));
	skip_if(lost("a received IPV6_TCLASS"));
	skip_if(lost("a sent IPV6_TCLASS"));
	wine_differs("drops what a datagram is sent with");
	grams[0] = record_to(s, 0, 5);
	grams[0].flags = SOCKET_DATAGRAM_TCLASS;
	grams[0].tclass = 3; /* congestion experienced */
	assert_gives(1, socket_sendmany6(client, bytes, 5, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 100, 1));
	ck_assert_int_eq(grams[0].tclass, 3);
	assert_gives(1, socket_sendmany6(s, buf, 100, grams, 1));
	ck_assert(readable(client, 2000));
	assert_gives(1, take(client, 100, 1));
	ck_assert_int_eq(grams[0].tclass, 0);
}

static int64_t now(void)
{
	struct timeval t;

	gettimeofday(&t, NULL);
	return (int64_t)t.tv_sec * 1000000000 + (int64_t)t.tv_usec * 1000;
}

/* Ours is read to microseconds. */
TEST(time_is_when_it_arrived)
{
	int granted, s = informed_at(AT_IPV4, SOCKET_INFO_TIME, &granted);
	int64_t before = now();

	skip_if(untold(AT_IPV4, SOCKET_INFO_TIME));
	send_bytes(s, 0, 5);
	assert_gives(1, take(s, 100, 1));
	ck_assert_int_ge(grams[0].time, before);
	ck_assert_int_le(grams[0].time, now() + 1000);
}

TEST(drops_counts_what_had_no_room)
{
	int granted, s = informed_at(AT_IPV4, SOCKET_INFO_DROPS, &granted);
	int from = bound_at(AT_IPV4);
	int size = 4096, kept = 0;
	ssize_t n;

	need(HAVE_SO_RXQ_OVFL);
	setsockopt(s, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	for (int i = 0; i < 1000; i++)
		assert_gives(100, socket_send4(from, bytes, 100, ip4loopback,
					       port_of(s)));
	assert_gives(0, ndelay_on(s));
	while ((n = take(s, 3200, 32)) > 0)
		kept += (int)n;
	/* Told with each that came after. */
	send_bytes(s, 0, 1);
	assert_gives(1, take(s, 100, 1));
	ck_assert_int_lt(kept, 1000);
	ck_assert_int_eq(kept + (int)grams[0].drops, 1000);
}

/* ---- answers ---- */

CASE("answers")

/* Linux's loopback has all of 127.0.0.0/8. */
static const struct place all_of_ipv4 = {"IPv4", "0.0.0.0", 4, 0};
static const struct place all_of_both = {"both", "::", 6, 0};

static const struct asked {
	const char *name;
	const struct place *server, *client;
	const char *at;
} asked[] = {
	{"an IPv4 socket", &all_of_ipv4, AT_IPV4, "127.0.0.5"},
	{"a dual-stack socket", &all_of_both, AT_IPV4, "127.0.0.5"},
	{"a dual-stack socket asked by IPv6", &all_of_both, AT_IPV6, "::1"},
};

static const char *asked_missing(const struct asked *x)
{
	if (on_windows())
		return "no 127.0.0.5";
	if (x->client == AT_IPV4 && lost("a sent IP_PKTINFO"))
		return lost("a sent IP_PKTINFO");
	if (x->client == AT_IPV6 && !have_ipv6())
		return "no IPv6";
	if (x->server == &all_of_both && !have_dual_stack())
		return "no dual-stack sockets";
	return NULL;
}

/* Without the library's answer it would come from 127.0.0.1. */
TABLE_TEST(a_record_is_answered_from_where_it_was_asked, x, asked,
	   asked_missing)
{
	struct place at = *x->client;
	int granted, s = informed_at(x->server, SOCKET_INFO_LOCAL, &granted);
	int client = bound_at(x->client);

	skip_if(untold(x->server, SOCKET_INFO_LOCAL));
	skip_if(untold(x->client, SOCKET_INFO_LOCAL));
	if (x->server == &all_of_both && !have_mapped_local())
		skip(NO_MAPPED_LOCAL);
	at.ip = x->at;
	grams[0] = record(x->client == AT_IPV4
				  ? &(struct place){.ip = "::ffff:127.0.0.5"}
				  : &at,
			  port_of(s), 0, 5);
	assert_gives(1, socket_sendmany6(client, "asked", 5, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 100, 1));
	ck_assert_mem_eq(buf, "asked", 5);
	assert_gives(1, socket_sendmany6(s, "answr", 5, grams, 1));
	ck_assert(readable(client, 2000));
	assert_gives(1, take(client, 100, 1));
	ck_assert_mem_eq(buf, "answr", 5);
	assert_ip6(x->client == AT_IPV4 ? "::ffff:127.0.0.5" : x->at,
		   grams[0].peer.ip);
	ck_assert_uint_eq(grams[0].peer.port, port_of(s));
}

/* ---- sending ---- */

CASE("send")

TEST(records_go_in_order)
{
	int s = receiver(), from = bound_at(AT_IPV4);

	fill_bytes();
	for (size_t i = 0; i < 20; i++)
		grams[i] = record_to(s, 10 * i, i * 7 % 11);
	assert_gives(20, socket_sendmany6(from, bytes, 1000, grams, 20));
	ck_assert(readable(s, 2000));
	assert_gives(20, take(s, 3200, 32));
	for (size_t i = 0; i < 20; i++) {
		ck_assert_uint_eq(grams[i].len, i * 7 % 11);
		ck_assert_mem_eq(buf + grams[i].offset, bytes + 10 * i,
				 grams[i].len);
	}
}

TEST(n_0_gives_0)
{
	assert_gives(0, socket_sendmany6(receiver(), NULL, 0, NULL, 0));
}

TEST(a_great_many_is_no_error)
{
	static struct socket_datagram6 many[100000];
	int s = receiver();

	for (size_t i = 0; i < LENGTH(many); i++)
		many[i] = record_to(s, 0, 1);
	assert_gives(LENGTH(many), socket_sendmany6(receiver(), bytes, 1, many,
						    LENGTH(many)));
}

TEST(a_record_that_went_is_unchanged)
{
	struct socket_datagram6 before[3];
	int s = receiver();

	for (size_t i = 0; i < 3; i++)
		grams[i] = record_to(s, i, 5);
	grams[2].len = 250;
	grams[2].segment = 100;
	memcpy(before, grams, sizeof before);
	assert_gives(3, socket_sendmany6(receiver(), bytes, 300, grams, 3));
	ck_assert_mem_eq(before, grams, sizeof before);
}

/* Records that no system is asked about. */
static const struct bad_record {
	const char *name;
	uint32_t offset, len;
	int flags, hops, tclass;
} bad_records[] = {
	{"beyond buf", 0, 101, 0, 0, 0},
	{"in part beyond buf", 60, 41, 0, 0, 0},
	{"begins beyond buf", 101, 0, 0, 0, 0},
	{"wraps around", 90, UINT32_MAX - 50, 0, 0, 0},
	{"unknown flag", 0, 5, 64, 0, 0},
	{"hops", 0, 5, SOCKET_DATAGRAM_HOPS, 256, 0},
	{"traffic class", 0, 5, SOCKET_DATAGRAM_TCLASS, 0, 256},
};

static struct socket_datagram6 bad_record(const struct bad_record *x, int s)
{
	struct socket_datagram6 g = record_to(s, x->offset, x->len);

	g.flags = (uint16_t)x->flags;
	g.hops = (int16_t)x->hops;
	g.tclass = (int16_t)x->tclass;
	return g;
}

TABLE_TEST(a_bad_record_is_einval_and_nothing_goes, x, bad_records,
	   nothing_missing)
{
	int s = receiver();

	grams[0] = bad_record(x, s);
	grams[1] = record_to(s, 0, 5);
	assert_fails(EINVAL, socket_sendmany6(s, bytes, 100, grams, 2));
	ck_assert(!readable(s, 50));
}

TABLE_TEST(a_bad_record_in_the_middle_is_told_by_the_next_call, x, bad_records,
	   nothing_missing)
{
	int s = receiver();

	grams[0] = grams[2] = record_to(s, 0, 5);
	grams[1] = bad_record(x, s);
	assert_gives(1, socket_sendmany6(s, bytes, 100, grams, 3));
	assert_fails(EINVAL, socket_sendmany6(s, bytes, 100, grams + 1, 2));
	assert_gives(1, socket_sendmany6(s, bytes, 100, grams + 2, 1));
	ck_assert(readable(s, 2000));
	assert_gives(2, take(s, 100, 8));
}

TEST(a_record_may_end_where_buf_does)
{
	int s = receiver();

	grams[0] = record_to(s, 95, 5);
	grams[1] = record_to(s, 100, 0);
	assert_gives(2, socket_sendmany6(s, bytes, 100, grams, 2));
}

TEST(without_a_peer_a_socket_must_be_connected)
{
	int s = receiver();

	grams[0] = record(AT_MAPPED, 0, 0, 5);
	if (on_windows()) /* ENOTCONN, and wine says EINVAL */
		assert_gives(-1, socket_sendmany6(s, bytes, 5, grams, 1));
	else
		assert_fails(EDESTADDRREQ,
			     socket_sendmany6(s, bytes, 5, grams, 1));
}

TEST(a_datagram_that_is_too_long_is_refused)
{
	int s = receiver();

	grams[0] = record_to(s, 0, 65508);
	assert_fails(EMSGSIZE,
		     socket_sendmany6(s, bytes, sizeof bytes, grams, 1));
	ck_assert_uint_eq(grams[0].flags, 0);
}

TEST(an_ipv4_socket_sends_to_ipv4_alone)
{
	int s = receiver();

	grams[0] = record_to(s, 0, 5);
	grams[1] = record(&(struct place){.ip = "2001:db8::1"}, 9, 0, 5);
	assert_gives(1, socket_sendmany6(s, bytes, 5, grams, 2));
	assert_fails(EAFNOSUPPORT, socket_sendmany6(s, bytes, 5, grams + 1, 1));
}

/* 127.0.0.2 is loopback's too; 192.0.2.1 is not this host's. */
TEST(the_source_is_the_local_address)
{
	int s = receiver();

	need(HAVE_IP_PKTINFO);
	skip_if(lost("a sent IP_PKTINFO"));
	if (on_windows())
		skip("no 127.0.0.5");
	grams[0] = record_to(s, 0, 5);
	memcpy(grams[0].local.ip, ip6("::ffff:127.0.0.2"), 16);
	assert_gives(1, socket_sendmany6(socket_udp4b(), bytes, 5, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 100, 1));
	assert_ip6("::ffff:127.0.0.2", grams[0].peer.ip);
}

TEST(a_source_of_the_other_family_is_einval)
{
	int s = receiver();

	grams[0] = record_to(s, 0, 5);
	memcpy(grams[0].local.ip, ip6("::1"), 16);
	assert_fails(EINVAL, socket_sendmany6(s, bytes, 5, grams, 1));
}

/* A connected socket's peer is not in the record. */
static const struct other_family {
	const struct place *place;
	const char *local;
} other_families[] = {
	{AT_IPV4, "::1"},
	{AT_IPV6, "::ffff:127.0.0.1"},
	{AT_MAPPED, "::1"},
};

LOOP_TEST(nor_is_one_of_a_connected_socket, LENGTH(other_families))
{
	const struct other_family *x = &other_families[_i];
	int to, s;

	if (x->place == AT_IPV6)
		need_ipv6();
	if (x->place == AT_MAPPED)
		need_dual_stack();
	to = bound_at(x->place);
	s = udp_at(x->place, 0);
	assert_gives(0, connect_at(s, x->place, port_of(to)));
	grams[0] = record(x->place, 0, 0, 5);
	memcpy(grams[0].local.ip, ip6(x->local), 16);
	assert_fails(EINVAL, socket_sendmany6(s, bytes, 5, grams, 1));
	memcpy(grams[0].local.ip, V6any, 16);
	assert_gives(1, socket_sendmany6(s, bytes, 5, grams, 1));
}

/* SIGPIPE has its default action here, which would end this test. */
TEST(a_stream_that_has_ended_is_epipe_and_no_signal)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	ck_assert_int_eq(shutdown(s, SHUT_WR), 0);
	grams[0] = record(AT_MAPPED, 0, 0, 5);
	assert_fails(EPIPE, socket_sendmany6(s, bytes, 5, grams, 1));
}

TEST(thirty_two_messages_are_one_system_call)
{
	int s = receiver();

	need(HAVE_SENDMMSG);
	need(HAVE_MSG_NOSIGNAL);
	for (size_t i = 0; i < 64; i++) {
		grams[i] = record_to(s, 0, 5);
		grams[i].flags = SOCKET_DATAGRAM_SINGLY;
	}
	count_calls();
	assert_gives(64,
		     socket_sendmany6(bound_at(AT_IPV4), bytes, 5, grams, 64));
	/* One more for an IPv4 socket, which refuses IPv6's address. */
	ck_assert_int_eq(calls(CALL_SENDMMSG), 3);
}

/* ---- the system refuses ---- */

/* What a system is handed, and what it answers to which message. */
static struct {
	int messages, datagrams, segmented;
	size_t length;
	char taken[300000];
	uint16_t ports[RECORDS]; /* of each message's peer */
	int fails_at, error; /* from which message on; fails_once: no more */
	int fails_once, refuses_segments;
} system_;

static size_t segment_of(const struct msghdr *m)
{
	sys_segment segment;

	for (const struct cmsghdr *c = sys_next_control(m, NULL); c;
	     c = sys_next_control(m, c))
		if (c->cmsg_level == IPPROTO_UDP &&
		    c->cmsg_type == SYS_SEGMENT) {
			memcpy(&segment, sys_control_data(c), sizeof segment);
			return segment;
		}
	return 0;
}

/* Both families have it in the same place, but where there is no IPv6. */
static uint16_t port_at(const void *name)
{
	struct sockaddr_in peer = {.sin_port = 0};

	if (name)
		memcpy(&peer, name, sizeof peer);
	return ntohs(peer.sin_port);
}

static ssize_t be_given(int s, const struct msghdr *m)
{
	size_t segment = segment_of(m), length = 0;

	(void)s;
	if (segment && system_.refuses_segments) {
		errno = system_.refuses_segments;
		return -1;
	}
	if (system_.error && system_.messages >= system_.fails_at) {
		errno = system_.error;
		if (system_.fails_once)
			system_.error = 0;
		return -1;
	}
	for (size_t i = 0; i < (size_t)m->msg_iovlen; i++) {
		size_t len = m->msg_iov[i].iov_len;

		memcpy(system_.taken + system_.length + length,
		       m->msg_iov[i].iov_base, len);
		length += len;
	}
	system_.length += length;
	system_.ports[system_.messages++ % RECORDS] = port_at(m->msg_name);
	system_.segmented += segment != 0;
	system_.datagrams += segment ? (int)((length + segment - 1) / segment)
				     : 1;
	return (ssize_t)length;
}

/* It has been handed nothing, and refuses nothing. */
static void begin_anew(void)
{
	system_.messages = system_.datagrams = system_.segmented = 0;
	system_.length = 0;
	system_.fails_at = system_.error = 0;
	system_.fails_once = system_.refuses_segments = 0;
}

static void be_the_system(void)
{
	stand_in.sendmsg = be_given;
	fill_bytes();
	begin_anew();
}

/* One record of segments that takes four messages. */
static void put_segments(void)
{
	grams[0] = record(AT_MAPPED, 9, 100, 200000);
	grams[0].segment = 1200;
}

static const int refusals[] = {EIO, EINVAL, EMSGSIZE, EPERM};

/* Whether the library asks the system to segment at all. */
static int asks_for_segments(int s)
{
	return (HAVE(HAVE_UDP_SEGMENT) || HAVE(HAVE_UDP_SEND_MSG_SIZE)) &&
	       sys_getsockopt(s, IPPROTO_UDP, SYS_SEGMENT) != -1;
}

#define need_segments(s)                                                       \
 do {                                                                          \
  skip_if(lost("UDP_SEGMENT"));                                                \
  if (!asks_for_segments(s))                                                   \
   skip("no UDP_SEGMENT");                                                     \
 } while (0)

CASE("refusals")

TEST(every_byte_goes_once)
{
	int s = bound_at(AT_IPV4);

	be_the_system();
	put_segments();
	assert_gives(1, socket_sendmany6(s, bytes, sizeof bytes, grams, 1));
	ck_assert_uint_eq(system_.length, 200000);
	ck_assert_mem_eq(system_.taken, bytes + 100, 200000);
	ck_assert_int_eq(system_.datagrams, 167);
	ck_assert_uint_eq(grams[0].flags, 0);
	if (asks_for_segments(s))
		ck_assert_int_eq(system_.messages, 4);
	else
		ck_assert_int_eq(system_.messages, 167);
}

/*
 * 50 pieces, 50 and 60 are more than two of the greatest messages have: pieces
 * that no piece follows at once, or they would be one.
 */
TEST(what_a_batch_has_no_room_for_goes_in_the_next)
{
	enum { N = 160 };
	int s = bound_at(AT_IPV4);

	be_the_system();
	for (size_t i = 0; i < N; i++)
		grams[i] = record(AT_MAPPED, i / 50 == 1 ? 10 : 9, i * 101,
				  100);
	for (int done = 0; done < N;) {
		ssize_t n = socket_sendmany6(s, bytes, sizeof bytes,
					     grams + done, (size_t)(N - done));

		ck_assert_int_gt(n, 0);
		done += (int)n;
	}
	ck_assert_int_eq(system_.datagrams, N);
	for (size_t i = 0; i < N; i++)
		ck_assert_mem_eq(system_.taken + i * 100, bytes + i * 101, 100);
	ck_assert_int_eq(system_.ports[0], system_.ports[system_.messages - 1]);
}

LOOP_TEST(refused_segments_go_one_by_one_and_that_is_remembered,
	  LENGTH(refusals))
{
	int s = bound_at(AT_IPV4);

	need_segments(s);
	be_the_system();
	system_.refuses_segments = refusals[_i];
	put_segments();
	assert_gives(1, socket_sendmany6(s, bytes, sizeof bytes, grams, 1));
	ck_assert_uint_eq(system_.length, 200000);
	ck_assert_mem_eq(system_.taken, bytes + 100, 200000);
	ck_assert_int_eq(system_.messages, 167);
	ck_assert_int_eq(grams[0].flags, SOCKET_DATAGRAM_SINGLY);
	ck_assert_uint_eq(grams[0].offset, 100);
	ck_assert_uint_eq(grams[0].len, 200000);
}

TEST(with_singly_the_system_is_not_asked_to_segment)
{
	be_the_system();
	put_segments();
	grams[0].flags = SOCKET_DATAGRAM_SINGLY;
	assert_gives(1, socket_sendmany6(bound_at(AT_IPV4), bytes, sizeof bytes,
					 grams, 1));
	ck_assert_int_eq(system_.segmented, 0);
	ck_assert_int_eq(system_.messages, 167);
}

TEST(plain_records_alike_that_are_refused_go_one_by_one)
{
	int s = bound_at(AT_IPV4);

	need_segments(s);
	be_the_system();
	system_.refuses_segments = EIO;
	for (size_t i = 0; i < 10; i++)
		grams[i] = record(AT_MAPPED, 9, 100 * i, 100);
	grams[9].len = 101;
	assert_gives(10, socket_sendmany6(s, bytes, 1001, grams, 10));
	ck_assert_mem_eq(system_.taken, bytes, 1001);
	for (size_t i = 0; i < 10; i++)
		ck_assert_int_eq(grams[i].flags,
				 i < 9 ? SOCKET_DATAGRAM_SINGLY : 0);
}

/* Above the MTU each datagram is refused as well: no fault of segments. */
TEST(what_is_refused_alone_too_is_not_remembered)
{
	int s = bound_at(AT_IPV4);

	need_segments(s);
	be_the_system();
	system_.refuses_segments = EMSGSIZE;
	system_.error = EMSGSIZE;
	put_segments();
	assert_fails(EMSGSIZE,
		     socket_sendmany6(s, bytes, sizeof bytes, grams, 1));
	ck_assert_uint_eq(grams[0].flags, 0);
	ck_assert_uint_eq(grams[0].len, 200000);
}

/* Section 4's, each as it is; none is tried again. */
static const int send_errors[] = {
	EAGAIN,	      ENOBUFS, EMSGSIZE,     EADDRNOTAVAIL, ENETUNREACH,
	EISCONN,      ENODEV,  ENXIO,	     EPERM,	    EACCES,
	EHOSTUNREACH, EINTR,   EDESTADDRREQ, ECONNREFUSED,  ENOMEM,
};

/* The system fails from a message on; how much of a record went before. */
static size_t goes_in_part(int s, int flags, int fails_at, int error)
{
	begin_anew();
	put_segments();
	grams[0].flags = (uint16_t)flags;
	system_.fails_at = fails_at;
	system_.error = error;
	if (socket_sendmany6(s, bytes, sizeof bytes, grams, 1) == 1)
		return grams[0].len;
	ck_assert_int_eq(errno, error);
	ck_assert_uint_eq(grams[0].offset, 100 + system_.length);
	ck_assert_uint_eq(grams[0].len, 200000 - system_.length);
	return system_.length;
}

/* At each message, as segments and one by one; then the error is gone. */
LOOP_TEST(a_record_that_went_in_part_goes_on_there, LENGTH(send_errors))
{
	int s = bound_at(AT_IPV4);

	be_the_system();
	for (int i = 0; i < 2 * 168; i += is_slow() ? 29 : 1) {
		int flags = i % 2 ? SOCKET_DATAGRAM_SINGLY : 0;

		if (goes_in_part(s, flags, i / 2, send_errors[_i]) < 200000) {
			system_.error = 0;
			assert_gives(1, socket_sendmany6(s, bytes, sizeof bytes,
							 grams, 1));
		}
		ck_assert_uint_eq(system_.length, 200000);
		ck_assert_mem_eq(system_.taken, bytes + 100, 200000);
		ck_assert_int_eq(system_.datagrams, 167);
	}
}

/* At each record of forty, of which one system call takes 32. */
LOOP_TEST(what_did_not_go_is_told_by_the_next_call, LENGTH(send_errors))
{
	int s = bound_at(AT_IPV4);

	be_the_system();
	for (size_t i = 0; i < 40; i++) {
		grams[i] = record(AT_MAPPED, 9, i, 5);
		grams[i].flags = SOCKET_DATAGRAM_SINGLY;
	}
	for (int at = 1; at < 40; at++) {
		begin_anew();
		system_.fails_at = at;
		system_.error = send_errors[_i];
		assert_gives(at, socket_sendmany6(s, bytes, 100, grams, 40));
		assert_fails(send_errors[_i],
			     socket_sendmany6(s, bytes, 100, grams + at,
					      (size_t)(40 - at)));
		ck_assert_int_eq(system_.messages, at);
	}
}

LOOP_TEST(an_error_of_the_first_is_passed_on, LENGTH(send_errors))
{
	struct socket_datagram6 before;
	int s = bound_at(AT_IPV4);

	be_the_system();
	system_.error = send_errors[_i];
	grams[0] = before = record(AT_MAPPED, 9, 0, 5);
	count_calls();
	assert_fails(send_errors[_i], socket_sendmany6(s, bytes, 5, grams, 1));
	ck_assert_mem_eq(&before, grams, sizeof before);
	ck_assert_int_eq(calls(CALL_SENDMMSG) + calls(CALL_SENDMSG), 1);
}

/* What ICMP may say of an earlier datagram, see icmp(7). */
static int is_of_icmp(int error)
{
	static const int errors[] = {ECONNREFUSED, EHOSTUNREACH, ENETUNREACH,
				     EACCES,	   EMSGSIZE,	 EPROTO};

	for (size_t i = 0; i < LENGTH(errors); i++)
		if (error == errors[i])
			return 1;
	return 0;
}

/* With a queue a send is tried once more, if it may be told an earlier error. */
LOOP_TEST(an_error_of_this_datagram_is_not_tried_again, LENGTH(send_errors))
{
	int s = bound_at(AT_IPV4), error = send_errors[_i];

	need(HAVE_IP_RECVERR);
	if (socket_recvinfo6(s, SOCKET_INFO_ERRORS) == 0)
		skip("no IP_RECVERR");
	be_the_system();
	system_.error = error;
	grams[0] = record(AT_MAPPED, 9, 0, 5);
	count_calls();
	assert_fails(error, socket_sendmany6(s, bytes, 5, grams, 1));
	ck_assert_int_eq(calls(CALL_SENDMMSG) + calls(CALL_SENDMSG),
			 1 + is_of_icmp(error));
}

/* The refusal of segments is not told by an error that came in between. */
TEST(a_refused_record_may_meet_an_earlier_error_too)
{
	int s = bound_at(AT_IPV4);

	need(HAVE_IP_RECVERR);
	need_segments(s);
	if (socket_recvinfo6(s, SOCKET_INFO_ERRORS) == 0)
		skip("no IP_RECVERR");
	be_the_system();
	system_.refuses_segments = EMSGSIZE;
	system_.error = ECONNREFUSED;
	system_.fails_once = 1;
	put_segments();
	assert_gives(1, socket_sendmany6(s, bytes, sizeof bytes, grams, 1));
	ck_assert_uint_eq(system_.length, 200000);
}

/* ---- segments ---- */

CASE("segments")

/* Receives len bytes in whatever records, in order. */
static void assert_arrives(int s, size_t len, uint32_t segment)
{
	size_t got = 0;

	while (got < len) {
		ssize_t n;

		ck_assert(readable(s, 5000));
		n = take(s, 4 * 65535, 4);
		ck_assert_int_ge(n, 1);
		for (ssize_t i = 0; i < n; i++) {
			const struct socket_datagram6 *g = &grams[i];

			ck_assert_uint_eq(g->flags, 0);
			ck_assert(g->segment == 0 || g->segment == segment);
			ck_assert(g->segment == 0 || g->segment < g->len);
			ck_assert(g->segment != 0 || g->len <= segment);
			ck_assert_mem_eq(buf + g->offset, bytes + got, g->len);
			got += g->len;
		}
	}
	ck_assert_uint_eq(got, len);
	ck_assert(!readable(s, 0));
}

static const struct shape {
	const char *name;
	uint32_t len;
	uint16_t segment;
	int what;
} shapes[] = {
	{"200 kB of 1000", 200000, 1000, 0},
	{"and received as segments", 200000, 1000, SOCKET_INFO_SEGMENTS},
	{"64 bytes each", 6401, 64, SOCKET_INFO_SEGMENTS},
	{"65000 bytes each", 130001, 65000, SOCKET_INFO_SEGMENTS},
	{"an odd last one", 2999, 1000, SOCKET_INFO_SEGMENTS},
	{"one byte each", 100, 1, 0},
};

TABLE_TEST(a_record_of_segments_arrives_whole, x, shapes, nothing_missing)
{
	int s = receiver();

	ck_assert_int_ge(socket_recvinfo6(s, x->what), 0);
	fill_bytes();
	grams[0] = record_to(s, 0, x->len);
	grams[0].segment = x->segment;
	assert_gives(1, socket_sendmany6(bound_at(AT_IPV4), bytes, sizeof bytes,
					 grams, 1));
	assert_arrives(s, x->len, x->segment);
}

TABLE_TEST(so_do_as_many_plain_records, x, shapes, nothing_missing)
{
	int s = receiver();
	size_t n = 0;

	ck_assert_int_ge(socket_recvinfo6(s, x->what), 0);
	fill_bytes();
	for (uint32_t at = 0; at < x->len; at += x->segment)
		grams[n++] = record_to(s, at,
				       x->len - at < x->segment ? x->len - at
								: x->segment);
	assert_gives((ssize_t)n, socket_sendmany6(bound_at(AT_IPV4), bytes,
						  sizeof bytes, grams, n));
	assert_arrives(s, x->len, x->segment);
}

/* Loopback does not split what need not be, since Linux 5.11. */
TEST(segments_arrive_in_one_record)
{
	int s = receiver();

	need(HAVE_UDP_SEGMENT);
	need(HAVE_UDP_GRO);
	assert_gives(SOCKET_INFO_SEGMENTS,
		     socket_recvinfo6(s, SOCKET_INFO_SEGMENTS));
	fill_bytes();
	grams[0] = record_to(s, 0, 2999);
	grams[0].segment = 1000;
	assert_gives(
		1, socket_sendmany6(bound_at(AT_IPV4), bytes, 2999, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 65535, 1));
	if (grams[0].segment == 0 && grams[0].len == 1000)
		skip("loopback splits segments");
	ck_assert_uint_eq(grams[0].segment, 1000);
	ck_assert_uint_eq(grams[0].len, 2999);
	ck_assert_mem_eq(buf, bytes, 2999);
}

TEST(one_datagram_has_no_segments)
{
	int s = receiver();

	socket_recvinfo6(s, SOCKET_INFO_SEGMENTS);
	grams[0] = record_to(s, 0, 1000);
	grams[0].segment = 1000;
	assert_gives(
		1, socket_sendmany6(bound_at(AT_IPV4), bytes, 1000, grams, 1));
	ck_assert(readable(s, 2000));
	assert_gives(1, take(s, 65535, 1));
	ck_assert_uint_eq(grams[0].segment, 0);
}

/* Linux before 4.18 would ignore the request and send one long datagram. */
TEST(a_system_without_segments_is_not_asked_for_them)
{
	int s = bound_at(AT_IPV4);

	be_the_system();
	fail_call(CALL_GETSOCKOPT, 0, ENOPROTOOPT);
	put_segments();
	assert_gives(1, socket_sendmany6(s, bytes, sizeof bytes, grams, 1));
	ck_assert_int_eq(system_.segmented, 0);
	ck_assert_int_eq(system_.datagrams, 167);
}

/* ---- errors of earlier datagrams ---- */

static struct socket_report6 reports[RECORDS];

CASE("errors")

static ssize_t take_reports(int s, size_t len, size_t n)
{
	memset(reports, 0x5a, sizeof reports);
	memset(buf, 0x5a, sizeof buf);
	return socket_recverror6(s, buf, len, reports, n);
}

/*
 * Sends five bytes to a port there that nobody has; which one. gVisor reports
 * only to a socket that is connected to it.
 */
static uint16_t send_in_vain(int s, const struct place *place)
{
	int gone = bound_at(place);
	uint16_t port = port_of(gone);

	assert_gives(0, socket_close(gone));
	if (on_gvisor())
		assert_gives(0, connect_at(s, place, port));
	grams[0] = record(place, port, 0, 5);
	assert_gives(1, socket_sendmany6(s, "bytes", 5, grams, 1));
	ck_assert(readable(s, 2000));
	return port;
}

PLACE_TEST(a_port_unreachable_comes_back_with_all_about_it)
{
	const struct socket_report6 *r = reports;
	int is_6 = !is_inet(place) && place != AT_MAPPED;
	int granted, s;
	uint16_t port;

	need(HAVE_IP_RECVERR);
	s = informed_at(place, SOCKET_INFO_ERRORS, &granted);
	port = send_in_vain(s, place);
	assert_gives(1, take_reports(s, 800, 8));
	ck_assert_int_eq(r->error, ECONNREFUSED);
	ck_assert_uint_eq(r->mtu, 0);
	ck_assert_uint_eq(r->icmp, is_6 ? 6 : 4);
	ck_assert_uint_eq(r->icmp_type, is_6 ? 1 : 3);
	ck_assert_uint_eq(r->icmp_code, is_6 ? 4 : 3);
	ck_assert_mem_eq(r->reserved, "\0\0\0\0", 5);
	assert_ip6(seen_at(place), r->gram.peer.ip);
	ck_assert_uint_eq(r->gram.peer.port, port);
	ck_assert_uint_eq(r->gram.offset, 0);
	ck_assert_uint_eq(r->gram.len, 5);
	ck_assert_uint_eq(r->gram.flags, 0);
	ck_assert_mem_eq(buf, "bytes", 5);
	ck_assert_uint_eq(r->sender.port, 0);
	skip_if(lost("SO_EE_OFFENDER"));
	assert_ip6(seen_at(place), r->sender.ip);
}

static int has_pollerr(int s)
{
	struct pollfd p = {.fd = s, .events = POLLIN};

	return poll(&p, 1, 0) == 1 && p.revents & POLLERR;
}

PLACE_TEST(the_queue_is_a_pollerr_until_it_is_read)
{
	int granted, s;

	need(HAVE_IP_RECVERR);
	s = informed_at(place, SOCKET_INFO_ERRORS, &granted);
	send_in_vain(s, place);
	ck_assert(has_pollerr(s));
	assert_gives(1, take_reports(s, 800, 8));
	assert_fails(EAGAIN, take_reports(s, 800, 8));
	ck_assert(!has_pollerr(s));
}

/* Linux says it of the next send or receive, whomever that is for. */
PLACE_TEST(a_send_does_not_fail_for_an_earlier_one)
{
	int granted, s, other = bound_at(place);

	need(HAVE_IP_RECVERR);
	s = informed_at(place, SOCKET_INFO_ERRORS, &granted);
	send_in_vain(s, place);
	grams[0] = record(place, port_of(other), 0, 5);
	assert_gives(1, socket_sendmany6(s, bytes, 5, grams, 1));
	ck_assert(readable(other, 2000));
	assert_gives(1, take_reports(s, 800, 8));
}

/* Linux appends the report to all else that was asked for. */
TEST(what_a_program_asked_for_itself_leaves_room_for_a_report)
{
	enum { FLOWINFO = 11, PKTINFO_2292 = 2, HOPLIMIT_2292 = 8 };
	enum { ORIGDSTADDR = 74, RECVFRAGSIZE = 77, TIMESTAMPING = 37 };
	static const int options[] = {FLOWINFO, PKTINFO_2292, HOPLIMIT_2292,
				      ORIGDSTADDR, RECVFRAGSIZE};
	struct socket_report6 r;
	int s, on = 1, stamps = 1 << 3 | 1 << 4 | 1 << 13;

	need(HAVE_IP_RECVERR);
	need_ipv6();
	skip_if(lost("SO_EE_OFFENDER"));
	s = bound_at(AT_IPV6);
	socket_recvinfo6(s, ALL_INFO);
	for (size_t i = 0; i < LENGTH(options); i++)
		setsockopt(s, IPPROTO_IPV6, options[i], &on, sizeof on);
	setsockopt(s, SOL_SOCKET, TIMESTAMPING, &stamps, sizeof stamps);
	send_in_vain(s, AT_IPV6);
	assert_gives(1, socket_recverror6(s, buf, 100, &r, 1));
	ck_assert_int_eq(r.error, ECONNREFUSED);
	assert_ip6("::1", r.sender.ip);
}

TEST(a_receive_is_told_once_and_loses_nothing)
{
	int granted, s;

	need(HAVE_IP_RECVERR);
	if (on_gvisor())
		skip("no reports without a peer");
	s = informed_at(AT_IPV4, SOCKET_INFO_ERRORS, &granted);
	send_in_vain(s, AT_IPV4);
	send_bytes(s, 0, 7);
	assert_fails(ECONNREFUSED, take(s, 800, 8));
	assert_gives(1, take(s, 800, 8));
	ck_assert_uint_eq(grams[0].len, 7);
}

TEST(each_report_has_an_equal_part_of_buf)
{
	int granted, s;

	need(HAVE_IP_RECVERR);
	s = informed_at(AT_IPV4, SOCKET_INFO_ERRORS, &granted);
	for (int i = 0; i < 3; i++) {
		send_in_vain(s, AT_IPV4);
		/* The send's own error, or it would be no more than one. */
		sys_getsockopt(s, SOL_SOCKET, SO_ERROR);
	}
	assert_gives(2, take_reports(s, 6, 2));
	ck_assert_uint_eq(reports[1].gram.offset, 3);
	ck_assert_uint_eq(reports[1].gram.len, 3);
	ck_assert_uint_eq(reports[1].gram.flags, SOCKET_DATAGRAM_TRUNCATED);
	ck_assert_mem_eq(buf, "bytbytZ", 7);
	assert_gives(1, take_reports(s, 6, 2));
}

TEST(an_empty_queue_is_eagain_and_nothing_is_written)
{
	int granted, s;

	need(HAVE_IP_RECVERR);
	s = informed_at(AT_IPV4, SOCKET_INFO_ERRORS, &granted);
	assert_fails(EAGAIN, take_reports(s, 800, 8));
	ck_assert_int_eq(((const char *)reports)[0], 0x5a);
}

TEST(a_socket_that_never_asked_has_none_and_a_system_may_have_no_queue)
{
	assert_fails(HAVE(HAVE_IP_RECVERR) ? EAGAIN : ENOPROTOOPT,
		     take_reports(bound_at(AT_IPV4), 800, 8));
}

LOOP_TEST(a_bad_descriptor_has_no_queue, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, take_reports(bad.fd, 800, 8));
}

/* ---- the MTU ---- */

CASE("mtu")

static const int modes[] = {SOCKET_MTU_FRAGMENT, SOCKET_MTU_PATH,
			    SOCKET_MTU_PROBE};

/* Whether the system can be told what to do above the MTU. */
static int has_mtu_modes(const struct place *place)
{
	if (on_gvisor())
		return 0;
	if (place->family == 4 || !have_af_inet6())
		return HAVE(HAVE_IP_MTU_DISCOVER) || HAVE(HAVE_IP_DONTFRAG) ||
		       HAVE(HAVE_IP_DONTFRAGMENT);
	return HAVE(HAVE_IPV6_DONTFRAG);
}

PLACE_BY_TEST(every_mode_can_be_set, mode, modes)
{
	int s = udp_at(place, 0);

	if (!has_mtu_modes(place)) {
		assert_fails(ENOPROTOOPT, socket_mtudiscover6(s, *mode));
		return;
	}
	skip_if(lost("IPV6_DONTFRAG"));
	assert_gives(0, socket_mtudiscover6(s, *mode));
}

TEST(no_other_mode_can)
{
	assert_fails(EINVAL, socket_mtudiscover6(socket_udp4(), -1));
	assert_fails(EINVAL, socket_mtudiscover6(socket_udp4(), 3));
}

/* EINVAL is for no such mode: gVisor refuses values. */
TEST(a_mode_that_the_system_refuses_is_enoprotoopt)
{
	int s = socket_udp4();

	need(HAVE_IP_MTU_DISCOVER);
	fail_option(IPPROTO_IP, IP_MTU_DISCOVER, EINVAL);
	for (size_t i = 0; i < LENGTH(modes); i++)
		assert_fails(ENOPROTOOPT, socket_mtudiscover6(s, modes[i]));
}

LOOP_TEST(nor_one_that_it_takes_and_ignores, LENGTH(modes))
{
	need(HAVE_IP_MTU_DISCOVER);
	ignore_option(IPPROTO_IP, IP_MTU_DISCOVER);
	assert_fails(ENOPROTOOPT,
		     socket_mtudiscover6(socket_udp4(), modes[_i]));
}

PLACE_TEST(the_mtu_is_that_of_the_path)
{
	int peer = bound_at(place), s = udp_at(place, 0);

	need(HAVE_IP_MTU);
	need(HAVE_IPV6_MTU);
	wine_differs("knows no MTU");
	assert_gives(0, connect_at(s, place, port_of(peer)));
	if (on_gvisor())
		assert_fails(ENOPROTOOPT, socket_mtu6(s));
	else
		ck_assert_int_ge(socket_mtu6(s), 1280);
}

PLACE_TEST(without_a_peer_there_is_no_path)
{
	need(HAVE_IP_MTU);
	need(HAVE_IPV6_MTU);
	wine_differs("knows no MTU");
	assert_fails(on_gvisor() ? ENOPROTOOPT : ENOTCONN,
		     socket_mtu6(udp_at(place, 0)));
}

LOOP_TEST(a_bad_descriptor_has_no_mtu, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_mtu6(bad.fd));
	assert_fails(bad.error, socket_mtudiscover6(bad.fd, SOCKET_MTU_PATH));
}

#include "check_record.list"
