/* SPDX-License-Identifier: ISC */
/*
 * check.h - as much of Check's interface as the suites use, for systems to
 * which Check cannot be brought. Each test runs in a process of its own.
 */
#ifndef SOCKET6_HARNESS_CHECK_H
#define SOCKET6_HARNESS_CHECK_H

#include <stddef.h>
#include <string.h>

typedef struct Suite Suite;
typedef struct TCase TCase;
typedef struct SRunner SRunner;

typedef struct TTest {
	const char *name;
	const char *file;
	void (*function)(int);
} TTest;

enum print_output { CK_SILENT };

#define START_TEST(test)                                                       \
 static void test##_fn(int _i __attribute__((unused)));                        \
 static const TTest test##_test = {#test, __FILE__, test##_fn};                \
 static const TTest *const test = &test##_test;                                \
 static void test##_fn(int _i __attribute__((unused)))

Suite *suite_create(const char *name);
void suite_add_tcase(Suite *suite, TCase *tcase);

TCase *tcase_create(const char *name);
void tcase_set_timeout(TCase *tcase, double seconds);
/* The test for _i from start to end - 1. */
void tcase_add_loop_test(TCase *tcase, const TTest *test, int start, int end);
/* Run once, before and after all tests of the case, in the runner's process. */
void tcase_add_unchecked_fixture(TCase *tcase, void (*setup)(void),
				 void (*teardown)(void));

SRunner *srunner_create(Suite *suite);
void srunner_free(SRunner *runner);
/* The file into which the results go, a line each. */
void srunner_set_tap(SRunner *runner, const char *path);
/*
 * The environment says, as to Check, which case to run (CK_RUN_CASE), and how
 * long a test may take (CK_DEFAULT_TIMEOUT, CK_TIMEOUT_MULTIPLIER).
 */
void srunner_run_all(SRunner *runner, enum print_output output);
int srunner_ntests_run(SRunner *runner);
int srunner_ntests_failed(SRunner *runner);

/* Ends the test as failed. */
void harness_fail(const char *file, int line, const char *format, ...)
	__attribute__((noreturn, format(printf, 3, 4)));

#define ck_abort_msg(...) harness_fail(__FILE__, __LINE__, __VA_ARGS__)

#define ck_assert_msg(condition, ...)                                          \
 do {                                                                          \
  if (!(condition))                                                            \
   ck_abort_msg(__VA_ARGS__);                                                  \
 } while (0)

#define ck_assert(condition) ck_assert_msg(condition, "%s is false", #condition)

/* Compares two values of this type, which format writes. */
#define HARNESS_COMPARE(type, format, a, op, b)                                \
 do {                                                                          \
  type a_ = (type)(a);                                                         \
  type b_ = (type)(b);                                                         \
  ck_assert_msg(a_ op b_, "%s " #op " %s: " format ", " format, #a, #b, a_,    \
		b_);                                                           \
 } while (0)

#define ck_assert_int_eq(a, b) HARNESS_COMPARE(long long, "%lld", a, ==, b)
#define ck_assert_int_ge(a, b) HARNESS_COMPARE(long long, "%lld", a, >=, b)
#define ck_assert_int_gt(a, b) HARNESS_COMPARE(long long, "%lld", a, >, b)
#define ck_assert_int_le(a, b) HARNESS_COMPARE(long long, "%lld", a, <=, b)
#define ck_assert_int_lt(a, b) HARNESS_COMPARE(long long, "%lld", a, <, b)
#define ck_assert_int_ne(a, b) HARNESS_COMPARE(long long, "%lld", a, !=, b)

#define ck_assert_uint_eq(a, b)                                                \
 HARNESS_COMPARE(unsigned long long, "%llu", a, ==, b)
#define ck_assert_uint_lt(a, b)                                                \
 HARNESS_COMPARE(unsigned long long, "%llu", a, <, b)
#define ck_assert_uint_le(a, b)                                                \
 HARNESS_COMPARE(unsigned long long, "%llu", a, <=, b)
#define ck_assert_uint_gt(a, b)                                                \
 HARNESS_COMPARE(unsigned long long, "%llu", a, >, b)
#define ck_assert_uint_ge(a, b)                                                \
 HARNESS_COMPARE(unsigned long long, "%llu", a, >=, b)
#define ck_assert_uint_ne(a, b)                                                \
 HARNESS_COMPARE(unsigned long long, "%llu", a, !=, b)

#define ck_assert_ptr_eq(a, b)	 HARNESS_COMPARE(const void *, "%p", a, ==, b)
#define ck_assert_ptr_ne(a, b)	 HARNESS_COMPARE(const void *, "%p", a, !=, b)
#define ck_assert_ptr_null(a)	 ck_assert_msg(!(a), "%s is not null", #a)
#define ck_assert_ptr_nonnull(a) ck_assert_msg((a) != NULL, "%s is null", #a)

#define ck_assert_str_eq(a, b)                                                 \
 do {                                                                          \
  const char *a_ = (a);                                                        \
  const char *b_ = (b);                                                        \
  ck_assert_msg(strcmp(a_, b_) == 0, "%s is \"%s\", not \"%s\"", #a, a_, b_);  \
 } while (0)

#define ck_assert_mem_eq(a, b, len)                                            \
 ck_assert_msg(memcmp((a), (b), (len)) == 0, "%s and %s differ", #a, #b)
#define ck_assert_mem_ne(a, b, len)                                            \
 ck_assert_msg(memcmp((a), (b), (len)) != 0, "%s and %s are the same", #a, #b)

#endif
