/* SPDX-License-Identifier: ISC */
/* libowfat.c - what takes libowfat more than one call. */
#include "bench.h"

#include <io.h>
#include <ndelay.h>
#include <socket.h>
#include <unistd.h>

static int make_nonblock_cloexec(int fd)
{
	if (fd != -1) {
		ndelay_on(fd);
		io_closeonexec(fd);
	}
	return fd;
}

int call_tcp6_cloexec(int i)
{
	fds[i] = socket_tcp6();
	if (fds[i] != -1)
		io_closeonexec(fds[i]);
	return fds[i];
}

int call_accept4_nonblock_cloexec(int i)
{
	return fds[i] = make_nonblock_cloexec(
		       socket_accept4(listener4, ip, port));
}

int call_accept6_nonblock_cloexec(int i)
{
	return fds[i] = make_nonblock_cloexec(
		       socket_accept6(listener6, ip, port, scope_id));
}
