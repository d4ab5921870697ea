/* SPDX-License-Identifier: ISC */
/*
 * fuzz.h - what the harnesses share.
 *
 * A harness is FUZZ(name) { ... } over data and size. It takes any bytes, and
 * ends the process if a property does not hold. libFuzzer, AFL++ and OSS-Fuzz
 * run it as LLVMFuzzerTestOneInput; the replay has all of them in one program.
 */
#ifndef SOCKET6_TESTS_FUZZ_H
#define SOCKET6_TESTS_FUZZ_H

#include "config.h"

#include <stddef.h>
#include <stdint.h>

#ifdef FUZZ_REPLAY
# define FUZZ_ENTRY(name) fuzz_##name
#else
# define FUZZ_ENTRY(name) LLVMFuzzerTestOneInput
#endif

#define FUZZ(name)                                                             \
 static void name##_holds(const uint8_t *data, size_t size);                   \
 int FUZZ_ENTRY(name)(const uint8_t *data, size_t size);                       \
 int FUZZ_ENTRY(name)(const uint8_t *data, size_t size)                        \
 {                                                                             \
  name##_holds(data, size);                                                    \
  return 0;                                                                    \
 }                                                                             \
 static void name##_holds(const uint8_t *data, size_t size)

/* A property: where it does not hold the input is a finding. */
#define require(property)                                                      \
 ((property) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #property))
_Noreturn void fuzz_broken(const char *file, int line, const char *property);

/* What is left of the bytes; behind them all are 0. */
struct input {
	const uint8_t *at;
	size_t left;
};
unsigned int fuzz_byte(struct input *in);
uint32_t fuzz_word(struct input *in);
void fuzz_bytes(struct input *in, void *to, size_t n);

/*
 * An object of exactly so many bytes: reading or writing one more ends the
 * process. It begins at a multiple of 8, or of 1. At most eight at once, of
 * 128 KB.
 */
void *fuzz_room(size_t len);
void *fuzz_aligned_room(size_t len);
void *fuzz_copy(const void *bytes, size_t len);
void fuzz_free(void *p);

/* A string, as far as the first NUL of data, that ends its object. */
char *fuzz_text(const uint8_t *data, size_t size);

/*
 * Runs a scan function and its reference: equal lengths and equal bytes, of
 * which there are width; nothing else is written, nothing at all on 0; errno
 * stays. Returns the length.
 */
typedef size_t fuzz_reader(const char *src, char *ip);
size_t fuzz_compare(fuzz_reader *scan, fuzz_reader *reference, const char *text,
		    size_t width, char *ip);

/*
 * glibc's inet_pton of that family, 4 or 6, must read the text if and only if
 * its len bytes that were read are all of it, as the same address.
 */
void fuzz_compare_pton(int family, const char *text, size_t len,
		       const char *ip);

/*
 * Runs a fmt function: it writes all of the length that it says without a dest,
 * and nothing behind. Returns the text with a NUL, in an object that ends there.
 */
typedef size_t fuzz_writer(char *dest, const void *value);
char *fuzz_written(fuzz_writer *fmt, const void *value);

/* The interfaces that the harnesses have, in place of the system's. */
struct fuzz_interface {
	const char *name;
	uint32_t index;
};
extern const struct fuzz_interface fuzz_interfaces[];
extern int fuzz_lookup_error; /* with which look-ups fail, or 0 */
extern int fuzz_lookups;      /* how many there were */

#endif
