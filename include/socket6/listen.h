/* SPDX-License-Identifier: ISC */
/* socket6/listen.h - wait for connections. socket_listen(3) */
#ifndef SOCKET_6_LISTEN_H
#define SOCKET_6_LISTEN_H

#include <socket6/flags.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Makes s listen, with a queue of up to backlog connections to accept; the
 * system may round and cap that. Returns 0, or -1 with listen(2)'s errno:
 * EADDRINUSE if another socket listens at the port, EINVAL if s is connected,
 * EOPNOTSUPP for a UDP socket, EBADF, ENOTSOCK.
 */
int socket_listen(int s, unsigned int backlog);

/*
 * Creates a TCP socket, binds it to ip (network order; null: any address), port
 * (host order; 0: the system chooses) and scope_id (0 unless link-local), and
 * listens. Connections that linger there do not make it fail. Returns the new
 * descriptor.
 *
 * It is dual-stack at any address, where the system can; a v4-mapped ip makes
 * an IPv4 socket. backlog 0 or less: as many as the system queues. flags: those
 * of socket_tcp6_flags, where SOCKET_V6ONLY concerns IPv6 addresses alone;
 * SOCKET_REUSEPORT; SOCKET_FREEBIND; SOCKET_DEFERACCEPT, a hint.
 *
 * -1 with the errno of socket(2), bind(2) or listen(2): EADDRINUSE,
 * EADDRNOTAVAIL, EACCES, EMFILE; ENOPROTOOPT if the system has no
 * SOCKET_REUSEPORT or SOCKET_FREEBIND; EINVAL for any other flag, and for a
 * link-local address without scope id.
 */
int socket_listener6(const char ip[16], uint16_t port, uint32_t scope_id,
		     int backlog, int flags);

#ifdef __cplusplus
}
#endif

#endif
