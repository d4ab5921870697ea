/* SPDX-License-Identifier: ISC */
/*
 * any_group.c - any put_group, put_last and scan_group that do for a group what
 * group_ip6.c proves: what the first two have written is kept, and scan_group
 * reads it, in the same order. Nothing is taken for a dotted quad.
 */
#include "prove.h"

static struct {
	const char *at;
	size_t len;
	unsigned int value;
	char digits[4];
} groups[8];
static size_t written, read;

char *instead_of_put_last(char *dest, unsigned int value)
{
	size_t len = nondet_size();

	ASSUME(len >= 1 && len <= 4);
	MUST(written < 8);
	groups[written].at = dest;
	groups[written].len = len;
	groups[written].value = value;
	for (size_t i = 0; i < 4; i++) {
		groups[written].digits[i] = nondet_char();
		ASSUME(is_hex(groups[written].digits[i]));
		if (i < len)
			dest[i] = groups[written].digits[i];
	}
	written++;
	return dest + len;
}

char *instead_of_put_group(char *dest, const char *ip)
{
	const unsigned char *byte = (const unsigned char *)ip;
	char *end = instead_of_put_last(dest, byte[0] * 256u + byte[1]);

	*end = nondet_char();
	return end;
}

size_t instead_of_scan_group(const char *src, unsigned int *value)
{
	size_t len;

	if (!is_hex(src[0]))
		return 0;
	MUST(read < written && src == groups[read].at);
	len = groups[read].len;
	for (size_t i = 0; i < 4; i++)
		MUST(i >= len || src[i] == groups[read].digits[i]);
	MUST(!is_hex(src[len]));
	*value = groups[read++].value;
	return len;
}

size_t scan_ip4(const char *src, char ip[4])
{
	MUST(!"there is a dot");
	return 0;
}
