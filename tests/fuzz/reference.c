/* SPDX-License-Identifier: ISC */
/* reference.c - the text of addresses, read and written in an obvious way. */
#include "reference.h"

#include <stdio.h>
#include <string.h>

/* The longest texts: 255.255.255.255, and six groups before that. */
enum { LONGEST_IP4 = 15, LONGEST_IP6 = 45 };

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static unsigned int value_of(char c)
{
	if (is_digit(c))
		return (unsigned int)(c - '0');
	return (unsigned int)((c | 0x20) - 'a') + 10;
}

/* ---- whole texts ---- */

/* So many digits: at most three, without a leading zero, up to 255. */
static int is_number(const char *s, size_t len, char *to)
{
	unsigned int n = 0;

	if (len < 1 || len > 3 || (len > 1 && s[0] == '0'))
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (!is_digit(s[i]))
			return 0;
		n = 10 * n + value_of(s[i]);
	}
	*to = (char)n;
	return n <= 255;
}

static int is_ip4(const char *s, size_t len, char *ip)
{
	for (int i = 0; i < 4; i++) {
		const char *dot = i < 3 ? memchr(s, '.', len) : s + len;
		size_t n;

		if (!dot)
			return 0;
		n = (size_t)(dot - s);
		if (!is_number(s, n, &ip[i]))
			return 0;
		s = dot + 1;
		len -= i < 3 ? n + 1 : 0;
	}
	return 1;
}

static int is_group(const char *s, size_t len, char *to)
{
	unsigned int n = 0;

	if (len < 1 || len > 4)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (!is_hex(s[i]))
			return 0;
		n = 16 * n + value_of(s[i]);
	}
	to[0] = (char)(n >> 8);
	to[1] = (char)n;
	return 1;
}

/*
 * Groups with colons between them: how many; -1 for any other text. None is 0.
 * Where the address ends, the last may be a dotted quad, which counts as two.
 */
static int read_groups(const char *s, size_t len, int is_end, char *to)
{
	int n = 0;

	if (len == 0)
		return 0;
	while (n < 8) {
		const char *colon = memchr(s, ':', len);
		size_t group = colon ? (size_t)(colon - s) : len;

		if (is_end && !colon && n < 7 && is_ip4(s, len, to + 2 * n))
			return n + 2;
		if (!is_group(s, group, to + 2 * n))
			return -1;
		n++;
		if (!colon)
			return n;
		s = colon + 1;
		len -= group + 1;
	}
	return -1;
}

static const char *find_gap(const char *s, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++)
		if (s[i] == ':' && s[i + 1] == ':')
			return s + i;
	return NULL;
}

/* What is on both sides of ::, with zeros between. */
static int is_ip6(const char *s, size_t len, char *ip)
{
	const char *gap = find_gap(s, len);
	char after[16];
	size_t left;
	int n, m;

	if (!gap)
		return read_groups(s, len, 1, ip) == 8;
	left = (size_t)(gap - s);
	memset(ip, 0, 16);
	n = read_groups(s, left, 0, ip);
	m = read_groups(gap + 2, len - left - 2, 1, after);
	if (n < 0 || m < 0 || n + m > 7)
		return 0;
	memset(ip + 2 * n, 0, 16 - 2 * (size_t)n);
	memcpy(ip + 16 - 2 * m, after, 2 * (size_t)m);
	return 1;
}

/* ---- beginnings of texts ---- */

/* Whether a text that is an address ends there, so that nothing is cut. */
static int ends(const char *s, size_t len)
{
	size_t i = len;

	while (i > 0 && is_hex(s[i - 1]))
		i--;
	if (i == len)
		return 1; /* :: */
	return i > 0 && s[i - 1] == '.' ? !is_digit(s[len]) : !is_hex(s[len]);
}

static size_t most(const char *s, size_t limit)
{
	size_t len = 0;

	while (len < limit &&
	       (is_hex(s[len]) || s[len] == ':' || s[len] == '.'))
		len++;
	return len;
}

size_t reference_scan_ip4(const char *src, char *ip)
{
	for (size_t len = most(src, LONGEST_IP4); len > 0; len--)
		if (ends(src, len) && is_ip4(src, len, ip))
			return len;
	return 0;
}

static int is_either(const char *s, size_t len, char *ip)
{
	static const char mapped[] = "\0\0\0\0\0\0\0\0\0\0\xff\xff";
	char ip4[4];

	if (is_ip6(s, len, ip))
		return 1;
	if (!is_ip4(s, len, ip4))
		return 0;
	memcpy(ip, mapped, 12);
	memcpy(ip + 12, ip4, 4);
	return 1;
}

size_t reference_scan_ip6(const char *src, char *ip)
{
	for (size_t len = most(src, LONGEST_IP6); len > 0; len--)
		if (ends(src, len) && is_either(src, len, ip))
			return len;
	return 0;
}

size_t reference_scan_flat(const char *src, char *ip)
{
	for (int i = 0; i < 32; i++)
		if (!is_hex(src[i]))
			return 0;
	for (int i = 0; i < 16; i++)
		ip[i] = (char)(value_of(src[2 * i]) * 16 +
			       value_of(src[2 * i + 1]));
	return 32;
}

size_t reference_scan_number(const char *src, unsigned int max, unsigned int *n)
{
	size_t len = 0;
	unsigned long long value = 0;

	for (; is_digit(src[len]); len++)
		if (value <= max)
			value = value * 10 + value_of(src[len]);
	if (len == 0 || (len > 1 && src[0] == '0') || value > max)
		return 0;
	*n = (unsigned int)value;
	return len;
}

/* ---- writing ---- */

static unsigned int byte(char c)
{
	return (unsigned char)c;
}

size_t reference_fmt_ip4(char *dest, const char *ip)
{
	return (size_t)sprintf(dest, "%u.%u.%u.%u", byte(ip[0]), byte(ip[1]),
			       byte(ip[2]), byte(ip[3]));
}

static int is_mapped(const char *ip)
{
	for (int i = 0; i < 12; i++)
		if (byte(ip[i]) != (i < 10 ? 0 : 255))
			return 0;
	return 1;
}

/* How many groups are zero from there on. */
static int zeros(const char *ip, int at)
{
	int n = 0;

	while (at + n < 8 && ip[2 * (at + n)] == 0 && ip[2 * (at + n) + 1] == 0)
		n++;
	return n;
}

size_t reference_fmt_ip6(char *dest, const char *ip)
{
	int start = -1, run = 1;
	char *p = dest;

	if (is_mapped(ip))
		return (size_t)sprintf(dest, "::ffff:") +
		       reference_fmt_ip4(dest + 7, ip + 12);
	for (int i = 0; i < 8; i++)
		if (zeros(ip, i) > run) {
			run = zeros(ip, i);
			start = i;
		}
	for (int i = 0; i < 8; i++) {
		if (i == start) {
			p += sprintf(p, "::");
			i += run - 1;
			continue;
		}
		if (i > 0 && i != start + run)
			p += sprintf(p, ":");
		else if (i > 0 && start < 0)
			p += sprintf(p, ":");
		p += sprintf(p, "%x",
			     byte(ip[2 * i]) << 8 | byte(ip[2 * i + 1]));
	}
	return (size_t)(p - dest);
}

size_t reference_fmt_ip6c(char *dest, const char *ip)
{
	return is_mapped(ip) ? reference_fmt_ip4(dest, ip + 12)
			     : reference_fmt_ip6(dest, ip);
}

size_t reference_fmt_flat(char *dest, const char *ip)
{
	for (int i = 0; i < 16; i++)
		sprintf(dest + 2 * i, "%02x", byte(ip[i]));
	return 32;
}
