/* SPDX-License-Identifier: ISC */
/* resolve.c - the addresses that a user means. */
#include "config.h"
#include "socket6.h"
#include "tell.h"
#include "url.h"

#include <errno.h>
#include <limits.h>
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

struct host_text host_text(const char *host, const char *service)
{
	const char *colon = service ? NULL : strrchr(host, ':');
	size_t n = colon ? (size_t)(colon - host) : strlen(host);
	struct host_text t;

	snprintf(t.text, sizeof t.text, "%.*s", (int)n, host);
	return t;
}

static int refuse_text(const char *host, const char *service)
{
	if (!service && lacks_port(host))
		return complain(BAD_INPUT, EINVAL, "%s: the port is missing",
				host);
	return complain(BAD_INPUT, EINVAL, "not an address or port: %s%s%s",
			host, service ? " " : "", service ? service : "");
}

int refuse_host(const struct options *o, const char *host, const char *service,
		int error)
{
	struct host_text name = host_text(host, service);

	switch (error) {
	case EINVAL:
		return refuse_text(host, service);
	case ENOENT:
		if (o->family)
			return complain(BAD_INPUT, error,
					"no IPv%d address: %s", o->family,
					name.text);
		return complain(BAD_INPUT, error, "%s: %s", socket_error(error),
				name.text);
	case ENODEV:
		return complain(BAD_INPUT, error, "%s: %s", socket_error(error),
				name.text);
	case EPROTONOSUPPORT:
		return complain(BAD_INPUT, error, "%s: %s", socket_error(error),
				service);
	default:
		return complain(FAILED, error, "%s: %s", name.text,
				socket_error(error));
	}
}

/* Where the port is: behind the last colon of a host without a service. */
static const char *port_of(const char *host, const char *service)
{
	const char *colon = strrchr(host, ':');

	if (service || !colon || is_address(host))
		return service ? service : "";
	return colon + 1;
}

/* A number is a port from least to 65535. */
static int refuse_port(const char *host, const char *service, long least)
{
	const char *port = port_of(host, service);
	size_t n = strspn(port, "0123456789");
	long number = n < 6 ? strtol(port, NULL, 10) : LONG_MAX;

	if (n == 0 || port[n] || (number >= least && number <= 65535))
		return 0;
	return complain(BAD_INPUT, EINVAL, "not a port: %s", port);
}

static int flags_of(const struct options *o)
{
	return o->family == 4	? SOCKET_LOOKUP_V4
	       : o->family == 6 ? SOCKET_LOOKUP_V6
				: 0;
}

static int ask(const struct options *o, int flags, const char *host,
	       const char *service, struct socket_addr6 *out, size_t max)
{
	int status = refuse_port(host, service, 0);
	int n;

	if (status)
		return -status;
	n = socket_resolve6(host, service, flags_of(o) | flags, out, max);
	if (n == -1)
		return -refuse_host(o, host, service, errno);
	return (size_t)n < max ? n : (int)max;
}

int resolve(const struct options *o, const char *host, const char *service,
	    struct socket_addr6 *out, size_t max)
{
	return ask(o, 0, host, service, out, max);
}

static int is_number(const char *text)
{
	return !text[strspn(text, "0123456789")];
}

int is_address_and_port(char *const *words, int n)
{
	return n == 2 && !is_number(words[0]) && lacks_port(words[0]);
}

int resolve_place(const struct options *o, char *const *words, int n,
		  struct socket_addr6 *out, size_t max)
{
	int flags = SOCKET_LOOKUP_PASSIVE;

	if (n == 2)
		return ask(o, flags, words[0], words[1], out, max);
	if (is_address(words[0]))
		return -refuse_text(words[0], NULL);
	if (strchr(words[0], ':'))
		return ask(o, flags, words[0], NULL, out, max);
	return ask(o, flags, "*", words[0], out, max);
}

int resolve_host(const struct options *o, const char *host,
		 struct socket_addr6 *out, size_t max)
{
	int n = socket_resolve6(host, "9", flags_of(o), out, max);

	if (n == -1 && errno == EINVAL)
		n = socket_resolve6(host, NULL, flags_of(o), out, max);
	if (n == -1 && (errno == EINVAL || errno == EPROTONOSUPPORT))
		return -complain(BAD_INPUT, EINVAL,
				 "not an address or name: %s", host);
	if (n == -1)
		return -refuse_host(o, host, "9", errno);
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

/* r: whether it has begun. */
static int has_begun(const struct options *o, int r)
{
	const struct target *target = o->target;

	if (!r)
		return refuse_host(o, target->host, target->service, errno);
	if (o->family == 6 && lacks_ipv6())
		return complain(FAILED, EAFNOSUPPORT, "%s: %s", target->host,
				socket_error(EAFNOSUPPORT));
	return DONE;
}

int look_up(const struct options *o, struct socket_lookup **lookup)
{
	const struct target *target = o->target;
	int status = refuse_port(target->host, target->service, 1);

	if (status)
		return status;
	*lookup = socket_lookup_new(target->host, target->service, flags_of(o));
	return has_begun(o, *lookup != NULL);
}

int dial_target(const struct options *o, struct socket_dial *d)
{
	const struct target *target = o->target;
	int status = refuse_port(target->host, target->service, 1);

	if (status)
		return status;
	return has_begun(o, socket_dial_name(d, target->host, target->service,
					     flags_of(o)) == 0);
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
