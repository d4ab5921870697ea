/* SPDX-License-Identifier: ISC */
/* draw.c - the race of a dial as a timeline. Pure. */
#include "draw.h"

#include "socket6.h"

#include <errno.h>
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

/* A line: a question, or an attempt. */
struct row {
	const char *label;
	const struct look *look;
	int64_t start, end;
	char outcome[OUTCOMES];
};

/* How a state looks: its colour, its body and its end, in ASCII and UTF-8. */
static const struct look {
	const char *color;
	const char *body[2], *end[2];
} looks[] =
	{
		[SOCKET_ATTEMPT_WAITING] = {"\33[2m", {" ", " "}, {" ", " "}},
		[SOCKET_ATTEMPT_PENDING] = {"\33[33m", {"-", "─"}, {">", "╴"}},
		[SOCKET_ATTEMPT_CONNECTED] = {"\33[32m",
					      {"=", "━"},
					      {"*", "●"}},
		[SOCKET_ATTEMPT_FAILED] = {"\33[31m", {"-", "─"}, {"x", "✗"}},
		[SOCKET_ATTEMPT_CANCELLED] = {"\33[2m", {"-", "─"}, {"|", "┤"}},
},
  looks_of_names[] = {
	  [SOCKET_QUESTION_PENDING] = {"\33[33m", {".", "·"}, {">", "╴"}},
	  [SOCKET_QUESTION_ANSWERED] = {"\33[36m", {".", "·"}, {":", "○"}},
	  [SOCKET_QUESTION_FAILED] = {"\33[31m", {".", "·"}, {"x", "✗"}},
	  [SOCKET_QUESTION_CANCELLED] = {"\33[2m", {".", "·"}, {"|", "┤"}},
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

static const char *words_of_error(const struct socket_question *q)
{
	switch (q->error) {
	case ENOENT:
		return q->family ? "no address" : "unknown host";
	case EIO:
	case ENOTRECOVERABLE:
		return "failed";
	default:
		return socket_error(q->error);
	}
}

/* The answer to a question, and how long it took. */
static void tell_answer(const struct drawing *d,
			const struct socket_question *q, char *text)
{
	struct draw_time took = draw_time(q->end - q->start);

	switch (q->state) {
	case SOCKET_QUESTION_ANSWERED:
		snprintf(text, OUTCOMES, "%u address%s %s", (unsigned)q->count,
			 q->count == 1 ? "" : "es", took.text);
		break;
	case SOCKET_QUESTION_FAILED:
		snprintf(text, OUTCOMES, "%.21s %s", words_of_error(q),
			 took.text);
		break;
	case SOCKET_QUESTION_CANCELLED:
		snprintf(text, OUTCOMES, "%s",
			 d->is_late ? "no answer" : "cancelled");
		break;
	default:
		snprintf(text, OUTCOMES, "%s",
			 d->over ? "interrupted" : "in progress");
	}
}

/* The result of an attempt, and how long it took. */
static void tell_outcome(const struct drawing *d,
			 const struct socket_attempt6 *a, char *text)
{
	struct draw_time took = draw_time(a->end - a->start);

	switch (a->state) {
	case SOCKET_ATTEMPT_WAITING:
		snprintf(text, OUTCOMES, "%s",
			 d->over ? "not tried" : "waiting");
		break;
	case SOCKET_ATTEMPT_CONNECTED:
		snprintf(text, OUTCOMES, "%s %s", d->all ? "connected" : "won",
			 took.text);
		break;
	case SOCKET_ATTEMPT_FAILED:
		snprintf(text, OUTCOMES, "%.21s %s",
			 address_error_words(&a->addr, a->error), took.text);
		break;
	case SOCKET_ATTEMPT_CANCELLED:
		snprintf(text, OUTCOMES, "cancelled");
		break;
	default:
		snprintf(text, OUTCOMES, "%s",
			 d->over ? "interrupted" : "in progress");
	}
}

static size_t rows(const struct drawing *d)
{
	return d->asked + d->n;
}

static struct row row_of_question(const struct drawing *d, size_t i)
{
	const struct socket_question *q = &d->questions[i];
	int is_open = q->state == SOCKET_QUESTION_PENDING;
	struct row r = {.look = &looks_of_names[q->state],
			.start = q->start,
			.end = is_open ? d->now : q->end};

	tell_answer(d, q, r.outcome);
	return r;
}

static struct row row_of_attempt(const struct drawing *d, size_t i)
{
	const struct socket_attempt6 *a = &d->attempts[i];
	int is_open = a->state == SOCKET_ATTEMPT_PENDING;
	struct row r = {.look = &looks[a->state],
			.start = a->start,
			.end = is_open ? d->now : a->end};

	tell_outcome(d, a, r.outcome);
	return r;
}

/* The questions are above the attempts. */
static struct row row(const struct drawing *d, size_t i)
{
	struct row r = i < d->asked ? row_of_question(d, i)
				    : row_of_attempt(d, i - d->asked);

	r.label = d->labels[i].text;
	return r;
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

static int most(int a, int b)
{
	return a > b ? a : b;
}

static struct layout lay_out(const struct drawing *d)
{
	int64_t last = d->over ? 0 : d->now;
	struct layout l = {.outcome = OUTCOME};

	for (size_t i = 0; i < rows(d); i++) {
		struct row r = row(d, i);

		l.label = most(l.label, (int)strlen(r.label));
		l.outcome = most(l.outcome, (int)strlen(r.outcome));
		if (r.end > last)
			last = r.end;
	}
	l.span = round_up(last);
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
		     const struct row *r)
{
	int first = column(l, r->start);
	int last = column(l, r->end);

	put_times(out, " ", first);
	put_times(out, r->look->body[d->utf8], last - first);
	fputs(r->look->end[d->utf8], out);
	put_times(out, " ", l->bar - 1 - last);
}

static void draw_row(FILE *out, const struct drawing *d, const struct layout *l,
		     const struct row *r)
{
	if (l->stacked)
		fprintf(out, "%.*s\n%*s", d->width, r->label, INDENT, "");
	else
		fprintf(out, "%-*s%*s", l->label, r->label, GAP, "");
	if (d->color)
		fputs(r->look->color, out);
	if (l->bar) {
		draw_bar(out, d, l, r);
		put_times(out, " ", GAP);
	}
	fprintf(out, "%.*s", d->width - INDENT, r->outcome);
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
 * How many rows there is room for, besides the scale, the cursor's line and if
 * necessary the number of rows left out.
 */
static size_t room(const struct drawing *d, const struct layout *l)
{
	size_t each = l->stacked ? 2 : 1;
	size_t height = (size_t)d->height;

	if (height == 0 || rows(d) * each + 2 <= height)
		return rows(d);
	return height > 3 ? (height - 3) / each : 0;
}

void draw(FILE *out, const struct drawing *d)
{
	struct layout l = lay_out(d);
	size_t shown = room(d, &l);

	for (size_t i = 0; i < shown; i++) {
		struct row r = row(d, i);

		draw_row(out, d, &l, &r);
	}
	if (shown < rows(d))
		fprintf(out, "and %zu more\n", rows(d) - shown);
	if (rows(d))
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
