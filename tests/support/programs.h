/* SPDX-License-Identifier: ISC */
/* programs.h - runs programs of ours, and reads what they say. */
#ifndef SOCKET6_PROGRAMS_H
#define SOCKET6_PROGRAMS_H

#include "suite.h"

#include <stdio.h>

/* What the last command that has ended said. */
extern char said[65536];

/* Runs a command, whose first word is a program of ours; its exit status. */
int said_by(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The command exits so; if not, what it said tells why. */
#define assert_exits(value, ...)                                               \
 do {                                                                          \
  int status_ = said_by(__VA_ARGS__);                                          \
  ck_assert_msg(status_ == (value), "exits with %d, not %d, and says: %s",     \
		status_, value, said);                                         \
 } while (0)

/*
 * Begins one as a process, whose number is stored; end waits for it, and gives
 * its exit status.
 */
FILE *begin_process(int *pid, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int end(FILE *out);

#endif
