/* SPDX-License-Identifier: ISC */
/* public.h - the public interface, as the library itself sees it. */
#ifndef SOCKET6_LIB_PUBLIC_H
#define SOCKET6_LIB_PUBLIC_H

/* Before any system header, for it says which extensions they show. */
#include "config.h"

/*
 * The library is compiled with hidden visibility; what is declared here is not.
 * The public headers need no export macro that way.
 */
#ifdef __GNUC__
# pragma GCC visibility push(default)
#endif

#include <socket6.h>
#include <stddef.h>

/* Other languages lay an address out by these numbers, on every platform. */
_Static_assert(sizeof(struct socket_addr6) == 24 &&
		       offsetof(struct socket_addr6, ip) == 0 &&
		       offsetof(struct socket_addr6, scope_id) == 16 &&
		       offsetof(struct socket_addr6, port) == 20 &&
		       offsetof(struct socket_addr6, reserved) == 22,
	       "struct socket_addr6 has another layout");

_Static_assert(sizeof(struct socket_attempt6) == 48 &&
		       offsetof(struct socket_attempt6, state) == 24 &&
		       offsetof(struct socket_attempt6, error) == 28 &&
		       offsetof(struct socket_attempt6, start) == 32 &&
		       offsetof(struct socket_attempt6, end) == 40,
	       "struct socket_attempt6 has another layout");

extern int noipv6;

#ifdef __GNUC__
# pragma GCC visibility pop
#endif

#endif
