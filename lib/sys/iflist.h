/* SPDX-License-Identifier: ISC */
/* iflist.h - the system's interfaces and addresses, and their changes. */
#ifndef SOCKET6_LIB_SYS_IFLIST_H
#define SOCKET6_LIB_SYS_IFLIST_H

#include "sys.h"

#include "../text/text.h"

#include <socket6/interfaces.h>

#define sys_ifaddrs    socket6_ifaddrs
#define sys_ifwatch    socket6_ifwatch
#define sys_interfaces socket6_interfaces
#define sys_is_change  socket6_is_change

/* Room for max entries of size bytes, and how many there were for it. */
struct sys_list {
	char *out;
	size_t size, max, count;
};

static inline void sys_list_add(struct sys_list *l, const void *entry)
{
	if (l->count < l->max)
		memcpy(l->out + l->count * l->size, entry, l->size);
	l->count++;
}

/* The name is len bytes, or ends earlier with a NUL. */
static inline void sys_set_name(struct socket_interface6 *i, const char *name,
				size_t len)
{
	size_t n = 0;

	while (n < len && name[n])
		n++;
	if (n < sizeof i->name)
		memcpy(i->name, name, n);
}

/*
 * What IFF_UP and the others are on every Unix, but for IFF_MULTICAST, as
 * SOCKET_IF_UP and its like.
 */
static inline uint32_t sys_if_flags(uint32_t f, uint32_t multicast)
{
	enum { UP = 1, LOOPBACK = 8, POINTOPOINT = 16, RUNNING = 64 };

	return (f & UP ? SOCKET_IF_UP : 0u) |
	       (f & RUNNING ? SOCKET_IF_RUNNING : 0u) |
	       (f & LOOPBACK ? SOCKET_IF_LOOPBACK : 0u) |
	       (f & multicast ? SOCKET_IF_MULTICAST : 0u) |
	       (f & POINTOPOINT ? SOCKET_IF_POINTOPOINT : 0u);
}

static inline uint16_t sys_ifaddr_flags(int tentative, int deprecated,
					int temporary)
{
	return (uint16_t)((tentative ? SOCKET_IFADDR_TENTATIVE : 0) |
			  (deprecated ? SOCKET_IFADDR_DEPRECATED : 0) |
			  (temporary ? SOCKET_IFADDR_TEMPORARY : 0));
}

/* Fill an empty list: 0, or -1. */
int sys_interfaces(struct sys_list *list);
int sys_ifaddrs(struct sys_list *list);

/* A new descriptor, whose messages are changes if sys_is_change says so. */
int sys_ifwatch(void);

/*
 * On the BSDs the messages of routes come too: struct rt_msghdr begins with
 * its length, a version and its type, and so do the others (route(4)). That
 * start is enough to know a change.
 */
enum { SYS_CHANGE_START = 8 };

#if HAVE_AF_NETLINK || !HAVE_PF_ROUTE
static inline int sys_is_change(const char *start, size_t len)
{
	(void)start;
	return len > 0;
}
#else
int sys_is_change(const char *start, size_t len);
#endif

#endif
