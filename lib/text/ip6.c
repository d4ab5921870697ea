/* SPDX-License-Identifier: ISC */
/* ip6.c - the text of an IPv6 address. Pure. */
#include "public.h"
#include "text.h"

#include <string.h>

const char V4mappedprefix[12] = {[10] = '\xff', [11] = '\xff'};
const char V6loopback[16] = {[15] = 1};
const char V6any[16] = {0};

/* One more than the value of a hexadecimal digit, 0 for any other byte. */
static const unsigned char hex_digits[256] = {
	['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,	['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* The value of a hexadecimal digit, above 15 if it is none. */
static unsigned int hex(char c)
{
	return hex_digits[(unsigned char)c] - 1u;
}

/* Reads a group whole: the bytes it takes, 1 to 4, or 0. */
static size_t scan_group(const char *src, unsigned int *out)
{
	unsigned int value = 0;
	unsigned int digit;
	size_t len;

	for (len = 0; len < 5 && (digit = hex(src[len])) < 16; len++)
		value = value << 4 | digit;
	*out = value;
	return len < 5 ? len : 0;
}

/*
 * An address as it is read. Bytes after :: go behind 16 zeroes; the last 16 OR
 * the first 16 are the address. Without :: these two are the same.
 */
struct reading {
	char bytes[48]; /* the groups before ::, zeroes, from 32 on the rest */
	char *next;	/* where the next group goes */
	int room;	/* number of groups that still fit */
	int gap;	/* whether :: was read */
};

/* One group at least is left to ::, and there is one :: at most. */
static int open_gap(struct reading *r)
{
	if (r->gap || r->room == 0)
		return 0;
	r->gap = 1;
	r->room--;
	r->next = r->bytes + 32;
	return 1;
}

static void put(struct reading *r, unsigned int value)
{
	*r->next++ = (char)(value >> 8);
	*r->next++ = (char)value;
	r->room--;
}

/* A dotted quad ends an address, in the place of the last two groups. */
static size_t read_quad(struct reading *r, const char *src)
{
	size_t len;

	if (r->gap ? r->room < 2 : r->room != 2)
		return 0;
	len = scan_ip4(src, r->next);
	if (len > 0)
		r->next += 4;
	return len;
}

/* Reads what is part of an address: the bytes that make one, or 0. */
static size_t read_groups(struct reading *r, const char *src)
{
	size_t at = src[0] == ':' && src[1] == ':' && open_gap(r) ? 2 : 0;
	size_t valid = at;
	size_t len, quad;
	unsigned int value;

	while (r->room > 0 && (len = scan_group(src + at, &value)) > 0) {
		if (src[at + len] == '.' && (quad = read_quad(r, src + at)) > 0)
			return at + quad;
		put(r, value);
		at += len;
		if (r->gap || r->room == 0)
			valid = at;
		if (src[at] != ':')
			break;
		at++;
		if (src[at] == ':' && open_gap(r))
			valid = ++at;
	}
	return valid;
}

static size_t scan_v4mapped(const char *src, char *ip)
{
	char ip4[4];
	size_t len = scan_ip4(src, ip4);

	if (len > 0 && ip)
		addr_map(ip, ip4);
	return len;
}

size_t scan_ip6(const char *src, char ip[16])
{
	struct reading r = {.next = r.bytes, .room = 8};
	size_t len = read_groups(&r, src);
	char out[16];

	if (len == 0)
		return scan_v4mapped(src, ip);
	for (int i = 0; i < 16; i++)
		out[i] = (char)(r.bytes[i] | r.next[i - 16]);
	if (ip)
		memcpy(ip, out, 16);
	return len;
}

static unsigned int group(const char *ip, int i)
{
	return (unsigned int)(unsigned char)ip[2 * i] << 8 |
	       (unsigned char)ip[2 * i + 1];
}

/* The longest run of zero groups, at least two; the first of equal ones. */
static int longest_run(const char *ip, int *length)
{
	int start = -1;
	int run = 0;

	*length = 1;
	for (int i = 0; i < 8; i++) {
		run = group(ip, i) == 0 ? run + 1 : 0;
		if (run > *length) {
			*length = run;
			start = i + 1 - run;
		}
	}
	return start;
}

static const char digits[] = HEX_DIGITS;

static char *put_group(char *dest, unsigned int value)
{
	if (value > 0xfff)
		*dest++ = digits[value >> 12];
	if (value > 0xff)
		*dest++ = digits[value >> 8 & 15];
	if (value > 0xf)
		*dest++ = digits[value >> 4 & 15];
	*dest++ = digits[value & 15];
	return dest;
}

/* The run prints as one empty group between colons. */
static size_t fmt_groups(char *dest, const char *ip)
{
	int length;
	int start = longest_run(ip, &length);
	char *p = dest;

	for (int i = 0; i < 8; i += i == start ? length : 1) {
		if (i > 0 || start == 0)
			*p++ = ':';
		if (i != start)
			p = put_group(p, group(ip, i));
	}
	if (start + length == 8)
		*p++ = ':';
	return (size_t)(p - dest);
}

size_t fmt_ip6(char *dest, const char ip[16])
{
	const char *ip4 = addr_unmap(ip);
	char discarded[IP6_FMT];

	if (!dest)
		dest = discarded;
	if (!ip4)
		return fmt_groups(dest, ip);
	memcpy(dest, "::ffff:", 7);
	return 7 + fmt_ip4(dest + 7, ip4);
}

size_t fmt_ip6c(char *dest, const char ip[16])
{
	const char *ip4 = addr_unmap(ip);

	return ip4 ? fmt_ip4(dest, ip4) : fmt_ip6(dest, ip);
}

size_t scan_ip6_flat(const char *src, char ip[16])
{
	char out[16];

	for (int i = 0; i < 16; i++) {
		if (hex(src[2 * i]) > 15 || hex(src[2 * i + 1]) > 15)
			return 0;
		out[i] = (char)(hex(src[2 * i]) << 4 | hex(src[2 * i + 1]));
	}
	if (ip)
		memcpy(ip, out, 16);
	return 32;
}

size_t fmt_ip6_flat(char *dest, const char ip[16])
{
	for (int i = 0; dest && i < 16; i++) {
		dest[2 * i] = digits[(unsigned char)ip[i] >> 4];
		dest[2 * i + 1] = digits[ip[i] & 15];
	}
	return 32;
}
