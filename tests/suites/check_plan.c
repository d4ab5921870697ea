/* SPDX-License-Identifier: ISC */
/*
 * check_plan.c - what a look-up asks and tells, on a clock that the tests turn.
 *
 * A table below is one behaviour. A row is a time in milliseconds, an answer
 * that has come since the row before, if any, and what the plan makes of it:
 * the questions to ask, the answers to tell, and then
 *
 *	until 50	without an answer, there is nothing to do before 50
 *	wait		only an answer can bring it on
 *	end		all has been told
 *	ENOENT, ...	the same, and nothing was: why
 */
#include "name/plan.h"

#include "suite.h"

#include <stdio.h>

/* Which families are looked up; whether others had to wait of late. */
enum { V4 = 1, V6 = 2, HURRIED = 4 };

/* What has happened: nothing, or the answer to one of these. */
enum event { NO_MORE, NO_ANSWER, ANSWERED };
#define NOTHING		  NO_ANSWER, 0
#define BOTH_FAILS(error) ANSWERED + ASK_BOTH, error
#define IPV6_FAILS(error) ANSWERED + ASK_V6, error
#define IPV4_FAILS(error) ANSWERED + ASK_V4, error
#define BOTH		  BOTH_FAILS(0)
#define IPV6		  IPV6_FAILS(0)
#define IPV4		  IPV4_FAILS(0)
#define SLOWER		  "ask ipv6, ask ipv4, wait"

struct row {
	int milliseconds;
	int event, error;
	const char *expected;
};

/* clang-format off */
static const struct table {
	const char *behaviour;
	int flags;
	struct row rows[8];
} tables[] = {

/* NAMES section 1, row by row. */

{"a system that answers in time is asked once, for both families", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{40, BOTH, "tell both, end"},
}},
{"one that is slow is asked for each family as well", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{49, NOTHING, "until 50"},
	{50, NOTHING, SLOWER},
}},
{"IPv4 is told if AAAA is never answered", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{51, IPV4, "tell ipv4, wait"},
	{15000, BOTH_FAILS(EIO), "wait"},
	{15050, IPV6_FAILS(EIO), "end"},
}},
{"IPv6 is told if A is never answered", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{51, IPV6, "tell ipv6, wait"},
	{15000, BOTH, "tell both, end"},
}},
{"IPv6 is told after IPv4 if it comes later", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{51, IPV4, "tell ipv4, wait"},
	{400, IPV6, "tell ipv6, end"},
}},
{"the answer for both is told as a whole, also late", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, BOTH, "tell both, end"},
}},
{"nothing is told beside the answer for both", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, IPV4, NULL},
	{60, IPV6, NULL},
	{60, BOTH, "tell both, end"},
}},
{"nor what came with it", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, IPV4, "tell ipv4, wait"},
	{70, IPV6, NULL},
	{70, BOTH, "tell both, end"},
}},
{"answers of the families that are there together go IPv6 first", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, IPV4, NULL},
	{60, IPV6, "tell ipv6, tell ipv4, end"},
}},
{"one family is told though the other one fails", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, IPV6_FAILS(EIO), "wait"},
	{61, IPV4, "tell ipv4, end"},
}},

/* Errors. */

{"no such name is the last word of the answer for both", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{10, BOTH_FAILS(ENOENT), "ENOENT"},
}},
{"and so it is while the families are asked for", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, BOTH_FAILS(ENOENT), "ENOENT"},
}},
{"an error in time is not asked about again", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{10, BOTH_FAILS(EIO), "EIO"},
}},
{"a late error waits for the families", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, BOTH_FAILS(EIO), "wait"},
	{61, IPV6_FAILS(ENOENT), "wait"},
	{62, IPV4, "tell ipv4, end"},
}},
{"there is no such name only if every answer says so", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, IPV6_FAILS(EIO), "wait"},
	{61, IPV4_FAILS(ENOENT), "EIO"},
}},
{"two families without addresses are no such name", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{50, NOTHING, SLOWER},
	{60, IPV6_FAILS(ENOENT), "wait"},
	{61, IPV4_FAILS(ENOENT), "ENOENT"},
}},

/* One family; hurried ones. */

{"IPv4 alone is one question", V4, {
	{0, NOTHING, "ask ipv4, wait"},
	{9000, IPV4, "tell ipv4, end"},
}},
{"IPv6 alone is one question", V6, {
	{0, NOTHING, "ask ipv6, wait"},
	{9000, IPV6_FAILS(ENOMEM), "ENOMEM"},
}},
{"a hurried look-up asks for the families alone, at once", V4 | V6 | HURRIED, {
	{0, NOTHING, SLOWER},
	{1, IPV4, "tell ipv4, wait"},
	{2, IPV6, "tell ipv6, end"},
}},
{"both are asked for before an answer is told", V4 | V6 | HURRIED, {
	{0, IPV6, "ask ipv6, ask ipv4, tell ipv6, wait"},
	{1, IPV4, "tell ipv4, end"},
}},
{"one family is one question in a hurry too", V4 | HURRIED, {
	{0, NOTHING, "ask ipv4, wait"},
}},
{"a clock that runs back waits no longer", V4 | V6, {
	{0, NOTHING, "ask both, until 50"},
	{-20, NOTHING, "until 50"},
	{50, NOTHING, SLOWER},
}},
};
/* clang-format on */

static const char *const questions[] = {
	[ASK_BOTH] = "both",
	[ASK_V6] = "ipv6",
	[ASK_V4] = "ipv4",
};

static const char *name_of(int error)
{
	switch (error) {
	case 0:
		return "end";
	case ENOENT:
		return "ENOENT";
	case EIO:
		return "EIO";
	default:
		return "ENOMEM";
	}
}

/* What the plan says until it has nothing more to say. */
static const char *told(struct plan *p, int milliseconds)
{
	static char text[128];
	size_t len = 0;
	enum plan_action action;
	enum ask which;

	while ((action = socket6_plan_next(p, milliseconds * 1000LL, &which)) <=
	       PLAN_TELL)
		len += (size_t)snprintf(
			text + len, sizeof text - len, "%s %s, ",
			action == PLAN_ASK ? "ask" : "tell", questions[which]);
	if (action == PLAN_END)
		snprintf(text + len, sizeof text - len, "%s",
			 name_of(socket6_plan_error(p)));
	else if (socket6_plan_due(p) == -1)
		snprintf(text + len, sizeof text - len, "wait");
	else
		snprintf(text + len, sizeof text - len, "until %lld",
			 (long long)socket6_plan_due(p) / 1000);
	return text;
}

static void step(struct plan *p, const char *behaviour, const struct row *row)
{
	const char *text;

	if (row->event >= ANSWERED)
		socket6_plan_answered(p, (enum ask)(row->event - ANSWERED),
				      row->error);
	if (!row->expected)
		return;
	text = told(p, row->milliseconds);
	ck_assert_msg(strcmp(text, row->expected) == 0, "%s: at %d %s; not %s",
		      behaviour, row->milliseconds, text, row->expected);
}

CASE("plan")

TABLE_TEST(a_plan_asks_and_tells, table, tables, nothing_missing)
{
	struct plan p;

	socket6_plan_init(&p, 0, 50000, table->flags & V4, table->flags & V6,
			  table->flags & HURRIED);
	for (size_t i = 0; table->rows[i].event != NO_MORE; i++)
		step(&p, table->behaviour, &table->rows[i]);
}

#include "check_plan.list"
