/* SPDX-License-Identifier: ISC */
/* socket6/sockaddr.h - to and from struct sockaddr. socket_from_sockaddr(3) */
#ifndef SOCKET_6_SOCKADDR_H
#define SOCKET_6_SOCKADDR_H

#include <socket6/addr.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Reads a struct sockaddr_in6, or a struct sockaddr_in as v4-mapped, of len
 * bytes at any alignment. a has its address in network order and its port in
 * host order. Returns 0; or -1 with EAFNOSUPPORT for another family, or EINVAL
 * if len is too short for its own.
 */
int socket_from_sockaddr(struct socket_addr6 *a, const void *sa, size_t len);

/*
 * Writes a struct sockaddr of family 6 (AF_INET6) or 4 (AF_INET, only for a
 * v4-mapped address), or 0 for 4 where that can be and else 6, at any
 * alignment. Returns its length; or 0 with nothing written if there is no such
 * form, or size is too small. 28 bytes are enough on every system.
 */
size_t socket_to_sockaddr(const struct socket_addr6 *a, int family, void *sa,
			  size_t size);

/*
 * The same from the parts that functions ending in 4 have: ip in network order,
 * port in host order.
 */
void socket_from_ip4(struct socket_addr6 *a, const char ip[4], uint16_t port);

#ifdef __cplusplus
}
#endif

#endif
