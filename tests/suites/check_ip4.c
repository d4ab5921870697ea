/* SPDX-License-Identifier: ISC */
/* check_ip4.c - the text of an IPv4 address. */
#include "fixture.h"
#include "platform.h"
#include "suite.h"
#include "text.h"

#include <ctype.h>
#include <socket6.h>
#include <stdio.h>

static const struct form form = {scan_ip4, fmt_ip4, 4, IP4_FMT};

static int is_ip4(const char *text)
{
	return read_ip4(text, (char[4]){0});
}

static int ends_no_number(const char *beginning, char next)
{
	(void)beginning;
	return !isdigit((unsigned char)next);
}

static void check_text(const char *text)
{
	size_t expected = longest(text, is_ip4, ends_no_number);
	char ip[4], expected_ip[4], beginning[64];
	size_t len = scanned(&form, text, ip);

	if (len != expected)
		ck_abort_msg("\"%s\": %zu, not %zu", text, len, expected);
	snprintf(beginning, sizeof beginning, "%.*s", (int)len, text);
	if (len > 0 && (!read_ip4(beginning, expected_ip) ||
			memcmp(ip, expected_ip, 4) != 0))
		ck_abort_msg("\"%s\": other bytes are read", beginning);
}

/* Of random addresses. */
enum { SEEDS = 4 };

CASE("scan")

TEST(the_longest_address_at_the_start_is_read)
{
	static const struct reading readings[] = {
		SAME("192.0.2.1"),
		SAME("0.0.0.0"),
		SAME("255.255.255.255"),
		SAME("9.10.99.100"),
		{"1.2.3.4.5", "1.2.3.4", "1.2.3.4"},
		{"1.2.3.4.", "1.2.3.4", "1.2.3.4"},
		{"1.2.3.4:80", "1.2.3.4", "1.2.3.4"},
		{"1.2.3.4/24", "1.2.3.4", "1.2.3.4"},
		{"1.2.3.4a", "1.2.3.4", "1.2.3.4"},
		{"1.2.3.4 ", "1.2.3.4", "1.2.3.4"},
		END,
	};

	assert_readings(&form, readings);
}

TEST(what_is_no_dotted_quad_is_not_read)
{
	static const char *const texts[] = {
		"",	    ".",	"1",	    "1.2.3",	  "1.2.3.",
		"1..2.3",   ".1.2.3.4", " 1.2.3.4", "+1.2.3.4",	  "-1.2.3.4",
		"1.2.3.-4", "1. 2.3.4", "a.2.3.4",  "1.2.3.a",	  "0x1.2.3.4",
		"16909060", "1.2.772",	"::1",	    "\xb1.2.3.4", NULL,
	};

	assert_unread(&form, texts);
}

TEST(a_number_that_is_too_much_is_never_cut)
{
	static const char *const texts[] = {
		"1.2.3.456",
		"1.2.3.256",
		"1.2.3.1000",
		"256.1.1.1",
		"1.300.1.1",
		"1.2.3.00",
		"01.2.3.4",
		"1.2.3.04",
		"1.2.03.4",
		"1.002.3.4",
		"1.2.3.0000004",
		"1.2.3.4294967297",
		"1.2.3.0012",
		"00.0.0.0",
		"1.2.3.18446744",
		"1.2.3.99999999999999999",
		NULL,
	};

	assert_unread(&form, texts);
}

TEST(every_short_text_is_read_by_the_grammar)
{
	static const char *const bytes[] = {"0", "2", "5", ".", "a", NULL};

	each_text(bytes, 7, check_text);
}

TEST(every_arrangement_is_read_by_the_grammar)
{
	static const char *const pieces[] = {"0", "25", "6", ".", NULL};

	each_text(pieces, 8, check_text);
}

LOOP_TEST(spoilt_text_is_read_by_the_grammar, SEEDS)
{
	char text[32];

	seed((unsigned int)_i);
	for (int i = tries(50000); i > 0; i--) {
		snprintf(text, sizeof text, "%u.%u.%u.%u", any(300), any(256),
			 any(110), any(12));
		spoil(text, sizeof text, (int)any(4));
		check_text(text);
	}
}

CASE("fmt")

LOOP_TEST(any_address_is_written_as_by_inet_ntop, SEEDS)
{
	char ip[4], system[INET_ADDRSTRLEN];

	seed((unsigned int)_i);
	for (int i = tries(125000); i > 0; i--) {
		for (int j = 0; j < 4; j++)
			ip[j] = (char)any(256);
		inet_ntop(AF_INET, ip, system, sizeof system);
		if (strcmp(formatted(&form, ip), system) != 0)
			ck_abort_msg("%s is %s", system, formatted(&form, ip));
		assert_reads_back(&form, ip);
	}
}

/* What stands before a number and after it. */
static const struct {
	const char *before, *after;
} numbers[] = {{"", ".0.0.0"}, {"0.", ".0.0"}, {"0.0.", ".0"}, {"0.0.0.", ""}};

LOOP_TEST(every_number_is_written_and_read_back, LENGTH(numbers))
{
	char ip[LENGTH(numbers)] = {0};
	char text[64];

	for (int n = 0; n < 256; n++) {
		ip[_i] = (char)n;
		snprintf(text, sizeof text, "%s%d%s", numbers[_i].before, n,
			 numbers[_i].after);
		ck_assert_str_eq(formatted(&form, ip), text);
		assert_reads_back(&form, ip);
	}
}

TEST(the_longest_text_has_15_bytes)
{
	assert_gives(15, fmt_ip4(NULL, "\xff\xff\xff\xff"));
}

TEST(libowfat_s_names_stand_for_the_same)
{
	char ip[4], text[FMT_IP4];

	ck_assert_int_eq(IP4_FMT, 20);
	ck_assert_int_eq(FMT_IP4, 20);
	assert_gives(9, ip4_scan("127.0.0.1", ip));
	ck_assert_mem_eq(ip, ip4loopback, 4);
	assert_gives(9, ip4_fmt(text, ip));
}

#include "check_ip4.list"
