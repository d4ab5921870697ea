/* SPDX-License-Identifier: ISC */
/* resolve.c - from a name to addresses. */
#include "addr.h"
#include "text/text.h"

/* Without descriptors, glibc says that no such name or service exists. */
static int unless_lacking(int error)
{
	int lacking = 0;

	if (error == ENOENT || error == EPROTONOSUPPORT)
		lacking = sys_no_socket();
	return lacking ? lacking : error;
}

/* The table of socket_resolve6(3). */
static int resolver_failed(int eai)
{
	static const int errors[][2] = {
		{EAI_NONAME, ENOENT},
		{EAI_NODATA, ENOENT},
		{EAI_ADDRFAMILY, ENOENT},
		{EAI_SERVICE, EPROTONOSUPPORT},
		{EAI_SOCKTYPE, EPROTONOSUPPORT},
		{EAI_FAMILY, EAFNOSUPPORT},
		{EAI_AGAIN, ETIMEDOUT},
		{EAI_MEMORY, ENOMEM},
		{EAI_OVERFLOW, ENAMETOOLONG},
		{EAI_FAIL, EIO},
	};

	/* An errno of 0 is no reason. */
	if (eai == EAI_SYSTEM && errno != 0)
		return -1;
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (errors[i][0] == eai)
			return sys_fail(unless_lacking(errors[i][1]));
	return sys_fail(EIO);
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

/* A number as inet_aton(3) reads them, which may end an IPv4 address. */
static int is_number(const char *label, size_t len)
{
	if (len > 2 && label[0] == '0' && (label[1] | 0x20) == 'x')
		return strspn(label + 2, HEX_DIGITS "ABCDEF") >= len - 2;
	return strspn(label, "0123456789") >= len;
}

/*
 * A name has no colon and the like, and its last label (before a final dot) is
 * neither empty nor a number (RFC 1123 section 2.1).
 */
static int is_name(const char *host)
{
	size_t end = strlen(host);
	size_t begin;

	end -= end && host[end - 1] == '.';
	begin = end;
	while (begin && host[begin - 1] != '.')
		begin--;
	return !strpbrk(host, " :%[]/") &&
	       !is_number(host + begin, end - begin);
}

/* For a service, macOS has no error but that of an unknown name. */
static int service_failed(int eai)
{
	resolver_failed(eai);
	if (errno == ENOENT)
		errno = EPROTONOSUPPORT;
	return -1;
}

/* Copies the address from getaddrinfo. 1, or 0 if it is too long. */
static int copy(const struct addrinfo *found, union socket6_addr *a)
{
	memset(a, 0, sizeof *a);
	if (found->ai_addrlen > sizeof *a)
		return 0;
	memcpy(a, found->ai_addr, found->ai_addrlen);
	return 1;
}

/* Reads a port, or the name of a service; getaddrinfo asks no server for it. */
static int port_of(const char *service, uint16_t *port)
{
	struct addrinfo hints = {.ai_flags = AI_PASSIVE,
				 .ai_family = AF_INET,
				 .ai_socktype = SOCK_STREAM,
				 .ai_protocol = IPPROTO_TCP};
	union socket6_addr a;
	struct addrinfo *found;
	size_t len = socket6_scan_port(service, port);
	int eai;

	if (len && !service[len])
		return 0;
	/* strtoul(3) accepts these, and so do some getaddrinfo. */
	if (!service[strspn(service, " \t\n\v\f\r+-0123456789")])
		return sys_fail(EINVAL);
	if (is_number(service, strlen(service)))
		return sys_fail(EPROTONOSUPPORT);
	eai = getaddrinfo(NULL, service, &hints, &found);
	if (eai)
		return service_failed(eai);
	if (copy(found, &a))
		addr_get4(&a, NULL, port);
	freeaddrinfo(found);
	return 0;
}

/* Stores an address from getaddrinfo. 1, or 0 for another family. */
static int address_of(const struct addrinfo *found, uint16_t port,
		      struct socket_addr6 *out)
{
	union socket6_addr a;

	if (!copy(found, &a) || !addr_get(&a, out))
		return 0;
	out->port = port;
	return 1;
}

static int resolve_name(const char *host, uint16_t port,
			struct socket_addr6 *out, size_t max)
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC,
				 .ai_socktype = SOCK_STREAM,
				 .ai_protocol = IPPROTO_TCP};
	struct addrinfo *found;
	struct socket_addr6 one;
	size_t n = 0;
	int eai;

	if (sys_load(&noipv6))
		hints.ai_family = AF_INET;
	eai = getaddrinfo(host, NULL, &hints, &found);
	if (eai)
		return resolver_failed(eai);
	for (const struct addrinfo *f = found; f; f = f->ai_next)
		if (address_of(f, port, &one) && n++ < max)
			out[n - 1] = one;
	freeaddrinfo(found);
	return n ? (int)n : sys_fail(ENOENT);
}

static int store(const struct socket_addr6 *one, struct socket_addr6 *out,
		 size_t max)
{
	if (max)
		*out = *one;
	return 1;
}

int socket_resolve6(const char *host, const char *service,
		    struct socket_addr6 *out, size_t max)
{
	struct socket_addr6 one = {.port = 0};
	int error = EINVAL;
	size_t len;

	if (!host || (!out && max))
		return sys_fail(EINVAL);
	if (!service) {
		len = socket6_scan_ip6ifport(host, one.ip, &one.port,
					     &one.scope_id, &error);
		return len && !host[len] ? store(&one, out, max)
					 : sys_fail(error);
	}
	if (port_of(service, &one.port) == -1)
		return -1;
	len = scan_literal(host, &one, &error);
	if (len && !host[len])
		return store(&one, out, max);
	return is_name(host) ? resolve_name(host, one.port, out, max)
			     : sys_fail(error);
}
