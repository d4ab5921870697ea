/* SPDX-License-Identifier: ISC */
/* check_option.c - how a socket behaves. */
#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <limits.h>
#include <socket6.h>

static int is_6(int (*create)(void))
{
	return create == socket_tcp6 || create == socket_udp6;
}

/* ---- what is set stands there ---- */

static int usertimeout(int s, int milliseconds)
{
	return socket_usertimeout(s, (unsigned int)milliseconds);
}

static int broadcast(int s, int value)
{
	return value ? socket_broadcast(s) : 0;
}

#define MISSING(name) HAVE(name) ? NULL : &#name[sizeof "HAVE_" - 1]

static const struct option {
	int (*create)(void);
	int (*set)(int s, int value);
	int value;
	int level, option;
	const char *missing; /* its name, if this system lacks it */
} options[] = {
	{socket_tcp4, socket_nodelay, 1, IPPROTO_TCP, TCP_NODELAY, NULL},
	{socket_tcp6, socket_nodelay, 1, IPPROTO_TCP, TCP_NODELAY, NULL},
	{socket_tcp4, socket_nodelay, 0, IPPROTO_TCP, TCP_NODELAY, NULL},
	{socket_tcp4, usertimeout, 30000, IPPROTO_TCP, TCP_USER_TIMEOUT,
	 MISSING(HAVE_TCP_USER_TIMEOUT)},
	{socket_tcp6, usertimeout, 1, IPPROTO_TCP, TCP_USER_TIMEOUT,
	 MISSING(HAVE_TCP_USER_TIMEOUT)},
	{socket_tcp6, usertimeout, 0, IPPROTO_TCP, TCP_USER_TIMEOUT,
	 MISSING(HAVE_TCP_USER_TIMEOUT)},
	{socket_udp4, socket_tos4, 0xb8, IPPROTO_IP, IP_TOS, NULL},
	{socket_udp4, socket_tos4, 255, IPPROTO_IP, IP_TOS, NULL},
	{socket_udp4, socket_tos4, 0, IPPROTO_IP, IP_TOS, NULL},
	{socket_udp6, socket_tclass6, 0xb8, IPPROTO_IPV6, IPV6_TCLASS,
	 MISSING(HAVE_IPV6_TCLASS)},
	{socket_udp6, socket_tclass6, 0xb8, IPPROTO_IP, IP_TOS,
	 MISSING(HAVE_IPV6_TCLASS)},
	{socket_udp6, socket_tclass6, 255, IPPROTO_IPV6, IPV6_TCLASS,
	 MISSING(HAVE_IPV6_TCLASS)},
	{socket_udp6, socket_tclass6, 0, IPPROTO_IPV6, IPV6_TCLASS,
	 MISSING(HAVE_IPV6_TCLASS)},
	{socket_tcp4, socket_ttl4, 1, IPPROTO_IP, IP_TTL, NULL},
	{socket_tcp4, socket_ttl4, 255, IPPROTO_IP, IP_TTL, NULL},
	{socket_tcp6, socket_hoplimit6, 1, IPPROTO_IPV6, IPV6_UNICAST_HOPS,
	 NULL},
	{socket_tcp6, socket_hoplimit6, 255, IPPROTO_IPV6, IPV6_UNICAST_HOPS,
	 NULL},
	{socket_tcp6, socket_hoplimit6, 77, IPPROTO_IP, IP_TTL, NULL},
	{socket_tcp4, socket_quickack, 0, IPPROTO_TCP, TCP_QUICKACK,
	 MISSING(HAVE_TCP_QUICKACK)},
	{socket_tcp6, socket_quickack, 1, IPPROTO_TCP, TCP_QUICKACK,
	 MISSING(HAVE_TCP_QUICKACK)},
	{socket_udp4, broadcast, 0, SOL_SOCKET, SO_BROADCAST, NULL},
	{socket_udp4, broadcast, 1, SOL_SOCKET, SO_BROADCAST, NULL},
	{socket_udp6, broadcast, 1, SOL_SOCKET, SO_BROADCAST, NULL},
};

/* What a row of a table needs. */
#define need_row(row)                                                          \
 do {                                                                          \
  if ((row)->missing)                                                          \
   skip("no %s", (row)->missing);                                              \
  if (is_6((row)->create))                                                     \
   need_ipv6();                                                                \
 } while (0)

CASE("values")

LOOP_TEST(an_option_reads_back_as_it_was_set, LENGTH(options))
{
	const struct option *o = &options[_i];
	int s = o->create();

	need_row(o);
	if (is_6(o->create) && o->level == IPPROTO_IP && !have_inet_options())
		skip(NO_INET_OPTIONS);
	if (o->set == socket_tclass6)
		skip_if(lost("IPV6_TCLASS"));
	assert_gives(0, o->set(s, o->value));
	ck_assert_int_eq(option_of(s, o->level, o->option), o->value);
}

TEST(any_value_but_0_sends_at_once)
{
	int s = socket_tcp4();

	assert_gives(0, socket_nodelay(s, 2));
	ck_assert_int_eq(option_of(s, IPPROTO_TCP, TCP_NODELAY), 1);
	assert_gives(0, socket_nodelay(s, 0));
	ck_assert_int_eq(option_of(s, IPPROTO_TCP, TCP_NODELAY), 0);
}

static const struct out_of_range {
	int (*create)(void);
	int (*set)(int s, int value);
	int value;
	const char *missing;
} out_of_range[] = {
	{socket_tcp4, usertimeout, -1, MISSING(HAVE_TCP_USER_TIMEOUT)},
	{socket_udp4, socket_tos4, -1, NULL},
	{socket_udp4, socket_tos4, 256, NULL},
	{socket_udp6, socket_tclass6, -1, NULL},
	{socket_udp6, socket_tclass6, 256, NULL},
	{socket_tcp4, socket_ttl4, 0, NULL},
	{socket_tcp4, socket_ttl4, 256, NULL},
	{socket_tcp4, socket_ttl4, -1, NULL},
	{socket_tcp6, socket_hoplimit6, 256, NULL},
	{socket_tcp6, socket_hoplimit6, 0, NULL},
	{socket_tcp6, socket_hoplimit6, -1, NULL},
	{socket_tcp6, socket_v6only, 2, NULL},
	{socket_tcp6, socket_v6only, -2, NULL},
	{socket_tcp4, socket_linger, -2, NULL},
	{socket_tcp4, socket_linger, INT_MIN, NULL},
	{socket_tcp4, socket_linger, SYS_LINGER_MAX + 1, NULL},
	{socket_tcp4, socket_linger, INT_MAX, NULL},
	{socket_udp4, socket_sendbuffer, -2, NULL},
	{socket_tcp6, socket_sendbuffer, INT_MIN, NULL},
	{socket_udp6, socket_recvbuffer, -2, NULL},
	{socket_tcp4, socket_recvbuffer, INT_MIN, NULL},
	{socket_tcp4, socket_maxseg, -1, MISSING(HAVE_TCP_MAXSEG)},
	{socket_tcp6, socket_maxseg, 1, MISSING(HAVE_TCP_MAXSEG)},
	{socket_tcp6, socket_maxseg, INT_MAX, MISSING(HAVE_TCP_MAXSEG)},
};

LOOP_TEST(a_value_out_of_range_is_refused, LENGTH(out_of_range))
{
	const struct out_of_range *o = &out_of_range[_i];

	need_row(o);
	assert_fails(EINVAL, o->set(o->create(), o->value));
}

static int keepalive(int s, int idle)
{
	return socket_keepalive(s, idle, 0, 0);
}

static int congestion(int s, int value)
{
	(void)value;
	return socket_congestion(s, "reno");
}

static int (*const tcp_only[])(int s, int value) = {
	socket_nodelay,	 keepalive,	usertimeout,
	socket_quickack, socket_maxseg, congestion,
};

LOOP_TEST(a_datagram_socket_has_no_option_of_tcp, LENGTH(tcp_only))
{
	assert_fails(ENOPROTOOPT, tcp_only[_i](socket_udp4(), 1));
	assert_fails(ENOPROTOOPT, tcp_only[_i](socket_udp6(), 1));
}

/* ---- IPv4 beside IPv6 ---- */

/* What sets both, and IPv4's option. */
static const struct {
	int (*set)(int s, int value);
	int option;
} both[] = {{socket_tclass6, IP_TOS}, {socket_hoplimit6, IP_TTL}};

CASE("IPv4 beside IPv6")

/* What a 6 socket is where there is no IPv6. */
LOOP_TEST(a_6_form_sets_ipv4s_option_on_an_ipv4_socket, LENGTH(both))
{
	int s = socket_udp4();

	assert_gives(0, both[_i].set(s, 8));
	ck_assert_int_eq(option_of(s, IPPROTO_IP, both[_i].option), 8);
}

/* Linux's MPTCP says EOPNOTSUPP of IPv6's; where there is none this is TCP. */
TEST(a_traffic_class_is_ipv4s_on_an_ipv4_socket_of_mptcp)
{
	int s = socket_tcp4_flags(SOCKET_MPTCP);

	assert_gives(0, socket_tclass6(s, 8));
	ck_assert_int_eq(option_of(s, IPPROTO_IP, IP_TOS), 8);
}

LOOP_TEST(and_there_it_reports_that_ipv4s_option_fails, LENGTH(both))
{
	fail_option(IPPROTO_IP, both[_i].option, EPERM);
	assert_fails(EPERM, both[_i].set(socket_udp4(), 8));
}

LOOP_TEST(that_ipv4s_option_fails_is_not_reported, LENGTH(both))
{
	need_ipv6();
	need(HAVE_IPV6_TCLASS);
	if (both[_i].set == socket_tclass6)
		skip_if(lost("IPV6_TCLASS"));
	fail_option(IPPROTO_IP, both[_i].option, EPERM);
	assert_gives(0, both[_i].set(socket_udp6(), 8));
}

/* An option, and why its tests are skipped where there is none. */
#define ASK(option) option, "no " #option

static const struct packet {
	int (*set)(int s, int value);
	const struct place *place;
	int level, ask; /* what the receiver asks for */
	const char *missing;
	int told; /* and gets */
} packets[] = {
	{socket_tclass6, AT_IPV6, IPPROTO_IPV6, ASK(IPV6_RECVTCLASS),
	 IPV6_TCLASS},
	{socket_tclass6, AT_MAPPED, IPPROTO_IP, ASK(IP_RECVTOS), IP_TOS},
	{socket_tos4, AT_IPV4, IPPROTO_IP, ASK(IP_RECVTOS), IP_TOS},
	{socket_hoplimit6, AT_IPV6, IPPROTO_IPV6, ASK(IPV6_RECVHOPLIMIT),
	 IPV6_HOPLIMIT},
	{socket_hoplimit6, AT_MAPPED, IPPROTO_IP, ASK(IP_RECVTTL), IP_TTL},
	{socket_ttl4, AT_IPV4, IPPROTO_IP, ASK(IP_RECVTTL), IP_TTL},
};

/*
 * What a packet carried: a byte of it, or an int. It has no data, but
 * qemu-user receives nothing at all where no data can be put.
 */
static int carried(int s)
{
	union {
		struct cmsghdr header;
		char room[64];
	} control;
	struct iovec data = {.iov_base = &(char){0}, .iov_len = 1};
	struct msghdr m = {.msg_iov = &data,
			   .msg_iovlen = 1,
			   .msg_control = &control,
			   .msg_controllen = sizeof control};
	const unsigned char *bytes = (const void *)(control.room + CMSG_LEN(0));
	int value;

	ck_assert(readable(s, 2000));
	ck_assert_int_eq(recvmsg(s, &m, 0), 0);
	ck_assert_uint_ge(m.msg_controllen, CMSG_LEN(1));
	if (control.header.cmsg_len == CMSG_LEN(1))
		return *bytes;
	ck_assert_uint_eq(control.header.cmsg_len, CMSG_LEN(sizeof value));
	memcpy(&value, bytes, sizeof value);
	return value;
}

/* Over ::1, v4-mapped and IPv4; a v4-mapped packet is an IPv4 one. */
LOOP_TEST(a_packet_carries_what_was_set, LENGTH(packets))
{
	const struct packet *p = &packets[_i];
	const struct place *place = p->place;
	const struct place *where = place == AT_MAPPED ? AT_IPV4 : place;
	int s, r;

	need(HAVE_RECVMSG);
	if (place->family == 6)
		need_ipv6();
	if (place == AT_MAPPED && !have_inet_options())
		skip(NO_INET_OPTIONS);
	need_place(place);
	if (p->set == socket_tclass6)
		need(HAVE_IPV6_TCLASS);
	if (p->ask == SYS_NO_OPTION)
		skip_if(p->missing);
	if (p->told == IPV6_TCLASS)
		skip_if(lost("a received IPV6_TCLASS"));
	s = udp_at(place, 0);
	r = udp_at(where, 0);
	assert_gives(0, bind_at(r, where, 0));
	ck_assert_int_eq(
		setsockopt(r, p->level, p->ask, &(int){1}, sizeof(int)), 0);
	assert_gives(0, p->set(s, 0x48));
	assert_gives(0, connect_at(s, place, port_of(r)));
	assert_gives(0, socket_write(s, "", 0));
	ck_assert_int_eq(carried(r), 0x48);
}

/* ---- IPv6 alone ---- */

static int v6only_of(int s)
{
	return option_of(s, IPPROTO_IPV6, IPV6_V6ONLY);
}

static int have_v6only(void)
{
	int on = 1;

	return have_af_inet6() && HAVE(HAVE_IPV6_V6ONLY) &&
	       setsockopt(socket_tcp6(), IPPROTO_IPV6, IPV6_V6ONLY, &on,
			  sizeof on) == 0;
}

#define need_v6only()                                                          \
 do {                                                                          \
  if (!have_v6only())                                                          \
   skip("no IPV6_V6ONLY");                                                     \
 } while (0)

CASE("IPv6 alone")

TEST(v6only_can_be_set_and_cleared_and_gives_the_state)
{
	int s = socket_tcp6();

	need_v6only();
	need_dual_stack();
	assert_gives(1, socket_v6only(s, 1));
	ck_assert_int_eq(v6only_of(s), 1);
	assert_gives(0, socket_v6only(s, 0));
	ck_assert_int_eq(v6only_of(s), 0);
}

TEST(v6only_can_be_asked_for)
{
	int s = socket_tcp6();

	need_v6only();
	need_dual_stack();
	assert_gives(0, socket_v6only(s, -1));
	assert_gives(1, socket_v6only(s, 1));
	assert_gives(1, socket_v6only(s, -1));
}

TEST(v6only_is_settled_once_the_socket_is_bound)
{
	int s = socket_tcp6();

	need_v6only();
	assert_gives(1, socket_v6only(s, 1));
	assert_gives(0, socket_bind6(s, V6any, 0, 0));
	assert_fails(EINVAL, socket_v6only(s, 0));
	assert_gives(1, socket_v6only(s, -1));
}

TEST(two_servers_share_a_port_if_one_takes_ipv6_alone)
{
	int a, b;

	need_v6only();
	need_net(); /* elsewhere another program may have the port */
	a = socket_tcp6_flags(0);
	b = socket_tcp4();
	assert_gives(1, socket_v6only(a, 1));
	assert_gives(0, socket_bind6(a, NULL, 0, 0));
	assert_gives(0, socket_listen(a, 1));
	assert_gives(0, socket_bind4(b, NULL, port_of(a)));
}

TEST(an_ipv4_socket_has_no_v6only)
{
	wine_differs("lets IPv4 have V6ONLY");
	need_v6only();
	/* BSD and macOS look no further than the level. */
	assert_fails(have_inet_options() ? ENOPROTOOPT : EINVAL,
		     socket_v6only(socket_tcp4(), 1));
	/* Linux says EOPNOTSUPP. */
	assert_gives(-1, socket_v6only(socket_tcp4(), -1));
}

LOOP_TEST(a_bad_descriptor_has_no_v6only, BADS)
{
	struct bad bad;

	need_v6only();
	bad = bad_descriptor(_i);
	assert_fails(bad.error, socket_v6only(bad.fd, 1));
	assert_fails(bad.error, socket_v6only(bad.fd, -1));
}

/* ---- keepalive ---- */

static int (*const tcp[])(void) = {socket_tcp4, socket_tcp6};

static int tcp_option(int s, int option)
{
	return option_of(s, IPPROTO_TCP, option);
}

static int is_kept_alive(int s)
{
	return option_of(s, SOL_SOCKET, SO_KEEPALIVE);
}

/* Under either name. */
#define need_keepidle()                                                        \
 do {                                                                          \
  if (!HAVE(HAVE_TCP_KEEPALIVE))                                               \
   need(HAVE_TCP_KEEPIDLE);                                                    \
 } while (0)

CASE("connections")

LOOP_TEST(keepalive_sets_times_and_count, LENGTH(tcp))
{
	int s = tcp[_i]();

	need_keepidle();
	need(HAVE_TCP_KEEPINTVL);
	assert_gives(0, socket_keepalive(s, 60, 10, 5));
	ck_assert_int_eq(is_kept_alive(s), 1);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPIDLE), 60);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPINTVL), 10);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPCNT), 5);
}

TEST(keepalive_leaves_the_systems_own_where_0_is_given)
{
	int s = socket_tcp4();
	int interval, count;

	need_keepidle();
	need(HAVE_TCP_KEEPINTVL);
	interval = tcp_option(s, TCP_KEEPINTVL);
	count = tcp_option(s, TCP_KEEPCNT);
	assert_gives(0, socket_keepalive(s, 60, 0, 0));
	ck_assert_int_eq(is_kept_alive(s), 1);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPIDLE), 60);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPINTVL), interval);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPCNT), count);
}

TEST(keepalive_0_switches_it_off)
{
	int s = socket_tcp4();

	need(HAVE_TCP_KEEPIDLE);
	assert_gives(0, socket_keepalive(s, 60, 0, 0));
	count_calls();
	assert_gives(0, socket_keepalive(s, 0, 10, 5));
	ck_assert_int_eq(all_calls(), 1);
	ck_assert_int_eq(is_kept_alive(s), 0);
}

/* -1 keeps the time of the socket, and 0 the others. */
LOOP_TEST(keepalive_can_be_switched_on_with_the_systems_own_times, LENGTH(tcp))
{
	int s = tcp[_i]();

	count_calls();
	assert_gives(0, socket_keepalive(s, -1, 0, 0));
	ck_assert_int_eq(all_calls(), 1);
	ck_assert_int_eq(is_kept_alive(s), 1);
}

TEST(keepalive_sets_what_is_asked_for_beside_the_systems_own_time)
{
	int s = socket_tcp4();
	int idle;

	need_keepidle();
	need(HAVE_TCP_KEEPINTVL);
	idle = tcp_option(s, TCP_KEEPIDLE);
	assert_gives(0, socket_keepalive(s, -1, 10, 5));
	ck_assert_int_eq(is_kept_alive(s), 1);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPIDLE), idle);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPINTVL), 10);
	ck_assert_int_eq(tcp_option(s, TCP_KEEPCNT), 5);
}

/* The last ones are beyond what Linux takes. */
static const struct {
	int idle, interval, count;
} out_of_time[] = {
	{-2, 0, 0},	{INT_MIN, 0, 0}, {1, -1, 0},	 {1, 0, -1},
	{0, -1, 0},	{0, 0, -1},	 {-1, -1, 0},	 {-1, 0, -1},
	{100000, 0, 0}, {1, 100000, 0},	 {1, 1, 100000},
};

LOOP_TEST(keepalive_refuses_what_is_out_of_range_and_stays_off,
	  LENGTH(out_of_time))
{
	int s = socket_tcp4();

	need(HAVE_TCP_KEEPIDLE);
	need(HAVE_TCP_KEEPINTVL);
	assert_fails(EINVAL, socket_keepalive(s, out_of_time[_i].idle,
					      out_of_time[_i].interval,
					      out_of_time[_i].count));
	ck_assert_int_eq(is_kept_alive(s), 0);
}

/* ---- close ---- */

static struct linger linger_of(int s)
{
	struct linger l = {-1, -1};
	socklen_t len = sizeof l;

	ck_assert_int_eq(getsockopt(s, SOL_SOCKET, SO_LINGER, &l, &len), 0);
	return l;
}

TEST(linger_is_seconds_or_off)
{
	int s = socket_tcp4();

	assert_gives(0, socket_linger(s, 7));
	ck_assert_int_eq(linger_of(s).l_onoff, 1);
	ck_assert_int_eq(linger_of(s).l_linger, 7);
	assert_gives(0, socket_linger(s, -1));
	ck_assert_int_eq(linger_of(s).l_onoff, 0);
}

TEST(linger_is_as_many_seconds_as_every_system_takes)
{
	int s = socket_tcp4();

	assert_gives(0, socket_linger(s, SYS_LINGER_MAX));
	ck_assert_int_eq(linger_of(s).l_linger, SYS_LINGER_MAX);
	assert_fails(EINVAL, socket_linger(s, SYS_LINGER_MAX + 1));
	ck_assert_int_eq(linger_of(s).l_linger, SYS_LINGER_MAX);
}

PLACE_TEST(linger_0_resets_on_close)
{
	int s, peer;

	wine_differs("reads a reset as the end");
	s = connected_at(place, &peer);
	assert_gives(0, socket_linger(s, 0));
	assert_gives(0, socket_close(s));
	ck_assert(readable(peer, 2000));
	assert_fails(ECONNRESET, socket_read(peer, (char[1]){0}, 1));
}

TEST(linger_off_ends_the_stream_on_close)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, socket_linger(s, 0));
	assert_gives(0, socket_linger(s, -1));
	assert_gives(0, socket_close(s));
	ck_assert(readable(peer, 2000));
	assert_gives(0, socket_read(peer, (char[1]){0}, 1));
}

/* ---- TCP's segments and congestion control ---- */

CASE("segments")

/* The option is at most what fits, with TCP's own options. */
PLACE_TEST(a_segment_is_no_longer_than_was_asked)
{
	uint16_t port;
	int l, s;

	need(HAVE_TCP_MAXSEG);
	l = listener_at(place, &port);
	s = tcp_at(place, 0);
	assert_gives(0, socket_maxseg(s, 1000));
	assert_gives(0, connect_at(s, place, port));
	ck_assert_int_gt(tcp_option(s, TCP_MAXSEG), 900);
	ck_assert_int_le(tcp_option(s, TCP_MAXSEG), 1000);
	ck_assert_int_le(tcp_option(accepted(l), TCP_MAXSEG), 1000);
}

/* Linux always has this one. */
LOOP_TEST(congestion_control_is_chosen_by_name, LENGTH(tcp))
{
	char name[32] = "";
	socklen_t len = sizeof name;
	int s = tcp[_i]();

	need(HAVE_TCP_CONGESTION);
	assert_gives(0, socket_congestion(s, "reno"));
	ck_assert_int_eq(getsockopt(s, IPPROTO_TCP, TCP_CONGESTION, name, &len),
			 0);
	ck_assert_str_eq(name, "reno");
}

LOOP_TEST(congestion_control_that_is_not_there_is_refused, LENGTH(tcp))
{
	need(HAVE_TCP_CONGESTION);
	assert_fails(ENOENT, socket_congestion(tcp[_i](), "no-such"));
}

/* ---- queues ---- */

static const struct queue {
	int (*call)(int s, int bytes);
	int option;
} queues[] = {
	{socket_sendbuffer, SO_SNDBUF},
	{socket_recvbuffer, SO_RCVBUF},
};

static int (*const kinds[])(void) = {socket_tcp4, socket_tcp6, socket_udp4,
				     socket_udp6};

CASE("queues")

TABLE_BY_TEST(a_queue_has_at_least_what_was_asked_for, queue, queues,
	      nothing_missing, kind, kinds)
{
	int s = (*kind)();
	int granted = queue->call(s, 50000);

	ck_assert_int_ge(granted, 50000);
	assert_gives(granted, queue->call(s, -1));
}

TABLE_BY_TEST(asking_for_what_was_granted_changes_nothing, queue, queues,
	      nothing_missing, kind, kinds)
{
	int s = (*kind)();
	int before = option_of(s, SOL_SOCKET, queue->option);
	int granted = queue->call(s, -1);

	need(HAVE_SO_RCVBUFFORCE);
	assert_gives(granted, queue->call(s, granted));
	ck_assert_int_eq(option_of(s, SOL_SOCKET, queue->option), before);
}

/* Linux doubles, and says so. */
TABLE_BY_TEST(a_queue_is_not_told_twice_as_long, queue, queues, nothing_missing,
	      kind, kinds)
{
	int s = (*kind)();

	need(HAVE_SO_RCVBUFFORCE);
	assert_gives(50000, queue->call(s, 50000));
	assert_gives(50000, queue->call(s, -1));
	ck_assert_int_eq(option_of(s, SOL_SOCKET, queue->option), 100000);
}

TABLE_TEST(of_too_much_the_system_grants_what_it_has, queue, queues,
	   nothing_missing)
{
	int granted;

	need(HAVE_SO_RCVBUFFORCE);
	granted = queue->call(socket_udp4(), INT_MAX);
	ck_assert_int_gt(granted, 4096);
	ck_assert_int_lt(granted, INT_MAX / 2);
}

TABLE_TEST(a_queue_that_is_asked_about_stays, queue, queues, nothing_missing)
{
	int s = socket_udp4();
	int before = option_of(s, SOL_SOCKET, queue->option);

	count_calls();
	ck_assert_int_gt(queue->call(s, -1), 0);
	ck_assert_int_eq(calls(CALL_SETSOCKOPT), 0);
	ck_assert_int_eq(all_calls(), 1);
	ck_assert_int_eq(option_of(s, SOL_SOCKET, queue->option), before);
}

TABLE_TEST(a_queue_reports_what_fails, queue, queues, nothing_missing)
{
	int s = socket_udp4();

	fail_call(CALL_SETSOCKOPT, 1, ENOBUFS);
	assert_fails(ENOBUFS, queue->call(s, 50000));
	fail_call(CALL_GETSOCKOPT, 1, ENOMEM);
	assert_fails(ENOMEM, queue->call(s, 50000));
	fail_call(CALL_GETSOCKOPT, 1, ENOMEM);
	assert_fails(ENOMEM, queue->call(s, -1));
}

/* ---- marks ---- */

CASE("marks")

static const uint32_t marks[] = {0, 1, 0xffffffff};

TABLE_TEST(what_is_sent_is_marked, mark, marks, nothing_missing)
{
	int s;

	need(HAVE_SO_MARK);
	need_net();
	s = socket_udp6();
	assert_gives(0, socket_mark(s, *mark));
	ck_assert_uint_eq((uint32_t)option_of(s, SOL_SOCKET, SO_MARK), *mark);
}

TEST(a_mark_that_the_system_ignores_is_enoprotoopt)
{
	need(HAVE_SO_MARK);
	ignore_option(SOL_SOCKET, SO_MARK);
	assert_fails(ENOPROTOOPT, socket_mark(socket_udp6(), 1));
}

TEST(a_mark_reports_its_failure)
{
	int s = socket_udp6();

	fail_call(CALL_SETSOCKOPT, 1, EPERM);
	assert_fails(EPERM, socket_mark(s, 1));
	if (!HAVE(HAVE_SO_MARK))
		assert_fails(ENOPROTOOPT, socket_mark(s, 1));
}

/* ---- one interface ---- */

#define need_bindtodevice()                                                    \
 do {                                                                          \
  if (!HAVE(HAVE_SO_BINDTOIFINDEX) && !HAVE(HAVE_SO_BINDTODEVICE) &&           \
      !HAVE(HAVE_IP_BOUND_IF))                                                 \
   skip("no SO_BINDTODEVICE");                                                 \
 } while (0)

/* Whether a datagram gets to s there; else its sender hears a refusal. */
static int reaches(int s, const struct place *place)
{
	int from = udp_at(place, 0);
	struct pollfd ends[] = {{s, POLLIN, 0}, {from, POLLIN, 0}};

	assert_gives(0, connect_at(from, place, port_of(s)));
	assert_gives(1, socket_write(from, "x", 1));
	ck_assert_int_eq(poll(ends, 2, 2000), 1);
	return ends[0].revents == POLLIN;
}

CASE("one interface")

PLACE_TEST(a_socket_uses_one_interface_alone_until_it_may_use_any)
{
	int s;

	need_bindtodevice();
	need_pair();
	s = udp_at(place, 0);
	assert_gives(0, bind_at(s, place, 0));
	assert_gives(0, socket_bindtodevice(s, net_index("near")));
	ck_assert(!reaches(s, place));
	assert_gives(0, socket_bindtodevice(s, SOCKET_ANY_INTERFACE));
	ck_assert(reaches(s, place));
}

/* What socket_getifidx gives for a name that no interface has. */
TEST(no_interface_is_not_any_interface)
{
	int s = socket_udp4();

	count_calls();
	assert_fails(ENODEV, socket_bindtodevice(s, socket_getifidx("wg0")));
	ck_assert_int_eq(calls(CALL_SETSOCKOPT), 0);
}

PLACE_TEST(a_socket_uses_the_interface_that_was_named)
{
	int s;

	need_bindtodevice();
	s = udp_at(place, 0);
	assert_gives(0, bind_at(s, place, 0));
	assert_gives(0, socket_bindtodevice(s, net_index(LO)));
	ck_assert(reaches(s, place));
}

PLACE_TEST(a_socket_uses_the_interface_of_that_name)
{
	int s;

	need_bindtodevice();
	need_names();
	need_pair();
	s = udp_at(place, 0);
	assert_gives(0, bind_at(s, place, 0));
	assert_gives(0, socket_bindtoname(s, "near"));
	ck_assert(!reaches(s, place));
	/* A name that is none leaves it so. */
	assert_fails(ENODEV, socket_bindtoname(s, ""));
	ck_assert(!reaches(s, place));
	assert_gives(0, socket_bindtoname(s, LO));
	ck_assert(reaches(s, place));
}

/* Linux would cut the last ones: to that of the pair. */
static const char *const no_names[] = {"", "wg0", "near0", "a-name-of-15-ch2",
				       "a-name-of-15-chr2"};

TABLE_TEST(a_name_that_no_interface_has_is_refused, name, no_names,
	   nothing_missing)
{
	int s;

	need_names();
	need_pair();
	net_ip("link set near down\nlink set near name a-name-of-15-ch");
	s = socket_udp4();
	assert_fails(ENODEV, socket_bindtoname(s, *name));
	assert_fails(ENODEV, socket_bindtoname(s, "near"));
}

TEST(a_name_reports_what_fails)
{
	need_bindtodevice();
	need_names();
	fail_call(CALL_SETSOCKOPT, 1, EPERM);
	assert_fails(EPERM, socket_bindtoname(socket_udp4(), LO));
}

static const struct place *const families[] = {AT_IPV6, AT_IPV4};

/* Linux binds to an index that no interface has: then nothing leaves. */
LOOP_TEST(nothing_leaves_by_an_interface_that_is_not, LENGTH(families))
{
	const struct place *place = families[_i];
	int s, r;

	need_bindtodevice();
	need_place(place);
	s = udp_at(place, 0);
	r = udp_at(place, 0);
	assert_gives(0, bind_at(r, place, 0));
	if (socket_bindtodevice(s, 4711) == -1)
		ck_assert(errno == ENODEV || errno == ENXIO);
	else
		assert_fails(place == AT_IPV4 || !have_ipv6() ? ENODEV
							      : ENETUNREACH,
			     connect_at(s, place, port_of(r)));
}

/* A kernel older than the option by index. */
TEST(an_unknown_interface_has_no_name)
{
	need(HAVE_SO_BINDTODEVICE);
#ifdef SO_BINDTOIFINDEX
	fail_option(SOL_SOCKET, SO_BINDTOIFINDEX, ENOPROTOOPT);
#endif
	assert_fails(ENODEV, socket_bindtodevice(socket_udp4(), 4711));
}

/* ---- hints ---- */

CASE("hints")

LOOP_TEST(data_is_waited_for_one_second, LENGTH(tcp))
{
	int s = tcp[_i]();

	need(HAVE_TCP_DEFER_ACCEPT);
	socket_deferaccept(s, SOCKET_DATAIN);
	ck_assert_int_eq(tcp_option(s, TCP_DEFER_ACCEPT), 1);
}

PLACE_TEST(accept_wakes_when_there_is_data)
{
	uint16_t port;
	int l, s;

	need(HAVE_TCP_DEFER_ACCEPT);
	l = listener_at(place, &port);
	socket_deferaccept(l, SOCKET_DATAIN);
	s = tcp_at(place, 0);
	assert_gives(0, connect_at(s, place, port));
	ck_assert(!readable(l, 0));
	assert_gives(5, socket_write(s, "bytes", 5));
	ck_assert(readable(l, 2000));
}

/* FreeBSD's. */
TEST(http_is_no_hint_for_linux)
{
	int s = socket_tcp4();

	need(HAVE_TCP_DEFER_ACCEPT);
	count_calls();
	socket_deferaccept(s, SOCKET_HTTPIN);
	ck_assert_int_eq(all_calls(), 0);
}

TEST(a_receive_queue_gets_the_size_that_was_asked_for)
{
	int s = socket_udp4();

	socket_tryreservein(s, 100000);
	ck_assert_int_ge(option_of(s, SOL_SOCKET, SO_RCVBUF), 100000);
	count_calls();
	socket_tryreservein(s, 100);
	ck_assert_int_eq(calls(CALL_SETSOCKOPT), 1);
}

TEST(a_receive_queue_that_is_too_big_is_asked_for_smaller)
{
	int s = socket_udp4();

	fail_call(CALL_SETSOCKOPT, 1, ENOBUFS);
	count_calls();
	socket_tryreservein(s, 100000);
	ck_assert_int_eq(calls(CALL_SETSOCKOPT), 2);
	ck_assert_int_ge(option_of(s, SOL_SOCKET, SO_RCVBUF), 90000);
}

TEST(a_system_without_room_is_not_asked_for_ever)
{
	int s = socket_udp4();

	fail_call(CALL_SETSOCKOPT, 0, ENOBUFS);
	count_calls();
	socket_tryreservein(s, INT_MAX);
	ck_assert_int_lt(calls(CALL_SETSOCKOPT), 1000);
}

TEST(another_failure_is_not_asked_about_again)
{
	count_calls();
	socket_tryreservein(-1, 100000);
	ck_assert_int_eq(calls(CALL_SETSOCKOPT), 1);
}

/* ---- bad descriptors ---- */

CASE("values")

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_nodelay(bad.fd, 1));
	assert_fails(bad.error, socket_keepalive(bad.fd, 1, 1, 1));
	assert_fails(bad.error, socket_keepalive(bad.fd, 0, 0, 0));
	assert_fails(bad.error, socket_usertimeout(bad.fd, 1));
	assert_fails(bad.error, socket_linger(bad.fd, 1));
	assert_fails(bad.error, socket_tos4(bad.fd, 1));
	assert_fails(bad.error, socket_tclass6(bad.fd, 1));
	assert_fails(bad.error, socket_ttl4(bad.fd, 1));
	assert_fails(bad.error, socket_hoplimit6(bad.fd, 1));
	assert_fails(bad.error,
		     socket_bindtodevice(bad.fd, SOCKET_ANY_INTERFACE));
	if (have_names())
		assert_fails(bad.error, socket_bindtoname(bad.fd, LO));
	assert_fails(bad.error, socket_sendbuffer(bad.fd, 4096));
	assert_fails(bad.error, socket_sendbuffer(bad.fd, -1));
	assert_fails(bad.error, socket_recvbuffer(bad.fd, 4096));
	assert_fails(bad.error, socket_recvbuffer(bad.fd, -1));
	assert_fails(bad.error, socket_congestion(bad.fd, "reno"));
	assert_fails(bad.error, socket_maxseg(bad.fd, 1000));
	assert_fails(bad.error, socket_broadcast(bad.fd));
	assert_fails(bad.error, socket_quickack(bad.fd, 1));
}

#include "check_option.list"
