/* SPDX-License-Identifier: ISC */
/* socket6.h - what the verbs of socket6(1) share. */
#ifndef SOCKET6_TOOL_H
#define SOCKET6_TOOL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct socket_addr6;
struct socket_dial;
struct socket_lookup;
struct target;

/* Exit statuses. */
enum { DONE, FAILED, BAD_INPUT, TIME_IS_UP, SOME };

/* Milliseconds between two rounds of ping, at least. */
enum { LEAST_INTERVAL = 200 };

struct options {
	int family;	      /* 4 or 6 alone, or 0 */
	int all;	      /* -a */
	int echo;	      /* -e */
	int json;	      /* -j */
	int keep;	      /* -k */
	int open;	      /* -o */
	int proxy;	      /* -p */
	int quiet;	      /* -q */
	int receive;	      /* -r */
	int verbose;	      /* -v */
	int test;	      /* -z */
	int udp;	      /* -u */
	int count;	      /* -c, or 0 */
	int delay;	      /* -d, milliseconds, or 0 */
	int interval;	      /* -i, milliseconds, or 0 */
	int milliseconds;     /* -w, or -1 for ever */
	int silence;	      /* -T, milliseconds, or 0 */
	const char *local;    /* -b */
	const char *file;     /* -f */
	const char *data;     /* -F */
	const char *match;    /* -m */
	char *const *command; /* what comes behind --, or null */

	FILE *told; /* standard error where standard output is a connection's */
	struct target *target; /* what dial and ping connect to */
};

/* The verbs. words follow the options. Return the exit status. */
int dial(const struct options *o, char *const *words, int n);
int ping(const struct options *o, char *const *words, int n);
int listen_at(const struct options *o, char *const *words, int n);
int mtu(const struct options *o, char *const *words, int n);
int info(const struct options *o, char *const *words, int n);
int text(const struct options *o, char *const *words, int n);

/*
 * When the next round of ping is due: a whole number of intervals after the
 * first, so that one that is late makes no other late. Those that were missed,
 * while the process was stopped, are not made up for.
 */
int64_t ping_due(int64_t began, int64_t now, int64_t interval);

/* The name of an errno, such as ECONNREFUSED. */
const char *error_name(int error);

/* In words, of a file: for a name or a connection socket_error has them. */
const char *error_words(int error);

/* In words, of this address. */
const char *address_error_words(const struct socket_addr6 *a, int error);

/* The host, without the port that it has if service is null. */
struct host_text {
	char text[256];
};
struct host_text host_text(const char *host, const char *service);

/*
 * Writes the addresses of a host and service to out, up to max of them, only
 * those that -4 or -6 allows. Returns how many, or after a complaint the
 * negative exit status. With a null service host has the port.
 */
int resolve(const struct options *o, const char *host, const char *service,
	    struct socket_addr6 *out, size_t max);

/*
 * Whether these words are an address, or a host, and the port there; else each
 * is a place of its own. Writes the addresses of one place, of one word or two,
 * to out: those to listen at. Returns the same as resolve.
 */
int is_address_and_port(char *const *words, int n);
int resolve_place(const struct options *o, char *const *words, int n,
		  struct socket_addr6 *out, size_t max);

/*
 * Begin to look up what dial and ping connect to, for as long as the system
 * takes. Return 0, or the exit status after a complaint.
 */
int look_up(const struct options *o, struct socket_lookup **lookup);
int dial_target(const struct options *o, struct socket_dial *d);

/* Complains that they have no address, for error. Returns the exit status. */
int refuse_host(const struct options *o, const char *host, const char *service,
		int error);

/*
 * Writes the addresses of a host as resolve does; a port of it does not count.
 */
int resolve_host(const struct options *o, const char *host,
		 struct socket_addr6 *out, size_t max);

/*
 * The address from which this host would send there. A UDP connect chooses it,
 * and sends nothing. Returns 0, or an errno.
 */
int source_of(const struct socket_addr6 *to, struct socket_addr6 *from);

/* info, for the host that is o->target. Returns the exit status. */
int destinations(const struct options *o);

/* Reads a local address, which may have a port. Returns the same as look_up. */
int read_local(const char *text, struct socket_addr6 *a);

/*
 * If the host is a URL, sets the host and service to those of it. Returns the
 * same.
 */
int read_target(struct target *target);

/* Whether the text is an address without a port. */
int is_address(const char *text);

/* Whether it is link-local (RFC 4291) without a zone. */
int lacks_zone(const struct socket_addr6 *a);

#endif
