/* SPDX-License-Identifier: ISC */
/* socket6.h - what the verbs of socket6(1) share. */
#ifndef SOCKET6_TOOL_H
#define SOCKET6_TOOL_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct socket_addr6;

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
};

/* The verbs. words are what follows the options; the exit status. */
int dial(const struct options *o, char *const *words, int n);
int listen_at(const struct options *o, char *const *words, int n);
int info(const struct options *o, char *const *words, int n);
int text(const struct options *o, char *const *words, int n);

/* Writes the one line that tells what is wrong; gives status back. */
int complain(int status, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Makes ? of control characters: a terminal would do what they say. */
void tame(char *text);

/* The name of an errno, as ECONNREFUSED, and what it means in few words. */
const char *error_name(int error);
const char *error_words(int error);

/* An address as [::1]:443 or 192.0.2.1:80. */
struct address_text {
	char text[88];
};
struct address_text address_text(const struct socket_addr6 *a);

/*
 * The addresses of a host and service, at most max of them in out, with -4 and
 * -6 in mind; how many, or below 0 the exit status, of which it has complained.
 * A null service is one in host.
 */
int resolve(const struct options *o, const char *host, const char *service,
	    struct socket_addr6 *out, size_t max);

/* A connection has ended: its bytes, and what broke it off, or 0. */
void tell_closed(FILE *told, const struct options *o, int64_t sent,
		 int64_t received, int error);

/* Microseconds of a clock that never runs back. */
int64_t microseconds(void);

#endif
