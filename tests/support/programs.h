/* SPDX-License-Identifier: ISC */
/* programs.h - runs programs of ours, and reads what they say. */
#ifndef SOCKET6_PROGRAMS_H
#define SOCKET6_PROGRAMS_H

#include "fixture.h"
#include "suite.h"

#include <stdint.h>
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

/*
 * A server of ours that runs near. It is of the test's process group, which is
 * ended with the test.
 */
extern struct server {
	FILE *out;
	int pid;
	uint16_t port;
} server;

/* Begins it and reads its port, which it says in its first line. */
#define serve(...)                                                             \
 do {                                                                          \
  need_dual_stack();                                                           \
  server.out = begin_process(&server.pid, __VA_ARGS__);                        \
  server.port = said_port();                                                   \
 } while (0)

/* The port in its next line. */
uint16_t said_port(void);

/* Ends it by SIGTERM; its exit status. */
int end_server(void);

#endif
