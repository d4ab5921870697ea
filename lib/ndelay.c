/* SPDX-License-Identifier: ISC */
/* ndelay.c - blocking or not. */
#include "public.h"
#include "sys/sys.h"

int ndelay_on(int fd)
{
	return sys_set_nonblock(fd, 1) == -1 ? -1 : 0;
}

int ndelay_off(int fd)
{
	return sys_set_nonblock(fd, 0) == -1 ? -1 : 0;
}
