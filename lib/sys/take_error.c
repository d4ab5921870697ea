/* SPDX-License-Identifier: ISC */
/* take_error.c - the error that waits at a socket. */
#include "sys.h"

/* Solaris tells it by failing the getsockopt itself. */
int socket6_take_error(int s)
{
	int error = 0;
	socklen_t len = sizeof error;

	if (getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
		return errno;
	return error;
}
