/* SPDX-License-Identifier: ISC */
/* check_draw.c - the timeline that socket6(1) draws. */
#include "config.h"

#include "fixture.h"
#include "suite.h"

#include "../../tools/draw.h"

#include <stdio.h>
#include <stdlib.h>

enum { MS = 1000, MAX = 4 };

static struct socket_attempt6 attempts[MAX];
static struct draw_label labels[MAX];
static struct drawing drawing;
static char drawn[4096];

/* One more attempt; times in milliseconds. */
static void attempt(const char *label, int state, int error, int start, int end)
{
	size_t i = drawing.n++;

	snprintf(labels[i].text, sizeof labels[i].text, "%s", label);
	attempts[i] = (struct socket_attempt6){.state = state,
					       .error = error,
					       .start = start * MS,
					       .end = end * MS};
}

static void begin(void)
{
	drawing = (struct drawing){
		.attempts = attempts, .labels = labels, .over = 1, .width = 60};
}

static void failed(const char *label, int error, int start, int end)
{
	attempt(label, SOCKET_ATTEMPT_FAILED, error, start, end);
}

static void won(const char *label, int start, int end)
{
	attempt(label, SOCKET_ATTEMPT_CONNECTED, 0, start, end);
}

static void cancelled(const char *label, int start, int end)
{
	attempt(label, SOCKET_ATTEMPT_CANCELLED, 0, start, end);
}

static void waiting(const char *label)
{
	attempt(label, SOCKET_ATTEMPT_WAITING, 0, 0, 0);
}

static void pending(const char *label, int start, int now)
{
	attempt(label, SOCKET_ATTEMPT_PENDING, 0, start, 0);
	drawing.now = now * MS;
	drawing.over = 0;
}

static void draw_it(void)
{
	FILE *out = fmemopen(drawn, sizeof drawn, "w");

	ck_assert_ptr_nonnull(out);
	draw(out, &drawing);
	assert_gives(0, fclose(out));
}

static void assert_drawn(const char *picture)
{
	draw_it();
	ck_assert_str_eq(drawn, picture);
}

/* No line is longer than the drawing is wide. */
static void assert_fits(void)
{
	char copy[sizeof drawn];

	strcpy(copy, drawn);
	for (char *line = strtok(copy, "\n"); line; line = strtok(NULL, "\n"))
		ck_assert_msg((int)strlen(line) <= drawing.width,
			      "%d columns: %s", drawing.width, line);
}

CASE("draw")

TEST(each_attempt_has_a_bar_from_its_beginning_to_its_end)
{
	begin();
	failed("2001:db8::1", ECONNREFUSED, 0, 20);
	cancelled("2001:db8::2", 20, 290);
	won("192.0.2.1", 270, 290);
	assert_drawn(
		"2001:db8::1  -x                             refused 20.0 ms\n"
		"2001:db8::2   --------------------------|   cancelled\n"
		"192.0.2.1                             ==*   won 20.0 ms\n"
		"             0                      300 ms\n");
}

TEST(what_waits_has_no_bar)
{
	begin();
	won("::1", 0, 10);
	waiting("127.0.0.1");
	assert_drawn("::1        ==============================*  won 10.0 ms\n"
		     "127.0.0.1                                   not tried\n"
		     "           0                       10.0 ms\n");
}

TEST(what_is_in_progress_ends_now)
{
	begin();
	pending("::1", 0, 100);
	waiting("127.0.0.1");
	assert_drawn("::1        ------------------------------>  in progress\n"
		     "127.0.0.1                                   waiting\n"
		     "           0                        100 ms\n");
}

TEST(what_was_in_progress_was_broken_off)
{
	begin();
	pending("::1", 0, 100);
	drawing.over = 1;
	draw_it();
	ck_assert_ptr_nonnull(strstr(drawn, "interrupted"));
}

TEST(a_narrow_drawing_has_the_label_above_the_bar)
{
	begin();
	drawing.width = 40;
	failed("2001:db8:1111:2222:3333:4444:5555:6666", ETIMEDOUT, 0, 200);
	won("192.0.2.1", 100, 200);
	assert_drawn("2001:db8:1111:2222:3333:4444:5555:6666\n"
		     "  -------------------x  timed out 200 ms\n"
		     "192.0.2.1\n"
		     "           ==========*  won 100 ms\n"
		     "  0             200 ms\n");
}

TEST(every_width_is_kept)
{
	begin();
	failed("2001:db8:1111:2222:3333:4444:5555:6666", EADDRNOTAVAIL, 0, 123);
	cancelled("2001:db8::1", 50, 12345);
	won("192.0.2.1", 100, 12345);
	for (drawing.width = 8; drawing.width < 300; drawing.width++) {
		draw_it();
		assert_fits();
	}
}

TEST(few_lines_show_the_first_and_count_the_others_above_the_cursor)
{
	begin();
	for (int i = 0; i < MAX; i++)
		failed("::1", ECONNREFUSED, i, i + 1);
	drawing.height = MAX + 2;
	draw_it();
	assert_gives(MAX + 1, draw_lines(drawn, drawing.width));
	ck_assert_ptr_null(strstr(drawn, "more"));
	drawing.height = MAX + 1;
	draw_it();
	assert_gives(MAX, draw_lines(drawn, drawing.width));
	ck_assert_ptr_nonnull(strstr(drawn, "\nand 2 more\n"));
}

TEST(colours_are_for_the_asking)
{
	begin();
	won("::1", 0, 10);
	draw_it();
	ck_assert_ptr_null(strchr(drawn, '\33'));
	drawing.color = 1;
	draw_it();
	ck_assert_ptr_nonnull(strstr(drawn, "\33[32m="));
	ck_assert_ptr_nonnull(strstr(drawn, "won 10.0 ms\33[0m\n"));
}

TEST(utf8_is_for_the_asking)
{
	begin();
	drawing.utf8 = 1;
	won("::1", 0, 10);
	draw_it();
	ck_assert_ptr_nonnull(strstr(drawn, "━●"));
}

TEST(nothing_is_drawn_of_no_attempts)
{
	begin();
	assert_drawn("");
}

static const struct {
	int64_t microseconds;
	const char *text;
} times[] = {
	{0, "0.00 ms"},		{271, "0.27 ms"},   {9994, "9.99 ms"},
	{21345, "21.3 ms"},	{271000, "271 ms"}, {1271000, "1.27 s"},
	{127000000, "127.0 s"},
};

LOOP_TEST(a_time_has_three_digits, LENGTH(times))
{
	ck_assert_str_eq(draw_time(times[_i].microseconds).text,
			 times[_i].text);
}

/* What a terminal makes of lines that are wider than it has become. */
static const struct {
	const char *text;
	int lines;
} folded[] = {
	{"", 0},
	{"one\ntwo\n", 2},
	{"\n", 1},
	{"0123456789\n", 1},
	{"0123456789a\n", 2},
	{"01234567890123456789\n", 2},
	{"\33[32m0123456789\33[0m\n", 1},
	{"━━━━━━━━━━\n", 1},
};

LOOP_TEST(lines_are_counted_as_a_terminal_of_ten_columns_folds_them,
	  LENGTH(folded))
{
	assert_gives(folded[_i].lines, draw_lines(folded[_i].text, 10));
}

#include "check_draw.list"
