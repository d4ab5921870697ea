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
 X(RECVMSG, recvmsg)                                                           \
 X(SENDMSG, sendmsg)                                                           \
 X(SENDTO, sendto)                                                             \
 X(SETSOCKOPT, setsockopt)                                                     \
 X(SHUTDOWN, shutdown)                                                         \
 X(SOCKET, socket)

#define POSIX_CALLS(X)                                                         \
 X(CLOCK_GETTIME, clock_gettime)                                               \
 X(FCNTL, fcntl)                                                               \
 X(FREEADDRINFO, freeaddrinfo)                                                 \
 X(GETTIMEOFDAY, gettimeofday)                                                 \
 X(IOCTL, ioctl)                                                               \
 X(PTHREAD_CREATE, pthread_create)                                             \
 X(PTHREAD_SETSPECIFIC, pthread_setspecific)                                   \
 X(PTHREAD_SIGMASK, pthread_sigmask)                                           \
 X(RECVMMSG, recvmmsg)                                                         \
 X(SENDMMSG, sendmmsg)

#define LINUX_CALLS(X)                                                         \
 X(EPOLL_CREATE1, epoll_create1)                                               \
 X(EPOLL_CTL, epoll_ctl)                                                       \
 X(EVENTFD, eventfd)                                                           \
 X(TIMERFD_CREATE, timerfd_create)                                             \
 X(TIMERFD_SETTIME, timerfd_settime)

#define CALL_OF(NAME, name) CALL_##NAME,
enum call {
	SOCKET_CALLS(CALL_OF) POSIX_CALLS(CALL_OF) LINUX_CALLS(CALL_OF)
	/* Only in a suite that is linked with memory.c. */
	CALL_ALLOCATION,
	CALLS
};

/* How often the call was made since count_calls. */
void count_calls(void);
int calls(enum call call);

/* All calls of the library since count_calls. */
int all_calls(void);

/*
 * The nth call from now (1: the next one, 0: every one) is not made, and fails
 * with error. Only a close is made, as on Linux.
 */
void fail_call(enum call call, int nth, int error);

/* Whether one that was to fail did not come. */
int is_to_fail(enum call call);

/* For a stand-in elsewhere: counts the call; 1 if it fails, with errno. */
int call_fails(enum call call);

/* The same for setsockopt with this level and option alone. */
void fail_option(int level, int option, int error);

/*
 * As gVisor does, setsockopt ignores this level and option, and those that no
 * system has, with success; getsockopt does not have them.
 */
void ignore_option(int level, int option);

/* Whether setsockopt was called with this level and option, and its value. */
int option_was_set(int level, int option);

/* What replaces a call altogether; null for nothing. */
struct stand_ins {
	/* Called before each call of the library is made. */
	void (*before)(enum call call);
	int (*connect)(int s, const struct sockaddr *sa, socklen_t len);
	int (*accept)(int s, struct sockaddr *sa, socklen_t *len);
	int (*getpeername)(int s, struct sockaddr *sa, socklen_t *len);
	int (*getsockopt)(int s, int level, int option, void *value,
			  socklen_t *len);
	/* What recvmsg gives, once it has received n bytes. */
	ssize_t (*received)(struct msghdr *m, ssize_t n);
	/* Of each message of sendmmsg too, until one is -1. */
	ssize_t (*sendmsg)(int s, const struct msghdr *m);
	/* Also freeaddrinfo, which then frees nothing and is only counted. */
	int (*getaddrinfo)(const char *host, const char *service,
			   const struct addrinfo *hints,
			   struct addrinfo **found);
	/* In place of a new thread, which start would run in. */
	int (*thread)(void *(*start)(void *), void *arg);
};
extern struct stand_ins stand_in;

/* The arguments of the last call that has such. */
struct arguments {
	int family, type, protocol; /* socket */
	int sendto_flags, accept4_flags, backlog, poll_milliseconds;
};
extern struct arguments last_call;

/* The function of the C library that this one stands in for. */
void *next_function(void (*ours)(void));

/*
 * With NO_STAND_IN (a DLL without a static library) nothing comes between the
 * library and its calls: a test that asks for that is skipped.
 */
#ifdef NO_STAND_IN
struct stand_ins *no_stand_in(void);
# define stand_in (*no_stand_in())
#endif

#endif
