/* SPDX-License-Identifier: ISC */
/* translate.c - where there is no IPv4 route: IPv4 hosts behind a NAT64. */
#include "dial.h"
#include "name/query.h"

/* Its IPv6 addresses have the prefixes of the local NAT64 (RFC 7050). */
static const struct name ipv4only = {
	.family = AF_INET6,
	.host = "ipv4only.arpa.",
};

/* ::ffff:a.b.c.d, and what it is behind the NAT64. */
static void join(struct socket_dial *d, int64_t now,
		 const struct socket_addr6 *addr)
{
	struct socket_addr6 translated[NAT64_PREFIXES];
	size_t n = socket6_nat64_translate(&d->engine.room.nat64, addr,
					   translated);

	socket6_dial_take(d, now, translated, n, 1);
}

/* All that were tried in vain. */
static void join_all(struct socket_dial *d, int64_t now)
{
	for (size_t k = 0; k < d->engine.room.started; k++) {
		size_t i = d->engine.room.tried[k];
		struct dial_entry *entry = &d->engine.room.entries[i];
		struct socket_addr6 addr = entry->a.addr;

		if (entry->has_no_route)
			join(d, now, &addr);
	}
}

static void keep(const struct socket_dial *d, int64_t now,
		 const struct nat64 *nat64)
{
	socket6_query_lock();
	socket6_nat64_keep(socket6_query_networks(), now, d->source, nat64);
	socket6_query_unlock();
}

void socket6_dial_hear_prefixes(struct socket_dial *d, int64_t now,
				const struct socket_addr6 *answer, size_t n)
{
	struct nat64 nat64;

	socket6_nat64_discover(&nat64, answer, n);
	keep(d, now, &nat64);
	socket6_dial_set_nat64(&d->engine, &nat64);
	join_all(d, now);
}

/* Whether it was asked about this local network less than a minute ago. */
static int recall(struct socket_dial *d, int64_t now)
{
	struct nat64 nat64;
	const struct nat64 *kept;

	socket6_query_lock();
	kept = socket6_nat64_recall(socket6_query_networks(), now, d->source);
	if (kept)
		nat64 = *kept;
	socket6_query_unlock();
	if (kept)
		socket6_dial_set_nat64(&d->engine, &nat64);
	return kept != NULL;
}

/* Of one link alone: no router takes it on (RFC 4291 section 2.5.6). */
static int is_link_local(const char ip[16])
{
	return ip[0] == '\xfe' && (ip[1] & 0xc0) == 0x80;
}

/* Where IPv6 goes beyond this link from, if it does. */
static int find_source(char source[16])
{
	static const struct socket_addr6 beyond = {
		.ip = {0, 0x64, '\xff', '\x9b', [12] = '\xc0', [15] = '\xaa'},
		.port = 1,
	};

	return socket6_dial_source(&beyond, source) == 0 &&
	       !is_link_local(source);
}

/*
 * connect(2) says ENETUNREACH of a broadcast address too. That of a datagram
 * socket says it for want of a route alone.
 */
static int has_no_route(const struct socket_addr6 *addr)
{
	char source[16];

	return socket6_dial_source(addr, source) == -1 && errno == ENETUNREACH;
}

/*
 * Without a thread the look-up would block the dial. If it cannot begin, or no
 * server answers, the next dial asks.
 */
static enum dial_nat64 decide(struct socket_dial *d, int64_t now)
{
	if ((dial_from(d, 1) && !dial_from(d, 0)) || !find_source(d->source))
		return DIAL_NO_NAT64;
	if (recall(d, now))
		return DIAL_NAT64;
	return SYS_HAS_THREADS && socket6_dial_look_up(d, &ipv4only, 1) == 0
		       ? DIAL_NAT64
		       : DIAL_NO_NAT64;
}

/* RFC 8305 section 7: IPv6 is routable, IPv4 is not. */
void socket6_dial_translate(struct socket_dial *d, int64_t now, size_t i)
{
	struct socket_addr6 addr = d->engine.room.entries[i].a.addr;
	const char *ip4 = addr_unmap(addr.ip);

	if (!ip4 || !socket6_nat64_can_reach(ip4))
		return;
	if (d->nat64 == DIAL_NAT64_UNKNOWN && has_no_route(&addr))
		d->nat64 = decide(d, now);
	if (d->nat64 != DIAL_NAT64)
		return;
	d->engine.room.entries[i].has_no_route = 1;
	join(d, now, &addr);
}
