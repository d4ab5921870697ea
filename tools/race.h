/* SPDX-License-Identifier: ISC */
/* race.h - a dial as it runs: its name, its attempts, and how it ends. */
#ifndef SOCKET6_TOOL_RACE_H
#define SOCKET6_TOOL_RACE_H

#include "screen.h"
#include "socket6.h"

#include <signal.h>
#include <socket6.h>

enum {
	QUESTIONS = 3, /* for both families, and for each alone */
	ADDRESSES = 1024,
};

struct race {
	const struct options *o;
	struct socket_dial *dial;
	struct socket_history *history;
	struct screen screen;
	int error;   /* why there is no connection */
	int is_late; /* the time of -w was up */

	/* As they were when the race was looked at last. */
	struct socket_question questions[QUESTIONS];
	struct socket_attempt6 attempts[ADDRESSES];
	size_t asked, n;
};

/* Begins to look the name up. Returns 0, or the exit status. */
int race_begin(struct race *r);

/*
 * Runs it to its end, and draws it. Returns the connected descriptor, or -1;
 * with -a always -1. A signal that has ended it is race_signal.
 */
int race_run(struct race *r);
extern volatile sig_atomic_t race_signal;

/* The name that is looked up. */
struct host_text race_name(const struct race *r);

/* How many attempts are connected. */
size_t race_connected(const struct race *r);

#endif
