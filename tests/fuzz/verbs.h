/* SPDX-License-Identifier: ISC */
/* verbs.h - the program socket6 without its network, run again and again. */
#ifndef SOCKET6_TESTS_FUZZ_VERBS_H
#define SOCKET6_TESTS_FUZZ_VERBS_H

/* main of tools/socket6.c. */
int socket6_main(int argc, char *argv[]);

/* Forgets what the program has said. */
void verbs_forget(void);

#endif
