/* SPDX-License-Identifier: ISC */
/*
 * suite.h - how the suites are written and run.
 *
 * A suite is a program that writes its results as TAP, a line for each test.
 * Every test runs in a process of its own (except on Windows, and with
 * CK_FORK=no), so it need not clean up its descriptors or its network
 * namespace. A test is declared where it stands:
 *
 *	CASE("failure")
 *
 *	TEST(a_socket_that_never_tried_is_not_connected)
 *	{
 *		...
 *	}
 *
 *	LOOP_TEST(a_refusal_is_told_once, LENGTH(places))
 *	{
 *		... places[_i] ...
 *	}
 *
 *	#include "check_connect.list"
 *
 * The last line is main, which list.awk makes of these declarations.
 */
#ifndef SOCKET6_SUITE_H
#define SOCKET6_SUITE_H

#include "emulator.h"

#include <check.h>
#include <errno.h>
#include <string.h>

/*
 * Check writes to a file at each assertion that holds, to tell after which of
 * them a test crashed. That is most of the time of a test that has thousands.
 */
#define _mark_point(file, line) ((void)0)

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* The tests that follow belong to this case, whose name their results bear. */
#define CASE(name)

/* What the runner's process does before the tests of the case. */
#define SETUP(function)

/* A test, with _i from 0 to runs - 1. */
#define LOOP_TEST(name, runs)                                                  \
 static int name##_runs(void)                                                  \
 {                                                                             \
  return (int)(runs);                                                          \
 }                                                                             \
 START_TEST(name)
#define TEST(name) LOOP_TEST(name, 1)

/*
 * A test of each row of a table: row points to it. It is skipped if
 * missing(row) gives a reason; nothing_missing gives none.
 */
#define TABLE_TEST(name, row, table, missing)                                  \
 static void name##_of(__typeof__(&(table)[0]) row, int _i);                   \
 LOOP_TEST(name, LENGTH(table))                                                \
 {                                                                             \
  skip_if(missing(&(table)[_i]));                                              \
  name##_of(&(table)[_i], _i);                                                 \
 }                                                                             \
 static void name##_of(__typeof__(&(table)[0]) row,                            \
		       int _i __attribute__((unused)))

/* The same of each row by each column, which are the rows of another table. */
#define TABLE_BY_TEST(name, row, table, missing, column, columns)              \
 static void name##_of(__typeof__(&(table)[0]) row,                            \
		       __typeof__(&(columns)[0]) column, int _i);              \
 LOOP_TEST(name, LENGTH(table) * LENGTH(columns))                              \
 {                                                                             \
  size_t row = (size_t)_i % LENGTH(table);                                     \
  size_t column = (size_t)_i / LENGTH(table);                                  \
                                                                               \
  skip_if(missing(&(table)[row]));                                             \
  name##_of(&(table)[row], &(columns)[column], _i);                            \
 }                                                                             \
 static void name##_of(__typeof__(&(table)[0]) row,                            \
		       __typeof__(&(columns)[0]) column,                       \
		       int _i __attribute__((unused)))
#define nothing_missing(row) NULL

/* What list.awk makes of it. */
struct listed {
	const char *tcase;
	const TTest *test;
	int (*runs)(void);
	void (*setup)(void);
};
#define TEST_ROW(tcase, name)                                                  \
 {                                                                             \
  tcase, name, name##_runs, NULL                                               \
 }
#define SETUP_ROW(tcase, function)                                             \
 {                                                                             \
  tcase, NULL, NULL, function                                                  \
 }

/* Runs the suite; main's exit status. */
int run(const char *name, const struct listed *rows, size_t n);

/*
 * Skips a test because this system lacks what it needs: for a missing feature,
 * never for a broken one.
 */
#define skip(...)                                                              \
 do {                                                                          \
  note_skip(__func__, _i, __VA_ARGS__);                                        \
  return;                                                                      \
 } while (0)

void note_skip(const char *function, int iteration, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Skips a test for this reason, unless it is null. */
#define skip_if(reason)                                                        \
 do {                                                                          \
  const char *why_ = (reason);                                                 \
  if (why_)                                                                    \
   skip("%s", why_);                                                           \
 } while (0)

/* The same from any depth of a test's calls. */
#define leave_test(why) ck_abort_msg("%s", LEFT why)
#define LEFT		"# SKIP "

/*
 * Cleans up after the previous test, where both share a process: sockets,
 * stand-ins, noipv6.
 */
void fresh(void);
void forget_stand_ins(void);

/* gcc: a process that ends is looked through, and all takes longer. */
#ifdef __SANITIZE_ADDRESS__
# define IS_SANITIZED 1
#else
# define IS_SANITIZED 0
#endif

/*
 * HAVE(HAVE_X) is 1 if config.h defines HAVE_X to 1, and 0 if it does not
 * define it: COMMA_1 puts one more argument in front, any other name none.
 */
#define COMMA_1			   0,
#define SECOND(first, second, ...) second
#define HAVE_AS(comma)		   SECOND(comma 1, 0, 0)
#define HAVE_OF(value)		   HAVE_AS(COMMA_##value)
#define HAVE(name)		   HAVE_OF(name)

/*
 * Skips a test of what the library was built without, or does not reach under
 * an emulator: need(HAVE_X).
 */
#define need(name)                                                             \
 do {                                                                          \
  if (!HAVE(name))                                                             \
   skip("no %s", &#name[sizeof "HAVE_" - 1]);                                  \
  skip_if(lost(&#name[sizeof "HAVE_" - 1]));                                   \
 } while (0)

/* The same of the names of interfaces, for which there are two ways. */
#define have_names() (HAVE(HAVE_IF_INDEXTONAME) || HAVE(HAVE_SIOCGIFNAME))
#define need_names()                                                           \
 do {                                                                          \
  if (!have_names())                                                           \
   skip("no IF_INDEXTONAME, no SIOCGIFNAME");                                  \
 } while (0)

/* The call gives -1 and this errno. */
#define assert_fails(error, call)                                              \
 do {                                                                          \
  errno = 0;                                                                   \
  long result_ = (long)(call);                                                 \
  int errno_ = errno;                                                          \
  ck_assert_msg(result_ == -1 && errno_ == (error),                            \
		"%s gives %ld, %s; not -1, %s", #call, result_,                \
		strerror(errno_), strerror(error));                            \
 } while (0)

/* The call gives this value. */
#define assert_gives(value, call)                                              \
 do {                                                                          \
  errno = 0;                                                                   \
  long result_ = (long)(call);                                                 \
  int errno_ = errno;                                                          \
  ck_assert_msg(result_ == (long)(value), "%s gives %ld, %s; not %ld", #call,  \
		result_, strerror(errno_), (long)(value));                     \
 } while (0)

/* The call, which answers yes or no, gives 0 and this errno. */
#define assert_no(error, call)                                                 \
 do {                                                                          \
  errno = 0;                                                                   \
  int result_ = (call);                                                        \
  int errno_ = errno;                                                          \
  ck_assert_msg(result_ == 0 && errno_ == (error),                             \
		"%s gives %d, %s; not 0, %s", #call, result_,                  \
		strerror(errno_), strerror(error));                            \
 } while (0)

#define assert_not_connected(error, s) assert_no(error, socket_connected(s))

#include "platform.h"

#endif
