/* SPDX-License-Identifier: ISC */
/* socket6/ip6.h - the text of an IPv6 address. scan_ip6(3) */
#ifndef SOCKET_6_IP6_H
#define SOCKET_6_IP6_H

#include <stddef.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IP6_FMT 40 /* bytes that are enough for fmt_ip6 */
#define FMT_IP6 40

extern const char V4mappedprefix[12]; /* ::ffff:0.0.0.0/96 */
extern const char V6loopback[16];     /* ::1 */
extern const char V6any[16];	      /* :: */

/* Non-zero if the 16 bytes at ip are an IPv4 address as ::ffff:a.b.c.d. */
#ifndef ip6_isv4mapped
# define ip6_isv4mapped(ip) (!memcmp((ip), V4mappedprefix, 12))
#endif

/*
 * Reads an IPv6 address (RFC 4291 section 2.2) from the start of the string
 * src into ip, in network order; a plain dotted quad is read as v4-mapped.
 * Reads the longest address and returns its length, or 0 if src does not begin
 * with one. A group has one to four digits and is read whole, as are the
 * numbers of a dotted quad (see scan_ip4); :: replaces one or more zero groups.
 * Pure and async-signal-safe.
 */
size_t scan_ip6(const char *src, char ip[16]);

/*
 * Writes ip to dest as RFC 5952 says: lower case, the longest run of zero
 * groups as ::, the first of equal ones, a v4-mapped address as
 * ::ffff:a.b.c.d, fmt_ip6c as a.b.c.d. Both write no NUL and return the length,
 * at most 39. With a null dest they only return the length. Pure and
 * async-signal-safe.
 */
size_t fmt_ip6(char *dest, const char ip[16]);
size_t fmt_ip6c(char *dest, const char ip[16]);

/*
 * The same with 32 hexadecimal digits without colons: scan reads exactly 32,
 * whatever follows, and returns 32, or 0 if src does not begin with 32; fmt
 * returns 32.
 */
size_t scan_ip6_flat(const char *src, char ip[16]);
size_t fmt_ip6_flat(char *dest, const char ip[16]);

#ifdef __cplusplus
}
#endif

#endif
