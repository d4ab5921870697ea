/* SPDX-License-Identifier: ISC */
/* check_ndelay.c - blocking or not. */
#include "fixture.h"
#include "net.h"
#include "stand_in.h"
#include "suite.h"

#include <fcntl.h>
#include <socket6.h>
#include <unistd.h>

START_TEST(a_socket_becomes_non_blocking_and_blocking_again)
{
	const struct place *place = &places[_i];
	int s;

	need_place(place);
	s = tcp_at(place, 0);
	assert_gives(0, ndelay_on(s));
	ck_assert(is_nonblocking(s));
	assert_gives(0, ndelay_off(s));
	ck_assert(!is_nonblocking(s));
}
END_TEST

START_TEST(a_non_blocking_socket_does_not_wait)
{
	uint16_t port;
	int l = listener_at(&places[2], &port);

	assert_gives(0, ndelay_on(l));
	assert_fails(EAGAIN, socket_accept4(l, NULL, NULL));
}
END_TEST

/* A pipe, a file, a directory: everything that is open. */
START_TEST(any_descriptor_will_do)
{
	int fd = bad_descriptor(2 + _i).fd;

	assert_gives(0, ndelay_on(fd));
	ck_assert(is_nonblocking(fd));
	assert_gives(0, ndelay_off(fd));
	ck_assert(!is_nonblocking(fd));
}
END_TEST

/* The mode belongs to the open file: open(2), open file descriptions. */
START_TEST(a_duplicate_shares_the_mode)
{
	int s = socket_tcp4b();
	int duplicate = dup(s);

	assert_gives(0, ndelay_on(s));
	ck_assert(is_nonblocking(duplicate));
	assert_gives(0, ndelay_off(duplicate));
	ck_assert(!is_nonblocking(s));
}
END_TEST

START_TEST(the_other_flags_stay)
{
	int fd = bad_descriptor(3).fd;

	ck_assert_int_eq(fcntl(fd, F_SETFL, O_APPEND), 0);
	assert_gives(0, ndelay_on(fd));
	ck_assert(fcntl(fd, F_GETFL) & O_APPEND);
	assert_gives(0, ndelay_off(fd));
	ck_assert(fcntl(fd, F_GETFL) & O_APPEND);
}
END_TEST

START_TEST(a_mode_that_stands_is_not_set_again)
{
	int s = socket_tcp4();

	need(HAVE_FCNTL);
	count_calls();
	assert_gives(0, ndelay_on(s));
	assert_gives(0, ndelay_on(s));
	ck_assert_int_eq(calls(CALL_FCNTL), 2);
}
END_TEST

/* The flags are read first, then set. */
START_TEST(a_failure_changes_nothing)
{
	int s = socket_tcp4b();

	fail_call(CALL_FCNTL, _i + 1, ENOLCK);
	assert_fails(ENOLCK, ndelay_on(s));
	ck_assert(!is_nonblocking(s));
}
END_TEST

START_TEST(a_descriptor_that_is_not_open_is_refused)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(EBADF, ndelay_on(bad.fd));
	assert_fails(EBADF, ndelay_off(bad.fd));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ndelay");
	TCase *tcase = tcase_create("ndelay");

	suite_add_tcase(suite, tcase);
	tcase_add_loop_test(tcase,
			    a_socket_becomes_non_blocking_and_blocking_again, 0,
			    PLACES);
	tcase_add_test(tcase, a_non_blocking_socket_does_not_wait);
	tcase_add_loop_test(tcase, any_descriptor_will_do, 0, 3);
	tcase_add_test(tcase, a_duplicate_shares_the_mode);
	tcase_add_test(tcase, the_other_flags_stay);
	tcase_add_test(tcase, a_mode_that_stands_is_not_set_again);
	tcase_add_loop_test(tcase, a_failure_changes_nothing, 0, 2);
	tcase_add_loop_test(tcase, a_descriptor_that_is_not_open_is_refused, 0,
			    2);
	return run(suite);
}
