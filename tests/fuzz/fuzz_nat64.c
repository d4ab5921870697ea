/* SPDX-License-Identifier: ISC */
/*
 * fuzz_nat64.c - the prefixes of a NAT64, and what is behind it (RFC 6052,
 * RFC 7050): each address in what ipv4only.arpa has.
 */
#include "fuzz.h"

#include "name/nat64.h"

#include <socket6.h>
#include <string.h>

enum { ANSWERS = 8 };

/* An answer is a prefix of any bytes with 192.0.0.170 or .171 somewhere. */
static void read_answer(struct input *in, struct socket_addr6 *a)
{
	unsigned int how = fuzz_byte(in);

	memset(a, 0, sizeof *a);
	fuzz_bytes(in, a->ip, how & 1 ? 4 : 16);
	if (how & 2)
		memcpy(a->ip + 12, "\xc0\0\0\xaa", 4);
	if (how & 4)
		memcpy(a->ip + 4, "\xc0\0\0\xab", 4);
	if (how & 8)
		memcpy(a->ip + 9, "\xc0\0\0\xaa", 4);
}

static int is_length(int bits)
{
	return bits == 32 || bits == 40 || bits == 48 || bits == 56 ||
	       bits == 64 || bits == 96;
}

/* RFC 6052 section 2.2: the four bytes follow the prefix, but for byte 8. */
static void embedded(const struct nat64_prefix *p, const char *ip, char ip4[4])
{
	int at = p->bits / 8;

	for (int i = 0; i < 4; i++, at++) {
		at += at == 8;
		ip4[i] = ip[at];
	}
}

static void check_prefixes(const struct nat64 *n)
{
	require(n->n <= NAT64_PREFIXES);
	for (size_t i = 0; i < n->n; i++) {
		require(is_length(n->prefixes[i].bits));
		for (int k = n->prefixes[i].bits / 8; k < 16; k++)
			require(n->prefixes[i].ip[k] == 0);
		for (size_t k = 0; k < i; k++)
			require(n->prefixes[i].bits != n->prefixes[k].bits ||
				memcmp(n->prefixes[i].ip, n->prefixes[k].ip,
				       16) != 0);
	}
}

/* Whether all of an address but its prefix and those four bytes is zero. */
static int is_rest_zero(const char *ip, int bits)
{
	char rest[16];
	int at = bits / 8;

	memcpy(rest, ip, sizeof rest);
	memset(rest, 0, (size_t)at);
	for (int i = 0; i < 4; i++, at++) {
		at += at == 8;
		rest[at] = 0;
	}
	return ip[8] == 0 && memcmp(rest, V6any, 16) == 0;
}

static int has_prefix(const struct nat64 *n, const char *ip, int bits)
{
	for (size_t i = 0; i < n->n; i++)
		if (n->prefixes[i].bits == bits &&
		    memcmp(n->prefixes[i].ip, ip, (size_t)bits / 8) == 0)
			return 1;
	return 0;
}

/* What RFC 7050 section 3 finds in an answer is found, while there is room. */
static void check_found(const struct nat64 *n, const char *ip)
{
	for (int bits = 32; bits <= 96; bits++) {
		struct nat64_prefix p = {.bits = bits};
		char ip4[4];

		if (!is_length(bits) || ip6_isv4mapped(ip))
			continue;
		embedded(&p, ip, ip4);
		if (memcmp(ip4, "\xc0\0\0", 3) == 0 &&
		    (ip4[3] == '\xaa' || ip4[3] == '\xab') &&
		    is_rest_zero(ip, bits))
			require(n->n == NAT64_PREFIXES ||
				has_prefix(n, ip, bits));
	}
}

/* Each is behind one of the prefixes, with the address in it. */
static void check_translated(const struct nat64 *n,
			     const struct socket_addr6 *v4)
{
	struct socket_addr6 out[NAT64_PREFIXES];
	size_t count = socket6_nat64_translate(n, v4, out);

	require(count <= n->n);
	for (size_t i = 0; i < count; i++) {
		int found = 0;
		char ip4[4];

		for (size_t k = 0; k < n->n; k++) {
			const struct nat64_prefix *p = &n->prefixes[k];

			embedded(p, out[i].ip, ip4);
			found |= socket_match6(out[i].ip, p->ip,
					       (unsigned int)p->bits) &&
				 memcmp(ip4, v4->ip + 12, 4) == 0;
		}
		require(found && socket6_nat64_has(n, out[i].ip));
		require(out[i].port == v4->port);
	}
}

FUZZ(nat64)
{
	struct input in = {data, size};
	struct socket_addr6 *answer, v4 = {.port = 443};
	size_t count = fuzz_byte(&in) % (ANSWERS + 1);
	struct nat64 n;

	memcpy(v4.ip, V4mappedprefix, 12);
	fuzz_bytes(&in, v4.ip + 12, 4);
	answer = fuzz_aligned_room(count * sizeof *answer);
	for (size_t i = 0; i < count; i++)
		read_answer(&in, &answer[i]);
	socket6_nat64_discover(&n, answer, count);
	check_prefixes(&n);
	for (size_t i = 0; i < count; i++)
		check_found(&n, answer[i].ip);
	check_translated(&n, &v4);
	fuzz_free(answer);
}
