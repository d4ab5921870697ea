/* SPDX-License-Identifier: ISC */
/* check_stream.c - read, write and close a socket. */
#include "sys/message.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <fcntl.h>
#include <socket6.h>
#include <unistd.h>

CASE("stream")

PLACE_TEST(bytes_go_both_ways)
{
	int s, peer;

	s = connected_at(place, &peer);
	assert_talk(s, peer);
}

TEST(a_read_gives_at_most_what_was_asked)
{
	char buf[8] = "";
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(5, socket_write(s, "bytes", 5));
	assert_gives(3, socket_read(peer, buf, 3));
	assert_gives(2, socket_read(peer, buf + 3, 5));
	ck_assert_str_eq(buf, "bytes");
}

PLACE_TEST(the_end_of_the_stream_reads_as_0)
{
	char buf[8];
	int s, peer;

	s = connected_at(place, &peer);
	assert_gives(5, socket_write(peer, "bytes", 5));
	assert_gives(0, socket_close(peer));
	assert_gives(5, socket_read(s, buf, sizeof buf));
	assert_gives(0, socket_read(s, buf, sizeof buf));
	assert_gives(0, socket_read(s, buf, sizeof buf));
}

/* SIGPIPE has its default action here, which would end this test. */
PLACE_TEST(a_write_after_its_end_is_epipe_and_no_signal)
{
	int s, peer;

	s = connected_at(place, &peer);
	ck_assert_int_eq(shutdown(s, SHUT_WR), 0);
	assert_fails(EPIPE, socket_write(s, "bytes", 5));
}

PLACE_TEST(a_reset_is_told_once_and_then_is_the_end)
{
	char buf[8];
	int s, peer;

	wine_differs("reads a reset as the end");
	s = connected_at(place, &peer);
	reset(peer);
	ck_assert(readable(s, 2000));
	assert_fails(ECONNRESET, socket_read(s, buf, sizeof buf));
	assert_gives(0, socket_read(s, buf, sizeof buf));
	assert_fails(EPIPE, socket_write(s, "bytes", 5));
}

TEST(a_write_tells_of_a_reset_too)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	reset(peer);
	ck_assert(readable(s, 2000));
	assert_fails(ECONNRESET, socket_write(s, "bytes", 5));
	assert_fails(AFTER_RESET, socket_write(s, "bytes", 5));
}

TEST(a_non_blocking_read_does_not_wait)
{
	char buf[8] = "before";
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, ndelay_on(s));
	assert_fails(EAGAIN, socket_read(s, buf, sizeof buf));
	ck_assert_str_eq(buf, "before");
}

TEST(a_non_blocking_write_takes_what_has_room)
{
	static const char bytes[1 << 24];
	int s, peer;
	ssize_t n;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, ndelay_on(s));
	n = socket_write(s, bytes, sizeof bytes);
	ck_assert_int_gt(n, 0);
	ck_assert_int_lt(n, (ssize_t)sizeof bytes);
	while (n > 0)
		n = socket_write(s, bytes, sizeof bytes);
	/* Of that call: by now the peer's queue may have taken more. */
	ck_assert_int_eq(errno, EAGAIN);
}

TEST(a_socket_that_is_not_connected_can_do_neither)
{
	char buf[8] = "before";
	int s = tcp_at(AT_IPV4, 0);

	assert_fails(ENOTCONN, socket_read(s, buf, sizeof buf));
	ck_assert_str_eq(buf, "before");
	/* Linux says EPIPE. */
	assert_gives(-1, socket_write(s, "bytes", 5));
}

/* ---- several buffers in one write ---- */

static const struct socket_buffer three[] = {
	{"by", 2},
	{NULL, 0},
	{"tes", 3},
};

static void assert_reads(const char *what, int s)
{
	char buf[64] = "";

	ck_assert(readable(s, 2000));
	assert_gives(strlen(what), socket_read(s, buf, sizeof buf - 1));
	ck_assert_str_eq(buf, what);
}

CASE("several buffers")

PLACE_TEST(buffers_are_written_one_after_the_other)
{
	int s, peer;

	s = connected_at(place, &peer);
	assert_gives(5, socket_writev(s, three, 3));
	assert_reads("bytes", peer);
}

PLACE_TEST(buffers_are_one_datagram)
{
	int r = bound_at(place);
	int s = udp_at(place, 0);

	assert_gives(0, connect_at(s, place, port_of(r)));
	assert_gives(5, socket_writev(s, three, 3));
	assert_gives(2, socket_writev(s, three, 1));
	assert_reads("bytes", r);
	assert_reads("by", r);
}

TEST(no_buffers_are_no_bytes)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, socket_writev(s, NULL, 0));
	assert_gives(5, socket_writev(s, three, 3));
	assert_reads("bytes", peer);
}

PLACE_TEST(buffers_after_the_end_are_epipe_and_no_signal)
{
	int s, peer;

	s = connected_at(place, &peer);
	assert_gives(0, socket_shutdown(s, SOCKET_WRITABLE));
	assert_fails(EPIPE, socket_writev(s, three, 3));
}

TEST(a_non_blocking_writev_takes_what_has_room)
{
	static const char bytes[1 << 23];
	const struct socket_buffer two[] = {{bytes, sizeof bytes},
					    {bytes, sizeof bytes}};
	int s, peer;
	ssize_t n;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, ndelay_on(s));
	n = socket_writev(s, two, 2);
	ck_assert_int_gt(n, 0);
	ck_assert_int_lt(n, (ssize_t)(2 * sizeof bytes));
	while (n > 0)
		n = socket_writev(s, two, 2);
	ck_assert_int_eq(errno, EAGAIN);
}

static struct socket_buffer too_many[SYS_IOV_MAX + 1];

static void fill_too_many(void)
{
	for (size_t i = 0; i < LENGTH(too_many); i++)
		too_many[i] = (struct socket_buffer){"x", 1};
}

TEST(a_stream_takes_as_many_buffers_as_the_system_does)
{
	int s, peer;

	fill_too_many();
	s = connected_at(AT_IPV4, &peer);
	assert_gives(SYS_IOV_MAX, socket_writev(s, too_many, SYS_IOV_MAX));
	assert_gives(SYS_IOV_MAX, socket_writev(s, too_many, SYS_IOV_MAX + 1));
}

/* Its end would be missing. */
TEST(a_datagram_of_more_buffers_is_refused)
{
	int r = bound_at(AT_IPV4);
	int s = udp_at(AT_IPV4, 0);

	fill_too_many();
	assert_gives(0, connect_at(s, AT_IPV4, port_of(r)));
	assert_gives(SYS_IOV_MAX, socket_writev(s, too_many, SYS_IOV_MAX));
	count_calls();
	assert_fails(EMSGSIZE, socket_writev(s, too_many, SYS_IOV_MAX + 1));
	ck_assert_int_eq(calls(CALL_SENDMSG), 0);
}

TEST(and_so_is_such_a_record)
{
	need(HAVE_UNIX_SOCKETS);
	fill_too_many();
	assert_fails(EMSGSIZE, socket_writev(unix_seqpacket(), too_many,
					     SYS_IOV_MAX + 1));
}

TEST(more_buffers_of_what_has_no_type_are_refused)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	fail_call(CALL_GETSOCKOPT, 1, ENOBUFS);
	assert_fails(ENOBUFS, socket_writev(s, too_many, SYS_IOV_MAX + 1));
	assert_fails(EBADF, socket_writev(-1, too_many, SYS_IOV_MAX + 1));
}

TEST(a_writev_is_one_system_call_and_not_repeated)
{
	int s, peer;

	need(HAVE_MSG_NOSIGNAL);
	s = connected_at(AT_IPV4, &peer);
	count_calls();
	assert_gives(5, socket_writev(s, three, 3));
	ck_assert_int_eq(all_calls(), 1);
	fail_call(CALL_SENDMSG, 1, EINTR);
	assert_fails(EINTR, socket_writev(s, three, 3));
	ck_assert_int_eq(all_calls(), 2);
}

/* ---- waiting ---- */

/* What has happened to a connection, and what holds of its end. */
static void nothing(int peer)
{
	(void)peer;
}

static void says(int peer)
{
	assert_gives(5, socket_write(peer, "bytes", 5));
}

static void ends(int peer)
{
	assert_gives(0, socket_shutdown(peer, SOCKET_WRITABLE));
}

static const struct happened {
	void (*what)(int peer);
	int events, holds;
} happened[] = {
	{nothing, SOCKET_WRITABLE, SOCKET_WRITABLE},
	{nothing, SOCKET_READABLE | SOCKET_WRITABLE, SOCKET_WRITABLE},
	{says, SOCKET_READABLE, SOCKET_READABLE},
	{says, SOCKET_WRITABLE, SOCKET_WRITABLE},
	{ends, SOCKET_READABLE, SOCKET_READABLE},
	{reset, SOCKET_READABLE, SOCKET_READABLE},
	{reset, SOCKET_WRITABLE, SOCKET_WRITABLE},
	{reset, SOCKET_READABLE | SOCKET_WRITABLE,
	 SOCKET_READABLE | SOCKET_WRITABLE},
};

CASE("waiting")

TABLE_TEST(a_wait_says_which_of_the_events_holds, row, happened,
	   nothing_missing)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	row->what(peer);
	if (row->what != nothing)
		ck_assert(readable(s, 2000));
	assert_gives(row->holds, socket_wait(s, row->events, -1));
	assert_gives(row->holds, socket_wait(s, row->events, 0));
}

TEST(a_wait_lasts_until_there_is_something)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	says(peer);
	assert_gives(SOCKET_READABLE, socket_wait(s, SOCKET_READABLE, 60000));
	/* Any time below 0 is for ever, not -1 alone. */
	assert_gives(SOCKET_READABLE, socket_wait(s, SOCKET_READABLE, -7));
	assert_gives(SOCKET_READABLE, socket_wait(s, SOCKET_READABLE, INT_MIN));
}

TEST(a_wait_ends_when_the_time_is_up)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, socket_wait(s, SOCKET_READABLE, 0));
	assert_gives(0, socket_wait(s, SOCKET_READABLE, 20));
}

TEST(a_wait_is_one_poll_that_may_fail)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	count_calls();
	assert_gives(SOCKET_WRITABLE, socket_wait(s, SOCKET_WRITABLE, 0));
	ck_assert_int_eq(calls(CALL_POLL), 1);
	ck_assert_int_eq(all_calls(), 1);
	fail_call(CALL_POLL, 1, ENOMEM);
	assert_fails(ENOMEM, socket_wait(s, SOCKET_WRITABLE, 0));
	fail_call(CALL_POLL, 1, EINTR);
	assert_fails(EINTR, socket_wait(s, SOCKET_WRITABLE, 0));
}

TEST(a_signal_ends_a_wait)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	be_interrupted();
	assert_fails(EINTR, socket_wait(s, SOCKET_READABLE, -1));
	be_left_alone();
}

static const int no_events[] = {0, 4, 5, -1, INT_MIN, INT_MAX};

TABLE_TEST(other_events_are_refused, row, no_events, nothing_missing)
{
	count_calls();
	assert_fails(EINVAL, socket_wait(tcp_at(AT_IPV4, 0), *row, 0));
	ck_assert_int_eq(calls(CALL_POLL), 0);
}

/* ---- one end of two ---- */

CASE("shutdown")

PLACE_TEST(a_connection_ends_in_one_direction)
{
	int s, peer;

	s = connected_at(place, &peer);
	says(s);
	assert_gives(0, socket_shutdown(s, SOCKET_WRITABLE));
	assert_reads("bytes", peer);
	assert_gives(0, socket_read(peer, (char[1]){0}, 1));
	says(peer);
	assert_reads("bytes", s);
	assert_fails(EPIPE, socket_write(s, "bytes", 5));
}

TEST(what_is_read_no_more_has_ended)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, socket_shutdown(s, SOCKET_READABLE));
	assert_gives(0, socket_read(s, (char[1]){0}, 1));
	says(s);
	assert_reads("bytes", peer);
}

TEST(a_connection_ends_in_both_directions)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, socket_shutdown(s, SOCKET_READABLE | SOCKET_WRITABLE));
	assert_gives(0, socket_read(s, (char[1]){0}, 1));
	assert_fails(EPIPE, socket_write(s, "bytes", 5));
	assert_gives(0, socket_read(peer, (char[1]){0}, 1));
	assert_gives(0, socket_close(s));
}

TEST(what_is_not_connected_cannot_end)
{
	assert_fails(ENOTCONN,
		     socket_shutdown(tcp_at(AT_IPV4, 0), SOCKET_WRITABLE));
}

TEST(a_shutdown_is_one_system_call_that_may_fail)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	fail_call(CALL_SHUTDOWN, 1, ENOBUFS);
	count_calls();
	assert_fails(ENOBUFS, socket_shutdown(s, SOCKET_WRITABLE));
	ck_assert_int_eq(all_calls(), 1);
	assert_talk(s, peer);
}

/* As of the events, the same numbers are none. */
TABLE_TEST(another_direction_is_refused, row, no_events, nothing_missing)
{
	count_calls();
	assert_fails(EINVAL, socket_shutdown(tcp_at(AT_IPV4, 0), *row));
	ck_assert_int_eq(calls(CALL_SHUTDOWN), 0);
}

CASE("stream")

static int (*const unix_sockets[])(void) = {unix_stream, unix_datagram};

LOOP_TEST(unix_sockets_will_do, LENGTH(unix_sockets))
{
	int s = unix_sockets[_i]();

	assert_gives(5, socket_write(s, "bytes", 5));
	assert_gives(5, socket_writev(s, three, 3));
	assert_gives(SOCKET_WRITABLE, socket_wait(s, SOCKET_WRITABLE, 0));
	assert_gives(0, socket_shutdown(s, SOCKET_WRITABLE));
	assert_fails(EPIPE, socket_writev(s, three, 3));
	assert_gives(0, socket_close(s));
}

TEST(each_is_one_system_call)
{
	char buf[8];
	int s, peer;

	need(HAVE_MSG_NOSIGNAL);
	s = connected_at(AT_IPV4, &peer);
	count_calls();
	assert_gives(5, socket_write(s, "bytes", 5));
	assert_gives(5, socket_read(peer, buf, sizeof buf));
	assert_gives(0, socket_close(s));
	ck_assert_int_eq(calls(CALL_SENDTO), 1);
	ck_assert_int_eq(calls(CALL_RECV), 1);
	ck_assert_int_eq(calls(CALL_CLOSE), 1);
	ck_assert_int_eq(all_calls(), 3);
}

TEST(an_interrupted_call_is_not_repeated)
{
	char buf[8];
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	fail_call(CALL_RECV, 1, EINTR);
	fail_call(CALL_SENDTO, 1, EINTR);
	assert_fails(EINTR, socket_read(s, buf, sizeof buf));
	assert_fails(EINTR, socket_write(s, buf, sizeof buf));
}

TEST(close_closes)
{
	int s = socket_tcp4();

	assert_gives(0, socket_close(s));
	assert_fails(EBADF, fcntl(s, F_GETFD));
	assert_fails(EBADF, socket_close(s));
	assert_fails(EBADF, socket_close(-1));
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);
	char buf[8] = "before";

	assert_fails(bad.error, socket_read(bad.fd, buf, sizeof buf));
	assert_fails(bad.error, socket_write(bad.fd, "bytes", 5));
	assert_fails(bad.error, socket_writev(bad.fd, three, 3));
	assert_fails(bad.error, socket_shutdown(bad.fd, SOCKET_WRITABLE));
	ck_assert_str_eq(buf, "before");
}

/* Where only sockets can be waited for, a pipe is none. */
LOOP_TEST(a_wait_is_for_what_is_open, BADS)
{
	struct bad bad = bad_descriptor(_i);
	int r = socket_wait(bad.fd, SOCKET_READABLE, 0);

	if (bad.error == EBADF)
		assert_fails(EBADF, socket_wait(bad.fd, SOCKET_READABLE, -1));
	else
		ck_assert(r >= 0 || errno == ENOTSOCK);
}

#include "check_stream.list"
