/* SPDX-License-Identifier: ISC */
/* socket6/prefix.h - prefixes, for access lists. scan_ip6prefix(3) */
#ifndef SOCKET_6_PREFIX_H
#define SOCKET_6_PREFIX_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SOCKET_PREFIX_FMT 48 /* bytes that are enough for fmt_ip6prefix */

/*
 * Reads a prefix from the start of the string src: an address as scan_ip6 reads
 * it, / and the number of its leading bits that count, which has no leading
 * zero and is read whole. 10.0.0.0/8 is ::ffff:10.0.0.0 and 104 bits. ip is in
 * network order. Returns the number of bytes read; or 0 with nothing written if
 * there is no such text, there are too many bits, or one after them is set.
 * Pure and async-signal-safe, as the other two are.
 */
size_t scan_ip6prefix(const char *src, char ip[16], unsigned int *bits);

/*
 * Writes it as fmt_ip6 does; a v4-mapped address with 96 bits or more as
 * a.b.c.d/n. Writes no NUL; returns the length, also with a null dest, or 0 if
 * bits are more than 128.
 */
size_t fmt_ip6prefix(char *dest, const char ip[16], unsigned int bits);

/* 1 if the first bits of ip are those of net, else 0; 0 for more than 128. */
int socket_match6(const char ip[16], const char net[16], unsigned int bits);

#ifdef __cplusplus
}
#endif

#endif
