/* SPDX-License-Identifier: ISC */
/*
 * group_ip6.c - of all 2^16 groups: put_group, put_last if LAST, writes 1 to 4
 * digits, put_group perhaps one byte more. scan_group reads the group from
 * them, whatever byte follows that is no digit, and nothing from such a byte.
 */
#include "text/ip6.c"

#include "prove.h"

/* The table, as a calculation. */
unsigned int instead_of_hex(char c)
{
	if (is_decimal(c))
		return (unsigned int)(c - '0');
	if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
		return (unsigned int)(c & 7) + 9;
	return 16;
}

int main(void)
{
	char ip[2], text[6], old[6], c;
	unsigned int value = (unsigned char)ip[0] << 8 | (unsigned char)ip[1];
	unsigned int got;
	size_t len;

	MUST(hex_values[(unsigned char)c] == instead_of_hex(c));
	memcpy(old, text, sizeof text);
	len = (size_t)((LAST ? put_last(text, value) : put_group(text, ip)) -
		       text);
	MUST(len >= 1 && len <= 4);
	for (size_t i = 0; i < sizeof text; i++)
		MUST(i < len + !LAST || text[i] == old[i]);
	text[len] = nondet_char();
	ASSUME(hex(text[len]) > 15);
	MUST(scan_group(text, &got) == len && got == value);
	MUST(scan_group(text + len, &got) == 0);
}
