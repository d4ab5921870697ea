/* SPDX-License-Identifier: ISC */
/* draw.c - the race of a dial as a timeline. Pure. */
#include "draw.h"

#include "socket6.h"

#include <string.h>

enum {
	GAP = 2,       /* columns between label, bar and outcome */
	INDENT = 2,    /* of a bar that has its own line */
	WIDE_BAR = 16, /* the least beside a label */
	LEAST_BAR = 4, /* the least below one; else there is none */
	OUTCOME = 16,  /* the least for it, so that bars do not jump */
	OUTCOMES = 48, /* bytes that are enough */
};

struct layout {
	int label, bar, outcome; /* columns */
	int stacked;		 /* the label has a line of its own */
	int64_t span;		 /* microseconds that the bar stands for */
};

/* How a state looks: its colour, its body and its end, in ASCII and UTF-8. */
static const struct look {
	const char *color;
	const char *body[2], *end[2];
} looks[] = {
	[SOCKET_ATTEMPT_WAITING] = {"\33[2m", {" ", " "}, {" ", " "}},
	[SOCKET_ATTEMPT_PENDING] = {"\33[33m", {"-", "─"}, {">", "╴"}},
	[SOCKET_ATTEMPT_CONNECTED] = {"\33[32m", {"=", "━"}, {"*", "●"}},
	[SOCKET_ATTEMPT_FAILED] = {"\33[31m", {"-", "─"}, {"x", "✗"}},
	[SOCKET_ATTEMPT_CANCELLED] = {"\33[2m", {"-", "─"}, {"|", "┤"}},
};

struct draw_time draw_time(int64_t microseconds)
{
	struct draw_time t;
	double ms = (double)microseconds / 1000;
	int digits = ms < 10 ? 2 : ms < 100 ? 1 : 0;

	if (ms < 1000)
		snprintf(t.text, sizeof t.text, "%.*f ms", digits, ms);
	else
		snprintf(t.text, sizeof t.text, "%.*f s", ms < 10000 ? 2 : 1,
			 ms / 1000);
	return t;
}

static int64_t end_of(const struct drawing *d, size_t i)
{
	const struct socket_attempt6 *a = &d->attempts[i];

	return a->state == SOCKET_ATTEMPT_PENDING ? d->now : a->end;
}

/* Rounds a time up to one of few values, so that the scale rarely changes. */
static int64_t round_up(int64_t microseconds)
{
	static const int steps[] = {10, 15, 20, 30, 50, 75};

	for (int64_t unit = 10;; unit *= 10)
		for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
			if (steps[i] * unit >= microseconds)
				return steps[i] * unit;
}

static int64_t span_of(const struct drawing *d)
{
	int64_t last = d->over ? 0 : d->now;

	for (size_t i = 0; i < d->n; i++)
		if (end_of(d, i) > last)
			last = end_of(d, i);
	return round_up(last);
}

/* The result of an attempt, and how long it took. */
static void tell_outcome(const struct drawing *d, size_t i, char *text)
{
	const struct socket_attempt6 *a = &d->attempts[i];
	const char *words = "cancelled";

	switch (a->state) {
	case SOCKET_ATTEMPT_WAITING:
		words = d->over ? "not tried" : "waiting";
		break;
	case SOCKET_ATTEMPT_PENDING:
		words = d->over ? "interrupted" : "in progress";
		break;
	case SOCKET_ATTEMPT_CONNECTED:
		words = "won";
		break;
	case SOCKET_ATTEMPT_FAILED:
		words = address_error_words(&a->addr, a->error);
		break;
	}
	if (a->state == SOCKET_ATTEMPT_CONNECTED ||
	    a->state == SOCKET_ATTEMPT_FAILED)
		snprintf(text, OUTCOMES, "%.21s %s", words,
			 draw_time(a->end - a->start).text);
	else
		snprintf(text, OUTCOMES, "%s", words);
}

static int longest_label(const struct drawing *d)
{
	int longest = 0;

	for (size_t i = 0; i < d->n; i++)
		if ((int)strlen(d->labels[i].text) > longest)
			longest = (int)strlen(d->labels[i].text);
	return longest;
}

static int longest_outcome(const struct drawing *d)
{
	char text[OUTCOMES];
	int longest = OUTCOME;

	for (size_t i = 0; i < d->n; i++) {
		tell_outcome(d, i, text);
		if ((int)strlen(text) > longest)
			longest = (int)strlen(text);
	}
	return longest;
}

static struct layout lay_out(const struct drawing *d)
{
	struct layout l = {.label = longest_label(d),
			   .outcome = longest_outcome(d),
			   .span = span_of(d)};

	l.bar = d->width - l.label - l.outcome - 2 * GAP;
	l.stacked = l.bar < WIDE_BAR;
	if (l.stacked) {
		l.label = 0;
		l.bar = d->width - INDENT - l.outcome - GAP;
	}
	if (l.bar < LEAST_BAR)
		l.bar = 0;
	return l;
}

static void put_times(FILE *out, const char *text, int n)
{
	while (n-- > 0)
		fputs(text, out);
}

/* The bar's column for this time. */
static int column(const struct layout *l, int64_t microseconds)
{
	return (int)(microseconds * (l->bar - 1) / l->span);
}

static void draw_bar(FILE *out, const struct drawing *d, const struct layout *l,
		     size_t i)
{
	const struct socket_attempt6 *a = &d->attempts[i];
	const struct look *look = &looks[a->state];
	int first = column(l, a->start);
	int last = column(l, end_of(d, i));

	put_times(out, " ", first);
	put_times(out, look->body[d->utf8], last - first);
	fputs(look->end[d->utf8], out);
	put_times(out, " ", l->bar - 1 - last);
}

static void draw_attempt(FILE *out, const struct drawing *d,
			 const struct layout *l, size_t i)
{
	char outcome[OUTCOMES];

	tell_outcome(d, i, outcome);
	if (l->stacked)
		fprintf(out, "%.*s\n%*s", d->width, d->labels[i].text, INDENT,
			"");
	else
		fprintf(out, "%-*s%*s", l->label, d->labels[i].text, GAP, "");
	if (d->color)
		fputs(looks[d->attempts[i].state].color, out);
	if (l->bar) {
		draw_bar(out, d, l, i);
		put_times(out, " ", GAP);
	}
	fprintf(out, "%.*s", d->width - INDENT, outcome);
	if (d->color)
		fputs("\33[0m", out);
	putc('\n', out);
}

/* Writes 0 below the start of the bars, and the span below their end. */
static void draw_scale(FILE *out, const struct drawing *d,
		       const struct layout *l)
{
	if (!l->bar)
		return;
	fprintf(out, "%*s", l->stacked ? INDENT : l->label + GAP, "");
	if (d->color)
		fputs("\33[2m", out);
	fprintf(out, "0%*s", l->bar - 1, draw_time(l->span).text);
	if (d->color)
		fputs("\33[0m", out);
	putc('\n', out);
}

/*
 * How many attempts there is room for, besides the scale, the cursor's line and
 * if necessary the number of attempts left out.
 */
static size_t room(const struct drawing *d, const struct layout *l)
{
	size_t each = l->stacked ? 2 : 1;
	size_t height = (size_t)d->height;

	if (height == 0 || d->n * each + 2 <= height)
		return d->n;
	return height > 3 ? (height - 3) / each : 0;
}

void draw(FILE *out, const struct drawing *d)
{
	struct layout l = lay_out(d);
	size_t shown = room(d, &l);

	for (size_t i = 0; i < shown; i++)
		draw_attempt(out, d, &l, i);
	if (shown < d->n)
		fprintf(out, "and %zu more\n", d->n - shown);
	if (d->n)
		draw_scale(out, d, &l);
}

/* The width of the line at text, which ends before *next. */
static int columns(const char *text, const char **next)
{
	int n = 0;

	for (; *text && *text != '\n'; text++) {
		if (*text == '\33')
			text += strcspn(text, "m"); /* a colour */
		else if (((unsigned char)*text & 0xc0) != 0x80)
			n++;
	}
	*next = *text ? text + 1 : text;
	return n;
}

int draw_lines(const char *text, int width)
{
	int lines = 0;

	while (*text) {
		int n = columns(text, &text);

		lines += n > width ? (n + width - 1) / width : 1;
	}
	return lines;
}
