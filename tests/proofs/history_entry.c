/* SPDX-License-Identifier: ISC */
/*
 * history_entry.c - socket6_history_restore of any entry into any history of
 * COUNT networks, at any second: nothing outside. It adds a network or none. No
 * silence or answer newly ends later than in ten minutes; none changes if no
 * time is left.
 */
#include "dial/history.c"
#include "prove.h"

static uint32_t end;

uint32_t instead_of_history_seconds(int64_t time)
{
	return end - 600;
}

int main(void)
{
	struct {
		struct socket_history h;
		struct history_network networks[COUNT];
	} room, old;
	struct socket_history *h = &room.h, *before = &old.h;
	uint32_t key, source;
	int left;

	h->count = COUNT;
	old = room;
	ASSUME((end = (uint32_t)nondet_int()) >= 600);
	MUST(socket6_history_restore(h, 0, key, source, left) ==
	     (left > 0 && key >= FAMILIES));
	for (int i = 0; i < COUNT; i++)
		MUST(h->networks[i].until == before->networks[i].until ||
		     (left > 0 && h->networks[i].until <= end));
	for (int i = 0; i < FAMILIES; i++)
		MUST(h->answered[i] == before->answered[i] ||
		     (left > 0 && h->answered[i] <= end));
}
