/* SPDX-License-Identifier: ISC */
/* socket6/fastopen.h - data in the first packet. socket_fastopen(3) */
#ifndef SOCKET_6_FASTOPEN_H
#define SOCKET_6_FASTOPEN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HAVE_SOCKET_FASTOPEN

/*
 * Lets the listening s take data in a SYN, from at most five connections at
 * a time that are not established yet (RFC 7413). 0, or -1 with errno:
 * ENOPROTOOPT where the system has no TCP Fast Open, EBADF, ENOTSOCK.
 */
int socket_fastopen(int s);

/*
 * Connects the TCP socket s to port (host order) at ip (network order) and
 * sends len bytes from buf, in the SYN where system and peer allow it. Where
 * the system does not, it connects first and sends when that succeeded at
 * once. scope_id is the index of the outgoing interface for a link-local
 * address, else 0.
 *
 * The number of bytes that were queued, perhaps fewer than len: whether they
 * arrive socket_connected tells. -1 with errno: EINPROGRESS when s is
 * non-blocking and connects in the background, and then nothing was sent;
 * EINTR when s is blocking and a handler ran, and then the data may have gone
 * with the SYN or not; else the reason, as socket_connect6. With len 0 this is
 * socket_connect6.
 */
ssize_t socket_fastopen_connect4(int s, const char ip[4], uint16_t port,
				 const char *buf, size_t len);
ssize_t socket_fastopen_connect6(int s, const char ip[16], uint16_t port,
				 uint32_t scope_id, const char *buf,
				 size_t len);

#ifdef __cplusplus
}
#endif

#endif
