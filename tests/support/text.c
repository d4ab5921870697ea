/* SPDX-License-Identifier: ISC */
/*
 * text.c - what every function that reads or writes text is put through.
 *
 * Check writes down every ck_assert it passes, which is slow for millions;
 * here a test says something only when it fails.
 */
#include "config.h"

#include "platform.h"
#include "suite.h"
#include "text.h"

#include <socket6.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { GUARD = 16, ROOM = 96, ALL = GUARD + ROOM + GUARD };

/* A copy whose last byte is the last one before an unmapped page. */
static void *at_edge(const void *bytes, size_t size)
{
	static char *edge;

	if (!edge)
		edge = end_of_memory();
	if (!edge)
		ck_abort_msg("no unmapped page");
	return memcpy(edge - size, bytes, size);
}

/* Puts guard bytes everywhere. */
static char *guard(char bytes[ALL])
{
	return (char *)memset(bytes, '#', ALL) + GUARD;
}

/* Whether they are intact, except for this many bytes from GUARD on. */
static int guarded(const char bytes[ALL], size_t written)
{
	char guards[ALL];

	guard(guards);
	return memcmp(bytes, guards, GUARD) == 0 &&
	       memcmp(bytes + GUARD + written, guards, ALL - GUARD - written) ==
		       0;
}

size_t scanned(const struct form *form, const char *text, char *value)
{
	char bytes[ALL];
	const char *src = at_edge(text, strlen(text) + 1);
	size_t len;

	len = form->scan(src, guard(bytes));
	if (!guarded(bytes, len > 0 ? form->size : 0))
		ck_abort_msg("\"%s\": writes elsewhere", text);
	if (len > strlen(text))
		ck_abort_msg("\"%s\": reads %zu bytes", text, len);
	if (form->scan(src, NULL) != len)
		ck_abort_msg("\"%s\": other length for null", text);
	if (len > 0)
		memcpy(value, bytes + GUARD, form->size);
	return len;
}

const char *formatted(const struct form *form, const char *value)
{
	static char bytes[ALL];
	const char *end = at_edge(value, form->size);
	size_t len;

	len = form->fmt(guard(bytes), end);
	if (len > form->most)
		ck_abort_msg("writes %zu bytes", len);
	if (!guarded(bytes, len))
		ck_abort_msg("\"%.*s\": writes past its length", (int)len,
			     bytes + GUARD);
	bytes[GUARD + len] = 0;
	if (form->fmt(NULL, end) != len)
		ck_abort_msg("\"%s\": other length for null", bytes + GUARD);
	return bytes + GUARD;
}

void assert_reads_back(const struct form *form, const char *value)
{
	const char *text = formatted(form, value);
	char back[ROOM];

	if (scanned(form, text, back) != strlen(text) ||
	    memcmp(back, value, form->size) != 0)
		ck_abort_msg("\"%s\" does not read back", text);
}

static void assert_reading(const struct form *form, const struct reading *r)
{
	char value[ROOM];
	size_t len = scanned(form, r->text, value);

	ck_assert_msg(len == strlen(r->read), "\"%s\": \"%.*s\" is read",
		      r->text, (int)len, r->text);
	if (len > 0)
		ck_assert_str_eq(formatted(form, value), r->written);
}

void assert_readings(const struct form *form, const struct reading *readings)
{
	for (; readings->text; readings++)
		assert_reading(form, readings);
}

void assert_unread(const struct form *form, const char *const *texts)
{
	for (; *texts; texts++) {
		struct reading nothing = {*texts, "", NULL};

		assert_reading(form, &nothing);
	}
}

size_t longest(const char *text, int (*valid)(const char *),
	       int (*ends)(const char *, char))
{
	char beginning[ROOM];
	size_t len = strlen(text);

	strcpy(beginning, text);
	for (; len > 0; len--) {
		beginning[len] = 0;
		if (ends(beginning, text[len]) && valid(beginning))
			return len;
	}
	return 0;
}

static void extend(char *text, size_t len, const char *const *pieces, int most,
		   void (*check)(const char *))
{
	text[len] = 0;
	check(text);
	for (int i = 0; most > 0 && pieces[i]; i++) {
		strcpy(text + len, pieces[i]);
		extend(text, len + strlen(pieces[i]), pieces, most - 1, check);
	}
}

void each_text(const char *const *pieces, int most, void (*check)(const char *))
{
	char text[ROOM];

	extend(text, 0, pieces, is_slow() ? most - 1 : most, check);
}

/* The numbers, printed, are the text again. */
int read_ip4(const char *text, char ip[4])
{
	for (int i = 0; i < 4; i++) {
		unsigned long n = strtoul(text, NULL, 10);
		char again[32];
		size_t len;

		snprintf(again, sizeof again, i < 3 ? "%lu." : "%lu", n);
		len = strlen(again);
		if (n > 255 || strncmp(text, again, len) != 0)
			return 0;
		ip[i] = (char)n;
		text += len;
	}
	return *text == 0;
}

/* How many groups stand before end, -1 if there is something else. */
static int read_groups(const char *text, const char *end, char ip[16])
{
	unsigned long group;
	size_t len;

	if (text == end)
		return 0;
	for (int groups = 0; groups < 8; text++) {
		len = strspn(text, "0123456789abcdefABCDEF");
		if (text + len < end && text[len] == '.')
			return groups < 7 && read_ip4(text, ip + 2 * groups)
				       ? groups + 2
				       : -1;
		if (len < 1 || len > 4)
			return -1;
		group = strtoul(text, NULL, 16);
		ip[2 * groups] = (char)(group >> 8);
		ip[2 * groups + 1] = (char)group;
		groups++;
		text += len;
		if (text == end)
			return groups;
		if (*text != ':')
			return -1;
	}
	return -1;
}

/* Split at ::, and zeros between. */
int read_ip6(const char *text, char ip[16])
{
	const char *gap = strstr(text, "::");
	const char *end = text + strlen(text);
	char tail[16];
	int before, after;

	memset(ip, 0, 16);
	if (!gap) {
		if (read_groups(text, end, ip) == 8)
			return 1;
		memcpy(ip, V4mappedprefix, 12);
		return read_ip4(text, ip + 12);
	}
	before = read_groups(text, gap, ip);
	after = read_groups(gap + 2, end, tail);
	if (before < 0 || after < 0 || before + after > 7)
		return 0;
	memcpy(ip + 16 - 2 * after, tail, 2 * (size_t)after);
	return 1;
}

/* The first of the longest runs of zero groups, of one group none. */
static int longest_run(const unsigned int group[8], int *start)
{
	int most = 1;

	for (int i = 0; i < 8; i++) {
		int n = 0;

		while (i + n < 8 && group[i + n] == 0)
			n++;
		if (n > most) {
			most = n;
			*start = i;
		}
	}
	return most > 1 ? most : 0;
}

const char *written_ip6(const char ip[16])
{
	static char text[48];
	const unsigned char *byte = (const unsigned char *)ip;
	unsigned int group[8];
	int start = -1, run;
	char *end = text;

	if (memcmp(ip, V4mappedprefix, 12) == 0) {
		sprintf(text, "::ffff:%u.%u.%u.%u", byte[12], byte[13],
			byte[14], byte[15]);
		return text;
	}
	for (int i = 0; i < 8; i++)
		group[i] = byte[2 * i] * 256u + byte[2 * i + 1];
	run = longest_run(group, &start);
	for (int i = 0; i < 8; i += i == start ? run : 1) {
		if (i == start)
			end += sprintf(end, i == 0 ? "::" : ":");
		else
			end += sprintf(end, i < 7 ? "%x:" : "%x", group[i]);
	}
	return text;
}

/* xorshift32, Marsaglia 2003. */
static uint32_t state = 1;

void seed(unsigned int start)
{
	state = 2463534242u + start * 2654435769u;
	if (state == 0)
		state = 1;
}

unsigned int any(unsigned int below)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return (state >> 8) % below;
}

void any_ip6(char ip[16])
{
	static const unsigned int most[] = {1, 1, 1, 0x10, 0x100, 0x10000};

	for (int i = 0; i < 16; i += 2) {
		unsigned int group = any(most[any(6)]);

		ip[i] = (char)(group >> 8);
		ip[i + 1] = (char)group;
	}
	if (any(8) > 0)
		return;
	memset(ip, 0, 10);
	memset(ip + 10, -1, 2);
}

static void spoil_once(char *text, size_t room)
{
	static const char bytes[] = "0123456789abcdefABCDEF::::....%[]/gG \xff";
	size_t len = strlen(text);
	size_t at = any((unsigned int)len + 1);
	char byte = bytes[any(sizeof bytes - 1)];

	switch (any(3)) {
	case 0:
		if (at < len)
			text[at] = byte;
		break;
	case 1:
		if (len + 1 < room) {
			memmove(text + at + 1, text + at, len - at + 1);
			text[at] = byte;
		}
		break;
	default:
		if (at < len)
			memmove(text + at, text + at + 1, len - at);
	}
}

void spoil(char *text, size_t room, int times)
{
	while (times-- > 0)
		spoil_once(text, room);
}
