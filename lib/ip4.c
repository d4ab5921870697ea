/* SPDX-License-Identifier: ISC */
/* ip4.c - the text of an IPv4 address. Pure. */
#include "public.h"

#include <string.h>

const char ip4loopback[4] = {127, 0, 0, 1};

static unsigned int digit(char c)
{
	return (unsigned int)(unsigned char)c - '0';
}

/* Reads a number whole: the bytes it takes, or 0. */
static size_t scan_number(const char *src, unsigned char *out)
{
	unsigned int n = digit(src[0]);
	size_t i = 1;

	if (n > 9)
		return 0;
	while (n > 0 && i < 3 && digit(src[i]) <= 9)
		n = n * 10 + digit(src[i++]);
	if (n > 255 || digit(src[i]) <= 9)
		return 0;
	*out = (unsigned char)n;
	return i;
}

size_t scan_ip4(const char *src, char ip[4])
{
	unsigned char out[4];
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

static size_t fmt_number(char *dest, unsigned int n)
{
	size_t len = n > 99 ? 3 : n > 9 ? 2 : 1;

	for (size_t i = len; i-- > 0; n /= 10)
		dest[i] = (char)('0' + n % 10);
	return len;
}

size_t fmt_ip4(char *dest, const char ip[4])
{
	char discarded[IP4_FMT];
	size_t len = 0;

	if (!dest)
		dest = discarded;
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			dest[len++] = '.';
		len += fmt_number(dest + len, (unsigned char)ip[i]);
	}
	return len;
}
