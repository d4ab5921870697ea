/* SPDX-License-Identifier: ISC */
/* resolve.c - the addresses that a user means. */
#include "config.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <socket6.h>
#include <stdlib.h>
#include <string.h>

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

static int refuse_host(const char *host, const char *service, int family)
{
	int error = errno;

	switch (error) {
	case EINVAL:
		if (!service && lacks_port(host))
			return complain(-BAD_INPUT, error,
					"%s: the port is missing", host);
		return complain(-BAD_INPUT, error,
				"not an address or port: %s%s%s", host,
				service ? " " : "", service ? service : "");
	case ENODEV:
		return complain(-BAD_INPUT, error, "%s: %s",
				socket_error(error), host);
	case ENOENT:
		if (family)
			return complain(-BAD_INPUT, error,
					"no IPv%d address: %s", family, host);
		return complain(-BAD_INPUT, error, "%s: %s",
				socket_error(error), host);
	case EPROTONOSUPPORT:
		return complain(-BAD_INPUT, error, "%s: %s",
				socket_error(error), service);
	default:
		return complain(-FAILED, error, "%s: %s", host,
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

int resolve(const struct options *o, const char *host, const char *service,
	    struct socket_addr6 *out, size_t max)
{
	int flags = o->family == 4   ? SOCKET_LOOKUP_V4
		    : o->family == 6 ? SOCKET_LOOKUP_V6
				     : 0;
	int n;

	if (service && !is_in_range(service))
		return complain(-BAD_INPUT, EINVAL, "not a port: %s", service);
	n = socket_resolve6(host, service, flags, out, max);
	if (n == -1)
		return refuse_host(host, service, o->family);
	return (size_t)n < max ? n : (int)max;
}
