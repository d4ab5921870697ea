/* SPDX-License-Identifier: ISC */
/*
 * text.h - what every function that reads or writes text is put through.
 *
 * The suites wrap their functions in these two forms; a value is as many
 * bytes as the wrapper makes of it. A null value, a null dest goes through.
 */
#ifndef SOCKET6_TEXT_H
#define SOCKET6_TEXT_H

#include <stddef.h>

typedef size_t scanner(const char *src, char *value);
typedef size_t formatter(char *dest, const char *value);

struct form {
	scanner *scan;
	formatter *fmt;
	size_t size; /* bytes of a value */
	size_t most; /* bytes that are promised to be enough for its text */
};

/*
 * Scans a text whose NUL is the last byte before an unmapped page. Fails the
 * test if a byte round value is written, or one of value itself and nothing
 * is read, or if a null value changes the result.
 */
size_t scanned(const struct form *form, const char *text, char *value);

/*
 * Formats a value, whose last byte is before an unmapped page. Fails the test if
 * a byte is written outside the text, or if the length is above most or differs
 * with a null dest.
 */
const char *formatted(const struct form *form, const char *value);

/* The test fails unless scan(fmt(value)) is the value, and all of it read. */
void assert_reads_back(const struct form *form, const char *value);

/* How much of the text is read, and how that is written again. */
struct reading {
	const char *text;
	const char *read; /* its beginning, "" for nothing */
	const char *written;
};

/* The whole text is read; it is written back unchanged; nothing is read. */
#define WHOLE(text, written)                                                   \
 {                                                                             \
  text, text, written                                                          \
 }
#define SAME(text) WHOLE(text, text)
#define NOTHING(text)                                                          \
 {                                                                             \
  text, "", NULL                                                               \
 }
#define END                                                                    \
 {                                                                             \
  NULL, NULL, NULL                                                             \
 }

/* Tables end with END or null. */
void assert_readings(const struct form *form, const struct reading *readings);
void assert_unread(const struct form *form, const char *const *texts);

/* The length of the longest beginning of text that is valid and ends well. */
size_t longest(const char *text, int (*valid)(const char *beginning),
	       int (*ends)(const char *beginning, char next));

/* Checks every text of up to so many pieces; one less where that is slow. */
void each_text(const char *const *pieces, int most,
	       void (*check)(const char *text));

/*
 * Reads and writes in another way, plainly and slowly: all of the text, by
 * RFC 4291, or 0; and by RFC 5952. Not every system's own functions do.
 */
int read_ip4(const char *text, char ip[4]);
int read_ip6(const char *text, char ip[16]);
const char *written_ip6(const char ip[16]);

/* Repeatable numbers below a bound, different for each seed. */
void seed(unsigned int start);
unsigned int any(unsigned int below);

/* An address with groups that are often zero, sometimes v4-mapped. */
void any_ip6(char ip[16]);

/* Changes, adds or removes up to so many bytes of a text. */
void spoil(char *text, size_t room, int times);

#endif
