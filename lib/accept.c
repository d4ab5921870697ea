/* SPDX-License-Identifier: ISC */
/* accept.c - take a connection. */
#include "addr.h"

/* modes are accept4's. A peer that has gone already has no address (macOS). */
static int take(int s, union socket6_addr *a, int modes)
{
	socklen_t len = sizeof *a;
	int fd;

	a->sa.sa_family = AF_UNSPEC;
	fd = socket6_accept4(s, &a->sa, &len, modes);
	if (fd != -1 && a->sa.sa_family == AF_UNSPEC) {
		errno = ECONNABORTED;
		return sys_discard(fd);
	}
	return fd;
}

static inline int accept4_modes(int s, char *ip, uint16_t *port, int modes)
{
	union socket6_addr a;
	int fd = take(s, &a, modes);

	if (fd != -1 && addr_get4(&a, ip, port) == -1)
		return sys_discard(fd);
	return fd;
}

static inline int accept6_modes(int s, char *ip, uint16_t *port,
				uint32_t *scope_id, int modes)
{
	union socket6_addr a;
	int fd = take(s, &a, modes);

	if (fd != -1 && addr_get6(&a, ip, port, scope_id) == -1)
		return sys_discard(fd);
	return fd;
}

static int unknown(int flags)
{
	if (!(flags & ~(SOCKET_NONBLOCK | SOCKET_CLOEXEC)))
		return 0;
	errno = EINVAL;
	return 1;
}

int socket_accept4_flags(int s, char ip[4], uint16_t *port, int flags)
{
	if (unknown(flags))
		return -1;
	return accept4_modes(s, ip, port, sys_modes(flags));
}

int socket_accept6_flags(int s, char ip[16], uint16_t *port, uint32_t *scope_id,
			 int flags)
{
	if (unknown(flags))
		return -1;
	return accept6_modes(s, ip, port, scope_id, sys_modes(flags));
}

int socket_accept4(int s, char ip[4], uint16_t *port)
{
	return accept4_modes(s, ip, port, 0);
}

int socket_accept6(int s, char ip[16], uint16_t *port, uint32_t *scope_id)
{
	return accept6_modes(s, ip, port, scope_id, 0);
}

int socket_accept4_makenonblocking(int s, char ip[4], uint16_t *port)
{
	return accept4_modes(s, ip, port, SOCK_NONBLOCK);
}

int socket_accept6_makenonblocking(int s, char ip[16], uint16_t *port,
				   uint32_t *scope_id)
{
	return accept6_modes(s, ip, port, scope_id, SOCK_NONBLOCK);
}

int socket_accept4_setcloseonexec(int s, char ip[4], uint16_t *port)
{
	return accept4_modes(s, ip, port, SOCK_CLOEXEC);
}

int socket_accept6_setcloseonexec(int s, char ip[16], uint16_t *port,
				  uint32_t *scope_id)
{
	return accept6_modes(s, ip, port, scope_id, SOCK_CLOEXEC);
}

int socket_accept4_makenonblocking_setcloseonexec(int s, char ip[4],
						  uint16_t *port)
{
	return accept4_modes(s, ip, port, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int socket_accept6_makenonblocking_setcloseonexec(int s, char ip[16],
						  uint16_t *port,
						  uint32_t *scope_id)
{
	return accept6_modes(s, ip, port, scope_id,
			     SOCK_NONBLOCK | SOCK_CLOEXEC);
}
