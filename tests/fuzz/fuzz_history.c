/* SPDX-License-Identifier: ISC */
/*
 * fuzz_history.c - a history: its text, and what it knows. The first bytes are
 * how many networks it is for, the second of the clocks, and how large a buffer
 * it is saved to; then come five events, and the rest is a text.
 */
#include "fuzz.h"

#include "dial/history.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 18, LINE = 27, ROOM = 1 << 15, EVENTS = 5 };
static const char head[] = "socket6-history 1\n";

struct case_of {
	struct socket_history *h;
	size_t max;
	int64_t now;
	uint32_t day;
};

/* ---- its text ---- */

static int is_word(const char *s, char after)
{
	for (int i = 0; i < 8; i++)
		if (!s[i] || !strchr("0123456789abcdef", s[i]))
			return 0;
	return s[8] == after;
}

static int is_line(const char *s)
{
	return is_word(s, ' ') && is_word(s + 9, ' ') && is_word(s + 18, '\n');
}

/* How many lines, or -1 if it is no history. */
static int lines_of(const char *s, size_t len)
{
	if (len < HEAD || memcmp(s, head, HEAD) != 0 || (len - HEAD) % LINE)
		return -1;
	for (size_t at = HEAD; at < len; at += LINE)
		if (!is_line(s + at))
			return -1;
	return (int)((len - HEAD) / LINE);
}

/* Nothing is written behind size; the whole lines that fit are those of all. */
static size_t save(const struct case_of *c, char *all, size_t size)
{
	size_t len = socket6_history_write(c->h, c->now, c->day, NULL, 0), fits;
	char *exact = fuzz_room(size);

	require(len <= SOCKET_HISTORY_FMT(c->max) && len <= ROOM);
	require(socket6_history_write(c->h, c->now, c->day, all, len) == len);
	require(lines_of(all, len) >= 0);
	require(socket6_history_write(c->h, c->now, c->day, exact, size) ==
		len);
	fits = size < len ? size : len;
	fits = fits < HEAD ? 0 : fits - (fits - HEAD) % LINE;
	require(memcmp(exact, all, fits) == 0);
	fuzz_free(exact);
	return len;
}

static int has_line(const char *all, size_t len, const char *line)
{
	for (size_t at = HEAD; at < len; at += LINE)
		if (memcmp(all + at, line, LINE) == 0)
			return 1;
	return 0;
}

/* What was saved is loaded, and no line is another one then. */
static void check_saved(const struct case_of *c, size_t size)
{
	static char first[ROOM], second[ROOM];
	struct case_of again = *c;
	size_t len = save(c, first, size), other;

	again.h = socket_history_new(c->max);
	require(again.h);
	require(socket6_history_read(again.h, c->now, c->day, first, len) >= 0);
	other = save(&again, second, size);
	require(other <= len);
	for (size_t at = HEAD; at < other; at += LINE)
		require(has_line(first, len, second + at));
	socket_history_free(again.h);
}

static void check_loaded(const struct case_of *c, const char *text, size_t len)
{
	static char before[ROOM], after[ROOM];
	size_t was = save(c, before, 0);
	char *exact = fuzz_copy(text, len);
	int lines = lines_of(text, len), n;

	errno = 0;
	n = socket6_history_read(c->h, c->now, c->day, exact, len);
	require((n == -1) == (lines == -1) && n <= lines);
	require(n != -1 || (errno == EINVAL && save(c, after, 0) == was &&
			    memcmp(before, after, was) == 0));
	fuzz_free(exact);
}

/* ---- what it knows ---- */

static void read_address(struct input *in, struct socket_addr6 *a)
{
	unsigned int kind = fuzz_byte(in);

	memset(a, 0, sizeof *a);
	if (kind & 1)
		memcpy(a->ip, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
	a->ip[kind & 1 ? 12 : 5] = (char)(kind >> 4);
	a->scope_id = kind >> 1 & 1;
}

/* What was silent a moment ago is known; after an answer nothing is. */
static void happen(struct case_of *c, struct input *in)
{
	struct socket_addr6 a, source;
	unsigned int what = fuzz_byte(in);

	read_address(in, &a);
	read_address(in, &source);
	c->now += (int64_t)(what >> 2) * 10000000;
	c->day += (what >> 2) * 10;
	if (what & 1) {
		socket6_history_silence(c->h, c->now, &a, source.ip);
		require(c->max == 0 ||
			socket6_history_has(c->h, c->now, &a, source.ip));
		require(c->max == 0 ||
			socket6_history_has(c->h, c->now, &a, NULL));
	} else if (what & 2) {
		socket6_history_answer(c->h, c->now, &a);
		require(!socket6_history_has(c->h, c->now, &a, NULL));
	}
}

FUZZ(history)
{
	struct input in = {data, size};
	struct case_of c = {.max = fuzz_byte(&in)};
	size_t buffer;

	c.now = (int64_t)fuzz_byte(&in) * 10000000;
	c.day = 0x60000000 + fuzz_byte(&in);
	buffer = fuzz_byte(&in) * 4;
	c.h = socket_history_new(c.max);
	require(c.h);
	for (int i = 0; i < EVENTS; i++)
		happen(&c, &in);
	check_loaded(&c, (const char *)in.at, in.left);
	check_saved(&c, buffer);
	socket_history_clear(c.h);
	require(socket6_history_write(c.h, c.now, c.day, NULL, 0) == HEAD);
	socket_history_free(c.h);
}
