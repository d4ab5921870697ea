/* SPDX-License-Identifier: ISC */
/* verbs.h - the program socket6 without its network, run again and again. */
#ifndef SOCKET6_TESTS_FUZZ_VERBS_H
#define SOCKET6_TESTS_FUZZ_VERBS_H

#include "config.h"

#include <stdio.h>

/* What it reads and writes, in place of its standard streams. */
extern struct streams {
	FILE *in, *out, *err;
} streams;
#undef stdin
#undef stdout
#undef stderr
#define stdin  streams.in
#define stdout streams.out
#define stderr streams.err
#undef printf
#undef puts
#define printf(...) fprintf(streams.out, __VA_ARGS__)
#define puts(text)  fprintf(streams.out, "%s\n", text)

/* main of tools/socket6.c. */
int socket6_main(int argc, char *argv[]);

/* Forgets what the program has said. */
void verbs_forget(void);

#endif
