/* SPDX-License-Identifier: ISC */
/* fuzz_prefix.c - prefixes: read, written and matched, bit by bit. */
#include "fuzz.h"
#include "reference.h"

#include <socket6.h>

struct prefix {
	char ip[16];
	unsigned int bits;
};

static unsigned int bit(const char *ip, unsigned int i)
{
	return (unsigned char)ip[i / 8] >> (7 - i % 8) & 1;
}

static int has_host(const struct prefix *p)
{
	for (unsigned int i = p->bits; i < 128; i++)
		if (bit(p->ip, i))
			return 1;
	return 0;
}

static size_t reference_scan(const char *src, struct prefix *to)
{
	char ip4[4];
	size_t len = reference_scan_ip6(src, to->ip), digits;
	unsigned int before;

	if (len == 0 || src[len] != '/')
		return 0;
	before = reference_scan_ip4(src, ip4) == len ? 96 : 0;
	digits = reference_scan_number(src + len + 1, 128 - before, &to->bits);
	to->bits += before;
	return digits == 0 || has_host(to) ? 0 : len + 1 + digits;
}

static size_t write_prefix(char *dest, const void *value)
{
	const struct prefix *p = value;

	return fmt_ip6prefix(dest, p->ip, p->bits);
}

/* It has its form, and reads back unless bits behind the prefix are set. */
static void check_written(const struct prefix *p)
{
	char *text = fuzz_written(write_prefix, p);
	struct prefix back = {.bits = 0};
	size_t len = strlen(text);

	require(len <= SOCKET_PREFIX_FMT && (len == 0) == (p->bits > 128));
	if (p->bits <= 128)
		require(scan_ip6prefix(text, back.ip, &back.bits) ==
			(has_host(p) ? 0 : len));
	if (p->bits <= 128 && !has_host(p))
		require(back.bits == p->bits &&
			memcmp(back.ip, p->ip, 16) == 0);
	fuzz_free(text);
}

static int reference_match(const char *ip, const struct prefix *p)
{
	unsigned int i = 0;

	while (i < p->bits && i < 128 && bit(ip, i) == bit(p->ip, i))
		i++;
	return i == p->bits;
}

static void check_scanned(const char *text)
{
	struct prefix p = {.bits = 0x5a5a}, expected = {.bits = 0};
	size_t len;

	memset(p.ip, 0x5a, 16);
	len = scan_ip6prefix(text, p.ip, &p.bits);
	require(reference_scan(text, &expected) == len);
	require(scan_ip6prefix(text, NULL, NULL) == len);
	if (len == 0) {
		memset(expected.ip, 0x5a, 16);
		expected.bits = 0x5a5a;
	}
	require(p.bits == expected.bits && memcmp(p.ip, expected.ip, 16) == 0);
	if (len > 0)
		check_written(&p);
}

/* The same bytes are a text, and a prefix with an address near it. */
FUZZ(prefix)
{
	struct input in = {data, size};
	char *text = fuzz_text(data, size);
	struct prefix p;
	char ip[16];
	unsigned int other;

	check_scanned(text);
	fuzz_free(text);
	p.bits = fuzz_byte(&in) % 140;
	other = fuzz_byte(&in) % 128;
	fuzz_bytes(&in, p.ip, sizeof p.ip);
	check_written(&p);
	memcpy(ip, p.ip, sizeof ip);
	require(socket_match6(ip, p.ip, p.bits) == (p.bits <= 128));
	ip[other / 8] = (char)(ip[other / 8] ^ 128 >> other % 8);
	require(socket_match6(ip, p.ip, p.bits) == reference_match(ip, &p));
}
