/* SPDX-License-Identifier: ISC */
/*
 * scan_flat.c - scan_ip6_flat of any LEAST to MOST bytes: reads nothing past
 * their NUL. What it accepts is what fmt_ip6_flat writes, in either case; else
 * the output is untouched.
 */
#include "prove.h"

int main(void)
{
	ANY_TEXT(src, LEAST, MOST);
	char ip[16], old[16], text[32];
	size_t len;

	memcpy(old, ip, sizeof ip);
	len = scan_ip6_flat(src, ip);
	if (len == 0) {
		MUST(memcmp(ip, old, sizeof ip) == 0);
		return 0;
	}
	MUST(len == 32 && MOST - src_start >= 32);
	MUST(fmt_ip6_flat(text, ip) == 32);
	for (int i = 0; i < 32; i++)
		MUST(text[i] == src[i] ||
		     (text[i] >= 'a' && text[i] - 'a' + 'A' == src[i]));
}
