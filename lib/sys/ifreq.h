/* SPDX-License-Identifier: ISC */
/* ifreq.h - asks about an interface, the way of netdevice(7). */
#ifndef SOCKET6_LIB_SYS_IFREQ_H
#define SOCKET6_LIB_SYS_IFREQ_H

#include "sys.h"

#include <sys/ioctl.h>

/* An int in musl and illumos, a long in dietlibc. */
typedef __typeof__(_Generic(&ioctl, int (*)(int, int, ...) : 0,
			    int (*)(int, long, ...) : 0L,
			    default : 0UL)) sys_request;

/*
 * By an IPv4 socket of its own: Linux gives IPv4 addresses to no other.
 * 0, or -1.
 */
static inline int sys_ask_interface(sys_request request, struct ifreq *ifr)
{
	int s = sys_socket(AF_INET, SOCK_DGRAM, 0, SOCKET_CLOEXEC);

	if (s == -1)
		return -1;
	if (ioctl(s, request, ifr) == -1)
		return sys_discard(s);
	close(s);
	return 0;
}

#endif
