/* SPDX-License-Identifier: ISC */
/* name.c - what a host and a service mean. */
#include "name.h"

#include "text/text.h"

enum {
	FLAGS = SOCKET_LOOKUP_V4 | SOCKET_LOOKUP_V6 | SOCKET_LOOKUP_UDP |
		SOCKET_LOOKUP_PASSIVE
};

/* The family to ask for. IPv6 alone is asked for even if it is not wanted. */
static int family_of(int flags)
{
	switch (flags & (SOCKET_LOOKUP_V4 | SOCKET_LOOKUP_V6)) {
	case SOCKET_LOOKUP_V4:
		return AF_INET;
	case SOCKET_LOOKUP_V6:
		return AF_INET6;
	default:
		return sys_load(&noipv6) ? AF_INET : AF_UNSPEC;
	}
}

/* Reads an address, in brackets or not; returns its length, or 0. */
static size_t scan_literal(const char *host, struct socket_addr6 *a, int *error)
{
	size_t len;

	if (*host != '[')
		return socket6_scan_ip6if(host, a->ip, &a->scope_id, error);
	if (scan_ip4(host + 1, NULL))
		return 0;
	len = socket6_scan_ip6if(host + 1, a->ip, &a->scope_id, error);
	return len && host[1 + len] == ']' ? len + 2 : 0;
}

int socket6_name_is_number(const char *label, size_t len)
{
	if (len > 2 && label[0] == '0' && (label[1] | 0x20) == 'x')
		return strspn(label + 2, HEX_DIGITS "ABCDEF") >= len - 2;
	return strspn(label, "0123456789") >= len;
}

/* Printable ASCII, but for what belongs to addresses, paths and patterns. */
static int is_name_byte(char c)
{
	return c > ' ' && c < 127 && !strchr(":%[]/*", c);
}

/*
 * Its last label (before a final dot) is neither empty nor a number (RFC 1123
 * section 2.1).
 */
static int is_name(const char *host, size_t len)
{
	size_t end = len;
	size_t begin;

	for (size_t i = 0; i < len; i++)
		if (!is_name_byte(host[i]))
			return 0;
	end -= end && host[end - 1] == '.';
	begin = end;
	while (begin && host[begin - 1] != '.')
		begin--;
	return !socket6_name_is_number(host + begin, end - begin);
}

/* Stores a name of that length. error: why it is no address. */
static int read_name(struct name *name, const char *host, size_t len, int error)
{
	size_t dot = len && host[len - 1] == '.';

	if (!is_name(host, len))
		return sys_fail(error);
	if (len - dot > HOST_SIZE - 2)
		return sys_fail(ENAMETOOLONG);
	memcpy(name->host, host, len);
	name->host[len] = 0;
	return 0;
}

/* The address to listen at: any. */
static int read_any(struct name *name)
{
	if (name->family == AF_INET)
		addr_map(name->addr.ip, addr_any);
	return 0;
}

static int is_any(const char *host, size_t len, int flags)
{
	return (flags & SOCKET_LOOKUP_PASSIVE) &&
	       (len == 0 || (len == 1 && *host == '*'));
}

/* host: an address with a port, or what precedes the last colon, and it. */
static int read_both(struct name *name, const char *host, int flags)
{
	struct socket_addr6 *a = &name->addr;
	const char *colon = strrchr(host, ':');
	int error = EINVAL;
	size_t len = socket6_scan_ip6ifport(host, a->ip, &a->port, &a->scope_id,
					    &error);
	size_t digits;

	if (len && !host[len])
		return 0;
	digits = colon ? socket6_scan_port(colon + 1, &a->port) : 0;
	if (!digits || colon[1 + digits])
		return sys_fail(error);
	len = (size_t)(colon - host);
	return is_any(host, len, flags) ? read_any(name)
					: read_name(name, host, len, error);
}

static int read_host(struct name *name, const char *host, int flags)
{
	int error = EINVAL;
	size_t len;

	if (is_any(host, strlen(host), flags))
		return read_any(name);
	len = scan_literal(host, &name->addr, &error);
	if (len && !host[len])
		return 0;
	return read_name(name, host, strlen(host), error);
}

/* An address is of the family that was asked for. */
static int check_family(const struct name *name, int flags)
{
	int v4 = addr_is_v4mapped(name->addr.ip);
	int wanted = flags & (SOCKET_LOOKUP_V4 | SOCKET_LOOKUP_V6);

	if (name->host[0] || !wanted ||
	    (wanted & (v4 ? SOCKET_LOOKUP_V4 : SOCKET_LOOKUP_V6)))
		return 0;
	return sys_fail(ENOENT);
}

int socket6_name_read(struct name *name, const char *host, const char *service,
		      int flags)
{
	int r;

	memset(name, 0, sizeof *name);
	name->family = family_of(flags);
	if (!host && service && (flags & SOCKET_LOOKUP_PASSIVE))
		host = "";
	if (!host || (flags & ~FLAGS))
		return sys_fail(EINVAL);
	if (!service)
		r = read_both(name, host, flags);
	else if (socket6_name_port(service, flags, &name->addr.port) == -1)
		r = -1;
	else
		r = read_host(name, host, flags);
	return r == -1 ? -1 : check_family(name, flags);
}
