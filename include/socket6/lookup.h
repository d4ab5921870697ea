/* SPDX-License-Identifier: ISC */
/* socket6/lookup.h - look a name up without blocking. socket_lookup_new(3) */
#ifndef SOCKET_6_LOOKUP_H
#define SOCKET_6_LOOKUP_H

#include <socket6/addr.h>
#include <socket6/resolve.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A look-up of a host and service in the background:
 *
 *	l = socket_lookup_new("www.example.org", "443", 0);
 *	while ((n = socket_lookup_take(l, addrs, 16)) != 0) {
 *		if (n == -1 && errno == EAGAIN)
 *			wait until socket_lookup_fd(l) is readable
 *		...
 *	}
 *	socket_lookup_free(l);
 *
 * The system is asked for both families together, in a thread. If it has not
 * answered after 50 milliseconds, each family is asked for alone as well (RFC
 * 8305 section 3), so that a name server that answers one of them is enough.
 * None of these functions blocks, except on a system without threads, where
 * socket_lookup_new does. One thread at a time may use a look-up.
 */
struct socket_lookup;

/*
 * Begins a look-up; host, service and flags are those of socket_resolve6.
 * Returns NULL with socket_resolve6's errors for bad input, or with ENOMEM,
 * EMFILE, or EAGAIN if there can be no more threads. At most 256 questions run
 * at a time in a process; the others wait in line.
 */
struct socket_lookup *socket_lookup_new(const char *host, const char *service,
					int flags);

/*
 * The descriptor to watch for readability; do not read from it. It stays
 * readable once the look-up is over. -1 with EINVAL for NULL.
 */
int socket_lookup_fd(const struct socket_lookup *l);

/*
 * Writes the addresses of one answer to out, in its order, and returns how many
 * they are. If they are more than max, nothing is written, and the next call
 * has them again; out may be NULL to ask. Later answers have only addresses
 * that none before had. Returns 0 when all has been told, and from then on. -1:
 *
 * EAGAIN       no answer yet; in a child of fork, for a look-up of the parent
 * EINVAL       a null look-up, or a null out with max above 0
 * any other    there is no address, for this reason (socket_resolve6); once
 */
int socket_lookup_take(struct socket_lookup *l, struct socket_addr6 *out,
		       size_t max);

/* Ends a look-up at any time. Never waits: a thread that runs ends by itself. */
void socket_lookup_free(struct socket_lookup *l);

#ifdef __cplusplus
}
#endif

#endif
