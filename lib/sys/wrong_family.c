/* SPDX-License-Identifier: ISC */
/* wrong_family.c - whether a call failed because its socket is IPv4. */
#include "sys.h"

static int is_inet(int s)
{
	struct sockaddr_storage sa = {.ss_family = AF_UNSPEC};
	socklen_t len = sizeof sa;

	return getsockname(s, (struct sockaddr *)&sa, &len) == 0 &&
	       sa.ss_family == AF_INET;
}

/*
 * EAFNOSUPPORT; ENOPROTOOPT for an option; EINVAL where the system first finds
 * the address too long (sendto in gVisor, 4.4BSD). None of them alone means that
 * s is IPv4: Linux says EAFNOSUPPORT of ::1 also on an IPv6 socket whose local
 * address is v4-mapped.
 */
int sys_wrong_family(int s)
{
	int error = errno;
	int wrong = (error == EAFNOSUPPORT || error == EINVAL ||
		     error == ENOPROTOOPT) &&
		    is_inet(s);

	errno = error;
	return wrong;
}

/* Linux's MPTCP says EOPNOTSUPP. */
int sys_wrong_option(int s)
{
	int error = errno;
	int wrong;

	if (error == EOPNOTSUPP)
		errno = ENOPROTOOPT;
	wrong = sys_wrong_family(s);
	errno = error;
	return wrong;
}
