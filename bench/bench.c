/* SPDX-License-Identifier: ISC */
/*
 * bench.c - runs every call that a library has, beside the same by hand.
 *
 *	PROGRAM count	each call a few times, for strace and callgrind; a
 *			write to no descriptor says which one comes
 *	PROGRAM time	many lines: NAME, nanoseconds by hand, by the library
 *
 * Exit status 77 if this system has no IPv6.
 */
#include "bench.h"
#include "common.h"

enum { COUNT = 8, MIN_ROUNDS = 21, MAX_ROUNDS = 101 };

static const double seconds = 0.15; /* a call, setting the stage included */

static const char *program;

static const struct shape {
	const char *name;
	int (*scene)(void), (*raw)(int s, int i), (*call)(int s, int i);
} shapes[] = {
#define SHAPE(name, scene, peers, call, by_hand)                               \
 {#name, scene, raw_##name, call_##name},
#include "shapes.h"
};

static int sockets[BATCH];

static void prepare(const struct shape *x, int n)
{
	for (int i = 0; i < n; i++)
		sockets[i] = x->scene();
}

/* Shows in strace where the calls of one function begin and end. */
static void mark(const char *kind, const char *name)
{
	char line[64];
	int len = snprintf(line, sizeof line, "%s_%s", kind, name);

	if (write(-1, line, (size_t)len) != -1)
		abort();
}

static int count_calls(const struct shape *x, const char *kind,
		       int (*call)(int s, int i))
{
	int failed = 0;

	prepare(x, COUNT);
	mark(kind, x->name);
	for (int i = 0; i < COUNT; i++)
		failed += call(sockets[i], i) == -1;
	mark("end", "");
	clear_stage();
	return failed;
}

static void count(const struct shape *x)
{
	int raw = count_calls(x, "raw", x->raw);
	int call = count_calls(x, "call", x->call);

	if (raw != call)
		fprintf(stderr, "%s: %s fails %d times, by hand %d times\n",
			program, x->name, call, raw);
}

/* Nanoseconds a call. */
static double time_calls(const struct shape *x, int (*call)(int s, int i))
{
	int n = x->scene == text ? BATCH : SOCKETS;
	double began, ended;

	prepare(x, n);
	began = now();
	for (int i = 0; i < n; i++)
		call(sockets[i], i);
	ended = now();
	clear_stage();
	return (ended - began) * 1e9 / n;
}

/* In turns, so that a slow moment of the machine hits both. */
static void time_both(const struct shape *x)
{
	double deadline = now() + seconds, raw, call = 0;

	for (int n = 0; n < MIN_ROUNDS || (n < MAX_ROUNDS && now() < deadline);
	     n++) {
		if (n % 2)
			call = time_calls(x, x->call);
		raw = time_calls(x, x->raw);
		if (n % 2 == 0)
			call = time_calls(x, x->call);
		printf("%s %.2f %.2f\n", x->name, raw, call);
	}
}

static void for_each(void (*measure)(const struct shape *x))
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (shapes[i].call)
			measure(&shapes[i]);
}

int main(int argc, char **argv)
{
	program = argv[0];
	if (!open_stage())
		return 77;
	if (argc == 2 && strcmp(argv[1], "count") == 0)
		for_each(count);
	else if (argc == 2 && strcmp(argv[1], "time") == 0)
		for_each(time_both);
	else
		return 2;
	return 0;
}
