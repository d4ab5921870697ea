/* SPDX-License-Identifier: ISC */
/* open.c - create a socket. */
#include "public.h"
#include "sys/sys.h"

/* The only exported variable: old binaries hold a copy of it. */
int noipv6;

enum {
	FLAGS4 = SOCKET_NONBLOCK | SOCKET_CLOEXEC,
	FLAGS6 = FLAGS4 | SOCKET_V6ONLY,
};

static inline int open4(int type, int protocol, int flags)
{
	return sys_socket(AF_INET, type, protocol, flags);
}

SYS_RARE static int open_without_ipv6(int type, int protocol, int flags)
{
	if (flags & SOCKET_V6ONLY)
		return sys_fail(EAFNOSUPPORT);
	return open4(type, protocol, flags);
}

/* socket(2) failed for IPv6, with errno. */
SYS_RARE static int open_refused(int type, int protocol, int flags)
{
	if (errno != EAFNOSUPPORT)
		return -1;
	/* SCTP's refusal says nothing about TCP and UDP. */
	if (protocol == 0)
		sys_store(&noipv6, 1);
	return open_without_ipv6(type, protocol, flags);
}

/*
 * Where a socket cannot be made dual-stack (OpenBSD, or no such option), returns
 * it as it is; a socket for IPv6 alone is closed instead.
 */
SYS_RARE static int keep_families(int s, int v6only)
{
	if (!v6only && (errno == EINVAL || errno == ENOPROTOOPT))
		return s;
	return sys_discard(s);
}

/* A 6 socket accepts both families, whatever the system's default. */
static inline int open6(int type, int protocol, int flags)
{
	int s, v6only;

	if (sys_load(&noipv6))
		return open_without_ipv6(type, protocol, flags);
	s = sys_socket(AF_INET6, type, protocol, flags);
	if (s == -1)
		return open_refused(type, protocol, flags);
	v6only = (flags & SOCKET_V6ONLY) != 0;
	if (sys_setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, v6only) == -1)
		return keep_families(s, v6only);
	return s;
}

/* Whether a system that has no Multipath TCP says so in errno. */
static int no_mptcp(void)
{
	return errno == ENOPROTOOPT || errno == EPROTONOSUPPORT ||
	       errno == EINVAL;
}

SYS_RARE static int tcp4_mptcp(int flags)
{
	int s;

	if (flags & ~(FLAGS4 | SOCKET_MPTCP))
		return sys_fail(EINVAL);
	s = open4(SOCK_STREAM, IPPROTO_MPTCP, flags);
	return s == -1 && no_mptcp() ? open4(SOCK_STREAM, 0, flags) : s;
}

SYS_RARE static int tcp6_mptcp(int flags)
{
	int s;

	if (flags & ~(FLAGS6 | SOCKET_MPTCP))
		return sys_fail(EINVAL);
	s = open6(SOCK_STREAM, IPPROTO_MPTCP, flags);
	return s == -1 && no_mptcp() ? open6(SOCK_STREAM, 0, flags) : s;
}

int socket_tcp4_flags(int flags)
{
	if (flags & ~FLAGS4)
		return tcp4_mptcp(flags);
	return open4(SOCK_STREAM, 0, flags);
}

int socket_tcp6_flags(int flags)
{
	if (flags & ~FLAGS6)
		return tcp6_mptcp(flags);
	return open6(SOCK_STREAM, 0, flags);
}

int socket_udp4_flags(int flags)
{
	return flags & ~FLAGS4 ? sys_fail(EINVAL) : open4(SOCK_DGRAM, 0, flags);
}

int socket_udp6_flags(int flags)
{
	return flags & ~FLAGS6 ? sys_fail(EINVAL) : open6(SOCK_DGRAM, 0, flags);
}

int socket_sctp4_flags(int flags)
{
	if (flags & ~FLAGS4)
		return sys_fail(EINVAL);
	return open4(SOCK_STREAM, IPPROTO_SCTP, flags);
}

int socket_sctp6_flags(int flags)
{
	if (flags & ~FLAGS6)
		return sys_fail(EINVAL);
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
