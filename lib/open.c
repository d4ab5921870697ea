/* SPDX-License-Identifier: ISC */
/* open.c - create a socket. */
#include "public.h"
#include "sys/sys.h"

/* Exported data, for old binaries hold a copy of it. The one global. */
int noipv6;

static int create(int family, int type, int protocol, int flags)
{
	int s;

	type |= sys_modes(flags);
	if (flags & SOCKET_MPTCP) {
		s = socket6_socket(family, type, IPPROTO_MPTCP);
		if (s != -1 || (errno != ENOPROTOOPT &&
				errno != EPROTONOSUPPORT && errno != EINVAL))
			return s;
	}
	return socket6_socket(family, type, protocol);
}

/*
 * A 6 socket takes both families whatever the system's default. A system that
 * cannot do so (OpenBSD, or one without the option) keeps its socket; a
 * socket that was asked to take IPv6 alone is never given without.
 */
static int choose_families(int s, int v6only)
{
	if (sys_setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, v6only) == 0)
		return s;
	if (!v6only && (errno == EINVAL || errno == ENOPROTOOPT))
		return s;
	return sys_discard(s);
}

/* The flags that a socket of this kind has. */
static int known(int type, int protocol, int family_flags)
{
	int mptcp = type == SOCK_STREAM && protocol == 0 ? SOCKET_MPTCP : 0;

	return SOCKET_NONBLOCK | SOCKET_CLOEXEC | mptcp | family_flags;
}

static int open4(int type, int protocol, int flags)
{
	if (flags & ~known(type, protocol, 0)) {
		errno = EINVAL;
		return -1;
	}
	return create(AF_INET, type, protocol, flags);
}

static int open6(int type, int protocol, int flags)
{
	int s;

	if (flags & ~known(type, protocol, SOCKET_V6ONLY)) {
		errno = EINVAL;
		return -1;
	}
	errno = EAFNOSUPPORT;
	if (!sys_load(&noipv6)) {
		s = create(AF_INET6, type, protocol, flags);
		if (s != -1)
			return choose_families(s, !!(flags & SOCKET_V6ONLY));
		if (errno != EAFNOSUPPORT)
			return -1;
		/* SCTP's refusal would say nothing of TCP and UDP. */
		if (protocol == 0)
			sys_store(&noipv6, 1);
	}
	return flags & SOCKET_V6ONLY ? -1
				     : create(AF_INET, type, protocol, flags);
}

int socket_tcp4_flags(int flags)
{
	return open4(SOCK_STREAM, 0, flags);
}

int socket_tcp6_flags(int flags)
{
	return open6(SOCK_STREAM, 0, flags);
}

int socket_udp4_flags(int flags)
{
	return open4(SOCK_DGRAM, 0, flags);
}

int socket_udp6_flags(int flags)
{
	return open6(SOCK_DGRAM, 0, flags);
}

int socket_sctp4_flags(int flags)
{
	return open4(SOCK_STREAM, IPPROTO_SCTP, flags);
}

int socket_sctp6_flags(int flags)
{
	return open6(SOCK_STREAM, IPPROTO_SCTP, flags);
}

int socket_tcp4(void)
{
	return open4(SOCK_STREAM, 0, SOCKET_NONBLOCK);
}

int socket_tcp4b(void)
{
	return open4(SOCK_STREAM, 0, 0);
}

int socket_tcp6(void)
{
	return open6(SOCK_STREAM, 0, SOCKET_NONBLOCK);
}

int socket_tcp6b(void)
{
	return open6(SOCK_STREAM, 0, 0);
}

int socket_udp4(void)
{
	return open4(SOCK_DGRAM, 0, SOCKET_NONBLOCK);
}

int socket_udp4b(void)
{
	return open4(SOCK_DGRAM, 0, 0);
}

int socket_udp6(void)
{
	return open6(SOCK_DGRAM, 0, SOCKET_NONBLOCK);
}

int socket_udp6b(void)
{
	return open6(SOCK_DGRAM, 0, 0);
}

int socket_sctp4(void)
{
	return open4(SOCK_STREAM, IPPROTO_SCTP, SOCKET_NONBLOCK);
}

int socket_sctp4b(void)
{
	return open4(SOCK_STREAM, IPPROTO_SCTP, 0);
}

int socket_sctp6(void)
{
	return open6(SOCK_STREAM, IPPROTO_SCTP, SOCKET_NONBLOCK);
}

int socket_sctp6b(void)
{
	return open6(SOCK_STREAM, IPPROTO_SCTP, 0);
}
