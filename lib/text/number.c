/* SPDX-License-Identifier: ISC */
/* number.c - decimal numbers in text. */
#include "text.h"

int socket6_decimal(const char *src, size_t len, uint32_t max, uint32_t *out)
{
	uint64_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (src[i] < '0' || src[i] > '9')
			return 0;
		n = n * 10 + (uint64_t)(src[i] - '0');
		if (n > max)
			return 0;
	}
	*out = (uint32_t)n;
	return len > 0;
}

size_t socket6_scan_port(const char *src, uint16_t *port)
{
	size_t len = 0;
	uint32_t n;

	while (src[len] >= '0' && src[len] <= '9')
		len++;
	if ((src[0] == '0' && len > 1) ||
	    !socket6_decimal(src, len, UINT16_MAX, &n))
		return 0;
	*port = (uint16_t)n;
	return len;
}

size_t socket6_fmt_decimal(char *dest, uint32_t n)
{
	size_t len = 1;

	for (uint32_t rest = n; rest > 9; rest /= 10)
		len++;
	for (size_t i = len; i-- > 0; n /= 10)
		dest[i] = (char)('0' + n % 10);
	return len;
}
