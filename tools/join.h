/* SPDX-License-Identifier: ISC */
/* join.h - bytes from one descriptor to another, and both ways. */
#ifndef SOCKET6_TOOL_JOIN_H
#define SOCKET6_TOOL_JOIN_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

struct options;

/* Waits for one thing at a time: bytes to read, or room to write. */
struct pump {
	int from, to;
	int keep; /* to stays open at the end */
	int over;
	int error;	  /* why it is, or 0 for the end of what came */
	int64_t passed;	  /* bytes written */
	int64_t moved;	  /* when a byte was read or written last */
	const char *next; /* what is to be written */
	size_t left;
	char buf[16384];
};

/*
 * first is written before the bytes of from; it remains the caller's. from is
 * -1 if nothing is to be read.
 */
void pump_begin(struct pump *p, int from, int to, const char *first,
		size_t len);

/* Whether to retry a call that failed with this errno after poll. */
int is_passing(int error);

/* What it waits for; if over a descriptor below 0, which poll ignores. */
struct pollfd pump_wish(const struct pump *p);

/*
 * Reads or writes once, when that is due. At the end it shuts a socket down,
 * unless keep is set.
 */
void pump_step(struct pump *p);

/* The result of a connection: bytes, and the errno that ended it, or 0. */
struct joined {
	int64_t sent, received;
	int error;
	int silent;	   /* the error is the end of -T */
	const char *where; /* which end of ours that was, or null */
};

/* How long a connection may be silent, in milliseconds; -1 for ever. */
int silence_left(const struct options *o, int64_t moved);

/*
 * Joins standard input and output to s until both have ended; if standard input
 * is a terminal or not read, until the peer has; or with ETIMEDOUT after a
 * silence that is too long. Closes standard output at the peer's end unless
 * more connections are to come. s is non-blocking, and stays open.
 */
struct joined join(const struct options *o, int s, const char *first,
		   size_t len);

/*
 * Prints the result for a peer of this name, and returns the exit status. It is
 * not a failure if the reader of standard output exits, as head(1) does.
 */
int tell_joined(const struct options *o, const struct joined *j,
		const char *peer);

#endif
