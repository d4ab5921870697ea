/* SPDX-License-Identifier: ISC */
/* suite.c - runs a suite and writes its results as TAP. */
#include "suite.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Check knows no skipped test. A test notes its skip here, in memory shared
 * with the process that writes the results.
 */
enum { SKIPS = 4096, REASON = 160 };

struct note {
	char test[80];
	int iteration;
	char reason[REASON];
};

static struct {
	int count;
	struct note note[SKIPS];
} * skips;

void note_skip(const char *function, int iteration, const char *format, ...)
{
	struct note *n = &skips->note[skips->count];
	va_list args;

	if (skips->count == SKIPS)
		return;
	snprintf(n->test, sizeof n->test, "%s", function);
	/* START_TEST makes a function of the test's name with _fn behind. */
	if (strlen(n->test) > 3)
		n->test[strlen(n->test) - 3] = 0;
	n->iteration = iteration;
	va_start(args, format);
	vsnprintf(n->reason, sizeof n->reason, format, args);
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

/* The iteration of a loop test: how often its name has come before. */
static int iteration_of(const char *test)
{
	static char last[80];
	static int times;

	times = strcmp(last, test) == 0 ? times + 1 : 0;
	snprintf(last, sizeof last, "%s", test);
	return times;
}

/* "ok 1 - file.c:case:test: Passed" as "ok 1 - case: test # SKIP why". */
static void report(char *line)
{
	char tcase[80], test[80], state[8];
	const char *reason;
	int number, at = 0;

	line[strcspn(line, "\n")] = 0;
	if (sscanf(line, "%3[^0-9] %d - %*[^:]:%79[^:]:%79[^:]:%n", state,
		   &number, tcase, test, &at) != 4 &&
	    sscanf(line, "%7[not ok] %d - %*[^:]:%79[^:]:%79[^:]:%n", state,
		   &number, tcase, test, &at) != 4) {
		puts(line);
		return;
	}
	reason = skip_reason(test, iteration_of(test));
	if (reason)
		printf("ok %d - %s: %s # SKIP %s\n", number, tcase, test,
		       reason);
	else if (line[0] == 'o')
		printf("ok %d - %s: %s\n", number, tcase, test);
	else
		printf("not ok %d - %s: %s:%s\n", number, tcase, test,
		       line + at);
}

static void write_tap(const char *path)
{
	char line[4096];
	FILE *file = fopen(path, "r");

	if (!file) {
		puts("Bail out! Check wrote no results");
		return;
	}
	while (fgets(line, sizeof line, file))
		report(line);
	fclose(file);
	unlink(path);
}

int run(Suite *suite)
{
	char path[] = "/tmp/socket6-tap-XXXXXX";
	SRunner *runner = srunner_create(suite);
	int failed;

	skips = mmap(NULL, sizeof *skips, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	close(mkstemp(path));
	srunner_set_tap(runner, path);
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	write_tap(path);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
