/* SPDX-License-Identifier: ISC */
/* check_ip6.c - the text of an IPv6 address. */
#include "fixture.h"
#include "platform.h"
#include "suite.h"
#include "text.h"

#include <ctype.h>
#include <socket6.h>
#include <stdio.h>

static const struct form plain = {scan_ip6, fmt_ip6, 16, IP6_FMT};
static const struct form compact = {scan_ip6, fmt_ip6c, 16, IP6_FMT};
static const struct form flat = {scan_ip6_flat, fmt_ip6_flat, 16, IP6_FMT};

CASE("RFC")

/* RFC 4291 section 2.2. */
TEST(the_addresses_of_rfc_4291_are_read)
{
	static const struct reading readings[] = {
		WHOLE("ABCD:EF01:2345:6789:ABCD:EF01:2345:6789",
		      "abcd:ef01:2345:6789:abcd:ef01:2345:6789"),
		WHOLE("2001:DB8:0:0:8:800:200C:417A",
		      "2001:db8::8:800:200c:417a"),
		WHOLE("FF01:0:0:0:0:0:0:101", "ff01::101"),
		WHOLE("0:0:0:0:0:0:0:1", "::1"),
		WHOLE("0:0:0:0:0:0:0:0", "::"),
		WHOLE("2001:DB8::8:800:200C:417A", "2001:db8::8:800:200c:417a"),
		WHOLE("FF01::101", "ff01::101"),
		SAME("::1"),
		SAME("::"),
		WHOLE("0:0:0:0:0:0:13.1.68.3", "::d01:4403"),
		WHOLE("0:0:0:0:0:FFFF:129.144.52.38", "::ffff:129.144.52.38"),
		WHOLE("::13.1.68.3", "::d01:4403"),
		WHOLE("::FFFF:129.144.52.38", "::ffff:129.144.52.38"),
		END,
	};

	assert_readings(&plain, readings);
}

/* RFC 4291 section 2.3: right and wrong ways to write a prefix. */
TEST(a_prefix_is_read_up_to_its_slash)
{
	static const struct reading readings[] = {
		{"2001:0DB8:0000:CD30:0000:0000:0000:0000/60",
		 "2001:0DB8:0000:CD30:0000:0000:0000:0000",
		 "2001:db8:0:cd30::"},
		{"2001:0DB8::CD30:0:0:0:0/60", "2001:0DB8::CD30:0:0:0:0",
		 "2001:db8:0:cd30::"},
		{"2001:0DB8:0:CD30::/60",
		 "2001:0DB8:0:CD30::", "2001:db8:0:cd30::"},
		NOTHING("2001:0DB8:0:CD3/60"),
		{"2001:0DB8::CD30/60", "2001:0DB8::CD30", "2001:db8::cd30"},
		{"2001:0DB8::CD3/60", "2001:0DB8::CD3", "2001:db8::cd3"},
		{"::/0", "::", "::"},
		END,
	};

	assert_readings(&plain, readings);
}

/* RFC 5952 sections 1 and 2: many texts of one address. */
TEST(the_many_texts_of_an_address_are_written_as_one)
{
	static const struct reading readings[] = {
		WHOLE("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
		WHOLE("2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
		SAME("2001:db8::1:0:0:1"),
		WHOLE("2001:db8::0:1:0:0:1", "2001:db8::1:0:0:1"),
		WHOLE("2001:0db8::1:0:0:1", "2001:db8::1:0:0:1"),
		WHOLE("2001:db8:0:0:1::1", "2001:db8::1:0:0:1"),
		WHOLE("2001:db8:0000:0:1::1", "2001:db8::1:0:0:1"),
		WHOLE("2001:DB8:0:0:1::1", "2001:db8::1:0:0:1"),
		/* 2.1 */
		WHOLE("2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001",
		      "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"),
		WHOLE("2001:db8:aaaa:bbbb:cccc:dddd:eeee:001",
		      "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"),
		WHOLE("2001:db8:aaaa:bbbb:cccc:dddd:eeee:01",
		      "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"),
		SAME("2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"),
		/* 2.2 */
		WHOLE("2001:db8:aaaa:bbbb:cccc:dddd::1",
		      "2001:db8:aaaa:bbbb:cccc:dddd:0:1"),
		SAME("2001:db8:aaaa:bbbb:cccc:dddd:0:1"),
		WHOLE("2001:db8:0:0:0::1", "2001:db8::1"),
		WHOLE("2001:db8:0:0::1", "2001:db8::1"),
		WHOLE("2001:db8:0::1", "2001:db8::1"),
		SAME("2001:db8::1"),
		SAME("2001:db8::aaaa:0:0:1"),
		WHOLE("2001:db8:0:0:aaaa::1", "2001:db8::aaaa:0:0:1"),
		/* 2.3 */
		SAME("2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"),
		WHOLE("2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA",
		      "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"),
		WHOLE("2001:db8:aaaa:bbbb:cccc:dddd:eeee:AaAa",
		      "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"),
		END,
	};

	assert_readings(&plain, readings);
}

/* RFC 5952 section 4.1. */
TEST(a_group_is_written_without_leading_zeros)
{
	static const struct reading readings[] = {
		WHOLE("2001:0db8::0001", "2001:db8::1"),
		WHOLE("0f:00f:000f:1:01:001:0001:0010", "f:f:f:1:1:1:1:10"),
		SAME("0:1:2:3:4:5:6:7"),
		SAME("10:100:1000:ff:fff:ffff:1:f"),
		END,
	};

	assert_readings(&plain, readings);
}

/* RFC 5952 section 4.2.1. */
TEST(two_colons_stand_for_a_run_as_long_as_can_be)
{
	static const struct reading readings[] = {
		WHOLE("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"),
		WHOLE("2001:db8::0:1", "2001:db8::1"),
		WHOLE("1:0:0::", "1::"),
		WHOLE("::0:0:1", "::1"),
		WHOLE("1:0:0:0:0:0:0:1", "1::1"),
		END,
	};

	assert_readings(&plain, readings);
}

/* RFC 5952 section 4.2.2. */
TEST(two_colons_never_stand_for_one_group)
{
	static const struct reading readings[] = {
		SAME("2001:db8:0:1:1:1:1:1"),
		WHOLE("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
		WHOLE("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
		WHOLE("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
		SAME("0:2:0:4:0:6:0:8"),
		SAME("1:0:3:0:5:0:7:0"),
		END,
	};

	assert_readings(&plain, readings);
}

/* RFC 5952 section 4.2.3. */
TEST(two_colons_stand_for_the_first_longest_run)
{
	static const struct reading readings[] = {
		WHOLE("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
		WHOLE("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
		WHOLE("0:0:1:0:0:1:0:0", "::1:0:0:1:0:0"),
		WHOLE("1:0:0:1:0:0:0:0", "1:0:0:1::"),
		WHOLE("0:0:0:1:0:0:0:0", "0:0:0:1::"),
		WHOLE("0:0:0:1:1:0:0:0", "::1:1:0:0:0"),
		WHOLE("1:0:0:0:1:0:0:0", "1::1:0:0:0"),
		WHOLE("0:1:0:0:1:0:0:0", "0:1:0:0:1::"),
		END,
	};

	assert_readings(&plain, readings);
}

/* RFC 5952 section 4.3. */
TEST(hexadecimal_digits_are_written_in_lower_case)
{
	static const struct reading readings[] = {
		WHOLE("ABCD:EF::FEDC:BA", "abcd:ef::fedc:ba"),
		END,
	};

	assert_readings(&plain, readings);
}

/* RFC 5952 section 5. */
TEST(a_v4_mapped_address_is_written_with_dots)
{
	static const struct reading readings[] = {
		SAME("::ffff:192.0.2.1"),
		WHOLE("0:0:0:0:0:ffff:192.0.2.1", "::ffff:192.0.2.1"),
		WHOLE("::ffff:c000:201", "::ffff:192.0.2.1"),
		WHOLE("::ffff:0:0", "::ffff:0.0.0.0"),
		SAME("::ffff:255.255.255.255"),
		/* RFC 2765, 6052, 4291 section 2.5.5.1: not v4-mapped. */
		WHOLE("::ffff:0:192.0.2.1", "::ffff:0:c000:201"),
		WHOLE("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
		WHOLE("::fffe:192.0.2.1", "::fffe:c000:201"),
		WHOLE("1::ffff:192.0.2.1", "1::ffff:c000:201"),
		END,
	};

	assert_readings(&plain, readings);
}

CASE("fmt")

/* RFC 4291 section 2.5.5.1 deprecates the form; glibc writes ::1.2.3.4. */
TEST(a_v4_compatible_address_is_written_without_dots)
{
	static const struct reading readings[] = {
		WHOLE("::1.2.3.4", "::102:304"),
		WHOLE("::0.0.0.1", "::1"),
		WHOLE("::0.1.0.0", "::1:0"),
		WHOLE("::255.255.255.255", "::ffff:ffff"),
		END,
	};

	assert_readings(&plain, readings);
}

TEST(fmt_ip6c_writes_a_v4_mapped_address_as_ipv4)
{
	static const struct reading readings[] = {
		SAME("192.0.2.1"),
		WHOLE("::ffff:192.0.2.1", "192.0.2.1"),
		WHOLE("::ffff:0:0", "0.0.0.0"),
		WHOLE("::ffff:ffff:ffff", "255.255.255.255"),
		WHOLE("::1.2.3.4", "::102:304"),
		SAME("::1"),
		END,
	};

	assert_readings(&compact, readings);
}

CASE("scan")

/* As libowfat does, so that what fmt_ip6c writes can be read. */
TEST(a_dotted_quad_alone_is_read_as_v4_mapped)
{
	static const struct reading readings[] = {
		WHOLE("192.0.2.1", "::ffff:192.0.2.1"),
		{"192.0.2.1:80", "192.0.2.1", "::ffff:192.0.2.1"},
		{"192.0.2.1.5", "192.0.2.1", "::ffff:192.0.2.1"},
		{"192.0.2.1::", "192.0.2.1", "::ffff:192.0.2.1"},
		NOTHING("192.0.2"),
		NOTHING("192.0.2.256"),
		END,
	};

	assert_readings(&plain, readings);
}

TEST(the_longest_address_at_the_start_is_read)
{
	static const struct reading readings[] = {
		{"1:2:3:4:5:6:7::8", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
		{"::1:2:3:4:5:6:7:8", "::1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"},
		{"1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
		{"1:2:3:4:5:6:7:8::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
		{"1:2:3:4:5:6:7:8:", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
		{":::", "::", "::"},
		{"::::", "::", "::"},
		{"::1:", "::1", "::1"},
		{"::1::", "::1", "::1"},
		{"::1::2", "::1", "::1"},
		{"1::2::3", "1::2", "1::2"},
		{"1:::2", "1::", "1::"},
		{"::g", "::", "::"},
		{"::1g", "::1", "::1"},
		{"::1%lo", "::1", "::1"},
		{"::1 ", "::1", "::1"},
		{"::1]:80", "::1", "::1"},
		{"::\xff", "::", "::"},
		END,
	};

	assert_readings(&plain, readings);
}

TEST(a_dotted_quad_is_the_last_two_groups_alone)
{
	static const struct reading readings[] = {
		WHOLE("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a"),
		WHOLE("::2:3:4:5:6:7.8.9.10", "0:2:3:4:5:6:708:90a"),
		WHOLE("1:2:3:4:5::7.8.9.10", "1:2:3:4:5:0:708:90a"),
		{"1:2:3:4:5:6:7:8.9.10.11", "1:2:3:4:5:6:7:8",
		 "1:2:3:4:5:6:7:8"},
		{"::1:2:3:4:5:6:7.8.9.10", "::1:2:3:4:5:6:7",
		 "0:1:2:3:4:5:6:7"},
		{"1:2:3:4:5:6::7.8.9.10", "1:2:3:4:5:6::7", "1:2:3:4:5:6:0:7"},
		NOTHING("1:2:3:4:5:7.8.9.10"),
		NOTHING("1:2.3.4.5"),
		{"::1.2.3.4:5", "::1.2.3.4", "::102:304"},
		{"::1.2.3.4::", "::1.2.3.4", "::102:304"},
		{"::1.2.3.4.5", "::1.2.3.4", "::102:304"},
		{"::1.2.3.4a", "::1.2.3.4", "::102:304"},
		{"::1.2.3", "::1", "::1"},
		{"::a.2.3.4", "::a", "::a"},
		{"1.2.3.4::", "1.2.3.4", "::ffff:1.2.3.4"},
		END,
	};

	assert_readings(&plain, readings);
}

TEST(a_run_of_digits_is_never_cut)
{
	static const struct reading readings[] = {
		NOTHING("12345::"),
		NOTHING("0000000001::"),
		NOTHING("00000::"),
		{"::12345", "::", "::"},
		{"::00001", "::", "::"},
		{"::1:12345", "::1", "::1"},
		{"1::12345", "1::", "1::"},
		NOTHING("1:2:3:4:5:6:7:12345"),
		{"1:2:3:4:5:6:7::12345", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
		{"::ffff:1.2.3.456", "::ffff:1", "::ffff:1"},
		{"::ffff:1.2.3.04", "::ffff:1", "::ffff:1"},
		{"::ffff:01.2.3.4", "::ffff:01", "::ffff:1"},
		{"::ffff:256.2.3.4", "::ffff:256", "::ffff:256"},
		{"::ffff:12345.2.3.4", "::ffff", "::ffff"},
		NOTHING("1:2:3:4:5:6:7.8.9.456"),
		NOTHING("1.2.3.456"),
		END,
	};

	assert_readings(&plain, readings);
}

TEST(what_is_no_address_is_not_read)
{
	static const char *const texts[] = {
		"",
		":",
		":1",
		":7::2",
		":1::",
		"1",
		"1:",
		"1:2",
		"1:2:3:4",
		"1:2:3:4:5:6",
		"g::",
		" ::",
		"-::",
		"[::1]",
		"%lo",
		"x",
		"\xff",
		"1.",
		".",
		"0x1::",
		"1 ::",
		":.",
		":1.2.3.4",
		"1:2:3:4:5:6:7",
		"1:2:3:4:5:6:7:",
		"1:2:3:4:5:6:7:g",
		"localhost",
		"dead",
		"beef.example",
		NULL,
	};

	assert_unread(&plain, texts);
}

TEST(thirty_two_digits_are_the_flat_form)
{
	static const struct reading readings[] = {
		SAME("20010db8000000000000000000000001"),
		WHOLE("0123456789abcdefFEDCBA9876543210",
		      "0123456789abcdeffedcba9876543210"),
		{"00000000000000000000000000000000g",
		 "00000000000000000000000000000000",
		 "00000000000000000000000000000000"},
		{"00000000000000000000000000000000:",
		 "00000000000000000000000000000000",
		 "00000000000000000000000000000000"},
		{"000000000000000000000000000000001",
		 "00000000000000000000000000000000",
		 "00000000000000000000000000000000"},
		{"20010db800000000000000000000000180", /* /128 */
		 "20010db8000000000000000000000001",
		 "20010db8000000000000000000000001"},
		NOTHING("0000000000000000000000000000000"),
		NOTHING("000000000000000000000000000000g0"),
		NOTHING("0000000000000000000000000000000g"),
		NOTHING("2001:db8::1"),
		NOTHING(""),
		NOTHING("0"),
		END,
	};

	assert_readings(&flat, readings);
}

static int is_ip6(const char *text)
{
	return read_ip6(text, (char[16]){0});
}

static int ends_no_digits(const char *beginning, char next)
{
	unsigned char last = (unsigned char)beginning[strlen(beginning) - 1];

	if (strchr(beginning, '.'))
		return !isdigit((unsigned char)next);
	return !isxdigit(last) || !isxdigit((unsigned char)next);
}

static void check_text(const char *text)
{
	char ip[16], expected_ip[16], beginning[128];
	size_t len = scanned(&plain, text, ip);
	size_t expected = longest(text, is_ip6, ends_no_digits);

	if (len != expected)
		ck_abort_msg("\"%s\": %zu, not %zu", text, len, expected);
	snprintf(beginning, sizeof beginning, "%.*s", (int)len, text);
	if (len > 0 && (!read_ip6(beginning, expected_ip) ||
			memcmp(ip, expected_ip, 16) != 0))
		ck_abort_msg("\"%s\": other bytes are read", beginning);
}

TEST(every_short_text_is_read_by_the_grammar)
{
	static const char *const bytes[] = {"1", "f", "0", ":", ".", "%", NULL};

	each_text(bytes, 7, check_text);
}

TEST(every_arrangement_is_read_by_the_grammar)
{
	static const char *const pieces[] = {"f:", ":", "1.2.3.4", NULL};

	each_text(pieces, 10, check_text);
}

/* Of random addresses; fewer where one takes long. */
enum { FEW_SEEDS = 2, SEEDS = 4, MANY_SEEDS = 6 };

static void any_spoilt(char *text, size_t room)
{
	char ip[16];

	any_ip6(ip);
	strcpy(text, written_ip6(ip));
	spoil(text, room, (int)any(4));
}

LOOP_TEST(spoilt_text_is_read_by_the_grammar, FEW_SEEDS)
{
	char text[64];

	seed((unsigned int)_i);
	for (int i = tries(25000); i > 0; i--) {
		any_spoilt(text, sizeof text);
		check_text(text);
	}
}

/* All of a text, for so many that a look for its beginnings takes too long. */
LOOP_TEST(spoilt_text_is_an_address_by_the_grammar, MANY_SEEDS)
{
	char ip[16], expected[16], text[64];

	seed((unsigned int)_i);
	for (int i = tries(125000); i > 0; i--) {
		any_spoilt(text, sizeof text);
		if ((scanned(&plain, text, ip) == strlen(text) && *text) !=
		    read_ip6(text, expected))
			ck_abort_msg("\"%s\": the grammar differs", text);
		if (read_ip6(text, expected) && memcmp(ip, expected, 16) != 0)
			ck_abort_msg("\"%s\": other bytes are read", text);
	}
}

CASE("fmt")

LOOP_TEST(any_address_is_written_by_rfc_5952, SEEDS)
{
	char ip[16];

	seed((unsigned int)_i);
	for (int i = tries(125000); i > 0; i--) {
		any_ip6(ip);
		if (strcmp(formatted(&plain, ip), written_ip6(ip)) != 0)
			ck_abort_msg("%s is %s", written_ip6(ip),
				     formatted(&plain, ip));
	}
}

LOOP_TEST(any_address_reads_back, SEEDS)
{
	char ip[16];

	seed((unsigned int)_i);
	for (int i = tries(62500); i > 0; i--) {
		any_ip6(ip);
		assert_reads_back(&plain, ip);
		assert_reads_back(&compact, ip);
		assert_reads_back(&flat, ip);
	}
}

/* Where the zero groups are decides all; here they are everywhere. */
TEST(zero_groups_anywhere_are_written_by_rfc_5952)
{
	char ip[16];

	for (int zeros = 1; zeros < 256; zeros++) {
		for (int i = 0; i < 16; i++)
			ip[i] = zeros & 1 << i / 2 ? 0 : 1;
		ck_assert_str_eq(formatted(&plain, ip), written_ip6(ip));
		assert_reads_back(&plain, ip);
	}
}

TEST(every_group_is_written_and_read_back)
{
	char ip[16] = {0}, text[16];

	for (unsigned int group = 1; group < 0x10000; group++) {
		ip[0] = (char)(group >> 8);
		ip[1] = (char)group;
		snprintf(text, sizeof text, "%x::", group);
		if (strcmp(formatted(&plain, ip), text) != 0)
			ck_abort_msg("%s is not %s", formatted(&plain, ip),
				     text);
		assert_reads_back(&plain, ip);
	}
}

TEST(the_longest_text_has_39_bytes)
{
	char ip[16];

	memset(ip, -1, 16);
	assert_gives(39, fmt_ip6(NULL, ip));
	assert_gives(39, fmt_ip6c(NULL, ip));
	assert_gives(32, fmt_ip6_flat(NULL, ip));
}

TEST(the_constants_are_libowfat_s)
{
	ck_assert_int_eq(IP6_FMT, 40);
	ck_assert_int_eq(FMT_IP6, 40);
	ck_assert_mem_eq(V6any, ip6("::"), 16);
	ck_assert_mem_eq(V6loopback, ip6("::1"), 16);
	ck_assert_mem_eq(V4mappedprefix, ip6("::ffff:0.0.0.0"), 12);
	ck_assert(ip6_isv4mapped(ip6("::ffff:1.2.3.4")));
	ck_assert(!ip6_isv4mapped(ip6("::1.2.3.4")));
}

#include "check_ip6.list"
