/* SPDX-License-Identifier: ISC */
/* socket_dial.c - from a name to a connection. */
#include "public.h"

/* What socket_dial takes of a name's addresses. */
enum { ADDRESSES = 64 };

int socket_dial(const char *host, const char *service, int milliseconds,
		struct socket_history *history)
{
	struct socket_addr6 addrs[ADDRESSES];
	int n = socket_resolve6(host, service, 0, addrs, ADDRESSES);

	if (n == -1)
		return -1;
	return socket_dial6(addrs, (size_t)(n < ADDRESSES ? n : ADDRESSES),
			    milliseconds, history);
}
