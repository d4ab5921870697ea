/* SPDX-License-Identifier: ISC */
/* url.c - the host and port of a URL. Pure. */
#include "url.h"

#include <stddef.h>
#include <string.h>

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* The length of a scheme (RFC 3986 section 3.1), if "://" follows; else 0. */
static size_t scheme_of(const char *text)
{
	size_t n = strspn(text, LOWER UPPER DIGITS "+-.");

	if (!strchr(LOWER UPPER, *text) || strncmp(text + n, "://", 3) != 0)
		return 0;
	return n;
}

int url_is(const char *text)
{
	return scheme_of(text) > 0;
}

/* Copies n bytes; -1 if there are none, or too many for size. */
static int copy(char *out, size_t size, const char *text, size_t n)
{
	if (n == 0 || n >= size)
		return -1;
	memcpy(out, text, n);
	out[n] = '\0';
	return 0;
}

/* services(5) has lower case, and the scheme may be in any. */
static void lower(char *text)
{
	for (; *text; text++)
		if (strchr(UPPER, *text))
			*text |= 0x20;
}

/* A zone's % is %25 in a URL (RFC 6874). */
static void unescape_zone(char *host)
{
	char *percent = *host == '[' ? strstr(host, "%25") : NULL;

	if (percent)
		memmove(percent + 1, percent + 3, strlen(percent + 3) + 1);
}

/* Where the host ends: at the port's colon, which none in brackets is. */
static size_t host_of(const char *text, size_t n)
{
	const char *bracket = memchr(text, ']', n);
	size_t begin = bracket ? (size_t)(bracket - text) : 0;
	const char *colon = memchr(text + begin, ':', n - begin);

	return colon ? (size_t)(colon - text) : n;
}

int url_read(struct url *url, const char *text)
{
	size_t scheme = scheme_of(text);
	const char *host = text + scheme + 3;
	size_t n = strcspn(host, "/?#"), len, port;

	for (const char *at; (at = memchr(host, '@', n)) != NULL; host = at + 1)
		n -= (size_t)(at + 1 - host);
	len = host_of(host, n);
	if (copy(url->host, sizeof url->host, host, len) == -1 ||
	    copy(url->service, sizeof url->service, text, scheme) == -1)
		return -1;
	unescape_zone(url->host);
	lower(url->service);
	if (n - len < 2) /* no port, or an empty one */
		return 0;
	port = strspn(host + len + 1, DIGITS);
	return port + 1 == n - len ? copy(url->service, sizeof url->service,
					  host + len + 1, port)
				   : -1;
}
