/* SPDX-License-Identifier: ISC */
/* socket6/endpoint.h - the two addresses of a socket. socket_local6(3) */
#ifndef SOCKET_6_ENDPOINT_H
#define SOCKET_6_ENDPOINT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Writes s's own address (local) or the peer's (remote) to ip (network order),
 * port (host order) and scope_id (0 unless link-local). Returns 0, or -1 with
 * the errno of getsockname(2) or getpeername(2): ENOTCONN if there is no peer,
 * EBADF, ENOTSOCK. EAFNOSUPPORT if the address is not of the function's
 * family: for a 4 function every IPv6 address that is not v4-mapped.
 */
int socket_local4(int s, char ip[4], uint16_t *port);
int socket_local6(int s, char ip[16], uint16_t *port, uint32_t *scope_id);
int socket_remote4(int s, char ip[4], uint16_t *port);
int socket_remote6(int s, char ip[16], uint16_t *port, uint32_t *scope_id);

#ifdef __cplusplus
}
#endif

#endif
