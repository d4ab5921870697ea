/* SPDX-License-Identifier: ISC */
/* ifwatch.c - a descriptor that is told of changes of interfaces. */
#include "iflist.h"

#if HAVE_AF_NETLINK

# include "netlink.h"

/* linux/rtnetlink.h: RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV6_IFADDR. */
enum { GROUPS = 0x1 | 0x10 | 0x100 };

int sys_ifwatch(void)
{
	struct sys_netlink a = {.family = AF_NETLINK, .groups = GROUPS};
	int s = sys_netlink_socket();

	if (s != -1 && bind(s, (struct sockaddr *)&a, sizeof a) == -1)
		return sys_discard(s);
	return s;
}

#elif HAVE_PF_ROUTE

# include <net/route.h>

/*
 * A full queue drops messages without a word, unless SO_RERROR is set (FreeBSD,
 * NetBSD); macOS has no such option.
 */
int sys_ifwatch(void)
{
	int s = sys_socket(PF_ROUTE, SOCK_RAW, AF_UNSPEC, SYS_MODES);

# ifdef SO_RERROR
	if (s != -1)
		sys_setsockopt(s, SOL_SOCKET, SO_RERROR, 1);
# endif
	return s;
}

/* Names that one of these systems has besides: macOS, NetBSD, OpenBSD. */
static int is_other_change(int type)
{
# ifdef RTM_IFINFO2
	if (type == RTM_IFINFO2)
		return 1;
# endif
# ifdef RTM_IFANNOUNCE
	if (type == RTM_IFANNOUNCE)
		return 1;
# endif
# ifdef RTM_CHGADDR
	if (type == RTM_CHGADDR)
		return 1;
# endif
# ifdef RTM_CHGADDRATTR
	if (type == RTM_CHGADDRATTR)
		return 1;
# endif
# ifdef RTM_DESYNC /* some messages are lost */
	if (type == RTM_DESYNC)
		return 1;
# endif
	return 0;
}

int sys_is_change(const char *start, size_t len)
{
	enum { TYPE_AT = 3 };
	int type;

	if (len <= TYPE_AT)
		return 0;
	type = (unsigned char)start[TYPE_AT];
	return type == RTM_NEWADDR || type == RTM_DELADDR ||
	       type == RTM_IFINFO || is_other_change(type);
}

#else

int sys_ifwatch(void)
{
	return sys_fail(ENOTSUP);
}

#endif
