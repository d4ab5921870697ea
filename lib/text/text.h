/* SPDX-License-Identifier: ISC */
/* text.h - what files that read text share, and the bytes of addresses. */
#ifndef SOCKET6_LIB_TEXT_TEXT_H
#define SOCKET6_LIB_TEXT_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * :: and ::ffff:0.0.0.0/96. The library does not read V6any and V4mappedprefix,
 * for a program may have its own. Static, because a comparison with constants
 * takes two or three instructions and links no object.
 */
static const char addr_any[16] = {0};
static const char addr_mapped[12] = {[10] = '\xff', [11] = '\xff'};

static inline int addr_is_any(const char ip[16])
{
	return memcmp(ip, addr_any, 16) == 0;
}

static inline int addr_is_v4mapped(const char ip[16])
{
	return memcmp(ip, addr_mapped, 12) == 0;
}

/* An IPv4 address as an IPv6 one (RFC 4291 section 2.5.5.2). */
static inline void addr_map(char ip6[16], const void *ip4)
{
	memcpy(ip6, addr_mapped, 12);
	memcpy(ip6 + 12, ip4, 4);
}

/* The IPv4 address that a v4-mapped one has in it; null for any other. */
static inline const char *addr_unmap(const char ip6[16])
{
	return addr_is_v4mapped(ip6) ? ip6 + 12 : NULL;
}

/*
 * Eight bytes as a number, so that its first bits are the address's. Compilers
 * make two instructions of this, and a loop of a loop.
 */
static inline uint64_t addr_half(const char *ip)
{
	const unsigned char *byte = (const unsigned char *)ip;

	return (uint64_t)byte[0] << 56 | (uint64_t)byte[1] << 48 |
	       (uint64_t)byte[2] << 40 | (uint64_t)byte[3] << 32 |
	       (uint64_t)byte[4] << 24 | (uint64_t)byte[5] << 16 |
	       (uint64_t)byte[6] << 8 | byte[7];
}

#define HEX_DIGITS "0123456789abcdef"

/* Exactly len decimal digits, at most max: 1 with the value, or 0. */
int socket6_decimal(const char *src, size_t len, uint32_t max, uint32_t *out);

/* A number, read whole and without a leading zero: its bytes, or 0. */
size_t socket6_scan_port(const char *src, uint16_t *port);

/* Its digits, at most ten: how many. */
size_t socket6_fmt_decimal(char *dest, uint32_t n);

/*
 * scan_ip6if and scan_ip6ifport. If the zone fails, *error is ENODEV or the
 * lookup's errno.
 */
size_t socket6_scan_ip6if(const char *src, char *ip, uint32_t *scope_id,
			  int *error);
size_t socket6_scan_ip6ifport(const char *src, char *ip, uint16_t *port,
			      uint32_t *scope_id, int *error);

#endif
