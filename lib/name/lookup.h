/* SPDX-License-Identifier: ISC */
/* lookup.h - what a dial uses of a look-up. */
#ifndef SOCKET6_LIB_LOOKUP_H
#define SOCKET6_LIB_LOOKUP_H

#include "name.h"
#include "plan.h"

/* delay: microseconds until each family is asked for alone as well. */
struct socket_lookup *socket6_lookup_new(const struct name *name,
					 int64_t delay);

/*
 * Returns the next answer, n addresses, until it is consumed. Null if there is
 * none now: socket_lookup_take says whether there will be.
 */
const struct socket_addr6 *socket6_lookup_peek(struct socket_lookup *l,
					       size_t *n);
void socket6_lookup_consume(struct socket_lookup *l);

/*
 * Describes a question, with times of sys_microseconds: returns 1, or 0 if it
 * was not asked.
 */
int socket6_lookup_question(const struct socket_lookup *l, enum ask which,
			    struct socket_question *out);

#endif
