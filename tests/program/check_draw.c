/* SPDX-License-Identifier: ISC */
/* check_draw.c - the timeline that socket6(1) draws. */
#include "config.h"

#include "fixture.h"
#include "suite.h"

#include "../../tools/draw.h"

#include <stdio.h>
#include <stdlib.h>

enum { MS = 1000, MAX = 4 };

static struct socket_question questions[MAX];
static struct socket_attempt6 attempts[MAX];
static struct draw_label labels[2 * MAX];
static struct drawing drawing;
static char drawn[4096];

static void add_label(const char *label)
{
	struct draw_label *l = &labels[drawing.asked + drawing.n];

	snprintf(l->text, sizeof l->text, "%s", label);
}

/* One more question, before any attempt; times in milliseconds. */
static void question(const char *label, struct socket_question q)
{
	add_label(label);
	q.start *= MS;
	q.end *= MS;
	questions[drawing.asked++] = q;
}

static void answered(const char *label, uint32_t count, int start, int end)
{
	question(label,
		 (struct socket_question){.state = SOCKET_QUESTION_ANSWERED,
					  .count = count,
					  .start = start,
					  .end = end});
}

static void no_answer(const char *label, int state, int start, int end)
{
	question(label, (struct socket_question){
				.state = state, .start = start, .end = end});
}

/* One more attempt. */
static void attempt(const char *label, int state, int error, int start, int end)
{
	size_t i = drawing.n;

	add_label(label);
	drawing.n++;
	attempts[i] = (struct socket_attempt6){.state = state,
					       .error = error,
					       .start = start * MS,
					       .end = end * MS};
}

static void begin(void)
{
	drawing = (struct drawing){.questions = questions,
				   .attempts = attempts,
				   .labels = labels,
				   .over = 1,
				   .width = 60};
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

TEST(each_question_has_a_bar_above_the_attempts)
{
	begin();
	no_answer("name", SOCKET_QUESTION_CANCELLED, 0, 110);
	no_answer("name IPv6", SOCKET_QUESTION_CANCELLED, 50, 110);
	answered("name IPv4", 1, 50, 60);
	won("192.0.2.1", 100, 110);
	assert_drawn(
		"name       .....................|          cancelled\n"
		"name IPv6           ............|          cancelled\n"
		"name IPv4           ..:                    1 address 10.0 ms\n"
		"192.0.2.1                     ==*          won 10.0 ms\n"
		"           0                       150 ms\n");
}

TEST(a_question_in_progress_ends_now)
{
	begin();
	no_answer("name", SOCKET_QUESTION_PENDING, 0, 0);
	drawing.now = 100 * MS;
	drawing.over = 0;
	assert_drawn("name  ...................................>  in progress\n"
		     "      0                             100 ms\n");
	drawing.over = 1;
	draw_it();
	ck_assert_ptr_nonnull(strstr(drawn, "interrupted"));
}

TEST(a_question_without_an_answer_in_time_has_none)
{
	begin();
	no_answer("name", SOCKET_QUESTION_CANCELLED, 0, 100);
	draw_it();
	ck_assert_ptr_nonnull(strstr(drawn, "|  cancelled"));
	drawing.is_late = 1;
	draw_it();
	ck_assert_ptr_nonnull(strstr(drawn, "|  no answer"));
}

TEST(none_wins_where_all_are_connected)
{
	begin();
	won("::1", 0, 10);
	drawing.all = 1;
	draw_it();
	ck_assert_ptr_nonnull(strstr(drawn, "*  connected 10.0 ms\n"));
}

static const struct {
	int family, error;
	const char *words;
} failures[] = {
	{0, ENOENT, "x  unknown host 10.0 ms\n"},
	{6, ENOENT, "x  no address 10.0 ms\n"},
	{0, EIO, "x  failed 10.0 ms\n"},
	{4, ENOTRECOVERABLE, "x  failed 10.0 ms\n"},
	{0, ENOMEM, "x  out of memory 10.0 ms\n"},
};

LOOP_TEST(a_question_that_failed_has_its_reason, LENGTH(failures))
{
	begin();
	question("name",
		 (struct socket_question){.state = SOCKET_QUESTION_FAILED,
					  .family = failures[_i].family,
					  .error = failures[_i].error,
					  .end = 10});
	draw_it();
	ck_assert_ptr_nonnull(strstr(drawn, failures[_i].words));
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
	answered("a-name-of-39-characters.that-may-b.. IPv6", 1234, 50, 1234);
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
	answered("name", 3, 0, 1);
	for (int i = 1; i < MAX; i++)
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
