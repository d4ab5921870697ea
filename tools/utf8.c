/* SPDX-License-Identifier: ISC */
/* utf8.c - the characters of untrusted text. */
#include "utf8.h"

#include <langinfo.h>
#include <string.h>

/* RFC 3629 section 4, by first byte: how many follow, the second's range. */
static const struct lead {
	unsigned char last, rest, low, high, bits;
} leads[] = {
	{0x7f, 0, 0, 0, 0x7f},	     {0xc1, 9, 0, 0, 0},
	{0xdf, 1, 0x80, 0xbf, 0x1f}, {0xe0, 2, 0xa0, 0xbf, 0x0f},
	{0xec, 2, 0x80, 0xbf, 0x0f}, {0xed, 2, 0x80, 0x9f, 0x0f},
	{0xef, 2, 0x80, 0xbf, 0x0f}, {0xf0, 3, 0x90, 0xbf, 0x07},
	{0xf3, 3, 0x80, 0xbf, 0x07}, {0xf4, 3, 0x80, 0x8f, 0x07},
	{0xff, 9, 0, 0, 0},
};
enum { NONE = 9 };

size_t utf8_read(const char *text, uint32_t *c)
{
	const unsigned char *s = (const unsigned char *)text;
	const struct lead *lead = leads;

	while (*s > lead->last)
		lead++;
	if (lead->rest == NONE)
		return 0;
	if (lead->rest > 0 && (s[1] < lead->low || s[1] > lead->high))
		return 0;
	*c = *s & lead->bits;
	for (size_t i = 1; i <= lead->rest; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (s[i] & 0x3f);
	}
	return lead->rest + 1U;
}

/*
 * C0 and C1 (ECMA-48), the separators of lines and paragraphs, and the marks,
 * overrides and isolates of bidirectional text (UAX #9).
 */
static const struct {
	uint32_t first, last;
} commands[] = {
	{0x00, 0x1f},	  {0x7f, 0x9f},	    {0x61c, 0x61c},
	{0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x2069},
};

int utf8_commands(uint32_t c)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (c >= commands[i].first && c <= commands[i].last)
			return 1;
	return 0;
}

int utf8_is_read(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
