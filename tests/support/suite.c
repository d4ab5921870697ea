/* SPDX-License-Identifier: ISC */
/* suite.c - runs a suite and writes its results as TAP. */
#include "config.h"

#include "suite.h"

#include <libowfat/socket.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Check knows no skipped test. A test notes its skip here, in memory that it
 * shares with the process which writes the results.
 */
enum { NOTES = 1024 };

struct notes {
	int count;
	struct {
		char test[80];
		int iteration;
		char reason[160];
	} note[NOTES];
};

static struct notes *skips;
static int failed; /* tests; Check also counts the skipped ones */

void note_skip(const char *function, int iteration, const char *format, ...)
{
	int i = skips->count;
	va_list args;

	ck_assert_msg(i < NOTES, "more than %d skips", NOTES);
	/* A function has its test's name and _fn, or _of in TABLE_TEST. */
	snprintf(skips->note[i].test, sizeof skips->note[i].test, "%.*s",
		 (int)strlen(function) - 3, function);
	skips->note[i].iteration = iteration;
	va_start(args, format);
	vsnprintf(skips->note[i].reason, sizeof skips->note[i].reason, format,
		  args);
	va_end(args);
	skips->count++;
}

static const char *skip_reason(const char *test, int iteration)
{
	for (int i = 0; i < skips->count; i++)
		if (strcmp(skips->note[i].test, test) == 0 &&
		    skips->note[i].iteration == iteration)
			return skips->note[i].reason;
	return NULL;
}

/* A loop test comes as often as it was run, one iteration after another. */
static int iteration_of(const char *test)
{
	static char last[80];
	static int times;

	times = strcmp(last, test) == 0 ? times + 1 : 0;
	snprintf(last, sizeof last, "%s", test);
	return times;
}

/* "ok 3 - file.c:case:test: Passed" becomes "ok 3 - case: test". */
static void report(char *line)
{
	const char *result = strtok(line, "-");
	const char *file = strtok(NULL, ":");
	const char *tcase = strtok(NULL, ":");
	const char *test = strtok(NULL, ":");
	const char *message = strtok(NULL, "\n");
	const char *reason;
	int iteration;

	if (!file || !message) {
		printf("# %s\n", line);
		return;
	}
	iteration = iteration_of(test);
	reason = skip_reason(test, iteration);
	if (strstr(message, LEFT)) {
		reason = strstr(message, LEFT) + strlen(LEFT);
		result += strlen("not ");
	}
	printf("%s- %s: %s", result, tcase, test);
	if (iteration > 0)
		printf(" [%d]", iteration);
	if (reason)
		printf(" # SKIP %s", reason);
	printf("\n");
	if (result[0] == 'n') {
		printf("#%s\n", message);
		failed++;
	}
}

static void write_tap(const char *path, int count)
{
	char line[4096];
	FILE *file = fopen(path, "r");

	if (!file) {
		printf("Bail out! no results in %s\n", path);
		failed++;
		return;
	}
	printf("1..%d\n", count);
	while (fgets(line, sizeof line, file))
		if (strncmp(line, "1..", 3) != 0)
			report(line);
	fclose(file);
	unlink(path);
}

void fresh(void)
{
	close_sockets();
	noipv6 = 0;
	forget_stand_ins();
}

/* A case may come up again after another one: its tests run together. */
enum { CASES = 16 };

struct cases {
	const char *name[CASES];
	TCase *tcase[CASES];
	int n;
};

static TCase *case_of(Suite *suite, struct cases *cases, const char *name)
{
	int i = 0;

	while (i < cases->n && strcmp(cases->name[i], name) != 0)
		i++;
	if (i < cases->n)
		return cases->tcase[i];
	if (i == CASES)
		abort();
	cases->n++;
	cases->name[i] = name;
	cases->tcase[i] = tcase_create(name);
	suite_add_tcase(suite, cases->tcase[i]);
	return cases->tcase[i];
}

static Suite *suite_of(const char *name, const struct listed *rows, size_t n)
{
	Suite *suite = suite_create(name);
	struct cases cases = {.n = 0};

	for (size_t i = 0; i < n; i++) {
		TCase *tcase = case_of(suite, &cases, rows[i].tcase);

		if (rows[i].setup)
			tcase_add_unchecked_fixture(tcase, rows[i].setup, NULL);
		else
			tcase_add_loop_test(tcase, rows[i].test, 0,
					    rows[i].runs());
	}
	return suite;
}

int run(const char *name, const struct listed *rows, size_t n)
{
	char path[] = RESULTS;
	SRunner *runner = srunner_create(suite_of(name, rows, n));

	skips = shared_memory(sizeof *skips);
	if (!skips)
		abort();
	close_inherited();
	plain_output();
	name_file(path);
	srunner_set_tap(runner, path);
	srunner_run_all(runner, CK_SILENT);
	write_tap(path, srunner_ntests_run(runner));
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
