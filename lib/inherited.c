/* SPDX-License-Identifier: ISC */
/* inherited.c - sockets from elsewhere, and what they are. */
#include "addr.h"

#include <stdlib.h>

/* They follow standard error: sd_listen_fds(3). */
enum { FIRST = 3 };

/* The number in a variable of the environment, 0 without one; -1: EINVAL. */
static int number_in(const char *name)
{
	const char *text = getenv(name);
	uint32_t n = 0;

	if (text && !socket6_decimal(text, strlen(text), INT_MAX - FIRST, &n))
		return sys_fail(EINVAL);
	return (int)n;
}

static int keep(int fd)
{
	return socket_type(fd) == -1 ? -1 : sys_set_closeonexec(fd);
}

int socket_inherited(int *fds, size_t max)
{
	int pid = number_in("LISTEN_PID");
	int n = pid > 0 && pid == getpid() ? number_in("LISTEN_FDS") : 0;

	if (pid == -1 || n == -1)
		return -1;
	for (int i = 0; i < n; i++)
		if (keep(FIRST + i) == -1)
			return -1;
	for (int i = 0; i < n && (size_t)i < max; i++)
		fds[i] = FIRST + i;
	return n;
}

int socket_family(int s)
{
	union socket6_addr a;
	socklen_t len = sizeof a;

	addr_clear(&a);
	if (getsockname(s, &a.sa, &len) == -1)
		return -1;
	if (a.sa.sa_family == AF_INET6)
		return 6;
	return a.sa.sa_family == AF_INET ? 4 : 0;
}

int socket_type(int s)
{
	switch (sys_getsockopt(s, SOL_SOCKET, SO_TYPE)) {
	case -1:
		return -1;
	case SOCK_STREAM:
		return SOCKET_STREAM;
	case SOCK_DGRAM:
		return SOCKET_DATAGRAM;
	case SOCK_SEQPACKET:
		return SOCKET_SEQPACKET;
	}
	return 0;
}
