/* SPDX-License-Identifier: ISC */
/* descriptor.h - new descriptors and their modes. */
#ifndef SOCKET6_LIB_SYS_DESCRIPTOR_H
#define SOCKET6_LIB_SYS_DESCRIPTOR_H

/* Closes a descriptor that cannot be returned. -1, with errno kept. */
SYS_RARE int sys_discard(int fd);

/* The flags that become modes of the new descriptor. */
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
 * The arguments are in memory for the steps that an old kernel needs: in saved
 * registers they would slow every call.
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

/* Winsock has no fcntl: winsock.h has these three. */
#if !HAVE_WINSOCK
/* Makes fd non-blocking or blocking; returns its modes before, or -1. */
static inline int sys_set_nonblock(int fd, int on)
{
	int modes = fcntl(fd, F_GETFL);
	int wanted = on ? modes | O_NONBLOCK : modes & ~O_NONBLOCK;

	if (modes == -1 || wanted == modes)
		return modes;
	return fcntl(fd, F_SETFL, wanted) == -1 ? -1 : modes;
}

/* Restores the modes that sys_set_nonblock(fd, 1) returned. */
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
int sys_set_modes(int fd, int flags);

#endif
