/* SPDX-License-Identifier: ISC */
/*
 * suite.h - how the suites are written and run.
 *
 * A suite is a program: it makes a Check suite, and run() writes its results
 * as TAP, a line for each test, named suite:case:test. Each test runs in a
 * process of its own, so it need not clean up descriptors or namespaces.
 */
#ifndef SOCKET6_SUITE_H
#define SOCKET6_SUITE_H

#include <check.h>

/* Runs the suite; main's exit status. */
int run(Suite *suite);

/*
 * Leaves the test because the system lacks what it needs: "skip" in TAP, with
 * the reason. Only for what cannot be had, never for what does not work.
 */
#define skip(...)                                    \
	do {                                         \
		note_skip(__func__, _i, __VA_ARGS__); \
		return;                              \
	} while (0)

void note_skip(const char *function, int iteration, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * A call that fails: its result is -1 and errno is this. The errno of the
 * call is looked at before anything else can change it.
 */
#define assert_fails(error, call)                                            \
	do {                                                                 \
		errno = 0;                                                   \
		long long result_ = (long long)(call);                       \
		int errno_ = errno;                                          \
		ck_assert_msg(result_ == -1 && errno_ == (error),            \
			      "%s is %lld/%s, not -1/%s", #call, result_,    \
			      strerror(errno_), strerror(error));            \
	} while (0)

/* A call that succeeds: its result is this. */
#define assert_gives(value, call)                                            \
	do {                                                                 \
		long long value_ = (long long)(value);                       \
		errno = 0;                                                   \
		long long result_ = (long long)(call);                       \
		int errno_ = errno;                                          \
		ck_assert_msg(result_ == value_, "%s is %lld/%s, not %lld",  \
			      #call, result_, strerror(errno_), value_);     \
	} while (0)

#endif
