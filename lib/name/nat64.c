/* SPDX-License-Identifier: ISC */
/* nat64.c - the prefixes of a NAT64, and what IPv4 addresses become by them. */
#include "nat64.h"

#include "text/text.h"

/* Microseconds for which an answer is kept. */
enum { KEPT = 60000000 };

/* Octet 8, bits 64 to 71, is zero and no part of an IPv4 address (RFC 6052). */
enum { U_OCTET = 8 };

/* The lengths that RFC 6052 section 2.2 allows. */
static const int lengths[] = {32, 40, 48, 56, 64, 96};

enum { LENGTHS = sizeof lengths / sizeof *lengths };

/* 64:ff9b::/96, RFC 6052 section 2.1. */
static const char well_known[12] = {0, 0x64, '\xff', '\x9b'};

/*
 * IPv4 addresses that have no IPv6 one: they mean a host on this side (RFC 6890)
 * or, as multicast, no single one. RFC 6052 section 3.1 forbids those that are
 * not global with the Well-Known Prefix: of these the private ones count (RFC
 * 1918, RFC 6598), which a network may have on the other side of its own prefix.
 */
static const struct block {
	unsigned char ip[4];
	int bits, is_private;
} blocks[] = {
	{{0, 0, 0, 0}, 8, 0},	       {{127, 0, 0, 0}, 8, 0},
	{{169, 254, 0, 0}, 16, 0},     {{224, 0, 0, 0}, 4, 0},
	{{255, 255, 255, 255}, 32, 0}, {{10, 0, 0, 0}, 8, 1},
	{{100, 64, 0, 0}, 10, 1},      {{172, 16, 0, 0}, 12, 1},
	{{192, 168, 0, 0}, 16, 1},
};

static uint32_t number(const void *ip4)
{
	const unsigned char *b = ip4;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 |
	       (uint32_t)b[2] << 8 | b[3];
}

static int is_in_block(const char ip4[4], int is_private)
{
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		if (blocks[i].is_private == is_private &&
		    (number(ip4) ^ number(blocks[i].ip)) >>
				    (32 - blocks[i].bits) ==
			    0)
			return 1;
	return 0;
}

int socket6_nat64_can_reach(const char ip4[4])
{
	return !is_in_block(ip4, 0);
}

static int is_well_known(const struct nat64_prefix *prefix)
{
	return prefix->bits == 96 && memcmp(prefix->ip, well_known, 12) == 0;
}

/* Where octet i of an IPv4 address is behind a prefix. */
static int place(int bits, int i)
{
	int at = bits / 8 + i;

	return bits <= 64 && at >= U_OCTET ? at + 1 : at;
}

/* The rest of the address, the suffix, is zero. */
static void embed(const struct nat64_prefix *prefix, const char ip4[4],
		  char ip[16])
{
	memcpy(ip, prefix->ip, 16);
	for (int i = 0; i < 4; i++)
		ip[place(prefix->bits, i)] = ip4[i];
}

static void extract(int bits, const char ip[16], char ip4[4])
{
	for (int i = 0; i < 4; i++)
		ip4[i] = ip[place(bits, i)];
}

/* The first bits of the address. */
static struct nat64_prefix prefix_of(const char ip[16], int bits)
{
	struct nat64_prefix prefix = {.bits = bits};

	memcpy(prefix.ip, ip, (size_t)bits / 8);
	return prefix;
}

/* Whether the address is what an IPv4 address becomes by this prefix. */
static int has(const struct nat64_prefix *prefix, const char ip[16])
{
	char ip4[4], same[16];

	extract(prefix->bits, ip, ip4);
	embed(prefix, ip4, same);
	return memcmp(same, ip, 16) == 0 && ip[U_OCTET] == 0;
}

int socket6_nat64_has(const struct nat64 *nat64, const char ip[16])
{
	for (size_t i = 0; i < nat64->n; i++)
		if (has(&nat64->prefixes[i], ip))
			return 1;
	return 0;
}

/* 192.0.0.170 and 192.0.0.171, RFC 7050 section 2.2. */
static int is_ipv4only(const char ip4[4])
{
	return (number(ip4) & ~1u) == 0xc00000aa;
}

static void add(struct nat64 *nat64, const struct nat64_prefix *prefix)
{
	for (size_t i = 0; i < nat64->n; i++)
		if (nat64->prefixes[i].bits == prefix->bits &&
		    memcmp(nat64->prefixes[i].ip, prefix->ip, 16) == 0)
			return;
	if (nat64->n < NAT64_PREFIXES)
		nat64->prefixes[nat64->n++] = *prefix;
}

/*
 * RFC 7050 section 3 warns of a prefix that has the IPv4 address in it too. As
 * the suffix is zero, and the IPv4 address is not, one length at most fits.
 */
static void learn(struct nat64 *nat64, const char ip[16])
{
	for (int i = 0; i < LENGTHS; i++) {
		struct nat64_prefix prefix = prefix_of(ip, lengths[i]);
		char ip4[4];

		extract(lengths[i], ip, ip4);
		if (is_ipv4only(ip4) && has(&prefix, ip))
			add(nat64, &prefix);
	}
}

void socket6_nat64_discover(struct nat64 *nat64,
			    const struct socket_addr6 *answer, size_t n)
{
	memset(nat64, 0, sizeof *nat64);
	for (size_t i = 0; i < n; i++)
		if (!addr_is_v4mapped(answer[i].ip))
			learn(nat64, answer[i].ip);
}

size_t socket6_nat64_translate(const struct nat64 *nat64,
			       const struct socket_addr6 *addr,
			       struct socket_addr6 out[NAT64_PREFIXES])
{
	const char *ip4 = addr->ip + 12;
	int is_private = is_in_block(ip4, 1);
	size_t n = 0;

	for (size_t i = 0; i < nat64->n; i++) {
		const struct nat64_prefix *prefix = &nat64->prefixes[i];

		if (is_private && is_well_known(prefix))
			continue;
		out[n] = *addr;
		out[n].scope_id = 0;
		embed(prefix, ip4, out[n++].ip);
	}
	return n;
}

/* ---- what is kept ---- */

static int is_of(const struct nat64_network *network, const char source[16])
{
	return network->until && memcmp(network->prefix, source, 8) == 0;
}

const struct nat64 *socket6_nat64_recall(const struct nat64_networks *networks,
					 int64_t now, const char source[16])
{
	const struct nat64_network *network = networks->networks;

	for (int i = 0; i < NAT64_NETWORKS; i++, network++)
		if (is_of(network, source) && now < network->until)
			return &network->nat64;
	return NULL;
}

/* Over what is known of that network, or what ends first. */
void socket6_nat64_keep(struct nat64_networks *networks, int64_t now,
			const char source[16], const struct nat64 *nat64)
{
	struct nat64_network *place = networks->networks;

	for (int i = 0; i < NAT64_NETWORKS; i++) {
		struct nat64_network *network = &networks->networks[i];

		if (is_of(network, source)) {
			place = network;
			break;
		}
		if (network->until < place->until)
			place = network;
	}
	memcpy(place->prefix, source, 8);
	place->until = now + KEPT;
	place->nat64 = *nat64;
}
