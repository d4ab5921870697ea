/* SPDX-License-Identifier: ISC */
/* socket6/history.h - which addresses were silent. socket_history_new(3) */
#ifndef SOCKET_6_HISTORY_H
#define SOCKET_6_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What dials have learnt of networks that do not answer, for ten minutes: the
 * next dial tries such addresses last, and waits for them less. It makes
 * nothing unreachable. Networks are the first 48 bits of an IPv6 address and
 * the first 24 of an IPv4 one; and a whole family, once three networks of it
 * were silent and none has answered since. What was learnt from one local
 * address does not hold for another.
 *
 * The program owns it, and may share it among dials and threads.
 */
struct socket_history;

/* Allocates room for at most max networks; null with ENOMEM. */
struct socket_history *socket_history_new(size_t max);

/*
 * Null is nothing to free or to clear, and of no length; to load into it is
 * EINVAL.
 */
void socket_history_free(struct socket_history *h);

/* Forgets everything. */
void socket_history_clear(struct socket_history *h);

/*
 * Writes what h knows as lines of text, without a NUL, as many whole ones as
 * buf has room for. The length of all; buf may be null to learn it.
 * SOCKET_HISTORY_FMT bytes are always enough for max networks.
 */
#define SOCKET_HISTORY_FMT(max) (32 * ((max) + 3))
size_t socket_history_save(const struct socket_history *h, char *buf,
			   size_t size);

/*
 * Adds what was saved, less the time that has passed since. How many networks
 * were still worth remembering, or -1 with EINVAL, and nothing added, if buf
 * is not what socket_history_save wrote.
 */
int socket_history_load(struct socket_history *h, const char *buf, size_t len);

#ifdef __cplusplus
}
#endif

#endif
