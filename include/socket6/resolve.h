/* SPDX-License-Identifier: ISC */
/* socket6/resolve.h - from a name to addresses. socket_resolve6(3) */
#ifndef SOCKET_6_RESOLVE_H
#define SOCKET_6_RESOLVE_H

#include <socket6/addr.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Flags of a look-up; without V4 and V6, or with both, it is for both. */
#define SOCKET_LOOKUP_V4      1 /* IPv4 addresses only */
#define SOCKET_LOOKUP_V6      2 /* IPv6 addresses only */
#define SOCKET_LOOKUP_UDP     4 /* the service is one of UDP, such as ntp */
#define SOCKET_LOOKUP_PASSIVE 8 /* to listen: host may be null, "" or "*" */

/*
 * Writes the addresses of a host and service to out, up to max of them, IPv4
 * v4-mapped, in the order in which to try them (RFC 6724). Returns how many
 * there are, even if that is more than max; or -1 with errno.
 *
 * host is an address, such as fe80::1%eth0, [::1] or 192.0.2.1, or a name.
 * service is a port or a service name; null if host has a port, as in [::1]:443
 * or www.example.org:443. With SOCKET_LOOKUP_PASSIVE a null host, "" and "*"
 * (and "*:80" and ":80") are the address to listen at: ::, or 0.0.0.0 with
 * SOCKET_LOOKUP_V4 or while noipv6 is not 0. A name is looked up with
 * getaddrinfo(3), which allocates, and blocks while name servers do not answer.
 * An address with a port needs no look-up.
 *
 * EINVAL           null where not allowed, an unknown flag, or not an address,
 *                  name or port
 * ENODEV           the zone is neither an interface nor a number
 * ENOENT           there is no such name, or it has no address of that family
 * EPROTONOSUPPORT  there is no such service
 * EIO              no name server answered, or it failed for now (EAI_AGAIN)
 * ENOTRECOVERABLE  a name server failed (EAI_FAIL)
 * ENAMETOOLONG     a name of more than 253 bytes
 * others           from the system, such as ENOMEM, and EMFILE if no
 *                  descriptor is left to look up a zone
 */
int socket_resolve6(const char *host, const char *service, int flags,
		    struct socket_addr6 *out, size_t max);

#ifdef __cplusplus
}
#endif

#endif
