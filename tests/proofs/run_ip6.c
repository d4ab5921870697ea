/* SPDX-License-Identifier: ISC */
/*
 * run_ip6.c - of all 2^128 addresses fmt_ip6 finds the run of zero groups that
 * RFC 5952 section 4.2 shortens: the longest, of equal ones the first, of one
 * group none. It is one of runs.h, for each of which round_ip6.c is a proof.
 */
#include "text/ip6.c"

#include "prove.h"
#include "runs.h"

int main(void)
{
	char ip[16];
	unsigned int run = longest_runs[zero_groups(ip)];
	unsigned int start = 0, most = 1, length = 0, mask;
	int is_listed = 0;

	for (unsigned int i = 0; i < 8; i++) {
		length = ip[2 * i] || ip[2 * i + 1] ? 0 : length + 1;
		if (length > most) {
			most = length;
			start = i + 1 - length;
		}
	}
	most = most == 1 ? 0 : most;
	MUST(run >> 4 == start && (run & 15) == most);
	mask = ((1u << most) - 1) << start;
	for (size_t i = 0; i < sizeof runs; i++)
		is_listed |= runs[i] == mask;
	MUST(is_listed);
}
