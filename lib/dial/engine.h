/* SPDX-License-Identifier: ISC */
/*
 * engine.h - Happy Eyeballs (RFC 8305) as a function of events and time.
 *
 * Pure: no system call, no clock, no allocation. It is told what happened and
 * when, and says what to do next. Times are microseconds of any clock; one
 * that runs back is taken to stand still.
 */
#ifndef SOCKET6_LIB_DIAL_ENGINE_H
#define SOCKET6_LIB_DIAL_ENGINE_H

#include "public.h"

/* What is to be done next. */
enum dial_action {
	DIAL_START,	/* begin attempt *which, and tell how it went */
	DIAL_WAIT,	/* until an event, or dial_due */
	DIAL_CONNECTED, /* *which has won */
	DIAL_FAILED,	/* nothing is left: socket6_dial_reason */
};

/* An address. The first started of them have been tried, in that order. */
struct dial_entry {
	struct socket_attempt6 a;
	int v4;	  /* the address is an IPv4 one, v4-mapped */
	int slow; /* known to be silent: goes last, and gets less time */

	/* The driver's. */
	int s;		  /* its socket, or -1 */
	int blocks;	  /* the socket becomes blocking once connected */
	const char *buf;  /* the first bytes, */
	size_t len, sent; /* and how many have gone */
	const char *from; /* the local address that is set, or null */
};

struct dial_engine {
	/* Settings; below 0: none. */
	int64_t attempt_delay, resolution_delay, last_wait, deadline;

	struct dial_entry *entries;
	size_t max, count, started, pending;

	int64_t begun;	      /* the first call of next, or -1 */
	int64_t now;	      /* the latest time */
	int64_t first_added;  /* when the first address came */
	int64_t last_started; /* when the last attempt began */
	int ended;	      /* no more addresses will come */
	int hurried;	      /* one has failed: the next need not wait */
	int late;	      /* it ended for want of time */
	int name_error;	      /* why a name has no address, or 0 */
	int first_is_v4;      /* the family of the first attempt */
	int mixed;	      /* the first answer had both families */
	size_t winner;
	enum dial_action over; /* DIAL_CONNECTED or DIAL_FAILED, once it is */
};

void socket6_dial_init(struct dial_engine *e, struct dial_entry *entries,
		       size_t max);

/* Appends new addresses, from index count on. Returns 0 or -1. */
int socket6_dial_add(struct dial_engine *e, int64_t now,
		     const struct socket_addr6 *addrs, size_t n);

enum dial_action socket6_dial_next(struct dial_engine *e, int64_t now,
				   size_t *which);

/*
 * Report a started attempt: connected; failed; out of local resources, such as
 * descriptors, to be retried when another one ends.
 */
void socket6_dial_connected(struct dial_engine *e, int64_t now, size_t which);
void socket6_dial_failed(struct dial_engine *e, int64_t now, size_t which,
			 int error);
void socket6_dial_lacking(struct dial_engine *e, int64_t now, size_t which,
			  int error);

/* When next has something to do without an event; -1 for never. */
int64_t socket6_dial_due(const struct dial_engine *e);

/* The errno of the attempt that says most. */
int socket6_dial_reason(const struct dial_engine *e);

/* What a dial that is over has learnt of an address that was tried. */
enum dial_verdict {
	DIAL_NOTHING,
	DIAL_ANSWERED,
	DIAL_SILENT,
};
enum dial_verdict socket6_dial_verdict(const struct dial_engine *e,
				       size_t which);

/* Of the entries from started on, the one to try next. */
size_t socket6_dial_order(const struct dial_engine *e);

/* The rank of an errno; the highest is reported. */
int socket6_dial_rank(int error);

#endif
