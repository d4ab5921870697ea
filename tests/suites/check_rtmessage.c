/* SPDX-License-Identifier: ISC */
/*
 * check_rtmessage.c - Linux's messages of interfaces and addresses.
 *
 * No socket: the bytes are made here, as rtnetlink(7) has them.
 */
#include "sys/rtmessage.h"

#include "fixture.h"
#include "suite.h"
#include "text.h"

#include <stdlib.h>

/* Numbers of linux/netlink.h, rtnetlink.h, if_link.h and if_addr.h. */
enum { NLMSG_NOOP = 1, NLMSG_ERROR, NLMSG_DONE, NLMSG_OVERRUN };
enum { RTM_NEWLINK = 16, RTM_GETLINK = 18, RTM_NEWADDR = 20, RTM_GETADDR = 22 };
enum { NLM_F_REQUEST = 1, NLM_F_DUMP_INTR = 16, NLM_F_DUMP = 0x300 };
enum { IFLA_ADDRESS = 1, IFLA_IFNAME = 3, IFLA_MTU = 4, IFLA_EXT_MASK = 29 };
enum { IFA_ADDRESS = 1, IFA_LOCAL = 2, IFA_FLAGS = 8 };
enum { LINUX_INET = 2, LINUX_INET6 = 10, LINUX_PACKET = 17 };
enum { SEQUENCE = 4711, ROOM = 1024 };

/* What a datagram is made of. */
static struct {
	char bytes[ROOM];
	size_t len;
	char *message; /* the last */
} sent;

/* What is read of it: the entries are followed by bytes that stay. */
static struct {
	struct socket_interface6 links[8];
	struct socket_ifaddr6 addresses[8];
	struct sys_list list;
	struct sys_rt_dump dump;
} got;

static void clear(void)
{
	memset(&sent, 0, sizeof sent);
}

/* At its end, with what aligns the next. */
static char *add(const void *data, size_t len)
{
	char *p = sent.bytes + sent.len;

	ck_assert_uint_le(sent.len + len + 3, sizeof sent.bytes);
	memcpy(p, data, len);
	sent.len = (sent.len + len + 3) & ~(size_t)3;
	return p;
}

static void begin(int type, int flags, uint32_t sequence)
{
	struct {
		uint32_t len;
		uint16_t type, flags;
		uint32_t sequence, port;
	} header = {16, (uint16_t)type, (uint16_t)flags, sequence, 99};

	sent.message = add(&header, sizeof header);
}

/* The last message's length is all since it began, without what aligns. */
static void add_part(const void *data, size_t len)
{
	uint32_t all;

	add(data, len);
	all = (uint32_t)(sent.bytes + sent.len - sent.message);
	all -= (uint32_t)((4 - len % 4) % 4);
	memcpy(sent.message, &all, sizeof all);
}

static void add_attribute(int type, const void *data, size_t len)
{
	char bytes[64];

	memcpy(bytes, &(uint16_t){(uint16_t)(len + 4)}, 2);
	memcpy(bytes + 2, &(uint16_t){(uint16_t)type}, 2);
	memcpy(bytes + 4, data, len);
	add_part(bytes, len + 4);
}

static void add_link_start(uint32_t ifindex, uint32_t flags)
{
	struct {
		unsigned char family, pad;
		uint16_t type;
		uint32_t ifindex, flags, change;
	} m = {0, 0, 1, ifindex, flags, 0};

	begin(RTM_NEWLINK, 2, SEQUENCE);
	add_part(&m, sizeof m);
	add_attribute(IFLA_ADDRESS, "\2\0\0\0\0\1", 6);
}

static void add_link(uint32_t ifindex, uint32_t flags, const char *name,
		     uint32_t mtu)
{
	add_link_start(ifindex, flags);
	add_attribute(IFLA_IFNAME, name, strlen(name) + 1);
	add_attribute(IFLA_MTU, &mtu, sizeof mtu);
}

static void add_address_start(int family, int bits, int flags, uint32_t ifindex)
{
	struct {
		unsigned char family, bits, flags, scope;
		uint32_t ifindex;
	} m = {(unsigned char)family, (unsigned char)bits, (unsigned char)flags,
	       0, ifindex};

	begin(RTM_NEWADDR, 2, SEQUENCE);
	add_part(&m, sizeof m);
}

static void add_address(const char *text, int bits, int flags, uint32_t ifindex)
{
	if (strchr(text, ':')) {
		add_address_start(LINUX_INET6, bits, flags, ifindex);
		add_attribute(IFA_ADDRESS, ip6(text), 16);
	} else {
		add_address_start(LINUX_INET, bits, flags, ifindex);
		add_attribute(IFA_LOCAL, ip4(text), 4);
	}
}

static void add_number(int type, int flags, int number)
{
	int32_t n = number;

	begin(type, flags, SEQUENCE);
	add_part(&n, sizeof n);
}

static void ask(enum sys_rt_list what, size_t max)
{
	memset(&got, 0x5a, sizeof got);
	got.list = (struct sys_list){(char *)got.links, sizeof *got.links, max,
				     0};
	if (what == SYS_RT_ADDRESSES) {
		got.list.out = (char *)got.addresses;
		got.list.size = sizeof *got.addresses;
	}
	got.dump = (struct sys_rt_dump){&got.list, what, SEQUENCE, 0};
}

static int read_links(void)
{
	ask(SYS_RT_LINKS, LENGTH(got.links));
	return sys_rt_read(&got.dump, sent.bytes, sent.len);
}

static int read_addresses(void)
{
	ask(SYS_RT_ADDRESSES, LENGTH(got.addresses));
	return sys_rt_read(&got.dump, sent.bytes, sent.len);
}

static void assert_count(size_t n)
{
	ck_assert_uint_eq(got.list.count, n);
}

CASE("request")

static uint16_t half(const char *p)
{
	uint16_t n;

	memcpy(&n, p, sizeof n);
	return n;
}

static uint32_t word(const char *p)
{
	uint32_t n;

	memcpy(&n, p, sizeof n);
	return n;
}

static const struct wanted {
	enum sys_rt_list what;
	int type;
	size_t len;
} wanted[] = {
	{SYS_RT_LINKS, RTM_GETLINK, 40},
	{SYS_RT_ADDRESSES, RTM_GETADDR, 32},
};

TABLE_TEST(all_of_a_list_is_asked_for, x, wanted, nothing_missing)
{
	char bytes[SYS_RT_REQUEST + 1];

	ask(x->what, 0);
	memset(bytes, 0x5a, sizeof bytes);
	assert_gives((long)x->len, (long)sys_rt_request(bytes, &got.dump));
	ck_assert_int_eq(bytes[SYS_RT_REQUEST], 0x5a);
	ck_assert_uint_eq(word(bytes), x->len);
	ck_assert_int_eq(half(bytes + 4), x->type);
	ck_assert_int_eq(half(bytes + 6), NLM_F_REQUEST | NLM_F_DUMP);
	ck_assert_uint_eq(word(bytes + 8), SEQUENCE);
	/* Of any family, and nothing else. */
	for (size_t i = 12; i < 32; i++)
		ck_assert_int_eq(bytes[i], 0);
}

TEST(no_statistics_are_asked_for)
{
	char bytes[SYS_RT_REQUEST];

	ask(SYS_RT_LINKS, 0);
	sys_rt_request(bytes, &got.dump);
	ck_assert_int_eq(half(bytes + 32), 8);
	ck_assert_int_eq(half(bytes + 34), IFLA_EXT_MASK);
	ck_assert_uint_eq(word(bytes + 36), 1 << 3);
}

CASE("interfaces")

static const struct {
	uint32_t linux_has, flags;
} flags_of_links[] = {
	{0, 0},
	{0x1, SOCKET_IF_UP},
	{0x40, SOCKET_IF_RUNNING},
	{0x8, SOCKET_IF_LOOPBACK},
	{0x1000, SOCKET_IF_MULTICAST},
	{0x10, SOCKET_IF_POINTOPOINT},
	{0x11043, SOCKET_IF_UP | SOCKET_IF_RUNNING | SOCKET_IF_MULTICAST},
	{0xffffffff, 31},
	{~(uint32_t)0x1059, 0},
};

TABLE_TEST(an_interface_is_its_index_flags_mtu_and_name, x, flags_of_links,
	   nothing_missing)
{
	struct socket_interface6 *i = got.links;

	clear();
	add_link(7, x->linux_has, "eth0", 1500);
	assert_gives(0, read_links());
	assert_count(1);
	ck_assert_uint_eq(i->ifindex, 7);
	ck_assert_uint_eq(i->flags, x->flags);
	ck_assert_uint_eq(i->mtu, 1500);
	ck_assert_str_eq(i->name, "eth0");
	/* What the name leaves over. */
	for (size_t n = 4; n < sizeof i->name; n++)
		ck_assert_int_eq(i->name[n], 0);
}

static const char long_name[] =
	"123456789012345678901234567890123456789012345678901";

TEST(a_name_of_51_bytes_is_whole_and_a_longer_one_empty)
{
	char longer[sizeof long_name + 1] = "0";

	strcat(longer, long_name);
	clear();
	add_link(1, 0, long_name, 1);
	add_link(2, 0, longer, 1);
	assert_gives(0, read_links());
	assert_count(2);
	ck_assert_str_eq(got.links[0].name, long_name);
	ck_assert_str_eq(got.links[1].name, "");
}

TEST(a_name_may_end_without_a_nul)
{
	clear();
	add_link_start(1, 0);
	add_attribute(IFLA_IFNAME, "eth0", 4);
	assert_gives(0, read_links());
	ck_assert_str_eq(got.links[0].name, "eth0");
}

TEST(without_a_name_or_mtu_it_is_empty_and_0)
{
	clear();
	add_link_start(1, 0);
	add_attribute(IFLA_MTU, "\1\1\1", 3);
	assert_gives(0, read_links());
	assert_count(1);
	ck_assert_str_eq(got.links[0].name, "");
	ck_assert_uint_eq(got.links[0].mtu, 0);
}

TEST(the_first_attribute_counts_whatever_its_flags)
{
	clear();
	add_link_start(1, 0);
	add_attribute(IFLA_IFNAME | 0x8000, "eth0", 5);
	add_attribute(IFLA_IFNAME, "eth1", 5);
	assert_gives(0, read_links());
	ck_assert_str_eq(got.links[0].name, "eth0");
}

TEST(what_has_no_index_is_no_interface)
{
	clear();
	add_link(0, 1, "eth0", 1500);
	assert_gives(0, read_links());
	assert_count(0);
}

CASE("addresses")

static const struct address {
	const char *text, *ip;
	int bits, linux_has;
	uint16_t prefix, flags;
} addresses[] = {
	{"127.0.0.1", "::ffff:127.0.0.1", 8, 0x80, 104, 0},
	{"0.0.0.0", "::ffff:0.0.0.0", 0, 0x80, 96, 0},
	{"192.0.2.1", "::ffff:192.0.2.1", 32, 0x80, 128, 0},
	{"::1", "::1", 128, 0x80, 128, 0},
	{"2001:db8::1", "2001:db8::1", 64, 0, 64, 0},
	{"fe80::1", "fe80::1", 0, 0x40, 0, SOCKET_IFADDR_TENTATIVE},
	/* nobody else's, as far as is known */
	{"fe80::1", "fe80::1", 64, 0x44, 64, 0},
	{"fe80::1", "fe80::1", 64, 0x48, 64, SOCKET_IFADDR_TENTATIVE},
	{"fe80::1", "fe80::1", 64, 0x0c, 64, SOCKET_IFADDR_TENTATIVE},
	{"fe80::1", "fe80::1", 64, 0x20, 64, SOCKET_IFADDR_DEPRECATED},
	{"fe80::1", "fe80::1", 64, 0x01, 64, SOCKET_IFADDR_TEMPORARY},
	{"fe80::1", "fe80::1", 64, 0x61, 64, 7},
	/* a secondary one, by the same bit */
	{"192.0.2.1", "::ffff:192.0.2.1", 24, 0x01, 120, 0},
	{"192.0.2.1", "::ffff:192.0.2.1", 24, 0x21, 120,
	 SOCKET_IFADDR_DEPRECATED},
};

static void assert_address(const struct address *x)
{
	const struct socket_ifaddr6 *a = got.addresses;

	assert_gives(0, read_addresses());
	assert_count(1);
	assert_ip6(x->ip, a->ip);
	ck_assert_uint_eq(a->ifindex, 4);
	ck_assert_uint_eq(a->prefix, x->prefix);
	ck_assert_uint_eq(a->flags, x->flags);
}

TABLE_TEST(an_address_has_its_network_interface_and_flags, x, addresses,
	   nothing_missing)
{
	clear();
	add_address(x->text, x->bits, x->linux_has, 4);
	assert_address(x);
}

/* Linux 3.14 has more flags than a byte holds. */
TABLE_TEST(an_attribute_of_flags_counts_more_than_the_byte, x, addresses,
	   nothing_missing)
{
	uint32_t flags = (uint32_t)x->linux_has | 0xffffff00;

	clear();
	add_address(x->text, x->bits, ~x->linux_has & 0xff, 4);
	add_attribute(IFA_FLAGS, &flags, sizeof flags);
	assert_address(x);
}

TEST(of_a_point_to_point_link_the_address_is_this_ends)
{
	static const struct address own = {
		"192.0.2.1", "::ffff:192.0.2.1", 32, 0, 128, 0};

	clear();
	add_address_start(LINUX_INET, 32, 0, 4);
	add_attribute(IFA_ADDRESS, ip4("192.0.2.9"), 4);
	add_attribute(IFA_LOCAL, ip4("192.0.2.1"), 4);
	assert_address(&own);
}

static const struct wrong {
	int family, bits;
	uint32_t ifindex;
	size_t len; /* of the address */
} wrong_addresses[] = {
	{LINUX_PACKET, 0, 4, 16},  {0, 0, 4, 16},
	{LINUX_INET6, 129, 4, 16}, {LINUX_INET6, 255, 4, 16},
	{LINUX_INET, 33, 4, 4},	   {LINUX_INET6, 64, 0, 16},
	{LINUX_INET6, 64, 4, 15},  {LINUX_INET6, 64, 4, 4},
	{LINUX_INET, 8, 4, 3},	   {LINUX_INET, 8, 4, 0},
};

TABLE_TEST(what_is_no_address_of_ours_is_passed_over, x, wrong_addresses,
	   nothing_missing)
{
	clear();
	add_address_start(x->family, x->bits, 0, x->ifindex);
	add_attribute(IFA_ADDRESS, ip6("2001:db8::1"), x->len);
	assert_gives(0, read_addresses());
	assert_count(0);
}

CASE("dump")

static void add_two(void)
{
	add_link(1, 9, "lo", 65536);
	add_link(2, 3, "eth0", 1500);
	add_address("127.0.0.1", 8, 0x80, 1);
	add_address("fe80::1", 64, 0x80, 2);
	add_address("2001:db8::1", 64, 0, 2);
}

TEST(each_list_takes_its_own_messages)
{
	clear();
	add_two();
	assert_gives(0, read_links());
	assert_count(2);
	ck_assert_str_eq(got.links[0].name, "lo");
	ck_assert_str_eq(got.links[1].name, "eth0");
	assert_gives(0, read_addresses());
	assert_count(3);
	assert_ip6("2001:db8::1", got.addresses[2].ip);
}

LOOP_TEST(what_has_no_room_is_counted, 4)
{
	size_t max = (size_t)_i;

	clear();
	add_two();
	ask(SYS_RT_ADDRESSES, max);
	assert_gives(0, sys_rt_read(&got.dump, sent.bytes, sent.len));
	assert_count(3);
	ck_assert_int_eq(((char *)&got.addresses[max])[0], 0x5a);
	ck_assert(max == 0 || got.addresses[max - 1].ifindex < 3);
}

TEST(a_list_may_have_no_room_at_all)
{
	clear();
	add_two();
	ask(SYS_RT_ADDRESSES, 0);
	got.list.out = NULL;
	assert_gives(0, sys_rt_read(&got.dump, sent.bytes, sent.len));
	assert_count(3);
}

TEST(more_may_follow_in_another_datagram)
{
	clear();
	add_two();
	assert_gives(0, read_links());
	assert_gives(0, sys_rt_read(&got.dump, sent.bytes, sent.len));
	assert_count(4);
}

TEST(the_last_message_ends_it)
{
	clear();
	add_link(1, 9, "lo", 65536);
	add_number(NLMSG_DONE, 2, 0);
	add_link(2, 3, "eth0", 1500);
	assert_gives(1, read_links());
	assert_count(1);
}

TEST(an_old_kernels_last_message_has_nothing_in_it)
{
	clear();
	begin(NLMSG_DONE, 2, SEQUENCE);
	assert_gives(1, read_links());
}

/* A dump that was given up, and news. */
LOOP_TEST(messages_of_other_numbers_are_passed_over, 4)
{
	static const int types[] = {RTM_NEWLINK, NLMSG_DONE, NLMSG_ERROR,
				    NLMSG_OVERRUN};
	static const char data[16] = "\xff\xff\xff\xff\x09";

	clear();
	begin(types[_i], NLM_F_DUMP_INTR, _i % 2 ? 0 : SEQUENCE + 1);
	add_part(data, sizeof data);
	assert_gives(0, read_links());
	assert_count(0);
	ck_assert_int_eq(got.dump.is_torn, 0);
}

LOOP_TEST(unknown_messages_are_passed_over, 3)
{
	static const int types[] = {NLMSG_NOOP, 17, 0xffff};

	clear();
	add_number(types[_i], 0, 1);
	add_link(2, 3, "eth0", 1500);
	assert_gives(0, read_links());
	assert_count(1);
}

static void say_interrupted(void)
{
	memcpy(sent.message + 6, &(uint16_t){NLM_F_DUMP_INTR | 2}, 2);
}

LOOP_TEST(any_message_may_say_that_the_list_has_changed, 3)
{
	clear();
	add_link(1, 9, "lo", 65536);
	if (_i == 0)
		say_interrupted();
	add_link(2, 3, "eth0", 1500);
	if (_i == 1)
		say_interrupted();
	add_number(NLMSG_DONE, 2, 0);
	if (_i == 2)
		say_interrupted();
	assert_gives(1, read_links());
	assert_count(2);
	ck_assert(got.dump.is_torn);
}

TEST(a_list_that_has_not_changed_says_nothing)
{
	clear();
	add_two();
	add_number(NLMSG_DONE, 2, 0);
	assert_gives(1, read_links());
	ck_assert_int_eq(got.dump.is_torn, 0);
}

static const struct failure {
	int type, number, error;
} failures[] = {
	{NLMSG_ERROR, -EPERM, EPERM},	{NLMSG_ERROR, -EBUSY, EBUSY},
	{NLMSG_ERROR, -4095, 4095},	{NLMSG_ERROR, -4096, EPROTO},
	{NLMSG_ERROR, 1, EPROTO},	{NLMSG_ERROR, INT_MIN, EPROTO},
	{NLMSG_ERROR, INT_MAX, EPROTO}, {NLMSG_DONE, -ENOMEM, ENOMEM},
	{NLMSG_DONE, INT_MIN, EPROTO},	{NLMSG_OVERRUN, 0, ENOBUFS},
};

TABLE_TEST(the_kernels_errors_are_errnos, x, failures, nothing_missing)
{
	clear();
	add_link(1, 9, "lo", 65536);
	add_number(x->type, 0, x->number);
	assert_fails(x->error, read_links());
}

TEST(an_acknowledgement_is_no_error)
{
	clear();
	add_number(NLMSG_ERROR, 0, 0);
	add_link(1, 9, "lo", 65536);
	assert_gives(0, read_links());
	assert_count(1);
}

CASE("hostile")

static const uint32_t lengths[] = {
	0, 1, 15, 0x7fffffff, 0x80000000, 0xfffffffd, 0xffffffff};

/* Of the second message, whose real length is 56. */
LOOP_TEST(a_message_of_a_wrong_length_is_eproto, LENGTH(lengths))
{
	clear();
	add_link(1, 9, "lo", 65536);
	add_link(2, 3, "eth0", 1500);
	memcpy(sent.message, &lengths[_i], 4);
	assert_fails(EPROTO, read_links());
	assert_count(1);
}

/* The same bytes where reading one more is a crash. */
static int read_at_end(enum sys_rt_list what, const char *bytes, size_t len)
{
	static char *end;
	int r;

	if (!end)
		end = end_of_memory();
	ask(what, LENGTH(got.links) - 1);
	if (!end)
		return sys_rt_read(&got.dump, bytes, len);
	memcpy(end - len, bytes, len);
	r = sys_rt_read(&got.dump, end - len, len);
	ck_assert_int_eq(memcmp(end - len, bytes, len), 0);
	return r;
}

static void assert_harmless(const char *bytes, size_t len)
{
	static const enum sys_rt_list lists[] = {SYS_RT_LINKS,
						 SYS_RT_ADDRESSES};

	for (size_t i = 0; i < LENGTH(lists); i++) {
		int r = read_at_end(lists[i], bytes, len);

		ck_assert_int_ge(r, -1);
		ck_assert_int_le(r, 1);
		ck_assert_uint_le(got.list.count, len / 16);
		ck_assert_int_eq(*(char *)&got.links[7], 0x5a);
		ck_assert_int_eq(*(char *)&got.addresses[7], 0x5a);
	}
}

/* All kinds of messages. */
static void add_all(void)
{
	add_two();
	add_address("192.0.2.1", 24, 1, 2);
	add_attribute(IFA_FLAGS, "\1\0\0\0", 4);
	add_link(3, 0x11043, long_name, 1500);
	add_number(NLMSG_ERROR, 0, 0);
	add_number(NLMSG_DONE, 2, 0);
}

TEST(a_datagram_may_end_at_any_byte)
{
	clear();
	add_all();
	for (size_t len = 0; len <= sent.len; len++)
		assert_harmless(sent.bytes, len);
}

/* The message says so itself: attributes are cut, and the one before counts. */
TEST(a_message_may_end_at_any_byte)
{
	clear();
	add_link(2, 3, "eth0", 1500);
	for (uint32_t len = 16; len <= sent.len; len++) {
		memcpy(sent.bytes, &len, 4);
		assert_harmless(sent.bytes, len);
		read_at_end(SYS_RT_LINKS, sent.bytes, len);
		assert_count(len < 32 ? 0 : 1);
	}
}

LOOP_TEST(an_attribute_may_have_any_length, 2)
{
	clear();
	add_link(2, 3, "eth0", 1500);
	add_address("192.0.2.1", 24, 1, 2);
	for (uint32_t n = 0; n < 0x10000; n += is_slow() ? 15 : 1) {
		size_t at = _i ? sent.len - 8 : 32;

		memcpy(sent.bytes + at, &(uint16_t){(uint16_t)n}, 2);
		assert_harmless(sent.bytes, sent.len);
	}
}

TEST(any_byte_may_have_any_value)
{
	clear();
	add_all();
	for (size_t i = 0; i < sent.len; i++) {
		char kept = sent.bytes[i];

		for (int value = 0; value < 256; value += is_slow() ? 15 : 1) {
			sent.bytes[i] = (char)value;
			assert_harmless(sent.bytes, sent.len);
		}
		sent.bytes[i] = kept;
	}
}

TEST(random_bytes_are_no_danger)
{
	char bytes[ROOM];

	clear();
	add_all();
	seed(9);
	for (int n = tries(100000); n > 0; n--) {
		size_t len = any((unsigned)sent.len + 1);

		memcpy(bytes, sent.bytes, len);
		for (unsigned k = any(8); len > 0 && k > 0; k--)
			bytes[any((unsigned)len)] = (char)any(256);
		assert_harmless(bytes, len);
	}
}

#include "check_rtmessage.list"
