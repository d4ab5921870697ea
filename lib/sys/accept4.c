/* SPDX-License-Identifier: ISC */
/* accept4.c - for systems without accept4(2). */
#include "sys.h"

/* The descriptor may have inherited O_NONBLOCK (BSD, macOS). */
int socket6_accept_in_steps(struct sys_accept *x)
{
	int fd = accept(x->s, x->sa, &x->len);

	return fd == -1 ? -1 : sys_set_modes(fd, x->flags);
}

/* ENOSYS: a kernel older than the headers (Linux before 2.6.28). */
int socket6_accept_again(struct sys_accept *x)
{
	return errno == ENOSYS ? socket6_accept_in_steps(x) : -1;
}
