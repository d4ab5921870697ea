/* SPDX-License-Identifier: ISC */
/* known.c - options that the system may accept without having them. */
#include "sys.h"

int socket6_refuses_unknown;

static int is_refusal(int r)
{
	return r == -1 && errno == ENOPROTOOPT;
}

/* The kernel does not change: asked until the answer is yes, once a process. */
static int refuses_unknown(int s)
{
	if (!is_refusal(sys_setsockopt(s, SOL_SOCKET, SYS_NO_OPTION, 0)))
		return 0;
	sys_store(&socket6_refuses_unknown, 1);
	return 1;
}

int socket6_set_and_ask(int s, int level, int option, int value)
{
	int error = errno;
	char now[16];
	socklen_t len = sizeof now;

	if (sys_setsockopt(s, level, option, value) == -1)
		return -1;
	if (!refuses_unknown(s) &&
	    is_refusal(getsockopt(s, level, option, (void *)now, &len)))
		return -1;
	errno = error;
	return 0;
}
