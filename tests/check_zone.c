/* SPDX-License-Identifier: ISC */
/* check_zone.c - text with zone and port. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
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

#define need_names()                                                           \
 do {                                                                          \
  if (!HAVE(HAVE_IF_INDEXTONAME) && !HAVE(HAVE_SIOCGIFNAME))                   \
   skip("no IF_INDEXTONAME, no SIOCGIFNAME");                                  \
 } while (0)

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

	net_do("ip link add name '%s' type veth peer name peer%d", name,
	       peers++);
	return net_index(name);
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

/* RFC 4007 section 11.2: a zone id may be a name. */
START_TEST(a_zone_is_the_name_of_an_interface)
{
	static const char *const names[] = {
		"eth0",
		"ne0",
		"pvc1.3",
		"interface10",
		"eth0.100",
		"wlan-0",
		"a~b",
		"a_b",
		"-._~",
		"A.z-0_9~",
		"abcdefghijklmno",
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
END_TEST

START_TEST(a_zone_is_the_longest_run_of_its_bytes)
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
END_TEST

START_TEST(a_zone_ends_at_any_other_byte)
{
	char text[32];
	struct socket_addr6 a;

	need_names();
	need_net();
	for (int byte = 1; byte < 256; byte++) {
		if ((byte < 128 && isalnum(byte)) || strchr("-._~", byte))
			continue;
		snprintf(text, sizeof text, "fe80::1%%lo%clo", byte);
		assert_gives(10, scanned(&zone, text, (char *)&a));
		ck_assert_uint_eq(a.scope_id, net_index(LO));
	}
}
END_TEST

START_TEST(a_name_that_is_no_zone_is_written_as_a_number)
{
	static const char *const names[] = {"a+b", "a,", "[a", "\xe9", NULL};
	char text[32];
	uint32_t index;

	need_pair();
	for (int i = 0; names[i]; i++) {
		index = interface(names[i]);
		snprintf(text, sizeof text, "fe80::1%%%u", index);
		ck_assert_str_eq(written(index), text);
		assert_zone(text, index);
	}
	assert_no_zone("fe80::1%a+b");
}
END_TEST

START_TEST(a_name_that_is_a_number_comes_before_the_index)
{
	uint32_t index;

	need_names();
	need_pair();
	index = interface("4711");
	ck_assert_uint_ne(index, 4711);
	assert_zone("fe80::1%4711", index);
	ck_assert_str_eq(written(index), "fe80::1%4711");
}
END_TEST

START_TEST(a_name_of_16_bytes_is_unknown)
{
	need_pair();
	interface("abcdefghijklmno");
	assert_no_zone("fe80::1%abcdefghijklmnop");
	assert_no_zone("fe80::1%abcdefghijklmno0");
}
END_TEST

/* RFC 4007 section 11.2: non-negative decimal integers, 0 the default zone. */
START_TEST(a_decimal_zone_is_an_index_taken_as_it_is)
{
	assert_zone("fe80::1%0", 0);
	assert_zone("fe80::1%1", 1);
	assert_zone("fe80::1%12345", 12345);
	assert_zone("fe80::1%007", 7);
	assert_zone("fe80::1%4294967295", UINT32_MAX);
	assert_zone("fe80::1%00000000000000000005", 5);
}
END_TEST

START_TEST(an_index_above_32_bits_is_no_zone)
{
	assert_no_zone("fe80::1%4294967296");
	assert_no_zone("fe80::1%4294967297");
	assert_no_zone("fe80::1%18446744073709551617");
	assert_no_zone("fe80::1%99999999999999999999999999999999999999");
}
END_TEST

START_TEST(an_unknown_or_empty_zone_is_not_read)
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
END_TEST

START_TEST(an_index_without_a_name_is_written_as_a_number)
{
	ck_assert_str_eq(written(99999), "fe80::1%99999");
	ck_assert_str_eq(written(100000), "fe80::1%100000");
	ck_assert_str_eq(written(4294967295), "fe80::1%4294967295");
	ck_assert_str_eq(written(0), "fe80::1");
}
END_TEST

/* RFC 6874 section 2: in a URI the % of a zone is %25. */
START_TEST(percent_encoding_is_not_undone)
{
	need_pair();
	interface("en1");
	assert_no_zone("fe80::1%25en1");
	assert_zone("fe80::1%25", 25);
}
END_TEST

/* RFC 4007 sections 11.2, 11.3 and 11.7. */
START_TEST(the_addresses_of_rfc_4007_are_read)
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
END_TEST

START_TEST(without_a_zone_the_scope_id_is_0)
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
END_TEST

START_TEST(fmt_ip6ifc_writes_ipv4_without_a_zone)
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
END_TEST

/* RFC 5952 section 6, and a dotted quad as in any URI. */
START_TEST(a_port_follows_brackets_or_a_dotted_quad)
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
END_TEST

START_TEST(without_brackets_or_a_port_nothing_is_read)
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
END_TEST

START_TEST(a_port_is_at_most_65535_without_leading_zeros)
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
END_TEST

START_TEST(every_port_reads_back)
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
END_TEST

START_TEST(each_null_output_alone_is_discarded)
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
END_TEST

/* lo, an interface with a long name, none, or an index without a name. */
START_TEST(any_address_with_zone_and_port_reads_back)
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
END_TEST

/* An independent reading of what stands behind an address. */
static size_t expected_zone(const char *text)
{
	size_t len = scan_ip6(text, NULL);
	size_t run;
	char name[64], *end;

	if (len == 0 || text[len] != '%')
		return len;
	run = strspn(text + len + 1, "lo01.");
	snprintf(name, sizeof name, "%.*s", (int)run, text + len + 1);
	strtoul(name, &end, 10);
	if (run == 0 || (*end && if_nametoindex(name) == 0))
		return 0;
	return len + 1 + run;
}

static void check_zone_text(const char *text)
{
	struct socket_addr6 a;
	size_t len = scanned(&zone, text, (char *)&a);

	if (len != expected_zone(text))
		ck_abort_msg("\"%s\": %zu", text, len);
}

START_TEST(every_short_zone_is_read_by_the_grammar)
{
	static const char *const pieces[] = {"::", "1", "%", "lo",
					     ".",  "0", "]", NULL};

	need_names();
	load_no_modules();
	each_text(pieces, 6, check_zone_text);
}
END_TEST

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

START_TEST(every_short_text_is_read_by_the_grammar)
{
	static const char *const pieces[] = {"[",   "::1", "1.2.3.4", "%lo",
					     "%10", "]",   "]:",      ":",
					     "0",   "65",  NULL};

	need_names();
	load_no_modules();
	each_text(pieces, 5, check_port_text);
}
END_TEST

START_TEST(spoilt_text_never_reads_or_writes_elsewhere)
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
END_TEST

START_TEST(the_longest_text_fits_its_constant)
{
	struct socket_addr6 a = {.port = 65535};

	need_names();
	need_pair();
	memset(a.ip, -1, 16);
	a.scope_id = interface("abcdefghijklmno");
	assert_gives(55, strlen(formatted(&zone, (char *)&a)));
	assert_gives(55, strlen(formatted(&zonec, (char *)&a)));
	assert_gives(63, strlen(formatted(&port, (char *)&a)));
	ck_assert_int_eq(IP6IF_FMT, 72);
	ck_assert_int_eq(IP6IFPORT_FMT, 80);
}
END_TEST

START_TEST(errno_stays_as_it_is)
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
END_TEST

int main(void)
{
	Suite *suite = suite_create("zone");
	TCase *scan = tcase_create("zone");
	TCase *ports = tcase_create("port");
	TCase *both = tcase_create("both");

	suite_add_tcase(suite, scan);
	tcase_add_test(scan, a_zone_is_the_name_of_an_interface);
	tcase_add_test(scan, a_zone_is_the_longest_run_of_its_bytes);
	tcase_add_test(scan, a_zone_ends_at_any_other_byte);
	tcase_add_test(scan, a_name_that_is_no_zone_is_written_as_a_number);
	tcase_add_test(scan, a_name_that_is_a_number_comes_before_the_index);
	tcase_add_test(scan, a_name_of_16_bytes_is_unknown);
	tcase_add_test(scan, a_decimal_zone_is_an_index_taken_as_it_is);
	tcase_add_test(scan, an_index_above_32_bits_is_no_zone);
	tcase_add_test(scan, an_unknown_or_empty_zone_is_not_read);
	tcase_add_test(scan, an_index_without_a_name_is_written_as_a_number);
	tcase_add_test(scan, percent_encoding_is_not_undone);
	tcase_add_test(scan, the_addresses_of_rfc_4007_are_read);
	tcase_add_test(scan, without_a_zone_the_scope_id_is_0);
	tcase_add_test(scan, fmt_ip6ifc_writes_ipv4_without_a_zone);
	tcase_add_test(scan, every_short_zone_is_read_by_the_grammar);
	suite_add_tcase(suite, ports);
	tcase_add_test(ports, a_port_follows_brackets_or_a_dotted_quad);
	tcase_add_test(ports, without_brackets_or_a_port_nothing_is_read);
	tcase_add_test(ports, a_port_is_at_most_65535_without_leading_zeros);
	tcase_add_test(ports, every_port_reads_back);
	tcase_add_test(ports, every_short_text_is_read_by_the_grammar);
	suite_add_tcase(suite, both);
	tcase_add_test(both, each_null_output_alone_is_discarded);
	tcase_add_test(both, any_address_with_zone_and_port_reads_back);
	tcase_add_test(both, spoilt_text_never_reads_or_writes_elsewhere);
	tcase_add_test(both, the_longest_text_fits_its_constant);
	tcase_add_test(both, errno_stays_as_it_is);
	return run(suite);
}
