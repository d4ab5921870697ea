/* SPDX-License-Identifier: ISC */
/*
 * history.c - socket_history_load of any text of up to MOST bytes, which end
 * their object, at any time: reads nothing outside. It fails before the history
 * is touched, or restores an entry for each line and returns how many of these
 * were networks. For what reads and restores an entry are any that any_entry.h
 * says.
 */
#include "dial/history_text.c"

#include "any_entry.h"

int main(void)
{
	char room[MOST];
	size_t start;
	struct socket_history h;
	int n;

	ASSUME(start <= MOST);
	n = socket_history_load(&h, room + start, MOST - start);
	MUST(n != -1 || restored == 0);
	MUST(n == -1 ||
	     (n == networks && (size_t)restored * LINE + HEAD == MOST - start));
}
