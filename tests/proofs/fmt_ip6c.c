/* SPDX-License-Identifier: ISC */
/*
 * fmt_ip6c.c - fmt_ip6c of all 2^128 addresses: what fmt_ip4 writes for a
 * v4-mapped one, which has 7 to 15 bytes and nothing behind them, and what
 * fmt_ip6 writes for any other. round_mapped.c proves that it reads back.
 */
#include "text/ip6.c"

#include "prove.h"

static int calls;

size_t instead_of_fmt_ip6(char *dest, const char ip[16])
{
	calls++;
	return 40;
}

int main(void)
{
	char ip[16], text[16], old[16], ip4[16];
	size_t len;

	memcpy(old, text, sizeof text);
	memcpy(ip4, text, sizeof text);
	len = fmt_ip6c(text, ip);
	if (!addr_is_v4mapped(ip)) {
		MUST(calls == 1 && len == 40);
		return 0;
	}
	MUST(calls == 0 && len >= 7 && len <= 15);
	MUST(fmt_ip6c(NULL, ip) == len);
	MUST(fmt_ip4(ip4, ip + 12) == len);
	MUST(memcmp(text, ip4, sizeof text) == 0);
}
