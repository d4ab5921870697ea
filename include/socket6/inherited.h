/* SPDX-License-Identifier: ISC */
/* socket6/inherited.h - sockets from elsewhere. socket_inherited(3) */
#ifndef SOCKET_6_INHERITED_H
#define SOCKET_6_INHERITED_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The sockets that a service manager opened for this process, which LISTEN_PID
 * and LISTEN_FDS of the environment tell: sd_listen_fds(3). Makes all of them
 * close-on-exec, writes the first max of them to fds, and returns how many
 * there are, which may be more than max; 0 if there are none, or they are
 * another process's. The environment stays as it is, so a second call returns
 * the same.
 *
 * -1 with errno, and fds unchanged: EBADF if one is not open, ENOTSOCK if one is
 * no socket, EINVAL if a variable is no number.
 */
int socket_inherited(int *fds, size_t max);

/* The family of s: 4, 6, or 0 for another. -1: EBADF, ENOTSOCK. */
int socket_family(int s);

/* The type of s: one of these, or 0 for another. -1: EBADF, ENOTSOCK. */
#define SOCKET_STREAM	 1 /* TCP, SCTP */
#define SOCKET_DATAGRAM	 2 /* UDP */
#define SOCKET_SEQPACKET 3
int socket_type(int s);

#ifdef __cplusplus
}
#endif

#endif
