/* SPDX-License-Identifier: ISC */
/*
 * fmt_ip6.c - fmt_ip6 of all 2^128 addresses: writes as many bytes as it
 * returns, 2 to 39, and returns as many without a destination.
 */
#include "prove.h"

int main(void)
{
	char ip[16], text[40], old[40];
	size_t len;

	memcpy(old, text, sizeof text);
	len = fmt_ip6(text, ip);
	MUST(len >= 2 && len <= 39);
	for (size_t i = 0; i < sizeof text; i++)
		MUST(i < len ? is_part(text[i]) : text[i] == old[i]);
	MUST(fmt_ip6(NULL, ip) == len);
}
