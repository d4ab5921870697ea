/* SPDX-License-Identifier: ISC */
/* connect.c - connect, and learn how it went. */
#include "addr.h"

int socket_connect4(int s, const char ip[4], uint16_t port)
{
	union socket6_addr a;
	socklen_t len = addr_put4(&a, ip, port);

	return sys_connect(s, &a.sa, len);
}

SYS_RARE static int connect_again(struct socket6_try *x)
{
	socklen_t len = socket6_second_try(x);

	return len ? sys_connect(x->s, &x->a.sa, len) : -1;
}

int socket_connect6(int s, const char ip[16], uint16_t port, uint32_t scope_id)
{
	struct socket6_try x;
	socklen_t len = addr_put6(&x.a, ip, port, scope_id);

	x.s = s;
	if (sys_connect(s, &x.a.sa, len) == 0)
		return 0;
	return errno == EINPROGRESS ? -1 : connect_again(&x);
}

static int has_peer(int s)
{
	union socket6_addr a;
	socklen_t len = sizeof a;

	return getpeername(s, &a.sa, &len) == 0;
}

/*
 * Why s is not connected, or 0 if it is; where the state is unknown. The order
 * matters. The peer first: an established connection may hold a soft error,
 * which is not ours to take. Then poll before SO_ERROR: in the other order, a
 * refusal that arrives between the two would be lost. Then the peer again: the
 * event may be the connection.
 */
SYS_RARE static int reason_by_peer(int s)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};
	int events, error;

	if (has_peer(s))
		return 0;
	/* macOS says EINVAL of a socket that was reset. */
	if (errno != ENOTCONN && errno != EINVAL)
		return errno;
	events = sys_poll_now(&p, 1);
	if (events == 0 && sys_is_pending(s))
		return EINPROGRESS;
	/* It has just completed, is listening, is full, or is unconnected (BSD). */
	if (events == 0)
		events = sys_poll_now(&p, 1);
	if (events <= 0)
		return events == 0 ? ENOTCONN : errno;
	if (has_peer(s))
		return 0;
	error = sys_take_error(s);
	if (error)
		return error;
	/* POLLERR alone: a soft error, already reported; still connecting. */
	return p.revents & (POLLOUT | POLLHUP) ? ENOTCONN : EINPROGRESS;
}

static int is_writable(int s)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};

	return sys_poll_now(&p, 1) > 0 && p.revents & POLLOUT;
}

/*
 * Why a TCP socket that has no error is not connected; 0 if it is. If it is
 * writable it has a new state by now, or its SYN waits for the first data
 * (TCP_FASTOPEN_CONNECT): then it has no peer. A half-open one (SYN received)
 * has a peer; fast open made it writable.
 */
SYS_RARE static int reason_without_error(int s, int state)
{
	int error;

	if (state != SYS_TCP_CLOSED) {
		if (!is_writable(s))
			return EINPROGRESS;
		if (sys_tcp_state(s) == SYS_TCP_CONNECTED)
			return 0;
		error = sys_take_error(s);
		if (error)
			return error;
	}
	/* Multipath TCP lives on when its first subflow has closed. */
	return has_peer(s) ? 0 : ENOTCONN;
}

/*
 * Why a TCP socket in this state, any but CONNECTED, is not connected; 0 if it
 * is. TCP sets SO_ERROR before the state that goes with it: no reason is lost.
 */
static int reason_by_state(int s, int state)
{
	int error = sys_take_error(s);

	return error ? error : reason_without_error(s, state);
}

SYS_RARE static int is_connected(int s, int state)
{
	int error = state == SYS_TCP_UNKNOWN ? reason_by_peer(s)
					     : reason_by_state(s, state);

	if (error)
		errno = error;
	return error == 0;
}

int socket_connected(int s)
{
	int state = sys_tcp_state(s);

	return sys_likely(state == SYS_TCP_CONNECTED) ? 1
						      : is_connected(s, state);
}
