/* SPDX-License-Identifier: ISC */
/*
 * engine_world.h - a dial's engine, and what the world outside has seen of it.
 *
 * A world is a value: it is copied, something happens to the copy, and the rules
 * say whether that was right. The outside is kept from calls and answers alone,
 * never read from the engine.
 */
#ifndef SOCKET6_ENGINE_WORLD_H
#define SOCKET6_ENGINE_WORLD_H

#include "dial/engine.h"

enum { ADDRESSES = 3, MILLISECOND = 1000 };

/*
 * What is set, and what may happen. Times are milliseconds; 0 is what is usual:
 * the delays of RFC 8305 section 8, no limit, as many places as addresses,
 * ECONNREFUSED.
 */
enum { AT_ONCE = -1 };
struct setting {
	const char *name;
	int less; /* so many events fewer */
	int attempt_delay, resolution_delay, last_wait, deadline;
	unsigned max, most;
	int asks;     /* there is a history, */
	int forgets;  /* which changes */
	int confirms; /* a connection is confirmed or rejected */
	int lacks;    /* descriptors may run out */
	int has_nat64;
	int steps[4];  /* how far the clock moves, besides to what is due */
	int errors[4]; /* of attempts that fail */
};

enum life {
	UNKNOWN, /* not added, or there was no room */
	WAITS,
	GOES_ON,
	STANDS, /* connected, not confirmed */
	FAILED,
	CONNECTED,
	CANCELLED,
};

/* An address. Orders count additions and drops from 1; 0 is never. */
struct seen {
	int life, v4;
	int slow, round; /* what the history said, and when it was asked */
	int added, dropped;
	int lacked; /* it began, there was no descriptor, and it waits again */
	int error;
	int64_t began, ended; /* moments; 0 is none */
};

struct outside {
	struct seen seen[ADDRESSES];
	int64_t begun;			 /* the first step */
	int64_t first_added;		 /* an address */
	int64_t first_began, last_began; /* attempts */
	int64_t queued;	     /* when one was last put at the end of a lane */
	int64_t last[LANES]; /* began, or stood */
	int last_v4[LANES];  /* -1: none began */
	int failed[LANES];   /* an attempt has, since one of the lane began */
	int changes;	     /* the order of the newest addition or drop */
	int round;
	int given_v4, given_v6; /* addresses, even without room */
	int first_v4;		/* the family of the very first one */
	int mixed;		/* its answer had both */
	int tried, slow_tried;	/* attempts that were not taken back */
	int crowded;		/* there was no descriptor, one may give way */
	int ended;		/* no more addresses */
	int awaits, awaited, found; /* a NAT64: is asked for, was, was found */
	int over;		    /* DIAL_CONNECTED or DIAL_FAILED */
	int winner;		    /* its number, or -1 */
};

struct world {
	const struct setting *setting;
	struct dial_engine engine;
	struct dial_entry entries[ADDRESSES];
	size_t buckets[ADDRESSES + 1], tried[ADDRESSES];
	int64_t now;
	struct outside outside;
	uint64_t print; /* world_print, once that was asked for */
};

/* What happened: all but the first two are events. */
enum happening {
	STEP,	/* the engine says what is next: an action, of whom */
	ANSWER, /* of the history: of whom, and whether it is slow */
	ADD,	/* a list of addresses */
	END,
	CONNECT,
	STAND,
	FAIL, /* with an error */
	LACK,
	FORGET, /* the history has changed */
	AWAIT,	/* a NAT64 is asked for */
	FIND,	/* and found */
	CLOCK,	/* has moved on */
};

struct event {
	enum happening what;
	int which, value;
	int64_t moment;
	signed char list[ADDRESSES + 1]; /* numbers, then -1 */
};

/* The addresses: the family of each, as "664". */
void world_init(struct world *w, const struct setting *setting,
		const char *families);
void world_copy(struct world *w, const struct world *from);

/* The number of an address, from its place in the engine; and back. */
int world_number(const struct world *w, size_t i);
size_t world_place(const struct world *w, int number);

/* Whether it counts as IPv4 now, be it behind the NAT64. */
int world_is_v4(const struct world *w, int number);

/* Does what the event says; checks what the engine makes of it. */
void world_happen(struct world *w, const struct event *event);

/* One call of next, and the rules for what it says. */
enum dial_action world_step(struct world *w, int *which);

/*
 * The whole state in 64 bits: two worlds have the same if they cannot be told
 * apart from now on.
 */
uint64_t world_print(const struct world *w);

/* Fails if a field of the engine is not in that. */
void world_check_print(void);

/* engine_rules.c: what must hold in every state, and of each action. */
void rules_of_defaults(const struct world *w);
void rules_of_state(const struct world *w);
void rules_of_add(const struct world *before, const struct world *w,
		  const struct event *event, int result);
void rules_of_action(const struct world *before, const struct world *w,
		     enum dial_action action, int which);

/* engine.c: says which rule is broken, and how it came to that; exits. */
_Noreturn void broken(const struct world *w, const char *rule,
		      const char *condition);

#define HOLDS(w, condition)                                                    \
 ((condition) ? (void)0 : broken(w, __func__, #condition))

#endif
