/* SPDX-License-Identifier: ISC */
/*
 * proxy1_field.c - field of any 0 to 107 bytes that end their object, with any
 * reader as proxy1_read.c proves the three: reads nothing outside. It goes on
 * behind the byte that ends the field, of 1 to 45 bytes before that; or leaves
 * the line, and asks for more only if there is no such byte.
 */
#include "text/proxy.c"

#include "prove.h"

static size_t any_reader(const char *text, void *to)
{
	size_t len = nondet_size();

	memset(to, nondet_char(), 16);
	MUST(strlen(text) <= FIELD + 7);
	ASSUME(len <= strlen(text));
	return len;
}

int main(void)
{
	char room[LINE], to[16], end = nondet_int() ? ' ' : '\r';
	size_t start, n;
	struct line l = {.end = room + LINE};
	int r;

	ASSUME(start <= LINE);
	l.at = room + start;
	r = field(&l, end, any_reader, to);
	n = (size_t)(l.at - room) - start;
	MUST(l.end == room + LINE);
	MUST(r == READ || ((r == NONE || r == MORE) && n == 0));
	MUST(r != READ || (n >= 2 && n <= FIELD + 1 && n <= LINE - start));
	MUST(r != READ || room[start + n - 1] == end);
	for (size_t i = 0; i < LINE; i++)
		MUST(r != MORE || i < start || room[i] != end);
}
