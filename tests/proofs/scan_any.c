/* SPDX-License-Identifier: ISC */
/*
 * scan_any.c - any scan_ip4 and scan_ip6 with the properties that scan_ip4.c
 * and scan_ip6.c prove of the real ones, for the proofs of what calls them.
 */
#include "prove.h"

static size_t scan_any(const char *src, char *ip, size_t size, size_t least,
		       size_t most)
{
	size_t len = nondet_size();

	ASSUME(len == 0 || (len >= least && len <= most));
	for (size_t i = 0; i < most; i++)
		if (i < len)
			ASSUME(is_part(src[i]));
	ASSUME(len == 0 || src[len - 1] == ':' || !is_decimal(src[len]));
	for (size_t i = 0; len > 0 && ip && i < size; i++)
		ip[i] = nondet_char();
	return len;
}

size_t scan_ip4(const char *src, char ip[4])
{
	return scan_any(src, ip, 4, 7, 15);
}

size_t scan_ip6(const char *src, char ip[16])
{
	return scan_any(src, ip, 16, 2, 45);
}
