/* SPDX-License-Identifier: ISC */
/* check_timeout.c - connect within a time. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"
#include "wire.h"

#include <pthread.h>
#include <socket6.h>
#include <unistd.h>

static const int modes[] = {SOCKET_NONBLOCK, 0};

/* At every place, on a socket of each mode, which stays as it is. */
#define MODE_TEST(name) PLACE_BY_TEST(name, mode, modes)

/* The mode is as it was; Windows cannot tell it, and leaves it blocking. */
static void assert_mode(int mode, int s)
{
	ck_assert_int_eq(is_nonblocking(s),
			 mode == SOCKET_NONBLOCK && !on_windows());
}

static long long now(void)
{
	return microseconds() / 1000;
}

/* A pending connection in a namespace: nothing answers on the wire. */

#define need_silence()                                                         \
 do {                                                                          \
  need_pair();                                                                 \
  wire_open();                                                                 \
 } while (0)

CASE("timeout")

MODE_TEST(a_connection_is_made_in_time)
{
	uint16_t port;
	int l = listener_at(place, &port);
	int s = tcp_at(place, *mode);

	assert_gives(0, connect_at_timeout(s, place, port, 2000));
	assert_mode(*mode, s);
	assert_talk(s, socket_accept6(l, NULL, NULL, NULL));
}

MODE_TEST(below_0_waits_for_ever)
{
	uint16_t port;
	int s;

	listener_at(place, &port);
	s = tcp_at(place, *mode);
	assert_gives(0, connect_at_timeout(s, place, port, -1));
}

MODE_TEST(a_refusal_is_told_at_once)
{
	int s = tcp_at(place, *mode);

	assert_fails(ECONNREFUSED,
		     connect_at_timeout(s, place, refusing_port_at(place), -1));
	assert_mode(*mode, s);
}

LOOP_TEST(an_immediate_failure_is_told_at_once, LENGTH(modes))
{
	int s;

	need_net();
	s = tcp_at(WIRE_IPV4, modes[_i]);
	assert_fails(on_gvisor() ? EHOSTUNREACH : ENETUNREACH,
		     connect_at_timeout(s, WIRE_IPV4, 443, -1));
	assert_mode(modes[_i], s);
}

MODE_TEST(a_datagram_socket_needs_no_time)
{
	int s = udp_at(place, *mode);

	assert_gives(0, connect_at_timeout(s, place, 9, 0));
}

LOOP_TEST(silence_times_out, LENGTH(modes))
{
	long long start;
	int s;

	need_silence();
	start = now();
	s = tcp_at(WIRE_IPV4, modes[_i]);
	assert_fails(ETIMEDOUT, connect_at_timeout(s, WIRE_IPV4, 443, 50));
	ck_assert_int_ge(now() - start, 50);
	assert_mode(modes[_i], s);
	assert_not_connected(EINPROGRESS, s);
}

LOOP_TEST(zero_milliseconds_ask_once, LENGTH(modes))
{
	int s;

	need_silence();
	s = tcp_at(WIRE_IPV4, modes[_i]);
	count_calls();
	assert_fails(ETIMEDOUT, connect_at_timeout(s, WIRE_IPV4, 443, 0));
	ck_assert_int_le(calls(CALL_POLL), 1);
	assert_no(ETIMEDOUT, socket_wait_connected(s, 0));
}

TEST(a_pending_connection_is_waited_for)
{
	int s;

	need_silence();
	s = tcp_at(WIRE_IPV4, SOCKET_NONBLOCK);
	assert_fails(EINPROGRESS, connect_at(s, WIRE_IPV4, 443));
	assert_fails(ETIMEDOUT, connect_at_timeout(s, WIRE_IPV4, 443, 10));
	wire_answer(ACCEPTS);
	assert_gives(0, connect_at_timeout(s, WIRE_IPV4, 443, 2000));
}

/*
 * The second connect is EALREADY, and on some systems EADDRINUSE; that of a
 * socket which waits for nothing is told as it is.
 */
TEST(an_interrupted_connection_is_waited_for)
{
	int s;

	need_silence();
	s = tcp_at(WIRE_IPV4, 0);
	be_interrupted();
	assert_fails(EINTR, connect_at(s, WIRE_IPV4, 443));
	be_left_alone();
	assert_fails(ETIMEDOUT, connect_at_timeout(s, WIRE_IPV4, 443, 10));
	wire_answer(ACCEPTS);
	assert_gives(0, connect_at_timeout(s, WIRE_IPV4, 443, 2000));
}

TEST(an_address_in_use_is_told_as_such)
{
	fail_call(CALL_CONNECT, 0, EADDRINUSE);
	assert_fails(EADDRINUSE, connect_at_timeout(tcp_at(WIRE_IPV4, 0),
						    WIRE_IPV4, 443, -1));
}

MODE_TEST(a_connection_that_stands_is_success)
{
	uint16_t port;
	int s;

	listener_at(place, &port);
	s = tcp_at(place, *mode);
	for (int i = 0; i < 3; i++)
		assert_gives(0, connect_at_timeout(s, place, port, 2000));
	assert_fails(EISCONN, connect_at(s, place, port));
}

/* Linux's connect says EISCONN of it, as of a connection that stands. */
MODE_TEST(a_connection_that_was_reset_is_no_success)
{
	uint16_t port;
	int l, s;

	wine_differs("reads a reset as the end");
	l = listener_at(place, &port);
	s = tcp_at(place, *mode);
	assert_gives(0, connect_at_timeout(s, place, port, 2000));
	reset(socket_accept6(l, NULL, NULL, NULL));
	ck_assert(readable(s, 2000));
	fail_call(CALL_CONNECT, 0, EISCONN);
	assert_fails(ECONNRESET, connect_at_timeout(s, place, port, 2000));
	assert_fails(ENOTCONN, connect_at_timeout(s, place, port, 2000));
}

TEST(a_socket_that_never_connected_is_no_success)
{
	fail_call(CALL_CONNECT, 1, EISCONN);
	assert_fails(ENOTCONN, connect_at_timeout(tcp_at(WIRE_IPV4, 0),
						  WIRE_IPV4, 443, 10));
}

/* connect says EISCONN of it, as of a connection that stands. */
PLACE_TEST(a_socket_that_listens_is_not_connected)
{
	uint16_t port;
	int l = listener_at(place, &port);

	/* What connect says, where that is not EISCONN, stands: gVisor. */
	assert_fails(on_gvisor() ? EINVAL : ENOTCONN,
		     connect_at_timeout(l, place, port, -1));
}

/* Some filters of system calls (seccomp) let no option be asked for. */
PLACE_TEST(a_socket_that_listens_is_known_without_options)
{
	uint16_t port;
	int l = listener_at(place, &port);

	fail_call(CALL_CONNECT, 1, EISCONN);
	fail_call(CALL_GETSOCKOPT, 0, EPERM);
	assert_fails(ENOTCONN, connect_at_timeout(l, place, port, 10));
}

/* A wait that began anew at each interruption would never end. */
LOOP_TEST(interruptions_take_no_time_away_and_add_none, LENGTH(modes))
{
	long long start;
	int s;

	need_silence();
	s = tcp_at(WIRE_IPV4, modes[_i]);
	be_interrupted();
	start = now();
	assert_fails(ETIMEDOUT, connect_at_timeout(s, WIRE_IPV4, 443, 100));
	ck_assert_int_ge(now() - start, 100);
}

/* Wherever in a millisecond it begins, and is interrupted. */
LOOP_TEST(the_time_is_never_up_early, 2)
{
	long long start;
	int s;

	need_silence();
	s = tcp_at(WIRE_IPV4, SOCKET_NONBLOCK);
	assert_fails(EINPROGRESS, connect_at(s, WIRE_IPV4, 443));
	if (_i == 1)
		be_interrupted();
	for (int i = 0; i < 20; i++) {
		start = microseconds();
		assert_gives(0, socket_wait_connected(s, 6));
		ck_assert_int_ge(microseconds() - start, 6000);
	}
}

static void *answer_now(void *arg)
{
	wire_answer(*(enum answer *)arg);
	return NULL;
}

static const enum answer answers[] = {ACCEPTS, REFUSES};

LOOP_TEST(waiting_ends_with_the_answer, LENGTH(answers) * WIRES)
{
	enum answer answer = answers[_i / WIRES];
	const struct place *place = &wires[_i % WIRES];
	pthread_t thread;
	int s;

	need_pair();
	need_place(place);
	wire_open();
	s = tcp_at(place, SOCKET_NONBLOCK);
	assert_fails(EINPROGRESS, connect_at(s, place, 443));
	ck_assert_int_eq(pthread_create(&thread, NULL, answer_now, &answer), 0);
	if (answer == ACCEPTS)
		assert_gives(1, socket_wait_connected(s, -1));
	else
		assert_no(ECONNREFUSED, socket_wait_connected(s, -1));
	pthread_join(thread, NULL);
}

MODE_TEST(waiting_without_a_connection_tells_so)
{
	uint16_t port;

	assert_no(ENOTCONN, socket_wait_connected(tcp_at(place, *mode), -1));
	assert_no(ENOTCONN,
		  socket_wait_connected(listener_at(place, &port), -1));
}

/* The reason at once; then, though POLLERR stays, no call after call. */
TEST(a_soft_error_is_told_at_once_and_never_spun_on)
{
	struct place place = {"IPv4", "198.51.100.1", 4, 0};
	uint16_t port;
	int s;

	need_pair();
	port = net_unreachable_peer();
	s = tcp_at(&place, 0);
	assert_fails(EHOSTUNREACH, connect_at_timeout(s, &place, port, -1));
	count_calls();
	ck_assert(!socket_wait_connected(s, 100));
	ck_assert(errno == ETIMEDOUT ||
		  (errno == ENOTCONN && icmp_ends_attempts()));
	ck_assert_int_lt(calls(CALL_POLL), 40);
}

static int half_open_and_shut_down(const struct place *place)
{
	int s;

	wire_open();
	s = tcp_at(place, SOCKET_NONBLOCK);
	assert_fails(EINPROGRESS, connect_at(s, place, 443));
	wire_open_half(s);
	assert_gives(0, shutdown(s, SHUT_RDWR));
	return s;
}

/* It is POLLHUP from then on; the attempt goes on (Linux 6.18). */
LOOP_TEST(a_half_open_connection_that_is_shut_down_is_never_spun_on, WIRES)
{
	int s;

	need(HAVE_TCP_STATES);
	need_pair();
	need_place(&wires[_i]);
	s = half_open_and_shut_down(&wires[_i]);
	count_calls();
	assert_no(ETIMEDOUT, socket_wait_connected(s, 100));
	ck_assert_int_lt(calls(CALL_POLL), 40);
}

LOOP_TEST(it_is_asked_again_soon_however_long_the_wait_is, WIRES)
{
	int s;

	need(HAVE_TCP_STATES);
	need_pair();
	need_place(&wires[_i]);
	s = half_open_and_shut_down(&wires[_i]);
	/* Every other one is socket_connected's. */
	fail_call(CALL_POLL, 6, EIO);
	assert_no(icmp_ends_attempts() ? ENOTCONN : EIO,
		  socket_wait_connected(s, -1));
}

LOOP_TEST(bad_descriptors_are_told_as_such, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error,
		     socket_connect4_timeout(bad.fd, ip4("127.0.0.1"), 1, 0));
	assert_fails(bad.error,
		     socket_connect6_timeout(bad.fd, ip6("::1"), 1, 0, 0));
	assert_no(bad.error, socket_wait_connected(bad.fd, 0));
}

/* What fcntl does, call by call. */
enum { READS, SETS, RESTORES, FCNTLS };

LOOP_TEST(a_mode_that_cannot_be_set_or_restored_is_told, FCNTLS)
{
	uint16_t port;
	int s;

	listener_at(AT_IPV4, &port);
	s = socket_tcp4b();
	fail_call(CALL_FCNTL, _i + 1, EPERM);
	assert_fails(EPERM, connect_at_timeout(s, AT_IPV4, port, 2000));
}

/* What a caller would take for pending, or for connected. */
static const int misleading[] = {EINPROGRESS, EWOULDBLOCK, EALREADY, EINTR,
				 EISCONN};

/* As by a filter of system calls: neither TCP_INFO nor SO_ERROR can be had. */
LOOP_TEST(a_refusal_that_cannot_be_asked_for_is_not_waited_for,
	  LENGTH(misleading))
{
	int s = tcp_at(AT_IPV4, SOCKET_NONBLOCK);
	uint16_t port = refusing_port_at(AT_IPV4);

	fail_call(CALL_GETSOCKOPT, 0, misleading[_i]);
	assert_fails(EIO, connect_at_timeout(s, AT_IPV4, port, -1));
}

TEST(a_poll_that_fails_is_told)
{
	int s;

	need_silence();
	s = tcp_at(WIRE_IPV4, SOCKET_NONBLOCK);
	fail_call(CALL_POLL, 0, ENOMEM);
	assert_fails(ENOMEM, connect_at_timeout(s, WIRE_IPV4, 443, 1000));
}

#include "check_timeout.list"
