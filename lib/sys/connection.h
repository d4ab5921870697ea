/* SPDX-License-Identifier: ISC */
/* connection.h - connecting, how it went, and sending. */
#ifndef SOCKET6_LIB_SYS_CONNECTION_H
#define SOCKET6_LIB_SYS_CONNECTION_H

/*
 * connect(2). When no local port is left for a UDP socket, Linux fails with
 * EAGAIN, which is EWOULDBLOCK; but nothing goes on in the background.
 */
static inline int sys_connect(int s, const struct sockaddr *sa, socklen_t len)
{
	int r = connect(s, sa, len);

	if (r == -1 && errno == EAGAIN)
		errno = EADDRNOTAVAIL;
	return r;
}

/*
 * poll(2) without waiting. Even this fails with EINTR on Linux when a signal is
 * pending.
 */
static inline int sys_poll_now(struct pollfd *fds, nfds_t n)
{
	int events;

	do
		events = poll(fds, n, 0);
	while (events == -1 && errno == EINTR);
	return events;
}

/*
 * The state of a TCP connection. UNKNOWN: s is not a TCP socket, or the system
 * does not use Linux's numbers. A listening socket is CLOSED, too.
 */
enum {
	SYS_TCP_UNKNOWN,
	SYS_TCP_CONNECTED,
	SYS_TCP_SYN_SENT,
	SYS_TCP_SYN_RECEIVED,
	SYS_TCP_CLOSED,
};
#if HAVE_TCP_STATES
extern const unsigned char socket6_tcp_states[];
static inline int sys_tcp_state(int s)
{
	/* The first byte of struct tcp_info: tcpi_state. */
	unsigned char state = 0;
	socklen_t len = sizeof state;

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, &state, &len) == -1)
		return SYS_TCP_UNKNOWN;
	return state > TCP_CLOSING ? SYS_TCP_UNKNOWN
				   : socket6_tcp_states[state];
}
#else
# define sys_tcp_state(s) SYS_TCP_UNKNOWN
#endif

/*
 * Whether s is connecting, asked when poll reports nothing: except on Linux,
 * poll reports nothing for a socket that never connected, either.
 */
int sys_is_pending(int s);

/*
 * A filter of system calls (seccomp) may fail any call with any errno. These
 * would mean that the failed call goes on or has succeeded, and the caller
 * would wait for ever: they become EIO.
 */
SYS_RARE int sys_reason(int error);

/*
 * Takes the pending error of s (SO_ERROR), 0 for none. Solaris reports it by
 * failing the getsockopt itself.
 */
static inline int sys_take_error(int s)
{
	int error = 0;
	socklen_t len = sizeof error;

	if (getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &len) == 0)
		return error;
	return sys_reason(errno);
}

/* sendto(2) that raises no SIGPIPE. */
#if HAVE_MSG_NOSIGNAL
# define sys_sendto(s, buf, len, flags, sa, salen)                             \
  sendto((s), (buf), (len), (flags) | MSG_NOSIGNAL, (sa), (salen))
#else
# define sys_sendto socket6_sendto
ssize_t sys_sendto(int s, const void *buf, size_t len, int flags,
		   const struct sockaddr *sa, socklen_t salen);
#endif

/* Connects, with the data in the SYN. */
#if HAVE_MSG_FASTOPEN
# define sys_fastopen(s, buf, len, sa, salen)                                  \
  sys_sendto((s), (buf), (len), MSG_FASTOPEN, (sa), (salen))
#else
# define sys_fastopen socket6_fastopen
ssize_t sys_fastopen(int s, const void *buf, size_t len,
		     const struct sockaddr *sa, socklen_t salen);
#endif

/*
 * Whether sys_fastopen failed with this because there is no fast open; the
 * connection has not begun.
 * EPIPE comes from systems that ignore MSG_FASTOPEN and find no peer to send to
 * (gVisor, Linux before 3.7), EOPNOTSUPP from those that switched it off.
 */
static inline int sys_no_fastopen(int error)
{
	return error == EOPNOTSUPP || error == EPIPE;
}

#endif
