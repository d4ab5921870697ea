/* SPDX-License-Identifier: ISC */
/*
 * round_mapped.c - scan_ip6 reads all 2^32 v4-mapped addresses from what
 * fmt_ip6 writes for them, and from what fmt_ip6c writes if SHORT, which is
 * fmt_ip4's text, whatever byte follows that cannot be part of an address. For
 * fmt_ip4 and scan_ip4 are any that any_quad.c says.
 */
#include "prove.h"

int main(void)
{
	char ip[16], back[16], text[40];
	size_t len;

	memcpy(ip, V4mappedprefix, 12);
	len = SHORT ? fmt_ip6c(text, ip) : fmt_ip6(text, ip);
	MUST(len >= 7 && len <= (SHORT ? 15 : 22));
	text[len] = nondet_char();
	ASSUME(!is_part(text[len]));
	MUST(scan_ip6(text, back) == len);
	MUST(memcmp(back, ip, sizeof back) == 0);
}
