/* SPDX-License-Identifier: ISC */
/* fail.c - the end of a call that fails. */
#include "sys.h"

int sys_fail(int error)
{
	errno = error;
	return -1;
}
