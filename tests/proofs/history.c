/* SPDX-License-Identifier: ISC */
/*
 * history.c - socket_history_load of any text of LEAST to MOST bytes, into
 * any history of COUNT networks, at any time: reads and writes nothing outside.
 * EINVAL with the history untouched, or as many networks as lines at most, and
 * none ends later than before or in ten minutes.
 * With LEAST below MOST only texts are considered that are no whole lines.
 */
#include "prove.h"

#include "dial/history.h"

#include <errno.h>
#include <stdlib.h>

static int64_t now;

int64_t socket6_microseconds(void)
{
	return now;
}

int main(void)
{
	enum {
		SIZE = sizeof(struct socket_history) +
		       COUNT * sizeof(struct history_network)
	};
	char room[MOST + 1];
	size_t start = LEAST == MOST ? 0 : ANY(size_t), len = MOST - start;
	struct socket_history *h = malloc(SIZE), *old = malloc(SIZE);
	int n;

	ASSUME(h && old && start <= MOST - LEAST);
	ASSUME(LEAST == MOST || (len - 18) % 27 || len < 18);
	now = ANY(int64_t);
	ASSUME(now >= 0 && now < (int64_t)1 << 51);
	h->count = COUNT;
	memcpy(old, h, SIZE);
	n = socket_history_load(h, room + 1 + start, len);
	MUST(n >= -1 && n <= ((int)len - 18) / 27);
	MUST(n != -1 || (errno == EINVAL && memcmp(h, old, SIZE) == 0));
	for (int i = 0; i < COUNT; i++)
		MUST(h->networks[i].until <= history_seconds(now) + 600 ||
		     h->networks[i].until == old->networks[i].until);
}
