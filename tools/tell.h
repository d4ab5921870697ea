/* SPDX-License-Identifier: ISC */
/* tell.h - how socket6(1) prints errors, addresses and times. */
#ifndef SOCKET6_TOOL_TELL_H
#define SOCKET6_TOOL_TELL_H

#include <stdint.h>
#include <stdio.h>

struct socket_addr6;

/* What is dialled, for JSON. */
struct target {
	const char *host, *service; /* or null */
	int64_t began; /* the race, by time_now(); 0 if it did not */
};

/*
 * Prints one line with the error, and with -j an object "failed" with the errno
 * and that line. Returns status.
 */
int complain(int status, int error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * From now on complain also writes objects to out, for a dial with its target,
 * else null. Writes an earlier complaint, if any, now.
 */
void complain_as_json(FILE *out, const struct target *target);

/* Write that object, and the members that describe the target. */
void json_failed(FILE *out, const struct target *target, int error,
		 const char *message);
void json_target(FILE *out, const struct target *target);

/*
 * Replaces what a terminal would obey by ?: control characters, and those that
 * change the direction of text. In a locale without UTF-8 every byte from 0x80
 * to 0x9f is a control character.
 */
void tame(char *text);

/* An address as [::1]:443 or 192.0.2.1:80, tame. */
struct address_text {
	char text[88];
};
struct address_text address_text(const struct socket_addr6 *a);

/* Microseconds of a monotonic clock. */
int64_t time_now(void);

#endif
