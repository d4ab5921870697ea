/* SPDX-License-Identifier: ISC */
/* route.h - BSD's net/route.h, as much as the library needs: quirk_route.c. */
#ifndef ROUTE_H
#define ROUTE_H

#include <sys/socket.h>

/* Linux's is another name of AF_NETLINK. */
#undef PF_ROUTE
#define PF_ROUTE 117

struct if_msghdr {
	unsigned short ifm_msglen;
	unsigned char ifm_version, ifm_type;
	int ifm_addrs, ifm_flags;
};

#define RTM_ADD	    1
#define RTM_DELETE  2
#define RTM_NEWADDR 0xc
#define RTM_DELADDR 0xd
#define RTM_IFINFO  0xe

#endif
