/* SPDX-License-Identifier: ISC */
/* accept.c - take a connection. */
#include "addr.h"

/*
 * The peer's address is of another family, which matters only if it was asked
 * for; or it has none, because it has gone already (macOS).
 */
SYS_RARE static int without_address(int fd, const union socket6_addr *a,
				    int is_asked)
{
	if (!is_asked && a->sa.sa_family != AF_UNSPEC)
		return fd;
	errno = a->sa.sa_family == AF_UNSPEC ? ECONNABORTED : EAFNOSUPPORT;
	return sys_discard(fd);
}

static inline int accept_ip4(int s, char *ip, uint16_t *port, int flags)
{
	union socket6_addr a;
	struct sys_accept x = {s, &a.sa, sizeof a, flags};
	int fd;

	addr_clear(&a);
	fd = sys_accept4(&x);
	if (fd != -1 && !addr_get4(&a, ip, port))
		return without_address(fd, &a, ip || port);
	return fd;
}

static inline int accept_ip6(int s, char *ip, uint16_t *port,
			     uint32_t *scope_id, int flags)
{
	union socket6_addr a;
	struct sys_accept x = {s, &a.sa, sizeof a, flags};
	int fd;

	addr_clear(&a);
	fd = sys_accept4(&x);
	if (fd != -1 && !addr_get6(&a, ip, port, scope_id))
		return without_address(fd, &a, ip || port || scope_id);
	return fd;
}

enum { FLAGS = SOCKET_NONBLOCK | SOCKET_CLOEXEC };

int socket_accept4_flags(int s, char ip[4], uint16_t *port, int flags)
{
	if (flags & ~FLAGS)
		return sys_fail(EINVAL);
	return accept_ip4(s, ip, port, flags);
}

int socket_accept6_flags(int s, char ip[16], uint16_t *port, uint32_t *scope_id,
			 int flags)
{
	if (flags & ~FLAGS)
		return sys_fail(EINVAL);
	return accept_ip6(s, ip, port, scope_id, flags);
}

int socket_accept4(int s, char ip[4], uint16_t *port)
{
	return accept_ip4(s, ip, port, 0);
}

int socket_accept6(int s, char ip[16], uint16_t *port, uint32_t *scope_id)
{
	return accept_ip6(s, ip, port, scope_id, 0);
}

int socket_accept4_makenonblocking(int s, char ip[4], uint16_t *port)
{
	return accept_ip4(s, ip, port, SOCKET_NONBLOCK);
}

int socket_accept6_makenonblocking(int s, char ip[16], uint16_t *port,
				   uint32_t *scope_id)
{
	return accept_ip6(s, ip, port, scope_id, SOCKET_NONBLOCK);
}

int socket_accept4_setcloseonexec(int s, char ip[4], uint16_t *port)
{
	return accept_ip4(s, ip, port, SOCKET_CLOEXEC);
}

int socket_accept6_setcloseonexec(int s, char ip[16], uint16_t *port,
				  uint32_t *scope_id)
{
	return accept_ip6(s, ip, port, scope_id, SOCKET_CLOEXEC);
}

int socket_accept4_makenonblocking_setcloseonexec(int s, char ip[4],
						  uint16_t *port)
{
	return accept_ip4(s, ip, port, SOCKET_NONBLOCK | SOCKET_CLOEXEC);
}

int socket_accept6_makenonblocking_setcloseonexec(int s, char ip[16],
						  uint16_t *port,
						  uint32_t *scope_id)
{
	return accept_ip6(s, ip, port, scope_id,
			  SOCKET_NONBLOCK | SOCKET_CLOEXEC);
}
