/* SPDX-License-Identifier: ISC */
/* check_ndelay.c - blocking or not. */
#include "fixture.h"
#include "net.h"
#include "stand_in.h"
#include "suite.h"

#include <fcntl.h>
#include <socket6.h>
#include <unistd.h>

CASE("ndelay")

PLACE_TEST(a_socket_becomes_non_blocking_and_blocking_again)
{
	int s;

	s = tcp_at(place, 0);
	assert_gives(0, ndelay_on(s));
	ck_assert(is_nonblocking(s));
	assert_gives(0, ndelay_off(s));
	ck_assert(!is_nonblocking(s));
}

TEST(a_non_blocking_socket_does_not_wait)
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);

	assert_gives(0, ndelay_on(l));
	assert_fails(EAGAIN, socket_accept4(l, NULL, NULL));
}

static const int opened[] = {A_PIPE, A_FILE, A_DIRECTORY};
static const int not_open[] = {MINUS_1, CLOSED};

LOOP_TEST(any_descriptor_will_do, LENGTH(opened))
{
	int fd = bad_descriptor(opened[_i]).fd;

	assert_gives(0, ndelay_on(fd));
	ck_assert(is_nonblocking(fd));
	assert_gives(0, ndelay_off(fd));
	ck_assert(!is_nonblocking(fd));
}

/* The mode belongs to the open file: open(2), open file descriptions. */
TEST(a_duplicate_shares_the_mode)
{
	int s = socket_tcp4b();
	int duplicate = dup(s);

	assert_gives(0, ndelay_on(s));
	ck_assert(is_nonblocking(duplicate));
	assert_gives(0, ndelay_off(duplicate));
	ck_assert(!is_nonblocking(s));
}

TEST(the_other_flags_stay)
{
	int fd = bad_descriptor(A_FILE).fd;

	ck_assert_int_eq(fcntl(fd, F_SETFL, O_APPEND), 0);
	assert_gives(0, ndelay_on(fd));
	ck_assert(fcntl(fd, F_GETFL) & O_APPEND);
	assert_gives(0, ndelay_off(fd));
	ck_assert(fcntl(fd, F_GETFL) & O_APPEND);
}

TEST(a_mode_that_stands_is_not_set_again)
{
	int s = socket_tcp4();

	need(HAVE_FCNTL);
	count_calls();
	assert_gives(0, ndelay_on(s));
	assert_gives(0, ndelay_on(s));
	ck_assert_int_eq(calls(CALL_FCNTL), 2);
}

/* What fcntl does, call by call. */
enum { READS, SETS, FCNTLS };

LOOP_TEST(a_failure_changes_nothing, FCNTLS)
{
	int s = socket_tcp4b();

	fail_call(CALL_FCNTL, _i + 1, ENOLCK);
	assert_fails(ENOLCK, ndelay_on(s));
	ck_assert(!is_nonblocking(s));
}

LOOP_TEST(a_descriptor_that_is_not_open_is_refused, LENGTH(not_open))
{
	struct bad bad = bad_descriptor(not_open[_i]);

	assert_fails(EBADF, ndelay_on(bad.fd));
	assert_fails(EBADF, ndelay_off(bad.fd));
}

#include "check_ndelay.list"
