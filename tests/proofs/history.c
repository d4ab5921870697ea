/* SPDX-License-Identifier: ISC */
/*
 * history.c - socket_history_load of any text of LEAST to MOST bytes, in whole
 * lines only if both are the same, into any history of COUNT networks, at any
 * time: nothing outside. -1 with the history untouched, or a network a line at
 * most, and none newly ends later than in ten minutes.
 */
#include "dial/history.h"
#include "prove.h"

#include <stdlib.h>

static int64_t now;

int64_t socket6_microseconds(void)
{
	return now;
}

int main(void)
{
	char room[MOST + 1];
	size_t start = LEAST == MOST ? 0 : nondet_size(), len = MOST - start;
	size_t size = sizeof(struct socket_history) +
		      COUNT * sizeof(struct history_network);
	struct socket_history *h = malloc(size), *old = malloc(size);
	int n;

	ASSUME(h && old && start <= MOST - LEAST);
	ASSUME(LEAST == MOST || (len - 18) % 27 || len < 18);
	ASSUME((now = nondet_time()) >= 0 && now >> 51 == 0);
	h->count = COUNT;
	memcpy(old, h, size);
	n = socket_history_load(h, room + 1 + start, len);
	MUST(n == -1 ? memcmp(h, old, size) == 0 : n <= ((int)len - 18) / 27);
	for (int i = 0; i < COUNT; i++)
		MUST(h->networks[i].until <= history_seconds(now) + 600 ||
		     h->networks[i].until == old->networks[i].until);
}
