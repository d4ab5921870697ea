/* SPDX-License-Identifier: ISC */
/* resolve.c - from a name to addresses. */
#include "name/name.h"

static int resolve_name(const struct name *name, struct socket_addr6 *out,
			size_t max)
{
	struct addrinfo *found;
	size_t n;

	if (socket6_name_ask(name, name->family, &found) == -1)
		return -1;
	n = socket6_name_addresses(name, found, out, max);
	freeaddrinfo(found);
	return n ? (int)n : sys_fail(ENOENT);
}

int socket_resolve6(const char *host, const char *service, int flags,
		    struct socket_addr6 *out, size_t max)
{
	struct name name;

	if (!out && max)
		return sys_fail(EINVAL);
	if (socket6_name_read(&name, host, service, flags) == -1)
		return -1;
	if (name.host[0])
		return resolve_name(&name, out, max);
	if (max)
		*out = name.addr;
	return 1;
}
