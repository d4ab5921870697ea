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

#include "room.h"

/* What is to be done next. */
enum dial_action {
	DIAL_START,	/* begin attempt *which, and tell how it went */
	DIAL_DROP,	/* end attempt *which: it has gone back to the others */
	DIAL_ASK,	/* socket6_dial_is: whether *which was silent of late */
	DIAL_WAIT,	/* until an event, or dial_due */
	DIAL_CONNECTED, /* *which has won */
	DIAL_FAILED,	/* nothing is left: socket6_dial_reason */
};

/*
 * The addresses that were silent of late have a lane of their own: what goes on
 * there does not delay the others, nor these them for long.
 */
enum { SWIFT, SLOW, LANES };

struct dial_lane {
	struct dial_list waiting[FAMILIES_OF_DIAL];
	int is_begun;  /* one has been tried */
	int was_v4;    /* the family of the last one */
	int64_t last;  /* when the last one began, or its connection stood */
	int hurried;   /* an attempt has failed: the next need not wait */
	int64_t since; /* that was then */
	int64_t fresh; /* when it had one to wait again, after none */
};

struct dial_engine {
	/* Settings; times below 0: none. */
	int64_t attempt_delay, resolution_delay, last_wait, deadline;
	size_t most; /* attempts at once; 0: no limit */
	int asks;    /* whether addresses were silent of late */

	struct dial_room room;
	struct dial_lane lanes[LANES];
	struct dial_list pending; /* the one that began first is first */
	struct dial_list again;	  /* gave way, and others wait */
	size_t pending_count;

	int64_t begun;	       /* the first call of next, or -1 */
	int64_t now;	       /* the latest time */
	int64_t first_added;   /* when the first address came */
	int64_t first_started; /* when the first attempt began */
	int64_t last_started;  /* when the last one did */
	unsigned asked;	     /* changes when all are to be asked about again */
	size_t slow_started; /* attempts of the slow lane */
	size_t turns[FAMILIES_OF_DIAL]; /* how many were asked about */
	int ended;			/* no more addresses will come, */
	int awaited;			/* but those that a NAT64 may have */
	int crowded;	 /* there was no descriptor for the next */
	int late;	 /* it ended for want of time */
	int name_error;	 /* why a name has no address, or 0 */
	int first_is_v4; /* the family of the first attempt */
	int mixed;	 /* the first answer had both families */
	size_t winner;
	enum dial_action over; /* DIAL_CONNECTED or DIAL_FAILED, once it is */
};

void socket6_dial_init(struct dial_engine *e);

/*
 * Appends new addresses. Returns 0; or -1 with ENOBUFS if there are more than
 * there is room for. Then the last of the family that has more make room for
 * the other's, until the families have as many.
 */
int socket6_dial_add(struct dial_engine *e, int64_t now,
		     const struct socket_addr6 *addrs, size_t n);

enum dial_action socket6_dial_next(struct dial_engine *e, int64_t now,
				   size_t *which);

/* The answer to DIAL_ASK; and that all answers are to be asked for again. */
void socket6_dial_is(struct dial_engine *e, size_t which, int slow);
void socket6_dial_ask_again(struct dial_engine *e);

/*
 * Report a started attempt: connected; connected, but not confirmed; failed;
 * out of local resources, such as descriptors, to be tried again later.
 */
void socket6_dial_connected(struct dial_engine *e, int64_t now, size_t which);
void socket6_dial_stands(struct dial_engine *e, int64_t now, size_t which);
void socket6_dial_failed(struct dial_engine *e, int64_t now, size_t which,
			 int error);
void socket6_dial_lacking(struct dial_engine *e, int64_t now, size_t which,
			  int error);

/*
 * The local network's NAT64 has these prefixes: addresses that have one count as
 * IPv4 (RFC 8305 section 7), those that wait too.
 */
void socket6_dial_set_nat64(struct dial_engine *e, const struct nat64 *nat64);

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

/* The one to try next in a lane, or NO_ENTRY. */
size_t socket6_dial_order(const struct dial_engine *e,
			  const struct dial_lane *lane);

/* The rank of an errno; the highest is reported. */
int socket6_dial_rank(int error);

#endif
