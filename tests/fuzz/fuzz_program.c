/* SPDX-License-Identifier: ISC */
/*
 * fuzz_program.c - the options and the standard input of socket6(1), without
 * its network. An argument is a line; after an empty line comes the input.
 */
#include "fuzz.h"

#include "verbs.h"

#include "../../tools/socket6.h"

#include <getopt.h>
#include <string.h>

enum { ARGUMENTS = 6, ROOM = 1 << 16 };

/* ---- its streams, in memory ---- */

static FILE *stream(void *room, size_t len, const char *mode)
{
	FILE *f = fmemopen(room, len, mode);

	require(f);
	return f;
}

/* macOS has no stream of nothing. */
static FILE *input_of(const void *bytes, size_t len)
{
	static char nothing[] = "\n";
	FILE *f = len > 0 ? stream((void *)(uintptr_t)bytes, len, "r")
			  : stream(nothing, 1, "r");

	if (len == 0)
		getc(f);
	return f;
}

/* ---- a run ---- */

struct run {
	int argc;
	char *argv[ARGUMENTS + 2];
	int status;
	char out[ROOM], err[ROOM];
};

static void read_arguments(struct run *r, struct input *in)
{
	static char name[] = "socket6";

	r->argc = 1;
	r->argv[0] = name;
	while (r->argc <= ARGUMENTS && in->left > 0) {
		const uint8_t *end = memchr(in->at, '\n', in->left);
		size_t len = end ? (size_t)(end - in->at) : in->left;

		if (len > 0)
			r->argv[r->argc++] = fuzz_text(in->at, len);
		len += end != NULL;
		in->left -= len;
		in->at += len;
		if (len < 2)
			break;
	}
	r->argv[r->argc] = NULL;
}

/* getopt puts the arguments in another order. */
static void run(struct run *r, const void *input, size_t len)
{
	char *argv[ARGUMENTS + 2];

	memcpy(argv, r->argv, sizeof argv);
	optind = 0;
	verbs_forget();
	r->out[0] = r->err[0] = '\0';
	streams.in = input_of(input, len);
	streams.out = stream(r->out, ROOM - 1, "w");
	streams.err = stream(r->err, ROOM - 1, "w");
	r->status = socket6_main(r->argc, argv);
	fclose(streams.in);
	fclose(streams.out);
	fclose(streams.err);
}

/* ---- what holds ---- */

static int is_given(const struct run *r, const char *argument)
{
	for (int i = 1; i < r->argc; i++)
		if (strcmp(r->argv[i], argument) == 0)
			return 1;
	return 0;
}

/* A complaint is one line, and nothing in it is a command to a terminal. */
static void check_complaints(const struct run *r)
{
	const char *line = r->err;

	require((r->status == DONE) == (*line == '\0'));
	for (; *line; line = strchr(line, '\n') + 1) {
		require(strncmp(line, "socket6: ", 9) == 0 || *line == '{');
		if (!strchr(line, '\n'))
			return;
	}
	for (const char *c = r->err; *c; c++)
		require(*c == '\n' || ((unsigned char)*c >= ' ' && *c != 0x7f));
}

static void check_json(const char *line)
{
	for (; *line; line = strchr(line, '\n') + 1) {
		const char *end = strchr(line, '\n');

		if (!end)
			return;
		require(*line == '{' && end[-1] == '}');
		for (; line < end; line++)
			require((unsigned char)*line >= ' ');
	}
}

/* What text has written it writes again when it reads that. */
static void check_again(const struct run *r)
{
	static char text[] = "text";
	static struct run again;
	size_t len = strlen(r->out);

	again.argc = 2;
	again.argv[0] = r->argv[0];
	again.argv[1] = text;
	again.argv[2] = NULL;
	run(&again, r->out, len);
	require(again.status == DONE && strcmp(again.out, r->out) == 0);
}

FUZZ(program)
{
	static struct run r;
	struct input in = {data, size};

	fuzz_lookup_error = 0;
	read_arguments(&r, &in);
	run(&r, in.at, in.left);
	require(r.status >= DONE && r.status <= BAD_INPUT);
	check_complaints(&r);
	if (r.argc == 2 && strcmp(r.argv[1], "text") == 0)
		check_again(&r);
	if (r.argc == 3 && strcmp(r.argv[1], "text") == 0 && is_given(&r, "-j"))
		check_json(r.out);
	for (int i = 1; i < r.argc; i++)
		fuzz_free(r.argv[i]);
}
