/* SPDX-License-Identifier: ISC */
/*
 * proxy.c - the PROXY protocol, versions 1 and 2: proxy-protocol.txt of
 * HAProxy, sections 2.1 and 2.2.
 */
#include "public.h"
#include "text.h"

enum { NONE = -1, MORE = 0, READ = 1 };

struct ends {
	struct socket_addr6 from, to;
};

/* ---- version 1, a line ---- */

/* With its CRLF; and the longest text of an address. */
enum { LINE = 107, FIELD = 45 };

struct line {
	const char *at, *end;
};

static int literal(struct line *l, const char *text)
{
	size_t len = strlen(text), left = (size_t)(l->end - l->at);

	if (memcmp(l->at, text, left < len ? left : len) != 0)
		return NONE;
	if (left < len)
		return MORE;
	l->at += len;
	return READ;
}

/* Each gives the bytes that it reads. */
typedef size_t reader(const char *text, void *to);

static size_t read_ip4(const char *text, void *to)
{
	char ip4[4] = {0};
	size_t len = scan_ip4(text, ip4);

	addr_map(to, ip4);
	return len;
}

static size_t read_ip6(const char *text, void *to)
{
	return scan_ip4(text, NULL) ? 0 : scan_ip6(text, to);
}

static size_t read_port(const char *text, void *to)
{
	return socket6_scan_port(text, to);
}

/* Whether bytes can follow with which the text is one. */
static int can_go_on(char *text, size_t len, reader *read, void *to)
{
	static const char *const rests[] = {
		"",    "0",    ":",	"::",	  ".0",
		"0.0", ".0.0", "0.0.0", ".0.0.0", "0.0.0.0"};

	for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
		strcpy(text + len, rests[i]);
		if (read(text, to) == len + strlen(rests[i]))
			return MORE;
	}
	return NONE;
}

/* As far as the byte that ends it. */
static int field(struct line *l, char end, reader *read, void *to)
{
	char text[FIELD + 8];
	size_t len = 0, left = (size_t)(l->end - l->at);

	while (len < left && len <= FIELD && l->at[len] != end)
		len++;
	if (len > FIELD)
		return NONE;
	memcpy(text, l->at, len);
	text[len] = '\0';
	if (len == left)
		return can_go_on(text, len, read, to);
	if (len == 0 || read(text, to) != len)
		return NONE;
	l->at += len + 1;
	return READ;
}

static int read_fields(struct line *l, reader *ip, struct ends *to)
{
	int r;

	if ((r = field(l, ' ', ip, to->from.ip)) != READ ||
	    (r = field(l, ' ', ip, to->to.ip)) != READ ||
	    (r = field(l, ' ', read_port, &to->from.port)) != READ ||
	    (r = field(l, '\r', read_port, &to->to.port)) != READ)
		return r;
	return literal(l, "\n");
}

/* What follows says nothing. */
static int read_unknown(struct line *l)
{
	if (l->at < l->end && *l->at != ' ' && *l->at != '\r')
		return NONE;
	for (; l->end - l->at >= 2; l->at++)
		if (memcmp(l->at, "\r\n", 2) == 0) {
			l->at += 2;
			return READ;
		}
	return MORE;
}

static int read_line(struct line *l, struct ends *to)
{
	int r;

	if ((r = literal(l, "PROXY ")) != READ)
		return r;
	if ((r = literal(l, "TCP4 ")) == READ)
		return read_fields(l, read_ip4, to);
	if (r == NONE && (r = literal(l, "TCP6 ")) == READ)
		return read_fields(l, read_ip6, to);
	if (r == NONE && (r = literal(l, "UNKNOWN")) == READ)
		return read_unknown(l);
	return r;
}

static int scan_line(const char *src, size_t len, struct ends *to)
{
	struct line l = {src, src + (len < LINE ? len : LINE)};
	int r = read_line(&l, to);

	if (r == READ)
		return (int)(l.at - src);
	return len < LINE ? r : NONE;
}

/* ---- version 2, bytes ---- */

/* Its bytes: the version and command, the family and transport, the length. */
enum { COMMAND = 12, FAMILY = 13, LENGTH = 14, HEADER = 16 };
enum { LOCAL = 0x20, PROXY = 0x21 };
/* One without addresses, with the signature that every one has. */
static const char local[HEADER] = "\r\n\r\n\0\r\nQUIT\n\x20\0\0";

enum { INET = 1, INET6 = 2, UNIX = 3, STREAM = 1, DGRAM = 2 };

static uint16_t number(const char *at)
{
	const unsigned char *byte = (const unsigned char *)at;

	return (uint16_t)(byte[0] << 8 | byte[1]);
}

/* Two addresses of so many bytes, then two ports. */
static void read_ends(const char *at, size_t len, struct ends *to)
{
	const char *from = at, *asked = at + len, *ports = at + 2 * len;

	if (len == 4) {
		addr_map(to->from.ip, from);
		addr_map(to->to.ip, asked);
	} else {
		memcpy(to->from.ip, from, 16);
		memcpy(to->to.ip, asked, 16);
	}
	to->from.port = number(ports);
	to->to.port = number(ports + 2);
}

static int is_header(const char bytes[HEADER])
{
	unsigned char family = (unsigned char)bytes[FAMILY];

	return memcmp(bytes, local, COMMAND) == 0 &&
	       (bytes[COMMAND] == LOCAL || bytes[COMMAND] == PROXY) &&
	       family >> 4 <= UNIX && (family & 15) <= DGRAM;
}

/* Whether so few bytes may begin one. */
static int can_be_header(const char *src, size_t len)
{
	char bytes[HEADER];

	memcpy(bytes, local, sizeof bytes);
	memcpy(bytes, src, len);
	return is_header(bytes);
}

static int scan_binary(const char *src, size_t len, struct ends *to)
{
	/* The least that follows, by family. */
	static const unsigned char least[] = {0, 12, 36, 216};
	unsigned int family, length;

	if (len < HEADER)
		return can_be_header(src, len) ? MORE : NONE;
	if (!is_header(src))
		return NONE;
	family = (unsigned char)src[FAMILY] >> 4;
	length = number(src + LENGTH);
	if (src[COMMAND] == PROXY && length < least[family])
		return NONE;
	if (len < HEADER + length)
		return MORE;
	if (src[COMMAND] == PROXY && src[FAMILY] & 15 &&
	    (family == INET || family == INET6))
		read_ends(src + HEADER, family == INET ? 4 : 16, to);
	return (int)(HEADER + length);
}

int scan_proxy(const char *src, size_t len, struct socket_addr6 *from,
	       struct socket_addr6 *to)
{
	struct ends ends = {.from = {.port = 0}};
	int n;

	if (len == 0)
		return MORE;
	n = src[0] == 'P' ? scan_line(src, len, &ends)
			  : scan_binary(src, len, &ends);
	if (n <= 0)
		return n;
	if (from)
		*from = ends.from;
	if (to)
		*to = ends.to;
	return n;
}

static void put_number(char *at, unsigned int n)
{
	at[0] = (char)(n >> 8);
	at[1] = (char)n;
}

static void put_ends(char *at, size_t len, const struct socket_addr6 *from,
		     const struct socket_addr6 *to)
{
	memcpy(at, from->ip + 16 - len, len);
	memcpy(at + len, to->ip + 16 - len, len);
	put_number(at + 2 * len, from->port);
	put_number(at + 2 * len + 2, to->port);
}

size_t fmt_proxy(char *dest, const struct socket_addr6 *from,
		 const struct socket_addr6 *to)
{
	int is_proxy = from && to;
	int is_inet = is_proxy && addr_is_v4mapped(from->ip) &&
		      addr_is_v4mapped(to->ip);
	size_t len = is_inet ? 4 : 16, length = is_proxy ? 2 * len + 4 : 0;

	if (!dest)
		return HEADER + length;
	memcpy(dest, local, sizeof local);
	if (!is_proxy)
		return HEADER;
	dest[COMMAND] = PROXY;
	dest[FAMILY] = (char)((is_inet ? INET : INET6) << 4 | STREAM);
	put_number(dest + LENGTH, (unsigned int)length);
	put_ends(dest + HEADER, len, from, to);
	return HEADER + length;
}
