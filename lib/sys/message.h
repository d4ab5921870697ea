/* SPDX-License-Identifier: ISC */
/* message.h - messages, many in a call, and the errors of earlier ones. */
#ifndef SOCKET6_LIB_SYS_MESSAGE_H
#define SOCKET6_LIB_SYS_MESSAGE_H

#include "control.h"

/* How many messages one call takes. */
enum { SYS_MESSAGES = 32 };

/* struct mmsghdr, whose calls old kernels lack (Linux before 3.0). */
#if HAVE_SENDMMSG
# define sys_message mmsghdr
#else
struct sys_message {
	struct msghdr msg_hdr;
	unsigned int msg_len;
};
#endif

/*
 * recvmmsg(2): waits for the first message if s is blocking, for no other.
 * How many were received, at least one; or -1. One costs less by itself. EINVAL
 * is what gVisor makes of MSG_WAITFORONE; what is invalid itself, recvmsg says.
 */
int socket6_receive_one_by_one(int s, struct sys_message *m, unsigned int n);
#if HAVE_SENDMMSG
static inline int sys_receive(int s, struct sys_message *m, unsigned int n)
{
	int count = -1;

	if (n > 1)
		count = recvmmsg(s, m, n, MSG_WAITFORONE, NULL);
	return n == 1 || (count == -1 && (errno == ENOSYS || errno == EINVAL))
		       ? socket6_receive_one_by_one(s, m, n)
		       : count;
}
#else
# define sys_receive socket6_receive_one_by_one
#endif

/* How many pieces a message may have; the least in POSIX (_XOPEN_IOV_MAX). */
#ifdef IOV_MAX
# define SYS_IOV_MAX IOV_MAX
#else
# define SYS_IOV_MAX 16
#endif

/* sendmsg(2) that raises no SIGPIPE. */
#if HAVE_MSG_NOSIGNAL
# define sys_sendmsg(s, m) sendmsg((s), (m), MSG_NOSIGNAL)
#else
# define sys_sendmsg socket6_sendmsg
ssize_t sys_sendmsg(int s, const struct msghdr *m);
#endif

/* sendmmsg(2), without SIGPIPE. How many went, at least one; or -1. */
int socket6_send_one_by_one(int s, struct sys_message *m, unsigned int n);
#if HAVE_SENDMMSG && HAVE_MSG_NOSIGNAL
static inline int sys_send(int s, struct sys_message *m, unsigned int n)
{
	int count = -1;

	if (n > 1)
		count = sendmmsg(s, m, n, MSG_NOSIGNAL);
	return n == 1 || (count == -1 && errno == ENOSYS)
		       ? socket6_send_one_by_one(s, m, n)
		       : count;
}
#else
# define sys_send socket6_send_one_by_one
#endif

/*
 * Whether the system divides a message of s into segments. Linux before 4.18
 * would ignore the request, and send one long datagram.
 */
int sys_can_segment(int s);

/*
 * Whether a send may have failed with errno for what came back for an earlier
 * datagram, which a queue of s keeps.
 */
SYS_RARE int sys_is_kept_error(int s);

/* The next of them, as recvmsg(2); never waits. ENOPROTOOPT: no such queue. */
ssize_t sys_take_report(int s, struct msghdr *m);

/* Asks for the time of arrival with each datagram, or not. */
int sys_ask_time(int s, int on);

/* What happens to datagrams above the MTU: SOCKET_MTU_..., for one family. */
int sys_set_mtu_mode4(int s, int mode);
int sys_set_mtu_mode6(int s, int mode);

/* The MTU of the path to the peer that s is connected to; or -1. */
int sys_path_mtu(int s);

#endif
