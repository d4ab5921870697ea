/* SPDX-License-Identifier: ISC */
/*
 * replay.c - runs every input of the corpus through its harness, in TAP.
 *
 * It needs no fuzzer. An input for which a property does not hold ends it, with
 * a message. A file as an argument, after a harness's name, is run alone:
 *
 *	tests/fuzz/replay ip6 crash-1234
 */
#include "fuzz.h"

#include "packed.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef int harness(const uint8_t *data, size_t size);

harness fuzz_control, fuzz_engine, fuzz_fmt, fuzz_group, fuzz_history, fuzz_ip4,
	fuzz_ip6, fuzz_name, fuzz_nat64, fuzz_plan, fuzz_prefix, fuzz_proxy,
	fuzz_rtmessage, fuzz_zone, fuzz_program, fuzz_words;

static const struct row {
	const char *name;
	harness *run;
} rows[] = {
	{"control", fuzz_control},
	{"engine", fuzz_engine},
	{"fmt", fuzz_fmt},
	{"group", fuzz_group},
	{"history", fuzz_history},
	{"ip4", fuzz_ip4},
	{"ip6", fuzz_ip6},
	{"name", fuzz_name},
	{"nat64", fuzz_nat64},
	{"plan", fuzz_plan},
	{"prefix", fuzz_prefix},
	{"proxy", fuzz_proxy},
	{"rtmessage", fuzz_rtmessage},
	{"zone", fuzz_zone},
#if FUZZ_PROGRAM
	{"program", fuzz_program},
	{"words", fuzz_words},
#endif
};

enum { ROWS = sizeof rows / sizeof *rows };

/* Where it is. */
static struct {
	const char *name;
	int input;
} at;

static void tell_where(int sig)
{
	fprintf(stderr, "%s/%s: input %d\n", CORPUS, at.name, at.input);
	signal(sig, SIG_DFL);
	raise(sig);
}

/* The input has an object of exactly its size. */
static void run(const struct row *row, const unsigned char *bytes, size_t len)
{
	uint8_t *exact = fuzz_copy(bytes, len);

	row->run(exact, len);
	fuzz_free(exact);
}

static int replay(const struct row *row)
{
	unsigned char bytes[PACKED_MOST];
	char path[4096];
	int n = 0;
	long len;
	FILE *in;

	snprintf(path, sizeof path, "%s/%s", CORPUS, row->name);
	in = fopen(path, "rb");
	if (!in)
		return 0;
	for (; (len = packed_read(in, bytes)) != -1; n++) {
		at.input = n + 1;
		run(row, bytes, (size_t)len);
	}
	fclose(in);
	run(row, bytes, 0);
	return n;
}

static int replay_all(void)
{
	int status = 0;

	signal(SIGABRT, tell_where);
	signal(SIGSEGV, tell_where);
	printf("1..%d\n", ROWS);
	for (int i = 0; i < ROWS; i++) {
		int n;

		at.name = rows[i].name;
		n = replay(&rows[i]);
		printf("%sok %d - %s: %d inputs\n", n ? "" : "not ", i + 1,
		       rows[i].name, n);
		fflush(stdout);
		status |= !n;
	}
	return status;
}

/* A file alone, of any length. */
static int replay_file(const char *name, const char *path)
{
	unsigned char *bytes = malloc(1 << 20);
	FILE *in = fopen(path, "rb");
	size_t len;

	if (!in || !bytes) {
		perror(path);
		return 1;
	}
	len = fread(bytes, 1, 1 << 20, in);
	fclose(in);
	for (int i = 0; i < ROWS; i++)
		if (strcmp(rows[i].name, name) == 0)
			rows[i].run(bytes, len);
	free(bytes);
	return 0;
}

int main(int argc, char *argv[])
{
	return argc == 3 ? replay_file(argv[1], argv[2]) : replay_all();
}
