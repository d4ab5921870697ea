/* SPDX-License-Identifier: ISC */
/*
 * query.h - getaddrinfo in a thread of its own, and how many run at once.
 *
 * There is no pool: the thread that wants an answer creates the one that asks,
 * so both have the same namespaces. While too many run a query waits in line,
 * and is woken to try again.
 */
#ifndef SOCKET6_LIB_QUERY_H
#define SOCKET6_LIB_QUERY_H

#include "name.h"
#include "nat64.h"
#include "sys/thread.h"

/*
 * The most queries that run at once, and how many of these places are kept for
 * each family alone: a name server that never answers AAAA stops the queries
 * for both families as well, and those for A go on.
 */
enum { QUERIES = 256, QUERIES_KEPT = QUERIES / 4 };

enum query_state { QUERY_NEW, QUERY_IN_LINE, QUERY_RUNS, QUERY_ANSWERED };

struct query {
	struct sys_task task; /* first: its thread's */
	struct name name;
	int family;

	/* Read and written under the lock. */
	enum query_state state;
	int waker;     /* to wake once it is answered or may run; -1: none */
	int was_woken; /* in line: to take a place */
	struct query *before, *after; /* in line */

	int64_t asked, ended; /* when; ended is 0 until it is answered */

	/* Once it is answered: an errno, or addresses. */
	int error;
	size_t n;
	struct socket_addr6 *addrs;
};

/* The lock of all queries. */
void socket6_query_lock(void);
void socket6_query_unlock(void);

/* The local networks about whose NAT64 was asked. Under the lock. */
struct nat64_networks *socket6_query_networks(void);

/* Null without memory. */
struct query *socket6_query_new(const struct name *name, int family, int waker);

/*
 * Free one, or null. At any time: a thread that runs ends by itself, and frees
 * it. Or the copy that a child of fork has, which has not that thread.
 */
void socket6_query_free(struct query *q);
void socket6_query_free_copy(struct query *q);

/*
 * Starts one that is new or in line if there is a place; else it is in line.
 * One that has run is left alone; one that cannot have a thread is in line too
 * if it may wait, else it is answered, with EAGAIN.
 */
void socket6_query_run(struct query *q, int may_wait);

/* A look-up was stuck: for a minute others ask for each family at once. */
void socket6_query_hurry(int64_t now);
int socket6_query_is_hurried(int64_t now);

#endif
