/* SPDX-License-Identifier: ISC */
/* netlink.c - Linux's interfaces and addresses, through a buffer of our own. */
#include "netlink.h"
#include "rtmessage.h"

/*
 * The kernel fills no more than it was last offered, or the lesser of a page
 * and 8192 bytes (netlink(7)), unless one entry is longer.
 */
enum { BUFFER = 8192 };

/* A list that changes each time it is read is none. */
enum { ATTEMPTS = 16 };

static int ask(int s, const struct sys_rt_dump *d)
{
	char request[SYS_RT_REQUEST];
	struct sys_netlink kernel = {.family = AF_NETLINK};
	size_t len = sys_rt_request(request, d);

	return sendto(s, request, len, 0, (struct sockaddr *)&kernel,
		      sizeof kernel) == -1
		       ? -1
		       : 0;
}

/* The kernel's next datagram; 0 for another sender's. */
static ssize_t receive(int s, char *buf)
{
	struct sys_netlink from = {.family = 0};
	struct iovec part = {.iov_base = buf, .iov_len = BUFFER};
	struct msghdr m = {.msg_name = &from,
			   .msg_namelen = sizeof from,
			   .msg_iov = &part,
			   .msg_iovlen = 1};
	ssize_t n = recvmsg(s, &m, 0);

	if (n == -1)
		return -1;
	if (m.msg_namelen != sizeof from || from.port != 0)
		return 0;
	return m.msg_flags & MSG_TRUNC ? sys_fail(EMSGSIZE) : n;
}

/* The whole answer. It is there before it is asked for: nothing is waited for. */
static int take(int s, struct sys_rt_dump *d)
{
	char buf[BUFFER];
	int end = 0;

	while (end == 0) {
		ssize_t n = receive(s, buf);

		if (n == -1)
			return -1;
		end = sys_rt_read(d, buf, (size_t)n);
	}
	return end;
}

static int dump(struct sys_list *list, enum sys_rt_list what)
{
	struct sys_rt_dump d = {.list = list, .what = what, .is_torn = 1};
	int s = sys_netlink_socket();

	if (s == -1)
		return -1;
	while (d.is_torn) {
		if (d.sequence++ == ATTEMPTS) {
			errno = EAGAIN;
			return sys_discard(s);
		}
		d.is_torn = 0;
		list->count = 0;
		if (ask(s, &d) == -1 || take(s, &d) == -1)
			return sys_discard(s);
	}
	close(s);
	return 0;
}

int sys_interfaces(struct sys_list *list)
{
	return dump(list, SYS_RT_LINKS);
}

int sys_ifaddrs(struct sys_list *list)
{
	return dump(list, SYS_RT_ADDRESSES);
}
