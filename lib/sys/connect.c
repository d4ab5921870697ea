/* SPDX-License-Identifier: ISC */
/* connect.c - connect, with an errno that tells failure from progress. */
#include "sys.h"

/*
 * Linux says EAGAIN, which is EWOULDBLOCK, of a UDP socket for which no local
 * port is left (connect(2)): that is a failure, and nothing goes on.
 */
int socket6_connect(int s, const struct sockaddr *sa, socklen_t len)
{
	int r = connect(s, sa, len);

	if (r == -1 && errno == EAGAIN)
		errno = EADDRNOTAVAIL;
	return r;
}
