/* SPDX-License-Identifier: ISC */
/* check_proxy.c - the PROXY protocol of load balancers. No socket. */
#include "fixture.h"
#include "suite.h"

#include <errno.h>
#include <socket6.h>
#include <stdlib.h>

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"

/* Bytes, which may have NULs, and what they say; a null ip: nothing. */
struct header {
	const char *bytes;
	size_t len;
	const char *from, *to;
	uint16_t from_port, to_port;
};
#define BYTES(text) (text), sizeof(text) - 1

static void assert_end(const char *ip, uint16_t port,
		       const struct socket_addr6 *a)
{
	assert_ip6(ip ? ip : "::", a->ip);
	ck_assert_uint_eq(a->port, port);
	ck_assert_uint_eq(a->scope_id, 0);
}

/* Header bytes, with others after them. */
static void assert_reads(const struct header *x)
{
	char bytes[1024];
	struct socket_addr6 from, to;

	ck_assert_uint_lt(x->len, sizeof bytes - 8);
	memset(bytes, 'P', sizeof bytes);
	memcpy(bytes, x->bytes, x->len);
	for (size_t more = 0; more < 8; more++) {
		memset(&from, 0x5a, sizeof from);
		memset(&to, 0x5a, sizeof to);
		assert_gives((int)x->len,
			     scan_proxy(bytes, x->len + more, &from, &to));
		assert_end(x->from, x->from_port, &from);
		assert_end(x->to, x->to_port, &to);
	}
	assert_gives((int)x->len, scan_proxy(bytes, x->len, NULL, NULL));
}

/* Nothing is written, and errno stays. */
static int scan(const char *bytes, size_t len)
{
	struct socket_addr6 a[2], before[2];
	/* Of no more bytes, so that a tool sees one that is read beyond. */
	char *copy = malloc(len + 1);
	int n;

	memcpy(copy, bytes, len);
	memset(a, 0x5a, sizeof a);
	memcpy(before, a, sizeof a);
	errno = EDOM;
	n = scan_proxy(copy, len, &a[0], &a[1]);
	ck_assert_int_eq(errno, EDOM);
	if (n <= 0)
		ck_assert_mem_eq(a, before, sizeof a);
	free(copy);
	return n;
}

static void assert_needs_more(const struct header *x)
{
	for (size_t len = 0; len < x->len; len++)
		ck_assert_msg(scan(x->bytes, len) == 0,
			      "%zu bytes of \"%.*s\" give %d", len, (int)len,
			      x->bytes, scan(x->bytes, len));
}

CASE("version 1")

#define LONGEST_IP "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

static const struct header lines[] = {
	{BYTES("PROXY TCP4 192.0.2.1 192.0.2.80 40000 80\r\n"),
	 "::ffff:192.0.2.1", "::ffff:192.0.2.80", 40000, 80},
	{BYTES("PROXY TCP4 0.0.0.0 255.255.255.255 0 65535\r\n"),
	 "::ffff:0.0.0.0", "::ffff:255.255.255.255", 0, 65535},
	{BYTES("PROXY TCP6 2001:db8::1 2001:db8::80 40000 443\r\n"),
	 "2001:db8::1", "2001:db8::80", 40000, 443},
	{BYTES("PROXY TCP6 ::1 1:2:3:4:5:6:7:: 1 2\r\n"), "::1",
	 "1:2:3:4:5:6:7:0", 1, 2},
	{BYTES("PROXY TCP6 ::ffff:192.0.2.1 1:2:3:4:5:6:192.0.2.1 1 2\r\n"),
	 "::ffff:192.0.2.1", "1:2:3:4:5:6:c000:201", 1, 2},
	{BYTES("PROXY TCP6 " LONGEST_IP " " LONGEST_IP " 65535 65535\r\n"),
	 LONGEST_IP, LONGEST_IP, 65535, 65535},
	{BYTES("PROXY UNKNOWN\r\n"), NULL, NULL, 0, 0},
	{BYTES("PROXY UNKNOWN anything at all\r\n"), NULL, NULL, 0, 0},
	{BYTES("PROXY UNKNOWN " LONGEST_IP " " LONGEST_IP " 65535 65535\r\n"),
	 NULL, NULL, 0, 0},
};

TABLE_TEST(a_line_is_read, x, lines, nothing_missing)
{
	assert_reads(x);
}

TABLE_TEST(of_a_line_that_has_begun_more_is_needed, x, lines, nothing_missing)
{
	assert_needs_more(x);
}

/* Up to and with the first byte that cannot be one: all bytes of the text. */
static const char *const wrong_lines[] = {
	"p",
	"PROXX",
	"PROXY\r",
	"PROXY  ",
	"PROXY U\r",
	"PROXY UNKNOWNX",
	"PROXY UD",
	"PROXY TCP5",
	"PROXY TCP\r",
	"PROXY TCP4  ",
	"PROXY TCP4 256",
	"PROXY TCP4 01",
	"PROXY TCP4 1.2.3.4.",
	"PROXY TCP4 1.2 ",
	"PROXY TCP4 1.2.3.4\r",
	"PROXY TCP4 1.2.3.4 :",
	"PROXY TCP4 :",
	"PROXY TCP4 1.2.3.4 1.2.3.4 65536",
	"PROXY TCP4 1.2.3.4 1.2.3.4 00",
	"PROXY TCP4 1.2.3.4 1.2.3.4 -",
	"PROXY TCP4 1.2.3.4 1.2.3.4  ",
	"PROXY TCP4 1.2.3.4 1.2.3.4 1 2 ",
	"PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n",
	"PROXY TCP4 1.2.3.4 1.2.3.4 1 2\rX",
	"PROXY TCP6 1.",
	"PROXY TCP6 1::2::",
	"PROXY TCP6 1:2:3:4:5:6:7:8:",
	"PROXY TCP6 12345",
	"PROXY TCP6 g",
	"PROXY TCP6 fe80::1%",
	"PROXY TCP6 ::1 ::1 x",
};

LOOP_TEST(what_cannot_be_a_line_is_none, LENGTH(wrong_lines))
{
	const char *text = wrong_lines[_i];
	size_t len = strlen(text);

	for (size_t n = 1; n < len; n++)
		ck_assert_msg(scan(text, n) == 0, "%zu of \"%s\"", n, text);
	ck_assert_msg(scan(text, len) == -1, "\"%s\" gives %d", text,
		      scan(text, len));
}

TEST(a_nul_is_no_part_of_a_line)
{
	assert_gives(-1, scan(BYTES("PROXY TCP4 1.2.3.4\0 1.2.3.4 1 2\r\n")));
	assert_gives(-1, scan(BYTES("PROXY TCP4 \0")));
	assert_gives(-1, scan(BYTES("PROXY\0TCP4")));
}

TEST(without_an_end_107_bytes_are_none)
{
	char bytes[200];

	memset(bytes, 'x', sizeof bytes);
	memcpy(bytes, "PROXY UNKNOWN ", 14);
	assert_gives(0, scan(bytes, 106));
	assert_gives(-1, scan(bytes, 107));
	memcpy(bytes + 105, "\r\n", 2);
	assert_gives(107, scan(bytes, 107));
	memcpy(bytes + 105, "x\r\n", 3);
	assert_gives(-1, scan(bytes, 200));
}

CASE("version 2")

#define ENDS4 "\300\0\2\1\300\0\2\120\234\100\0\120"
#define ENDS6                                                                  \
 "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\1\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\120"  \
 "\234\100\1\273"
#define X16  "xxxxxxxxxxxxxxxx"
#define X108 X16 X16 X16 X16 X16 X16 "xxxxxxxxxxxx"

static const struct header binaries[] = {
	{BYTES(SIGNATURE "\x21\x11\0\14" ENDS4), "::ffff:192.0.2.1",
	 "::ffff:192.0.2.80", 40000, 80},
	{BYTES(SIGNATURE "\x21\x12\0\14" ENDS4), "::ffff:192.0.2.1",
	 "::ffff:192.0.2.80", 40000, 80},
	{BYTES(SIGNATURE "\x21\x21\0\44" ENDS6), "2001:db8::1", "2001:db8::50",
	 40000, 443},
	{BYTES(SIGNATURE "\x21\x22\0\44" ENDS6), "2001:db8::1", "2001:db8::50",
	 40000, 443},
	/* TLVs */
	{BYTES(SIGNATURE "\x21\x11\0\34" ENDS4 X16), "::ffff:192.0.2.1",
	 "::ffff:192.0.2.80", 40000, 80},
	{BYTES(SIGNATURE "\x21\x21\1\44" ENDS6 X16 X16 X16 X16 X16 X16 X16 X16
		       X16 X16 X16 X16 X16 X16 X16 X16),
	 "2001:db8::1", "2001:db8::50", 40000, 443},
	/* LOCAL, whatever else it says */
	{BYTES(SIGNATURE "\x20\0\0\0"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x20\x11\0\14" ENDS4), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x20\x21\0\2xx"), NULL, NULL, 0, 0},
	/* UNSPEC, AF_UNIX */
	{BYTES(SIGNATURE "\x21\0\0\0"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x21\0\0\20" X16), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x21\x10\0\14" ENDS4), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x21\x31\0\330" X108 X108), NULL, NULL, 0, 0},
};

TABLE_TEST(bytes_are_read, x, binaries, nothing_missing)
{
	assert_reads(x);
}

TABLE_TEST(of_bytes_that_have_begun_more_is_needed, x, binaries,
	   nothing_missing)
{
	assert_needs_more(x);
}

static const struct header wrong_binaries[] = {
	{BYTES("\n"), NULL, NULL, 0, 0},
	{BYTES("\r\r"), NULL, NULL, 0, 0},
	{BYTES("\r\n\r\n\0\r\nQUIT\r"), NULL, NULL, 0, 0},
	{BYTES("\0"), NULL, NULL, 0, 0},
	/* versions 1 and 3, commands 2 and 15 */
	{BYTES(SIGNATURE "\x11"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x31"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x22"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x2f"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\xa1"), NULL, NULL, 0, 0},
	/* families and transports that there are not */
	{BYTES(SIGNATURE "\x21\x41"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x21\x13"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x21\xf1"), NULL, NULL, 0, 0},
	/* too short for the addresses */
	{BYTES(SIGNATURE "\x21\x11\0\13"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x21\x21\0\43"), NULL, NULL, 0, 0},
	{BYTES(SIGNATURE "\x21\x31\0\327"), NULL, NULL, 0, 0},
};

TABLE_TEST(what_cannot_be_one_is_none, x, wrong_binaries, nothing_missing)
{
	for (size_t n = 1; n < x->len; n++)
		assert_gives(0, scan(x->bytes, n));
	assert_gives(-1, scan(x->bytes, x->len));
}

TEST(the_longest_has_65551_bytes)
{
	static char bytes[65551];

	memcpy(bytes, SIGNATURE "\x21\x11\xff\xff" ENDS4, 28);
	assert_gives(0, scan(bytes, sizeof bytes - 1));
	assert_gives(65551, scan(bytes, sizeof bytes));
}

/* Whatever comes: no byte beyond, and more bytes never make less of it. */
TEST(random_bytes_are_no_danger)
{
	char bytes[300];

	srand(6);
	for (int i = tries(2000); i > 0; i--) {
		const struct header *x =
			i % 2 ? &lines[rand() % (int)LENGTH(lines)]
			      : &binaries[rand() % (int)LENGTH(binaries)];
		size_t len = x->len < sizeof bytes ? x->len : sizeof bytes;
		size_t changes = (size_t)rand() % 3;
		int before = 0;

		memset(bytes, 0, sizeof bytes);
		memcpy(bytes, x->bytes, len);
		for (size_t k = 0; k < changes; k++)
			bytes[(size_t)rand() % len] =
				(char)(rand() % 2 ? rand()
						  : " .:0\r"[rand() % 5]);
		for (size_t n = 0; n <= len; n++) {
			int now = scan(bytes, n);

			ck_assert_int_le(now, (int)n);
			ck_assert(before == 0 || now == before);
			before = now;
		}
	}
}

CASE("format")

static const struct pair {
	const char *from, *to;
	size_t len;
} pairs[] = {
	{"::ffff:192.0.2.1", "::ffff:192.0.2.80", 28},
	{"2001:db8::1", "2001:db8::80", 52},
	{"::ffff:192.0.2.1", "2001:db8::80", 52},
	{"::", "::", 52},
};

static struct socket_addr6 address(const char *ip, uint16_t port)
{
	struct socket_addr6 a = {.port = port, .scope_id = 4711};

	memcpy(a.ip, ip6(ip), 16);
	return a;
}

TABLE_TEST(what_is_written_is_read, x, pairs, nothing_missing)
{
	struct socket_addr6 from = address(x->from, 40000);
	struct socket_addr6 to = address(x->to, 443);
	char bytes[SOCKET_PROXY_FMT + 1];
	struct header written = {bytes, x->len, x->from, x->to, 40000, 443};

	memset(bytes, 0x5a, sizeof bytes);
	assert_gives((int)x->len, (int)fmt_proxy(bytes, &from, &to));
	ck_assert_int_eq(bytes[x->len], 0x5a);
	assert_reads(&written);
	assert_needs_more(&written);
	assert_gives((int)x->len, (int)fmt_proxy(NULL, &from, &to));
}

TEST(without_addresses_it_is_local)
{
	struct socket_addr6 a = address("::1", 7);
	const struct socket_addr6 *ends[][2] = {
		{NULL, NULL}, {&a, NULL}, {NULL, &a}};

	for (size_t i = 0; i < LENGTH(ends); i++) {
		char bytes[SOCKET_PROXY_FMT];

		assert_gives(16, (int)fmt_proxy(bytes, ends[i][0], ends[i][1]));
		ck_assert_mem_eq(bytes, SIGNATURE "\x20\0\0\0", 16);
		assert_gives(16, (int)fmt_proxy(NULL, ends[i][0], ends[i][1]));
	}
}

#include "check_proxy.list"
