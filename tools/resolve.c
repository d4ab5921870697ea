/* SPDX-License-Identifier: ISC */
/* resolve.c - the addresses that a user means. */
#include "config.h"
#include "socket6.h"
#include "tell.h"
#include "url.h"

#include <errno.h>
#include <socket6.h>
#include <stdlib.h>
#include <string.h>

int read_target(struct target *target)
{
	static struct url url;

	if (!url_is(target->host))
		return 0;
	if (target->service)
		return complain(BAD_INPUT, EINVAL, "a URL has its port: %s",
				target->service);
	if (url_read(&url, target->host) == -1)
		return complain(BAD_INPUT, EINVAL, "not a URL of a host: %s",
				target->host);
	target->host = url.host;
	target->service = url.service;
	return 0;
}

int is_address(const char *text)
{
	size_t n = scan_ip6if(text, NULL, NULL);

	return n > 0 && !text[n];
}

/* Whether the host has no port: a name, or an address, also in brackets. */
static int lacks_port(const char *host)
{
	size_t n = strlen(host);

	return !strchr(host, ':') || is_address(host) ||
	       (*host == '[' && host[n - 1] == ']');
}

int refuse_host(const struct options *o, const char *host, const char *service)
{
	int error = errno;

	switch (error) {
	case EINVAL:
		if (!service && lacks_port(host))
			return complain(BAD_INPUT, error,
					"%s: the port is missing", host);
		return complain(BAD_INPUT, error,
				"not an address or port: %s%s%s", host,
				service ? " " : "", service ? service : "");
	case ENODEV:
		return complain(BAD_INPUT, error, "%s: %s", socket_error(error),
				host);
	case ENOENT:
		if (o->family)
			return complain(BAD_INPUT, error,
					"no IPv%d address: %s", o->family,
					host);
		return complain(BAD_INPUT, error, "%s: %s", socket_error(error),
				host);
	case EPROTONOSUPPORT:
		return complain(BAD_INPUT, error, "%s: %s", socket_error(error),
				service);
	default:
		return complain(FAILED, error, "%s: %s", host,
				socket_error(error));
	}
}

/* A number is a port from 0 to 65535. */
static int is_in_range(const char *service)
{
	size_t n = strspn(service, "0123456789");

	return n == 0 || service[n] ||
	       (n <= 5 && strtol(service, NULL, 10) <= 65535);
}

static int flags_of(const struct options *o)
{
	return o->family == 4	? SOCKET_LOOKUP_V4
	       : o->family == 6 ? SOCKET_LOOKUP_V6
				: 0;
}

int resolve(const struct options *o, const char *host, const char *service,
	    struct socket_addr6 *out, size_t max)
{
	int n;

	if (service && !is_in_range(service))
		return complain(-BAD_INPUT, EINVAL, "not a port: %s", service);
	n = socket_resolve6(host, service, flags_of(o), out, max);
	if (n == -1)
		return -refuse_host(o, host, service);
	return (size_t)n < max ? n : (int)max;
}

/* Without IPv6 the library would connect to ::1 over IPv4. */
static int lacks_ipv6(void)
{
	int s = socket_tcp6_flags(SOCKET_V6ONLY);
	int error = errno;

	socket_close(s);
	return s == -1 && error == EAFNOSUPPORT;
}

int look_up(const struct options *o, const char *host, const char *service,
	    struct socket_lookup **lookup)
{
	if (service && !is_in_range(service))
		return complain(BAD_INPUT, EINVAL, "not a port: %s", service);
	*lookup = socket_lookup_new(host, service, flags_of(o));
	if (!*lookup)
		return refuse_host(o, host, service);
	if (o->family == 6 && lacks_ipv6())
		return complain(FAILED, EAFNOSUPPORT, "%s: %s", host,
				socket_error(EAFNOSUPPORT));
	return DONE;
}

int read_local(const char *text, struct socket_addr6 *a)
{
	size_t n = scan_ip6if(text, a->ip, &a->scope_id);

	if (!n || text[n])
		n = scan_ip6ifport(text, a->ip, &a->port, &a->scope_id);
	if (!n || text[n])
		return complain(BAD_INPUT, EINVAL, "not a local address: %s",
				text);
	if (lacks_zone(a))
		return complain(BAD_INPUT, EINVAL, "%s: the zone is missing",
				text);
	return DONE;
}
