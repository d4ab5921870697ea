/* SPDX-License-Identifier: ISC */
/* lookup.h - what a dial uses of a look-up. */
#ifndef SOCKET6_LOOKUP_H
#define SOCKET6_LOOKUP_H

#include "name.h"

/* delay: microseconds until each family is asked for alone as well. */
struct socket_lookup *socket6_lookup_new(const struct name *name,
					 int64_t delay);

/*
 * The next answer, of which there is one of n addresses until it is consumed;
 * null if there is none yet, or no more, of which socket_lookup_take tells.
 */
const struct socket_addr6 *socket6_lookup_peek(struct socket_lookup *l,
					       size_t *n);
void socket6_lookup_consume(struct socket_lookup *l);

#endif
