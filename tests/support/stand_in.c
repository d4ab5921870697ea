/* SPDX-License-Identifier: ISC */
/*
 * stand_in.c - stands between the library and the C library.
 *
 * No config.h here: with _GNU_SOURCE, glibc declares the socket calls with
 * transparent unions, which a definition cannot repeat portably.
 */

/* With it glibc's recv and poll are inline functions, in clang to the end. */
#undef _FORTIFY_SOURCE

/* Headers differ in whether the name is a pointer or an array: ours is below. */
#ifndef _WIN32
# define if_indextoname declared_elsewhere
#endif
#include "stand_in.h"
#include "emulator.h"
#include "suite.h"
#if HAVE_POSIX
# undef if_indextoname
#endif

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
# include <sys/epoll.h>
# include <sys/eventfd.h>
# include <sys/timerfd.h>
#endif

/* The library finds these in the program, whatever it is compiled with. */
#pragma GCC visibility push(default)

char *if_indextoname(unsigned int index, char *name);
#if HAVE_POSIX
int accept4(int s, struct sockaddr *sa, socklen_t *len, int flags);
unsigned int if_nametoindex(const char *name);
#endif

/*
 * Declared with _GNU_SOURCE alone, and with 64-bit time under glibc's other
 * names; struct mmsghdr begins so.
 */
#if HAVE_POSIX
# if defined __GLIBC__ && defined __USE_TIME_BITS64
#  define CALLED(name) __asm__(name)
# else
#  define CALLED(name)
# endif
struct mmsghdr;
int recvmmsg(int s, struct mmsghdr *m, unsigned int n, int flags,
	     struct timespec *timeout) CALLED("__recvmmsg64");
int sendmmsg(int s, struct mmsghdr *m, unsigned int n, int flags)
	CALLED("__sendmmsg64");
struct many {
	struct msghdr message;
	unsigned int len;
};
#endif

struct stand_ins stand_in;
struct arguments last_call;

static int made[CALLS];
static struct {
	int nth; /* 0: every one */
	int error;
} plan[CALLS];

static struct {
	int level, option, error;
} refused, set[64];
static int sets;

static struct {
	int is, level, option;
} ignored;

void count_calls(void)
{
	for (int i = 0; i < CALLS; i++)
		made[i] = 0;
	sets = 0;
}

int calls(enum call call)
{
	return made[call];
}

int all_calls(void)
{
	int sum = 0;

	for (int i = 0; i < CALLS; i++)
		sum += made[i];
	return sum;
}

void fail_call(enum call call, int nth, int error)
{
	if (call == CALL_FCNTL && !HAVE(HAVE_FCNTL))
		leave_test("no FCNTL");
	plan[call].nth = nth;
	plan[call].error = error;
}

void fail_option(int level, int option, int error)
{
	refused.level = level;
	refused.option = option;
	refused.error = error;
}

void ignore_option(int level, int option)
{
	ignored.is = 1;
	ignored.level = level;
	ignored.option = option;
}

/* -1 is what no system has: SYS_NO_OPTION. */
static int is_ignored(int level, int option)
{
	return ignored.is && (option == -1 || (ignored.level == level &&
					       ignored.option == option));
}

int option_was_set(int level, int option)
{
	for (int i = 0; i < sets && i < 64; i++)
		if (set[i].level == level && set[i].option == option)
			return 1;
	return 0;
}

int is_to_fail(enum call call)
{
	return plan[call].error != 0;
}

/*
 * What the C library calls for its own sake is not the library's: dietlibc's
 * recv is a recvfrom, and getaddrinfo allocates. Without the builtins there are
 * no variables of a thread either (tcc).
 */
#ifdef __ATOMIC_RELAXED
static _Thread_local int inside;
#else
static int inside;
#endif
#define real(...)                                                              \
 (inside++, (__typeof__(real(__VA_ARGS__)))left((intptr_t)real(__VA_ARGS__)))

/* errno is POSIX's: Winsock's own numbers begin at 10000. */
static intptr_t left(intptr_t result)
{
	inside--;
	if (errno >= 10000)
		ck_abort_msg("errno is %d", errno);
	return result;
}

/* Counts the call; 1 if it is to fail, with errno set. */
static int fails(enum call call)
{
	if (inside)
		return 0;
	relaxed_count(&made[call]);
	if (stand_in.before)
		stand_in.before(call);
	if (plan[call].error == 0)
		return 0;
	if (plan[call].nth > 0) {
		if (--plan[call].nth > 0)
			return 0;
		errno = plan[call].error;
		plan[call].error = 0;
		return 1;
	}
	errno = plan[call].error;
	return 1;
}

int call_fails(enum call call)
{
	return fails(call);
}

/*
 * STAND_IN(name) is the function that is called in place of name; NEXT(name)
 * declares the C library's own, as real.
 */
#ifdef STAND_IN_BY_WRAP
/* The name may be a macro: winsock.h has such. */
# define JOIN(a, b)	a##b
# define WRAP(name)	JOIN(__wrap_, name)
# define REAL(name)	JOIN(__real_, name)
# define STAND_IN(name) WRAP(name)

# define NEXT(name)                                                            \
  extern __typeof__(name) REAL(name);                                          \
  __typeof__(&name) const real = REAL(name)
/* Nothing but the linker knows these names. */
# pragma GCC diagnostic ignored "-Wmissing-prototypes"

#else
# define STAND_IN(name) name
# define NEXT(name)                                                            \
  static __typeof__(&name) real;                                               \
  if (!relaxed_load((void **)&real))                                           \
  relaxed_store((void **)&real, look_for((void (*)(void))name))

static void *look_for(void (*ours)(void))
{
	void *found;

	inside++;
	found = next_function(ours);
	inside--;
	return found;
}
#endif

/* A call that is counted and passed on, no more; what it gives if it fails. */
#define PASSED_ON(type, name, NAME, parameters, arguments, failure)            \
 type STAND_IN(name) parameters                                                \
 {                                                                             \
  NEXT(name);                                                                  \
  return fails(CALL_##NAME) ? failure : real arguments;                        \
 }

PASSED_ON(int, bind, BIND, (int s, const struct sockaddr *sa, socklen_t len),
	  (s, sa, len), -1)
PASSED_ON(int, shutdown, SHUTDOWN, (int s, int how), (s, how), -1)
PASSED_ON(int, getsockname, GETSOCKNAME,
	  (int s, struct sockaddr *sa, socklen_t *len), (s, sa, len), -1)
PASSED_ON(ssize_t, recv, RECV, (int s, void *buf, size_t len, int flags),
	  (s, buf, len, flags), -1)
PASSED_ON(ssize_t, recvfrom, RECVFROM,
	  (int s, void *buf, size_t len, int flags, struct sockaddr *sa,
	   socklen_t *salen),
	  (s, buf, len, flags, sa, salen), -1)
PASSED_ON(char *, if_indextoname, IF_INDEXTONAME,
	  (unsigned int index, char *name), (index, name), NULL)
PASSED_ON(unsigned int, if_nametoindex, IF_NAMETOINDEX, (const char *name),
	  (name), 0)
#if HAVE_POSIX
PASSED_ON(int, clock_gettime, CLOCK_GETTIME,
	  (clockid_t clock, struct timespec *t), (clock, t), -1)
PASSED_ON(int, gettimeofday, GETTIMEOFDAY, (struct timeval * t, void *zone),
	  (t, zone), -1)
/* The threads' functions give their error instead of errno. */
PASSED_ON(int, pthread_setspecific, PTHREAD_SETSPECIFIC,
	  (pthread_key_t key, const void *value), (key, value), errno)
PASSED_ON(int, pthread_sigmask, PTHREAD_SIGMASK,
	  (int how, const sigset_t *mask, sigset_t *old), (how, mask, old),
	  errno)
#endif

#ifdef __linux__
PASSED_ON(int, epoll_create1, EPOLL_CREATE1, (int flags), (flags), -1)
PASSED_ON(int, epoll_ctl, EPOLL_CTL,
	  (int e, int what, int fd, struct epoll_event *event),
	  (e, what, fd, event), -1)
PASSED_ON(int, eventfd, EVENTFD, (unsigned int count, int flags),
	  (count, flags), -1)
PASSED_ON(int, timerfd_create, TIMERFD_CREATE, (clockid_t clock, int flags),
	  (clock, flags), -1)
PASSED_ON(int, timerfd_settime, TIMERFD_SETTIME,
	  (int fd, int flags, const struct itimerspec *t,
	   struct itimerspec *before),
	  (fd, flags, t, before), -1)
#endif

int STAND_IN(socket)(int family, int type, int protocol)
{
	NEXT(socket);
	last_call.family = family;
	last_call.type = type;
	last_call.protocol = protocol;
	return fails(CALL_SOCKET) ? -1 : real(family, type, protocol);
}

int STAND_IN(poll)(struct pollfd *fds, nfds_t count, int milliseconds)
{
	NEXT(poll);
	last_call.poll_milliseconds = milliseconds;
	return fails(CALL_POLL) ? -1 : real(fds, count, milliseconds);
}

int STAND_IN(connect)(int s, const struct sockaddr *sa, socklen_t len)
{
	NEXT(connect);
	if (fails(CALL_CONNECT))
		return -1;
	return stand_in.connect ? stand_in.connect(s, sa, len)
				: real(s, sa, len);
}

int STAND_IN(accept)(int s, struct sockaddr *sa, socklen_t *len)
{
	NEXT(accept);
	if (fails(CALL_ACCEPT))
		return -1;
	return stand_in.accept ? stand_in.accept(s, sa, len) : real(s, sa, len);
}

int STAND_IN(accept4)(int s, struct sockaddr *sa, socklen_t *len, int flags)
{
	NEXT(accept4);
	last_call.accept4_flags = flags;
	if (fails(CALL_ACCEPT4))
		return -1;
	return stand_in.accept ? stand_in.accept(s, sa, len)
			       : real(s, sa, len, flags);
}

int STAND_IN(getpeername)(int s, struct sockaddr *sa, socklen_t *len)
{
	NEXT(getpeername);
	if (fails(CALL_GETPEERNAME))
		return -1;
	return stand_in.getpeername ? stand_in.getpeername(s, sa, len)
				    : real(s, sa, len);
}

int STAND_IN(setsockopt)(int s, int level, int option, const void *value,
			 socklen_t len)
{
	NEXT(setsockopt);
	if (sets < 64) {
		set[sets].level = level;
		set[sets++].option = option;
	}
	if (fails(CALL_SETSOCKOPT))
		return -1;
	if (refused.error && refused.level == level &&
	    refused.option == option) {
		errno = refused.error;
		return -1;
	}
	if (is_ignored(level, option))
		return 0;
	return real(s, level, option, value, len);
}

int STAND_IN(getsockopt)(int s, int level, int option, void *value,
			 socklen_t *len)
{
	NEXT(getsockopt);
	int r;

	if (fails(CALL_GETSOCKOPT))
		return -1;
	if (stand_in.getsockopt)
		return stand_in.getsockopt(s, level, option, value, len);
	/* What an emulator garbles is not used. */
	if (is_ignored(level, option) ||
	    (level == IPPROTO_UDP && lost("UDP_SEGMENT"))) {
		errno = ENOPROTOOPT;
		return -1;
	}
	r = real(s, level, option, value, len);
	if (r == 0 && level == SOL_SOCKET && option == SO_ERROR)
		*(int *)value = mended_error(*(int *)value);
	return r;
}

int STAND_IN(listen)(int s, int backlog)
{
	NEXT(listen);
	last_call.backlog = backlog;
	return fails(CALL_LISTEN) ? -1 : real(s, backlog);
}

ssize_t STAND_IN(sendto)(int s, const void *buf, size_t len, int flags,
			 const struct sockaddr *sa, socklen_t salen)
{
	NEXT(sendto);
	last_call.sendto_flags = flags;
	return fails(CALL_SENDTO) ? -1 : real(s, buf, len, flags, sa, salen);
}

ssize_t STAND_IN(sendmsg)(int s, const struct msghdr *m, int flags)
{
	NEXT(sendmsg);
	if (fails(CALL_SENDMSG))
		return -1;
	return stand_in.sendmsg ? stand_in.sendmsg(s, m) : real(s, m, flags);
}

ssize_t STAND_IN(recvmsg)(int s, struct msghdr *m, int flags)
{
	NEXT(recvmsg);
	ssize_t n;

	if (fails(CALL_RECVMSG))
		return -1;
	n = real(s, m, flags);
	return n > 0 && stand_in.received ? stand_in.received(m, n) : n;
}

/* What glibc's _FORTIFY_SOURCE calls in its place, by how gcc inlines. */
#ifdef __GLIBC__
int __poll_chk(struct pollfd *fds, nfds_t n, int milliseconds, size_t room);

int __poll_chk(struct pollfd *fds, nfds_t n, int milliseconds, size_t room)
{
	if (n > room / sizeof *fds)
		abort();
	return STAND_IN(poll)(fds, n, milliseconds);
}
#endif

int STAND_IN(close)(int fd)
{
	NEXT(close);
	int failed = fails(CALL_CLOSE);
	int error = errno;
	int r = real(fd);

	if (!failed)
		return r;
	errno = error;
	return -1;
}

int STAND_IN(getaddrinfo)(const char *host, const char *service,
			  const struct addrinfo *hints, struct addrinfo **found)
{
	NEXT(getaddrinfo);
	if (fails(CALL_GETADDRINFO))
		return EAI_SYSTEM;
	return stand_in.getaddrinfo
		       ? stand_in.getaddrinfo(host, service, hints, found)
		       : real(host, service, hints, found);
}

#if HAVE_POSIX
/* It gives nothing: (real) is no macro. */
void STAND_IN(freeaddrinfo)(struct addrinfo *found)
{
	NEXT(freeaddrinfo);
	fails(CALL_FREEADDRINFO);
	if (!stand_in.getaddrinfo)
		(real)(found);
}

int STAND_IN(pthread_create)(pthread_t *thread, const pthread_attr_t *attr,
			     void *(*start)(void *), void *arg)
{
	NEXT(pthread_create);
	if (fails(CALL_PTHREAD_CREATE))
		return errno;
	return stand_in.thread ? stand_in.thread(start, arg)
			       : real(thread, attr, start, arg);
}

int STAND_IN(recvmmsg)(int s, struct mmsghdr *m, unsigned int n, int flags,
		       struct timespec *timeout)
{
	NEXT(recvmmsg);
	return fails(CALL_RECVMMSG) ? -1 : real(s, m, n, flags, timeout);
}

int STAND_IN(sendmmsg)(int s, struct mmsghdr *m, unsigned int n, int flags)
{
	NEXT(sendmmsg);
	const struct many *many = (const void *)m;
	unsigned int i = 0;

	if (fails(CALL_SENDMMSG))
		return -1;
	if (!stand_in.sendmsg)
		return real(s, m, n, flags);
	while (i < n && stand_in.sendmsg(s, &many[i].message) != -1)
		i++;
	return i > 0 ? (int)i : -1;
}

/* The library passes an int or nothing; reading one too many is harmless. */
int STAND_IN(fcntl)(int fd, int command, ...)
{
	NEXT(fcntl);
	va_list args;
	int value;

	va_start(args, command);
	value = va_arg(args, int);
	va_end(args);
	return fails(CALL_FCNTL) ? -1 : real(fd, command, value);
}

int STAND_IN(ioctl)(int fd, ioctl_request request, ...)
{
	NEXT(ioctl);
	va_list args;
	void *value;

	va_start(args, request);
	value = va_arg(args, void *);
	va_end(args);
	return fails(CALL_IOCTL) ? -1 : real(fd, request, value);
}

#endif

/* Nothing stands in between any more. */
void forget_stand_ins(void)
{
	memset(&stand_in, 0, sizeof stand_in);
	memset(plan, 0, sizeof plan);
	memset(&refused, 0, sizeof refused);
	memset(&ignored, 0, sizeof ignored);
}

#pragma GCC visibility pop
