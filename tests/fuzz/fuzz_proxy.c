/* SPDX-License-Identifier: ISC */
/*
 * fuzz_proxy.c - PROXY headers beside a slow reader of whole ones
 * (proxy-protocol.txt, sections 2.1 and 2.2).
 */
#include "fuzz.h"
#include "reference.h"

#include <errno.h>
#include <socket6.h>

struct ends {
	struct socket_addr6 from, to;
};

/* ---- a slow reader ---- */

/* A word and the space after it, cut out with a NUL; or the rest. */
static char *word(char **at)
{
	char *begin = *at;
	char *space = strchr(begin, ' ');

	if (space)
		*space = '\0';
	*at = space ? space + 1 : begin + strlen(begin);
	return begin;
}

static int is_ip(const char *text, int v4, char *ip)
{
	char ip4[4];
	int is_ip4 = reference_scan_ip4(text, ip4) > 0;
	size_t len = reference_scan_ip6(text, ip);

	return len > 0 && text[len] == '\0' && is_ip4 == v4;
}

static int is_port(const char *text, uint16_t *port)
{
	unsigned int n;
	size_t len = reference_scan_number(text, 65535, &n);

	*port = (uint16_t)n;
	return len > 0 && text[len] == '\0';
}

/* The line without its CRLF. */
static int is_line(char *line, struct ends *e)
{
	char *at = line + 6, *kind;
	int spaces = 0, v4;

	if (strncmp(line, "PROXY ", 6) != 0)
		return 0;
	if (strncmp(at, "UNKNOWN", 7) == 0)
		return at[7] == '\0' || at[7] == ' ' || at[7] == '\r';
	for (const char *c = line; *c; c++)
		spaces += *c == ' ';
	kind = word(&at);
	v4 = strcmp(kind, "TCP4") == 0;
	if (spaces != 5 || (!v4 && strcmp(kind, "TCP6") != 0))
		return 0;
	return is_ip(word(&at), v4, e->from.ip) &&
	       is_ip(word(&at), v4, e->to.ip) &&
	       is_port(word(&at), &e->from.port) &&
	       is_port(word(&at), &e->to.port);
}

/* The length of a whole line, which has no NUL but where nobody looks, or 0. */
static size_t whole_line(const char *src, size_t len, struct ends *e)
{
	char line[108] = "";

	for (size_t i = 0; i + 1 < len && i + 1 < 107; i++) {
		line[i] = src[i] ? src[i] : '?';
		if (src[i] != '\r' || src[i + 1] != '\n')
			continue;
		line[i] = '\0';
		return is_line(line, e) ? i + 2 : 0;
	}
	return 0;
}

static uint16_t number(const char *at)
{
	return (uint16_t)((unsigned char)at[0] * 256 + (unsigned char)at[1]);
}

static void put_end(struct socket_addr6 *a, const char *ip, int v4,
		    const char *port)
{
	static const char mapped[] = "\0\0\0\0\0\0\0\0\0\0\xff\xff";

	memcpy(a->ip, mapped, v4 ? 12 : 0);
	memcpy(a->ip + (v4 ? 12 : 0), ip, v4 ? 4 : 16);
	a->port = number(port);
}

static size_t whole_binary(const char *src, size_t len, struct ends *e)
{
	static const size_t least[] = {0, 12, 36, 216};
	int command, family, kind;
	size_t rest;

	if (len < 16 || memcmp(src, "\r\n\r\n\0\r\nQUIT\n", 12) != 0)
		return 0;
	command = (unsigned char)src[12];
	family = (unsigned char)src[13] / 16;
	kind = (unsigned char)src[13] % 16;
	rest = number(src + 14);
	if ((command != 0x20 && command != 0x21) || family > 3 || kind > 2)
		return 0;
	if ((command == 0x21 && rest < least[family]) || len - 16 < rest)
		return 0;
	if (command == 0x21 && kind > 0 && (family == 1 || family == 2)) {
		size_t width = family == 1 ? 4 : 16;

		put_end(&e->from, src + 16, family == 1, src + 16 + 2 * width);
		put_end(&e->to, src + 16 + width, family == 1,
			src + 18 + 2 * width);
	}
	return 16 + rest;
}

/* The header at the beginning, or 0: it is none, or more must come. */
static size_t reference_scan(const char *src, size_t len, struct ends *e)
{
	memset(e, 0, sizeof *e);
	return len > 0 && src[0] == 'P' ? whole_line(src, len, e)
					: whole_binary(src, len, e);
}

/* ---- what holds ---- */

static int scan(const char *src, size_t len, struct ends *e)
{
	char *exact = fuzz_copy(src, len);
	struct ends blank;
	int n;

	memset(&blank, 0x5a, sizeof blank);
	*e = blank;
	errno = 0x5a;
	n = scan_proxy(exact, len, &e->from, &e->to);
	require(errno == 0x5a && n >= -1 && n <= (int)len);
	require(scan_proxy(exact, len, NULL, NULL) == n);
	require(n > 0 || memcmp(e, &blank, sizeof blank) == 0);
	fuzz_free(exact);
	return n;
}

/* A header is not found in a part of it, nor refused. */
static void check_parts(const char *src, size_t len)
{
	struct ends e;
	size_t step = len > 128 ? len / 64 : 1;

	for (size_t part = 0; part < len; part += step)
		require(scan(src, part, &e) == 0);
	if (len > 0)
		require(scan(src, len - 1, &e) == 0);
}

/* What is none becomes none, whatever follows. */
static void check_refused(const char *src, size_t len)
{
	static const char *const more[] = {"\r\n", " 1\r\n", "0 0\r\n", "::"};
	char longer[600];
	struct ends e;

	if (len > sizeof longer - 8)
		return;
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		memcpy(longer, src, len);
		memcpy(longer + len, more[i], strlen(more[i]));
		require(scan(longer, len + strlen(more[i]), &e) == -1);
	}
}

/* What may go on as a binary header does so with zeros. */
static void check_unfinished(const char *src, size_t len)
{
	static char longer[65551 + 1];
	struct ends e;
	size_t n;

	require(len < 65551);
	if (len == 0 || src[0] == 'P') {
		require(len < 107);
		return;
	}
	if (len < 16 || len > 4096)
		return;
	n = 16 + (size_t)number(src + 14);
	if (n > 4096)
		return;
	memset(longer, 0, n);
	memcpy(longer, src, len);
	require(scan(longer, n, &e) == (int)n);
}

struct pair {
	const struct socket_addr6 *from, *to;
};

static size_t write_ends(char *dest, const void *value)
{
	const struct pair *p = value;

	return fmt_proxy(dest, p->from, p->to);
}

static void check_fmt(const struct ends *e)
{
	struct pair p = {&e->from, &e->to};
	size_t len = write_ends(NULL, &p);
	char *exact = fuzz_room(len);
	struct ends back;

	require(len == (ip6_isv4mapped(e->from.ip) && ip6_isv4mapped(e->to.ip)
				? 28
				: 52));
	require(write_ends(exact, &p) == len);
	require(scan(exact, len, &back) == (int)len);
	require(memcmp(&back, e, sizeof back) == 0);
	fuzz_free(exact);
}

FUZZ(proxy)
{
	const char *src = (const char *)data;
	struct ends e, expected;
	int n = scan(src, size, &e);
	size_t whole = reference_scan(src, size, &expected);

	require((size_t)(n > 0 ? n : 0) == whole);
	if (n > 0) {
		require(memcmp(&e, &expected, sizeof e) == 0);
		check_parts(src, whole);
		check_fmt(&e);
	} else if (n == -1) {
		check_refused(src, size);
	} else {
		check_parts(src, size);
		check_unfinished(src, size);
	}
}
