/* SPDX-License-Identifier: ISC */
/*
 * nat64.h - the prefixes of a NAT64, and the IPv6 addresses that IPv4 hosts have
 * behind it (RFC 6052, RFC 7050).
 *
 * Pure: no system call, no clock, no allocation. Times are microseconds of any
 * clock.
 */
#ifndef SOCKET6_LIB_NAT64_H
#define SOCKET6_LIB_NAT64_H

#include "public.h"

/* How many prefixes of one network count, and how many networks. */
enum { NAT64_PREFIXES = 4, NAT64_NETWORKS = 8 };

struct nat64_prefix {
	char ip[16]; /* zero after the prefix */
	int bits;
};

struct nat64 {
	size_t n;
	struct nat64_prefix prefixes[NAT64_PREFIXES];
};

/* Finds the prefixes in what ipv4only.arpa has, in that order. */
void socket6_nat64_discover(struct nat64 *nat64,
			    const struct socket_addr6 *answer, size_t n);

/* Whether an IPv4 address can mean a host on the other side of any NAT64. */
int socket6_nat64_can_reach(const char ip4[4]);

/*
 * Writes the IPv6 addresses that a v4-mapped one has behind the NAT64, one for
 * each prefix that may have it; returns how many.
 */
size_t socket6_nat64_translate(const struct nat64 *nat64,
			       const struct socket_addr6 *addr,
			       struct socket_addr6 out[NAT64_PREFIXES]);

/* Whether it is the address of an IPv4 host behind the NAT64. */
int socket6_nat64_has(const struct nat64 *nat64, const char ip[16]);

/* What was found for some local networks; all zero: nothing. */
struct nat64_networks {
	struct nat64_network {
		char prefix[8]; /* of 64 bits */
		int64_t until;	/* 0: the place was never used */
		struct nat64 nat64;
	} networks[NAT64_NETWORKS];
};

/*
 * What was found for the network of this local address less than a minute ago,
 * even if that is no prefix; or null.
 */
const struct nat64 *socket6_nat64_recall(const struct nat64_networks *networks,
					 int64_t now, const char source[16]);
void socket6_nat64_keep(struct nat64_networks *networks, int64_t now,
			const char source[16], const struct nat64 *nat64);

#endif
