/* SPDX-License-Identifier: ISC */
/*
 * any_entry.h - any get_line and socket6_history_restore that do what
 * history_line.c and history_entry.c prove of them; for history.c. How many
 * entries were restored, and of networks.
 */
#ifndef SOCKET6_TESTS_PROOFS_ANY_ENTRY_H
#define SOCKET6_TESTS_PROOFS_ANY_ENTRY_H

#include "prove.h"

static int restored, networks;

int instead_of_get_line(const char *src, struct history_network *n)
{
	MUST(__CPROVER_r_ok(src, LINE));
	n->until = (uint32_t)nondet_int();
	return nondet_int() & 1;
}

int socket6_history_restore(struct socket_history *h, int64_t now, uint32_t key,
			    uint32_t source, int32_t left)
{
	int is_network = nondet_int() & 1;

	restored++;
	networks += is_network;
	return is_network;
}

int64_t socket6_microseconds(void)
{
	return nondet_time();
}

#endif
