/* SPDX-License-Identifier: ISC */
/*
 * prefix.c - scan_ip6prefix of any LEAST to MOST bytes: reads nothing past
 * their NUL. What it accepts has at most 128 bits, 0 in all others, and no
 * digit follows; else the outputs are untouched.
 */
#include "prove.h"

int main(void)
{
	ANY_TEXT(src, LEAST, MOST);
	char ip[16], old[16];
	unsigned int bits, old_bits;
	size_t len;

	memcpy(old, ip, sizeof ip);
	old_bits = bits;
	len = scan_ip6prefix(src, ip, &bits);
	MUST(len <= MOST - src_start);
	if (len == 0) {
		MUST(memcmp(ip, old, sizeof ip) == 0 && bits == old_bits);
		return 0;
	}
	MUST(len >= 4 && is_decimal(src[len - 1]) && !is_decimal(src[len]));
	MUST(bits <= 128);
	for (unsigned int i = 0; i < 128; i++)
		MUST(i < bits || !(ip[i / 8] & 0x80 >> i % 8));
}
