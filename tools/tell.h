/* SPDX-License-Identifier: ISC */
/* tell.h - what socket6(1) tells, and how. */
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
 * Writes the one line that tells what is wrong, and with -j the object "failed"
 * with the errno and that line. Returns status.
 */
int complain(int status, int error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * From now on complain writes objects to out; of a dial, with its target, else
 * null. What was complained of before, if anything, is written now.
 */
void complain_as_json(FILE *out, const struct target *target);

/* Those objects, and the members that tell the target. */
void json_failed(FILE *out, const struct target *target, int error,
		 const char *message);
void json_target(FILE *out, const struct target *target);

/*
 * Makes ? of what a terminal would obey: control characters, and those that
 * turn the direction of text. In a locale without UTF-8 every byte from 0x80 to
 * 0x9f is a control character.
 */
void tame(char *text);

/* An address as [::1]:443 or 192.0.2.1:80, tame. */
struct address_text {
	char text[88];
};
struct address_text address_text(const struct socket_addr6 *a);

/* Microseconds of a clock that never runs back. */
int64_t time_now(void);

#endif
