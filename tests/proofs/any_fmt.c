/* SPDX-License-Identifier: ISC */
/*
 * any_fmt.c - any fmt_ip6 and fmt_ip6c, of one address, with the properties
 * that fmt_ip6.c and fmt_ip6c.c prove of the real ones.
 */
#include "prove.h"
#include "text/text.h"

static size_t fmt_any(char *dest, size_t len)
{
	for (size_t i = 0; i < 39; i++)
		if (dest && i < len) {
			dest[i] = nondet_char();
			ASSUME(is_part(dest[i]));
		}
	return len;
}

size_t fmt_ip6(char *dest, const char ip[16])
{
	static size_t len;

	len = len ? len : nondet_size();
	ASSUME(len >= 2 && len <= 39);
	return fmt_any(dest, len);
}

size_t fmt_ip6c(char *dest, const char ip[16])
{
	static size_t len;

	if (!addr_is_v4mapped(ip))
		return fmt_ip6(dest, ip);
	len = len ? len : nondet_size();
	ASSUME(len >= 7 && len <= 15);
	return fmt_any(dest, len);
}
