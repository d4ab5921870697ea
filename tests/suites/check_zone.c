/* SPDX-License-Identifier: ISC */
/* check_zone.c - text with zone and port. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"
#include "text.h"

#include <ctype.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

/* For the forms of text.h: all that a text says, in a struct's bytes. */
static size_t scan_if(const char *src, char *value)
{
	struct socket_addr6 a;
	size_t len;

	if (!value)
		return scan_ip6if(src, NULL, NULL);
	memcpy(&a, value, sizeof a);
	len = scan_ip6if(src, a.ip, &a.scope_id);
	if (len > 0)
		a.port = a.reserved = 0;
	memcpy(value, &a, sizeof a);
	return len;
}

static size_t scan_ifport(const char *src, char *value)
{
	struct socket_addr6 a;
	size_t len;

	if (!value)
		return scan_ip6ifport(src, NULL, NULL, NULL);
	memcpy(&a, value, sizeof a);
	len = scan_ip6ifport(src, a.ip, &a.port, &a.scope_id);
	if (len > 0)
		a.reserved = 0;
	memcpy(value, &a, sizeof a);
	return len;
}

static size_t fmt_if(char *dest, const char *value)
{
	struct socket_addr6 a;

	memcpy(&a, value, sizeof a);
	return fmt_ip6if(dest, a.ip, a.scope_id);
}

static size_t fmt_ifc(char *dest, const char *value)
{
	struct socket_addr6 a;

	memcpy(&a, value, sizeof a);
	return fmt_ip6ifc(dest, a.ip, a.scope_id);
}

static size_t fmt_ifport(char *dest, const char *value)
{
	struct socket_addr6 a;

	memcpy(&a, value, sizeof a);
	return fmt_ip6ifport(dest, a.ip, a.port, a.scope_id);
}

enum { ADDRESS_SIZE = sizeof(struct socket_addr6) };

static const struct form zone = {scan_if, fmt_if, ADDRESS_SIZE, IP6IF_FMT};
static const struct form zonec = {scan_if, fmt_ifc, ADDRESS_SIZE, IP6IF_FMT};
static const struct form port = {scan_ifport, fmt_ifport, ADDRESS_SIZE,
				 IP6IFPORT_FMT};

/*
 * For thousands of names. Of root Linux takes the name of an interface that
 * there is not for a module's, and starts modprobe: that would take minutes.
 * The root of a user namespace cannot load modules.
 */
static void load_no_modules(void)
{
	unshare(CLONE_NEWUSER);
}

/* A new interface of this name, in a namespace of our own; its index. */
static uint32_t interface(const char *name)
{
	static int peers;

	net_ip("link add name %s type veth peer name peer%d", name, peers++);
	return net_index(name);
}

/* One more name of an interface. */
static void alternative(const char *name, const char *other)
{
	net_do("ip link property add dev '%s' altname '%s'", name, other);
}

static const char *decimal(uint32_t n)
{
	static char text[16];

	snprintf(text, sizeof text, "%u", n);
	return text;
}

/* fe80::1 with this scope id, written; what is read of it. */
static const char *written(uint32_t scope_id)
{
	struct socket_addr6 a = {.scope_id = scope_id};

	memcpy(a.ip, ip6("fe80::1"), 16);
	return formatted(&zone, (char *)&a);
}

static void assert_zone(const char *text, uint32_t scope_id)
{
	struct socket_addr6 a;

	ck_assert_msg(scanned(&zone, text, (char *)&a) == strlen(text),
		      "\"%s\" is not read", text);
	ck_assert_mem_eq(a.ip, ip6("fe80::1"), 16);
	ck_assert_msg(a.scope_id == scope_id, "\"%s\": %u, not %u", text,
		      a.scope_id, scope_id);
}

static void assert_no_zone(const char *text)
{
	struct socket_addr6 a;

	ck_assert_msg(scanned(&zone, text, (char *)&a) == 0, "\"%s\" is read",
		      text);
}

CASE("zone")

/* RFC 4007 section 11.2: a zone id may be a name. */
TEST(a_zone_is_the_name_of_an_interface)
{
	static const char *const names[] = {
		"eth0",	    "ne0",	   "pvc1.3", "interface10",
		"eth0.100", "wlan-0",	   "a~b",    "a_b",
		"-._~+",    "A.z-0_9~",	   "wg+1",   "0",
		"0x",	    "b\303\274ro", "\351",   "abcdefghijklmno",
		NULL,
	};
	char text[64];
	uint32_t index;

	need_names();
	need_pair();
	for (int i = 0; names[i]; i++) {
		index = interface(names[i]);
		snprintf(text, sizeof text, "fe80::1%%%s", names[i]);
		assert_zone(text, index);
		ck_assert_str_eq(written(index), text);
	}
}

TEST(a_zone_is_the_longest_run_of_its_bytes)
{
	need_names();
	need_pair();
	interface("eth0");
	assert_no_zone("fe80::1%eth0.100");
	assert_no_zone("fe80::1%eth0-");
	assert_no_zone("fe80::1%eth0_");
	assert_no_zone("fe80::1%eth0~");
	assert_no_zone("fe80::1%eth00");
	assert_no_zone("fe80::1%eth0a");
}

TEST(a_zone_ends_at_any_other_byte)
{
	char text[32];
	struct socket_addr6 a;

	need_names();
	need_net();
	for (int byte = 1; byte < 256; byte++) {
		if (byte > 127 || isalnum(byte) || strchr("-._~+@=", byte))
			continue;
		snprintf(text, sizeof text, "fe80::1%%lo%clo", byte);
		assert_gives(10, scanned(&zone, text, (char *)&a));
		ck_assert_uint_eq(a.scope_id, net_index(LO));
	}
}

TEST(a_name_that_is_no_zone_is_written_as_a_number)
{
	static const char *const names[] = {"a,",   "[a", "a@b", "a=b", "@",
					    "a\"b", "05", "00",	 NULL};
	char text[32];
	uint32_t index;

	need_pair();
	for (int i = 0; names[i]; i++) {
		index = interface(names[i]);
		snprintf(text, sizeof text, "fe80::1%%%u", index);
		ck_assert_str_eq(written(index), text);
		assert_zone(text, index);
	}
}

/* Of a pair ip(8) lists the names so: veth0@veth1, veth0@if5. */
TEST(a_name_is_not_cut_at_an_at_or_an_equals_sign)
{
	static const char *const texts[] = {
		"[fe80::1%veth@b]:80",	 "[fe80::1%veth=b]:80",
		"[fe80::1%veth@]:80",	 "[fe80::1%4711@b]:80",
		"[192.0.2.1%veth@b]:80", NULL};

	need_names();
	need_pair();
	assert_zone("fe80::1%veth", interface("veth"));
	interface("veth@b");
	interface("veth=b");
	assert_no_zone("fe80::1%veth@b");
	assert_no_zone("fe80::1%veth=b");
	assert_no_zone("fe80::1%veth@");
	assert_no_zone("fe80::1%veth=");
	assert_no_zone("fe80::1%veth@if5");
	assert_no_zone("fe80::1%4711@b");
	assert_no_zone("fe80::1%4711=");
	assert_no_zone("fe80::1%05@");
	assert_no_zone("fe80::1%@");
	assert_no_zone("fe80::1%=");
	assert_unread(&port, texts);
}

/* What stands round an address in files and protocols is not read. */
TEST(text_goes_on_behind_a_zone)
{
	static const char *const texts[] = {
		"listen-on-v6 { fe80::1%lo; };", /* named.conf */
		"listen [fe80::1%lo]:80;",	 /* nginx.conf */
		"server=fe80::1%lo#53",		 /* dnsmasq.conf */
		"DNS=[fe80::1%lo]:53#name",	 /* resolved.conf */
		"nameserver fe80::1%lo\n",	 /* resolv.conf */
		"ListenAddress fe80::1%lo\r\n",
		"{\"address\":\"fe80::1%lo\"}",
		"['fe80::1%lo', 'fe80::2%lo']",
		"<address>fe80::1%lo</address>",
		"<address value='fe80::1%lo'/>",
		"http://[fe80::1%lo]/",
		"http://[fe80::1%lo]:80/?a=b",
		"fe80::1%lo/64 via fe80::2%lo",
		"fe80::1%lo,fe80::2%lo",
		"64 bytes from fe80::1%lo: icmp_seq=1",
		"(fe80::1%lo)",
		"`fe80::1%lo`",
		"fe80::1%lo|fe80::2%lo",
		"fe80::1%lo?",
		"fe80::1%lo!",
		"fe80::1%lo%lo",
		"fe80::1%lo\tlo",
	};
	struct socket_addr6 a;

	need_names();
	need_net();
	for (size_t i = 0; i < LENGTH(texts); i++) {
		const char *text = strstr(texts[i], "fe80::1");

		ck_assert_msg(scanned(&zone, text, (char *)&a) == 10,
			      "\"%s\" is not read", texts[i]);
		ck_assert_uint_eq(a.scope_id, net_index(LO));
	}
}

TEST(a_number_that_begins_with_0_is_never_a_name)
{
	need_names();
	need_pair();
	interface("0815");
	interface("00");
	alternative("00", "007");
	alternative("00", "04711");
	assert_zone("fe80::1%0815", 815);
	assert_zone("fe80::1%00", 0);
	assert_zone("fe80::1%007", 7);
	assert_zone("fe80::1%04711", 4711);
}

/* Linux has interfaces 5 and 05 at once; an alternative name is unique too. */
TEST(an_index_that_is_a_name_is_written_with_a_leading_zero)
{
	uint32_t veth, other;
	char text[32], name[16];

	need_names();
	need_pair();
	veth = interface("veth@b");
	strcpy(name, decimal(veth));
	other = interface(name);
	snprintf(text, sizeof text, "fe80::1%%0%s", name);
	ck_assert_str_eq(written(veth), text);
	assert_zone(text, veth);
	snprintf(text, sizeof text, "fe80::1%%%s", name);
	ck_assert_str_eq(written(other), text);
	assert_zone(text, other);
	interface("4711");
	ck_assert_str_eq(written(4711), "fe80::1%04711");
	alternative("4711", "4294967295");
	ck_assert_str_eq(written(4294967295), "fe80::1%04294967295");
	assert_zone("fe80::1%04294967295", 4294967295);
}

TEST(an_index_that_is_an_alternative_name_is_written_so_too)
{
	uint32_t veth;
	char text[32];

	need_names();
	need_pair();
	veth = interface("veth@b");
	alternative("lo", decimal(veth));
	snprintf(text, sizeof text, "fe80::1%%0%u", veth);
	ck_assert_str_eq(written(veth), text);
	assert_zone(text, veth);
	snprintf(text, sizeof text, "fe80::1%%%u", veth);
	assert_zone(text, net_index("lo"));
}

/* Neither a number nor unknown: it may be a name. */
TEST(a_zone_that_cannot_be_asked_for_is_not_read)
{
	need_names();
	need_net();
	assert_zone("fe80::1%lo", net_index(LO));
	allow_no_descriptors();
	assert_no_zone("fe80::1%lo");
	assert_no_zone("fe80::1%nosuch");
	assert_no_zone("fe80::1%1");
	assert_no_zone("fe80::1%4711");
	assert_zone("fe80::1%01", 1);
}

TEST(an_index_that_cannot_be_asked_for_has_a_leading_zero)
{
	need_names();
	need_net();
	assert_zone("fe80::1%lo", net_index(LO));
	allow_no_descriptors();
	ck_assert_str_eq(written(1), "fe80::1%01");
	ck_assert_str_eq(written(4294967295), "fe80::1%04294967295");
	ck_assert_str_eq(written(0), "fe80::1");
}

/* What keeps us from asking, a seccomp filter too, is no answer. */
TEST(a_refusal_is_no_unknown_name)
{
	static const int errors[] = {EPERM, EACCES, ENFILE, ENOBUFS, ENOMEM};

	need(HAVE_IF_INDEXTONAME);
	need_net();
	for (size_t i = 0; i < LENGTH(errors); i++) {
		fail_call(CALL_IF_NAMETOINDEX, 0, errors[i]);
		assert_no_zone("fe80::1%4711");
		ck_assert_str_eq(written(4711), "fe80::1%04711");
	}
}

/* How often the system is asked. */
static const struct cost {
	const char *text;
	int questions;
} costs[] = {
	{"fe80::1", 0},
	{"fe80::1%01", 0},
	{"fe80::1%abcdefghijklmnop", IF_NAMESIZE > 16},
	{"fe80::1%4294967296abcdef", IF_NAMESIZE > 16},
	{"fe80::1%lo", 1},
	{"fe80::1%nosuch", 1},
	{"fe80::1%4711", 1},
	{"[fe80::1%01]:53", 0},
	{"[fe80::1%lo]:53", 1},
};

TABLE_TEST(a_zone_costs_one_question_at_most, x, costs, nothing_missing)
{
	need(HAVE_IF_INDEXTONAME);
	count_calls();
	scan_ip6if(x->text, NULL, NULL);
	scan_ip6ifport(x->text, NULL, NULL, NULL);
	ck_assert_int_eq(all_calls(), x->questions);
}

TEST(an_index_costs_one_question_and_one_more_without_a_name)
{
	char text[IP6IF_FMT];
	uint32_t lo;

	need(HAVE_IF_INDEXTONAME);
	need_net();
	lo = net_index(LO);
	count_calls();
	fmt_ip6if(text, ip6("fe80::1"), 0);
	ck_assert_int_eq(all_calls(), 0);
	fmt_ip6if(text, ip6("fe80::1"), lo);
	ck_assert_int_eq(all_calls(), 1);
	fmt_ip6if(text, ip6("fe80::1"), 4711);
	ck_assert_int_eq(all_calls(), 3);
}

TEST(a_name_that_is_a_number_comes_before_the_index)
{
	uint32_t index;

	need_names();
	need_pair();
	index = interface("4711");
	ck_assert_uint_ne(index, 4711);
	assert_zone("fe80::1%4711", index);
	ck_assert_str_eq(written(index), "fe80::1%4711");
}

TEST(a_name_of_16_bytes_is_unknown)
{
	need_pair();
	interface("abcdefghijklmno");
	assert_no_zone("fe80::1%abcdefghijklmnop");
	assert_no_zone("fe80::1%abcdefghijklmno0");
}

/* RFC 4007 section 11.2: non-negative decimal integers, 0 the default zone. */
TEST(a_decimal_zone_is_an_index_taken_as_it_is)
{
	assert_zone("fe80::1%0", 0);
	assert_zone("fe80::1%1", 1);
	assert_zone("fe80::1%12345", 12345);
	assert_zone("fe80::1%007", 7);
	assert_zone("fe80::1%4294967295", UINT32_MAX);
	assert_zone("fe80::1%00000000000000000005", 5);
}

TEST(an_index_above_32_bits_is_no_zone)
{
	assert_no_zone("fe80::1%4294967296");
	assert_no_zone("fe80::1%4294967297");
	assert_no_zone("fe80::1%18446744073709551617");
	assert_no_zone("fe80::1%99999999999999999999999999999999999999");
}

TEST(an_unknown_or_empty_zone_is_not_read)
{
	assert_no_zone("fe80::1%");
	assert_no_zone("fe80::1%%");
	assert_no_zone("fe80::1% lo");
	assert_no_zone("fe80::1%]");
	assert_no_zone("fe80::1%nosuch");
	assert_no_zone("fe80::1%12x");
	assert_no_zone("fe80::1%-1");
	assert_no_zone("fe80::1%0x1");
	assert_no_zone("fe80::1%1.0");
	assert_no_zone("fe80::1%\xe9");
}

TEST(an_index_without_a_name_is_written_as_a_number)
{
	ck_assert_str_eq(written(99999), "fe80::1%99999");
	ck_assert_str_eq(written(100000), "fe80::1%100000");
	ck_assert_str_eq(written(4294967295), "fe80::1%4294967295");
	ck_assert_str_eq(written(0), "fe80::1");
}

/* RFC 6874 had %25 for the % of a zone in a URI, until RFC 9844. */
TEST(percent_encoding_is_not_undone)
{
	need_pair();
	interface("en1");
	assert_no_zone("fe80::1%25en1");
	assert_zone("fe80::1%25", 25);
}

/* RFC 4007 sections 11.2, 11.3 and 11.7. */
TEST(the_addresses_of_rfc_4007_are_read)
{
	static const struct reading readings[] = {
		WHOLE("fe80::1234%1", "fe80::1234%lo"),
		SAME("ff02::5678%5"),
		SAME("ff08::9abc%10"),
		{"fe80::%5/64", "fe80::%5", "fe80::%5"},
		WHOLE("::1%0", "::1"),
		END,
	};

	need_names();
	need_net();
	if (net_index(LO) != 1)
		skip("lo is not the first interface");
	assert_readings(&zone, readings);
}

TEST(without_a_zone_the_scope_id_is_0)
{
	static const struct reading readings[] = {
		SAME("::1"),
		SAME("fe80::1"),
		{"fe80::1 %lo", "fe80::1", "fe80::1"},
		{"::1]:80", "::1", "::1"},
		{":::", "::", "::"},
		SAME("1::%4000000000"),
		WHOLE("192.0.2.1", "::ffff:192.0.2.1"),
		WHOLE("192.0.2.1%4000000000", "::ffff:192.0.2.1%4000000000"),
		NOTHING(""),
		NOTHING("%lo"),
		NOTHING("1.2.3.456"),
		NOTHING("12345::%lo"),
		END,
	};

	assert_readings(&zone, readings);
}

TEST(fmt_ip6ifc_writes_ipv4_without_a_zone)
{
	static const struct reading readings[] = {
		SAME("192.0.2.1"),
		WHOLE("::ffff:192.0.2.1%4000000000", "192.0.2.1"),
		SAME("::1"),
		SAME("fe80::1%4000000000"),
		END,
	};

	assert_readings(&zonec, readings);
}

CASE("port")

/* RFC 5952 section 6, and a dotted quad as in any URI. */
TEST(a_port_follows_brackets_or_a_dotted_quad)
{
	static const struct reading readings[] = {
		SAME("[2001:db8::1]:80"),
		SAME("[::1]:53"),
		SAME("[::]:0"),
		SAME("[fe80::1%4000000000]:443"),
		SAME("192.0.2.1:80"),
		SAME("0.0.0.0:1"),
		SAME("[::1]:65535"),
		WHOLE("[::ffff:192.0.2.1]:80", "192.0.2.1:80"),
		WHOLE("[::ffff:192.0.2.1%7]:80", "192.0.2.1:80"),
		{"[::1]:80/index", "[::1]:80", "[::1]:80"},
		{"[::1]:80:90", "[::1]:80", "[::1]:80"},
		{"192.0.2.1:80x", "192.0.2.1:80", "192.0.2.1:80"},
		END,
	};

	assert_readings(&port, readings);
}

TEST(without_brackets_or_a_port_nothing_is_read)
{
	static const char *const texts[] = {
		"",
		"[",
		"[]",
		"[]:80",
		"[:80",
		":80",
		"80",
		"::1",
		"::1:80",
		"[::1]",
		"[::1]:",
		"[::1] :80",
		"[::1]: 80",
		"[::1]80",
		"[::1:80",
		"::1]:80",
		"[[::1]]:80",
		"[::1x]:80",
		"[ ::1]:80",
		"[12345::]:80",
		"[1.2.3.4]:80",
		"[1.2.3.4%7]:80",
		"[fe80::1%]:80",
		"[fe80::1%nosuch]:80",
		"fe80::1%7:80",
		"1.2.3.4",
		"1.2.3.4:",
		"1.2.3.4%7:80",
		"1.2.3.456:80",
		"1.2.3:80",
		"localhost:80",
		NULL,
	};

	assert_unread(&port, texts);
}

TEST(a_port_is_at_most_65535_without_leading_zeros)
{
	static const char *const texts[] = {
		"[::1]:65536",
		"[::1]:65540",
		"[::1]:99999",
		"[::1]:100000",
		"[::1]:4294967376",
		"[::1]:18446744073709551696",
		"[::1]:00",
		"[::1]:080",
		"[::1]:00080",
		"1.2.3.4:65536",
		"1.2.3.4:080",
		"1.2.3.4:00",
		"[::1]:-1",
		"[::1]:+80",
		"[::1]:0x50",
		"[::1]:http",
		NULL,
	};
	struct socket_addr6 a;

	/* 0x50 is 0, and then something else. */
	for (int i = 0; texts[i]; i++)
		ck_assert_msg(scanned(&port, texts[i], (char *)&a) ==
				      (strchr(texts[i], 'x') ? 7 : 0),
			      "\"%s\" is read", texts[i]);
}

TEST(every_port_reads_back)
{
	struct socket_addr6 a = {.scope_id = 0};
	char text[32];

	memcpy(a.ip, ip6("::1"), 16);
	for (unsigned int n = 0; n < 65536; n++) {
		a.port = (uint16_t)n;
		snprintf(text, sizeof text, "[::1]:%u", n);
		if (strcmp(formatted(&port, (char *)&a), text) != 0)
			ck_abort_msg("not %s", text);
		assert_reads_back(&port, (char *)&a);
	}
}

CASE("both")

TEST(each_null_output_alone_is_discarded)
{
	static const char text[] = "[fe80::1%7]:80";
	char ip[16];
	uint16_t n = 0;
	uint32_t id = 0;

	assert_gives(14, scan_ip6ifport(text, NULL, &n, &id));
	ck_assert(n == 80 && id == 7);
	assert_gives(14, scan_ip6ifport(text, ip, NULL, NULL));
	ck_assert_mem_eq(ip, ip6("fe80::1"), 16);
	assert_gives(9, scan_ip6if("fe80::2%8", ip, NULL));
	ck_assert_mem_eq(ip, ip6("fe80::2"), 16);
	assert_gives(9, scan_ip6if("fe80::2%8", NULL, &id));
	ck_assert(id == 8);
}

/* lo, an interface with a long name, none, or an index without a name. */
TEST(any_address_with_zone_and_port_reads_back)
{
	struct socket_addr6 a = {.scope_id = 0};
	uint32_t ids[4] = {0, 0, 1000000, 4294967295};

	need_pair();
	ids[1] = interface("abcdefghijklmno");
	load_no_modules();
	for (int i = 0; i < 1000; i++) {
		any_ip6(a.ip);
		a.scope_id = ids[any(4)];
		a.port = 0;
		assert_reads_back(&zone, (char *)&a);
		a.port = (uint16_t)any(65536);
		if (ip6_isv4mapped(a.ip))
			a.scope_id = 0;
		assert_reads_back(&port, (char *)&a);
		a.port = 0;
		assert_reads_back(&zonec, (char *)&a);
	}
}

/*
 * An independent reading of what stands behind an address: by the bytes of
 * which a zone has none.
 */
static size_t expected_zone_id(const char *text, uint32_t *id)
{
	size_t len = scan_ip6(text, NULL);
	size_t run;
	char name[64];
	const char *end = name;
	unsigned long long n;

	*id = 0;
	if (len == 0 || text[len++] != '%')
		return len ? len - 1 : 0;
	run = strcspn(text + len, "\t\n\r !\"#$%&'()*,/:;<=>?@[\\]^`{|}");
	if (run == 0 || text[len + run] == '@' || text[len + run] == '=')
		return 0;
	snprintf(name, sizeof name, "%.*s", (int)run, text + len);
	end += strspn(name, "0123456789");
	n = strtoull(name, NULL, 10);
	if (run < IF_NAMESIZE && (*end || run == 1 || name[0] != '0'))
		*id = if_nametoindex(name);
	if (*id == 0 && (*end || end == name || n > UINT32_MAX))
		return 0;
	if (*id == 0)
		*id = (uint32_t)n;
	return len + run;
}

static size_t expected_zone(const char *text)
{
	uint32_t id;

	return expected_zone_id(text, &id);
}

static void check_zone_text(const char *text)
{
	struct socket_addr6 a;
	size_t len = scanned(&zone, text, (char *)&a);

	if (len != expected_zone(text))
		ck_abort_msg("\"%s\": %zu", text, len);
}

CASE("zone")

TEST(every_short_zone_is_read_by_the_grammar)
{
	static const char *const pieces[] = {"::", "1", "%", "lo",
					     ".",  "0", "@", NULL};

	need_names();
	load_no_modules();
	each_text(pieces, 6, check_zone_text);
}

/* An independent reading of brackets and a port. */
static size_t expected_port(const char *text)
{
	int brackets = text[0] == '[';
	const char *end = strchr(text, brackets ? ']' : ':');
	size_t host = brackets ? expected_zone(text + 1) : scan_ip4(text, NULL);
	size_t digits;

	if (!end || host == 0 || text + brackets + host != end ||
	    (brackets && scan_ip4(text + 1, NULL) > 0))
		return 0;
	end += brackets;
	if (*end != ':')
		return 0;
	digits = strspn(++end, "0123456789");
	if (digits == 0 || atol(end) > 65535 || (digits > 1 && *end == '0'))
		return 0;
	return (size_t)(end - text) + digits;
}

static void check_port_text(const char *text)
{
	struct socket_addr6 a;
	size_t len = scanned(&port, text, (char *)&a);

	if (len != expected_port(text))
		ck_abort_msg("\"%s\": %zu", text, len);
}

CASE("port")

TEST(every_short_text_is_read_by_the_grammar)
{
	static const char *const pieces[] = {"[",   "::1", "1.2.3.4", "%lo",
					     "%10", "]",   "]:",      ":",
					     "0",   "65",  "=",	      NULL};

	need_names();
	load_no_modules();
	each_text(pieces, 5, check_port_text);
}

/* ---- interfaces whose names are meant to deceive ---- */

enum { PAIRS = 8, ALTERNATIVES = 8, NAMES = 2 * PAIRS + ALTERNATIVES };

static char names[NAMES][IF_NAMESIZE];

static int is_taken(const char *name)
{
	int taken = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;

	for (int i = 0; i < NAMES; i++)
		taken |= name != names[i] && strcmp(name, names[i]) == 0;
	return taken;
}

/* An alternative name may have a % and a colon as well. */
static const char *const pieces[] = {
	"veth", "b", "eth0", ".", "100", "wg", "+",    "1",	   "0", "05",
	"-",	"_", "~",    "@", "=",	 ",",  ";",    "#",	   "[", "]",
	"\"",	"<", "&",    "*", "$",	 "!",  "\351", "\303\274", "%", ":",
};

enum { PIECES = LENGTH(pieces), SEEDS = 8 };

/* Up to three pieces, and numbers that are near the indices. */
static void any_name(char *name, unsigned int pieces_in_use)
{
	char text[32];

	do {
		text[0] = 0;
		for (unsigned int i = any(3) + 1; i > 0; i--)
			strcat(text, any(2) ? pieces[any(pieces_in_use)]
					    : decimal(any(2 * PAIRS + 4)));
		snprintf(name, IF_NAMESIZE, "%.15s", text);
	} while (is_taken(name));
}

static void make_interfaces(void)
{
	for (int i = 0; i < 2 * PAIRS; i += 2) {
		any_name(names[i], PIECES - 2);
		any_name(names[i + 1], PIECES - 2);
		net_do("ip link add name '%s' type veth peer name '%s'",
		       names[i], names[i + 1]);
	}
	for (int i = 2 * PAIRS; i < NAMES; i++) {
		any_name(names[i], PIECES);
		alternative(names[any(2 * PAIRS)], names[i]);
	}
}

static void check_index(unsigned int start, uint32_t index)
{
	const char *text = written(index);
	struct socket_addr6 a;

	if (scanned(&zone, text, (char *)&a) != strlen(text) ||
	    a.scope_id != index)
		ck_abort_msg("SOCKET6_SEED=%u: %u is written \"%s\"", start,
			     index, text);
}

/* A name, with something behind it, is what the oracle says, or nothing. */
static void check_name(unsigned int start, const char *name)
{
	static const char *const ends[] = {"", "@", "=", ",", "]", "+", "0"};
	struct socket_addr6 a = {.scope_id = 0};
	char text[IP6IF_FMT];
	uint32_t id;

	for (size_t i = 0; i < LENGTH(ends); i++) {
		snprintf(text, sizeof text, "fe80::1%%%.15s%s", name, ends[i]);
		if (scanned(&zone, text, (char *)&a) !=
			    expected_zone_id(text, &id) ||
		    a.scope_id != id)
			ck_abort_msg("SOCKET6_SEED=%u: \"%s\" is read as %u",
				     start, text, a.scope_id);
		a.scope_id = 0;
	}
}

CASE("interfaces")

/* Which interfaces there are is told by the seed; see check_dial_sim.c. */
LOOP_TEST(any_interfaces_are_written_and_read_back,
	  getenv("SOCKET6_SEED") ? 1 : SEEDS)
{
	const char *seed_text = getenv("SOCKET6_SEED");
	unsigned int start = (unsigned int)_i;

	need_names();
	need_pair();
	if (seed_text)
		start = (unsigned int)strtoul(seed_text, NULL, 10);
	seed(start);
	make_interfaces();
	load_no_modules();
	for (uint32_t index = 1; index < 100; index++)
		check_index(start, index);
	for (int i = 0; i < NAMES; i++) {
		check_name(start, names[i]);
		check_index(start, (uint32_t)strtoul(names[i], NULL, 10));
	}
}

CASE("both")

TEST(spoilt_text_never_reads_or_writes_elsewhere)
{
	struct socket_addr6 a = {.scope_id = 0};
	char text[96];

	load_no_modules();
	for (int i = tries(20000); i > 0; i--) {
		any_ip6(a.ip);
		a.scope_id = any(32) == 0;
		a.port = (uint16_t)any(65536);
		strcpy(text, formatted(&port, (char *)&a));
		spoil(text, sizeof text, (int)any(5));
		scanned(&port, text, (char *)&a);
		scanned(&zone, text + any(2), (char *)&a);
	}
}

TEST(the_longest_text_fits_its_constant)
{
	struct socket_addr6 a = {.port = 65535};

	need_names();
	need_pair();
	memset(a.ip, -1, 16);
	a.scope_id = interface("abcdefghijklmno");
	assert_gives(55, strlen(formatted(&zone, (char *)&a)));
	assert_gives(55, strlen(formatted(&zonec, (char *)&a)));
	assert_gives(63, strlen(formatted(&port, (char *)&a)));
	allow_no_descriptors();
	a.scope_id = 4294967295;
	assert_gives(51, strlen(formatted(&zone, (char *)&a)));
	ck_assert_int_eq(IP6IF_FMT, 72);
	ck_assert_int_eq(IP6IFPORT_FMT, 80);
}

TEST(errno_stays_as_it_is)
{
	char ip[16], text[IP6IFPORT_FMT];

	errno = EDOM;
	scan_ip6if("fe80::1%nosuch", ip, NULL);
	scan_ip6if("fe80::1%99999", ip, NULL);
	scan_ip6if("fe80::1%lo", ip, NULL);
	fmt_ip6if(text, V6loopback, 99999);
	fmt_ip6ifc(text, V6loopback, 1);
	fmt_ip6ifport(text, V6loopback, 80, 99999);
	ck_assert_int_eq(errno, EDOM);
}

TEST(errno_stays_when_nothing_can_be_asked)
{
	char ip[16], text[IP6IFPORT_FMT];

	need_net();
	allow_no_descriptors();
	errno = EDOM;
	scan_ip6if("fe80::1%lo", ip, NULL);
	scan_ip6ifport("[fe80::1%1]:80", ip, NULL, NULL);
	fmt_ip6if(text, V6loopback, 1);
	ck_assert_int_eq(errno, EDOM);
}

#include "check_zone.list"
