/* SPDX-License-Identifier: ISC */
/*
 * history_line.c - get_line of any 27 bytes that end their object: reads
 * nothing outside, and accepts what put_line writes for what it has read, and
 * nothing else.
 */
#include "dial/history_text.c"

#include "prove.h"

/* CBMC has none. */
void *memchr(const void *s, int c, size_t n)
{
	const char *at = s;

	for (size_t i = 0; i < n; i++)
		if (at[i] == (char)c)
			return (void *)(at + i);
	return NULL;
}

int main(void)
{
	char line[LINE], text[LINE];
	struct history_network n;
	int is_line = get_line(line, &n);

	put_line(text, n.key, n.source, n.until);
	MUST(!is_line || memcmp(line, text, LINE) == 0);
	put_line(line, n.source, n.until, n.key);
	MUST(get_line(line, &n));
}
