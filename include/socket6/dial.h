/* SPDX-License-Identifier: ISC */
/* socket6/dial.h - connect to the fastest of several. socket_dial(3) */
#ifndef SOCKET_6_DIAL_H
#define SOCKET_6_DIAL_H

#include <socket6/addr.h>
#include <socket6/flags.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct socket_dial;
struct socket_history; /* socket6/history.h */

/*
 * Connects to the first of these addresses that answers, by Happy Eyeballs
 * (RFC 8305): attempts alternate between the families, and the next one starts
 * after a quarter of a second, or at once when one fails. Returns a blocking
 * TCP descriptor that is closed on exec, or -1 with the reason that explains
 * most (see socket_dial_step). Closes every other attempt.
 *
 * milliseconds: the time limit, after which it fails with ETIMEDOUT. Below 0 it
 * lasts as long as the system tries; 0 checks once. history may be NULL. The
 * call allocates. After a signal it continues with the remaining time.
 *
 * socket_dial looks host and service up within that time, as socket_lookup_new
 * does: a thread that still asks when it returns ends by itself. On a system
 * without threads the look-up blocks.
 *
 * Where there is an IPv6 route and no IPv4 one, an IPv4 address is also tried
 * through a NAT64 if the network has one: see socket_dial(3).
 */
int socket_dial6(const struct socket_addr6 *addrs, size_t n, int milliseconds,
		 struct socket_history *history);
int socket_dial(const char *host, const char *service, int milliseconds,
		struct socket_history *history);

/*
 * The same in steps, for a program with an event loop of its own:
 *
 *	d = socket_dial_new(16);
 *	socket_dial_add(d, addrs, n);
 *	socket_dial_end(d);
 *	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS) {
 *		n = socket_dial_pollfds(d, fds, NULL, 16, &milliseconds);
 *		wait until one of fds is writable or the time has passed
 *	}
 *	socket_dial_free(d);
 *
 * Or, in place of the second and third lines, socket_dial_name. None of these
 * functions blocks; socket_dial_new and socket_dial_name allocate. One thread at
 * a time may use a dial. In a child of fork a step is EAGAIN, and the dial can
 * only be freed. A null dial, or a null pointer with a length above 0, is
 * EINVAL; the functions that count return 0 for a null dial.
 */

/*
 * Creates a dial for up to max addresses, and those that they have behind a
 * NAT64. NULL with ENOMEM.
 */
struct socket_dial *socket_dial_new(size_t max);

/*
 * May be called at any time. Closes every descriptor except one already
 * returned by a step. NULL is ignored.
 */
void socket_dial_free(struct socket_dial *d);

/*
 * Sets an option for the attempts that start from now on. Returns 0, or -1
 * with EINVAL for an unknown option or a value out of range. Below are the
 * default and the range of each; times are milliseconds, -1 is no limit.
 */
#define SOCKET_DIAL_ATTEMPT_DELAY    1	/* 250; 10 to 2000 */
#define SOCKET_DIAL_RESOLUTION_DELAY 2	/* 50; 0 to 2000 */
#define SOCKET_DIAL_LAST_WAIT	     3	/* after the last attempt began; -1 */
#define SOCKET_DIAL_DEADLINE	     4	/* after the first step; -1 */
#define SOCKET_DIAL_FLAGS	     5	/* SOCKET_NONBLOCK | SOCKET_CLOEXEC */
#define SOCKET_DIAL_NODELAY	     6	/* 1: small writes go at once; 0 */
#define SOCKET_DIAL_MORE	     7	/* 1: not ended by its last name; 0 */
#define SOCKET_DIAL_CONFIRM	     8	/* 1: see socket_dial_confirm; 0 */
#define SOCKET_DIAL_TCLASS	     9	/* traffic class; -1; to 255 */
#define SOCKET_DIAL_INTERFACE	     10 /* index, or -1: any; -1 */
#define SOCKET_DIAL_MARK	     11 /* SO_MARK: 32 bits; none */
#define SOCKET_DIAL_MOST	     12 /* attempts at once, or 0: any number; 0 */
int socket_dial_set(struct socket_dial *d, int option, int value);

/*
 * Sets the local address for attempts of ip's family; :: or NULL sets it for
 * both. If only one family has a local address, attempts of the other fail with
 * EADDRNOTAVAIL. With port 0 the system chooses the port. ip is in
 * network order, port in host order, scope_id the interface index of a
 * link-local ip.
 */
int socket_dial_set_bind(struct socket_dial *d, const char ip[16],
			 uint16_t port, uint32_t scope_id);

/*
 * Sets the first len bytes of the connection. They are sent with the SYN where
 * TCP Fast Open allows it, else once the connection is up. More than one
 * address may receive them, so they must be safe to send twice. buf remains the
 * caller's and must not change until the dial ends; socket_dial_sent then
 * returns how many bytes were sent.
 */
int socket_dial_set_data(struct socket_dial *d, const char *buf, size_t len);
size_t socket_dial_sent(const struct socket_dial *d);

/*
 * Sets the history that the dial consults for untried addresses and updates
 * when it ends. NULL: none.
 */
int socket_dial_set_history(struct socket_dial *d,
			    struct socket_history *history);

/*
 * Adds n addresses, at any time before socket_dial_end: one answer of the
 * resolver in one call, in its order (RFC 6724), IPv4 as v4-mapped. Addresses
 * that the dial already has are ignored. Returns 0, or -1 with ENOBUFS if the
 * dial is full (the first ones were added) or EINVAL after socket_dial_end.
 */
int socket_dial_add(struct socket_dial *d, const struct socket_addr6 *addrs,
		    size_t n);

/*
 * Looks host and service up (socket_resolve6), without blocking, and adds the
 * addresses as they come. When the last name has been looked up the dial ends
 * as by socket_dial_end, unless SOCKET_DIAL_MORE is 1. Returns 0; or -1 with the
 * errors that socket_lookup_new has, and those of socket_dial_add. If no name
 * has an address, the dial fails with the reason for that.
 */
int socket_dial_name(struct socket_dial *d, const char *host,
		     const char *service, int flags);

/*
 * With SOCKET_DIAL_CONFIRM a TCP handshake is not the end: when an attempt
 * connects, a step returns its descriptor, once, and the dial goes on.
 *
 * socket_dial_confirm ends the dial with it: the descriptor is the program's,
 * and all others are closed. socket_dial_reject closes it, with error as its
 * attempt's reason, and the next attempt begins at once. Until then it is the
 * dial's, which closes it at its end: free what uses it first. Both return 0,
 * or -1 with EINVAL if s is no such descriptor, or error is not above 0.
 */
int socket_dial_confirm(struct socket_dial *d, int s);
int socket_dial_reject(struct socket_dial *d, int s, int error);

/* No more addresses will come: once all have failed, the dial fails. */
int socket_dial_end(struct socket_dial *d);

/*
 * Does what is due now. Returns the connected descriptor, once; or -1:
 *
 * EINPROGRESS  the dial continues: wait as socket_dial_pollfds says, step again
 * EISCONN      the descriptor was already returned
 * any other    every attempt failed. Of their reasons this explains most: the
 *              peer's (ECONNREFUSED, ECONNRESET), then the network's
 *              (EHOSTUNREACH, EACCES), then this host's (EMFILE, EADDRINUSE,
 *              ...), then no answer in time (ETIMEDOUT), then no route or local
 *              address (ENETUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT).
 *              EDESTADDRREQ if there was no address at all.
 */
int socket_dial_step(struct socket_dial *d);

/*
 * Returns one descriptor to watch for readability, for the whole dial, which
 * closes it: it is readable while the next step has something to do. It never
 * changes; do not read from it. -1 with ENOTSUP where the system has neither
 * epoll nor kqueue, or EMFILE: then use socket_dial_pollfds.
 */
int socket_dial_fd(struct socket_dial *d);

/*
 * Writes to fds, up to max of them, the descriptors to watch before the next
 * step, and to events what to watch each for: SOCKET_READABLE (a name) or
 * SOCKET_WRITABLE (an attempt). Returns how many there are, even if that is
 * more than max. *milliseconds is the longest time to wait, -1 for ever. A step
 * may close any of the descriptors. Null outputs are discarded: without names
 * every event is SOCKET_WRITABLE.
 */
size_t socket_dial_pollfds(const struct socket_dial *d, int *fds, int *events,
			   size_t max, int *milliseconds);

/* One address of a dial. 48 bytes on every platform. */
struct socket_attempt6 {
	struct socket_addr6 addr;
	int32_t state; /* SOCKET_ATTEMPT_... */
	int32_t error; /* errno if it failed or could not start, else 0 */
	int64_t start; /* microseconds after the first step; 0 if waiting */
	int64_t end;   /* the same; 0 until it has ended */
};

#define SOCKET_ATTEMPT_WAITING	   0
#define SOCKET_ATTEMPT_PENDING	   1
#define SOCKET_ATTEMPT_CONNECTED   2
#define SOCKET_ATTEMPT_FAILED	   3
#define SOCKET_ATTEMPT_CANCELLED   4 /* another one was faster */
#define SOCKET_ATTEMPT_UNCONFIRMED 5 /* see SOCKET_DIAL_CONFIRM; end: since */

/*
 * Writes to out, up to max of them, the dial's addresses in the order of their
 * attempts. Returns how many there are, even if that is more than max.
 */
size_t socket_dial_attempts(const struct socket_dial *d,
			    struct socket_attempt6 *out, size_t max);

/* What the system was asked about a name. 40 bytes on every platform. */
struct socket_question {
	uint32_t name;	/* 0 for the first one that was looked up, and so on */
	int32_t family; /* 4 or 6 if only its addresses are wanted, else 0 */
	int32_t state;	/* SOCKET_QUESTION_... */
	int32_t error;	/* errno if it failed, else 0 */
	uint32_t count; /* addresses in the answer */
	uint32_t reserved;
	int64_t start; /* microseconds after the first step; 0 if before it */
	int64_t end;   /* the same; 0 until it has ended */
};

#define SOCKET_QUESTION_PENDING	  1
#define SOCKET_QUESTION_ANSWERED  2
#define SOCKET_QUESTION_FAILED	  3
#define SOCKET_QUESTION_CANCELLED 4 /* its answer did not matter any more */

/*
 * Writes to out, up to max of them, the questions that the dial has asked.
 * Returns how many there are, even if that is more than max. An address asks
 * nothing, and the look-up that finds a NAT64 is not among them. See
 * socket_lookup_new for which questions there are.
 */
size_t socket_dial_questions(const struct socket_dial *d,
			     struct socket_question *out, size_t max);

#ifdef __cplusplus
}
#endif

#endif
