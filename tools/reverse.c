/* SPDX-License-Identifier: ISC */
/* reverse.c - reverse names: what DNS asks for the host of an address. Pure. */
#include "reverse.h"

#include <socket6.h>
#include <string.h>

enum { BITS = 128 };

/* Below each name labels follow, the last label for the first bits. */
static const struct tree {
	const char *name;
	unsigned int before; /* bits of the address that have no label */
	unsigned int width;  /* bits of a label */
	unsigned int base, digits;
} trees[] = {
	{"ip6.arpa", 0, 4, 16, 1},
	{"in-addr.arpa", 96, 8, 10, 3},
};

static const char all_digits[] = "0123456789abcdef";

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the name is that of the tree or below it, whose labels end there. */
static int is_in(const struct tree *tree, const char *name, size_t len,
		 size_t *end)
{
	size_t n = strlen(tree->name);

	if (len < n || (len > n && name[len - n - 1] != '.'))
		return 0;
	*end = len - n;
	for (size_t i = 0; i < n; i++)
		if (lower(name[*end + i]) != tree->name[i])
			return 0;
	return 1;
}

/* The value of a label, without leading zeros, or -1. */
static int read_label(const struct tree *tree, const char *label, size_t len)
{
	unsigned int value = 0;
	const char *digit;

	if (len == 0 || len > tree->digits || (len > 1 && *label == '0'))
		return -1;
	for (size_t i = 0; i < len; i++) {
		digit = memchr(all_digits, lower(label[i]), tree->base);
		if (!digit)
			return -1;
		value = value * tree->base + (unsigned)(digit - all_digits);
	}
	return value >> tree->width ? -1 : (int)value;
}

/* How far a label of this width is from the end of its byte. */
static unsigned int shift(const struct tree *tree, unsigned int bit)
{
	return 8 - bit % 8 - tree->width;
}

/* The labels that end there, each with its dot, from the last to the first. */
static int read_labels(const struct tree *tree, const char *name, size_t end,
		       char *ip, unsigned int *bits)
{
	size_t begin;
	int value;

	for (; end > 0; end = begin) {
		begin = end - 1;
		while (begin > 0 && name[begin - 1] != '.')
			begin--;
		value = read_label(tree, name + begin, end - 1 - begin);
		if (value == -1 || *bits == BITS)
			return 0;
		ip[*bits / 8] |= (char)(value << shift(tree, *bits));
		*bits += tree->width;
	}
	return 1;
}

int reverse_read(const char *name, char ip[16], unsigned int *bits)
{
	size_t len = strlen(name), end;
	const struct tree *tree = trees;
	char out[16] = {0};
	unsigned int n;

	if (len > 0 && name[len - 1] == '.')
		len--;
	if (!is_in(tree, name, len, &end) && !is_in(++tree, name, len, &end))
		return 0;
	n = tree->before;
	memcpy(out, V4mappedprefix, n / 8);
	if (!read_labels(tree, name, end, out, &n))
		return 0;
	memcpy(ip, out, sizeof out);
	*bits = n;
	return 1;
}

static char *put_number(char *p, unsigned int value, unsigned int base)
{
	if (value >= base)
		p = put_number(p, value / base, base);
	*p++ = all_digits[value % base];
	return p;
}

const char *reverse_write(char name[REVERSE_FMT], const char ip[16],
			  unsigned int bits)
{
	const struct tree *tree = &trees[bits >= 96 && ip6_isv4mapped(ip)];
	unsigned int value;
	char *p = name;

	if ((bits - tree->before) % tree->width)
		return NULL;
	while (bits > tree->before) {
		bits -= tree->width;
		value = (unsigned char)ip[bits / 8];
		value = value >> shift(tree, bits) &
			(0xff >> (8 - tree->width));
		p = put_number(p, value, tree->base);
		*p++ = '.';
	}
	strcpy(p, tree->name);
	return name;
}
