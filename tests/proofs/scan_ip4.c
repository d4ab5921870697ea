/* SPDX-License-Identifier: ISC */
/*
 * scan_ip4.c - scan_ip4 of any LEAST to MOST bytes: reads nothing past their
 * NUL. What it accepts is what fmt_ip4 writes for the address, and no digit
 * follows; else the output is untouched.
 */
#include "prove.h"

int main(void)
{
	ANY_TEXT(src, LEAST, MOST);
	char ip[4], old[4], text[IP4_FMT];
	size_t len;

	memcpy(old, ip, sizeof ip);
	len = scan_ip4(src, ip);
	MUST(len <= MOST - src_start);
	MUST(scan_ip4(src, NULL) == len);
	if (len == 0) {
		MUST(memcmp(ip, old, sizeof ip) == 0);
		return 0;
	}
	MUST(!is_decimal(src[len]));
	MUST(fmt_ip4(text, ip) == len);
	for (size_t i = 0; i < 15; i++)
		MUST(i >= len || text[i] == src[i]);
}
