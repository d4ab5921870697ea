/* SPDX-License-Identifier: ISC */
/* socket6.h - what the verbs of socket6(1) share. */
#ifndef SOCKET6_TOOL_H
#define SOCKET6_TOOL_H

#include <stddef.h>
#include <stdio.h>

struct socket_addr6;
struct target;

/* Exit statuses. */
enum { DONE, FAILED, BAD_INPUT, TIME_IS_UP };

struct options {
	int family;	   /* 4 or 6 alone, or 0 */
	int echo;	   /* -e */
	int json;	   /* -j */
	int keep;	   /* -k */
	int quiet;	   /* -q */
	int verbose;	   /* -v */
	int test;	   /* -z */
	int delay;	   /* -d, milliseconds, or 0 */
	int milliseconds;  /* -w, or -1 for ever */
	const char *local; /* -b */
	const char *file;  /* -f */
	const char *data;  /* -F */

	FILE *told; /* standard error where standard output is a connection's */
	struct target *target; /* what dial connects to */
};

/* The verbs. words follow the options. Return the exit status. */
int dial(const struct options *o, char *const *words, int n);
int listen_at(const struct options *o, char *const *words, int n);
int info(const struct options *o, char *const *words, int n);
int text(const struct options *o, char *const *words, int n);

/* The name of an errno, such as ECONNREFUSED. */
const char *error_name(int error);

/* In words, of a file: for a name or a connection socket_error has them. */
const char *error_words(int error);

/* In words, of this address. */
const char *address_error_words(const struct socket_addr6 *a, int error);

/*
 * Writes the addresses of a host and service to out, up to max of them, only
 * those that -4 or -6 allows. Returns how many, or after a complaint the
 * negative exit status. With a null service host has the port.
 */
int resolve(const struct options *o, const char *host, const char *service,
	    struct socket_addr6 *out, size_t max);

/* Whether the text is an address without a port. */
int is_address(const char *text);

/* Whether it is link-local (RFC 4291) without a zone. */
int lacks_zone(const struct socket_addr6 *a);

#endif
