/* SPDX-License-Identifier: ISC */
/* connect.c - connect, and learn how it went. */
#include "addr.h"

int socket_connect4(int s, const char ip[4], uint16_t port)
{
	union socket6_addr a;
	socklen_t len = addr_put4(&a, ip, port);

	return sys_connect(s, &a.sa, len);
}

/* In memory for a second try: registers would cost the first one. */
struct attempt {
	int s;
	union socket6_addr a;
};

SYS_RARE static int connect_again(struct attempt *x)
{
	socklen_t len = socket6_second_try(x->s, &x->a);

	return len ? sys_connect(x->s, &x->a.sa, len) : -1;
}

int socket_connect6(int s, const char ip[16], uint16_t port, uint32_t scope_id)
{
	struct attempt x;
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

/* Why a socket that had no peer has none; 0 if it has one by now. */
static int reason(int s)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};
	int events = sys_poll_now(&p, 1);
	int error;

	if (events == 0 && socket6_is_pending(s))
		return EINPROGRESS;
	/* The end came in between, or it listens, or is full, or new (BSD). */
	if (events == 0)
		events = sys_poll_now(&p, 1);
	if (events <= 0)
		return events == 0 ? ENOTCONN : errno;
	if (has_peer(s))
		return 0;
	error = socket6_take_error(s);
	if (error)
		return error;
	/* POLLERR alone was a soft error, told already; the system tries on. */
	return p.revents & (POLLOUT | POLLHUP) ? ENOTCONN : EINPROGRESS;
}

/*
 * The order matters. The peer first: an established connection may hold a
 * soft error, which is not ours to take. Then poll before SO_ERROR: taken
 * earlier, a refusal that arrives between the two would be lost. Then the
 * peer once more: the event may be the connection.
 */
int socket_connected(int s)
{
	int error;

	if (has_peer(s))
		return 1;
	/* macOS says EINVAL of a socket that was reset. */
	if (errno != ENOTCONN && errno != EINVAL)
		return 0;
	error = reason(s);
	if (error == 0)
		return 1;
	errno = error;
	return 0;
}
