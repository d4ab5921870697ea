/* SPDX-License-Identifier: ISC */
/* tcpinfo.c - how a TCP connection is doing. */
#include "public.h"
#include "sys/tcp_info.h"

#include <string.h>

/* What is not said remains unknown. */
static const struct socket_tcpinfo unknown = {-1, -1, -1, -1, -1,
					      -1, -1, -1, -1, -1};

int socket_tcpinfo(int s, struct socket_tcpinfo *info, size_t size)
{
	struct socket_tcpinfo own = unknown;

	if (sys_tcp_info(s, &own) == -1)
		return -1;
	if (!info)
		return 0;
	if (size > sizeof own)
		size = sizeof own;
	memcpy(info, &own, size);
	return (int)size;
}
