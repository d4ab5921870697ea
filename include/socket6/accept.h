/* SPDX-License-Identifier: ISC */
/* socket6/accept.h - accept a connection. socket_accept6(3) */
#ifndef SOCKET_6_ACCEPT_H
#define SOCKET_6_ACCEPT_H

#include <socket6/flags.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Accepts a connection from s's queue, writes the peer's address to ip
 * (network order), port (host order) and scope_id (0 unless link-local), and
 * returns the new descriptor. On every system it is blocking and inherited
 * across exec unless the function's name says non-blocking or close-on-exec.
 *
 * -1 with accept(2)'s errno: EAGAIN if the queue is empty and s is
 * non-blocking, ECONNABORTED if the peer ended the connection, EMFILE, EINVAL
 * if s does not listen. EAFNOSUPPORT if the peer has no address of the
 * function's family, and closes the connection; never if every output is null.
 */
int socket_accept4(int s, char ip[4], uint16_t *port);
int socket_accept6(int s, char ip[16], uint16_t *port, uint32_t *scope_id);
int socket_accept4_makenonblocking(int s, char ip[4], uint16_t *port);
int socket_accept6_makenonblocking(int s, char ip[16], uint16_t *port,
				   uint32_t *scope_id);
int socket_accept4_setcloseonexec(int s, char ip[4], uint16_t *port);
int socket_accept6_setcloseonexec(int s, char ip[16], uint16_t *port,
				  uint32_t *scope_id);
int socket_accept4_makenonblocking_setcloseonexec(int s, char ip[4],
						  uint16_t *port);
int socket_accept6_makenonblocking_setcloseonexec(int s, char ip[16],
						  uint16_t *port,
						  uint32_t *scope_id);

/* flags: SOCKET_NONBLOCK, SOCKET_CLOEXEC; any other bit is EINVAL. */
int socket_accept4_flags(int s, char ip[4], uint16_t *port, int flags);
int socket_accept6_flags(int s, char ip[16], uint16_t *port, uint32_t *scope_id,
			 int flags);

#ifdef __cplusplus
}
#endif

#endif
