/* SPDX-License-Identifier: ISC */
/*
 * round_ip6.c - scan_ip6 reads all 2^128 addresses from what fmt_ip6 writes for
 * them, whatever byte follows that cannot be part of an address. ZEROS says for
 * each group, the first in the last bit, whether it is 0; without it any are.
 */
#include "prove.h"

int main(void)
{
	char ip[16], back[16], text[40];
	size_t len;

#ifdef ZEROS
	for (int i = 0; i < 8; i++)
		if (ZEROS >> i & 1)
			ip[2 * i] = ip[2 * i + 1] = 0;
		else
			ASSUME(ip[2 * i] || ip[2 * i + 1]);
#endif
	len = fmt_ip6(text, ip);
	ASSUME(!is_part(text[len]));
	MUST(scan_ip6(text, back) == len);
	MUST(memcmp(back, ip, sizeof ip) == 0);
}
