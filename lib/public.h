/* SPDX-License-Identifier: ISC */
/* public.h - the public interface, as the library itself sees it. */
#ifndef SOCKET6_PUBLIC_H
#define SOCKET6_PUBLIC_H

/* Before any system header, for it says which extensions they show. */
#include "config.h"

/*
 * The library is compiled with hidden visibility; what stands here is not.
 * The public headers need no export macro that way.
 */
#ifdef __GNUC__
# pragma GCC visibility push(default)
#endif

#include <socket6.h>

extern int noipv6;

#ifdef __GNUC__
# pragma GCC visibility pop
#endif

#endif
