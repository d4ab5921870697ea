/* SPDX-License-Identifier: ISC */
/* reverse.h - reverse names: what DNS asks for the host of an address. Pure. */
#ifndef SOCKET6_TOOL_REVERSE_H
#define SOCKET6_TOOL_REVERSE_H

#define REVERSE_FMT 73 /* bytes that are enough, with the NUL */

/*
 * Reads a name below ip6.arpa (RFC 3596) or in-addr.arpa (RFC 1035), which may
 * end in a dot, in any case of letters. One with fewer labels than an address
 * has is a prefix: *bits are less than 128. Returns 1; or 0, with ip and *bits
 * unchanged, if the whole text is no such name.
 */
int reverse_read(const char *name, char ip[16], unsigned int *bits);

/*
 * Writes the name of an address, or the zone of a prefix. Returns name, or null
 * if the prefix is none of whole labels.
 */
const char *reverse_write(char name[REVERSE_FMT], const char ip[16],
			  unsigned int bits);

#endif
