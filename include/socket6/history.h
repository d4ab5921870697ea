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
 * A history remembers for ten minutes which networks did not answer. A dial
 * with a history does not wait for their addresses before it tries others; it
 * still tries every address, later by a twentieth of its time limit at most. A
 * network is the first 48 bits of an IPv6 address or
 * the first 24 of an IPv4 one. A whole family counts as silent, until one of
 * its addresses answers, once three of its networks were silent five minutes
 * or more after any last answered. Entries are keyed by local network too: they
 * do not apply elsewhere. One dial in 17 ignores the history.
 *
 * The program owns the history and may share it among dials and threads.
 */
struct socket_history;

/*
 * Creates a history for up to max networks. NULL with ENOMEM. Looking one up
 * takes no longer in a large history. When it is nearly full a new network may
 * replace another one, of the 32 that share its places the one that expires
 * first.
 */
struct socket_history *socket_history_new(size_t max);

/*
 * free and clear ignore NULL, save returns 0 for it, load fails with EINVAL.
 */
void socket_history_free(struct socket_history *h);

/* Forgets everything. */
void socket_history_clear(struct socket_history *h);

/*
 * Writes h to buf as lines of text without a NUL, as many whole lines as fit in
 * size bytes. Returns the length of all lines; buf may be NULL to learn it.
 * SOCKET_HISTORY_FMT(max) bytes are enough for a history of max networks.
 */
#define SOCKET_HISTORY_FMT(max) (32 * ((max) + 3))
size_t socket_history_save(const struct socket_history *h, char *buf,
			   size_t size);

/*
 * Adds the entries that socket_history_save wrote, except those that have
 * expired since. Returns how many were added; -1 with EINVAL, and nothing
 * added, if buf holds anything else.
 */
int socket_history_load(struct socket_history *h, const char *buf, size_t len);

#ifdef __cplusplus
}
#endif

#endif
