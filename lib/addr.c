/* SPDX-License-Identifier: ISC */
/* addr.c - an IPv6 address that means an IPv4 one. */
#include "addr.h"

/* The IPv4 address that means the same as ip, or null. */
static const char *inet_form(const char ip[16])
{
	static const char loopback[16] = {[15] = 1};
	static const char inet_loopback[4] = {127, 0, 0, 1};
	const char *ip4 = addr_unmap(ip);

	if (ip4)
		return ip4;
	if (memcmp(ip, loopback, sizeof loopback) == 0)
		return inet_loopback;
	return addr_is_any(ip) ? addr_any : NULL;
}

socklen_t socket6_addr_to_inet(union socket6_addr *a)
{
	char ip6[16];
	const char *ip4;

	memcpy(ip6, &a->in6.sin6_addr, sizeof ip6);
	ip4 = inet_form(ip6);
	return ip4 ? addr_put4(a, ip4, ntohs(a->in6.sin6_port)) : 0;
}
