/* SPDX-License-Identifier: ISC */
/* timeout.c - connect within a time. */
#include "public.h"
#include "sys/sys.h"

/* How long to wait before polling a socket again whose event remains. */
enum { PAUSE_MILLISECONDS = 10 };

/* Milliseconds until the deadline, for poll; -1: for ever. */
static int left(int milliseconds, int64_t deadline)
{
	int64_t rest;

	if (milliseconds < 0)
		return -1;
	if (milliseconds == 0)
		return 0;
	rest = deadline - sys_milliseconds();
	if (rest > milliseconds)
		return milliseconds;
	return rest > 0 ? (int)rest : 0;
}

/*
 * An inconclusive event persists, so poll would spin. On Linux that is POLLERR
 * alone, from an ICMP error with IP_RECVERR while TCP still tries, and POLLHUP
 * from a half-open socket that was shut down.
 */
static int pause_for(int rest)
{
	if (rest < 0 || rest > PAUSE_MILLISECONDS)
		rest = PAUSE_MILLISECONDS;
	return poll(NULL, 0, rest);
}

/* Waits for the next event of a connection. 0, or -1 with errno. */
static int await(struct pollfd *p, int milliseconds, int64_t deadline)
{
	int rest = left(milliseconds, deadline);
	int r;

	if (rest == 0)
		return sys_fail(ETIMEDOUT);
	r = p->revents ? pause_for(rest) : poll(p, 1, rest);
	return r == -1 && errno != EINTR ? -1 : 0;
}

SYS_RARE static int keep_waiting(int s, int milliseconds)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};
	int64_t deadline = 0;

	/* One more, because the clock's milliseconds are rounded down. */
	if (milliseconds > 0)
		deadline = sys_milliseconds() + milliseconds + 1;
	while (await(&p, milliseconds, deadline) == 0) {
		if (socket_connected(s))
			return 1;
		if (errno != EINPROGRESS)
			return 0;
	}
	return 0;
}

int socket_wait_connected(int s, int milliseconds)
{
	if (socket_connected(s))
		return 1;
	return errno == EINPROGRESS ? keep_waiting(s, milliseconds) : 0;
}

/* A connect's result: whether the connection goes on in the background. */
static int goes_on(int r)
{
	return r == -1 && (errno == EINPROGRESS || errno == EWOULDBLOCK ||
			   errno == EALREADY || errno == EINTR);
}

/*
 * Linux says EISCONN of a socket that is or was connected, of one that listens,
 * and of one that will connect with its first data (TCP_FASTOPEN_CONNECT), whose
 * state is SYN_SENT. 0, or -1; never EINPROGRESS, which a listening socket gets
 * where a filter refuses its options.
 */
static int is_established(int s)
{
	int error;

	if (socket_connected(s))
		return 0;
	error = errno == EINPROGRESS ? ENOTCONN : errno;
	return sys_tcp_state(s) == SYS_TCP_SYN_SENT ? 0 : sys_fail(error);
}

/*
 * Some systems say EADDRINUSE of a socket whose connect a signal interrupted.
 * If that connect goes on, waits for it.
 */
static int resume(int s, int milliseconds)
{
	if (socket_wait_connected(s, milliseconds))
		return 0;
	return sys_fail(errno == ENOTCONN ? EADDRINUSE : errno);
}

/* The second half of both forms: r is connect's result. */
static int finish(int s, int r, int modes, int milliseconds)
{
	int error = errno;

	if (sys_restore_modes(s, modes) == -1)
		return -1;
	errno = error;
	if (goes_on(r))
		return socket_wait_connected(s, milliseconds) ? 0 : -1;
	if (r == -1 && errno == EADDRINUSE)
		return resume(s, milliseconds);
	return r == -1 && errno == EISCONN ? is_established(s) : r;
}

int socket_connect4_timeout(int s, const char ip[4], uint16_t port,
			    int milliseconds)
{
	int modes = sys_set_nonblock(s, 1);

	if (modes == -1)
		return -1;
	return finish(s, socket_connect4(s, ip, port), modes, milliseconds);
}

int socket_connect6_timeout(int s, const char ip[16], uint16_t port,
			    uint32_t scope_id, int milliseconds)
{
	int modes = sys_set_nonblock(s, 1);

	if (modes == -1)
		return -1;
	return finish(s, socket_connect6(s, ip, port, scope_id), modes,
		      milliseconds);
}
