/* SPDX-License-Identifier: ISC */
/* any_field.h - any field that does what proxy1_field.c proves of proxy.c's. */
#ifndef SOCKET6_TESTS_PROOFS_ANY_FIELD_H
#define SOCKET6_TESTS_PROOFS_ANY_FIELD_H

#include "prove.h"

int instead_of_field(struct line *l, char end, reader *read, void *to)
{
	size_t n = nondet_size();
	int r = nondet_int();

	memset(to, nondet_char(), read == read_port ? 2 : 16);
	ASSUME(r == NONE || r == MORE || r == READ);
	if (r == READ) {
		ASSUME(n >= 2 && n <= FIELD + 1);
		ASSUME(n <= (size_t)(l->end - l->at) && l->at[n - 1] == end);
		l->at += n;
	}
	return r;
}

#endif
