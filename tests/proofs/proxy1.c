/* SPDX-License-Identifier: ISC */
/*
 * proxy1.c - scan_proxy of any LEAST to MOST bytes that begin version 1, in an
 * object that ends with them: reads nothing outside. It returns -1 or 0 with
 * the outputs untouched, or the length of a line with its end. Of more than
 * the longest line's bytes, 107, it reads as many and no others. For field is
 * any that any_field.h says.
 */
#include "text/proxy.c"

#include "any_field.h"

int main(void)
{
	char room[MOST];
	size_t start, more, len = MOST;
	struct socket_addr6 from, to, old_from = from, old_to = to;
	int n;

	ASSUME(start <= MOST - LEAST && (MOST == LINE || more == 0));
	ASSUME(room[start] == 'P' && more < 65536 && (more == 0 || start == 0));
	len += more - start;
	n = scan_proxy(room + start, len, &from, &to);
	MUST(n >= -1 && n <= (int)(MOST - start));
	if (n <= 0) {
		MUST(memcmp(&from, &old_from, sizeof from) == 0);
		MUST(memcmp(&to, &old_to, sizeof to) == 0);
		return 0;
	}
	MUST(n >= 15 && room[start + (size_t)n - 2] == '\r');
	MUST(room[start + (size_t)n - 1] == '\n');
}
