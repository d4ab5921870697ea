/* SPDX-License-Identifier: ISC */
/*
 * fmt_prefix.c - fmt_ip6prefix of all 2^128 addresses and any number of bits:
 * writes as many bytes as it returns, at most 43, and returns as many without a
 * destination; 0 for more than 128 bits. The number reads back: of IPv4's bits
 * after an IPv4 address, else of all.
 */
#include "prove.h"
#include "text/text.h"

int main(void)
{
	char ip[16], text[44], old[44];
	unsigned int bits;
	int is_v4 = addr_is_v4mapped(ip) && bits >= 96;
	size_t len, before = is_v4 ? fmt_ip6c(NULL, ip) : fmt_ip6(NULL, ip);
	uint32_t n;

	memcpy(old, text, sizeof text);
	len = fmt_ip6prefix(text, ip, bits);
	MUST(len <= 43 && (len == 0) == (bits > 128));
	MUST(fmt_ip6prefix(NULL, ip, bits) == len);
	for (size_t i = 0; i < sizeof text; i++)
		MUST(i < len || text[i] == old[i]);
	if (len == 0)
		return 0;
	MUST(len > before && text[before] == '/');
	MUST(socket6_decimal(text + before + 1, len - before - 1, 128, &n));
	MUST(n == (is_v4 ? bits - 96 : bits));
}
