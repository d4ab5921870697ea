/* SPDX-License-Identifier: ISC */
/* stream.c - read, write and close a socket. */
#include "public.h"
#include "sys/message.h"

#include <stddef.h>

ssize_t socket_read(int s, char *buf, size_t len)
{
	return recv(s, buf, len, 0);
}

ssize_t socket_write(int s, const char *buf, size_t len)
{
	return sys_sendto(s, buf, len, 0, NULL, 0);
}

/* 4.4BSD's fields, which every system has, and winsock.h. */
_Static_assert(sizeof(struct socket_buffer) == sizeof(struct iovec) &&
		       offsetof(struct socket_buffer, buf) ==
			       offsetof(struct iovec, iov_base) &&
		       offsetof(struct socket_buffer, len) ==
			       offsetof(struct iovec, iov_len),
	       "an array of struct socket_buffer is none of struct iovec");

static inline ssize_t write_buffers(int s, const struct socket_buffer *buffers,
				    unsigned short n)
{
	struct msghdr m = {.msg_iov = (void *)(uintptr_t)buffers};

	/* Of another type on each system; this one fits into all. */
	m.msg_iovlen = n;
	return sys_sendmsg(s, &m);
}

/* A datagram would be cut, and a record. */
SYS_RARE static ssize_t write_first(int s, const struct socket_buffer *buffers)
{
	int type = sys_getsockopt(s, SOL_SOCKET, SO_TYPE);

	if (type == -1)
		return -1;
	if (type != SOCK_STREAM)
		return sys_fail(EMSGSIZE);
	return write_buffers(s, buffers, SYS_IOV_MAX);
}

ssize_t socket_writev(int s, const struct socket_buffer *buffers, size_t n)
{
	if (sys_likely(n <= SYS_IOV_MAX))
		return write_buffers(s, buffers, (unsigned short)n);
	return write_first(s, buffers);
}

/* No descriptor; or an error, or the end both ways: no call would wait. */
SYS_RARE static int held_otherwise(short revents, int events)
{
	return revents & POLLNVAL ? sys_fail(EBADF) : events;
}

static inline int held(short revents, int events)
{
	if (!sys_likely((revents & ~(POLLIN | POLLOUT)) == 0))
		return held_otherwise(revents, events);
	return (revents & POLLIN ? SOCKET_READABLE : 0) |
	       (revents & POLLOUT ? SOCKET_WRITABLE : 0);
}

int socket_wait(int s, int events, int milliseconds)
{
	static const short asked[] = {0, POLLIN, POLLOUT, POLLIN | POLLOUT};
	struct pollfd p;
	int r;

	if (events < 1 || events > (SOCKET_READABLE | SOCKET_WRITABLE))
		return sys_fail(EINVAL);
	if (s < 0) /* poll ignores it */
		return sys_fail(EBADF);
	p = (struct pollfd){.fd = s, .events = asked[events]};
	/* BSD fails with EINVAL for less than -1. */
	r = poll(&p, 1, milliseconds < 0 ? -1 : milliseconds);
	return r <= 0 ? r : held(p.revents, events);
}

/* In POSIX the numbers are not fixed; they are these on every system. */
_Static_assert(SHUT_RD == SOCKET_READABLE - 1 &&
		       SHUT_WR == SOCKET_WRITABLE - 1 && SHUT_RDWR == 2,
	       "shutdown has other numbers");

int socket_shutdown(int s, int how)
{
	if (how < 1 || how > (SOCKET_READABLE | SOCKET_WRITABLE))
		return sys_fail(EINVAL);
	return shutdown(s, how - 1);
}

int socket_close(int s)
{
	return close(s);
}
