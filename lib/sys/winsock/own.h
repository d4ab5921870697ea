/* SPDX-License-Identifier: ISC */
/* own.h - Winsock by its own names, and what the files here share. */
#ifndef SOCKET6_LIB_SYS_WINSOCK_OWN_H
#define SOCKET6_LIB_SYS_WINSOCK_OWN_H

#include "../sys.h"

/* Winsock's functions again: winsock.h has given these names to ours. */
#undef accept
#undef bind
#undef connect
#undef getaddrinfo
#undef getpeername
#undef getsockname
#undef getsockopt
#undef if_indextoname
#undef if_nametoindex
#undef listen
#undef recv
#undef recvfrom
#undef sendto
#undef setsockopt
#undef shutdown
#undef socket

/* Of <iphlpapi.h>, for what includes that. */
#undef IF_NAMESIZE

/* As in sys.h, a static library's names must not clash with a program's. */
#define ws_errno	 socket6_ws_errno
#define ws_failed	 socket6_ws_failed
#define ws_failed_with	 socket6_ws_failed_with
#define ws_family	 socket6_ws_family
#define ws_has_peer	 socket6_ws_has_peer
#define ws_is_connecting socket6_ws_is_connecting
#define ws_is_listening	 socket6_ws_is_listening
#define ws_is_stray_icmp socket6_ws_is_stray_icmp
#define ws_is_readable	 socket6_ws_is_readable
#define ws_received	 socket6_ws_received
#define ws_start	 socket6_ws_start
#define ws_type		 socket6_ws_type

/* Translates an error of Winsock's into an errno; EIO if it is unknown. */
int ws_errno(int error);

/* Sets errno for the Winsock call that has just failed on s: -1. */
int ws_failed(int s);

/* The same for a call with an address; sa may be NULL. */
int ws_failed_with(int s, const struct sockaddr *sa);

/* What a call on s returned, with errno set if it failed. */
static inline int ws_result(int s, int r)
{
	return r == SOCKET_ERROR ? ws_failed(s) : r;
}

static inline int ws_result_for(int s, const struct sockaddr *sa, int r)
{
	return r == SOCKET_ERROR ? ws_failed_with(s, sa) : r;
}

/* Whether a receive on s failed for an earlier datagram, which is no error. */
int ws_is_stray_icmp(int s);

/* Whether a receive on s would not wait; so for what is no socket. */
int ws_is_readable(int s);

/* What a receive of up to len bytes returned, as POSIX has it. */
ssize_t ws_received(int s, size_t len, int n);

/* Starts Winsock on the first call; false if it cannot start. */
int ws_start(void);

/* The state of a socket. These keep errno. The type is -1 if s is no socket. */
int ws_family(int s);
int ws_type(int s);
int ws_is_listening(int s);
int ws_has_peer(int s);
int ws_is_connecting(int s);

#endif
