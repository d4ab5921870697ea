/* SPDX-License-Identifier: ISC */
/* socket6/listen.h - wait for connections. socket_listen(3) */
#ifndef SOCKET_6_LISTEN_H
#define SOCKET_6_LISTEN_H

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

#ifdef __cplusplus
}
#endif

#endif
