/* SPDX-License-Identifier: ISC */
/*
 * proxy2.c - scan_proxy of any bytes that do not begin version 1, each length
 * to 70,000, in an object that ends with them, or after the 52 that have the
 * addresses: reads nothing outside, whatever the length field. It returns -1 or
 * 0 with the outputs untouched, or 16 and the length field.
 */
#include "prove.h"

int main(void)
{
	char room[52];
	size_t start, more, len;
	struct socket_addr6 from, to, old_from = from, old_to = to;
	int n;

	ASSUME(start <= 51 && more <= 70000 && (start == 0 || more == 0));
	ASSUME(room[start] != 'P');
	len = sizeof room - start + more;
	n = scan_proxy(room + start, len, &from, &to);
	if (n <= 0) {
		MUST(n >= -1);
		MUST(memcmp(&from, &old_from, sizeof from) == 0);
		MUST(memcmp(&to, &old_to, sizeof to) == 0);
		return 0;
	}
	MUST(start <= 36 && (size_t)n <= len);
	MUST(n == 16 + (unsigned char)room[start + 14] * 256 +
			  (unsigned char)room[start + 15]);
}
