/* SPDX-License-Identifier: ISC */
/* resolve.c - from a name to addresses, and to a connection. */
#include "addr.h"
#include "text.h"

/* What socket_dial takes of a name's addresses. */
enum { ADDRESSES = 64 };

static int refuse(int error)
{
	errno = error;
	return -1;
}

/* socket_resolve6(3) has this table. A null service cannot be. */
static int fail(int eai)
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

	if (eai == EAI_SYSTEM)
		return -1;
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		if (errors[i][0] == eai)
			return refuse(errors[i][1]);
	return refuse(EIO);
}

/* An address whose zone is unknown is ENODEV, and what is none EINVAL. */
static int refuse_literal(const char *host)
{
	const char *ip = host + (*host == '[');
	size_t len = scan_ip6(ip, NULL);

	if (len && ip[len] == '%' && ip[len + 1] && !scan_ip6if(ip, NULL, NULL))
		return refuse(ENODEV);
	return refuse(EINVAL);
}

/* An address in brackets or without: its length, or 0. */
static size_t scan_literal(const char *host, struct socket_addr6 *a)
{
	int bracket = *host == '[';
	size_t len = scan_ip6if(host + bracket, a->ip, &a->scope_id);

	if (!len || !bracket)
		return len;
	return host[1 + len] == ']' ? len + 2 : 0;
}

/* No name has a colon or such, nor a last label of digits (RFC 1123, 2.1). */
static int is_name(const char *host)
{
	const char *last = strrchr(host, '.');

	last = last ? last + 1 : host;
	return *host && !strpbrk(host, ":%[]/") &&
	       (!*last || last[strspn(last, "0123456789")]);
}

/* The port of a number or a name, which getaddrinfo looks up without asking. */
static int port_of(const char *service, uint16_t *port)
{
	struct addrinfo hints = {.ai_flags = AI_PASSIVE,
				 .ai_family = AF_INET,
				 .ai_socktype = SOCK_STREAM};
	union socket6_addr a;
	struct addrinfo *found;
	size_t len = socket6_scan_port(service, port);
	int eai;

	if (len && !service[len])
		return 0;
	if (!*service || !service[strspn(service, "+-0123456789")])
		return refuse(EINVAL);
	eai = getaddrinfo(NULL, service, &hints, &found);
	if (eai)
		return fail(eai);
	memcpy(&a.in, found->ai_addr, sizeof a.in);
	addr_get4(&a, NULL, port);
	freeaddrinfo(found);
	return 0;
}

/* One that getaddrinfo has found: 1, or 0 for another family's. */
static int take(const struct addrinfo *found, uint16_t port,
		struct socket_addr6 *out)
{
	union socket6_addr a;

	memset(out, 0, sizeof *out);
	memset(&a, 0, sizeof a);
	if (found->ai_addrlen > sizeof a)
		return 0;
	memcpy(&a, found->ai_addr, found->ai_addrlen);
	if (!addr_get6(&a, out->ip, NULL, &out->scope_id))
		return 0;
	out->port = port;
	return 1;
}

static int resolve_name(const char *host, uint16_t port,
			struct socket_addr6 *out, size_t max)
{
	struct addrinfo hints = {.ai_family = AF_UNSPEC,
				 .ai_socktype = SOCK_STREAM};
	struct addrinfo *found;
	struct socket_addr6 one;
	size_t n = 0;
	int eai;

	if (sys_load(&noipv6))
		hints.ai_family = AF_INET;
	eai = getaddrinfo(host, NULL, &hints, &found);
	if (eai)
		return fail(eai);
	for (const struct addrinfo *f = found; f; f = f->ai_next)
		if (take(f, port, &one) && n++ < max)
			out[n - 1] = one;
	freeaddrinfo(found);
	return n ? (int)n : refuse(ENOENT);
}

static int give(const struct socket_addr6 *one, struct socket_addr6 *out,
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
	size_t len;

	if (!host || (!out && max))
		return refuse(EINVAL);
	if (!service) {
		len = scan_ip6ifport(host, one.ip, &one.port, &one.scope_id);
		return len && !host[len] ? give(&one, out, max)
					 : refuse_literal(host);
	}
	if (port_of(service, &one.port) == -1)
		return -1;
	len = scan_literal(host, &one);
	if (len && !host[len])
		return give(&one, out, max);
	return is_name(host) ? resolve_name(host, one.port, out, max)
			     : refuse_literal(host);
}

int socket_dial(const char *host, const char *service, int milliseconds,
		struct socket_history *history)
{
	struct socket_addr6 addrs[ADDRESSES];
	int n = socket_resolve6(host, service, addrs, ADDRESSES);

	if (n == -1)
		return -1;
	return socket_dial6(addrs, (size_t)(n < ADDRESSES ? n : ADDRESSES),
			    milliseconds, history);
}
