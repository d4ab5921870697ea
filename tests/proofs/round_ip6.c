/* SPDX-License-Identifier: ISC */
/*
 * round_ip6.c - scan_ip6 reads any address from what fmt_ip6 writes for it,
 * whatever byte follows that cannot be part of an address. A class is the run
 * of zeros that is shortened, number LEAST in runs.h; run_ip6.c proves that
 * each address is of one, and round_mapped.c has the v4-mapped ones. For what
 * writes and reads a group is any that any_group.c says.
 */
#include "text/ip6.c"

#include "prove.h"
#include "runs.h"

unsigned int instead_of_zero_groups(const char *ip)
{
	(void)ip;
	return runs[LEAST];
}

int main(void)
{
	char ip[16], back[16], text[40];
	size_t len;

	for (unsigned int i = 0; i < 8; i++)
		if (runs[LEAST] >> i & 1)
			ip[2 * i] = ip[2 * i + 1] = 0;
	len = fmt_groups(text, ip);
	MUST(len <= 39);
	text[len] = nondet_char();
	ASSUME(!is_part(text[len]));
	MUST(scan_ip6(text, back) == len);
	MUST(memcmp(back, ip, sizeof ip) == 0);
}
