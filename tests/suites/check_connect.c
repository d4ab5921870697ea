/* SPDX-License-Identifier: ISC */
/* check_connect.c - connect, and learn how it went. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"
#include "wire.h"

#include <pthread.h>
#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>

/* What a socket is made with: non-blocking, blocking. */
static const int modes[] = {SOCKET_NONBLOCK, 0};

/* Connected, says so twice, tries no second time, and carries bytes. */
static void assert_connected(int s, int peer)
{
	ck_assert(writable(s, 0));
	assert_gives(1, socket_connected(s));
	assert_gives(1, socket_connected(s));
	assert_talk(s, peer);
}

/* Whether a socket that has not begun is writable, as Linux alone has it. */
static int is_new_writable(void)
{
	return writable(socket_tcp4b(), 0);
}

/*
 * gVisor keeps a refusal in two places, and tells it from each; Windows may
 * tell it for ever.
 */
static void assert_told(int s)
{
	if (on_windows() && !socket_connected(s) && errno == ECONNREFUSED)
		return;
	if (on_gvisor())
		assert_not_connected(ECONNREFUSED, s);
	assert_not_connected(ENOTCONN, s);
	assert_not_connected(ENOTCONN, s);
}

/*
 * After a failure that is told: the socket can be used as if new. POSIX leaves
 * that open; gVisor's cannot, nor can wine's.
 */
static void assert_usable(int s, const struct place *place)
{
	uint16_t port;
	int l = listener_at(place, &port);

	if (on_gvisor() || on_windows())
		leave_test("a socket whose connection failed is of no use");
	assert_gives(0, connect_at_timeout(s, place, port, 2000));
	assert_connected(s, accepted(l));
}

/*
 * A listener whose queue is full: Linux drops the SYNs of any further
 * connection, which stays pending.
 */
static uint16_t pending_port_at(const struct place *place)
{
	uint16_t port;
	int l = listener_at(place, &port);

	if (on_windows())
		leave_test("a full queue refuses on Windows");
	assert_gives(0, socket_listen(l, 0));
	assert_gives(0, connect_at(tcp_at(place, 0), place, port));
	ck_assert(readable(l, 2000));
	return port;
}

/* A connection to that port, in progress. */
static int connecting_at(const struct place *place, uint16_t port)
{
	int s = tcp_at(place, SOCKET_NONBLOCK);

	assert_fails(EINPROGRESS, connect_at(s, place, port));
	return s;
}

/* A refusal that came in the background. */
static int refused_at(const struct place *place, uint16_t port)
{
	int s = connecting_at(place, port);

	ck_assert(writable(s, 2000));
	return s;
}

/* A connection that was accepted; *peer is the other end. */
static int established_at(const struct place *place, int flags, int *peer)
{
	uint16_t port;
	int l = listener_at(place, &port);
	int s = tcp_at(place, flags);

	assert_gives(0, connect_at_timeout(s, place, port, 2000));
	*peer = accepted(l);
	return s;
}

/* ---- immediate success ---- */

CASE("immediate success")

PLACE_TEST(a_blocking_connect_returns_when_connected)
{
	uint16_t port;
	int l = listener_at(place, &port);
	int s = tcp_at(place, 0);

	assert_gives(0, connect_at(s, place, port));
	assert_connected(s, accepted(l));
	assert_fails(EISCONN, connect_at(s, place, port));
}

PLACE_BY_TEST(a_datagram_socket_connects_at_once, mode, modes)
{
	int peer = bound_at(place);
	int s = udp_at(place, *mode);

	assert_gives(0, connect_at(s, place, port_of(peer)));
	assert_gives(0, connect_at(peer, place, port_of(s)));
	assert_connected(s, peer);
	/* gVisor finds its own connection in the way. */
	if (on_gvisor())
		assert_fails(EADDRINUSE, connect_at(s, place, port_of(peer)));
	else
		assert_gives(0, connect_at(s, place, port_of(peer)));
}

static int fast_socket(const struct place *place, int flags)
{
	int on = 1;
	int s = tcp_at(place, flags);

	assert_gives(0, setsockopt(s, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on,
				   sizeof on));
	return s;
}

/* RFC 7413: the first connection brings the cookie that the next one uses. */
PLACE_BY_TEST(a_fast_open_cookie_connects_at_once, mode, modes)
{
	uint16_t port;
	int l, s;

	need_sysctls();
	net_sysctl("net/ipv4/tcp_fastopen", "3");
	l = listener_at(place, &port);
	if (socket_fastopen(l) == -1 && errno == ENOPROTOOPT)
		skip("no TCP_FASTOPEN");
	s = fast_socket(place, 0);
	assert_gives(0, connect_at(s, place, port));
	assert_talk(s, accepted(l));

	s = fast_socket(place, *mode);
	assert_gives(0, connect_at(s, place, port));
	ck_assert(writable(s, 0));
	/* The SYN leaves with the first data: there is no peer before. */
	assert_not_connected(ENOTCONN, s);
	/* Without its state it could as well be a connection that has ended. */
	for (int i = 0; i < 2; i++)
		assert_gives(HAVE(HAVE_TCP_STATES) ? 0 : -1,
			     connect_at_timeout(s, place, port, 0));
	assert_gives(5, socket_write(s, "bytes", 5));
	assert_gives(1, socket_wait_connected(s, 2000));
	assert_gives(5, socket_read(accepted(l), (char[8]){0}, 8));
	assert_gives(0, connect_at_timeout(s, place, port, 0));
	assert_fails(EISCONN, connect_at(s, place, port));
}

/* Connects a non-blocking socket as a system that needs no time would. */
static int connect_at_once(int s, const struct sockaddr *sa, socklen_t len)
{
	int r;

	stand_in.connect = NULL;
	assert_gives(0, ndelay_off(s));
	r = connect(s, sa, len);
	assert_gives(0, ndelay_on(s));
	return r;
}

PLACE_TEST(a_system_that_connects_at_once_is_believed)
{
	uint16_t port;
	int l, s;

	/* There the first of two connects is refused. */
	if (place->family == 6 && !have_ipv6())
		skip("no IPv6");
	l = listener_at(place, &port);
	s = tcp_at(place, SOCKET_NONBLOCK);
	stand_in.connect = connect_at_once;
	assert_gives(0, connect_at(s, place, port));
	assert_connected(s, accepted(l));
	assert_fails(EISCONN, connect_at(s, place, port));
}

PLACE_BY_TEST(a_connect_without_bind_takes_an_address_and_a_port, mode, modes)
{
	int s = tcp_at(place, *mode);
	char ip[16];
	uint16_t port;

	listener_at(place, &port);
	connect_at(s, place, port);
	assert_gives(0, socket_local6(s, ip, &port, NULL));
	ck_assert_uint_ne(port, 0);
	ck_assert_mem_ne(ip, V6any, 16);
}

/* ---- in progress ---- */

CASE("in progress")

PLACE_TEST(a_non_blocking_connect_goes_on_and_succeeds)
{
	uint16_t port;
	int l = listener_at(place, &port);
	int s = tcp_at(place, SOCKET_NONBLOCK);

	/* Or at once, over the loopback of others than Linux (Solaris). */
	if (connect_at(s, place, port) == -1) {
		ck_assert_int_eq(errno, EINPROGRESS);
		ck_assert(writable(s, 2000));
		assert_gives(1, socket_connected(s));
		/* Linux says once that it stands. */
		if (!on_windows())
			assert_gives(0, connect_at(s, place, port));
	}
	assert_fails(EISCONN, connect_at(s, place, port));
	assert_connected(s, accepted(l));
}

PLACE_TEST(a_pending_connection_is_in_progress_however_often_asked)
{
	uint16_t port = pending_port_at(place);
	int s = connecting_at(place, port);

	for (int i = 0; i < 100; i++)
		assert_not_connected(EINPROGRESS, s);
	ck_assert(!writable(s, 0));
	assert_fails(EALREADY, connect_at(s, place, port));
}

static void on_alarm(int signal)
{
	(void)signal;
}

/* And then again and again, for the first may come before it is waited for. */
static void alarm_in_milliseconds(int milliseconds)
{
	struct sigaction action = {.sa_handler = on_alarm};
	struct timeval time = {.tv_usec = milliseconds * 1000};
	struct itimerval timer = {time, time};

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

PLACE_TEST(a_signal_leaves_a_blocking_connect_in_progress)
{
	uint16_t port = pending_port_at(place);
	int s = tcp_at(place, 0);

	alarm_in_milliseconds(20);
	assert_fails(EINTR, connect_at(s, place, port));
	alarm_in_milliseconds(0);
	ck_assert(!writable(s, 0));
	assert_not_connected(EINPROGRESS, s);
	assert_not_connected(EINPROGRESS, s);
}

TEST(an_interrupted_connect_succeeds_in_the_background)
{
	const struct place *place = AT_IPV6;
	uint16_t port;
	int l, s;

	need_place(place);
	l = listener_at(place, &port);
	assert_gives(0, socket_listen(l, 0));
	assert_gives(0, connect_at(tcp_at(place, 0), place, port));
	s = tcp_at(place, 0);
	alarm_in_milliseconds(20);
	assert_fails(EINTR, connect_at(s, place, port));
	alarm_in_milliseconds(0);
	/* Room in the queue: the SYN that Linux repeats after a second. */
	accepted(l);
	ck_assert(writable(s, 3000));
	assert_connected(s, accepted(l));
}

PLACE_TEST(a_send_timeout_leaves_a_blocking_connect_in_progress)
{
	struct timeval t = {.tv_usec = 20000};
	uint16_t port;
	int s;

	if (on_gvisor())
		skip("connect does not heed SO_SNDTIMEO");
	port = pending_port_at(place);
	s = tcp_at(place, 0);
	assert_gives(0, setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &t, sizeof t));
	assert_fails(EINPROGRESS, connect_at(s, place, port));
	assert_not_connected(EINPROGRESS, s);
}

/* ---- while the answer arrives ---- */

/* Opens the wire; or the reason why there is none to this place. */
static const char *wire_missing(const struct place *place)
{
	const char *why = net_pair();

	if (!why)
		why = place_missing(place);
	if (!why)
		wire_open();
	return why;
}

#define WIRE_TEST(name) TABLE_TEST(name, place, wires, wire_missing)
#define WIRE_BY_TEST(name, row, table)                                         \
 TABLE_BY_TEST(name, place, wires, wire_missing, row, table)

/* A pending connection that wire_answer will end. */
static int pending_socket(const struct place *place)
{
	wire_drain();
	return connecting_at(place, 443);
}

/* What socket_connected says: 0 if connected, else its errno. */
static int state_of(int s)
{
	return socket_connected(s) ? 0 : errno;
}

/* What becomes of a pending connection, by the answer. */
static const struct stage {
	const char *name;
	int half_open; /* by the peer's own SYN */
	int final[2];
} stages[] = {
	{"SYN sent", 0, {[ACCEPTS] = 0, [REFUSES] = ECONNREFUSED}},
	{"half open", 1, {[ACCEPTS] = 0, [REFUSES] = ECONNRESET}},
};
#define SYN_SENT  (&stages[0])
#define HALF_OPEN (&stages[1])

static int pending_in(const struct stage *stage, const struct place *place)
{
	int s = pending_socket(place);

	if (stage->half_open)
		wire_open_half(s);
	return s;
}

static enum answer coming;
static int calls_until_it_comes;

static void let_it_come(enum call call)
{
	(void)call;
	if (--calls_until_it_comes > 0)
		return;
	stand_in.before = NULL;
	wire_answer(coming);
}

enum { GAPS = 6 };

/* Between every two system calls of socket_connected, and after the last. */
WIRE_BY_TEST(an_answer_that_comes_between_two_calls_is_not_lost, stage, stages)
{
	int first, s;

	if (stage->half_open)
		need(HAVE_TCP_STATES);
	for (coming = ACCEPTS; coming <= REFUSES; coming++) {
		for (int gap = 1; gap <= GAPS; gap++) {
			s = pending_in(stage, place);
			calls_until_it_comes = gap;
			stand_in.before = let_it_come;
			first = state_of(s);
			if (stand_in.before)
				let_it_come(calls_until_it_comes = 0);
			/* What was sent may be on its way still. */
			if (first == EINPROGRESS && writable(s, 2000))
				first = state_of(s);
			ck_assert_int_eq(first, stage->final[coming]);
			ck_assert_int_eq(state_of(s),
					 coming == REFUSES ? ENOTCONN : 0);
			close(s);
		}
	}
}

enum { RUNS = 100 };

static void *answer_now(void *arg)
{
	wire_answer(*(enum answer *)arg);
	return NULL;
}

/* Another thread lets the answer come while this one asks and asks. */
static int first_final_state(const struct place *place,
			     const struct stage *stage, enum answer answer)
{
	int s = pending_in(stage, place);
	pthread_t thread;
	int state;

	ck_assert_int_eq(pthread_create(&thread, NULL, answer_now, &answer), 0);
	do
		state = state_of(s);
	while (state == EINPROGRESS);
	pthread_join(thread, NULL);
	close(s);
	return state;
}

static const struct {
	const struct stage *stage;
	enum answer answer;
} ends[] = {
	{SYN_SENT, ACCEPTS},
	{SYN_SENT, REFUSES},
	{HALF_OPEN, ACCEPTS},
	{HALF_OPEN, REFUSES},
};

WIRE_BY_TEST(no_answer_is_lost_however_often_asked, end, ends)
{
	if (end->stage->half_open)
		need(HAVE_TCP_STATES);
	for (int i = 0; i < RUNS; i++)
		ck_assert_int_eq(
			first_final_state(place, end->stage, end->answer),
			end->stage->final[end->answer]);
}

/*
 * Simultaneous open (RFC 9293 section 3.5): the peer sends a SYN too, and then
 * nothing. getpeername then has a peer already.
 */
WIRE_TEST(a_half_open_connection_is_in_progress)
{
	int s = pending_in(HALF_OPEN, place);

	need(HAVE_TCP_STATES);
	assert_gives(0, socket_remote6(s, NULL, NULL, NULL));
	for (int i = 0; i < 100; i++)
		assert_not_connected(EINPROGRESS, s);
	ck_assert(!writable(s, 0));
	assert_fails(EAGAIN, socket_write(s, "bytes", 5));
	assert_fails(EALREADY, connect_at(s, place, 443));
	assert_fails(ETIMEDOUT, connect_at_timeout(s, place, 443, 10));
	wire_answer(ACCEPTS);
	ck_assert(writable(s, 2000));
	assert_gives(1, socket_connected(s));
	assert_gives(5, socket_write(s, "bytes", 5));
}

WIRE_TEST(a_half_open_connection_that_is_reset_tells_so_once)
{
	int s = pending_in(HALF_OPEN, place);

	wire_answer(REFUSES);
	ck_assert(writable(s, 2000));
	assert_not_connected(ECONNRESET, s);
	assert_not_connected(ENOTCONN, s);
}

/* Without cookies, as TCP_FASTOPEN's server side may be set to go. */
static void open_fast_server(void)
{
	enum { SERVER = 2, NO_COOKIES = 0x200 };
	char value[8];

	sprintf(value, "%d", SERVER | NO_COOKIES);
	net_sysctl("net/ipv4/tcp_fastopen", value);
}

/*
 * The same state, but for the data in the SYN (RFC 7413 section 4.2): what was
 * accepted can be read and written before the handshake ends.
 */
WIRE_TEST(a_connection_that_fast_open_accepted_is_connected)
{
	uint16_t port;
	int l, s;

	need(HAVE_TCP_FASTOPEN);
	open_fast_server();
	l = tcp_at(place, 0);
	assert_gives(0, socket_bind6_reuse(l, NULL, 0, 0));
	assert_gives(0, socket_fastopen(l));
	assert_gives(0, socket_listen(l, 1));
	port = port_of(l);
	pending_socket(place);
	wire_connect(port, "bytes", 5);
	ck_assert(readable(l, 2000));
	s = accepted(l);
	for (int i = 0; i < 3; i++)
		assert_gives(1, socket_connected(s));
	assert_gives(5, socket_read(s, (char[8]){0}, 8));
	assert_gives(5, socket_write(s, "bytes", 5));
	assert_gives(1, socket_connected(s));
}

/*
 * Since 6.7 Linux tells an ICMP error on the way to an IPv4 peer and goes on
 * trying: POLLERR alone, and it stays. Then the way is mended.
 */
TEST(a_soft_error_is_told_once_and_the_connection_goes_on)
{
	struct place place = {"IPv4", "198.51.100.1", 4, 0};
	uint16_t port;
	int s;

	need_pair();
	port = net_unreachable_peer();
	s = connecting_at(&place, port);
	writable(s, 5000); /* the error may need a moment */
	assert_not_connected(EHOSTUNREACH, s);
	if (icmp_ends_attempts()) {
		/* One that comes during a call of ours does not end it. */
		do {
			writable(s, 100);
			ck_assert(!socket_connected(s));
			ck_assert(errno == EINPROGRESS ||
				  errno == EHOSTUNREACH || errno == ENOTCONN);
		} while (errno != ENOTCONN);
		return;
	}
	for (int i = 0; i < 100; i++)
		assert_not_connected(EINPROGRESS, s);
	assert_fails(EALREADY, connect_at(s, &place, port));
	net_mend_peer();
	/* A SYN that went before the mending brings another error. */
	while (!socket_connected(s)) {
		ck_assert(errno == EINPROGRESS || errno == EHOSTUNREACH);
		writable(s, 100);
	}
	ck_assert(writable(s, 0));
	assert_gives(1, socket_connected(s));
}

/* ---- failure ---- */

CASE("failure")

PLACE_TEST(a_refusal_in_the_background_is_told_once)
{
	uint16_t port = refusing_port_at(place);
	int s = refused_at(place, port);

	assert_not_connected(ECONNREFUSED, s);
	assert_told(s);
	/* Linux ends the failed attempt with a word of its own. */
	if (!on_windows())
		assert_fails(ECONNABORTED, connect_at(s, place, port));
	assert_usable(s, place);
}

PLACE_TEST(a_signal_that_is_pending_is_not_the_reason)
{
	int s = refused_at(place, refusing_port_at(place));

	fail_call(CALL_POLL, 1, EINTR);
	assert_not_connected(ECONNREFUSED, s);
}

/* A poll that fails says nothing; the state does. */
WIRE_TEST(a_poll_that_fails_is_no_reason_where_the_state_is_known)
{
	int s = pending_socket(place);

	need(HAVE_TCP_STATES);
	fail_call(CALL_POLL, 1, ENOMEM);
	assert_not_connected(EINPROGRESS, s);
}

PLACE_TEST(a_refusal_that_was_not_asked_for_is_the_next_connects)
{
	uint16_t port = refusing_port_at(place);
	int s = refused_at(place, port);

	if (on_windows())
		skip("connect begins anew on Windows");
	assert_fails(ECONNREFUSED, connect_at(s, place, port));
	assert_told(s);
	assert_usable(s, place);
}

PLACE_TEST(a_blocking_connect_is_refused)
{
	uint16_t port = refusing_port_at(place);
	int s = tcp_at(place, 0);

	assert_fails(ECONNREFUSED, connect_at(s, place, port));
	ck_assert(writable(s, 0));
	assert_told(s);
	if (!on_windows())
		assert_fails(on_gvisor() ? ECONNABORTED : ECONNREFUSED,
			     connect_at(s, place, port));
	assert_usable(s, place);
}

/* A route to the destination, and what connect says of it. */
static const struct route {
	const char *type; /* null if there is none */
	int error;
} routes[] = {
	{NULL, ENETUNREACH},
	{"unreachable", EHOSTUNREACH},
	{"prohibit", EACCES},
	{"blackhole", EINVAL},
};

static int error_of(const struct route *route)
{
	return on_gvisor() ? EHOSTUNREACH : route->error;
}

/* Destinations that no interface of the namespace leads to. */
static const struct afar {
	struct place place;
	int mode;
} afar[] = {
	{{"IPv6", "2001:db8:1::1", 6, 0}, SOCKET_NONBLOCK},
	{{"IPv6", "2001:db8:1::1", 6, 0}, 0},
	{{"v4-mapped", "::ffff:198.51.100.1", 6, 0}, SOCKET_NONBLOCK},
	{{"v4-mapped", "::ffff:198.51.100.1", 6, 0}, 0},
	{{"IPv4", "198.51.100.1", 4, 0}, SOCKET_NONBLOCK},
	{{"IPv4", "198.51.100.1", 4, 0}, 0},
};

static const char *afar_missing(const struct afar *to)
{
	const char *why = net_enter();

	return why ? why : place_missing(&to->place);
}

TABLE_BY_TEST(a_route_that_leads_nowhere_fails_at_once, to, afar, afar_missing,
	      route, routes)
{
	const struct place *place = &to->place;
	int s = tcp_at(place, to->mode);

	if (route->type && on_gvisor())
		skip("no %s routes", route->type);
	if (route->type) {
		net_ip("route add %s 198.51.100.0/24", route->type);
		if (have_ipv6())
			net_ip("route add %s 2001:db8:1::/48", route->type);
	}
	for (int i = 0; i < 2; i++) {
		assert_fails(error_of(route), connect_at(s, place, 1));
		ck_assert_int_eq(writable(s, 0), is_new_writable());
		assert_not_connected(ENOTCONN, s);
	}
	assert_usable(s, place->family == 4  ? AT_IPV4
			 : have_dual_stack() ? AT_MAPPED
					     : AT_IPV6);
}

/* Gives up after the first second, when the SYN would be repeated. */
static int impatient_socket(const struct place *place, int flags)
{
	int s = tcp_at(place, flags);

	assert_gives(0, socket_usertimeout(s, 50));
	return s;
}

/* All at once, for each takes a second. */
TEST(dropped_syns_time_out)
{
	static const struct place *const at[] = {AT_IPV6, AT_MAPPED, AT_IPV4};
	int s[LENGTH(at)];

	need(HAVE_TCP_USER_TIMEOUT);
	if (on_gvisor())
		skip("connect does not heed TCP_USER_TIMEOUT");
	for (size_t i = 0; i < LENGTH(at); i++) {
		need_place(at[i]);
		s[i] = impatient_socket(at[i], SOCKET_NONBLOCK);
		assert_fails(EINPROGRESS,
			     connect_at(s[i], at[i], pending_port_at(at[i])));
		assert_not_connected(EINPROGRESS, s[i]);
	}
	assert_fails(ETIMEDOUT, connect_at(impatient_socket(AT_IPV4, 0),
					   AT_IPV4, pending_port_at(AT_IPV4)));
	for (size_t i = 0; i < LENGTH(at); i++) {
		ck_assert(writable(s[i], 3000));
		assert_not_connected(ETIMEDOUT, s[i]);
		assert_not_connected(ENOTCONN, s[i]);
	}
}

PLACE_BY_TEST(a_reset_connection_tells_so_once, mode, modes)
{
	int peer;
	int s = established_at(place, *mode, &peer);

	wine_differs("reads a reset as the end");
	reset(peer);
	ck_assert(readable(s, 2000));
	assert_not_connected(ECONNRESET, s);
	assert_not_connected(ENOTCONN, s);
	assert_gives(0, socket_read(s, (char[1]){0}, 1));
}

PLACE_BY_TEST(a_connection_that_both_ends_closed_has_ended, mode, modes)
{
	int peer;
	int s = established_at(place, *mode, &peer);

	close(peer);
	ck_assert(readable(s, 2000));
	assert_gives(1, socket_connected(s));
	assert_gives(0, shutdown(s, SHUT_WR));
	/* It has ended when the peer's system has acknowledged. */
	for (int i = 0; i < 2000 && socket_connected(s); i++)
		poll(NULL, 0, 1);
	assert_not_connected(ENOTCONN, s);
}

/* Linux says EAGAIN of UDP, which would mean "in the background". */
PLACE_BY_TEST(no_port_is_left, mode, modes)
{
	int (*const create[])(const struct place *, int) = {tcp_at, udp_at};
	uint16_t port;

	need_sysctls();
	listener_at(place, &port);
	net_sysctl("net/ipv4/ip_local_port_range", "40000 40001");
	for (size_t kind = 0; kind < LENGTH(create); kind++) {
		for (int i = 0; i < 2; i++)
			connect_at(create[kind](place, *mode), place, port);
		assert_fails(
			EADDRNOTAVAIL,
			connect_at(create[kind](place, *mode), place, port));
	}
}

TEST(eagain_from_the_system_is_a_failure)
{
	fail_call(CALL_CONNECT, 1, EAGAIN);
	assert_fails(EADDRNOTAVAIL,
		     socket_connect4(socket_udp4(), ip4("127.0.0.1"), 1));
	need_ipv6();
	fail_call(CALL_CONNECT, 1, EAGAIN);
	assert_fails(EADDRNOTAVAIL,
		     socket_connect6(socket_udp6(), ip6("::1"), 1, 0));
}

LOOP_TEST(a_link_local_address_needs_its_scope, LENGTH(modes))
{
	const struct place *place = AT_LINK_LOCAL;
	int s;

	need_place(place);
	if (on_gvisor())
		skip("no need of a scope");
	s = tcp_at(place, modes[_i]);
	assert_fails(EINVAL, socket_connect6(s, ip6("fe80::1"), 1, 0));
	assert_not_connected(ENOTCONN, s);
	assert_usable(s, place);
	/* Linux binds a socket to the scope it was given, even a wrong one. */
	s = tcp_at(place, modes[_i]);
	assert_fails(ENETUNREACH, socket_connect6(s, ip6("fe80::1"), 1, 999));
	assert_not_connected(ENOTCONN, s);
}

TEST(an_ipv6_only_socket_reaches_no_ipv4)
{
	int s;

	need_ipv6();
	s = socket_tcp6();
	if (socket_v6only(s, 1) == -1)
		skip("no IPV6_V6ONLY");
	assert_fails(on_gvisor() ? EHOSTUNREACH : ENETUNREACH,
		     socket_connect6(s, ip6("::ffff:127.0.0.1"), 1, 0));
	assert_not_connected(ENOTCONN, s);
}

LOOP_TEST(bad_descriptors_are_told_as_such, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_connect4(bad.fd, ip4("127.0.0.1"), 1));
	assert_fails(bad.error, socket_connect6(bad.fd, ip6("::1"), 1, 0));
	assert_not_connected(bad.error, bad.fd);
}

PLACE_BY_TEST(a_socket_that_never_tried_is_not_connected, mode, modes)
{
	assert_not_connected(ENOTCONN, tcp_at(place, *mode));
	assert_not_connected(ENOTCONN, udp_at(place, *mode));
}

/* Not writable, as if a connection were pending: nobody answers ARP here. */
TEST(a_full_datagram_queue_is_no_connection)
{
	char packet[1024] = "";
	int least = 0;
	int s;

	need_pair();
	net_address("near", "192.0.2.1", 24);
	s = socket_udp4();
	assert_gives(
		0, setsockopt(s, SOL_SOCKET, SO_SNDBUF, &least, sizeof least));
	for (int i = 0; i < 100 && writable(s, 0); i++)
		socket_send4(s, packet, sizeof packet, ip4("192.0.2.9"), 9);
	ck_assert(!writable(s, 0));
	assert_not_connected(ENOTCONN, s);
}

PLACE_TEST(a_listening_socket_is_not_connected)
{
	uint16_t port;

	assert_not_connected(ENOTCONN, listener_at(place, &port));
}

/* ---- what waits at the socket is not socket_connected's to take ---- */

CASE("immediate success")

PLACE_TEST(an_error_of_an_established_connection_stays)
{
	int s = udp_at(place, 0);

	wine_differs("hides that a datagram was refused");
	assert_gives(0, connect_at(s, place, refusing_port_at(place)));
	assert_gives(5, socket_write(s, "bytes", 5));
	ck_assert(readable(s, 2000));
	assert_gives(1, socket_connected(s));
	assert_fails(ECONNREFUSED, socket_read(s, (char[8]){0}, 8));
}

PLACE_TEST(no_byte_is_read_to_find_out)
{
	int peer;
	int s = connected_at(place, &peer);

	assert_gives(5, socket_write(peer, "bytes", 5));
	ck_assert(readable(s, 2000));
	assert_gives(1, socket_connected(s));
	assert_gives(5, socket_read(s, (char[8]){0}, 8));
}

/* ---- an IPv4 socket, as a 6 function makes where there is no IPv6 ---- */

static const struct {
	const char *ip;
	int error; /* 0: it means the IPv4 loopback address */
} meanings[] = {
	{"::1", 0},
	{"::", 0},
	{"::ffff:127.0.0.1", 0},
	{"2001:db8::1", EAFNOSUPPORT},
	{"fe80::1", EAFNOSUPPORT},
	{"::7f00:1", EAFNOSUPPORT},
};

LOOP_TEST(an_ipv4_socket_takes_what_has_an_ipv4_form, LENGTH(meanings))
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);
	int s = socket_tcp4b();

	count_calls();
	if (meanings[_i].error) {
		assert_fails(meanings[_i].error,
			     socket_connect6(s, ip6(meanings[_i].ip), port, 0));
		return;
	}
	assert_gives(0, socket_connect6(s, ip6(meanings[_i].ip), port, 0));
	ck_assert_int_eq(calls(CALL_CONNECT), 2);
	assert_connected(s, accepted(l));
}

TEST(an_ipv6_socket_needs_one_call)
{
	uint16_t port;
	int s;

	need_ipv6();
	listener_at(AT_IPV6, &port);
	s = socket_tcp6b();
	count_calls();
	assert_gives(0, socket_connect6(s, ip6("::1"), port, 0));
	ck_assert_int_eq(all_calls(), 1);
}

/* ---- other systems' ways, simulated ---- */

/* No system but Linux tells the state by Linux's numbers. */
static int stateless(int s, int level, int option, void *value, socklen_t *len)
{
	int r;

	errno = ENOPROTOOPT;
	if (level == IPPROTO_TCP)
		return -1;
	stand_in.getsockopt = NULL;
	r = getsockopt(s, level, option, value, len);
	stand_in.getsockopt = stateless;
	return r;
}

CASE("no states")

WIRE_TEST(to_ask_is_not_to_wait)
{
	int s = pending_socket(place);

	last_call.poll_milliseconds = 0;
	assert_not_connected(EINPROGRESS, s);
	ck_assert_int_eq(last_call.poll_milliseconds, 0);
	stand_in.getsockopt = stateless;
	assert_not_connected(EINPROGRESS, s);
	ck_assert_int_eq(last_call.poll_milliseconds, 0);
}

/* It chose a port when it began. */
WIRE_TEST(a_pending_connection_is_known_by_its_port)
{
	int s = pending_socket(place);

	stand_in.getsockopt = stateless;
	for (int i = 0; i < 3; i++)
		assert_not_connected(EINPROGRESS, s);
	fail_call(CALL_GETSOCKNAME, 0, EPERM);
	assert_not_connected(ENOTCONN, s);
}

PLACE_TEST(a_listening_socket_is_known_by_its_option)
{
	uint16_t port;
	int s = listener_at(place, &port);

	stand_in.getsockopt = stateless;
	assert_not_connected(ENOTCONN, s);
}

/* A state without Linux's table, which the first question is about. */
static unsigned char given_state;
static int times_asked;

static int tell_state_later(int s, int level, int option, void *value,
			    socklen_t *len)
{
	int r;

	if (level == IPPROTO_TCP && times_asked++) {
		memcpy(value, &given_state, sizeof given_state);
		return 0;
	}
	r = stateless(s, level, option, value, len);
	stand_in.getsockopt = tell_state_later;
	return r;
}

static const struct {
	unsigned char state; /* of 4.4BSD's tcp_fsm.h */
	int error;
} bsd_states[] = {
	{0, ENOTCONN},	  /* closed */
	{1, ENOTCONN},	  /* listens */
	{2, EINPROGRESS}, /* SYN sent */
	{3, EINPROGRESS}, /* SYN received */
};

/* As on BSD, where poll reports nothing of a bound socket either. */
LOOP_TEST(a_state_of_its_own_decides_before_the_port, LENGTH(bsd_states))
{
	int s;

	need(HAVE_TCP_STATES);
	skip_if(wire_missing(WIRE_IPV4));
	s = pending_socket(WIRE_IPV4);
	given_state = bsd_states[_i].state;
	times_asked = 0;
	stand_in.getsockopt = tell_state_later;
	assert_not_connected(bsd_states[_i].error, s);
}

static int fail_with_reason(int s, int level, int option, void *value,
			    socklen_t *len)
{
	int r = stateless(s, level, option, value, len);

	stand_in.getsockopt = fail_with_reason;
	if (r == -1 || option != SO_ERROR || *(int *)value == 0)
		return r;
	errno = *(int *)value;
	return -1;
}

CASE("failure")

/* Solaris. */
TEST(a_reason_may_come_as_the_failure_to_ask_for_it)
{
	int s = refused_at(AT_IPV4, refusing_port_at(AT_IPV4));

	stand_in.getsockopt = fail_with_reason;
	assert_not_connected(ECONNREFUSED, s);
	assert_told(s);
}

static int einval_for_enotconn(int s, struct sockaddr *sa, socklen_t *len)
{
	int r;

	stand_in.getpeername = NULL;
	r = getpeername(s, sa, len);
	stand_in.getpeername = einval_for_enotconn;
	if (r == -1 && errno == ENOTCONN)
		errno = EINVAL;
	return r;
}

/* macOS, after a reset. */
TEST(a_peer_that_is_asked_for_in_vain_may_be_einval)
{
	int peer;
	int s = connected_at(AT_IPV4, &peer);

	wine_differs("reads a reset as the end");
	stand_in.getsockopt = stateless;
	stand_in.getpeername = einval_for_enotconn;
	assert_gives(1, socket_connected(s));
	reset(peer);
	ck_assert(readable(s, 2000));
	assert_not_connected(ECONNRESET, s);
	assert_not_connected(ENOTCONN, s);
}

/* ---- a peer that is forgotten ---- */

static int peer_of(int s)
{
	return socket_remote6(s, NULL, NULL, NULL);
}

/*
 * A blocking datagram socket with a port that it asked for: one that the system
 * chose goes with the peer on Linux.
 */
static int settled_at(const struct place *place)
{
	int other = udp_at(place, 0);
	int s = udp_at(place, 0);

	assert_gives(0, socket_bind6_shared(other, ip6(seen_at(place)), 0,
					    scope_at(place)));
	assert_gives(0, socket_bind6_shared(s, ip6(seen_at(place)),
					    port_of(other), scope_at(place)));
	assert_gives(0, socket_close(other));
	return s;
}

/* Whether s, which is blocking, receives from a new socket there. */
static void assert_heard(int s, const struct place *place)
{
	int from = udp_at(place, 0);
	char buf[8] = "";

	assert_gives(0, connect_at(from, place, port_of(s)));
	assert_gives(5, socket_write(from, "bytes", 5));
	ck_assert(readable(s, 2000));
	assert_gives(5, socket_read(s, buf, sizeof buf));
	ck_assert_str_eq(buf, "bytes");
}

CASE("a peer that is forgotten")

PLACE_TEST(a_datagram_socket_forgets_its_peer)
{
	int r = bound_at(place);
	int s = bound_at(place);

	assert_gives(0, connect_at(s, place, port_of(r)));
	assert_gives(0, peer_of(s));
	assert_gives(0, socket_disconnect(s));
	assert_fails(ENOTCONN, peer_of(s));
	if (!on_wine()) /* which says that it went */
		assert_gives(-1, socket_write(s, "bytes", 5));
}

PLACE_TEST(and_then_hears_anybody)
{
	int r = bound_at(place);
	int s = settled_at(place);

	assert_gives(0, connect_at(s, place, port_of(r)));
	assert_gives(0, socket_disconnect(s));
	assert_heard(s, place);
}

/* -1 where the system does not tell. */
static int interface_of(int s)
{
#if HAVE_SO_BINDTOIFINDEX
	int index = -1;
	socklen_t len = sizeof index;

	getsockopt(s, SOL_SOCKET, SO_BINDTOIFINDEX, &index, &len);
	return index;
#else
	(void)s;
	return -1;
#endif
}

/* Linux takes it away. */
PLACE_TEST(and_stays_bound_to_its_interface)
{
	int r = bound_at(place), s = bound_at(place);
	int before;

	need(HAVE_SO_BINDTODEVICE);
	if (socket_bindtoname(s, LO) == -1 && errno == EPERM)
		skip("no privilege");
	before = interface_of(s);
	assert_gives(0, connect_at(s, place, port_of(r)));
	assert_gives(0, socket_disconnect(s));
	ck_assert_int_eq(interface_of(s), before);
}

PLACE_TEST(an_error_of_the_old_peer_goes_with_it)
{
	int s = settled_at(place), refusing = bound_at(place);
	uint16_t port = port_of(refusing);

	wine_differs("hides that a datagram was refused");
	socket_close(refusing);
	assert_gives(0, connect_at(s, place, port));
	assert_gives(1, socket_write(s, "x", 1));
	ck_assert(readable(s, 5000));
	assert_gives(0, socket_disconnect(s));
	assert_heard(s, place);
}

PLACE_TEST(without_a_peer_there_is_none_to_forget)
{
	int s = settled_at(place);

	assert_gives(0, socket_disconnect(s));
	assert_gives(0, socket_disconnect(s));
	assert_heard(s, place);
}

/* On Linux it does; it can be had again. */
PLACE_TEST(a_port_that_the_system_chose_may_go_too)
{
	int r = bound_at(place);
	int s = bound_at(place);
	uint16_t port = port_of(s);

	assert_gives(0, connect_at(s, place, port_of(r)));
	assert_gives(0, socket_disconnect(s));
	if (port_of(s) == 0)
		assert_gives(0, bind_at(s, place, port));
	ck_assert_uint_eq(port_of(s), port);
	assert_heard(s, place);
}

/* ::1 and IPv4's loopback by turns. */
TEST(the_next_peer_may_be_of_the_other_family)
{
	const struct place *const turns[] = {AT_IPV6, AT_MAPPED, AT_IPV6,
					     AT_MAPPED};
	int s = socket_udp6b();

	need_ipv6();
	need_dual_stack();
	for (size_t i = 0; i < LENGTH(turns); i++) {
		int r = bound_at(turns[i]);

		assert_gives(0, connect_at(s, turns[i], port_of(r)));
		assert_gives(5, socket_write(s, "bytes", 5));
		ck_assert(readable(r, 2000));
		assert_gives(0, socket_disconnect(s));
	}
}

/* On Linux that would reset it. */
PLACE_TEST(a_connection_has_its_peer_to_the_end)
{
	int s, peer;

	s = connected_at(place, &peer);
	assert_fails(EOPNOTSUPP, socket_disconnect(s));
	assert_talk(s, peer);
}

TEST(so_has_a_connection_of_records)
{
	need(HAVE_UNIX_SOCKETS);
	assert_fails(EOPNOTSUPP, socket_disconnect(unix_seqpacket()));
}

TEST(a_listener_goes_on)
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);
	int s = tcp_at(AT_IPV4, 0);

	assert_fails(EOPNOTSUPP, socket_disconnect(l));
	assert_gives(0, connect_at(s, AT_IPV4, port));
	assert_talk(s, accepted(l));
}

/* BSD and macOS. */
static int forgets_and_fails(int s, const struct sockaddr *sa, socklen_t len)
{
	forget_stand_ins();
	connect(s, sa, len);
	errno = EAFNOSUPPORT;
	return -1;
}

static int fails_alone(int s, const struct sockaddr *sa, socklen_t len)
{
	(void)s, (void)sa, (void)len;
	errno = EAFNOSUPPORT;
	return -1;
}

TEST(that_the_system_calls_it_a_failure_does_not_matter)
{
	int r = bound_at(AT_IPV4);
	int s = bound_at(AT_IPV4);

	assert_gives(0, connect_at(s, AT_IPV4, port_of(r)));
	stand_in.connect = forgets_and_fails;
	assert_gives(0, socket_disconnect(s));
	assert_fails(ENOTCONN, peer_of(s));
}

TEST(that_the_peer_is_still_there_is_a_failure)
{
	int r = bound_at(AT_IPV4);
	int s = bound_at(AT_IPV4);

	assert_gives(0, connect_at(s, AT_IPV4, port_of(r)));
	stand_in.connect = fails_alone;
	assert_fails(EAFNOSUPPORT, socket_disconnect(s));
	assert_gives(0, peer_of(s));
	fail_call(CALL_GETPEERNAME, 1, ENOBUFS);
	assert_fails(EAFNOSUPPORT, socket_disconnect(s));
}

TEST(that_the_type_cannot_be_asked_for_is_a_failure)
{
	int r = bound_at(AT_IPV4);
	int s = bound_at(AT_IPV4);

	assert_gives(0, connect_at(s, AT_IPV4, port_of(r)));
	fail_call(CALL_GETSOCKOPT, 1, ENOBUFS);
	count_calls();
	assert_fails(ENOBUFS, socket_disconnect(s));
	ck_assert_int_eq(calls(CALL_CONNECT), 0);
	assert_gives(0, peer_of(s));
}

LOOP_TEST(what_is_no_socket_has_no_peer_to_forget, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_disconnect(bad.fd));
}

#include "check_connect.list"
