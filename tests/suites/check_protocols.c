/* SPDX-License-Identifier: ISC */
/*
 * check_protocols.c - the connect contract over other streams than TCP's.
 *
 * Each loop test runs over IPv4 and IPv6 for each protocol. A kernel without
 * SCTP has no such tests; platforms/kernel.sh sees that its kernels do.
 */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "suite.h"
#include "wire.h"

#include <socket6.h>
#include <stdio.h>

static int open_mptcp(const struct place *place)
{
	int flags = SOCKET_NONBLOCK | SOCKET_MPTCP;

	return place->family == 4 ? socket_tcp4_flags(flags)
				  : socket_tcp6_flags(flags);
}

static int open_sctp(const struct place *place)
{
	return place->family == 4 ? socket_sctp4() : socket_sctp6();
}

/* By number, for headers may be older than the kernel. */
static const struct protocol {
	int number;
	int (*open)(const struct place *place);
} mptcp = {262, open_mptcp}, sctp = {132, open_sctp};

/* What each run of a loop test is about. SCTP's are the second half. */
static const struct run {
	const struct protocol *protocol;
	const struct place *place; /* loopback */
	const struct place *wire;  /* where nothing answers */
} runs[] = {
	{&mptcp, AT_IPV4, WIRE_IPV4},
	{&mptcp, AT_IPV6, WIRE_IPV6},
	{&sctp, AT_IPV4, WIRE_IPV4},
	{&sctp, AT_IPV6, WIRE_IPV6},
};

enum { HALF = LENGTH(runs) / 2 };

static int is_there(const struct protocol *protocol)
{
	int s = socket(AF_INET, SOCK_STREAM, protocol->number);

	if (s != -1)
		socket_close(s);
	return s != -1;
}

static int sctp_runs(void)
{
	return is_there(&sctp) ? HALF : 0;
}

static int every_run(void)
{
	return HALF + sctp_runs();
}

#define need_protocol(run)                                                     \
 do {                                                                          \
  if (!is_there((run)->protocol))                                              \
   skip("no Multipath TCP");                                                   \
  need_place((run)->place);                                                    \
 } while (0)

static int opened(const struct run *run)
{
	int s = run->protocol->open(run->place);

	ck_assert_int_ge(s, 0);
	return s;
}

static int listener(const struct run *run, uint16_t *port)
{
	int l = opened(run);

	assert_gives(0, bind_at(l, run->place, 0));
	assert_gives(0, socket_listen(l, 4));
	assert_gives(0, ndelay_off(l));
	*port = port_of(l);
	return l;
}

/* A connection, made in the background; *peer is what was accepted. */
static int connected(const struct run *run, int *peer)
{
	uint16_t port;
	int l = listener(run, &port);
	int s = opened(run);

	if (connect_at(s, run->place, port) == -1)
		ck_assert_int_eq(errno, EINPROGRESS);
	*peer = socket_accept6(l, NULL, NULL, NULL);
	ck_assert_int_ge(*peer, 0);
	ck_assert(writable(s, 2000));
	return s;
}

CASE("MPTCP and SCTP")

LOOP_TEST(a_socket_that_never_tried_is_not_connected, every_run())
{
	const struct run *run = &runs[_i];

	need_protocol(run);
	assert_not_connected(ENOTCONN, opened(run));
}

LOOP_TEST(a_socket_that_listens_is_not_connected, every_run())
{
	const struct run *run = &runs[_i];
	uint16_t port;

	need_protocol(run);
	assert_not_connected(ENOTCONN, listener(run, &port));
}

LOOP_TEST(both_ends_of_a_connection_are_connected, every_run())
{
	const struct run *run = &runs[_i];
	int peer, s;

	need_protocol(run);
	s = connected(run, &peer);
	assert_gives(1, socket_connected(s));
	assert_gives(1, socket_connected(peer));
	ndelay_off(s);
	assert_talk(s, peer);
}

LOOP_TEST(a_pending_connection_is_in_progress, every_run())
{
	const struct run *run = &runs[_i];
	int s;

	need_protocol(run);
	need_pair();
	need_place(run->wire);
	wire_open();
	s = opened(run);
	assert_fails(EINPROGRESS, connect_at(s, run->wire, 443));
	for (int i = 0; i < 3; i++)
		assert_not_connected(EINPROGRESS, s);
	assert_no(ETIMEDOUT, socket_wait_connected(s, 10));
}

/* A port that is bound and refuses. */
static uint16_t refusing_port(const struct run *run)
{
	int s = opened(run);

	assert_gives(0, bind_at(s, run->place, 0));
	return port_of(s);
}

LOOP_TEST(a_refusal_is_told_once, every_run())
{
	const struct run *run = &runs[_i];
	int s;

	need_protocol(run);
	s = opened(run);
	assert_fails(EINPROGRESS,
		     connect_at(s, run->place, refusing_port(run)));
	ck_assert(writable(s, 2000));
	assert_not_connected(ECONNREFUSED, s);
	/* Linux's SCTP tells no difference between failed and pending. */
	assert_not_connected(run->protocol == &sctp ? EINPROGRESS : ENOTCONN,
			     s);
}

LOOP_TEST(a_reset_is_told_once, HALF)
{
	const struct run *run = &runs[_i];
	int peer, s;

	need_protocol(run);
	s = connected(run, &peer);
	reset(peer);
	ck_assert(readable(s, 2000));
	assert_not_connected(ECONNRESET, s);
	assert_not_connected(ENOTCONN, s);
}

/* ---- SCTP alone ---- */

/* Linux keeps the peer's name until the end has been read. */
LOOP_TEST(an_sctp_connection_that_was_reset_is_connected_until_it_is_read,
	  sctp_runs())
{
	const struct run *run = &runs[HALF + _i];
	int peer, s;

	need_protocol(run);
	s = connected(run, &peer);
	reset(peer);
	ck_assert(readable(s, 2000));
	assert_gives(1, socket_connected(s));
	assert_fails(ECONNRESET, socket_read(s, (char[8]){0}, 8));
}

/* ---- Multipath TCP alone ---- */

/* Two addresses at each end; near adds a subflow from its second. */
static void two_paths(void)
{
	for (int i = 1; i <= 2; i++) {
		char address[32];

		snprintf(address, sizeof address, "192.0.%d.1", i);
		net_address("near", address, 24);
		snprintf(address, sizeof address, "192.0.%d.2", i);
		far_address("far", address, 24);
	}
	net_ip("mptcp limits set subflow 2 add_addr_accepted 2");
	far_do("ip mptcp limits set subflow 2 add_addr_accepted 2");
	net_ip("mptcp endpoint add 192.0.2.1 dev near subflow");
}

static const struct place at_far = {"far", "192.0.1.2", 4, 0};
static const struct run far = {&mptcp, &at_far, NULL};

static void listen_far(void *l)
{
	uint16_t port;

	*(int *)l = listener(&far, &port);
}

/* TCP_INFO then tells the state of the first: CLOSE. */
TEST(a_connection_whose_first_subflow_closed_is_connected)
{
	int l, peer, s;

	need_protocol(&far);
	need(HAVE_TCP_STATES);
	need_pair();
	two_paths();
	far_run(listen_far, &l);
	s = opened(&far);
	assert_gives(0, connect_at_timeout(s, &at_far, port_of(l), 2000));
	peer = socket_accept6(l, NULL, NULL, NULL);
	assert_gives(0, ndelay_off(s));
	assert_talk(s, peer);
	net_await("ss -Htn src 192.0.2.1 | grep -q ESTAB");
	net_ip("mptcp endpoint delete id 0 192.0.1.1");
	net_await("! ss -Htn src 192.0.1.1 | grep -q ESTAB");
	for (int i = 0; i < 3; i++)
		assert_gives(1, socket_connected(s));
	assert_talk(s, peer);
}

#include "check_protocols.list"
