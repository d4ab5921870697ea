/* SPDX-License-Identifier: ISC */
/* modes.c - a descriptor's modes, one by one. */
#include "sys.h"

int sys_discard(int fd)
{
	int error = errno;

	close(fd);
	errno = error;
	return -1;
}

int sys_set_modes(int fd, int flags)
{
	if (flags & SOCKET_CLOEXEC && sys_set_closeonexec(fd) == -1)
		return sys_discard(fd);
	if (sys_set_nonblock(fd, flags & SOCKET_NONBLOCK) == -1)
		return sys_discard(fd);
	return fd;
}
