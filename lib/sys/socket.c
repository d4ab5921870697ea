/* SPDX-License-Identifier: ISC */
/* socket.c - for systems without SOCK_NONBLOCK and SOCK_CLOEXEC. */
#include "sys.h"

/* A new socket is blocking and inherited: only other modes need setting. */
int socket6_socket_in_steps(int family, int type, int protocol, int flags)
{
	int s = socket(family, type, protocol);

	return s != -1 && flags & SYS_MODES ? sys_set_modes(s, flags) : s;
}

/* EINVAL: a kernel older than the headers (Linux before 2.6.27). */
int socket6_socket_again(int family, int type, int protocol, int flags)
{
	if (errno != EINVAL || !(flags & SYS_MODES))
		return -1;
	return socket6_socket_in_steps(family, type, protocol, flags);
}
