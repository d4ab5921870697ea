/* SPDX-License-Identifier: ISC */
/*
 * scan_ip6.c - scan_ip6 of any LEAST to MOST bytes: it reads nothing past their
 * NUL, and leaves ip as it was if it returns 0. What it has read is of bytes
 * that an address may have, and no number is cut; but after :: it may stop
 * before one, where there is no room for it.
 */
#include "prove.h"

int main(void)
{
	ANY_TEXT(src, LEAST, MOST);
	char ip[16], old[16];
	size_t len;

	memcpy(old, ip, sizeof ip);
	len = scan_ip6(src, ip);
	MUST(len <= MOST - src_start && len != 1);
	MUST(len > 0 || memcmp(ip, old, sizeof ip) == 0);
	for (size_t i = 0; i < MOST; i++)
		MUST(i >= len || is_part(src[i]));
	MUST(len == 0 || src[len - 1] == ':' || !is_decimal(src[len]));
}
