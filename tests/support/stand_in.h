/* SPDX-License-Identifier: ISC */
/*
 * stand_in.h - stands between the library and the C library.
 *
 * The suites' programs define these calls themselves, so the library's go
 * through here. Unless told otherwise each is counted and passed on.
 */
#ifndef SOCKET6_STAND_IN_H
#define SOCKET6_STAND_IN_H

#include "platform.h"

#include <stddef.h>

/*
 * The calls: those that winsock.h has by other names, and the rest, which
 * Windows has not. configure reads this list, if the linker is to wrap them.
 */
#define SOCKET_CALLS(X)                                                        \
 X(ACCEPT, accept)                                                             \
 X(ACCEPT4, accept4)                                                           \
 X(BIND, bind)                                                                 \
 X(CLOSE, close)                                                               \
 X(CONNECT, connect)                                                           \
 X(GETADDRINFO, getaddrinfo)                                                   \
 X(GETPEERNAME, getpeername)                                                   \
 X(GETSOCKNAME, getsockname)                                                   \
 X(GETSOCKOPT, getsockopt)                                                     \
 X(IF_INDEXTONAME, if_indextoname)                                             \
 X(IF_NAMETOINDEX, if_nametoindex)                                             \
 X(LISTEN, listen)                                                             \
 X(POLL, poll)                                                                 \
 X(RECV, recv)                                                                 \
 X(RECVFROM, recvfrom)                                                         \
 X(SENDTO, sendto)                                                             \
 X(SETSOCKOPT, setsockopt)                                                     \
 X(SOCKET, socket)

#define POSIX_CALLS(X)                                                         \
 X(CLOCK_GETTIME, clock_gettime)                                               \
 X(FCNTL, fcntl)                                                               \
 X(FREEADDRINFO, freeaddrinfo)                                                 \
 X(GETTIMEOFDAY, gettimeofday)                                                 \
 X(IOCTL, ioctl)                                                               \
 X(PTHREAD_SETSPECIFIC, pthread_setspecific)                                   \
 X(PTHREAD_SIGMASK, pthread_sigmask)

#define CALL_OF(NAME, name) CALL_##NAME,
enum call { SOCKET_CALLS(CALL_OF) POSIX_CALLS(CALL_OF) CALLS };

/* Called before each call of the library is made; null for none. */
extern void (*before_call)(enum call call);

/* How often the call was made since count_calls. */
void count_calls(void);
int calls(enum call call);

/* All calls of the library since count_calls. */
int all_calls(void);

/*
 * The nth call from now, 1 for the next, is not made and fails with error;
 * nth 0: every one from now on. A close is made all the same, as Linux does.
 */
void fail_call(enum call call, int nth, int error);

/* The same for setsockopt with this level and option alone. */
void fail_option(int level, int option, int error);

/* Whether setsockopt was called with this level and option, and its value. */
int option_was_set(int level, int option);

/* Replaces the call altogether; null restores it. */
extern int (*stand_in_connect)(int s, const struct sockaddr *sa, socklen_t len);
extern int (*stand_in_accept)(int s, struct sockaddr *sa, socklen_t *len);
extern int (*stand_in_getpeername)(int s, struct sockaddr *sa, socklen_t *len);
extern int (*stand_in_getsockopt)(int s, int level, int option, void *value,
				  socklen_t *len);

/* Replaces also freeaddrinfo, which then frees nothing and is only counted. */
extern int (*stand_in_getaddrinfo)(const char *host, const char *service,
				   const struct addrinfo *hints,
				   struct addrinfo **found);

/* The arguments of the last socket call. */
extern int last_family, last_type, last_protocol;

/* The flags of the last sendto and accept4. */
extern int last_sendto_flags, last_accept4_flags;

/* The function of the C library that this one stands in for. */
void *next_function(void (*stand_in)(void));

/*
 * Where nothing can stand in between the library and its calls (NO_STAND_IN,
 * for a DLL alone), a test is left when it asks for that.
 */
#ifdef NO_STAND_IN
void *no_stand_in(void);
# define before_call	      (*(no_stand_in(), &before_call))
# define stand_in_connect     (*(no_stand_in(), &stand_in_connect))
# define stand_in_accept      (*(no_stand_in(), &stand_in_accept))
# define stand_in_getpeername (*(no_stand_in(), &stand_in_getpeername))
# define stand_in_getsockopt  (*(no_stand_in(), &stand_in_getsockopt))
# define stand_in_getaddrinfo (*(no_stand_in(), &stand_in_getaddrinfo))
#endif

#endif
