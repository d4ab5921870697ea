/* SPDX-License-Identifier: ISC */
/* socket6/datagram.h - datagrams and their addresses. socket_recv6(3) */
#ifndef SOCKET_6_DATAGRAM_H
#define SOCKET_6_DATAGRAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Receives up to len bytes into buf, and writes the sender's address to ip
 * (network order), port (host order) and scope_id (0 unless link-local). The
 * rest of a longer datagram is lost. If there is no address at all, as on a
 * TCP socket, they are set to 0.
 *
 * Returns the number of bytes, or -1 with recvfrom(2)'s errno: EAGAIN if
 * nothing has arrived and s is non-blocking; ECONNREFUSED if a datagram sent
 * earlier on a connected s was refused. EAFNOSUPPORT if the sender has no
 * address of the function's family: the datagram is lost, unless MSG_PEEK left
 * it. If every output is null, any sender is accepted.
 *
 * flags are recvfrom(2)'s: MSG_PEEK, MSG_DONTWAIT, MSG_TRUNC, ...
 */
ssize_t socket_recv4(int s, char *buf, size_t len, char ip[4], uint16_t *port);
ssize_t socket_recv6(int s, char *buf, size_t len, char ip[16], uint16_t *port,
		     uint32_t *scope_id);
ssize_t socket_recv4_flag(int s, char *buf, size_t len, char ip[4],
			  uint16_t *port, int flags);
ssize_t socket_recv6_flag(int s, char *buf, size_t len, char ip[16],
			  uint16_t *port, uint32_t *scope_id, int flags);

/*
 * Sends len bytes from buf to port (host order) at ip (network order);
 * scope_id is the index of the outgoing interface for a link-local address,
 * else 0. Returns the number of bytes, or -1 with sendto(2)'s errno: EMSGSIZE,
 * EAGAIN if s is non-blocking and the queue is full or no local port is left,
 * ENETUNREACH, EACCES for a broadcast address without socket_broadcast.
 *
 * flags are sendto(2)'s: MSG_DONTWAIT, MSG_DONTROUTE, ...
 */
ssize_t socket_send4(int s, const char *buf, size_t len, const char ip[4],
		     uint16_t port);
ssize_t socket_send6(int s, const char *buf, size_t len, const char ip[16],
		     uint16_t port, uint32_t scope_id);
ssize_t socket_send4_flag(int s, const char *buf, size_t len, const char ip[4],
			  uint16_t port, int flags);
ssize_t socket_send6_flag(int s, const char *buf, size_t len, const char ip[16],
			  uint16_t port, uint32_t scope_id, int flags);

#ifdef __cplusplus
}
#endif

#endif
