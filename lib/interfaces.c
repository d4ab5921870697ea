/* SPDX-License-Identifier: ISC */
/* interfaces.c - this host's interfaces and addresses, and their changes. */
#include "public.h"
#include "sys/iflist.h"

/* How many a list has, once ask has filled it. */
static int count(int (*ask)(struct sys_list *), struct sys_list list)
{
	if (!list.out)
		list.max = 0;
	return ask(&list) == -1 ? -1 : (int)list.count;
}

int socket_interfaces(struct socket_interface6 *out, size_t max)
{
	return count(sys_interfaces, (struct sys_list){.out = (char *)out,
						       .size = sizeof *out,
						       .max = max});
}

int socket_ifaddrs(struct socket_ifaddr6 *out, size_t max)
{
	return count(sys_ifaddrs, (struct sys_list){.out = (char *)out,
						    .size = sizeof *out,
						    .max = max});
}

int socket_ifwatch(void)
{
	return sys_ifwatch();
}

/* Of each message only the start is stored; the rest goes with it. */
static ssize_t take(int fd, char *start)
{
	return recv(fd, start, SYS_CHANGE_START, MSG_DONTWAIT);
}

/*
 * All that follows the first, of which n bytes are there. Another descriptor's
 * end is 0 again and again. A loss is told once (netlink(7)); a second time in
 * a row it is no loss: the system has no memory, and may have none for long.
 */
SYS_RARE static int take_all(int fd, char *start, ssize_t n)
{
	int changed = 0, is_lost = 0;

	while (n > 0 || (n == -1 && errno == ENOBUFS && !is_lost)) {
		is_lost = n == -1;
		changed |= is_lost || sys_is_change(start, (size_t)n);
		n = take(fd, start);
	}
	if (changed)
		return 1;
	return n == 0 || errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
}

int socket_ifchanged(int fd)
{
	char start[SYS_CHANGE_START];
	ssize_t n = take(fd, start);

	return n == -1 && errno == EAGAIN ? 0 : take_all(fd, start, n);
}
