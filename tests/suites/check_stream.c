/* SPDX-License-Identifier: ISC */
/* check_stream.c - read, write and close a socket. */
#include "config.h"

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

static int (*const unix_sockets[])(void) = {unix_stream, unix_datagram};

LOOP_TEST(unix_sockets_will_do, LENGTH(unix_sockets))
{
	int s = unix_sockets[_i]();

	assert_gives(5, socket_write(s, "bytes", 5));
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
	ck_assert_str_eq(buf, "before");
}

#include "check_stream.list"
