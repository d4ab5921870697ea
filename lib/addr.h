/* SPDX-License-Identifier: ISC */
/*
 * addr.h - bytes to socket address and back: here and nowhere else.
 *
 * Pure: no system call. Inline, because every function uses these and may cost
 * at most fifteen instructions over the system call.
 */
#ifndef SOCKET6_LIB_ADDR_H
#define SOCKET6_LIB_ADDR_H

#include "public.h"
#include "sys/sys.h"
#include "text/text.h"

#include <string.h>

union socket6_addr {
	struct sockaddr sa;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

/*
 * Before the system is asked for an address: sets AF_UNSPEC, which is 0, and
 * which remains if the system has none. Four bytes are one store.
 */
static inline void addr_clear(union socket6_addr *a)
{
	memset(a, 0, 4);
}

/* Writes no address, which takes the peer away (connect(2)); its length. */
static inline socklen_t addr_put_none(union socket6_addr *a)
{
	memset(&a->sa, 0, sizeof a->sa);
	sys_set_len(&a->sa, sizeof a->sa);
	a->sa.sa_family = AF_UNSPEC;
	return sizeof a->sa;
}

/*
 * Turns an IPv6 address into the IPv4 one that means the same (v4-mapped,
 * loopback, unspecified). Returns its length, or 0 if there is none.
 */
socklen_t socket6_addr_to_inet(union socket6_addr *a);

/*
 * A call of a 6 function. Kept in memory for a second try; in saved registers
 * it would slow the first.
 */
struct socket6_try {
	int s;
	union socket6_addr a;
};

/*
 * After the first try failed: if the socket is IPv4, turns the address into
 * the IPv4 one to try once more. Returns its length, or 0 with errno if there
 * is nothing to try.
 */
SYS_RARE socklen_t socket6_second_try(struct socket6_try *x);

/* Writes an IPv4 address; returns its length. */
static inline socklen_t addr_put4(union socket6_addr *a, const char ip[4],
				  uint16_t port)
{
	memset(&a->in, 0, sizeof a->in);
	sys_set_len(&a->sa, sizeof a->in);
	a->in.sin_family = AF_INET;
	a->in.sin_port = htons(port);
	memcpy(&a->in.sin_addr, ip, 4);
	return sizeof a->in;
}

/* Writes an IPv6 address; returns its length. */
static inline socklen_t addr_put6(union socket6_addr *a, const char ip[16],
				  uint16_t port, uint32_t scope_id)
{
	memset(&a->in6, 0, sizeof a->in6);
	sys_set_len(&a->sa, sizeof a->in6);
	a->in6.sin6_family = AF_INET6;
	a->in6.sin6_port = htons(port);
	memcpy(&a->in6.sin6_addr, ip, 16);
	sys_set_scope_id(&a->in6, scope_id);
	return sizeof a->in6;
}

/* Stores each part; a null pointer discards it. */
static inline void addr_store4(const void *from, in_port_t from_port, char *ip,
			       uint16_t *port)
{
	if (ip)
		memcpy(ip, from, 4);
	if (port)
		*port = ntohs(from_port);
}

static inline void addr_store6(const void *from, in_port_t from_port,
			       uint32_t from_scope_id, char *ip, uint16_t *port,
			       uint32_t *scope_id)
{
	if (ip)
		memcpy(ip, from, 16);
	if (port)
		*port = ntohs(from_port);
	if (scope_id)
		*scope_id = from_scope_id;
}

/*
 * Reads the parts of an address from the system. Returns 1, or 0 with nothing
 * stored if the address is not of the function's family.
 */
static inline int addr_get4(const union socket6_addr *a, char *ip,
			    uint16_t *port)
{
	const char *ip4;

	if (sys_likely(a->sa.sa_family == AF_INET)) {
		addr_store4(&a->in.sin_addr, a->in.sin_port, ip, port);
		return 1;
	}
	if (a->sa.sa_family != AF_INET6)
		return 0;
	ip4 = addr_unmap((const char *)&a->in6.sin6_addr);
	if (ip4)
		addr_store4(ip4, a->in6.sin6_port, ip, port);
	return ip4 != NULL;
}

static inline int addr_get6(const union socket6_addr *a, char *ip,
			    uint16_t *port, uint32_t *scope_id)
{
	char mapped[16];

	if (sys_likely(a->sa.sa_family == AF_INET6)) {
		addr_store6(&a->in6.sin6_addr, a->in6.sin6_port,
			    sys_scope_id(&a->in6), ip, port, scope_id);
		return 1;
	}
	if (a->sa.sa_family == AF_INET) {
		addr_map(mapped, &a->in.sin_addr);
		addr_store6(mapped, a->in.sin_port, 0, ip, port, scope_id);
		return 1;
	}
	return 0;
}

/* The same for a whole address, IPv4 as v4-mapped. */
static inline int addr_get(const union socket6_addr *a, struct socket_addr6 *to)
{
	*to = (struct socket_addr6){.port = 0};
	return addr_get6(a, to->ip, &to->port, &to->scope_id);
}

#endif
