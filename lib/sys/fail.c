/* SPDX-License-Identifier: ISC */
/* fail.c - fails with an errno, and which errno that may be. */
#include "sys.h"

int sys_fail(int error)
{
	errno = error;
	return -1;
}

int sys_reason(int error)
{
	return error == EINPROGRESS || error == EWOULDBLOCK ||
			       error == EAGAIN || error == EALREADY ||
			       error == EINTR || error == EISCONN
		       ? EIO
		       : error;
}
