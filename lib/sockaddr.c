/* SPDX-License-Identifier: ISC */
/* sockaddr.c - an address as one value, to and from struct sockaddr. */
#include "addr.h"

/* Up to the family, which every address has. */
enum { FAMILY = offsetof(struct sockaddr, sa_data) };

int socket_from_sockaddr(struct socket_addr6 *a, const void *sa, size_t len)
{
	union socket6_addr from;
	struct socket_addr6 to = {.port = 0};
	size_t least;

	memset(&from, 0, sizeof from);
	memcpy(&from, sa, len < sizeof from ? len : sizeof from);
	least = from.sa.sa_family == AF_INET6 ? sizeof from.in6
					      : sizeof from.in;
	if (len >= FAMILY && !addr_get(&from, &to))
		return sys_fail(EAFNOSUPPORT);
	if (len < least)
		return sys_fail(EINVAL);
	*a = to;
	return 0;
}

/* The length of the form of this family, or 0 if there is none. */
static socklen_t put(union socket6_addr *to, const struct socket_addr6 *a,
		     int family)
{
	const char *ip4 = addr_unmap(a->ip);

	if (SYS_HAS_IPV6 && (family == 6 || (family == 0 && !ip4)))
		return addr_put6(to, a->ip, a->port, a->scope_id);
	return ip4 && (family == 4 || family == 0) ? addr_put4(to, ip4, a->port)
						   : 0;
}

size_t socket_to_sockaddr(const struct socket_addr6 *a, int family, void *sa,
			  size_t size)
{
	union socket6_addr to;
	size_t len = (size_t)put(&to, a, family);

	if (len > size)
		return 0;
	memcpy(sa, &to, len);
	return len;
}

void socket_from_ip4(struct socket_addr6 *a, const char ip[4], uint16_t port)
{
	*a = (struct socket_addr6){.port = port};
	addr_map(a->ip, ip);
}
