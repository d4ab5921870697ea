/* SPDX-License-Identifier: ISC */
/* message.c - messages one by one, and the errors of earlier ones. */
#include "message.h"

/* An error after the first message is not told; Linux's recvmmsg keeps it. */
int socket6_receive_one_by_one(int s, struct sys_message *m, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		ssize_t len = recvmsg(s, &m[i].msg_hdr, i ? MSG_DONTWAIT : 0);

		if (len == -1)
			break;
		m[i].msg_len = (unsigned int)len;
	}
	return i ? (int)i : -1;
}

int socket6_send_one_by_one(int s, struct sys_message *m, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (sys_sendmsg(s, &m[i].msg_hdr) == -1)
			break;
	return i ? (int)i : -1;
}

/* Asked until the answer is yes, once a process: the kernel does not change. */
static int can_segment;

int sys_can_segment(int s)
{
	if (!sys_load(&can_segment)) {
		if (sys_getsockopt(s, IPPROTO_UDP, SYS_SEGMENT) == -1)
			return 0;
		sys_store(&can_segment, 1);
	}
	return 1;
}

#if HAVE_IP_RECVERR

/* Linux's icmp_err_convert and icmpv6_err_convert. */
static int is_of_icmp(int error)
{
	return error == ECONNREFUSED || error == EHOSTUNREACH ||
	       error == ENETUNREACH || error == EACCES || error == EMSGSIZE ||
	       error == EPROTO || error == EHOSTDOWN || error == ENONET ||
	       error == ENOPROTOOPT || error == EOPNOTSUPP;
}

int sys_is_kept_error(int s)
{
	int error = errno;
	int keeps = is_of_icmp(error) &&
		    (sys_getsockopt(s, IPPROTO_IPV6, IPV6_RECVERR) > 0 ||
		     sys_getsockopt(s, IPPROTO_IP, IP_RECVERR) > 0);

	errno = error;
	return keeps;
}

ssize_t sys_take_report(int s, struct msghdr *m)
{
	return recvmsg(s, m, MSG_ERRQUEUE | MSG_DONTWAIT);
}

#else

int sys_is_kept_error(int s)
{
	(void)s;
	return 0;
}

ssize_t sys_take_report(int s, struct msghdr *m)
{
	(void)m;
	return sys_setsockopt(s, IPPROTO_IP, SYS_NO_OPTION, 0);
}

#endif

int sys_ask_time(int s, int on)
{
#if !HAVE_SO_TIMESTAMPNS && HAVE_SO_TS_CLOCK
	sys_setsockopt(s, SOL_SOCKET, SO_TS_CLOCK, SO_TS_REALTIME);
#endif
	return sys_set_known(s, SOL_SOCKET, SYS_RECV_TIME, on);
}
