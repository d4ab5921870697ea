/* SPDX-License-Identifier: ISC */
/*
 * bench.c - runs every call that a library has, beside the same by hand.
 *
 *	PROGRAM count	each call a few times, for strace and callgrind; a
 *			write to no descriptor says which one comes
 *	PROGRAM time	NAME, nanoseconds by hand, by the library, their ratio
 *
 * Exit status 77 if this system has no IPv6.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { COUNT = 8, MIN_ROUNDS = 21, MAX_ROUNDS = 501 };

/* A call is timed for so long, setting the stage included. */
static const double seconds = 0.15;

static const char *program;

struct bench {
	const char *name;
	const struct scene *scene;
	int (*raw)(int i), (*call)(int i);
};

static const struct bench benches[] = {
#define BENCH(name, on) {#name, &on, raw_##name, call_##name},
#include "list.h"
#undef BENCH
};

enum { BENCHES = sizeof benches / sizeof *benches };

/* Shows in strace where the calls of one function begin and end. */
static void mark(const char *kind, const char *name)
{
	char line[64];
	int len = snprintf(line, sizeof line, "%s_%s", kind, name);

	if (write(-1, line, (size_t)len) != -1)
		die("write");
}

static int count_calls(const struct bench *b, const char *kind,
		       int (*call)(int i))
{
	int failed = 0, i;

	b->scene->prepare(COUNT);
	mark(kind, b->name);
	for (i = 0; i < COUNT; i++)
		failed += call(i) == -1;
	mark("end", "");
	b->scene->finish(COUNT);
	return failed;
}

static void count(const struct bench *b)
{
	int raw = count_calls(b, "raw", b->raw);
	int call = count_calls(b, "call", b->call);

	if (raw != call)
		fprintf(stderr, "%s: %s fails %d times, by hand %d times\n",
			program, b->name, call, raw);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Nanoseconds a call. */
static double time_calls(const struct scene *scene, int (*call)(int i))
{
	double began, ended;
	int i;

	scene->prepare(scene->n);
	began = now();
	for (i = 0; i < scene->n; i++)
		call(i);
	ended = now();
	scene->finish(scene->n);
	return (ended - began) * 1e9 / scene->n;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof *values, ascending);
	return values[n / 2];
}

/* In turns, so that a slow moment of the machine hits both. */
static void time_both(const struct bench *b)
{
	double raw[MAX_ROUNDS], call[MAX_ROUNDS], ratio[MAX_ROUNDS];
	double deadline = now() + seconds;
	int n;

	for (n = 0; n < MAX_ROUNDS; n++) {
		if (n >= MIN_ROUNDS && now() > deadline)
			break;
		if (n % 2)
			call[n] = time_calls(b->scene, b->call);
		raw[n] = time_calls(b->scene, b->raw);
		if (n % 2 == 0)
			call[n] = time_calls(b->scene, b->call);
		ratio[n] = call[n] / raw[n];
	}
	printf("%s\t%.1f\t%.1f\t%.3f\n", b->name, median(raw, n),
	       median(call, n), median(ratio, n));
}

static void for_each(void (*measure)(const struct bench *b))
{
	int i;

	for (i = 0; i < BENCHES; i++)
		if (benches[i].call)
			measure(&benches[i]);
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
