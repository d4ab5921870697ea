/* SPDX-License-Identifier: ISC */
/* second_try.c - a 6 function on a socket that turned out to be IPv4. */
#include "addr.h"

socklen_t socket6_second_try(struct socket6_try *x)
{
	socklen_t len;

	if (!sys_wrong_family(x->s))
		return 0;
	len = socket6_addr_to_inet(&x->a);
	if (len == 0)
		errno = EAFNOSUPPORT;
	return len;
}
