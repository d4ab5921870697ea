/* SPDX-License-Identifier: ISC */
/*
 * winsock.h - POSIX's socket calls over Winsock, in place of POSIX's headers.
 *
 * Types and constants first, then each call with the signature and the errno
 * that it has on the newest POSIX system; winsock/ has the code, and where
 * Winsock differs. A SOCKET is an int here: one too large for an int is closed.
 */
#ifndef SOCKET6_LIB_SYS_WINSOCK_H
#define SOCKET6_LIB_SYS_WINSOCK_H

/* Windows 10's declarations: an older system fails at run time. */
#ifndef NTDDI_VERSION
# define NTDDI_VERSION 0x0A000005
#endif
/* How many sockets poll accepts, and a dial attempts; Winsock's own is 64. */
#ifndef FD_SETSIZE
# define FD_SETSIZE 1024
#endif
#ifndef WIN32_LEAN_AND_MEAN
# define WIN32_LEAN_AND_MEAN /* else "interface" is a macro */
#endif

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>
#include <winsock2.h>
#include <ws2tcpip.h>
/* After those two. */
#include <ifdef.h>
#include <mswsock.h>

/* What is left of segments and of COM. */
#undef near
#undef far
#undef interface

/* netioapi.h has it too, with COM and 36,000 lines: what calls that takes it. */
#define IF_NAMESIZE IF_MAX_STRING_SIZE

typedef uint16_t in_port_t;
typedef unsigned int nfds_t;

/* With an int for the socket, and seconds of POSIX's range. */
struct socket6_pollfd {
	int fd;
	short events;
	short revents;
};

struct socket6_linger {
	int l_onoff;
	int l_linger;
};

/* As 4.4BSD has them. */
struct socket6_iovec {
	void *iov_base;
	size_t iov_len;
};

/* How many of them sendmsg accepts. */
#define IOV_MAX 1024

struct socket6_msghdr {
	void *msg_name;
	socklen_t msg_namelen;
	struct socket6_iovec *msg_iov;
	u_long msg_iovlen;
	void *msg_control;
	u_long msg_controllen;
	int msg_flags;
};

/* As WSACMSGHDR has them, aligned as Microsoft's macros do. */
struct socket6_cmsghdr {
	size_t cmsg_len;
	int cmsg_level;
	int cmsg_type;
};

#define pollfd	socket6_pollfd
#define linger	socket6_linger
#define iovec	socket6_iovec
#define msghdr	socket6_msghdr
#define cmsghdr socket6_cmsghdr

#define CMSG_LEN(len) (sizeof(struct cmsghdr) + (len))
#define CMSG_SPACE(len)                                                        \
 ((CMSG_LEN(len) + sizeof(size_t) - 1) & ~(sizeof(size_t) - 1))

#define SHUT_RD	  SD_RECEIVE
#define SHUT_WR	  SD_SEND
#define SHUT_RDWR SD_BOTH

/*
 * The library's flags for a new socket, above the bits of its type. Winsock
 * never sees them.
 */
#define SOCK_MODES_SHIFT 28
#define SOCK_NONBLOCK	 (SOCKET_NONBLOCK << SOCK_MODES_SHIFT)
#define SOCK_CLOEXEC	 (SOCKET_CLOEXEC << SOCK_MODES_SHIFT)

#define MSG_NOSIGNAL 0		/* no signal is ever raised */
#define MSG_DONTWAIT 0x40000000 /* of receives; Winsock never sees it */

/* One number asks for a control message, and is its type. */
#define IPV6_RECVPKTINFO  IPV6_PKTINFO
#define IPV6_RECVHOPLIMIT IPV6_HOPLIMIT

int socket6_ws_accept(int s, struct sockaddr *sa, socklen_t *len);
int socket6_ws_accept4(int s, struct sockaddr *sa, socklen_t *len, int flags);
int socket6_ws_bind(int s, const struct sockaddr *sa, socklen_t len);
int socket6_ws_close(int s);
int socket6_ws_connect(int s, const struct sockaddr *sa, socklen_t len);
int socket6_ws_getpeername(int s, struct sockaddr *sa, socklen_t *len);
int socket6_ws_getsockname(int s, struct sockaddr *sa, socklen_t *len);
int socket6_ws_getsockopt(int s, int level, int option, void *value,
			  socklen_t *len);
int socket6_ws_getaddrinfo(const char *host, const char *service,
			   const struct addrinfo *hints, struct addrinfo **out);
char *socket6_ws_if_indextoname(unsigned int index, char *name);
unsigned int socket6_ws_if_nametoindex(const char *name);
int socket6_ws_listen(int s, int backlog);
int socket6_ws_poll(struct pollfd *fds, nfds_t count, int milliseconds);
ssize_t socket6_ws_recv(int s, void *buf, size_t len, int flags);
ssize_t socket6_ws_recvfrom(int s, void *buf, size_t len, int flags,
			    struct sockaddr *sa, socklen_t *salen);
ssize_t socket6_ws_recvmsg(int s, struct msghdr *m, int flags);
ssize_t socket6_ws_sendmsg(int s, const struct msghdr *m, int flags);
ssize_t socket6_ws_sendto(int s, const void *buf, size_t len, int flags,
			  const struct sockaddr *sa, socklen_t salen);
int socket6_ws_setsockopt(int s, int level, int option, const void *value,
			  socklen_t len);
int socket6_ws_shutdown(int s, int how);
int socket6_ws_socket(int family, int type, int protocol);

#define accept	       socket6_ws_accept
#define accept4	       socket6_ws_accept4
#define bind	       socket6_ws_bind
#define close	       socket6_ws_close
#define connect	       socket6_ws_connect
#define getaddrinfo    socket6_ws_getaddrinfo
#define getpeername    socket6_ws_getpeername
#define getsockname    socket6_ws_getsockname
#define getsockopt     socket6_ws_getsockopt
#define if_indextoname socket6_ws_if_indextoname
#define if_nametoindex socket6_ws_if_nametoindex
#define listen	       socket6_ws_listen
#define poll	       socket6_ws_poll
#define recv	       socket6_ws_recv
#define recvfrom       socket6_ws_recvfrom
#define recvmsg	       socket6_ws_recvmsg
#define sendmsg	       socket6_ws_sendmsg
#define sendto	       socket6_ws_sendto
#define setsockopt     socket6_ws_setsockopt
#define shutdown       socket6_ws_shutdown
#define socket	       socket6_ws_socket

/*
 * Winsock does not report whether a socket is non-blocking: the modes before
 * are always 0, which is blocking, or -1 with errno.
 */
int socket6_ws_set_nonblock(int s, int on);
int socket6_ws_set_closeonexec(int s);

static inline int sys_set_nonblock(int s, int on)
{
	return socket6_ws_set_nonblock(s, on);
}

static inline int sys_restore_modes(int s, int modes)
{
	return socket6_ws_set_nonblock(s, modes);
}

static inline int sys_set_closeonexec(int s)
{
	return socket6_ws_set_closeonexec(s);
}

/* Stores an IPv4 address of the interface with this index: 0 or -1. */
int socket6_address_of(unsigned int index, struct in_addr *in);

#endif
