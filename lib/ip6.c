/* SPDX-License-Identifier: ISC */
/* ip6.c - the text of an IPv6 address. Pure. */
#include "public.h"

#include <string.h>

const char V4mappedprefix[12] = {[10] = '\xff', [11] = '\xff'};
const char V6loopback[16] = {[15] = 1};
const char V6any[16] = {0};

/* The private copy, for the public one is the program's to interpose. */
static const char v4mapped[12] = {[10] = '\xff', [11] = '\xff'};

/* The value of a hexadecimal digit, 16 or more if it is none. */
static unsigned int hex(char c)
{
	unsigned int n = (unsigned int)(unsigned char)c - '0';

	if (n <= 9)
		return n;
	n = ((unsigned int)(unsigned char)c | 0x20) - 'a';
	return n <= 5 ? n + 10 : 16;
}

/* Reads a group whole: the bytes it takes, 1 to 4, or 0. */
static size_t scan_group(const char *src, unsigned char out[2])
{
	unsigned int value = 0;
	size_t i = 0;

	while (i < 4 && hex(src[i]) < 16)
		value = value << 4 | hex(src[i++]);
	if (i == 0 || hex(src[i]) < 16)
		return 0;
	out[0] = (unsigned char)(value >> 8);
	out[1] = (unsigned char)value;
	return i;
}

/* An address as far as it is read: whole groups in ip, and where :: stood. */
struct reading {
	const char *src;
	size_t valid; /* bytes that make an address, 0 if none yet */
	int groups;
	int gap; /* the groups before ::, -1 without one */
	unsigned char ip[16];
};

/* The groups there is room for: :: stands for one at least. */
static int room(const struct reading *r)
{
	return (r->gap < 0 ? 8 : 7) - r->groups;
}

static int read_gap(struct reading *r, size_t at)
{
	if (r->gap >= 0 || room(r) == 0 || r->src[at] != ':' ||
	    r->src[at + 1] != ':')
		return 0;
	r->gap = r->groups;
	r->valid = at + 2;
	return 1;
}

/* A dotted quad ends an address, in the place of the last two groups. */
static int read_quad(struct reading *r, size_t at)
{
	size_t len;

	if (room(r) < 2 || (r->gap < 0 && r->groups != 6))
		return 0;
	len = scan_ip4(r->src + at, (char *)r->ip + 2 * r->groups);
	if (len == 0)
		return 0;
	r->groups += 2;
	r->valid = at + len;
	return 1;
}

/* Reads groups from here on for as long as they are part of an address. */
static void read_groups(struct reading *r, size_t at)
{
	size_t len;

	while (room(r) > 0) {
		len = scan_group(r->src + at, r->ip + 2 * r->groups);
		if (len == 0)
			return;
		if (r->src[at + len] == '.' && read_quad(r, at))
			return;
		at += len;
		r->groups++;
		if (r->gap >= 0 || r->groups == 8)
			r->valid = at;
		if (r->src[at] != ':')
			return;
		at += read_gap(r, at) ? 2 : 1;
	}
}

/* Moves what followed :: to the end, and zeroes the gap. */
static void expand(struct reading *r)
{
	size_t head = 2 * (size_t)r->gap;
	size_t tail = 2 * (size_t)r->groups - head;

	memmove(r->ip + 16 - tail, r->ip + head, tail);
	memset(r->ip + head, 0, 16 - tail - head);
}

static size_t scan_v4mapped(const char *src, char *ip)
{
	char ip4[4];
	size_t len = scan_ip4(src, ip4);

	if (len > 0 && ip) {
		memcpy(ip, v4mapped, 12);
		memcpy(ip + 12, ip4, 4);
	}
	return len;
}

size_t scan_ip6(const char *src, char ip[16])
{
	struct reading r = {.src = src, .gap = -1};

	read_groups(&r, read_gap(&r, 0) ? 2 : 0);
	if (r.valid == 0)
		return scan_v4mapped(src, ip);
	if (r.gap >= 0)
		expand(&r);
	if (ip)
		memcpy(ip, r.ip, 16);
	return r.valid;
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

static const char digits[16] = {'0', '1', '2', '3', '4', '5', '6', '7',
				'8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

static size_t fmt_group(char *dest, unsigned int value)
{
	size_t len = value > 0xfff ? 4 : value > 0xff ? 3 : value > 0xf ? 2 : 1;

	for (size_t i = len; i-- > 0; value >>= 4)
		dest[i] = digits[value & 15];
	return len;
}

static size_t fmt_groups(char *dest, const char *ip)
{
	int length;
	int start = longest_run(ip, &length);
	size_t len = 0;

	for (int i = 0; i < 8; i++) {
		if (i == start) {
			dest[len++] = ':';
			dest[len++] = ':';
			i += length - 1;
			continue;
		}
		if (i > 0 && dest[len - 1] != ':')
			dest[len++] = ':';
		len += fmt_group(dest + len, group(ip, i));
	}
	return len;
}

size_t fmt_ip6(char *dest, const char ip[16])
{
	char discarded[IP6_FMT];

	if (!dest)
		dest = discarded;
	if (memcmp(ip, v4mapped, 12) != 0)
		return fmt_groups(dest, ip);
	memcpy(dest, "::ffff:", 7);
	return 7 + fmt_ip4(dest + 7, ip + 12);
}

size_t fmt_ip6c(char *dest, const char ip[16])
{
	if (memcmp(ip, v4mapped, 12) == 0)
		return fmt_ip4(dest, ip + 12);
	return fmt_ip6(dest, ip);
}

size_t scan_ip6_flat(const char *src, char ip[16])
{
	char out[16];

	for (int i = 0; i < 16; i++) {
		if (hex(src[2 * i]) > 15 || hex(src[2 * i + 1]) > 15)
			return 0;
		out[i] = (char)(hex(src[2 * i]) << 4 | hex(src[2 * i + 1]));
	}
	if (hex(src[32]) < 16)
		return 0;
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
