/* SPDX-License-Identifier: ISC */
/* listen.c - wait for connections. */
#include "public.h"
#include "sys/sys.h"

int socket_listen(int s, unsigned int backlog)
{
	return listen(s, backlog > INT_MAX ? INT_MAX : (int)backlog);
}
