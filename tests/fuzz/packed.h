/* SPDX-License-Identifier: ISC */
/*
 * packed.h - a corpus as a text file. A line is an input: printable ASCII as it
 * is, any other byte and a backslash as \ and two hex digits. A line with # is
 * no input.
 */
#ifndef SOCKET6_TESTS_FUZZ_PACKED_H
#define SOCKET6_TESTS_FUZZ_PACKED_H

#include <stdio.h>

/* The longest input that a corpus in the tree may have. */
enum { PACKED_MOST = 4096 };

/* The next input: its length, or -1 at the end. */
long packed_read(FILE *in, unsigned char bytes[PACKED_MOST]);
void packed_write(FILE *out, const unsigned char *bytes, size_t len);

#endif
