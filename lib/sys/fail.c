/* SPDX-License-Identifier: ISC */
/* fail.c - fails with an errno. */
#include "sys.h"

int sys_fail(int error)
{
	errno = error;
	return -1;
}
