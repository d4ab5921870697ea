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
 * The TCP addresses of a host and service, IPv4 v4-mapped, at most max of them
 * in out, in the order in which to try them (RFC 6724). How many there are,
 * also when that is more than max; or -1 with errno.
 *
 * host is an address, as fe80::1%eth0, [::1] or 192.0.2.1, or a name. service
 * is a port or a service's name; null if host has a port, as [::1]:443.
 * An address with a port asks nobody. A name is asked for by getaddrinfo(3),
 * which allocates, and may block for as long as name servers are silent.
 *
 * EINVAL           null where not allowed, or no address, name or port
 * ENODEV           the zone is neither an interface nor a number
 * ENOENT           there is no such name, or it has no address
 * EPROTONOSUPPORT  there is no such service
 * ETIMEDOUT        no name server has answered (EAI_AGAIN)
 * EIO              a name server has failed (EAI_FAIL)
 * others           of the system, ENOMEM among them, and EMFILE: a zone
 *                  cannot be looked up without a descriptor
 */
int socket_resolve6(const char *host, const char *service,
		    struct socket_addr6 *out, size_t max);

#ifdef __cplusplus
}
#endif

#endif
