/* SPDX-License-Identifier: ISC */
/* socket_dial.c - from a name or addresses to a connection, in one call. */
#include "dial.h"

static struct socket_dial *new_dial(size_t max, int milliseconds,
				    struct socket_history *history)
{
	struct socket_dial *d = socket_dial_new(max);

	if (!d)
		return NULL;
	d->grows = 1;
	socket_dial_set(d, SOCKET_DIAL_FLAGS, SOCKET_CLOEXEC);
	socket_dial_set(d, SOCKET_DIAL_DEADLINE,
			milliseconds < 0 ? -1 : milliseconds);
	socket_dial_set_history(d, history);
	return d;
}

/* Runs it unless r says that it could not begin. */
static int finish(struct socket_dial *d, int r)
{
	int s = r == -1 ? -1 : socket6_dial_run(d);
	int error = errno;

	socket_dial_free(d);
	errno = error;
	return s;
}

int socket_dial6(const struct socket_addr6 *addrs, size_t n, int milliseconds,
		 struct socket_history *history)
{
	struct socket_dial *d;

	if (!addrs && n)
		return sys_fail(EINVAL);
	d = new_dial(n, milliseconds, history);
	if (!d)
		return -1;
	socket_dial_add(d, addrs, n);
	return finish(d, socket_dial_end(d));
}

int socket_dial(const char *host, const char *service, int milliseconds,
		struct socket_history *history)
{
	struct socket_dial *d = new_dial(1, milliseconds, history);

	return d ? finish(d, socket_dial_name(d, host, service, 0)) : -1;
}
