/* SPDX-License-Identifier: ISC */
/* own.h - Winsock under its own names, and what the files beside share. */
#ifndef SOCKET6_WINSOCK_OWN_H
#define SOCKET6_WINSOCK_OWN_H

#include "../sys.h"

/* From here on these are Winsock's, not winsock.h's. */
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

/* As in sys.h: to the linker these are the library's. */
#define ws_errno	 socket6_ws_errno
#define ws_failed	 socket6_ws_failed
#define ws_failed_with	 socket6_ws_failed_with
#define ws_family	 socket6_ws_family
#define ws_has_peer	 socket6_ws_has_peer
#define ws_is_connecting socket6_ws_is_connecting
#define ws_is_listening	 socket6_ws_is_listening
#define ws_start	 socket6_ws_start
#define ws_type		 socket6_ws_type

/* POSIX's name for one of Winsock's errors. */
int ws_errno(int error);

/* A call that failed on s: -1, with errno. */
int ws_failed(int s);

/* The same of a call that was given the address sa, if it is not null. */
int ws_failed_with(int s, const struct sockaddr *sa);

static inline int ws_result(int s, int r)
{
	return r == SOCKET_ERROR ? ws_failed(s) : r;
}

static inline int ws_result_for(int s, const struct sockaddr *sa, int r)
{
	return r == SOCKET_ERROR ? ws_failed_with(s, sa) : r;
}

/* Starts Winsock, once; whether it is started. */
int ws_start(void);

/* Questions about a socket. They keep errno. */
int ws_family(int s);
int ws_type(int s);
int ws_is_listening(int s);
int ws_has_peer(int s);
int ws_is_connecting(int s);

#endif
