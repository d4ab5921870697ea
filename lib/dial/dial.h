/* SPDX-License-Identifier: ISC */
/* dial.h - a dial, for the files that drive it. */
#ifndef SOCKET6_LIB_DIAL_H
#define SOCKET6_LIB_DIAL_H

#include "addr.h"
#include "engine.h"
#include "name/lookup.h"
#include "source.h"

/* The local address for attempts of a family. */
struct local {
	int is_set;
	struct socket_addr6 addr;
};

/* A name: its look-up, or null once that has ended, and what was asked. */
struct dial_name {
	struct dial_name *next;
	struct socket_lookup *lookup;
	struct socket_question asked[QUESTIONS]; /* times of sys_microseconds */
};

struct socket_dial {
	struct dial_engine engine;
	int process; /* the one that it belongs to */
	int flags, nodelay;
	struct local v4, v6;
	const char *buf;
	size_t len;
	struct socket_history *history;
	enum dial_heed heed;
	int concluded; /* the result has been returned, and all is closed */

	struct dial_name *names, *last_name;
	size_t lookups; /* those of names that go on */
	int was_named;	/* a name was added: the dial ends after the last one */
	int more;	/* but not by itself: SOCKET_DIAL_MORE */
	int grows;	/* no address is too many */

	struct pollfd *fds; /* room for each entry, and for each look-up */
};

/* attempt.c: opens a socket, or connects it, for an entry. 0, or -1. */
int socket6_dial_open(const struct socket_dial *d, struct dial_entry *entry);
int socket6_dial_connect(struct dial_entry *entry);

/* It is connected: sends what is left of the first bytes. 0, or -1. */
int socket6_dial_complete(struct dial_entry *entry);

/* dial.c: makes room for so many addresses and look-ups. 0, or -1 with ENOMEM. */
int socket6_dial_reserve(struct socket_dial *d, size_t max, size_t lookups);

/* dial.c: asks the history about the entries from i on. Keeps errno. */
void socket6_dial_ask_history(struct socket_dial *d, size_t i);

/* names.c: adds the addresses that have come; ends the look-ups; frees all. */
void socket6_dial_hear_names(struct socket_dial *d, int64_t now);
void socket6_dial_finish_names(struct socket_dial *d);
void socket6_dial_drop_names(struct socket_dial *d);

/* wait.c: the attempts that are pending, and the names, for poll. */
nfds_t socket6_dial_fill(struct socket_dial *d);
nfds_t socket6_dial_fill_names(struct socket_dial *d, nfds_t n);

/* wait.c: steps until the dial has ended. */
int socket6_dial_run(struct socket_dial *d);

#endif
