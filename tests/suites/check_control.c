/* SPDX-License-Identifier: ISC */
/*
 * check_control.c - control messages to the fields of a record and back.
 *
 * No socket: the bytes are made here.
 */
#include "datagram/control.h"
#include "text/text.h"

#include "fixture.h"
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>

/* What a datagram is received with. */
static struct {
	union sys_control_in control;
	char *end;
	struct msghdr m;
} got;

static void begin(void)
{
	memset(&got, 0, sizeof got);
	got.end = got.control.bytes;
	got.m.msg_control = &got.control;
}

static void add(int level, int type, const void *data, size_t len)
{
	got.end = sys_put_control(got.end, level, type, data, len);
	got.m.msg_controllen = (sys_controllen)(got.end - got.control.bytes);
	ck_assert(got.end <= got.control.bytes + sizeof got.control);
}

static void add_number(int level, int type, int value)
{
	add(level, type, &value, sizeof value);
}

static void add_byte(int level, int type, int value)
{
	add(level, type, &(unsigned char){(unsigned char)value}, 1);
}

/* IPV6_PKTINFO as RFC 3542 has it. */
static void add_local6(const char *text, uint32_t ifindex)
{
	char info[20];

	memcpy(info, ip6(text), 16);
	memcpy(info + 16, &ifindex, 4);
	add(IPPROTO_IPV6, IPV6_PKTINFO, info, sizeof info);
}

/* What the fields were before is no part of the result. */
static struct socket_datagram6 read_all(void)
{
	struct socket_datagram6 g;

	memset(&g, 0x5a, sizeof g);
	socket6_control_read(&got.m, &g, NULL);
	return g;
}

CASE("received")

TEST(without_a_message_all_is_unknown)
{
	static const struct socket_addr6 unknown;
	struct socket_datagram6 g;

	begin();
	g = read_all();
	ck_assert_mem_eq(&g.local, &unknown, sizeof unknown);
	ck_assert_int_eq(g.time, 0);
	ck_assert_uint_eq(g.ifindex, 0);
	ck_assert_uint_eq(g.drops, 0);
	ck_assert_uint_eq(g.segment, 0);
	ck_assert_uint_eq(g.flags, 0);
	ck_assert_int_eq(g.hops, -1);
	ck_assert_int_eq(g.tclass, -1);
}

/* An option that is missing has a number that no message bears. */
static const struct number {
	const char *name;
	int level, type, is_tclass;
} numbers[] = {
	{"IPV6_RECVHOPLIMIT", IPPROTO_IPV6, IPV6_HOPLIMIT, 0},
	{"IP_TTL", IPPROTO_IP, IP_TTL, 0},
	{"IP_RECVTTL", IPPROTO_IP, IP_RECVTTL, 0},
	{"IPV6_TCLASS", IPPROTO_IPV6, IPV6_TCLASS, 1},
	{"IP_TOS", IPPROTO_IP, IP_TOS, 1},
	{"IP_RECVTOS", IPPROTO_IP, IP_RECVTOS, 1},
};

static int field(const struct number *n)
{
	struct socket_datagram6 g = read_all();

	ck_assert_int_eq(n->is_tclass ? g.hops : g.tclass, -1);
	return n->is_tclass ? g.tclass : g.hops;
}

static const char *number_missing(const struct number *n)
{
	static char why[32];

	snprintf(why, sizeof why, "no %s", n->name);
	return n->type == SYS_NO_OPTION ? why : NULL;
}

TABLE_TEST(a_number_may_be_an_int, n, numbers, number_missing)
{
	for (int value = 0; value < 256; value++) {
		begin();
		add_number(n->level, n->type, value);
		ck_assert_int_eq(field(n), value);
	}
}

TABLE_TEST(or_a_byte, n, numbers, number_missing)
{
	for (int value = 0; value < 256; value++) {
		begin();
		add_byte(n->level, n->type, value);
		ck_assert_int_eq(field(n), value);
	}
}

TABLE_TEST(a_number_without_bytes_is_unknown, n, numbers, number_missing)
{
	begin();
	add(n->level, n->type, "", 0);
	ck_assert_int_eq(field(n), -1);
}

/* What an address means: does it need a scope, can it be a source? */
static const struct meaning {
	const char *ip;
	uint32_t scope_id;
	int is_group;
} meanings[] = {
	{"2001:db8::1", 0, 0},
	{"::1", 0, 0},
	{"fe80::1", 7, 0},
	{"febf:ffff::1", 7, 0},
	{"fec0::1", 0, 0},
	{"fe00::1", 0, 0},
	{"ff01::1", 7, 1},
	{"ff02::fb", 7, 1},
	{"ff12::1", 7, 1},
	{"ff05::1:3", 0, 1},
	{"ff0e::1", 0, 1},
	{"::ffff:192.0.2.1", 0, 0},
	{"::ffff:223.255.255.255", 0, 0},
	{"::ffff:224.0.0.251", 0, 1},
	{"::ffff:239.255.255.255", 0, 1},
	{"::ffff:240.0.0.1", 0, 0},
	{"::ffff:255.255.255.254", 0, 0},
	{"::ffff:255.255.255.255", 0, 1},
};

TABLE_TEST(local_is_the_destination_in_the_header, x, meanings, nothing_missing)
{
	struct socket_datagram6 g;

	need(HAVE_IPV6_RECVPKTINFO);
	begin();
	add_local6(x->ip, 7);
	g = read_all();
	assert_ip6(x->ip, g.local.ip);
	ck_assert_uint_eq(g.local.scope_id, x->scope_id);
	ck_assert_uint_eq(g.local.port, 0);
	ck_assert_uint_eq(g.ifindex, 7);
	ck_assert_uint_eq(g.flags, x->is_group ? SOCKET_DATAGRAM_GROUP : 0);
}

#if HAVE_IP_PKTINFO
/* own is the address that this host would answer from. */
static void add_local4(const char *text, const char *own, uint32_t ifindex)
{
	struct in_pktinfo info;

	memset(&info, 0, sizeof info);
	memcpy(&info.ipi_addr, ip4(text), 4);
	info.ipi_ifindex = (__typeof__(info.ipi_ifindex))ifindex;
# if HAVE_IPI_SPEC_DST
	memcpy(&info.ipi_spec_dst, ip4(own), 4);
# endif
	(void)own;
	add(IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
}
#else
static void add_local4(const char *text, const char *own, uint32_t ifindex)
{
	(void)own, (void)ifindex;
	add(IPPROTO_IP, IP_RECVDSTADDR, ip4(text), 4);
}
#endif

static const struct destination {
	const char *ip, *own;
	int is_group, is_broadcast;
} destinations[] = {
	{"192.0.2.1", "192.0.2.1", 0, 0},
	{"192.0.2.255", "192.0.2.1", 1, 1},
	{"224.0.0.251", "192.0.2.1", 1, 0},
	{"255.255.255.255", "192.0.2.1", 1, 0},
};

TABLE_TEST(local_of_ipv4_is_v4_mapped, x, destinations, nothing_missing)
{
	struct socket_datagram6 g;

	if (x->is_broadcast)
		need(HAVE_IPI_SPEC_DST);
	begin();
	add_local4(x->ip, x->own, 7);
	g = read_all();
	assert_ip4(x->ip, g.local.ip + 12);
	ck_assert(addr_is_v4mapped(g.local.ip));
	ck_assert_uint_eq(g.local.scope_id, 0);
	ck_assert_uint_eq(g.ifindex, HAVE(HAVE_IP_PKTINFO) ? 7 : 0);
	ck_assert_uint_eq(g.flags, x->is_group ? SOCKET_DATAGRAM_GROUP : 0);
}

/* Linux tells of a v4-mapped destination by both families' messages. */
LOOP_TEST(the_order_of_both_families_does_not_matter, 2)
{
	struct socket_datagram6 g;

	need(HAVE_IPV6_RECVPKTINFO);
	need(HAVE_IPI_SPEC_DST);
	begin();
	if (_i)
		add_local6("::ffff:192.0.2.255", 7);
	add_local4("192.0.2.255", "192.0.2.1", 7);
	if (!_i)
		add_local6("::ffff:192.0.2.255", 7);
	g = read_all();
	assert_ip6("::ffff:192.0.2.255", g.local.ip);
	ck_assert_uint_eq(g.ifindex, 7);
	ck_assert_uint_eq(g.flags, SOCKET_DATAGRAM_GROUP);
}

TEST(the_index_of_an_interface_has_32_bits)
{
	need(HAVE_IPV6_RECVPKTINFO);
	begin();
	add_local6("2001:db8::1", 0x12345678);
	ck_assert_uint_eq(read_all().ifindex, 0x12345678);
}

/* BSD's message of IPv4 has none. */
TEST(no_interface_of_one_family_hides_the_other_ones)
{
	need(HAVE_IPV6_RECVPKTINFO);
	begin();
	add_local6("::ffff:192.0.2.1", 7);
	add_local4("192.0.2.1", "192.0.2.1", 0);
	ck_assert_uint_eq(read_all().ifindex, 7);
}

TEST(the_time_is_nanoseconds_since_1970)
{
#if HAVE_SO_TIMESTAMPNS
	struct timespec t = {1700000000, 123456789};

	begin();
	add(SOL_SOCKET, SCM_TIMESTAMPNS, &t, sizeof t);
	ck_assert_int_eq(read_all().time, 1700000000123456789);
#elif HAVE_SO_TIMESTAMP && !HAVE_SO_TS_CLOCK
	struct timeval t = {1700000000, 123456};

	begin();
	add(SOL_SOCKET, SCM_TIMESTAMP, &t, sizeof t);
	ck_assert_int_eq(read_all().time, 1700000000123456000);
#else
	skip("no SO_TIMESTAMP");
#endif
}

/* Nor is one with a part of a second that is none. */
static const struct {
	int64_t seconds;
	long ns;
	int64_t time;
} times[] = {
	{0, 0, 0},
	{-1, 999999999, -1},
	{9223372035, 999999999, 9223372035999999999},
	{9223372036, 0, 0},
	{-9223372036, 0, -9223372036000000000},
	{-9223372037, 0, 0},
	{INT64_MAX, 0, 0},
	{INT64_MIN, 0, 0},
	{1700000000, 1000000000, 0},
	{1700000000, -1, 0},
};

TABLE_TEST(a_time_that_64_bits_do_not_hold_is_unknown, x, times,
	   nothing_missing)
{
#if HAVE_SO_TIMESTAMPNS
	struct timespec t = {.tv_nsec = x->ns};

	t.tv_sec = (time_t)x->seconds;
	if (t.tv_sec != x->seconds)
		return; /* nor does this system's clock */
	begin();
	add(SOL_SOCKET, SCM_TIMESTAMPNS, &t, sizeof t);
	ck_assert_int_eq(read_all().time, x->time);
#else
	(void)x;
	skip("no SO_TIMESTAMPNS");
#endif
}

TEST(drops_has_32_bits)
{
	uint32_t drops = 0xfedcba98;

	need(HAVE_SO_RXQ_OVFL);
	begin();
	add(SOL_SOCKET, SO_RXQ_OVFL, &drops, sizeof drops);
	ck_assert_uint_eq(read_all().drops, 0xfedcba98);
}

TEST(segment_is_the_size_of_each_but_the_last)
{
	need(HAVE_UDP_GRO);
	begin();
	add_number(IPPROTO_UDP, UDP_GRO, 65000);
	ck_assert_uint_eq(read_all().segment, 65000);
}

TEST(what_is_not_known_is_passed_over)
{
	begin();
	add_number(IPPROTO_IP, 12345, 9);
	add_number(4711, 1, 9);
	add_number(SOL_SOCKET, 12345, 9);
	add_number(IPPROTO_IPV6, 12345, 9);
	add_number(IPPROTO_UDP, 12345, 9);
	add_number(IPPROTO_IP, IP_TTL, 63);
	ck_assert_int_eq(read_all().hops, 63);
	ck_assert_uint_eq(read_all().segment, 0);
	ck_assert_uint_eq(read_all().flags, 0);
}

TEST(a_type_means_something_at_its_level_alone)
{
	need(HAVE_SO_RXQ_OVFL);
	begin();
	add_number(IPPROTO_UDP, SO_RXQ_OVFL, 9);
	ck_assert_uint_eq(read_all().drops, 0);
}

/* As long as a time and more: credentials, times of transmission. */
TEST(what_is_no_time_is_none_however_long_it_is)
{
	static const int64_t one_second[6] = {1, 1};

	begin();
	add(SOL_SOCKET, 12345, one_second, sizeof one_second);
	ck_assert_int_eq(read_all().time, 0);
}

#if HAVE_IP_RECVERR
# include <linux/errqueue.h>
#endif

/* An error of EMSGSIZE from there, with so many bytes of a sender's address. */
static struct sys_report report_of(int origin, size_t sender)
{
	struct sys_report report = {.error = -1};
#if HAVE_IP_RECVERR
	struct sock_extended_err e = {.ee_errno = EMSGSIZE,
				      .ee_info = 1300,
				      .ee_type = 3,
				      .ee_code = 4,
				      .ee_origin = (uint8_t)origin};
	struct socket_datagram6 g;
	char bytes[sizeof e + 16] = "";

	memcpy(bytes, &e, sizeof e);
	begin();
	add(IPPROTO_IP, IP_RECVERR, bytes, sizeof e + sender);
	socket6_control_read(&got.m, &g, &report);
#else
	(void)origin, (void)sender;
#endif
	return report;
}

/* SO_EE_ORIGIN_... of linux/errqueue.h. */
static const struct origin {
	int origin, icmp, error;
} origins[] = {
	{1, 0, EMSGSIZE}, /* this host */
	{2, 4, EMSGSIZE}, /* ICMP */
	{3, 6, EMSGSIZE}, /* ICMPv6 */
	{4, 0, 0},	  /* times of transmission */
	{5, 0, 0},	  /* sends without a copy */
};

TABLE_TEST(a_report_says_who_found_the_error, x, origins, nothing_missing)
{
	struct sys_report report = report_of(x->origin, 16);

	need(HAVE_IP_RECVERR);
	ck_assert_int_eq(report.icmp, x->icmp);
	ck_assert_int_eq(report.error, x->error);
	ck_assert_uint_eq(report.mtu, 1300);
	ck_assert_int_eq(report.type, 3);
	ck_assert_int_eq(report.code, 4);
	ck_assert_uint_eq(report.sender_len, 16);
}

TEST(a_report_may_have_no_sender)
{
	struct sys_report report = report_of(1, 0);

	need(HAVE_IP_RECVERR);
	ck_assert_uint_eq(report.sender_len, 0);
	ck_assert_ptr_null(report.sender);
}

/* MSG_CTRUNC, at every byte: nothing is read beyond what is there. */
TEST(messages_that_were_cut_are_read_as_far_as_they_go)
{
	char *end = end_of_memory();
	size_t whole;

	ck_assert_ptr_nonnull(end);
	begin();
	add_local6("2001:db8::1", 7);
	add_local4("192.0.2.1", "192.0.2.1", 7);
	add_number(IPPROTO_IPV6, IPV6_HOPLIMIT, 64);
	whole = (size_t)got.m.msg_controllen;
	for (size_t len = 0; len <= whole; len++) {
		/* A message's start stays aligned, as the kernel's is. */
		size_t at = (len + sizeof len - 1) & ~(sizeof len - 1);

		memcpy(end - at, &got.control, len);
		got.m.msg_control = end - at;
		got.m.msg_controllen = (sys_controllen)len;
		read_all();
	}
}

/* The kernel gives no such thing; but the length of each stands in it. */
TEST(random_bytes_are_no_danger)
{
	srand(6);
	for (int i = tries(100000); i > 0; i--) {
		struct socket_datagram6 g;
		size_t len = (size_t)rand() % sizeof got.control;

		begin();
		for (size_t k = 0; k < len; k++)
			got.control.bytes[k] = (char)(rand() %
						      (i % 2 ? 256 : 48));
		got.m.msg_controllen = (sys_controllen)len;
		g = read_all();
		ck_assert(g.flags == 0 || g.flags == SOCKET_DATAGRAM_GROUP);
	}
}

/* ---- sent ---- */

CASE("sent")

static char *print_ip(char *to, const void *ip)
{
	char text[FMT_IP6 + 1];

	text[fmt_ip6c(text, ip)] = 0;
	return to + sprintf(to, "%s", text);
}

/* The number in a message, of whatever size. */
static int number_in(const struct cmsghdr *c)
{
	const char *data = sys_control_data(c);
	uint16_t two;
	int four;

	if (sys_control_len(c) == 1)
		return (unsigned char)*data;
	if (sys_control_len(c) == 2) {
		memcpy(&two, data, 2);
		return two;
	}
	ck_assert_uint_eq(sys_control_len(c), 4);
	memcpy(&four, data, 4);
	return four;
}

static char *print_source4(char *to, const struct cmsghdr *c)
{
	char mapped[16];
	uint32_t ifindex = 0;

#if HAVE_IP_PKTINFO
	struct in_pktinfo info;

	ck_assert_uint_eq(sys_control_len(c), sizeof info);
	memcpy(&info, sys_control_data(c), sizeof info);
	ifindex = (uint32_t)info.ipi_ifindex;
# if HAVE_IPI_SPEC_DST
	addr_map(mapped, &info.ipi_spec_dst);
# else
	addr_map(mapped, &info.ipi_addr);
# endif
#else
	addr_map(mapped, sys_control_data(c));
#endif
	to = print_ip(to, mapped);
	return ifindex ? to + sprintf(to, "%%%u", (unsigned)ifindex) : to;
}

static char *print_source6(char *to, const struct cmsghdr *c)
{
	uint32_t ifindex;

	ck_assert_uint_eq(sys_control_len(c), 20);
	memcpy(&ifindex, sys_control_data(c) + 16, 4);
	to = print_ip(to, sys_control_data(c));
	return ifindex ? to + sprintf(to, "%%%u", (unsigned)ifindex) : to;
}

/* "from ADDRESS%INTERFACE", "hops N", "hops4 N", "tclass N", "segment N". */
static char *print(char *to, const struct cmsghdr *c)
{
	int level = c->cmsg_level, type = c->cmsg_type;

	if (level == IPPROTO_IPV6 && type == IPV6_PKTINFO)
		return print_source6(to + sprintf(to, "from "), c);
	if (level == IPPROTO_IP &&
	    (type == IP_SENDSRCADDR || type == SYS_LOCAL4))
		return print_source4(to + sprintf(to, "from "), c);
	if (level == IPPROTO_IPV6 && type == IPV6_HOPLIMIT)
		return to + sprintf(to, "hops %d", number_in(c));
	if (level == IPPROTO_IP && type == IP_TTL)
		return to + sprintf(to, "hops4 %d", number_in(c));
	if (level == IPPROTO_IPV6 && type == IPV6_TCLASS)
		return to + sprintf(to, "tclass %d", number_in(c));
	if (level == IPPROTO_IP && type == IP_TOS)
		return to + sprintf(to, "tclass4 %d", number_in(c));
	if (level == IPPROTO_UDP && type == SYS_SEGMENT)
		return to + sprintf(to, "segment %d", number_in(c));
	return to + sprintf(to, "? %d %d", level, type);
}

/* What the messages of g say, one after the other. */
static const char *written(const struct socket_datagram6 *g, uint16_t segment)
{
	static char text[256];
	static union sys_control_out control;
	struct msghdr m = {0};
	char *to = text;

	*to = 0;
	m.msg_control = &control;
	m.msg_controllen = (sys_controllen)socket6_control_write(
		&control, g, socket6_control_family(g), segment);
	for (const struct cmsghdr *c = sys_next_control(&m, NULL); c;
	     c = sys_next_control(&m, c))
		to = print(to + sprintf(to, to == text ? "" : ", "), c);
	return text;
}

static struct socket_datagram6 record(const char *peer, const char *local,
				      uint32_t ifindex, int flags)
{
	struct socket_datagram6 g;

	memset(&g, 0, sizeof g);
	if (peer) {
		memcpy(g.peer.ip, ip6(peer), 16);
		g.peer.port = 53;
	}
	if (local)
		memcpy(g.local.ip, ip6(local), 16);
	g.ifindex = ifindex;
	g.flags = (uint16_t)flags;
	g.hops = 64;
	g.tclass = 46;
	return g;
}

enum {
	WITH_HOPS = SOCKET_DATAGRAM_HOPS,
	WITH_TCLASS = SOCKET_DATAGRAM_TCLASS,
	WITH_WAY = SOCKET_DATAGRAM_INTERFACE,
	IS_GROUP = SOCKET_DATAGRAM_GROUP,
};

static const struct sent {
	const char *behaviour, *peer, *local;
	uint32_t ifindex;
	int flags;
	const char *messages;
} sents[] = {
	{"a plain send has none", "2001:db8::2", NULL, 0, 0, ""},
	{"fields without their flag are not looked at", "2001:db8::2", NULL, 7,
	 0, ""},
	{"a source", "2001:db8::2", "2001:db8::1", 7, 0, "from 2001:db8::1"},
	{"and its way out, if asked for", "2001:db8::2", "2001:db8::1", 7,
	 WITH_WAY, "from 2001:db8::1%7"},
	{"a link-local source names its way out", "fe80::2", "fe80::1", 7, 0,
	 "from fe80::1%7"},
	{"a way out alone", "2001:db8::2", NULL, 7, WITH_WAY, "from ::%7"},
	{"a group is no source, but says where", "2001:db8::2", "ff02::fb", 7,
	 0, "from ::%7"},
	{"hops and traffic class", "2001:db8::2", NULL, 0,
	 WITH_HOPS | WITH_TCLASS, "hops 64, tclass 46"},
	{"all of it", "2001:db8::2", "2001:db8::1", 7,
	 WITH_HOPS | WITH_TCLASS | WITH_WAY,
	 "from 2001:db8::1%7, hops 64, tclass 46"},
	{"a connected socket's peer is of the source's family", NULL,
	 "2001:db8::1", 0, WITH_HOPS, "from 2001:db8::1, hops 64"},
	{"or of either one, and each has its message", NULL, NULL, 0,
	 WITH_HOPS | WITH_TCLASS, "hops 64, hops4 64, tclass 46, tclass4 46"},
};

TABLE_TEST(messages_of_ipv6, x, sents, nothing_missing)
{
	struct socket_datagram6 g = record(x->peer, x->local, x->ifindex,
					   x->flags);

	need(HAVE_STRUCT_SOCKADDR_IN6);
	need(HAVE_IPV6_RECVPKTINFO);
	need(HAVE_IPV6_RECVHOPLIMIT);
	need(HAVE_IPV6_TCLASS);
	ck_assert_msg(strcmp(written(&g, 0), x->messages) == 0, "%s: %s",
		      x->behaviour, written(&g, 0));
}

/* Apple's IPv6 sockets need IPv6's as well. */
#if HAVE_IP_BOUND_IF
# define TCLASS4 "tclass 46, tclass4 46"
#else
# define TCLASS4 "tclass4 46"
#endif

static const struct sent sents4[] = {
	{"a source", "::ffff:192.0.2.2", "::ffff:192.0.2.1", 7, 0,
	 "from 192.0.2.1"},
	{"and its way out", "::ffff:192.0.2.2", "::ffff:192.0.2.1", 7, WITH_WAY,
	 "from 192.0.2.1%7"},
	{"a way out alone", "::ffff:192.0.2.2", NULL, 7, WITH_WAY,
	 "from 0.0.0.0%7"},
	{"a group", "::ffff:192.0.2.2", "::ffff:224.0.0.251", 7, 0,
	 "from 0.0.0.0%7"},
	{"broadcast to all", "::ffff:192.0.2.2", "::ffff:255.255.255.255", 7, 0,
	 "from 0.0.0.0%7"},
	{"broadcast to a subnet", "::ffff:192.0.2.2", "::ffff:192.0.2.255", 7,
	 IS_GROUP, "from 0.0.0.0%7"},
	{"hops and traffic class", "::ffff:192.0.2.2", NULL, 0,
	 WITH_HOPS | WITH_TCLASS, "hops4 64, " TCLASS4},
};

TABLE_TEST(messages_of_ipv4, x, sents4, nothing_missing)
{
	struct socket_datagram6 g = record(x->peer, x->local, x->ifindex,
					   x->flags);

	need(HAVE_IP_PKTINFO);
	ck_assert_msg(strcmp(written(&g, 0), x->messages) == 0, "%s: %s",
		      x->behaviour, written(&g, 0));
}

TEST(a_number_below_0_is_the_sockets_own)
{
	struct socket_datagram6 g = record("::2", NULL, 0,
					   WITH_HOPS | WITH_TCLASS);

	g.hops = g.tclass = -1;
	ck_assert_str_eq(written(&g, 0), "");
}

TEST(a_hop_limit_of_0_is_sent_as_it_is)
{
	struct socket_datagram6 g = record("2001:db8::2", NULL, 0, WITH_HOPS);

	need(HAVE_STRUCT_SOCKADDR_IN6);
	need(HAVE_IPV6_RECVHOPLIMIT);
	g.hops = 0;
	ck_assert_str_eq(written(&g, 0), "hops 0");
}

TEST(a_link_local_source_may_name_its_interface_by_its_scope)
{
	struct socket_datagram6 g = record("fe80::2", "fe80::1", 0, 0);

	need(HAVE_IPV6_RECVPKTINFO);
	g.local.scope_id = 9;
	ck_assert_str_eq(written(&g, 0), "from fe80::1%9");
}

TEST(the_size_of_segments_comes_last)
{
	struct socket_datagram6 g = record("2001:db8::2", NULL, 0, WITH_HOPS);

	need(HAVE_STRUCT_SOCKADDR_IN6);
	need(HAVE_IPV6_RECVHOPLIMIT);
	ck_assert_str_eq(written(&g, 1200), "hops 64, segment 1200");
}

/* Every combination fits, or the library would write beyond. */
TEST(there_is_room_for_every_message)
{
	union sys_control_out control;
	struct socket_datagram6 g = record(NULL, "2001:db8::1", 7,
					   WITH_HOPS | WITH_TCLASS | WITH_WAY);

	ck_assert_uint_le(socket6_control_write(&control, &g, FAMILY_BOTH, 9),
			  sizeof control);
}

/* Received here, each is asked at one address and answered from it. */
TABLE_TEST(an_answer_comes_from_where_the_question_went, x, meanings,
	   nothing_missing)
{
	struct socket_datagram6 g;
	char expected[64];
	char *to = expected;

	need(HAVE_IPV6_RECVPKTINFO);
	need(HAVE_IP_PKTINFO);
	begin();
	add_local6(x->ip, 7);
	g = read_all();
	memcpy(g.peer.ip, g.local.ip, 16);
	g.peer.port = 9;
	to += sprintf(to, "from ");
	if (x->is_group)
		to += sprintf(to,
			      addr_is_v4mapped(g.local.ip) ? "0.0.0.0" : "::");
	else
		to = print_ip(to, g.local.ip);
	if (x->is_group || x->scope_id)
		sprintf(to, "%%7");
	ck_assert_str_eq(written(&g, 0), expected);
}

/* ---- what may be sent ---- */

CASE("valid")

static const struct valid {
	const char *behaviour, *peer, *local;
	int flags, hops, tclass;
	int is_valid;
} valids[] = {
	{"plain", "::2", NULL, 0, 0, 0, 1},
	{"every flag", "::2", NULL, 63, 0, 0, 1},
	{"an unknown flag", "::2", NULL, 64, 0, 0, 0},
	{"the last bit", "::2", NULL, 0x8000, 0, 0, 0},
	{"hops 255", "::2", NULL, WITH_HOPS, 255, 0, 1},
	{"hops 256", "::2", NULL, WITH_HOPS, 256, 0, 0},
	{"hops 256 without its flag", "::2", NULL, 0, 256, 0, 1},
	{"hops below 0", "::2", NULL, WITH_HOPS, -5, 0, 1},
	{"traffic class 255", "::2", NULL, WITH_TCLASS, 0, 255, 1},
	{"traffic class 256", "::2", NULL, WITH_TCLASS, 0, 256, 0},
	{"traffic class below 0", "::2", NULL, WITH_TCLASS, 0, -9, 1},
	{"both of IPv4", "::ffff:192.0.2.2", "::ffff:192.0.2.1", 0, 0, 0, 1},
	{"from IPv4 to IPv6", "::2", "::ffff:192.0.2.1", 0, 0, 0, 0},
	{"from IPv6 to IPv4", "::ffff:192.0.2.2", "::1", 0, 0, 0, 0},
	{"a group of IPv6, answered to IPv4", "::ffff:192.0.2.2", "ff02::1", 0,
	 0, 0, 1},
	{"to whom s is connected", NULL, "::ffff:192.0.2.1", 0, 0, 0, 1},
};

TABLE_TEST(a_record_is_valid, x, valids, nothing_missing)
{
	struct socket_datagram6 g = record(x->peer, x->local, 0, x->flags);

	g.hops = (int16_t)x->hops;
	g.tclass = (int16_t)x->tclass;
	ck_assert_msg(socket6_control_is_valid(&g) == x->is_valid, "%s",
		      x->behaviour);
}

#include "check_control.list"
