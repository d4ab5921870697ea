/* SPDX-License-Identifier: ISC */
/* socket6/resolve.h - from a name to addresses. socket_resolve6(3) */
#ifndef SOCKET_6_RESOLVE_H
#define SOCKET_6_RESOLVE_H

#include <socket6/addr.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Writes the TCP addresses of a host and service to out, up to max of them,
 * IPv4 v4-mapped, in the order in which to try them (RFC 6724). Returns how
 * many there are, even if that is more than max; or -1 with errno.
 *
 * host is an address, such as fe80::1%eth0, [::1] or 192.0.2.1, or a name.
 * service is a port or a service name; null if host has a port, as [::1]:443.
 * A name is looked up with getaddrinfo(3), which allocates, and blocks while
 * name servers do not answer. An address with a port needs no look-up.
 *
 * EINVAL           null where not allowed, or not an address, name or port
 * ENODEV           the zone is neither an interface nor a number
 * ENOENT           there is no such name, or it has no address
 * EPROTONOSUPPORT  there is no such service
 * ETIMEDOUT        no name server answered (EAI_AGAIN)
 * EIO              a name server failed (EAI_FAIL)
 * others           from the system, such as ENOMEM, and EMFILE if no
 *                  descriptor is left to look up a zone
 */
int socket_resolve6(const char *host, const char *service,
		    struct socket_addr6 *out, size_t max);

#ifdef __cplusplus
}
#endif

#endif
