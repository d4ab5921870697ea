/* SPDX-License-Identifier: ISC */
/* harness.c - runs the suites without Check. */
#include "config.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGE_MAX = 1024, SECONDS_TO_WAIT = 4 };

struct entry {
	const TTest *test;
	int start, end;
};

struct TCase {
	const char *name;
	double seconds;
	void (*setup)(void);
	void (*teardown)(void);
	struct entry *entry;
	size_t entries;
	TCase *next;
};

struct Suite {
	TCase *first, **last;
};

struct SRunner {
	Suite *suite;
	FILE *tap;
	int run, failed;
};

/* Where a test that fails writes why; outside of a test, stderr. */
static int told = 2;

static void *allocate(void *old, size_t size)
{
	void *p = realloc(old, size);

	if (!p)
		abort();
	return p;
}

Suite *suite_create(const char *name)
{
	Suite *suite = allocate(NULL, sizeof *suite);

	(void)name;
	suite->first = NULL;
	suite->last = &suite->first;
	return suite;
}

void suite_add_tcase(Suite *suite, TCase *tcase)
{
	*suite->last = tcase;
	suite->last = &tcase->next;
}

static double number(const char *name, double otherwise)
{
	const char *text = getenv(name);

	return text ? strtod(text, NULL) : otherwise;
}

TCase *tcase_create(const char *name)
{
	TCase *tcase = allocate(NULL, sizeof *tcase);

	*tcase = (TCase){.name = name};
	tcase->seconds = number("CK_DEFAULT_TIMEOUT", SECONDS_TO_WAIT);
	return tcase;
}

void tcase_set_timeout(TCase *tcase, double seconds)
{
	tcase->seconds = seconds;
}

void tcase_add_loop_test(TCase *tcase, const TTest *test, int start, int end)
{
	size_t size = (tcase->entries + 1) * sizeof *tcase->entry;

	tcase->entry = allocate(tcase->entry, size);
	tcase->entry[tcase->entries++] = (struct entry){test, start, end};
}

void tcase_add_unchecked_fixture(TCase *tcase, void (*setup)(void),
				 void (*teardown)(void))
{
	tcase->setup = setup;
	tcase->teardown = teardown;
}

SRunner *srunner_create(Suite *suite)
{
	SRunner *runner = allocate(NULL, sizeof *runner);

	*runner = (SRunner){.suite = suite};
	return runner;
}

void srunner_set_tap(SRunner *runner, const char *path)
{
	runner->tap = fopen(path, "w");
	if (!runner->tap)
		abort();
}

/* The whole line at once: what the test's own children write is apart. */
void harness_fail(const char *file, int line, const char *format, ...)
{
	char message[MESSAGE_MAX];
	int len = snprintf(message, sizeof message, "%s:%d: ", file, line);
	va_list args;

	va_start(args, format);
	vsnprintf(message + len, sizeof message - (size_t)len, format, args);
	va_end(args);
	if (write(told, message, strlen(message)) == -1)
		abort();
	exit(EXIT_FAILURE);
}

/* The test's process, which is the leader of its children. */
static void be_test(const TTest *test, int i, const int ends[2])
{
	setpgid(0, 0);
	close(ends[0]);
	told = ends[1];
	fcntl(told, F_SETFD, FD_CLOEXEC);
	test->function(i);
	exit(EXIT_SUCCESS);
}

/* Reads what is told until the process ends or its time is up; 0 if it is. */
static int listen_to(int fd, char *message, int milliseconds)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	size_t len = 0;
	ssize_t n = 1;

	while (n > 0 && poll(&p, 1, milliseconds) == 1) {
		n = read(fd, message + len, MESSAGE_MAX - 1 - len);
		if (n > 0)
			len += (size_t)n;
	}
	message[len] = 0;
	return n == 0;
}

/*
 * Waits for a test's process, and ends the children that it left, as Check does:
 * they have its output. While there are some, no other process gets the number
 * of their group; and if there are none, none gets it so soon. (waitid, which
 * would leave the number with the dead process, is not in dietlibc.)
 */
static int end_test(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	kill(-pid, SIGKILL);
	return status;
}

/* Whether a test passed; if not, message says why. */
static int passes(const TTest *test, int i, int milliseconds, char *message)
{
	int status, ends[2];
	pid_t pid;

	fflush(NULL);
	if (pipe(ends) == -1 || (pid = fork()) == -1)
		abort();
	if (pid == 0)
		be_test(test, i, ends);
	close(ends[1]);
	if (!listen_to(ends[0], message, milliseconds)) {
		strcpy(message, "Test timeout expired");
		kill(-pid, SIGKILL);
		kill(pid, SIGKILL);
	}
	close(ends[0]);
	status = end_test(pid);
	if (WIFSIGNALED(status) && !message[0])
		sprintf(message, "Received signal %d", WTERMSIG(status));
	else if (status != 0 && !message[0])
		sprintf(message, "Early exit with status %d", status);
	return status == 0;
}

static void run_test(SRunner *runner, const TCase *tcase, const TTest *test,
		     int i)
{
	double seconds = tcase->seconds * number("CK_TIMEOUT_MULTIPLIER", 1);
	char message[MESSAGE_MAX];
	int passed = passes(test, i, (int)(seconds * 1000), message);

	runner->run++;
	runner->failed += !passed;
	fprintf(runner->tap, "%s %d - %s:%s:%s: %s\n", passed ? "ok" : "not ok",
		runner->run, test->file, tcase->name, test->name,
		passed ? "Passed" : message);
}

static void run_case(SRunner *runner, const TCase *tcase)
{
	if (tcase->setup)
		tcase->setup();
	for (size_t n = 0; n < tcase->entries; n++)
		for (int i = tcase->entry[n].start; i < tcase->entry[n].end;
		     i++)
			run_test(runner, tcase, tcase->entry[n].test, i);
	if (tcase->teardown)
		tcase->teardown();
}

void srunner_run_all(SRunner *runner, enum print_output output)
{
	const char *wanted = getenv("CK_RUN_CASE");

	(void)output;
	for (const TCase *tcase = runner->suite->first; tcase;
	     tcase = tcase->next)
		if (!wanted || strcmp(wanted, tcase->name) == 0)
			run_case(runner, tcase);
	fclose(runner->tap);
}

int srunner_ntests_run(SRunner *runner)
{
	return runner->run;
}

int srunner_ntests_failed(SRunner *runner)
{
	return runner->failed;
}

void srunner_free(SRunner *runner)
{
	TCase *tcase, *next;

	for (tcase = runner->suite->first; tcase; tcase = next) {
		next = tcase->next;
		free(tcase->entry);
		free(tcase);
	}
	free(runner->suite);
	free(runner);
}
