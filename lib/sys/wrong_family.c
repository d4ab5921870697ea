/* SPDX-License-Identifier: ISC */
/* wrong_family.c - what an IPv4 socket says of IPv6. */
#include "sys.h"

static int is_inet(int s)
{
	struct sockaddr_storage sa = {.ss_family = AF_UNSPEC};
	socklen_t len = sizeof sa;

	return getsockname(s, (struct sockaddr *)&sa, &len) == 0 &&
	       sa.ss_family == AF_INET;
}

/*
 * EAFNOSUPPORT, but of an option ENOPROTOOPT; and EINVAL where the address is
 * found too long first (sendto in gVisor; 4.4BSD).
 */
int socket6_wrong_family(int s)
{
	int error = errno;

	if ((error == EINVAL || error == ENOPROTOOPT) && is_inet(s))
		error = EAFNOSUPPORT;
	errno = error;
	return error == EAFNOSUPPORT;
}
