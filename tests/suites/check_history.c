/* SPDX-License-Identifier: ISC */
/*
 * check_history.c - what dials learn of silent networks, and for how long.
 *
 * A table below is one behaviour of a history with so much room. A row is a
 * time in seconds, what happens then, and what the history makes of it.
 * Addresses of a list are asked for one by one: those that are silent are
 * expected. A row that expects nothing only tells the history something.
 */
#include "dial/history.h"

#include "dial/source.h"
#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <limits.h>
#include <socket6.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum event {
	NO_MORE,
	DO_SILENCE,
	DO_ANSWER,
	DO_ASK,
	DO_CLEAR,
	DO_REBOOT,
	DO_SAVE,
	DO_COUNT,
	DO_LOAD,
	DO_DIALS,
};

/* Where one is: the IPv4 or the IPv6 source there. */
enum where { HOME, AWAY, HOST, NOWHERE, ANYWHERE };

static const char *const sources[][2] = {
	[HOME] = {"::ffff:198.51.100.1", "2001:db8:5::1"},
	[AWAY] = {"::ffff:203.0.113.1", "2001:db8:6::1"},
	/* The same network with another host's part (RFC 8981), if there is. */
	[HOST] = {"::ffff:198.51.100.2", "2001:db8:5::2"},
	/* The source is not known. */
	[NOWHERE] = {"::ffff:0.0.0.0", "::"},
};

/* They were silent; they answered; which of them are silent? */
#define SILENT(list)		 DO_SILENCE, list, HOME
#define SILENT_FROM(where, list) DO_SILENCE, list, where
#define ANSWERS(list)		 DO_ANSWER, list, HOME
#define ASK(list)		 DO_ASK, list, HOME
#define ASK_FROM(where, list)	 DO_ASK, list, where
#define CLEAR			 DO_CLEAR, "", HOME
/* Saved, and loaded into a new history while the clock begins anew. */
#define REBOOT			 DO_REBOOT, "", HOME
/* The text; how many lines it has after the first. */
#define SAVE			 DO_SAVE, "", HOME
#define COUNT			 DO_COUNT, "", HOME
/* How many are loaded, or an errno. */
#define LOAD(lines)		 DO_LOAD, HEAD_LINE lines, HOME

/* So many dials ask whether to heed the history: which of them shall not. */
#define DIALS(number) DO_DIALS, number, HOME

#define HEAD_LINE "socket6-history 1\n"

/* The second of the day's clock at 0: 60000258 is ten minutes later. */
enum { DAY = 0x60000000 };

struct row {
	int seconds;
	enum event event;
	const char *what;
	enum where where;
	const char *expected;
};

struct table {
	const char *behaviour;
	size_t room;
	struct row rows[12];
};

/* clang-format off */
static const struct table tables[] = {

/* What is silent. */

{"nothing is silent at first", 8, {
	{0, ASK("192.0.2.1 2001:db8:9::1"), ""},
	{0, ASK_FROM(ANYWHERE, "192.0.2.1 2001:db8:9::1"), ""},
}},
{"an IPv4 network is 24 bits", 8, {
	{0, SILENT("192.0.2.1"), NULL},
	{0, ASK("192.0.2.1 192.0.2.254 192.0.3.1"), "192.0.2.1 192.0.2.254"},
}},
{"an IPv6 network is 48 bits", 8, {
	{0, SILENT("2001:db8:9::1"), NULL},
	{0, ASK("2001:db8:9::1 2001:db8:9:ffff::2 2001:db8:a::1"),
		"2001:db8:9::1 2001:db8:9:ffff::2"},
}},
{"a link-local network is one of its interface", 8, {
	{0, SILENT("fe80::1%1"), NULL},
	{0, ASK("fe80::1%1 fe80::2%1 fe80::1%2"), "fe80::1%1 fe80::2%1"},
}},
{"an IPv4 network is none of :: and its neighbours", 8, {
	{0, SILENT("192.0.2.1"), NULL},
	{0, ASK(":: ::1"), ""},
}},
{"nor are those an IPv4 network", 8, {
	{0, SILENT("::"), NULL},
	{0, ASK("192.0.2.1 0.0.0.0"), ""},
}},
{"an answer ends its network's silence, and no other's", 8, {
	{0, SILENT("192.0.2.1 198.18.1.1"), NULL},
	{0, ANSWERS("192.0.2.9"), NULL},
	{0, ASK("192.0.2.1 198.18.1.1"), "198.18.1.1"},
}},
{"a history can be cleared", 8, {
	{0, SILENT("192.0.2.1 198.18.1.1 198.18.2.1"), NULL},
	{0, CLEAR, NULL},
	{0, ASK("192.0.2.1 198.18.9.1"), ""},
}},
{"and does not know then which family answered", 8, {
	{0, ANSWERS("198.18.4.1"), NULL},
	{0, CLEAR, NULL},
	{0, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{0, ASK("198.18.9.1"), "198.18.9.1"},
}},

/* For how long. */

{"silence is known for ten minutes", 8, {
	{0, SILENT("192.0.2.1"), NULL},
	{599, ASK("192.0.2.1"), "192.0.2.1"},
	{600, ASK("192.0.2.1"), ""},
}},
{"ten minutes begin anew with each silence", 8, {
	{0, SILENT("192.0.2.1"), NULL},
	{300, SILENT("192.0.2.1"), NULL},
	{899, ASK("192.0.2.1"), "192.0.2.1"},
	{900, ASK("192.0.2.1"), ""},
}},
{"the oldest of too many is forgotten", 2, {
	{0, SILENT("192.0.2.1"), NULL},
	{1, SILENT("198.18.1.1"), NULL},
	{2, SILENT("192.0.2.1"), NULL},
	{2, SILENT("198.18.2.1"), NULL},
	{2, ANSWERS("198.18.9.1"), NULL},
	{2, ASK("192.0.2.1 198.18.1.1 198.18.2.1"), "192.0.2.1 198.18.2.1"},
}},
{"of networks as old as each other the last is known", 1, {
	{0, SILENT("192.0.2.1"), NULL},
	{0, SILENT("198.18.1.1"), NULL},
	{0, ASK("192.0.2.1 198.18.1.1"), "198.18.1.1"},
}},
{"a history may have room for none", 0, {
	{0, SILENT("192.0.2.1"), NULL},
	{0, ASK("192.0.2.1"), ""},
	{0, COUNT, "0"},
	{0, ANSWERS("192.0.2.1"), NULL},
	{0, COUNT, "1"},
	{1, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{1, ASK("198.18.1.1 198.18.9.1"), ""},
}},

/* A whole family. */

{"three silent networks mean the family", 8, {
	{0, SILENT("198.18.1.1 198.18.2.1"), NULL},
	{0, ASK("198.18.9.1"), ""},
	{0, SILENT("198.18.3.1"), NULL},
	{0, ASK("198.18.9.1 2001:db8:9::1"), "198.18.9.1"},
}},
{"however little room there is", 1, {
	{0, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{0, ASK("198.18.9.1 2001:db8:9::1"), "198.18.9.1"},
}},
{"of IPv6 too", 8, {
	{0, SILENT("2001:db8:a::1 2001:db8:b::1"), NULL},
	{0, ASK("2001:db8:9::1"), ""},
	{0, SILENT("2001:db8:c::1"), NULL},
	{0, ASK("198.18.9.1 2001:db8:9::1"), "2001:db8:9::1"},
}},
{"one network three times does not", 8, {
	{0, SILENT("198.18.1.1 198.18.1.2 198.18.1.3"), NULL},
	{700, SILENT("198.18.1.1"), NULL},
	{1400, SILENT("198.18.1.1"), NULL},
	{2100, SILENT("198.18.1.1"), NULL},
	{2100, ASK("198.18.9.1"), ""},
}},
{"nor do three networks of two families", 8, {
	{0, SILENT("198.18.1.1 198.18.2.1 2001:db8:9::1"), NULL},
	{0, ASK("198.18.9.1 2001:db8:a::1"), ""},
}},
{"also where the source is not known", 8, {
	{0, SILENT_FROM(NOWHERE, "198.18.1.1 198.18.2.1 ::1"), NULL},
	{0, ASK_FROM(NOWHERE, "198.18.9.1 2001:db8:9::1"), ""},
	{0, SILENT_FROM(NOWHERE, "198.18.3.1"), NULL},
	{0, ASK_FROM(NOWHERE, "198.18.9.1 2001:db8:9::1"), "198.18.9.1"},
}},
/* FNV-1a makes 0 of these 48 bits, which is a family's key. */
{"no network is taken for a family", 8, {
	{0, SILENT("fd00:3340:6a4b::1"), NULL},
	{0, ASK("fd00:3340:6a4b::2"), "fd00:3340:6a4b::2"},
	{0, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{0, ASK("198.18.9.1"), "198.18.9.1"},
}},
{"an answer clears the family and not its networks", 8, {
	{0, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{0, ANSWERS("198.18.4.1"), NULL},
	{0, ASK("198.18.9.1 198.18.1.1"), "198.18.1.1"},
	/* It takes three others again. */
	{301, SILENT("198.18.5.1 198.18.6.1"), NULL},
	{301, ASK("198.18.9.1"), ""},
	{301, SILENT("198.18.7.1"), NULL},
	{301, ASK("198.18.9.1"), "198.18.9.1"},
}},
/* Three dead networks of an attacker's take no family from those who use it. */
{"silence within five minutes of an answer does not mean the family", 8, {
	{0, ANSWERS("2001:db8:1::1"), NULL},
	{300, SILENT("2001:db8:a::1 2001:db8:b::1 2001:db8:c::1"), NULL},
	{300, ASK("2001:db8:9::1 2001:db8:a::1"), "2001:db8:a::1"},
	{301, SILENT("2001:db8:a::1 2001:db8:b::1"), NULL},
	{301, ASK("2001:db8:9::1"), ""},
	{301, SILENT("2001:db8:c::1"), NULL},
	{301, ASK("2001:db8:9::1"), "2001:db8:9::1"},
	{301, ASK("198.18.9.1"), ""},
}},
{"nor if a thread says later that there was one earlier", 8, {
	{100, ANSWERS("2001:db8:1::1"), NULL},
	{0, ANSWERS("2001:db8:1::1"), NULL},
	{350, SILENT("2001:db8:a::1 2001:db8:b::1 2001:db8:c::1"), NULL},
	{350, ASK("2001:db8:9::1"), ""},
}},
{"nor after it was saved and loaded", 8, {
	{0, ANSWERS("2001:db8:1::1"), NULL},
	{300, SILENT("2001:db8:a::1 2001:db8:b::1 2001:db8:c::1"), NULL},
	{300, REBOOT, "3"},
	{300, ASK("2001:db8:9::1"), ""},
	{301, SILENT("2001:db8:a::1 2001:db8:b::1 2001:db8:c::1"), NULL},
	{301, REBOOT, "3"},
	{301, ASK("2001:db8:9::1"), "2001:db8:9::1"},
}},
{"an answer of the other family clears nothing", 8, {
	{0, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{0, ANSWERS("::1"), NULL},
	{0, ASK("198.18.9.1"), "198.18.9.1"},
}},
{"nor does it count as a silence", 8, {
	{0, SILENT("198.18.1.1 198.18.2.1"), NULL},
	{0, ANSWERS("::1"), NULL},
	{0, ASK_FROM(ANYWHERE, "198.18.9.1"), ""},
}},
{"a family is silent no longer than its networks", 8, {
	{0, SILENT("198.18.1.1"), NULL},
	{300, SILENT("198.18.2.1 198.18.3.1"), NULL},
	{599, ASK("198.18.9.1"), "198.18.9.1"},
	{600, ASK("198.18.9.1"), ""},
}},

/* From where. */

{"what one local address learnt does not hold for another", 8, {
	{0, SILENT("192.0.2.1 2001:db8:9::1"), NULL},
	{0, ASK_FROM(AWAY, "192.0.2.1 2001:db8:9::1"), ""},
	{0, ASK("192.0.2.1 2001:db8:9::1"), "192.0.2.1 2001:db8:9::1"},
	{0, ASK_FROM(NOWHERE, "192.0.2.1 2001:db8:9::1"), ""},
	{0, ASK_FROM(ANYWHERE, "192.0.2.1 2001:db8:9::1"),
		"192.0.2.1 2001:db8:9::1"},
}},
{"nor does what it learnt of a family", 8, {
	{0, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{0, ASK("198.18.9.1"), "198.18.9.1"},
	{0, ASK_FROM(AWAY, "198.18.9.1"), ""},
}},
{"what one learnt counts at home alone", 8, {
	{0, SILENT("198.18.1.1 198.18.2.1"), NULL},
	{0, SILENT_FROM(AWAY, "198.18.3.1"), NULL},
	{0, ASK("198.18.9.1"), ""},
	{0, ASK_FROM(AWAY, "198.18.9.1"), ""},
	{0, ASK_FROM(ANYWHERE, "198.18.9.1"), ""},
}},
{"what is silent here and there is so when one is back", 8, {
	{0, SILENT("192.0.2.1"), NULL},
	{1, SILENT_FROM(AWAY, "192.0.2.1"), NULL},
	{1, ASK("192.0.2.1"), "192.0.2.1"},
	{1, ASK_FROM(AWAY, "192.0.2.1"), "192.0.2.1"},
	{1, ANSWERS("192.0.2.1"), NULL},
	{1, ASK("192.0.2.1"), ""},
	{1, ASK_FROM(AWAY, "192.0.2.1"), ""},
}},
{"many silent networks towards one source hide no other's", 8, {
	{0, SILENT("2001:db8:a::1 2001:db8:b::1 2001:db8:c::1"), NULL},
	{1, SILENT("198.18.1.1 198.18.2.1 198.18.3.1 198.18.4.1"), NULL},
	{2, SILENT("198.18.5.1 198.18.6.1 198.18.7.1 198.18.8.1"), NULL},
	{3, SILENT("198.18.11.1 198.18.12.1 198.18.13.1"), NULL},
	{4, SILENT("198.18.14.1 198.18.15.1 198.18.16.1"), NULL},
	{5, ASK("2001:db8:9::1 198.18.9.1"), "2001:db8:9::1 198.18.9.1"},
}},
{"an answer to one ends the silence towards another", 8, {
	{0, SILENT_FROM(AWAY, "192.0.2.1"), NULL},
	{0, ANSWERS("192.0.2.1"), NULL},
	{0, ASK_FROM(AWAY, "192.0.2.1"), ""},
}},
{"an IPv6 source is one whatever the host's part, an IPv4 one is not", 8, {
	{0, SILENT("192.0.2.1 2001:db8:9::1"), NULL},
	{0, ASK_FROM(HOST, "192.0.2.1 2001:db8:9::1"), "2001:db8:9::1"},
}},

/* Whether it is heeded. */

{"one dial in seventeen does not heed it", 8, {
	{0, DIALS("16"), ""},
	{0, DIALS("1"), "1"},
	{1, DIALS("16"), ""},
	{2, DIALS("36"), "1 18 35"},
}},
{"dials are counted anew when it is cleared", 8, {
	{0, DIALS("10"), ""},
	{0, CLEAR, NULL},
	{0, DIALS("17"), "17"},
}},
{"the count is saved with the families that answered", 8, {
	{0, DIALS("10"), ""},
	{0, ANSWERS("203.0.113.9 ::1"), NULL},
	{0, SAVE, HEAD_LINE
		"00000000 0000000a 60000258\n"
		"00000001 0000000a 60000258\n"},
	{0, REBOOT, "0"},
	{0, DIALS("7"), "7"},
}},
{"an older text counts no dial back", 8, {
	{0, DIALS("10"), ""},
	{0, LOAD("00000000 00000000 60000258\n"), "0"},
	{0, DIALS("7"), "7"},
}},
{"any number in a text is a count", 8, {
	{0, LOAD("00000001 ffffffff 60000258\n"), "0"},
	{0, DIALS("35"), "1 18 35"},
}},

/* Saved and loaded. */

{"an empty history is a line", 8, {
	{0, SAVE, HEAD_LINE},
	{0, REBOOT, "0"},
}},
/* Other versions read what this one writes, and it what they write. */
{"a line is a network, its source and the time when it is over", 8, {
	{0, SILENT("192.0.2.1"), NULL},
	{1, SILENT_FROM(AWAY, "2001:db8:9::1"), NULL},
	{2, SILENT("fe80::1%1"), NULL},
	{3, ANSWERS("203.0.113.9"), NULL},
	{3, SAVE, HEAD_LINE
		"00000000 00000000 6000025b\n"
		"51ed64d3 d8c43dfb 60000258\n"
		"92a4e394 43219211 60000259\n"
		"d06dc4ea 866d7830 6000025a\n"},
}},
{"a line that another program has saved is loaded", 8, {
	{0, LOAD("51ed64d3 d8c43dfb 60000258\n"), "1"},
	{0, ASK("192.0.2.1 198.18.1.1"), "192.0.2.1"},
	{0, ASK_FROM(AWAY, "192.0.2.1"), ""},
}},
{"a history is loaded as it was saved", 8, {
	{0, SILENT("192.0.2.1 ::1"), NULL},
	{0, REBOOT, "2"},
	{0, ASK("192.0.2.1 ::1 198.18.1.1"), "192.0.2.1 ::1"},
}},
{"families are saved with their networks", 8, {
	{0, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{0, REBOOT, "3"},
	{0, ASK("198.18.9.1"), "198.18.9.1"},
	{0, ANSWERS("198.18.4.1"), NULL},
	{0, REBOOT, "3"},
	{0, ASK("198.18.9.1 198.18.1.1"), "198.18.1.1"},
}},
{"the time that passes before and after is one", 8, {
	{0, SILENT("192.0.2.1"), NULL},
	{200, REBOOT, "1"},
	{400, REBOOT, "1"},
	{599, ASK("192.0.2.1"), "192.0.2.1"},
	{600, ASK("192.0.2.1"), ""},
}},
{"what is over is not saved", 8, {
	{0, SILENT("192.0.2.1"), NULL},
	{599, COUNT, "1"},
	{600, COUNT, "0"},
	{600, REBOOT, "0"},
}},
{"each family that answered is a line more than there is room for", 3, {
	{0, SILENT("198.18.1.1 198.18.2.1 198.18.3.1"), NULL},
	{0, ANSWERS("198.18.4.1 ::1"), NULL},
	{0, COUNT, "5"},
}},
{"what is known better is not loaded", 1, {
	{0, SILENT("192.0.2.1"), NULL},
	{0, LOAD("51ed64d3 d8c43dfb 60000064\n"), "1"},
	{599, ASK("192.0.2.1"), "192.0.2.1"},
}},
{"nor over another network that is", 1, {
	{0, SILENT("198.18.1.1"), NULL},
	{0, LOAD("51ed64d3 d8c43dfb 60000064\n"), "1"},
	{0, ASK("192.0.2.1 198.18.1.1"), "198.18.1.1"},
}},
{"what is over is not loaded", 8, {
	{300, LOAD("51ed64d3 d8c43dfb 6000012c\n"), "0"},
	{300, LOAD("51ed64d3 d8c43dfb 6000012b\n"), "0"},
	{300, LOAD("51ed64d3 d8c43dfb 5ffe0000\n"), "0"},
	{300, ASK("192.0.2.1"), ""},
	{300, LOAD("51ed64d3 d8c43dfb 6000012d\n"), "1"},
	{300, ASK("192.0.2.1"), "192.0.2.1"},
	{301, ASK("192.0.2.1"), ""},
}},
{"nothing is believed for longer than ten minutes", 8, {
	{0, LOAD("51ed64d3 d8c43dfb 600186a0\n"), "1"},
	{599, ASK("192.0.2.1"), "192.0.2.1"},
	{600, ASK("192.0.2.1"), ""},
	{600, LOAD("51ed64d3 d8c43dfb dfffffff\n"), "1"},
	{1199, ASK("192.0.2.1"), "192.0.2.1"},
	{1200, ASK("192.0.2.1"), ""},
}},
};
/* clang-format on */

/* ---- what runs them ---- */

enum { HEAD = sizeof HEAD_LINE - 1, LINE = 27, SECOND = 1000000 };

struct world {
	struct socket_history *h;
	size_t room;
	int boot; /* the second in which the clock began */
	int64_t now;
	uint32_t day;
	char said[256];
};

static struct socket_addr6 address(const char *text)
{
	struct socket_addr6 a = {.port = 80};
	size_t len = scan_ip6if(text, a.ip, &a.scope_id);

	ck_assert_msg(len && !text[len], "%s is no address", text);
	return a;
}

/*
 * What a test has made it need not free: here it is known. Volatile, or the
 * compiler leaves out what nobody reads.
 */
static void *keep(void *p)
{
	static void *volatile kept[256];
	static size_t n;

	ck_assert_ptr_nonnull(p);
	return kept[n++ % 256] = p;
}

static struct socket_history *history(size_t max)
{
	return keep(socket_history_new(max));
}

/* Adds to what was said, after a space. */
__attribute__((format(printf, 2, 3))) static void say(struct world *w,
						      const char *format, ...)
{
	size_t len = strlen(w->said);
	va_list args;

	va_start(args, format);
	if (len)
		w->said[len++] = ' ';
	vsnprintf(w->said + len, sizeof w->said - len, format, args);
	va_end(args);
}

/* The bytes of the source there towards this address; null for any. */
static const char *source_of(enum where where, const struct socket_addr6 *to)
{
	if (where == ANYWHERE)
		return NULL;
	return ip6(sources[where][ip6_isv4mapped(to->ip) ? 0 : 1]);
}

/* What is silent towards a source is so towards any. */
static int is_silent(const struct world *w, const struct socket_addr6 *to,
		     const char *source)
{
	int silent = socket6_history_has(w->h, w->now, to, source);

	ck_assert(!silent || socket6_history_has(w->h, w->now, to, NULL));
	return silent;
}

static void happen_to(struct world *w, const struct row *row, const char *name)
{
	struct socket_addr6 a = address(name);
	const char *source = source_of(row->where, &a);

	if (row->event == DO_SILENCE)
		socket6_history_silence(w->h, w->now, &a, source);
	else if (row->event == DO_ANSWER)
		socket6_history_answer(w->h, w->now, &a);
	else if (is_silent(w, &a, source))
		say(w, "%s", name);
}

static void happen_to_each(struct world *w, const struct row *row)
{
	char list[128];

	strcpy(list, row->what);
	for (char *name = strtok(list, " "); name; name = strtok(NULL, " "))
		happen_to(w, row, name);
}

/* The text with a NUL; there is as much room as the header promises. */
static size_t save(const struct world *w, char *text, size_t size)
{
	size_t len = socket6_history_write(w->h, w->now, w->day, text, size);

	ck_assert_uint_lt(len, size);
	ck_assert_uint_le(len, SOCKET_HISTORY_FMT(w->room));
	text[len] = '\0';
	return len;
}

static void load(struct world *w, const char *text, size_t len)
{
	errno = 0;
	say(w, "%d", socket6_history_read(w->h, w->now, w->day, text, len));
}

static void tell_time(struct world *w, int seconds)
{
	w->now = (int64_t)(seconds - w->boot) * SECOND;
	w->day = DAY + (uint32_t)seconds;
}

static void boot_again(struct world *w, int seconds)
{
	char text[512];
	size_t len = save(w, text, sizeof text);

	w->h = history(w->room);
	w->boot = seconds;
	tell_time(w, seconds);
	load(w, text, len);
}

static void dial(struct world *w, int number)
{
	for (int i = 1; i <= number; i++)
		if (!socket6_history_is_heeded(w->h))
			say(w, "%d", i);
}

static void run_row(struct world *w, const struct row *row)
{
	char text[512];

	w->said[0] = '\0';
	tell_time(w, row->seconds);
	switch (row->event) {
	case DO_CLEAR:
		socket_history_clear(w->h);
		break;
	case DO_REBOOT:
		boot_again(w, row->seconds);
		break;
	case DO_SAVE:
		save(w, w->said, sizeof w->said);
		break;
	case DO_COUNT:
		say(w, "%d", (int)(save(w, text, sizeof text) - HEAD) / LINE);
		break;
	case DO_LOAD:
		load(w, row->what, strlen(row->what));
		break;
	case DO_DIALS:
		dial(w, atoi(row->what));
		break;
	default:
		happen_to_each(w, row);
	}
}

CASE("history")

LOOP_TEST(a_history_does_as_the_table_says, LENGTH(tables))
{
	const struct table *table = &tables[_i];
	struct world w = {
		.h = history(table->room), .room = table->room, .boot = -1000};

	for (const struct row *row = table->rows; row->event; row++) {
		run_row(&w, row);
		if (row->expected)
			ck_assert_msg(strcmp(w.said, row->expected) == 0,
				      "%s, row %d: \"%s\", not \"%s\"",
				      table->behaviour,
				      (int)(row - table->rows) + 1, w.said,
				      row->expected);
	}
}

/* ---- a long life, beside a list ---- */

/* The next of a row of numbers that looks random: xorshift, 32 bits. */
static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* A history of so many of these networks, half of them of each family. */
enum { KNOWN = 60, SITES = 2, EVENTS = 100000 };

/* What was silent until when, and since when nothing else counts. */
struct list {
	int until[KNOWN][SITES];
	int answered[2];
};

struct life {
	struct world w;
	struct list list;
	struct socket_addr6 networks[KNOWN];
	char sources[SITES][2][16];
	int second;
	uint32_t state;
	/* Answers: silent, as in the list; unknown, but in the list; wrong. */
	int right, missing, wrong;
};

static void begin_life(struct life *l, size_t room)
{
	memset(l, 0, sizeof *l);
	l->w.room = room;
	l->w.h = socket_history_new(room);
	ck_assert_ptr_nonnull(l->w.h);
	l->state = 2463534242;
	for (int i = 0; i < KNOWN; i++) {
		l->networks[i] = address(i % 2 ? "2001:db8::1" : "198.18.0.1");
		l->networks[i].ip[i % 2 ? 5 : 14] = (char)i;
	}
	for (int i = 0; i < 2 * SITES; i++)
		memcpy(l->sources[i / 2][i % 2], ip6(sources[i / 2][i % 2]),
		       16);
}

static int is_listed(const struct life *l, int i, int place)
{
	int answered = l->list.answered[i % 2];
	int after = answered > l->second ? answered + 300 : l->second;
	int many = 0;

	for (int k = i % 2; k < KNOWN; k += 2)
		many += l->list.until[k][place] > after;
	return many >= 3 || l->list.until[i][place] > l->second;
}

static void live_through_silence(struct life *l, int i, int place)
{
	socket6_history_silence(l->w.h, l->w.now, &l->networks[i],
				l->sources[place][i % 2]);
	l->list.until[i][place] = l->second + 600;
}

static void live_through_answer(struct life *l, int i)
{
	socket6_history_answer(l->w.h, l->w.now, &l->networks[i]);
	l->list.answered[i % 2] = l->second + 600;
	for (int place = 0; place < SITES; place++)
		l->list.until[i][place] = 0;
}

/* The new history has what fits into it. */
static void live_through_reboot(struct life *l)
{
	static char text[SOCKET_HISTORY_FMT(1024)];
	struct socket_history *old = l->w.h;
	size_t len = save(&l->w, text, sizeof text);

	l->w.h = socket_history_new(l->w.room);
	ck_assert_ptr_nonnull(l->w.h);
	socket_history_free(old);
	l->w.boot = l->second - (int)(next_random(&l->state) % 1000);
	tell_time(&l->w, l->second);
	ck_assert_int_ge(
		socket6_history_read(l->w.h, l->w.now, l->w.day, text, len), 0);
}

/* What is silent towards a source is so towards any. */
static void compare(struct life *l, int i, int place)
{
	const struct socket_addr6 *to = &l->networks[i];
	int listed = is_listed(l, i, place);
	int said = socket6_history_has(l->w.h, l->w.now, to,
				       l->sources[place][i % 2]);
	int any = socket6_history_has(l->w.h, l->w.now, to, NULL);

	l->right += listed && said && any;
	l->missing += listed && !said;
	l->wrong += said && !(listed && any);
}

static void live(struct life *l)
{
	uint32_t what = next_random(&l->state) % 1000;
	int i = (int)(next_random(&l->state) % KNOWN);
	int place = (int)(next_random(&l->state) % SITES);

	l->second += next_random(&l->state) % 8 == 0 ? 60 : 1;
	tell_time(&l->w, l->second);
	if (what == 0)
		live_through_reboot(l);
	else if (what < 300)
		live_through_silence(l, i, place);
	else if (what < 330)
		live_through_answer(l, i);
	else
		compare(l, i, place);
}

/* With room for all nothing is missing. */
static const struct {
	size_t room;
	int all;
} lives[] = {{1024, 1}, {256, 1}, {32, 0}, {4, 0}};

CASE("history")

LOOP_TEST(what_it_says_is_right_or_missing_and_never_made_up, LENGTH(lives))
{
	static struct life l;

	begin_life(&l, lives[_i].room);
	for (int i = 0; i < EVENTS; i++)
		live(&l);
	socket_history_free(l.w.h);
	ck_assert_int_eq(l.wrong, 0);
	ck_assert_int_gt(l.right, EVENTS / 100);
	if (lives[_i].all)
		ck_assert_int_eq(l.missing, 0);
	else
		ck_assert_int_gt(l.missing, 0);
}

/* Of so many local networks as are remembered at once, and no more. */
TEST(what_is_known_better_of_a_family_is_not_loaded_either)
{
	struct socket_history *h = history(64);
	struct socket_addr6 a = address("2001:db8::1");
	char source[16];

	for (int i = 0; i < SOURCES * MANY; i++) {
		memcpy(source, ip6("2001:db8:5::1"), 16);
		source[7] = (char)(i / MANY);
		a.ip[5] = (char)i;
		socket6_history_silence(h, 0, &a, source);
	}
	ck_assert_int_eq(socket6_history_restore(h, 0, 16, 16, 300), 1);
	a.ip[5] = 99;
	for (int i = 0; i < SOURCES; i++) {
		source[7] = (char)i;
		ck_assert(socket6_history_has(h, 0, &a, source));
	}
}

/* ---- what it costs ---- */

/* What the coarsest clock may be wrong by: Windows' ticks 64 times a second. */
enum { TICK = CLOCKS_PER_SEC / 25 };

/* The processor's time of the fastest of some, which load does not stretch. */
static long fastest(long (*act)(size_t), size_t room)
{
	long least = LONG_MAX;

	for (int i = 0; i < 5; i++) {
		long took = act(room);

		least = took < least ? took : least;
	}
	return least;
}

static long look_up(size_t room)
{
	struct socket_history *h = history(room);
	struct socket_addr6 a = address("203.0.113.1");
	int silent = 0;
	clock_t start = clock();

	for (int i = 0; i < 20000; i++) {
		a.ip[14] = (char)i;
		silent += socket6_history_has(h, 0, &a, NULL);
	}
	ck_assert_int_eq(silent, 0);
	return (long)(clock() - start);
}

TEST(a_look_up_costs_what_it_costs_in_a_small_history)
{
	ck_assert_int_lt(fastest(look_up, 65536),
			 20 * fastest(look_up, 32) + TICK);
}

enum { ALL_LINES = 65536 };

/* All lines, in files of so many, each with a history that has room for them. */
static long load_lines(size_t lines)
{
	static char text[SOCKET_HISTORY_FMT(ALL_LINES)];
	uint32_t state = 2463534242;
	clock_t start;

	strcpy(text, HEAD_LINE);
	for (size_t i = 0; i < lines; i++)
		sprintf(text + HEAD + i * LINE, "%08lx %08lx %08lx\n",
			(unsigned long)next_random(&state) | 2, 16UL,
			DAY + 300UL);
	start = clock();
	for (size_t n = 0; n < ALL_LINES; n += lines)
		assert_gives((int)lines,
			     socket6_history_read(history(lines), 0, DAY, text,
						  HEAD + lines * LINE));
	return (long)(clock() - start);
}

TEST(each_line_costs_what_it_costs_in_a_small_history)
{
	ck_assert_int_lt(fastest(load_lines, ALL_LINES),
			 4 * fastest(load_lines, 2048) + TICK);
}

/* Of addresses that an Internet registry could give. */
TEST(a_full_history_has_nearly_all_and_a_half_full_one_has_all)
{
	enum { ROOM = 4096 };
	struct socket_history *h = history(ROOM);
	struct socket_addr6 a = address("2001:db8::1");
	size_t len;

	for (int i = 0; i < ROOM; i++) {
		a.ip[4] = (char)(i >> 8);
		a.ip[5] = (char)i;
		socket6_history_silence(h, 0, &a, ip6("2001:db8:5::1"));
		if (i + 1 != ROOM / 2)
			continue;
		len = socket6_history_write(h, 0, DAY, NULL, 0);
		ck_assert_uint_eq(len, HEAD + ROOM / 2 * LINE);
	}
	len = socket6_history_write(h, 0, DAY, NULL, 0);
	ck_assert_uint_gt(len, HEAD + ROOM / 100 * 97 * LINE);
	ck_assert_uint_le(len, SOCKET_HISTORY_FMT(ROOM));
}

TEST(a_history_can_be_freed)
{
	socket_history_free(socket_history_new(8));
	socket_history_free(NULL);
}

/* An entry has 12 bytes: the last one overflows with the families'. */
static const size_t too_many[] = {SIZE_MAX, SIZE_MAX / 12, SIZE_MAX / 12 - 1};

LOOP_TEST(a_history_may_be_too_large, LENGTH(too_many))
{
	errno = 0;
	ck_assert_ptr_null(socket_history_new(too_many[_i]));
	ck_assert_int_eq(errno, ENOMEM);
}

/* ---- a text that is no history, or is one of a stranger ---- */

#define GOOD "51ed64d3 d8c43dfb 60000258\n"

static const struct {
	const char *text;
	size_t len; /* 0: up to the NUL */
} hostile[] = {
	{"", 0},
	{"socket6-history 1", 0},
	{"socket6-history 2\n", 0},
	{"Socket6-history 1\n", 0},
	{"socket6-history 1\n\n", 0},
	{"socket6-history 1\r\n", 0},
	{"socket6-history 2\n" GOOD, 0},
	{HEAD_LINE "00000010 00000000 60000258", 0},
	{HEAD_LINE "00000010 00000000 60000258 ", 0},
	{HEAD_LINE "00000010 00000000 6000025\n", 0},
	{HEAD_LINE "00000010 00000000  60000258\n", 0},
	{HEAD_LINE "00000010 00000000 6000025F\n", 0},
	{HEAD_LINE "00000010 0000000x 60000258\n", 0},
	{HEAD_LINE "0x000010 00000000 60000258\n", 0},
	{HEAD_LINE "-0000010 00000000 60000258\n", 0},
	{HEAD_LINE "00000010\t00000000 60000258\n", 0},
	{HEAD_LINE "00000010 00000000\t60000258\n", 0},
	{HEAD_LINE "00000010 00000000 600002\0008\n", HEAD + LINE},
	{HEAD_LINE "00000010 00000000 6000025\0\n", HEAD + LINE},
	{HEAD_LINE GOOD "\0", HEAD + LINE + 1},
	/* A good line comes first. */
	{HEAD_LINE GOOD "0", 0},
	{HEAD_LINE GOOD "00000010 00000000 6000025", 0},
	{HEAD_LINE GOOD "00000010 00000000 60000258X", 0},
	{HEAD_LINE GOOD "00000010 00000000 60000258\n\n", 0},
	{HEAD_LINE GOOD "00000010 00000000 6000025g\n", 0},
	{HEAD_LINE GOOD HEAD_LINE GOOD, 0},
	/* It ends in the midst of one. */
	{HEAD_LINE GOOD GOOD, HEAD + LINE + 5},
};

CASE("text")

LOOP_TEST(what_is_no_history_adds_nothing, LENGTH(hostile))
{
	struct socket_history *h = history(8);
	const char *text = hostile[_i].text;
	size_t len = hostile[_i].len ? hostile[_i].len : strlen(text);

	assert_fails(EINVAL, socket6_history_read(h, 0, DAY, text, len));
	ck_assert_uint_eq(socket6_history_write(h, 0, DAY, NULL, 0), HEAD);
}

TEST(nothing_is_no_history)
{
	struct socket_history *h = history(8);

	assert_fails(EINVAL, socket_history_load(h, NULL, 0));
	assert_fails(EINVAL, socket_history_load(h, NULL, HEAD));
}

TEST(a_null_history_has_nothing)
{
	char text[64] = HEAD_LINE;

	socket_history_free(NULL);
	socket_history_clear(NULL);
	ck_assert_uint_eq(socket_history_save(NULL, text, sizeof text), 0);
	ck_assert_str_eq(text, HEAD_LINE);
	assert_fails(EINVAL, socket_history_load(NULL, text, HEAD));
}

/* Silent networks, as many of 198.18.1.1, 198.18.2.1, ... */
static struct socket_history *history_of(size_t max, int networks)
{
	struct socket_history *h = history(max);
	struct socket_addr6 a = address("198.18.0.1");

	for (int i = 1; i <= networks; i++) {
		a.ip[14] = (char)i;
		socket6_history_silence(h, 0, &a, ip6("::ffff:198.51.100.1"));
	}
	return h;
}

/* SOCKET_HISTORY_FMT counts 32 bytes for a line of 27, and has room for them. */
TEST(a_history_has_places_for_a_sixth_more_than_asked_for)
{
	struct socket_history *h = history_of(6, 8);

	ck_assert_uint_eq(socket6_history_write(h, 0, DAY, NULL, 0),
			  HEAD + 7 * LINE);
}

TEST(as_many_whole_lines_are_saved_as_there_is_room_for)
{
	struct socket_history *h = history_of(8, 3);
	char whole[256], part[256];
	size_t len = socket6_history_write(h, 0, DAY, whole, sizeof whole);
	size_t fits;

	ck_assert_uint_eq(len, HEAD + 3 * LINE);
	for (size_t room = 0; room <= len; room++) {
		fits = room < HEAD ? 0 : room - (room - HEAD) % LINE;
		memset(part, '#', sizeof part);
		ck_assert_uint_eq(socket6_history_write(h, 0, DAY, part, room),
				  len);
		ck_assert_mem_eq(part, whole, fits);
		for (size_t i = fits; i < sizeof part; i++)
			ck_assert_int_eq(part[i], '#');
	}
}

TEST(a_huge_history_fills_what_room_there_is)
{
	enum { LINES = 100000 };
	struct socket_history *h = history(4);
	char *text = keep(malloc(HEAD + (size_t)LINES * LINE + 1));

	strcpy(text, HEAD_LINE);
	for (size_t i = 0; i < LINES; i++)
		sprintf(text + HEAD + i * LINE, "%08lx %08lx %08lx\n",
			(unsigned long)i + 2, (unsigned long)i, DAY + 300UL);
	assert_gives(LINES, socket6_history_read(h, 0, DAY, text,
						 HEAD + (size_t)LINES * LINE));
	ck_assert_uint_eq(socket6_history_write(h, 0, DAY, NULL, 0),
			  HEAD + 4 * LINE);
}

/* Changes, cuts or repeats a part of the text; its new length. */
static size_t mutate(char *text, size_t len, uint32_t *state)
{
	static const char some[] = "0123456789abcdefg \n\r\t-x";
	size_t at = next_random(state) % (len + 1);
	size_t part = next_random(state) % (len - at + 1);

	switch (next_random(state) % 4) {
	case 0:
		text[at] = (char)next_random(state);
		return len;
	case 1:
		text[at] = some[next_random(state) % (sizeof some - 1)];
		return len;
	case 2:
		return at;
	default:
		memmove(text + at + part, text + at, len - at);
		return len + part;
	}
}

/* Under a sanitizer, with the exact room, so that each byte beyond is seen. */
TEST(no_text_breaks_a_history)
{
	enum { TEXTS = 20000 };
	struct socket_history *h = history_of(8, 3);
	uint32_t state = 2463534242;
	char text[256], *exact;
	size_t len = socket6_history_write(h, 0, DAY, text, sizeof text);
	size_t n;
	int loaded, taken = 0;

	for (int i = 0; i < TEXTS; i++) {
		char buf[1024] = "";

		memcpy(buf, text, len);
		n = len;
		for (uint32_t k = next_random(&state) % 3; k < 3; k++)
			n = mutate(buf, n, &state);
		exact = malloc(n ? n : 1);
		ck_assert_ptr_nonnull(exact);
		memcpy(exact, buf, n);
		errno = 0;
		loaded = socket6_history_read(h, 0, DAY, exact, n);
		free(exact);
		ck_assert(loaded >= 0 || errno == EINVAL);
		taken += loaded >= 0;
		ck_assert(socket6_history_write(h, 0, DAY, NULL, 0) <=
			  SOCKET_HISTORY_FMT(8));
	}
	/* Some are histories still, most are not. */
	ck_assert_int_gt(taken, TEXTS / 100);
	ck_assert_int_lt(taken, TEXTS / 2);
}

/* ---- a dial: from where it goes, and what it tells ---- */

static int64_t seconds = 1000;

int64_t socket6_microseconds(void)
{
	return seconds * SECOND;
}

/* Dials are the library's, and have its clock. */
static void use_clock_of_dials(void)
{
	int has_own = HAVE(HAVE_CLOCK_MONOTONIC) || on_windows();

	seconds = has_own ? microseconds() / SECOND : time(NULL);
}

/* Tried from that local address; null for none that is set. */
static int goes_last_from(struct socket_history *h, const char *text,
			  const char *from)
{
	enum dial_heed heed = DIAL_HEEDS;
	struct dial_entry entry = {.a.addr = address(text),
				   .s = -1,
				   .from = from ? ip6(from) : NULL};

	entry.v4 = ip6_isv4mapped(entry.a.addr.ip);
	return socket6_dial_is_slow(h, &heed, &entry);
}

static int goes_last(struct socket_history *h, const char *text)
{
	return goes_last_from(h, text, NULL);
}

/* A dial to one address or two. */
struct short_dial {
	struct dial_engine engine;
	struct dial_entry entries[2];
	size_t buckets[3], tried[2];
};

/* To these addresses, and no more. */
static void init(struct short_dial *d, const struct socket_addr6 *a, size_t n)
{
	socket6_dial_init(&d->engine);
	d->engine.room.entries = d->entries;
	d->engine.room.buckets = d->buckets;
	d->engine.room.tried = d->tried;
	socket6_room_rehash(&d->engine.room, n);
	assert_gives(0, socket6_dial_add(&d->engine, 0, a, n));
	d->engine.ended = 1;
}

/* To one address, which has begun. */
static void begin(struct short_dial *d, const char *text)
{
	struct socket_addr6 a = address(text);
	size_t which;

	init(d, &a, 1);
	ck_assert_int_eq(socket6_dial_next(&d->engine, 0, &which), DIAL_START);
}

/* To one that connected, or failed with this error, after a second. */
static void learn(struct socket_history *h, const char *text, int error)
{
	struct short_dial d;

	begin(&d, text);
	if (error)
		socket6_dial_failed(&d.engine, SECOND, 0, error);
	else
		socket6_dial_connected(&d.engine, SECOND, 0);
	socket6_dial_learn(h, &d.engine);
}

/* To one that was silent until the dial's end; s is its socket, or -1. */
static void learn_silence_at(struct socket_history *h, const char *text, int s)
{
	struct short_dial d;
	size_t which;

	begin(&d, text);
	d.entries[0].s = s;
	d.engine.deadline = SECOND;
	ck_assert_int_eq(socket6_dial_next(&d.engine, SECOND, &which),
			 DIAL_FAILED);
	socket6_dial_learn(h, &d.engine);
}

static void learn_silence(struct socket_history *h, const char *text)
{
	learn_silence_at(h, text, -1);
}

/* A host with one address and a router. */
#define need_router(first)                                                     \
 do {                                                                          \
  need_pair();                                                                 \
  net_address("near", (first), 24);                                            \
  net_ip("route add default via 192.0.2.254 dev near");                        \
 } while (0)

/* It leaves its network for another one. */
static void move_to(const char *address, const char *router)
{
	net_ip("addr flush dev near");
	net_address("near", address, 24);
	net_ip("route add default via %s dev near", router);
}

CASE("source")

/* How an address of a silent network ended at last: whether it still is. */
static const struct {
	int error;
	int is_slow;
} ends[] = {
	{0, 0},		{ECONNREFUSED, 0}, {ECONNRESET, 0},
	{ETIMEDOUT, 1}, {EHOSTUNREACH, 1},
};

LOOP_TEST(an_answer_ends_a_networks_silence, LENGTH(ends))
{
	struct socket_history *h = history(8);

	if (ends[_i].is_slow && on_gvisor())
		skip("loopback addresses are networks of their own");
	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.2.1");
	learn(h, "127.0.1.9", ends[_i].error);
	ck_assert_int_eq(goes_last(h, "127.0.1.1"), ends[_i].is_slow);
	ck_assert(goes_last(h, "127.0.2.1"));
}

/* Of two addresses of a network, the first or the second is silent. */
LOOP_TEST(a_network_of_which_one_address_answered_is_not_silent, 2)
{
	struct socket_history *h = history(8);
	struct socket_addr6 a[2] = {address("127.0.1.1"), address("127.0.1.2")};
	struct short_dial d;
	struct dial_engine *e = &d.engine;
	size_t which;

	init(&d, a, 2);
	e->deadline = SECOND;
	for (int64_t i = 0; i < 2; i++) {
		ck_assert_int_eq(
			socket6_dial_next(e, i * e->attempt_delay, &which),
			DIAL_START);
		if (i != _i)
			socket6_dial_failed(e, i * e->attempt_delay, which,
					    ECONNREFUSED);
	}
	ck_assert_int_eq(socket6_dial_next(e, SECOND, &which), DIAL_FAILED);
	socket6_dial_learn(h, e);
	ck_assert(!goes_last(h, "127.0.1.1"));
}

TEST(the_system_says_where_one_would_come_from)
{
	struct socket_history *h = history(8);

	need_router("192.0.2.1");
	learn_silence(h, "198.51.100.1");
	ck_assert(goes_last(h, "198.51.100.1"));
	move_to("203.0.113.1", "203.0.113.254");
	ck_assert(!goes_last(h, "198.51.100.1"));
	move_to("192.0.2.1", "192.0.2.254");
	ck_assert(goes_last(h, "198.51.100.1"));
}

TEST(the_system_says_so_of_ipv6)
{
	struct socket_history *h = history(8);

	need_ipv6();
	need_pair();
	net_address("near", "2001:db8:1::1", 64);
	net_ip("route add default via 2001:db8:1::ff dev near");
	learn_silence(h, "2001:db8:9::1");
	net_ip("addr del 2001:db8:1::1/64 dev near");
	net_address("near", "2001:db8:1::2", 64);
	ck_assert(goes_last(h, "2001:db8:9::1"));
	net_ip("addr del 2001:db8:1::2/64 dev near");
	net_address("near", "2001:db8:2::1", 64);
	ck_assert(!goes_last(h, "2001:db8:9::1"));
}

/* An attempt's own socket knows best; a program may have bound it. */
TEST(the_attempts_socket_says_where_it_came_from)
{
	struct socket_history *h = history(8);
	int s;

	need_router("192.0.2.1");
	net_address("near", "192.0.2.2", 24);
	s = socket_udp4();
	assert_gives(0, socket_bind4(s, ip4("192.0.2.2"), 0));
	learn_silence_at(h, "198.51.100.1", s);
	ck_assert(!goes_last(h, "198.51.100.1"));
	net_ip("addr del 192.0.2.1/24 dev near");
	move_to("192.0.2.2", "192.0.2.254");
	ck_assert(goes_last(h, "198.51.100.1"));
}

/* Winsock need not say where a pending attempt comes from. */
TEST(an_attempt_whose_socket_does_not_say_came_as_the_system_chooses)
{
	struct socket_history *h = history(8);

	learn_silence_at(h, "127.0.1.1", socket_udp4());
	ck_assert(goes_last(h, "127.0.1.1"));
}

TEST(a_local_address_that_is_set_says_where_one_will_come_from)
{
	struct socket_history *h = history(8);
	int s = socket_udp4();

	assert_gives(0, socket_bind4(s, ip4("127.0.0.9"), 0));
	learn_silence_at(h, "127.0.1.1", s);
	ck_assert(goes_last_from(h, "127.0.1.1", "::ffff:127.0.0.9"));
	ck_assert(!goes_last_from(h, "127.0.1.1", "::ffff:127.0.0.1"));
	ck_assert(!goes_last(h, "127.0.1.1"));
	learn_silence(h, "127.0.2.1");
	ck_assert(goes_last_from(h, "127.0.2.1", "::ffff:0.0.0.0"));
	ck_assert(goes_last_from(h, "127.0.2.1", "::"));
}

TEST(without_a_descriptor_nothing_is_known)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	fail_call(CALL_SOCKET, 1, EMFILE);
	ck_assert(!goes_last(h, "127.0.1.1"));
	ck_assert(goes_last(h, "127.0.1.1"));
	fail_call(CALL_GETSOCKNAME, 1, ENOBUFS);
	ck_assert(!goes_last(h, "127.0.1.1"));
}

TEST(families_are_apart_also_where_the_source_is_not_known)
{
	struct socket_history *h = history(8);

	fail_call(CALL_GETSOCKNAME, 0, ENOBUFS);
	learn_silence(h, "127.0.1.1");
	learn_silence(h, "127.0.2.1");
	learn_silence(h, "::1");
	ck_assert(!goes_last(h, "127.0.9.1"));
	learn_silence(h, "127.0.3.1");
	ck_assert(goes_last(h, "127.0.9.1"));
}

TEST(asking_leaves_no_descriptor_open)
{
	struct socket_history *h = history(8);
	int before;

	before = open_descriptors();
	learn_silence(h, "127.0.1.1");
	goes_last(h, "127.0.1.1");
	ck_assert_int_eq(open_descriptors(), before);
}

TEST(where_nothing_matters_the_system_is_not_asked)
{
	struct socket_history *h = history(8);

	learn_silence(h, "127.0.1.1");
	count_calls();
	ck_assert(!goes_last(h, "127.0.2.1"));
	ck_assert_int_eq(all_calls(), 0);
}

/* It only says what to try last. */
TEST(what_is_silent_is_reached_all_the_same)
{
	const struct place *ipv4 = AT_IPV4;
	struct socket_history *h = history(8);
	struct socket_addr6 a = address("127.0.0.1");
	int s;

	listener_at(ipv4, &a.port);
	use_clock_of_dials();
	learn_silence(h, "127.0.0.1");
	s = socket_dial6(&a, 1, -1, h);
	assert_gives(0, socket_close(s));
	ck_assert(!goes_last(h, "127.0.0.1"));
}

/* To these, the last of which listens: which was the first to be tried? */
static struct socket_addr6 first_tried(struct socket_history *h,
				       const struct socket_addr6 a[2])
{
	struct socket_dial *d = socket_dial_new(2);
	struct socket_attempt6 attempts[2];
	int s;

	assert_gives(0, socket_dial_add(d, a, 1));
	assert_gives(0, socket_dial_set_history(d, h));
	assert_gives(0, socket_dial_set_history(d, h));
	assert_gives(0, socket_dial_add(d, a + 1, 1));
	assert_gives(0, socket_dial_end(d));
	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS)
		;
	assert_gives(0, socket_close(s));
	ck_assert_uint_eq(socket_dial_attempts(d, attempts, 2), 2);
	socket_dial_free(d);
	return attempts[0].addr;
}

/* So that it is found out if it answers again, as here, by a refusal. */
TEST(one_dial_in_seventeen_tries_what_was_silent_as_any_other)
{
	struct socket_history *h = history(8);
	struct socket_addr6 a[2] = {address("::1"), address("127.0.0.1")};
	struct socket_addr6 first;

	need_place(AT_IPV6);
	listener_at(AT_IPV4, &a[1].port);
	a[0].port = refusing_port_at(AT_IPV6);
	use_clock_of_dials();
	learn_silence(h, "::1");
	for (int i = 1; i <= 17; i++) {
		first = first_tried(h, a);
		ck_assert_int_eq(ip6_isv4mapped(first.ip), i < 17);
		ck_assert_int_eq(goes_last(h, "::1"), i < 17);
	}
}

/* Others would let the count pass while it decides nothing. */
TEST(only_dials_that_it_has_something_to_say_to_are_counted)
{
	struct socket_history *h = history(8);
	struct dial_entry silent = {.a.addr = address("127.0.1.1"), .s = -1};
	struct dial_entry other = {.a.addr = address("127.0.2.1"), .s = -1};
	enum dial_heed heed;

	silent.v4 = other.v4 = 1;
	learn_silence(h, "127.0.1.1");
	for (int i = 1; i <= 17; i++) {
		heed = DIAL_UNDECIDED;
		ck_assert(!socket6_dial_is_slow(h, &heed, &other));
		ck_assert_int_eq(heed, DIAL_UNDECIDED);
		ck_assert_int_eq(socket6_dial_is_slow(h, &heed, &silent),
				 i < 17);
		/* It has decided. */
		ck_assert_int_eq(socket6_dial_is_slow(h, &heed, &silent),
				 i < 17);
	}
}

/* ---- the clocks ---- */

/* Lets the only line of a save end so many seconds from now. */
static void end_in(char *text, int left)
{
	char until[9];

	sprintf(until, "%08lx",
		(unsigned long)((uint32_t)time(NULL) + (uint32_t)left));
	memcpy(text + HEAD + 18, until, 8);
}

CASE("clocks")

TEST(a_source_that_cannot_be_asked_for_is_told_as_such)
{
	struct socket_addr6 to = {.ip = {[15] = 1}, .port = 1};
	char source[16];

	fail_call(CALL_SOCKET, 1, EMFILE);
	assert_fails(EMFILE, socket6_dial_source(&to, source));
}

TEST(a_save_is_dated_by_the_days_clock)
{
	struct socket_history *h = history(8);
	char text[HEAD + LINE + 1] = "";
	unsigned long first, last, until;

	learn_silence(h, "127.0.1.1");
	first = (unsigned long)time(NULL);
	ck_assert_uint_eq(socket_history_save(h, text, sizeof text),
			  HEAD + LINE);
	last = (unsigned long)time(NULL);
	until = strtoul(text + HEAD + 18, NULL, 16);
	ck_assert_uint_ge(until, (uint32_t)(first + 600));
	ck_assert_uint_le(until, (uint32_t)(last + 600));
}

/* The day's clock goes on while we test. */
TEST(a_load_takes_off_what_has_passed_by_it)
{
	struct socket_history *h = history(8);
	char text[HEAD + LINE];

	learn_silence(h, "127.0.1.1");
	socket_history_save(h, text, sizeof text);
	socket_history_clear(h);
	/* Another boot: the clock of seconds begins anew. */
	seconds = 5;
	end_in(text, 0);
	assert_gives(0, socket_history_load(h, text, sizeof text));
	ck_assert(!goes_last(h, "127.0.1.1"));
	end_in(text, 300);
	assert_gives(1, socket_history_load(h, text, sizeof text));
	seconds = 5 + 280;
	ck_assert(goes_last(h, "127.0.1.1"));
	seconds = 5 + 301;
	ck_assert(!goes_last(h, "127.0.1.1"));
}

#include "check_history.list"
