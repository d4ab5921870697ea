/* SPDX-License-Identifier: ISC */
/* socket6/ip4.h - the text of an IPv4 address. scan_ip4(3) */
#ifndef SOCKET_6_IP4_H
#define SOCKET_6_IP4_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IP4_FMT 20 /* bytes that are enough for fmt_ip4 */
#define FMT_IP4 20

#define ip4_scan scan_ip4
#define ip4_fmt	 fmt_ip4

extern const char ip4loopback[4]; /* 127.0.0.1 */

/*
 * Reads four decimal numbers with dots between them from the start of the
 * string src into ip, in network order. Returns the number of bytes read, or 0
 * if src does not begin with an address. A number has no leading zero, is at
 * most 255, and is read whole: 1.2.3.456 is not an address, 1.2.3.4.5 begins
 * with one of seven bytes. Pure and async-signal-safe.
 */
size_t scan_ip4(const char *src, char ip[4]);

/*
 * Writes ip to dest, without a NUL, and returns the length, at most 15. With a
 * null dest it only returns the length. Pure and async-signal-safe.
 */
size_t fmt_ip4(char *dest, const char ip[4]);

#ifdef __cplusplus
}
#endif

#endif
