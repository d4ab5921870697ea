/* SPDX-License-Identifier: ISC */
/* packed.c - a corpus as a text file. */
#include "packed.h"

static const char digits[] = "0123456789abcdef";

static int value_of(int c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

/* The byte that begins with c. */
static int read_byte(FILE *in, int c)
{
	int high;

	if (c != '\\')
		return c;
	high = value_of(getc(in));
	return (high << 4 | value_of(getc(in))) & 255;
}

static int skip_line(FILE *in)
{
	int c;

	do
		c = getc(in);
	while (c != '\n' && c != EOF);
	return getc(in);
}

/* \r is what a checkout on Windows may have added. */
long packed_read(FILE *in, unsigned char bytes[PACKED_MOST])
{
	long len = 0;
	int c = getc(in);

	while (c == '#')
		c = skip_line(in);
	if (c == EOF)
		return -1;
	for (; c != '\n' && c != EOF; c = getc(in))
		if (c != '\r' && len < PACKED_MOST)
			bytes[len++] = (unsigned char)read_byte(in, c);
	return len;
}

void packed_write(FILE *out, const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		int c = bytes[i];

		if (c >= ' ' && c < 127 && c != '\\' && (i > 0 || c != '#'))
			putc(c, out);
		else
			fprintf(out, "\\%c%c", digits[c >> 4], digits[c & 15]);
	}
	putc('\n', out);
}
