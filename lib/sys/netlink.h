/* SPDX-License-Identifier: ISC */
/* netlink.h - a socket of the kernel's own messages. netlink(7) */
#ifndef SOCKET6_LIB_SYS_NETLINK_H
#define SOCKET6_LIB_SYS_NETLINK_H

#include "sys.h"

/* linux/netlink.h: struct sockaddr_nl. The kernel's own port is 0. */
struct sys_netlink {
	sa_family_t family;
	uint16_t pad;
	uint32_t port, groups;
};

/* NETLINK_ROUTE, which neither waits nor is inherited. */
static inline int sys_netlink_socket(void)
{
	return sys_socket(AF_NETLINK, SOCK_RAW, 0, SYS_MODES);
}

#endif
