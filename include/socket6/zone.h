/* SPDX-License-Identifier: ISC */
/* socket6/zone.h - text with zone and port. scan_ip6if(3) */
#ifndef SOCKET_6_ZONE_H
#define SOCKET_6_ZONE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IP6IF_FMT     72 /* bytes that are enough for fmt_ip6if */
#define IP6IFPORT_FMT 80 /* bytes that are enough for fmt_ip6ifport */

/*
 * scan_ip6, then a zone if a % follows: fe80::1%eth0 (RFC 4007 section 11).
 * The zone is the longest run of letters, digits, bytes above 127 and -._~+; it
 * is the name of an interface or, if no interface has that name, a decimal
 * index, which need not exist. Two or more digits with a leading zero are
 * always an index. Any other byte ends the zone, except that @ or = after it,
 * as in veth0@if5, makes the function return 0. %25 does not begin a zone.
 *
 * ip is in network order; scope_id is the index, 0 without a zone. Returns the
 * number of bytes read, or 0 if there is no address, or if the zone is empty,
 * unknown, or cannot be looked up because no descriptor is left. errno is
 * unchanged, here and in the functions below.
 */
size_t scan_ip6if(const char *src, char ip[16], uint32_t *scope_id);

/*
 * fmt_ip6, then % and the interface's name if scope_id is not 0; its index if
 * it has no name, or one that scan_ip6if would not read, with a leading zero
 * if that number is another interface's name, or if the look-up fails. So
 * scan_ip6if reads back the same scope id. Writes no NUL; returns the length,
 * even with a null dest. fmt_ip6ifc writes a v4-mapped address as a.b.c.d,
 * without a zone.
 */
size_t fmt_ip6if(char *dest, const char ip[16], uint32_t scope_id);
size_t fmt_ip6ifc(char *dest, const char ip[16], uint32_t scope_id);

/*
 * The same with a port, in host order: [fe80::1%eth0]:443, [::1]:53, and
 * 192.0.2.1:80 for a v4-mapped address. The scan function requires the port:
 * one to five decimal digits without a leading zero, at most 65535.
 */
size_t scan_ip6ifport(const char *src, char ip[16], uint16_t *port,
		      uint32_t *scope_id);
size_t fmt_ip6ifport(char *dest, const char ip[16], uint16_t port,
		     uint32_t scope_id);

#ifdef __cplusplus
}
#endif

#endif
