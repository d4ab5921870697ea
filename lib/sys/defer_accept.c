/* SPDX-License-Identifier: ISC */
/* defer_accept.c - accept only what can be read. */
#include "sys.h"

#include <socket6/option.h>

#if HAVE_TCP_DEFER_ACCEPT

/* Linux: seconds to wait for data; then accept returns without. */
void sys_defer_accept(int s, int mode)
{
	if (mode == SOCKET_DATAIN)
		sys_setsockopt(s, IPPROTO_TCP, TCP_DEFER_ACCEPT, 1);
}

#elif HAVE_SO_ACCEPTFILTER

# include <string.h>

/* FreeBSD: accf_data(9), accf_http(9). */
void sys_defer_accept(int s, int mode)
{
	struct accept_filter_arg filter = {0};

	strcpy(filter.af_name,
	       mode == SOCKET_HTTPIN ? "httpready" : "dataready");
	setsockopt(s, SOL_SOCKET, SO_ACCEPTFILTER, &filter, sizeof filter);
}

#else

void sys_defer_accept(int s, int mode)
{
	(void)s, (void)mode;
}

#endif
