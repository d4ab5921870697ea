/* SPDX-License-Identifier: ISC */
/* prefix.c - the leading bits that addresses have in common. */
#include "public.h"
#include "text.h"

enum { BITS = 128, MAPPED_BITS = 96 };

int socket_match6(const char ip[16], const char net[16], unsigned int bits)
{
	uint64_t first = addr_half(ip) ^ addr_half(net);
	uint64_t last = addr_half(ip + 8) ^ addr_half(net + 8);

	if (bits == 0)
		return 1;
	if (bits <= 64)
		return first >> (64 - bits) == 0;
	return bits <= BITS && first == 0 && last >> (BITS - bits) == 0;
}

/* Whether all bits after the first ones are 0. */
static int has_no_host(const char ip[16], unsigned int bits)
{
	uint64_t first = addr_half(ip), last = addr_half(ip + 8);

	if (bits >= 64)
		return bits == BITS || last << (bits - 64) == 0;
	return first << bits == 0 && last == 0;
}

size_t scan_ip6prefix(const char *src, char ip[16], unsigned int *bits)
{
	char net[16], ip4[4];
	size_t len = scan_ip6(src, net), digits;
	unsigned int before;
	uint16_t n;

	if (len == 0 || src[len] != '/')
		return 0;
	before = scan_ip4(src, ip4) == len ? MAPPED_BITS : 0;
	digits = socket6_scan_port(src + len + 1, &n);
	if (digits == 0 || n > BITS - before || !has_no_host(net, before + n))
		return 0;
	if (ip)
		memcpy(ip, net, sizeof net);
	if (bits)
		*bits = before + n;
	return len + 1 + digits;
}

size_t fmt_ip6prefix(char *dest, const char ip[16], unsigned int bits)
{
	char text[SOCKET_PREFIX_FMT];
	int is_inet = addr_is_v4mapped(ip) && bits >= MAPPED_BITS;
	size_t len;

	if (bits > BITS)
		return 0;
	len = is_inet ? fmt_ip6c(text, ip) : fmt_ip6(text, ip);
	text[len++] = '/';
	len += socket6_fmt_decimal(text + len,
				   is_inet ? bits - MAPPED_BITS : bits);
	if (dest)
		memcpy(dest, text, len);
	return len;
}
