/* SPDX-License-Identifier: ISC */
/*
 * platform.h - what the tests need and only some systems have.
 *
 * Included after config.h. Of what the library itself uses configure tells
 * (HAVE in suite.h); of what the tests use besides, this file, and no other.
 * What is missing gets a form here that compiles, and fails when it runs.
 */
#ifndef SOCKET6_PLATFORM_H
#define SOCKET6_PLATFORM_H

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/types.h>

/* Options that are asked for: no system has the number -1. */
#ifndef SO_PROTOCOL
# ifdef SO_PROTOTYPE
#  define SO_PROTOCOL SO_PROTOTYPE /* illumos */
# else
#  define SO_PROTOCOL (-1)
# endif
#endif

#ifndef TCP_FASTOPEN_CONNECT
# define TCP_FASTOPEN_CONNECT (-1)
#endif

#ifndef TCP_DEFER_ACCEPT
# define TCP_DEFER_ACCEPT (-1)
#endif

/* Whether the data of s went, and was taken, with its SYN; -1 for unknown. */
static inline int data_went_in_syn(int s)
{
#ifdef TCPI_OPT_SYN_DATA
	struct tcp_info info = {0};
	socklen_t len = sizeof info;

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, &info, &len) == -1)
		return -1;
	return (info.tcpi_options & TCPI_OPT_SYN_DATA) != 0;
#else
	(void)s;
	return -1;
#endif
}

/* Networks of a test's own: namespaces(7), and packet(7). */
#ifdef __linux__
# include <netpacket/packet.h>
# include <sched.h>
#else
# include <errno.h>
# define CLONE_NEWUSER 0
# define CLONE_NEWNET  0
# ifndef AF_PACKET
#  define AF_PACKET (-1)
# endif

struct sockaddr_ll {
	int sll_family, sll_protocol, sll_ifindex;
};

static inline int unshare(int what)
{
	(void)what;
	errno = ENOSYS;
	return -1;
}

static inline int setns(int fd, int what)
{
	(void)fd;
	return unshare(what);
}
#endif

#endif
