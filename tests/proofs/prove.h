/* SPDX-License-Identifier: ISC */
/* prove.h - what the proofs share: any bytes, and what must hold. */
#ifndef SOCKET6_TESTS_PROOFS_PROVE_H
#define SOCKET6_TESTS_PROOFS_PROVE_H

#include "public.h"

#include <string.h>

/* CBMC's: considers nothing else from here on; must hold for all that is. */
#define ASSUME(what) __CPROVER_assume(what)
#define MUST(what)   __CPROVER_assert((what), #what)

/*
 * Any value: to CBMC, a function whose name begins so. A variable in which
 * nothing is stored is any value too, and so is each byte of an array.
 */
char nondet_char(void);
int nondet_int(void);
int64_t nondet_time(void);
size_t nondet_size(void);

/*
 * Any text of LEAST to MOST bytes, whose NUL ends the object: where anything
 * follows the NUL a read past it would be none past the object.
 */
#define ANY_TEXT(name, least, most)                                            \
 char name##_room[(most) + 1];                                                 \
 size_t name##_start = (least) == (most) ? 0 : nondet_size();                  \
 ASSUME(name##_start <= (most) - (least));                                     \
 const char *name = name##_room + name##_start;                                \
 for (int i_ = 0; i_ < (most); i_++)                                           \
  ASSUME(name##_room[i_] != '\0');                                             \
 name##_room[most] = '\0'

static inline int is_decimal(char c)
{
	return c >= '0' && c <= '9';
}

static inline int is_hex(char c)
{
	return is_decimal(c) || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* Whether an address may have such a byte. */
static inline int is_part(char c)
{
	return is_hex(c) || c == ':' || c == '.';
}

#endif
