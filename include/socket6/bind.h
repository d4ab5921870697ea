/* SPDX-License-Identifier: ISC */
/* socket6/bind.h - choose the local address and port. socket_bind6(3) */
#ifndef SOCKET_6_BIND_H
#define SOCKET_6_BIND_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Binds s to ip (network order, null for any address) and port (host order,
 * 0 for one that the system chooses). scope_id is the interface index of a
 * link-local address, else 0. Returns 0, or -1 with bind(2)'s errno:
 * EADDRINUSE, EADDRNOTAVAIL, EACCES, EINVAL if s is already bound, ...
 */
int socket_bind4(int s, const char ip[4], uint16_t port);
int socket_bind6(int s, const char ip[16], uint16_t port, uint32_t scope_id);

/*
 * The same for a TCP server that restarts: succeeds while old connections
 * linger at the port (SO_REUSEADDR), but on Linux never while a server listens
 * there; BSD and macOS refuse only the same address and port. It lets two UDP
 * sockets share a port: for UDP use the plain form.
 */
int socket_bind4_reuse(int s, const char ip[4], uint16_t port);
int socket_bind6_reuse(int s, const char ip[16], uint16_t port,
		       uint32_t scope_id);

/*
 * The same for servers that share a port on purpose; the system balances the
 * load between them (SO_REUSEPORT). ENOPROTOOPT if it does not support that.
 */
int socket_bind4_reuseport(int s, const char ip[4], uint16_t port);
int socket_bind6_reuseport(int s, const char ip[16], uint16_t port,
			   uint32_t scope_id);

/*
 * The same for multicast, beside other programs at the port: sets what any of
 * them may have set (SO_REUSEADDR and SO_REUSEPORT), so only a neighbour that
 * has set neither refuses. Each then gets what is sent to its groups, and one
 * of them what is sent to the host itself: for a port that is not shared on
 * purpose use another form. On Windows any program may then take the port.
 */
int socket_bind6_shared(int s, const char ip[16], uint16_t port,
			uint32_t scope_id);

/*
 * Binds the address now; the system chooses the port at connect, when the peer
 * is known, so one address can have more outgoing connections than there are
 * ports (IP_BIND_ADDRESS_NO_PORT). ENOPROTOOPT if it does not support that.
 */
int socket_bind4_noport(int s, const char ip[4]);
int socket_bind6_noport(int s, const char ip[16], uint32_t scope_id);

/*
 * Lets s bind to an address that this host does not have yet, in place of
 * EADDRNOTAVAIL, or, if on is 0, no longer (IP_FREEBIND, SO_BINDANY,
 * IP_BINDANY). 0, or -1 with setsockopt(2)'s errno: ENOPROTOOPT if the system
 * does not support that, EPERM or EACCES if it requires a privilege (BSD).
 */
int socket_freebind(int s, int on);

#ifdef __cplusplus
}
#endif

#endif
