/* SPDX-License-Identifier: ISC */
/* socket6/timeout.h - connect with a timeout. socket_connect6_timeout(3) */
#ifndef SOCKET_6_TIMEOUT_H
#define SOCKET_6_TIMEOUT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Connects s, blocking or not, to port (host order) at ip (network order), and
 * waits up to milliseconds; below 0 for ever, 0 checks once. scope_id is the
 * index of the outgoing interface for a link-local address, else 0.
 *
 * 0 if connected, -1 with connect(2)'s reason if not: ETIMEDOUT when the time
 * is up; the attempt is then still pending, and the caller closes s. If a
 * connection is already pending it waits for that; if s is connected it
 * succeeds. Continues after EINTR with the remaining time. Restores the
 * descriptor's mode, except on Windows, which leaves it blocking.
 */
int socket_connect4_timeout(int s, const char ip[4], uint16_t port,
			    int milliseconds);
int socket_connect6_timeout(int s, const char ip[16], uint16_t port,
			    uint32_t scope_id, int milliseconds);

/*
 * Only waits, for a connection that was started on s before. 1 if connected, 0
 * with errno if not, as socket_connected; ETIMEDOUT when the time is up.
 */
int socket_wait_connected(int s, int milliseconds);

#ifdef __cplusplus
}
#endif

#endif
