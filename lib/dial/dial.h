/* SPDX-License-Identifier: ISC */
/* dial.h - a dial, for the files that drive it. */
#ifndef SOCKET6_LIB_DIAL_H
#define SOCKET6_LIB_DIAL_H

#include "addr.h"
#include "engine.h"
#include "name/lookup.h"
#include "source.h"
#include "sys/watch.h"

/* The local address for attempts of a family. */
struct local {
	int is_set;
	struct socket_addr6 addr;
};

/* Whether IPv4 addresses are reached through one: where there is no route. */
enum dial_nat64 { DIAL_NAT64_UNKNOWN, DIAL_NAT64, DIAL_NO_NAT64 };

/* A name: its look-up, or null once that has ended, and what was asked. */
struct dial_name {
	struct dial_name *next;
	struct socket_lookup *lookup;
	int watched;	 /* by the descriptor for all */
	int is_ipv4only; /* its addresses have a NAT64's prefixes */
	struct socket_question asked[QUESTIONS]; /* times of sys_microseconds */
};

struct socket_dial {
	struct dial_engine engine;
	int process; /* the one that it belongs to */
	int flags, nodelay;
	int confirm;	    /* SOCKET_DIAL_CONFIRM */
	int tclass;	    /* or -1 */
	uint32_t interface; /* or SOCKET_ANY_INTERFACE */
	int marks, mark;    /* whether there is one */
	struct local v4, v6;
	const char *buf;
	size_t len;
	struct socket_history *history;
	enum dial_heed heed;
	int concluded; /* the result has been returned, and all is closed */
	size_t given;  /* to be confirmed: the step returns it; or NO_ENTRY */

	struct dial_name *names, *last_name;
	size_t lookups; /* those of names that go on */
	int was_named;	/* a name was added: the dial ends after the last one */
	int more;	/* but not by itself: SOCKET_DIAL_MORE */
	int grows;	/* no address is too many */
	enum dial_nat64 nat64;
	char source[16]; /* the local address towards it */

	struct pollfd *fds; /* room for each entry, and for each look-up */
	struct sys_watch watch;
	int64_t rests; /* when the first that rests is watched again, or 0 */
};

/* Of the entries that are pending, in the order of their beginnings. */
#define FOR_EACH_PENDING(d, i)                                                 \
 for (size_t i = (d)->engine.pending.first; i != NO_ENTRY;                     \
      i = (d)->engine.room.entries[i].next)

/* The local address that is set for a family, or null. */
static inline const char *dial_from(const struct socket_dial *d, int v4)
{
	const struct local *local = v4 ? &d->v4 : &d->v6;

	return local->is_set ? local->addr.ip : NULL;
}

/*
 * Whether a step ends the dial because its last name was looked up. What a NAT64
 * is asked for is none.
 */
static inline int dial_is_ending(const struct socket_dial *d)
{
	return !d->engine.ended && d->was_named && !d->more &&
	       d->lookups == (size_t)d->engine.awaited;
}

/* attempt.c: opens a socket, or connects it, for an entry. 0, or -1. */
int socket6_dial_open(const struct socket_dial *d, struct dial_entry *entry);
int socket6_dial_connect(struct dial_entry *entry);

/* It is connected: sends what is left of the first bytes. 0, or -1. */
int socket6_dial_complete(struct dial_entry *entry);

/* dial.c: makes room for max addresses and for look-ups. 0, or -1 with ENOMEM. */
int socket6_dial_reserve(struct socket_dial *d, size_t max, size_t lookups);

/*
 * names.c: begins to look a name up: 0, or -1 with errno. Adds addresses; if
 * there may be more than there is room for, it makes more.
 */
int socket6_dial_look_up(struct socket_dial *d, const struct name *name,
			 int is_ipv4only);
void socket6_dial_take(struct socket_dial *d, int64_t now,
		       const struct socket_addr6 *addrs, size_t n, int grows);

/* names.c: adds the addresses that have come; ends the look-ups; frees all. */
void socket6_dial_hear_names(struct socket_dial *d, int64_t now);
void socket6_dial_finish_names(struct socket_dial *d);
void socket6_dial_drop_names(struct socket_dial *d);

/*
 * translate.c: the IPv4 address of an entry has no route: adds the addresses
 * that it has behind a NAT64, now or once its prefixes have come.
 */
void socket6_dial_translate(struct socket_dial *d, int64_t now, size_t i);
void socket6_dial_hear_prefixes(struct socket_dial *d, int64_t now,
				const struct socket_addr6 *answer, size_t n);

/*
 * wait.c: an attempt is watched, or no more; it rests, as it was said to be
 * ready and is not.
 */
void socket6_dial_watch(struct socket_dial *d, struct dial_entry *entry);
void socket6_dial_unwatch(const struct socket_dial *d,
			  struct dial_entry *entry);
void socket6_dial_watch_name(struct socket_dial *d, struct dial_name *name);
void socket6_dial_unwatch_name(const struct socket_dial *d,
			       struct dial_name *name);
void socket6_dial_rest(struct socket_dial *d, struct dial_entry *entry,
		       int64_t now);
void socket6_dial_wake(struct socket_dial *d, int64_t now);

/* wait.c: something has happened: sets the time of what is watched. */
void socket6_dial_rearm(struct socket_dial *d);

/* wait.c: the attempts that are pending, and the names, for poll. */
nfds_t socket6_dial_fill(struct socket_dial *d);
nfds_t socket6_dial_fill_names(struct socket_dial *d, nfds_t n);

/* wait.c: steps until the dial has ended. */
int socket6_dial_run(struct socket_dial *d);

#endif
