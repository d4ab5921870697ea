/* SPDX-License-Identifier: ISC */
/* ip4.c - the text of an IPv4 address. Pure. */
#include "public.h"
#include "sys/compiler.h"

#include <string.h>

const char ip4loopback[4] = {127, 0, 0, 1};

static unsigned int digit_of(char c)
{
	return (unsigned int)(unsigned char)c - '0';
}

/* Reads a number whole: the bytes it takes, 1 to 3, or 0. */
static inline size_t scan_number(const char *src, char *out)
{
	unsigned int value = digit_of(src[0]);
	unsigned int digit;
	size_t len = 1;

	if (value > 9)
		return 0;
	if (value > 0 && (digit = digit_of(src[1])) < 10) {
		value = value * 10 + digit;
		len = 2;
		if ((digit = digit_of(src[2])) < 10) {
			value = value * 10 + digit;
			len = 3;
		}
	}
	*out = (char)value;
	return value > 255 || digit_of(src[len]) < 10 ? 0 : len;
}

size_t scan_ip4(const char *src, char ip[4])
{
	char out[4];
	size_t len = 0;
	size_t n;

	for (int i = 0; i < 4; i++) {
		if (i > 0 && src[len++] != '.')
			return 0;
		n = scan_number(src + len, &out[i]);
		if (n == 0)
			return 0;
		len += n;
	}
	if (ip)
		memcpy(ip, out, 4);
	return len;
}

/*
 * A leading zero is written, and then overwritten: no branch depends on the
 * value.
 */
static char *put_number(char *dest, unsigned int n)
{
	*dest = (char)('0' + n / 100);
	dest += n > 99;
	*dest = (char)('0' + n / 10 % 10);
	dest += n > 9;
	*dest = (char)('0' + n % 10);
	return dest + 1;
}

/* Apart, for a buffer here makes the stack of the function be guarded. */
SYS_RARE static size_t length_of(const char ip[4])
{
	char discarded[IP4_FMT];

	return fmt_ip4(discarded, ip);
}

size_t fmt_ip4(char *dest, const char ip[4])
{
	char *p = dest;

	if (!dest)
		return length_of(ip);
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			*p++ = '.';
		p = put_number(p, (unsigned char)ip[i]);
	}
	return (size_t)(p - dest);
}
