/* SPDX-License-Identifier: ISC */
/* check_prefix.c - prefixes: their text, and which addresses have them. */
#include "fixture.h"
#include "suite.h"

#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

CASE("scan")

static const struct reading {
	const char *src;
	size_t len;
	const char *ip;
	unsigned int bits;
} readings[] = {
	{"2001:db8::/32", 13, "2001:db8::", 32},
	{"::/0", 4, "::", 0},
	{"::1/128", 7, "::1", 128},
	{"fe80::/10", 9, "fe80::", 10},
	{"2001:db8:0:8000::/49", 20, "2001:db8:0:8000::", 49},
	{"2001:db8::/64", 13, "2001:db8::", 64},
	{"2001:db8:0:0:8000::/65", 22, "2001:db8:0:0:8000::", 65},
	{"10.0.0.0/8", 10, "::ffff:10.0.0.0", 104},
	{"0.0.0.0/0", 9, "::ffff:0.0.0.0", 96},
	{"192.0.2.1/32", 12, "::ffff:192.0.2.1", 128},
	{"::ffff:10.0.0.0/104", 19, "::ffff:10.0.0.0", 104},
	/* As from the middle of other text. */
	{"2001:db8::/32,10.0.0.0/8", 13, "2001:db8::", 32},
	{"10.0.0.0/8 dev eth0", 10, "::ffff:10.0.0.0", 104},
	{"10.0.0.0/8.5", 10, "::ffff:10.0.0.0", 104},
};

TABLE_TEST(a_prefix_at_the_start_is_read, x, readings, nothing_missing)
{
	unsigned int bits = 4711;
	char ip[16];

	assert_gives((long)x->len, scan_ip6prefix(x->src, ip, &bits));
	assert_ip6(x->ip, ip);
	ck_assert_uint_eq(bits, x->bits);
	assert_gives((long)x->len, scan_ip6prefix(x->src, NULL, NULL));
}

static const char *const no_prefixes[] = {
	"",
	"2001:db8::",
	"10.0.0.0",
	"/32",
	"x::/32",
	"2001:db8::/",
	"2001:db8::/x",
	"2001:db8:: /32",
	"2001:db8::/ 32",
	"2001:db8::/+32",
	"2001:db8::/-1",
	"fe80::%1/64",
	/* too many bits, and a number that is read whole */
	"::/129",
	"::/1280",
	"::/4294967296",
	"10.0.0.0/33",
	"::ffff:10.0.0.0/129",
	/* leading zeros */
	"2001:db8::/032",
	"::/00",
	/* a bit that is set after them */
	"2001:db8::1/64",
	"2001:db8::/28",
	"8000::/0",
	"::1/127",
	"2001:db8:0:1::/63",
	"10.0.0.1/8",
	"10.0.0.0/6",
	"::ffff:10.0.0.0/95",
};

LOOP_TEST(what_is_no_prefix_is_0_and_writes_nothing, LENGTH(no_prefixes))
{
	unsigned int bits = 4711;
	char ip[16];

	memset(ip, 0x5a, sizeof ip);
	ck_assert_msg(scan_ip6prefix(no_prefixes[_i], ip, &bits) == 0,
		      "\"%s\" is read", no_prefixes[_i]);
	ck_assert_uint_eq(bits, 4711);
	for (size_t i = 0; i < sizeof ip; i++)
		ck_assert_int_eq(ip[i], 0x5a);
}

CASE("format")

static const struct written {
	const char *ip;
	unsigned int bits;
	const char *text;
} writtens[] = {
	{"2001:db8::", 32, "2001:db8::/32"},
	{"::", 0, "::/0"},
	{"::1", 128, "::1/128"},
	{"::ffff:10.0.0.0", 104, "10.0.0.0/8"},
	{"::ffff:0.0.0.0", 96, "0.0.0.0/0"},
	{"::ffff:192.0.2.1", 128, "192.0.2.1/32"},
	{"::ffff:10.0.0.0", 95, "::ffff:10.0.0.0/95"},
	{"2001:db8:1111:2222:3333:4444:5555:6666", 128,
	 "2001:db8:1111:2222:3333:4444:5555:6666/128"},
};

TABLE_TEST(it_is_written_without_a_nul, x, writtens, nothing_missing)
{
	char text[SOCKET_PREFIX_FMT + 1];
	size_t len = strlen(x->text);

	memset(text, 'x', sizeof text);
	assert_gives((long)len, fmt_ip6prefix(text, ip6(x->ip), x->bits));
	ck_assert_mem_eq(text, x->text, len);
	ck_assert_int_eq(text[len], 'x');
	assert_gives((long)len, fmt_ip6prefix(NULL, ip6(x->ip), x->bits));
}

TEST(too_many_bits_are_not_written)
{
	char text[SOCKET_PREFIX_FMT] = "x";

	assert_gives(0, fmt_ip6prefix(text, ip6("::"), 129));
	assert_gives(0, fmt_ip6prefix(text, ip6("::"), (unsigned int)-1));
	ck_assert_int_eq(text[0], 'x');
}

CASE("match")

static const struct match {
	const char *ip, *net;
	unsigned int bits;
	int matches;
} matches[] = {
	{"2001:db8::1", "2001:db8::", 32, 1},
	{"2001:db9::1", "2001:db8::", 32, 0},
	{"2001:db9::1", "2001:db8::", 31, 1},
	{"::ffff:10.255.0.1", "::ffff:10.0.0.0", 104, 1},
	{"::ffff:11.0.0.1", "::ffff:10.0.0.0", 104, 0},
	/* An IPv4 prefix has no IPv6 address, and ::/0 all of IPv4. */
	{"2001:db8::1", "::ffff:0.0.0.0", 96, 0},
	{"::ffff:192.0.2.1", "::", 0, 1},
	/* Bits of net that do not count are not looked at. */
	{"2001:db8::1", "2001:db8::2", 64, 1},
	{"2001:db8::1", "2001:db8::1", 128, 1},
	{"2001:db8::1", "2001:db8::", 128, 0},
	{"::", "::", 129, 0},
	{"::", "::", (unsigned int)-1, 0},
};

TABLE_TEST(the_leading_bits_are_compared, x, matches, nothing_missing)
{
	char ip[16];

	memcpy(ip, ip6(x->ip), sizeof ip);
	assert_gives(x->matches, socket_match6(ip, ip6(x->net), x->bits));
}

static int bit(const char ip[16], unsigned int i)
{
	return (unsigned char)ip[i / 8] >> (7 - i % 8) & 1;
}

/* The first bit in which they differ. */
static unsigned int common(const char a[16], const char b[16])
{
	unsigned int i = 0;

	while (i < 128 && bit(a, i) == bit(b, i))
		i++;
	return i;
}

TEST(each_number_of_bits_is_compared_bit_by_bit)
{
	char ip[16], net[16];

	srand(6);
	for (int i = 0; i < 2000; i++) {
		unsigned int differs = (unsigned int)rand() % 128;

		for (int k = 0; k < 16; k++)
			ip[k] = net[k] = (char)rand();
		net[differs / 8] ^= (char)(0x80 >> differs % 8);
		ck_assert_uint_eq(common(ip, net), differs);
		for (unsigned int bits = 0; bits <= 128; bits++)
			ck_assert_int_eq(socket_match6(ip, net, bits),
					 bits <= differs);
	}
}

/* Every prefix is read as it was written, and none with a bit more. */
TEST(what_is_written_is_read)
{
	char text[SOCKET_PREFIX_FMT + 1], ip[16], again[16];
	unsigned int n;

	srand(6);
	for (unsigned int i = 0; i < 20 * 129; i++) {
		unsigned int bits = i % 129;

		for (unsigned int k = 0; k < 128; k++) {
			if (k % 8 == 0)
				ip[k / 8] = (char)(rand() % 3 ? rand() : 0);
			if (k >= bits)
				ip[k / 8] &= (char)~(0x80 >> k % 8);
		}
		text[fmt_ip6prefix(text, ip, bits)] = '\0';
		assert_gives((long)strlen(text),
			     scan_ip6prefix(text, again, &n));
		ck_assert_uint_eq(n, bits);
		ck_assert_mem_eq(again, ip, 16);
		if (bits == 128)
			continue;
		ip[bits / 8] |= (char)(0x80 >> bits % 8);
		text[fmt_ip6prefix(text, ip, bits)] = '\0';
		ck_assert_msg(scan_ip6prefix(text, NULL, NULL) == 0,
			      "%s is read", text);
	}
}

#include "check_prefix.list"
