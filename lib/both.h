/* SPDX-License-Identifier: ISC */
/* both.h - an option of both families. */
#ifndef SOCKET6_LIB_BOTH_H
#define SOCKET6_LIB_BOTH_H

#include "sys/sys.h"

/* IPv6's option failed: on an IPv4 socket IPv4's result counts. */
SYS_RARE int socket6_set_inet(int s, int option4, int value);

/* Sets IPv6's option, then IPv4's for v4-mapped peers where possible. */
static inline int set_both(int s, int option6, int option4, int value)
{
	if (sys_setsockopt(s, IPPROTO_IPV6, option6, value) == -1)
		return socket6_set_inet(s, option4, value);
	sys_setsockopt(s, IPPROTO_IP, option4, value);
	return 0;
}

#endif
