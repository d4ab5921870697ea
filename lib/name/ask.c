/* SPDX-License-Identifier: ISC */
/* ask.c - asks getaddrinfo for names of hosts and services. */
#include "name.h"

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
		{EAI_AGAIN, EIO},
		{EAI_MEMORY, ENOMEM},
		{EAI_OVERFLOW, ENAMETOOLONG},
		{EAI_FAIL, ENOTRECOVERABLE},
	};

	/* An errno of 0 is no reason. */
	if (eai == EAI_SYSTEM && errno != 0)
		return sys_fail(sys_reason(errno));
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (errors[i][0] == eai)
			return sys_fail(unless_lacking(errors[i][1]));
	return sys_fail(EIO);
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

static void hint(struct addrinfo *hints, int flags, int family)
{
	int udp = flags & SOCKET_LOOKUP_UDP;

	memset(hints, 0, sizeof *hints);
	hints->ai_family = family;
	hints->ai_socktype = udp ? SOCK_DGRAM : SOCK_STREAM;
	hints->ai_protocol = udp ? IPPROTO_UDP : IPPROTO_TCP;
}

/* getaddrinfo asks no server for a service. */
static int ask_port(const char *service, int flags, uint16_t *port)
{
	struct addrinfo hints;
	union socket6_addr a;
	struct addrinfo *found;
	int eai;

	hint(&hints, flags, AF_INET);
	hints.ai_flags = AI_PASSIVE;
	eai = getaddrinfo(NULL, service, &hints, &found);
	if (eai)
		return service_failed(eai);
	if (copy(found, &a))
		addr_get4(&a, NULL, port);
	freeaddrinfo(found);
	return 0;
}

int socket6_name_port(const char *service, int flags, uint16_t *port)
{
	size_t len = socket6_scan_port(service, port);

	if (len && !service[len])
		return 0;
	/* strtoul(3) accepts these, and so do some getaddrinfo. */
	if (!service[strspn(service, " \t\n\v\f\r+-0123456789")])
		return sys_fail(EINVAL);
	if (socket6_name_is_number(service, strlen(service)))
		return sys_fail(EPROTONOSUPPORT);
	return ask_port(service, flags, port);
}

int socket6_name_ask(const struct name *name, int family,
		     struct addrinfo **found)
{
	struct addrinfo hints;
	int eai;

	hint(&hints, 0, family);
	eai = getaddrinfo(name->host, NULL, &hints, found);
	return eai ? resolver_failed(eai) : 0;
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

size_t socket6_name_addresses(const struct name *name,
			      const struct addrinfo *found,
			      struct socket_addr6 *out, size_t max)
{
	struct socket_addr6 one;
	size_t n = 0;

	for (; found; found = found->ai_next)
		if (address_of(found, name->addr.port, &one) && n++ < max)
			out[n - 1] = one;
	return n;
}
