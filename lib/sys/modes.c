/* SPDX-License-Identifier: ISC */
/* modes.c - a descriptor's modes, one by one. */
#include "sys.h"

#include <fcntl.h>

int socket6_discard(int fd)
{
	int error = errno;

	close(fd);
	errno = error;
	return -1;
}

int socket6_set_nonblock(int fd, int on)
{
	int flags = fcntl(fd, F_GETFL);
	int wanted = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;

	if (flags == -1)
		return -1;
	if (wanted != flags && fcntl(fd, F_SETFL, wanted) == -1)
		return -1;
	return (flags & O_NONBLOCK) != 0;
}

int socket6_set_modes(int fd, int modes)
{
	if (modes & SOCK_CLOEXEC && fcntl(fd, F_SETFD, FD_CLOEXEC) == -1)
		return socket6_discard(fd);
	if (socket6_set_nonblock(fd, modes & SOCK_NONBLOCK) == -1)
		return socket6_discard(fd);
	return fd;
}
