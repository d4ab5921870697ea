/* SPDX-License-Identifier: ISC */
/*
 * sys.h - the contract with the system.
 *
 * The library is written for the newest system. Where this one lacks
 * something, configure says so, and this header or a file beside it supplies
 * it under the newest system's signature. No file outside lib/sys has an #if
 * of a system.
 */
#ifndef SOCKET6_SYS_H
#define SOCKET6_SYS_H

#include "config.h"

#include <errno.h>
#include <limits.h>
#include <socket6/flags.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>
#if HAVE_WINSOCK
# include "winsock.h"
#else
# include <arpa/inet.h>
# include <fcntl.h>
# include <net/if.h>
# include <netdb.h>
# include <netinet/in.h>
# include <netinet/tcp.h>
# include <poll.h>
# include <sys/socket.h>
#endif

/* Names that this system's headers lack. */
#include "names.h"

/* struct sockaddr_in6, sin6_scope_id, sa_len. */
#include "sockaddr.h"

/*
 * The general model of thread-local storage calls __tls_get_addr, which makes
 * the dynamic loader a dependency; the initial-exec one does not.
 */
#if HAVE_TLS_MODEL
# define SYS_INITIAL_EXEC __attribute__((tls_model("initial-exec")))
#else
# define SYS_INITIAL_EXEC
#endif

/* Threads share histories, and noipv6, which the program has too. */
#if HAVE_ATOMIC
# define sys_load(p)	 __atomic_load_n((p), __ATOMIC_RELAXED)
# define sys_store(p, v) __atomic_store_n((p), (v), __ATOMIC_RELAXED)
#else
# define sys_load(p)	 (*(volatile __typeof__(*(p)) *)(p))
# define sys_store(p, v) (*(volatile __typeof__(*(p)) *)(p) = (v))
#endif

/*
 * sys_likely marks the common branch. SYS_RARE keeps a rarely needed function
 * out of line, so that its callers need not save registers for it.
 */
#ifdef __GNUC__
# define sys_likely(x) __builtin_expect(!!(x), 1)
# define SYS_RARE      __attribute__((noinline))
#else
# define sys_likely(x) (x)
# define SYS_RARE
#endif

/* What of a function's flags is for the new descriptor. */
enum { SYS_MODES = SOCKET_NONBLOCK | SOCKET_CLOEXEC };

#if HAVE_SOCK_NONBLOCK
/* As the bits that socket(2) and accept4(2) take. */
static inline int sys_modes(int flags)
{
	static const int modes[] = {0, SOCK_NONBLOCK, SOCK_CLOEXEC,
				    SOCK_NONBLOCK | SOCK_CLOEXEC};

	return modes[flags & SYS_MODES];
}
#endif

/* socket(2), born with the modes that flags say; old kernels take steps. */
SYS_RARE int socket6_socket_in_steps(int family, int type, int protocol,
				     int flags);
SYS_RARE int socket6_socket_again(int family, int type, int protocol,
				  int flags);
#if HAVE_SOCK_NONBLOCK
static inline int sys_socket(int family, int type, int protocol, int flags)
{
	int s = socket(family, type | sys_modes(flags), protocol);

	return s == -1 ? socket6_socket_again(family, type, protocol, flags)
		       : s;
}
#else
# define sys_socket socket6_socket_in_steps
#endif

/*
 * accept4(2). The new descriptor has the modes that flags say, none inherited.
 * What is asked stands in memory for the steps that an old kernel takes:
 * kept in registers it would cost every call.
 */
struct sys_accept {
	int s;
	struct sockaddr *sa;
	socklen_t len;
	int flags;
};
SYS_RARE int socket6_accept_in_steps(struct sys_accept *x);
SYS_RARE int socket6_accept_again(struct sys_accept *x);
#if HAVE_ACCEPT4
static inline int sys_accept4(struct sys_accept *x)
{
	int fd = accept4(x->s, x->sa, &x->len, sys_modes(x->flags));

	return fd == -1 ? socket6_accept_again(x) : fd;
}
#else
# define sys_accept4 socket6_accept_in_steps
#endif

/*
 * connect(2). Linux says EAGAIN, which is EWOULDBLOCK, of a UDP socket for
 * which no local port is left: that is a failure, and nothing goes on.
 */
static inline int sys_connect(int s, const struct sockaddr *sa, socklen_t len)
{
	int r = connect(s, sa, len);

	if (r == -1 && errno == EAGAIN)
		errno = EADDRNOTAVAIL;
	return r;
}

/*
 * poll(2) without waiting. Linux ends also this one with EINTR, for a signal
 * that is pending.
 */
static inline int sys_poll_now(struct pollfd *fds, nfds_t n)
{
	int events;

	do
		events = poll(fds, n, 0);
	while (events == -1 && errno == EINTR);
	return events;
}

/*
 * What TCP itself says of a connection. UNKNOWN: s is not TCP's, or the system
 * does not tell by Linux's numbers. CLOSED also while s listens.
 */
enum {
	SYS_TCP_UNKNOWN,
	SYS_TCP_CONNECTED,
	SYS_TCP_SYN_SENT,
	SYS_TCP_SYN_RECEIVED,
	SYS_TCP_CLOSED,
};
#if HAVE_TCP_STATES
extern const unsigned char socket6_tcp_states[];
static inline int sys_tcp_state(int s)
{
	/* The first byte of struct tcp_info: tcpi_state. */
	unsigned char state = 0;
	socklen_t len = sizeof state;

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, &state, &len) == -1)
		return SYS_TCP_UNKNOWN;
	return state > TCP_CLOSING ? SYS_TCP_UNKNOWN
				   : socket6_tcp_states[state];
}
#else
# define sys_tcp_state(s) SYS_TCP_UNKNOWN
#endif

/*
 * Whether a connection goes on at s. Of one that goes on poll says nothing,
 * nor, but for Linux, of a socket that never tried.
 */
int socket6_is_pending(int s);

/*
 * Whether s is an IPv4 socket and refused an address or option of IPv6, going
 * by the errno of the call that failed. Keeps errno.
 */
SYS_RARE int socket6_wrong_family(int s);

/* The same after an option of IPv6 was refused. */
SYS_RARE int socket6_wrong_option(int s);

/*
 * Takes the error that waits at s (SO_ERROR); 0 for none. Solaris tells it by
 * failing the getsockopt itself. A filter of system calls (seccomp) may fail it
 * with EINPROGRESS, by which the caller would wait for ever: that is EIO.
 */
static inline int sys_take_error(int s)
{
	int error = 0;
	socklen_t len = sizeof error;

	if (getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &len) == 0)
		return error;
	return errno == EINPROGRESS ? EIO : errno;
}

/* sendto(2) that raises no SIGPIPE. */
#if HAVE_MSG_NOSIGNAL
# define socket6_sendto(s, buf, len, flags, sa, salen)                         \
  sendto((s), (buf), (len), (flags) | MSG_NOSIGNAL, (sa), (salen))
#else
ssize_t socket6_sendto(int s, const void *buf, size_t len, int flags,
		       const struct sockaddr *sa, socklen_t salen);
#endif

/* Connects and sends with the SYN. */
#if HAVE_MSG_FASTOPEN
# define socket6_fastopen(s, buf, len, sa, salen)                              \
  socket6_sendto((s), (buf), (len), MSG_FASTOPEN, (sa), (salen))
#else
ssize_t socket6_fastopen(int s, const void *buf, size_t len,
			 const struct sockaddr *sa, socklen_t salen);
#endif

/*
 * Whether this is its error where there is no fast open; nothing has begun.
 * EPIPE is of a system that does not heed MSG_FASTOPEN and finds nobody to send
 * to (gVisor, Linux before 3.7); where it is switched off, EOPNOTSUPP.
 */
static inline int sys_no_fastopen(int error)
{
	return error == EOPNOTSUPP || error == EPIPE;
}

/* Winsock has no fcntl: winsock.h has these three. */
#if !HAVE_WINSOCK
/* Makes fd non-blocking or blocking: its modes before, or -1. */
static inline int sys_set_nonblock(int fd, int on)
{
	int modes = fcntl(fd, F_GETFL);
	int wanted = on ? modes | O_NONBLOCK : modes & ~O_NONBLOCK;

	if (modes == -1 || wanted == modes)
		return modes;
	return fcntl(fd, F_SETFL, wanted) == -1 ? -1 : modes;
}

/* Gives fd the modes back that it had before sys_set_nonblock(fd, 1). */
static inline int sys_restore_modes(int fd, int modes)
{
	return modes & O_NONBLOCK ? 0 : fcntl(fd, F_SETFL, modes);
}

static inline int sys_set_closeonexec(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC);
}
#endif

/* Gives a new fd the modes that flags say, or closes it and returns -1. */
int socket6_set_modes(int fd, int flags);

/* Lets accept wait for SOCKET_DATAIN or SOCKET_HTTPIN, if the system can. */
void socket6_defer_accept(int s, int mode);

/*
 * Turns a caller's interface into the system's: SOCKET_ANY_INTERFACE into 0.
 * 0, or -1 for a 0 of socket_getifidx's, which must not mean any.
 */
static inline int sys_one_interface(uint32_t *index)
{
	if (*index == 0) {
		errno = ENODEV;
		return -1;
	}
	if (*index == SOCKET_ANY_INTERFACE)
		*index = 0;
	return 0;
}

/* Uses the interface with this index alone; 0 for any. */
int socket6_bind_interface(int s, uint32_t index);
#if HAVE_SO_BINDTOIFINDEX
/* ENOPROTOOPT: a kernel older than the headers (Linux before 5.0). */
static inline int sys_bind_interface(int s, uint32_t index)
{
	if (setsockopt(s, SOL_SOCKET, SO_BINDTOIFINDEX, &index, sizeof index) ==
	    0)
		return 0;
	return errno == ENOPROTOOPT ? socket6_bind_interface(s, index) : -1;
}
#else
# define sys_bind_interface socket6_bind_interface
#endif

/* setsockopt(2) with struct ip_mreqn: an IPv4 group, an interface's index. */
int socket6_set_mreqn(int s, int option, struct in_addr group,
		      unsigned int index);

/* IPv4's IP_MULTICAST_IF by an interface's index; ENODEV if it is none's. */
SYS_RARE int socket6_set_interface4(int s, unsigned int index);

/* Joins or leaves a group for one source (RFC 3678). */
int socket6_source4(int s, int join, struct in_addr group,
		    struct in_addr source, struct in_addr iface);
int socket6_source6(int s, int join, const struct sockaddr *group,
		    const struct sockaddr *source, unsigned int index);

/* Microseconds since some moment; never runs back. */
int64_t socket6_microseconds(void);

static inline int64_t sys_milliseconds(void)
{
	return socket6_microseconds() / 1000;
}

/* IF_NAMESIZE bytes of the calling thread's own; null if it can have none. */
#if HAVE_THREAD_LOCAL
extern _Thread_local char socket6_thread_name[IF_NAMESIZE] SYS_INITIAL_EXEC;
static inline char *sys_thread_buffer(void)
{
	return socket6_thread_name;
}
#else
char *socket6_thread_buffer(void);
# define sys_thread_buffer socket6_thread_buffer
#endif

/* if_indextoname(3) and if_nametoindex(3). */
#if !HAVE_IF_INDEXTONAME
# define if_indextoname socket6_if_indextoname
# define if_nametoindex socket6_if_nametoindex
char *if_indextoname(unsigned int index, char *name);
unsigned int if_nametoindex(const char *name);
#endif

/*
 * After one of these has failed: none if there is no such interface, else the
 * errno that says why it could not be asked for.
 */
SYS_RARE int socket6_no_interface(int none);

/* Why no socket can be had to ask with, as EMFILE; 0 if one can. */
SYS_RARE int socket6_no_socket(void);

/* musl and dietlibc would cut a name that is too long, and find another's. */
static inline unsigned int sys_nametoindex(const char *name)
{
	size_t len = 0;

	while (len < IF_NAMESIZE && name[len])
		len++;
	return len < IF_NAMESIZE ? if_nametoindex(name) : 0;
}

static inline int sys_setsockopt(int s, int level, int option, int value)
{
	return setsockopt(s, level, option, &value, sizeof value);
}

/* The value of an option, or -1. */
static inline int sys_getsockopt(int s, int level, int option)
{
	int value = 0;
	socklen_t len = sizeof value;

	return getsockopt(s, level, option, &value, &len) == -1 ? -1 : value;
}

/* Closes a descriptor that cannot be given out, for the reason in errno: -1. */
SYS_RARE int socket6_discard(int fd);

#endif
