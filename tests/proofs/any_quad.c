/* SPDX-License-Identifier: ISC */
/*
 * any_quad.c - any fmt_ip4 and scan_ip4 that do what fmt_ip4.c proves of them:
 * what the one has written is kept, and the other reads it.
 */
#include "prove.h"

static const char *at;
static size_t len;
static char quad[4], text[15];

size_t fmt_ip4(char *dest, const char ip[4])
{
	size_t first = nondet_size();

	at = dest;
	len = nondet_size();
	ASSUME(first >= 1 && first <= 3 && len >= 7 && len <= 15);
	memcpy(quad, ip, sizeof quad);
	for (size_t i = 0; i < 15; i++) {
		text[i] = nondet_char();
		ASSUME(is_decimal(text[i]) || (i >= first && text[i] == '.'));
		ASSUME(i != first || text[i] == '.');
		if (i < len)
			dest[i] = text[i];
	}
	return len;
}

size_t scan_ip4(const char *src, char ip[4])
{
	MUST(src == at && !is_decimal(src[len]));
	for (size_t i = 0; i < 15; i++)
		MUST(i >= len || src[i] == text[i]);
	if (ip)
		memcpy(ip, quad, sizeof quad);
	return len;
}
