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
 * Makes the listening s accept data in a SYN, from up to five connections at a
 * time that are not established yet (RFC 7413). Returns 0, or -1 with errno:
 * ENOPROTOOPT if the system has no TCP Fast Open, EBADF, ENOTSOCK.
 */
int socket_fastopen(int s);

/*
 * Connects the TCP socket s to port (host order) at ip (network order) and
 * sends len bytes from buf, in the SYN if the system and the peer allow it. If
 * the system does not, it connects first, and sends if that succeeds at once.
 * scope_id is the index of the outgoing interface for a link-local address,
 * else 0.
 *
 * Returns the number of bytes queued, perhaps fewer than len; the connection
 * may still fail, see socket_connected. -1 with errno: EINPROGRESS if s is
 * non-blocking and connects in the background, with nothing sent; EINTR if s is
 * blocking and a signal handler ran, with the data sent in the SYN or not; else
 * the reason, as socket_connect6. With len 0 it only connects.
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
