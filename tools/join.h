/* SPDX-License-Identifier: ISC */
/* join.h - bytes from one descriptor to another, and both ways. */
#ifndef SOCKET6_TOOL_JOIN_H
#define SOCKET6_TOOL_JOIN_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

struct options;

/* Waits for one thing at a time: bytes to read, or room to write them. */
struct pump {
	int from, to;
	int keep; /* to stays open at the end */
	int over;
	int error;	  /* why it is, or 0 for the end of what came */
	int64_t passed;	  /* bytes written */
	const char *next; /* what is to be written */
	size_t left;
	char buf[16384];
};

/* first are bytes that go before those of from; they stay the caller's. */
void pump_begin(struct pump *p, int from, int to, const char *first,
		size_t len);

/* Whether a call that failed so is to be made again when poll says so. */
int is_passing(int error);

/* What it waits for; a descriptor below 0, which poll passes over, if over. */
struct pollfd pump_wish(const struct pump *p);

/*
 * Reads or writes once, when that is due. At the end it shuts a socket down,
 * unless that is kept.
 */
void pump_step(struct pump *p);

/* How a connection went: bytes, and the errno that broke it off, or 0. */
struct joined {
	int64_t sent, received;
	int error;
	const char *where; /* which end of ours that was, or null */
};

/*
 * Joins standard input and output to s until both have ended; where standard
 * input is a terminal, until the peer has. Standard output is closed at the
 * peer's end, or kept. s is non-blocking, and stays open.
 */
struct joined join(int s, const char *first, size_t len, int keep);

/*
 * Tells how it went with a peer of this name; the exit status. That nobody
 * reads standard output any more, as after head(1), is no failure.
 */
int tell_joined(const struct options *o, const struct joined *j,
		const char *peer);

#endif
