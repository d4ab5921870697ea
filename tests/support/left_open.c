/* SPDX-License-Identifier: ISC */
/*
 * left_open.c - linked with a program, reports each TCP socket that is open at
 * the end and was not at the beginning. The system's resolver has UDP sockets, in
 * threads that may outlive a dial.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { MOST = 65536 };
static char was_open[MOST];

static int is_stream(int fd)
{
	int type;
	socklen_t len = sizeof type;

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 &&
	       type == SOCK_STREAM;
}

static void tell(void)
{
	for (int fd = 0; fd < MOST; fd++)
		if (is_stream(fd) && !was_open[fd])
			printf("%d is left open\n", fd);
}

__attribute__((constructor)) static void begin(void)
{
	for (int fd = 0; fd < MOST; fd++)
		was_open[fd] = (char)is_stream(fd);
	atexit(tell);
}
