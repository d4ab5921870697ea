/* SPDX-License-Identifier: ISC */
/* socket6/connect.h - connect, and learn the result. socket_connect6(3) */
#ifndef SOCKET_6_CONNECT_H
#define SOCKET_6_CONNECT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Connects s to port (host order) at ip (network order). scope_id is the
 * index of the outgoing interface for a link-local address, else 0.
 *
 *  0                            connected, at once if s is non-blocking
 * -1, EINPROGRESS, EWOULDBLOCK  s is non-blocking, and the connection
 *                               continues in the background
 * -1, EINTR                     s is blocking and a signal handler ran: the
 *                               connection continues in the background
 * -1, any other errno           the connection failed, with connect(2)'s
 *                               reason
 *
 * When the background connection succeeds or fails, s becomes writable: then
 * call socket_connected. If no local port is left the errno is EADDRNOTAVAIL,
 * although Linux's is EAGAIN for UDP, which would look like the second row.
 */
int socket_connect4(int s, const char ip[4], uint16_t port);
int socket_connect6(int s, const char ip[16], uint16_t port, uint32_t scope_id);

/*
 * 1 if s is connected. 0 if it is not, with the reason in errno:
 *
 * ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ECONNRESET, ...
 *                the background connection failed; returned once
 * EINPROGRESS    it is still pending, or half open
 * ENOTCONN       s never tried to connect, listens, has reported its failure,
 *                or the connection has ended
 * EBADF, ENOTSOCK
 *
 * May be called at any time, even while the answer arrives. Reads no byte.
 */
int socket_connected(int s);

/*
 * Makes the UDP socket s forget its peer: it receives from anyone again, and may
 * be connected to another peer, on a dual-stack socket also of the other
 * family. Linux also takes back the local address and port if the system chose
 * them, at a bind with port 0 too. Returns 0, also if s had no peer; or -1 with
 * errno: EOPNOTSUPP for TCP, EBADF, ENOTSOCK.
 */
int socket_disconnect(int s);

#ifdef __cplusplus
}
#endif

#endif
