/* SPDX-License-Identifier: ISC */
/* socket6/stream.h - read, write and close a socket. socket_read(3) */
#ifndef SOCKET_6_STREAM_H
#define SOCKET_6_STREAM_H

#include <socket6/flags.h>
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

/* Bytes to write. Two words, as struct iovec has them. */
struct socket_buffer {
	const char *buf;
	size_t len;
};

/*
 * Writes these n buffers, one after the other, as one socket_write of all their
 * bytes: it may return fewer. On a datagram socket they are one datagram;
 * EMSGSIZE if n is above the system's IOV_MAX, often 1024. On a stream only the
 * first IOV_MAX are then written.
 */
ssize_t socket_writev(int s, const struct socket_buffer *buffers, size_t n);

/*
 * Waits until s is ready for one of events, SOCKET_READABLE or SOCKET_WRITABLE
 * or both. Returns those that hold; 0 when milliseconds have passed, which 0
 * does at once and less never; or -1 with poll(2)'s errno: EINTR after a
 * signal, EBADF; EINVAL for other events. The end of the stream is readable,
 * and where an error waits both hold. Any descriptor will do, on Windows a
 * socket.
 */
int socket_wait(int s, int events, int milliseconds);

/*
 * Ends the connection in one direction, or both: SOCKET_READABLE, no more is
 * read; SOCKET_WRITABLE, the peer reads to the end of what was written. s stays
 * open. 0, or -1 with shutdown(2)'s errno: ENOTCONN, EBADF, ENOTSOCK; EINVAL
 * for another how.
 */
int socket_shutdown(int s, int how);

/* Closes s. 0, or -1 with close(2)'s errno: EBADF. */
int socket_close(int s);

#ifdef __cplusplus
}
#endif

#endif
