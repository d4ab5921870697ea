/* SPDX-License-Identifier: ISC */
/*
 * history.h - which networks were silent, and their text.
 *
 * Pure: no clock, no socket, nothing of a dial. A time is in microseconds of a
 * clock that begins anew with each boot and never runs back; a day is a time in
 * seconds of the clock that goes on. A source is a local address: :: or 0.0.0.0
 * if it is not known.
 */
#ifndef SOCKET6_LIB_HISTORY_H
#define SOCKET6_LIB_HISTORY_H

#include "public.h"

/* Keys of the families; those of networks are greater. */
enum { FAMILY4, FAMILY6, FAMILIES };

/* So many silent networks, and no answer for a time, mean the whole family. */
enum { MANY = 3 };

/* The number of local networks for which silent families are known. */
enum { SOURCES = 8 };

struct history_network {
	uint32_t key;	 /* a hash of its prefix; 0: the place was never used */
	uint32_t source; /* a hash of the local network it was silent towards */
	uint32_t until;	 /* history_seconds; 0: nothing is known */
};

/*
 * What was silent towards a source is in networks, and the MANY of them that
 * were silent last are in one of recent too: they may mean the family. Its
 * answered is ten minutes after its last answer.
 */
struct socket_history {
	size_t count;
	uint32_t asked; /* how many dials have asked whether to heed it */
	uint32_t answered[FAMILIES];
	struct history_network recent[SOURCES][MANY];
	struct history_network networks[];
};

static inline uint32_t history_seconds(int64_t time)
{
	return (uint32_t)(time / 1000000);
}

/*
 * Whether the network of this address was silent of late, or many of its
 * family; towards the network of this source, or null for any.
 */
int socket6_history_has(const struct socket_history *h, int64_t now,
			const struct socket_addr6 *addr, const char *source);

/*
 * A dial asks this once, if the history has something to say to it. It is 0 for
 * one dial in 17, which shall go on as if there were no history.
 */
int socket6_history_is_heeded(struct socket_history *h);

/* The address was silent; it answered. */
void socket6_history_silence(struct socket_history *h, int64_t now,
			     const struct socket_addr6 *addr,
			     const char source[16]);
void socket6_history_answer(struct socket_history *h, int64_t now,
			    const struct socket_addr6 *addr);

/*
 * Adds an entry that expires after left seconds, unless left is below 1. That of
 * a family has the number of dials that asked for a source. Returns 1 if it
 * added the entry of a network, else 0.
 */
int socket6_history_restore(struct socket_history *h, int64_t now, uint32_t key,
			    uint32_t source, int32_t left);

/* socket_history_save and socket_history_load, at this time of this day. */
size_t socket6_history_write(const struct socket_history *h, int64_t now,
			     uint32_t day, char *buf, size_t size);
int socket6_history_read(struct socket_history *h, int64_t now, uint32_t day,
			 const char *buf, size_t len);

#endif
