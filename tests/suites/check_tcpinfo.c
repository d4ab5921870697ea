/* SPDX-License-Identifier: ISC */
/* check_tcpinfo.c - how a TCP connection is doing. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>
#include <stdlib.h>

enum {
	HAVE_INFO = HAVE(HAVE_TCP_STATES) || HAVE(HAVE_TCPI_SND_REXMITPACK) ||
		    HAVE(HAVE_TCP_CONNECTION_INFO)
};

static const char *info_missing(void)
{
	return HAVE_INFO ? lost("TCP_INFO") : "no TCP_STATES";
}

#define need_info() skip_if(info_missing())

static struct socket_tcpinfo info_of(int s)
{
	struct socket_tcpinfo info;

	assert_gives(sizeof info, socket_tcpinfo(s, &info, sizeof info));
	return info;
}

/* ---- states ---- */

static int fresh_one(void)
{
	return tcp_at(AT_IPV4, 0);
}

static int listening(void)
{
	uint16_t port;

	return listener_at(AT_IPV4, &port);
}

static int pending(void)
{
	int s = tcp_at(AT_IPV4, SOCKET_NONBLOCK);

	connect_at(s, AT_IPV4, full_port());
	return s;
}

static int connected(void)
{
	int peer;

	return connected_at(AT_IPV4, &peer);
}

static int shut_down(void)
{
	int s = connected();

	assert_gives(0, socket_shutdown(s, SOCKET_WRITABLE));
	return s;
}

static int left_alone(void)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, socket_close(peer));
	return s;
}

static int ended(void)
{
	int s = left_alone();

	ck_assert(readable(s, 2000));
	assert_gives(0, socket_shutdown(s, SOCKET_WRITABLE));
	return s;
}

static const struct state {
	int (*create)(void);
	int64_t state;
} states[] = {
	{fresh_one, SOCKET_TCP_CLOSED},	    {listening, SOCKET_TCP_LISTEN},
	{pending, SOCKET_TCP_SYN_SENT},	    {connected, SOCKET_TCP_ESTABLISHED},
	{shut_down, SOCKET_TCP_FIN_WAIT_2}, {left_alone, SOCKET_TCP_CLOSE_WAIT},
	{ended, SOCKET_TCP_CLOSED},
};

CASE("states")

TABLE_TEST(a_socket_has_the_state_of_its_connection, row, states,
	   nothing_missing)
{
	int s;

	need_info();
	s = row->create();
	while (info_of(s).state != row->state)
		poll(NULL, 0, 1);
}

/* Linux counts from its start then. */
TEST(of_a_connection_that_began_no_time_is_known)
{
	struct socket_tcpinfo info;

	need_info();
	info = info_of(pending());
	ck_assert_int_eq(info.sent, -1);
	ck_assert_int_eq(info.received, -1);
	ck_assert_int_eq(info.rtt, -1);
	ck_assert_int_eq(info.rttvar, -1);
	info = info_of(listening());
	ck_assert_int_eq(info.received, -1);
}

/* ---- numbers ---- */

CASE("numbers")

PLACE_TEST(a_connection_that_talks_is_known)
{
	struct socket_tcpinfo info;
	int s, peer;

	need_info();
	s = connected_at(place, &peer);
	assert_talk(s, peer);
	info = info_of(s);
	ck_assert_int_eq(info.state, SOCKET_TCP_ESTABLISHED);
	ck_assert_int_ge(info.cwnd, -1);
	if (on_gvisor())
		return;
	ck_assert_int_gt(info.mss, 0);
	ck_assert_int_ge(info.cwnd, info.mss);
	ck_assert_int_gt(info.rtt, 0);
	ck_assert_int_ge(info.rttvar, 0);
	ck_assert_int_eq(info.retransmits, 0);
}

/* Of the fields that every header of Linux has. */
TEST(the_numbers_are_the_systems)
{
#if HAVE_TCP_STATES
	struct socket_tcpinfo info;
	struct tcp_info t;
	socklen_t len = sizeof t;
	int s, peer;

	need_info();
	s = connected_at(AT_IPV4, &peer);
	assert_talk(s, peer);
	ck_assert_int_eq(getsockopt(s, IPPROTO_TCP, TCP_INFO, &t, &len), 0);
	info = info_of(s);
	if (on_gvisor())
		return;
	ck_assert_int_eq(info.mss, t.tcpi_snd_mss);
	ck_assert_int_eq(info.rtt, t.tcpi_rtt);
	ck_assert_int_eq(info.rttvar, t.tcpi_rttvar);
	ck_assert_int_eq(info.cwnd, (int64_t)t.tcpi_snd_cwnd * t.tcpi_snd_mss);
	ck_assert_int_eq(info.retransmits, t.tcpi_total_retrans);
#else
	skip("no TCP_STATES");
#endif
}

/* The system's clock has ticks of up to ten milliseconds. */
TEST(the_times_are_since_data_went_and_came)
{
	long long before, after;
	struct socket_tcpinfo info;
	int s, peer;

	need(HAVE_TCP_STATES);
	need_info();
	s = connected_at(AT_IPV4, &peer);
	before = microseconds();
	assert_talk(s, peer);
	info = info_of(s);
	after = microseconds();
	if (on_gvisor())
		return;
	ck_assert_int_ge(info.sent, 0);
	ck_assert_int_le(info.sent, after - before + 20000);
	ck_assert_int_ge(info.received, 0);
	ck_assert_int_le(info.received, after - before + 20000);
}

TEST(a_rate_is_known_once_data_has_arrived)
{
	static const char bytes[100000];
	int s, peer;

	need(HAVE_TCP_STATES);
	need_info();
	if (on_gvisor())
		return;
	s = connected_at(AT_IPV4, &peer);
	ck_assert_int_eq(info_of(s).rate, -1);
	ck_assert_int_gt(socket_write(s, bytes, sizeof bytes), 0);
	while (info_of(s).rate == -1)
		poll(NULL, 0, 1);
	ck_assert_int_gt(info_of(s).rate, 0);
}

/* ---- a peer that is gone ---- */

static void listen_far(void *l)
{
	*(int *)l = socket_tcp4b();
	assert_gives(0, socket_bind4(*(int *)l, NULL, 0));
	assert_gives(0, socket_listen(*(int *)l, 1));
}

/* Connected to far, which then loses its address, and says nothing more. */
static int lonely(void)
{
	int s = socket_tcp4b();
	int l;

	far_run(listen_far, &l);
	assert_gives(0, socket_connect4(s, ip4(FAR4), port_of(l)));
	far_do("ip addr flush dev far");
	return s;
}

CASE("a peer that is gone")

TEST(what_the_peer_does_not_acknowledge_is_counted_and_sent_again)
{
	struct socket_tcpinfo info;
	int s;

	need(HAVE_TCP_STATES);
	need_info();
	skip_if(net_hosts());
	s = lonely();
	ck_assert_int_eq(info_of(s).unacked, 0);
	assert_gives(5, socket_write(s, "bytes", 5));
	ck_assert_int_eq(info_of(s).unacked, 5);
	while (info_of(s).retransmits == 0)
		poll(NULL, 0, 10);
	info = info_of(s);
	ck_assert_int_gt(info.retransmits, 0);
	ck_assert_int_eq(info.unacked, 5);
}

/* A send buffer takes more than the first segments of a connection. */
TEST(what_was_not_sent_yet_is_not_unacknowledged)
{
	static const char bytes[60000];
	struct socket_tcpinfo info;
	ssize_t written;
	int s;

	need(HAVE_TCP_STATES);
	need_info();
	skip_if(net_hosts());
	s = lonely();
	assert_gives(0, ndelay_on(s));
	written = socket_write(s, bytes, sizeof bytes);
	info = info_of(s);
	ck_assert_int_gt(info.unacked, 0);
	ck_assert_int_lt(info.unacked, (int64_t)written);
}

/* ---- sizes ---- */

static const struct size {
	size_t size, written;
} sizes[] = {
	{0, 0},
	{1, 1},
	{8, 8},
	{sizeof(struct socket_tcpinfo) - 1, sizeof(struct socket_tcpinfo) - 1},
	{sizeof(struct socket_tcpinfo), sizeof(struct socket_tcpinfo)},
	{sizeof(struct socket_tcpinfo) + 1, sizeof(struct socket_tcpinfo)},
	{200, sizeof(struct socket_tcpinfo)},
	{SIZE_MAX, sizeof(struct socket_tcpinfo)},
};

CASE("sizes")

TABLE_TEST(as_much_is_written_as_both_have, row, sizes, nothing_missing)
{
	char room[200];
	int s;

	need_info();
	s = connected();
	memset(room, 0x5a, sizeof room);
	assert_gives(row->written, socket_tcpinfo(s, (void *)room, row->size));
	for (size_t i = row->written; i < sizeof room; i++)
		ck_assert_int_eq(room[i], 0x5a);
	if (row->written >= 8)
		ck_assert_int_eq(*(int64_t *)(void *)room,
				 SOCKET_TCP_ESTABLISHED);
}

TEST(without_a_place_nothing_is_written)
{
	need_info();
	assert_gives(0, socket_tcpinfo(connected(), NULL, 80));
}

/* ---- what an older kernel does not tell ---- */

static socklen_t told;

static int tell_less(int s, int level, int option, void *value, socklen_t *len)
{
	int r;

	forget_stand_ins();
	r = getsockopt(s, level, option, value, len);
	if (*len > told)
		*len = told;
	return r;
}

static struct socket_tcpinfo info_within(socklen_t len)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_talk(s, peer);
	told = len;
	stand_in.getsockopt = tell_less;
	return info_of(s);
}

CASE("older kernels")

/* Linux 2.6 ends with tcpi_total_retrans, 4.6 with tcpi_min_rtt. */
TEST(what_a_kernel_does_not_tell_is_unknown)
{
	struct socket_tcpinfo info;

	need(HAVE_TCP_STATES);
	need_info();
	info = info_within(104);
	ck_assert_int_eq(info.retransmits, 0);
	ck_assert_int_eq(info.unacked, -1);
	ck_assert_int_eq(info.rate, -1);
	info = info_within(152);
	if (on_gvisor()) /* tells as little always */
		ck_assert_int_eq(info.unacked, -1);
	else
		ck_assert_int_ge(info.unacked, 0);
	ck_assert_int_eq(info.rate, -1);
	info = info_within(1);
	ck_assert_int_eq(info.state, SOCKET_TCP_ESTABLISHED);
	ck_assert_int_eq(info.mss, -1);
	ck_assert_int_eq(info.cwnd, -1);
	ck_assert_int_eq(info.rtt, -1);
	ck_assert_int_eq(info.retransmits, -1);
	ck_assert_int_eq(info.sent, -1);
}

/* 8 bits of state, then 32 each (include/uapi/linux/tcp.h). */
enum { SND_MSS = 16, LAST_SENT = 44, LAST_RECEIVED = 52, SND_CWND = 80 };

static uint32_t mss;

static int tell_numbers(int s, int level, int option, void *value,
			socklen_t *len)
{
	const uint32_t sent = 5, received = 7, cwnd = 10;
	char *bytes = value;

	(void)s, (void)level, (void)option;
	memset(bytes, 0, (size_t)*len);
	bytes[0] = 1; /* established */
	memcpy(bytes + SND_MSS, &mss, 4);
	memcpy(bytes + LAST_SENT, &sent, 4);
	memcpy(bytes + LAST_RECEIVED, &received, 4);
	memcpy(bytes + SND_CWND, &cwnd, 4);
	return 0;
}

/* gVisor does not know it. */
LOOP_TEST(a_window_of_segments_of_unknown_length_is_unknown, 2)
{
	struct socket_tcpinfo info;

	need(HAVE_TCP_STATES);
	mss = _i ? 1000 : 0;
	stand_in.getsockopt = tell_numbers;
	info = info_of(tcp_at(AT_IPV4, 0));
	ck_assert_int_eq(info.mss, _i ? 1000 : -1);
	ck_assert_int_eq(info.cwnd, _i ? 10000 : -1);
}

TEST(its_milliseconds_become_microseconds)
{
	struct socket_tcpinfo info;

	need(HAVE_TCP_STATES);
	stand_in.getsockopt = tell_numbers;
	info = info_of(tcp_at(AT_IPV4, 0));
	ck_assert_int_eq(info.sent, 5000);
	ck_assert_int_eq(info.received, 7000);
}

/* ---- failures ---- */

CASE("failures")

TEST(a_failure_writes_nothing)
{
	struct socket_tcpinfo info = {.state = 77};
	int s;

	need_info();
	s = connected();
	fail_call(CALL_GETSOCKOPT, 1, ENOBUFS);
	assert_fails(ENOBUFS, socket_tcpinfo(s, &info, sizeof info));
	ck_assert_int_eq(info.state, 77);
}

TEST(what_cannot_be_asked_for_is_unknown)
{
	struct socket_tcpinfo info;
	int s;

	need(HAVE_TCP_STATES);
	need_info();
	s = connected();
	fail_call(CALL_IOCTL, 1, EINVAL);
	errno = 0;
	info = info_of(s);
	ck_assert_int_eq(errno, 0);
	ck_assert_int_eq(info.state, SOCKET_TCP_ESTABLISHED);
	ck_assert_int_eq(info.unacked, -1);
}

static int (*const not_tcp[])(void) = {socket_udp4, socket_udp6};

LOOP_TEST(what_is_not_tcp_has_no_such_option, LENGTH(not_tcp))
{
	struct socket_tcpinfo info = {.state = 77};

	assert_gives(-1, socket_tcpinfo(not_tcp[_i](), &info, sizeof info));
	ck_assert(errno == ENOPROTOOPT || errno == EOPNOTSUPP);
	ck_assert_int_eq(info.state, 77);
}

TEST(a_system_that_tells_nothing_says_so)
{
	struct socket_tcpinfo info;

	if (HAVE_INFO || on_windows())
		return;
	assert_fails(ENOPROTOOPT,
		     socket_tcpinfo(connected(), &info, sizeof info));
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);
	struct socket_tcpinfo info;

	assert_fails(bad.error, socket_tcpinfo(bad.fd, &info, sizeof info));
}

#include "check_tcpinfo.list"
