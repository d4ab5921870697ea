/* SPDX-License-Identifier: ISC */
/*
 * emulator.h - what an emulator, which stands between the suites and the
 * system, does otherwise than the system.
 */
#ifndef SOCKET6_EMULATOR_H
#define SOCKET6_EMULATOR_H

#include <stdint.h>

/* What runs a program like this one, before its name in a command. */
const char *executor(void);

/*
 * Why the emulator does not support this option or structure; null if it does:
 * skip_if(lost("IPV6_MULTICAST_IF")).
 */
const char *lost(const char *name);

/*
 * Whether what is tried many times is to be tried less: under an emulator or
 * valgrind, and where many suites run beside each other.
 */
int is_slow(void);

/* How often, therefore: a tenth there. */
int tries(int many);

/* The scope id as a socket tells it. */
uint32_t told_scope(uint32_t scope_id);

/* Corrects an error from SO_ERROR. */
int mended_error(int error);

#endif
