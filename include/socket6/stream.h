/* SPDX-License-Identifier: ISC */
/* socket6/stream.h - read, write and close a socket. socket_read(3) */
#ifndef SOCKET_6_STREAM_H
#define SOCKET_6_STREAM_H

#include <stddef.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * read(2), write(2) and close(2) for sockets, the same on every system,
 * Windows included. Return the number of bytes, which may be fewer than len; 0
 * from socket_read at the end of the stream; -1 with errno: EAGAIN, ECONNRESET,
 * ENOTCONN; EPIPE from socket_write, and never SIGPIPE, when the connection is
 * closed for writing; ENOTSOCK for anything but a socket.
 */
ssize_t socket_read(int s, char *buf, size_t len);
ssize_t socket_write(int s, const char *buf, size_t len);

/* Closes s. 0, or -1 with close(2)'s errno: EBADF. */
int socket_close(int s);

#ifdef __cplusplus
}
#endif

#endif
