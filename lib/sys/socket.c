/* SPDX-License-Identifier: ISC */
/* socket.c - a socket that is born with its modes. */
#include "sys.h"

enum { MODES = SOCK_NONBLOCK | SOCK_CLOEXEC };

/* A new socket is blocking and inherited: only what is asked needs setting. */
static int in_steps(int family, int type, int protocol)
{
	int s = socket(family, type & ~MODES, protocol);

	return s != -1 && type & MODES ? socket6_set_modes(s, type & MODES) : s;
}

#if HAVE_SOCK_NONBLOCK

/* EINVAL: a kernel older than the headers (Linux before 2.6.27). */
int socket6_socket(int family, int type, int protocol)
{
	int s = socket(family, type, protocol);

	if (s == -1 && errno == EINVAL && type & MODES)
		return in_steps(family, type, protocol);
	return s;
}

#else

int socket6_socket(int family, int type, int protocol)
{
	return in_steps(family, type, protocol);
}

#endif
