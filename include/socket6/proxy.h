/* SPDX-License-Identifier: ISC */
/* socket6/proxy.h - the PROXY protocol of load balancers. scan_proxy(3) */
#ifndef SOCKET_6_PROXY_H
#define SOCKET_6_PROXY_H

#include <socket6/addr.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SOCKET_PROXY_FMT 52 /* bytes that are enough for fmt_proxy */

/*
 * Reads a PROXY header, version 1 or 2, from the len bytes at src: whom a load
 * balancer's connection comes from, and which address was asked. Both are all 0
 * if the header does not say: a health check of the balancer's own, UNKNOWN, or
 * a family other than IPv6 and IPv4.
 *
 * Returns the number of bytes read, 15 to 65551; 0 if more of them are needed;
 * or -1 if they are no such header. Nothing is written then, and errno stays as
 * it is. Pure and async-signal-safe, as fmt_proxy is.
 */
int scan_proxy(const char *src, size_t len, struct socket_addr6 *from,
	       struct socket_addr6 *to);

/*
 * Writes a header of version 2: two v4-mapped addresses as IPv4 (28 bytes), any
 * others as IPv6 (52 bytes), without scope ids; one without addresses if either
 * is null (16 bytes). Returns the length, also with a null dest.
 */
size_t fmt_proxy(char *dest, const struct socket_addr6 *from,
		 const struct socket_addr6 *to);

#ifdef __cplusplus
}
#endif

#endif
