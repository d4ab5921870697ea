/* SPDX-License-Identifier: ISC */
/*
 * reference.h - the text of addresses, read and written in an obvious way.
 *
 * They are slow. What is read is tried from the longest text to the shortest,
 * each as a whole by RFC 4291 section 2.2; what is written is put together by
 * printf, by RFC 5952 section 4. They share nothing with the library.
 */
#ifndef SOCKET6_TESTS_FUZZ_REFERENCE_H
#define SOCKET6_TESTS_FUZZ_REFERENCE_H

#include <stddef.h>

size_t reference_scan_ip4(const char *src, char *ip);
size_t reference_scan_ip6(const char *src, char *ip);
size_t reference_scan_flat(const char *src, char *ip);

/* A number up to max without a leading zero, read whole: its bytes, or 0. */
size_t reference_scan_number(const char *src, unsigned int max,
			     unsigned int *n);

/* Each with a NUL; the length. */
size_t reference_fmt_ip4(char *dest, const char *ip);
size_t reference_fmt_ip6(char *dest, const char *ip);
size_t reference_fmt_ip6c(char *dest, const char *ip);
size_t reference_fmt_flat(char *dest, const char *ip);

#endif
