/* SPDX-License-Identifier: ISC */
/*
 * fmt_ip4.c - fmt_ip4 of all 2^32 addresses: writes as many bytes as it
 * returns, 7 to 15; scan_ip4 reads the same address from them, whatever byte
 * follows that is not a digit.
 */
#include "prove.h"

int main(void)
{
	char ip[4], back[4], text[16], old[16];
	size_t len;

	memcpy(old, text, sizeof text);
	len = fmt_ip4(text, ip);
	MUST(len >= 7 && len <= 15);
	MUST(fmt_ip4(NULL, ip) == len);
	for (size_t i = 0; i < sizeof text; i++)
		MUST(i < len ? is_decimal(text[i]) || (i > 0 && text[i] == '.')
			     : text[i] == old[i]);
	MUST(text[1] == '.' || text[2] == '.' || text[3] == '.');
	ASSUME(!is_decimal(text[len]));
	MUST(scan_ip4(text, back) == len);
	MUST(memcmp(back, ip, sizeof ip) == 0);
}
