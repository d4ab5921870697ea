/* SPDX-License-Identifier: ISC */
/* accept4.c - a connection that is taken with its modes. */
#include "sys.h"

/* What accept gives may have inherited O_NONBLOCK (BSD, macOS). */
static int in_steps(int s, struct sockaddr *sa, socklen_t *len, int modes)
{
	int fd = accept(s, sa, len);

	return fd == -1 ? -1 : socket6_set_modes(fd, modes);
}

#if HAVE_ACCEPT4

/* ENOSYS: a kernel older than the headers (Linux before 2.6.28). */
int socket6_accept4(int s, struct sockaddr *sa, socklen_t *len, int modes)
{
	int fd = accept4(s, sa, len, modes);

	if (fd == -1 && errno == ENOSYS)
		return in_steps(s, sa, len, modes);
	return fd;
}

#else

int socket6_accept4(int s, struct sockaddr *sa, socklen_t *len, int modes)
{
	return in_steps(s, sa, len, modes);
}

#endif
