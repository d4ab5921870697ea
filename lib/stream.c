/* SPDX-License-Identifier: ISC */
/* stream.c - read, write and close a socket. */
#include "public.h"
#include "sys/sys.h"

ssize_t socket_read(int s, char *buf, size_t len)
{
	return recv(s, buf, len, 0);
}

ssize_t socket_write(int s, const char *buf, size_t len)
{
	return sys_sendto(s, buf, len, 0, NULL, 0);
}

int socket_close(int s)
{
	return close(s);
}
