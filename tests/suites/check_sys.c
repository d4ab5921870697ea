/* SPDX-License-Identifier: ISC */
/*
 * check_sys.c - which code runs for each facility of the system.
 *
 * Every probe of configure has its test. What it expects is the system's own
 * call where config.h has the facility, and the replacement's where it has
 * not: the one suite serves every build of `make check-fallbacks`, and every
 * kernel of `make check-kernels`.
 */
#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <signal.h>
#include <socket6.h>
#include <stdlib.h>
#include <sys/time.h>

/* What the library asks for where it has a choice: level and option. */

#if HAVE_SO_BINDTODEVICE
# define BIND_BY_NAME SOL_SOCKET, SO_BINDTODEVICE
#elif HAVE_IP_BOUND_IF
# define BIND_BY_NAME IPPROTO_IP, IP_BOUND_IF
#else
# define BIND_BY_NAME SOL_SOCKET, SYS_NO_OPTION
#endif

#if HAVE_SO_BINDTOIFINDEX
# define BIND_BY_INDEX SOL_SOCKET, SO_BINDTOIFINDEX
#else
# define BIND_BY_INDEX BIND_BY_NAME
#endif

#if HAVE_TCP_FASTOPEN_CONNECT
# define FASTOPEN_CONNECT IPPROTO_TCP, TCP_FASTOPEN_CONNECT
#else
# define FASTOPEN_CONNECT IPPROTO_TCP, SYS_NO_OPTION
#endif

#if HAVE_TCP_DEFER_ACCEPT
# define DEFER_ACCEPT IPPROTO_TCP, TCP_DEFER_ACCEPT
#elif HAVE_SO_ACCEPTFILTER
# define DEFER_ACCEPT SOL_SOCKET, SO_ACCEPTFILTER
#endif

#if !HAVE_IP_ADD_SOURCE_MEMBERSHIP
# undef IP_ADD_SOURCE_MEMBERSHIP
# define IP_ADD_SOURCE_MEMBERSHIP SYS_NO_OPTION
#endif

#if !HAVE_MCAST_JOIN_SOURCE_GROUP
# undef MCAST_JOIN_SOURCE_GROUP
# define MCAST_JOIN_SOURCE_GROUP SYS_NO_OPTION
#endif

/* Whether old_kernel runs us, as this kernel. */
static int is_kernel(const char *name)
{
	const char *kernel = getenv("SOCKET6_KERNEL");

	return kernel && strcmp(kernel, name) == 0;
}

/* A listener that a connection waits at. */
static int awaited(void)
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);

	assert_gives(0, connect_at(tcp_at(AT_IPV4, 0), AT_IPV4, port));
	return l;
}

/* Addresses: struct sockaddr_in6, sin6_scope_id, sa_len. */

CASE("addresses")

TEST(a_6_socket_has_the_newest_family_of_the_system)
{
	int is_6 = HAVE(HAVE_STRUCT_SOCKADDR_IN6) &&
		   socket(AF_INET6, SOCK_DGRAM, 0) != -1;

	count_calls();
	ck_assert_int_ge(socket_tcp6(), 0);
	ck_assert_int_eq(last_call.family, is_6 ? AF_INET6 : AF_INET);
}

TEST(a_scope_id_reaches_a_system_that_has_a_field_for_it)
{
	uint32_t scope_id = 99;
	int s;

	need_ipv6();
	need_net();
	s = socket_tcp6();
	if (!HAVE(HAVE_SIN6_SCOPE_ID)) {
		/* Linux binds to no link-local address without. */
		assert_fails(EINVAL, bind_at(s, AT_LINK_LOCAL, 0));
		return;
	}
	assert_gives(0, bind_at(s, AT_LINK_LOCAL, 0));
	assert_gives(0, socket_local6(s, NULL, NULL, &scope_id));
	ck_assert_uint_eq(scope_id, told_scope(net_index(LO)));
}

static int sees_length(int s, const struct sockaddr *sa, socklen_t len)
{
	(void)s;
#if HAVE_SA_LEN
	ck_assert_int_eq(sa->sa_len, len);
#else
	ck_assert_int_eq(sa->sa_family, AF_INET);
#endif
	ck_assert_int_eq(len, sizeof(struct sockaddr_in));
	return 0;
}

TEST(an_address_says_its_length_if_it_has_a_field_for_it)
{
	stand_in.connect = sees_length;
	assert_gives(0, socket_connect4(0, ip4("127.0.0.1"), 1));
}

static long bind_to(int s, const char ip[16])
{
	return socket_bind6(s, ip, 0, 0);
}

static long connect_to(int s, const char ip[16])
{
	return socket_connect6(s, ip, 9, 0);
}

static long send_to(int s, const char ip[16])
{
	return (long)socket_send6(s, "", 0, ip, 9, 0);
}

/* What takes an IPv6 address, and the call that refuses it. */
static const struct {
	enum call call;
	long (*give)(int s, const char ip[16]);
} givers[] = {
	{CALL_BIND, bind_to},
	{CALL_CONNECT, connect_to},
	{CALL_SENDTO, send_to},
};

/* gVisor's sendto, where others say EAFNOSUPPORT. */
LOOP_TEST(einval_of_an_ipv4_socket_means_the_family, LENGTH(givers))
{
	enum call call = givers[_i].call;
	int s = socket_udp4();

	fail_call(call, 1, EINVAL);
	assert_fails(EAFNOSUPPORT, givers[_i].give(s, ip6("2001:db8::1")));
	fail_call(call, 1, EINVAL);
	assert_gives(0, givers[_i].give(s, ip6("::ffff:127.0.0.1")));
}

LOOP_TEST(einval_of_an_ipv6_socket_stays, LENGTH(givers))
{
	int s = socket_udp6();

	need_ipv6();
	fail_call(givers[_i].call, 1, EINVAL);
	assert_fails(EINVAL, givers[_i].give(s, ip6("::ffff:127.0.0.1")));
}

/* Modes: SOCK_NONBLOCK, accept4. */

CASE("modes")

TEST(a_socket_is_born_with_its_modes_or_gets_them_by_fcntl)
{
	int in_steps = !HAVE(HAVE_SOCK_NONBLOCK) || is_kernel("sock_nonblock");
	int s;

	count_calls();
	s = socket_tcp4_flags(SOCKET_NONBLOCK | SOCKET_CLOEXEC);
	ck_assert_int_eq(calls(CALL_SOCKET),
			 HAVE(HAVE_SOCK_NONBLOCK) + in_steps);
	ck_assert_int_eq(calls(CALL_FCNTL) > 0, in_steps);
	ck_assert_int_eq(last_call.type == SOCK_STREAM, in_steps);
	ck_assert(is_nonblocking(s));
	ck_assert(is_closeonexec(s));
}

TEST(a_connection_is_taken_by_accept4_or_by_accept_and_fcntl)
{
	int in_steps = !HAVE(HAVE_ACCEPT4) || is_kernel("accept4");
	int l = awaited();
	int s;

	count_calls();
	s = socket_accept4_flags(l, NULL, NULL,
				 SOCKET_NONBLOCK | SOCKET_CLOEXEC);
	ck_assert_int_eq(calls(CALL_ACCEPT4), HAVE(HAVE_ACCEPT4));
	ck_assert_int_eq(calls(CALL_ACCEPT), in_steps);
	ck_assert_int_eq(calls(CALL_FCNTL) > 0, in_steps);
	ck_assert(is_nonblocking(s));
	ck_assert(is_closeonexec(s));
}

/* Whether there is a connection: the states of Linux, or the peer. */

CASE("protocols")

TEST(a_connection_is_known_by_its_state_or_its_peer)
{
	int peer;
	int s = connected_at(AT_IPV4, &peer);

	count_calls();
	assert_gives(1, socket_connected(s));
	ck_assert_int_eq(calls(CALL_GETSOCKOPT), HAVE(HAVE_TCP_STATES));
	ck_assert_int_eq(calls(CALL_GETPEERNAME), !HAVE(HAVE_TCP_STATES));
	ck_assert_int_eq(all_calls(), 1);
}

/* Whether one goes on: TCP_INFO, TCP_CONNECTION_INFO. */

CASE("modes")

TEST(a_pending_connection_is_known_by_its_state_or_its_port)
{
	int by_state = HAVE(HAVE_TCP_INFO) || HAVE(HAVE_TCP_CONNECTION_INFO);
	int s = tcp_at(AT_IPV4, SOCKET_NONBLOCK);

	assert_fails(EINPROGRESS, connect_at(s, AT_IPV4, full_port()));
	count_calls();
	assert_not_connected(EINPROGRESS, s);
	ck_assert_int_eq(calls(CALL_GETSOCKNAME), !by_state);
	assert_not_connected(ENOTCONN, tcp_at(AT_IPV4, 0));
}

/* Protocols keep their numbers, whatever the headers know. */

CASE("protocols")

TEST(sctp_and_mptcp_are_asked_for_by_number)
{
	fail_call(CALL_SOCKET, 0, EMFILE);
	assert_fails(EMFILE, socket_sctp4());
	ck_assert_int_eq(last_call.protocol, 132);
	assert_fails(EMFILE, socket_tcp4_flags(SOCKET_MPTCP));
	ck_assert_int_eq(last_call.protocol, 262);
}

/* Options that the system has, or that are ENOPROTOOPT. */

/* A call as a function of its socket alone. */
#define SETTER(name, call)                                                     \
 static int name(int s)                                                        \
 {                                                                             \
  return call;                                                                 \
 }

SETTER(set_v6only, socket_v6only(s, 0))
SETTER(join, socket_mcjoin6(s, ip6("ff02::1234"), (int)net_index(LO)))
SETTER(tclass, socket_tclass6(s, 8))
SETTER(join_source4, socket_mcjoin4_source(s, ip4("232.1.2.3"),
					   ip4("127.0.0.1"), ip4("127.0.0.1")))
SETTER(join_source6,
       socket_mcjoin6_source(s, ip6("::ffff:232.1.2.3"),
			     ip6("::ffff:127.0.0.1"), net_index(LO)))
SETTER(reuseport, socket_bind4_reuseport(s, ip4("127.0.0.1"), 0))
SETTER(noport, socket_bind4_noport(s, ip4("127.0.0.1")))
SETTER(quickack, socket_quickack(s, 1))
SETTER(usertimeout, socket_usertimeout(s, 1000))
SETTER(linger, socket_linger(s, 1))
SETTER(keepidle, socket_keepalive(s, 10, 0, 0))

enum {
	HAVE_KEEPIDLE = HAVE(HAVE_TCP_KEEPIDLE) || HAVE(HAVE_TCP_KEEPALIVE),
	HAVE_JOIN = HAVE(HAVE_IPV6_JOIN_GROUP) ||
		    HAVE(HAVE_IPV6_ADD_MEMBERSHIP),
	HAVE_REUSEPORT = HAVE(HAVE_SO_REUSEPORT) || HAVE(HAVE_SO_REUSEPORT_LB),
};

#define OPTION(level, name, open, set)                                         \
 {                                                                             \
  level, name, #name, HAVE(HAVE_##name), open, set                             \
 }

static const struct option {
	int level, option;
	const char *name;
	int have;
	int (*open)(void);
	int (*set)(int s);
} options[] = {
	OPTION(IPPROTO_IPV6, IPV6_V6ONLY, socket_tcp6, set_v6only),
	OPTION(IPPROTO_IPV6, IPV6_TCLASS, socket_tcp6, tclass),
	OPTION(IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, socket_udp4, join_source4),
	OPTION(IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, socket_udp4, join_source6),
	OPTION(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, socket_tcp4, noport),
	OPTION(IPPROTO_TCP, TCP_FASTOPEN, socket_tcp4, socket_fastopen),
	OPTION(IPPROTO_TCP, TCP_QUICKACK, socket_tcp4, quickack),
	OPTION(IPPROTO_TCP, TCP_USER_TIMEOUT, socket_tcp4, usertimeout),
	/* By another name on some systems; SO_LINGER, or its like, on all. */
	{IPPROTO_IPV6, IPV6_JOIN_GROUP, "IPV6_JOIN_GROUP", HAVE_JOIN,
	 socket_udp6, join},
	{SOL_SOCKET, SO_REUSEPORT, "SO_REUSEPORT", HAVE_REUSEPORT, socket_tcp4,
	 reuseport},
	{IPPROTO_TCP, TCP_KEEPIDLE, "TCP_KEEPIDLE", HAVE_KEEPIDLE, socket_tcp4,
	 keepidle},
	{SOL_SOCKET, SO_LINGER, "SO_LINGER", 1, socket_tcp4, linger},
};

CASE("options")

LOOP_TEST(an_option_is_the_systems_or_unknown, LENGTH(options))
{
	const struct option *o = &options[_i];
	/* An IPv4 socket is asked for no IPv6 group. */
	int unknown = o->set == join && !have_ipv6() ? EAFNOSUPPORT
						     : ENOPROTOOPT;
	int s = o->open();

	if (o->level == IPPROTO_IPV6 && o->have && !have_ipv6())
		skip("no IPv6");
	if (o->option == IPV6_V6ONLY && is_kernel("v6only"))
		skip("IPV6_V6ONLY cannot be set");
	if (o->option == IPV6_V6ONLY)
		need_dual_stack();
	skip_if(lost(o->name));
	count_calls();
	/* On an IPv4 socket the traffic class is IPv4's. */
	if (o->have || (o->set == tclass && !have_af_inet6()))
		assert_gives(0, o->set(s));
	else
		assert_fails(unknown, o->set(s));
	ck_assert(option_was_set(o->level, o->option));
}

/* Only after TCP_KEEPIDLE is this one's turn. */
TEST(keepalive_intervals_are_the_systems_or_unknown)
{
	int s = socket_tcp4();

	if (HAVE_KEEPIDLE && HAVE(HAVE_TCP_KEEPINTVL))
		assert_gives(0, socket_keepalive(s, 10, 5, 3));
	else
		assert_fails(ENOPROTOOPT, socket_keepalive(s, 10, 5, 3));
}

TEST(a_6_socket_without_v6only_is_kept_but_never_v6only)
{
	if (HAVE(HAVE_IPV6_V6ONLY))
		fail_option(IPPROTO_IPV6, IPV6_V6ONLY, ENOPROTOOPT);
	ck_assert_int_ge(socket_tcp6(), 0);
	assert_fails(have_af_inet6() ? ENOPROTOOPT : EAFNOSUPPORT,
		     socket_tcp6_flags(SOCKET_V6ONLY));
}

TEST(accept_is_deferred_by_what_the_system_has)
{
	int s = socket_tcp4();

	count_calls();
	socket_deferaccept(s, SOCKET_DATAIN);
#ifdef DEFER_ACCEPT
	ck_assert(option_was_set(DEFER_ACCEPT));
#else
	ck_assert_int_eq(all_calls(), 0);
#endif
}

/* Datagrams: recvmmsg and sendmmsg, what they arrive with, the MTU. */

static const struct info {
	int bit, level, option;
} infos[] = {
	{SOCKET_INFO_LOCAL, IPPROTO_IPV6, IPV6_RECVPKTINFO},
	{SOCKET_INFO_LOCAL, IPPROTO_IP, SYS_RECV_LOCAL4},
	{SOCKET_INFO_HOPS, IPPROTO_IPV6, IPV6_RECVHOPLIMIT},
	{SOCKET_INFO_HOPS, IPPROTO_IP, IP_RECVTTL},
	{SOCKET_INFO_TCLASS, IPPROTO_IPV6, IPV6_RECVTCLASS},
	{SOCKET_INFO_TCLASS, IPPROTO_IP, IP_RECVTOS},
	{SOCKET_INFO_TIME, SOL_SOCKET, SYS_RECV_TIME},
	{SOCKET_INFO_DROPS, SOL_SOCKET, SO_RXQ_OVFL},
	{SOCKET_INFO_SEGMENTS, IPPROTO_UDP, UDP_GRO},
	{SOCKET_INFO_ERRORS, IPPROTO_IPV6, IPV6_RECVERR},
	{SOCKET_INFO_ERRORS, IPPROTO_IP, IP_RECVERR},
};

CASE("datagrams")

/* Of an IPv6 socket both families are asked, where IPv6's option is there. */
LOOP_TEST(a_field_is_asked_for_by_the_systems_option, LENGTH(infos))
{
	const struct info *x = &infos[_i];
	int s = x->level == IPPROTO_IP ? socket_udp4() : socket_udp6();
	int granted;

	if (x->level == IPPROTO_IPV6)
		need_ipv6();
	count_calls();
	granted = socket_recvinfo6(s, x->bit);
	if (x->option == SYS_NO_OPTION)
		ck_assert_int_eq(granted, 0);
	ck_assert(option_was_set(x->level, x->option));
}

TEST(a_batch_is_one_call_or_many)
{
	int s = bound_at(AT_IPV4), many = HAVE(HAVE_SENDMMSG);
	struct socket_datagram6 grams[3] = {{.peer = {.port = 0}}};
	char buf[3];

	assert_gives(0, connect_at(s, AT_IPV4, port_of(s)));
	for (int i = 0; i < 3; i++)
		grams[i].flags = SOCKET_DATAGRAM_SINGLY;
	count_calls();
	assert_gives(3, socket_sendmany6(s, buf, 3, grams, 3));
	ck_assert_int_eq(calls(CALL_SENDMMSG), many && HAVE(HAVE_MSG_NOSIGNAL));
	ck_assert_int_eq(calls(CALL_SENDMSG),
			 many && HAVE(HAVE_MSG_NOSIGNAL) ? 0 : 3);
	ck_assert(readable(s, 2000));
	assert_gives(3, socket_recvmany6(s, buf, 3, grams, 3));
	ck_assert_int_eq(calls(CALL_RECVMMSG), many);
	ck_assert_int_eq(calls(CALL_RECVMSG),
			 many && !is_kernel("accept4") && !on_gvisor() ? 0 : 3);
}

/* Only where the system can, or it would send one long datagram. */
TEST(segments_are_asked_for_by_what_the_system_has)
{
	int s = bound_at(AT_IPV4);
	struct socket_datagram6 g = {.len = 3, .segment = 1};
	char buf[3] = "abc";

	assert_gives(0, connect_at(s, AT_IPV4, port_of(s)));
	count_calls();
	assert_gives(1, socket_sendmany6(s, buf, 3, &g, 1));
	if (!HAVE(HAVE_UDP_SEGMENT) && !HAVE(HAVE_UDP_SEND_MSG_SIZE))
		ck_assert_int_eq(
			calls(CALL_SENDMSG) + calls(CALL_SENDMMSG),
			HAVE(HAVE_SENDMMSG) && HAVE(HAVE_MSG_NOSIGNAL) ? 1 : 3);
	ck_assert(readable(s, 2000));
	assert_gives(1, socket_recvmany6(s, buf, 1, &g, 1));
	ck_assert_uint_eq(g.len, 1);
}

#if HAVE_IP_MTU_DISCOVER
# define MTU_OPTION4 IP_MTU_DISCOVER
# define MTU_OPTION6 IPV6_MTU_DISCOVER
#else
# define MTU_OPTION4 IP_DONTFRAG
# define MTU_OPTION6 IPV6_DONTFRAG
#endif

TEST(what_happens_above_the_mtu_is_set_by_what_the_system_has)
{
	int s = socket_udp4();

	count_calls();
	if (MTU_OPTION4 == SYS_NO_OPTION || on_gvisor())
		assert_fails(ENOPROTOOPT,
			     socket_mtudiscover6(s, SOCKET_MTU_PATH));
	else
		assert_gives(0, socket_mtudiscover6(s, SOCKET_MTU_PATH));
	ck_assert(option_was_set(IPPROTO_IP, MTU_OPTION4));
	need_ipv6();
	count_calls();
	socket_mtudiscover6(socket_udp6(), SOCKET_MTU_PATH);
	ck_assert(option_was_set(IPPROTO_IPV6, MTU_OPTION6));
}

/* IP_PMTUDISC_OMIT came with Linux 3.15, DONT is as old as the option. */
TEST(datagrams_are_fragmented_also_where_icmp_cannot_be_ignored)
{
	int s = socket_udp4();

	need(HAVE_IP_MTU_DISCOVER);
	if (on_gvisor()) /* has the option and none of its values */
		return;
	fail_call(CALL_SETSOCKOPT, 2, EINVAL);
	assert_gives(0, socket_mtudiscover6(s, SOCKET_MTU_FRAGMENT));
	ck_assert_int_eq(option_of(s, IPPROTO_IP, MTU_OPTION4), 0);
	fail_call(CALL_SETSOCKOPT, 2, EINVAL);
	assert_fails(ENOPROTOOPT, socket_mtudiscover6(s, SOCKET_MTU_PROBE));
}

/* Interfaces: if_indextoname, SIOCGIFNAME, SO_BINDTOIFINDEX, ip_mreqn. */

CASE("interfaces")

TEST(the_name_of_an_interface_comes_by_if_indextoname_or_ioctl)
{
	uint32_t index = net_index(LO);
	const char *name;

	count_calls();
	name = socket_getifname(index);
	ck_assert_int_eq(calls(CALL_IF_INDEXTONAME), HAVE(HAVE_IF_INDEXTONAME));
	ck_assert_int_eq(calls(CALL_IOCTL),
			 !HAVE(HAVE_IF_INDEXTONAME) && HAVE(HAVE_SIOCGIFNAME));
	ck_assert_str_eq(name, have_names() ? LO : "[unknown]");
}

TEST(the_index_of_an_interface_comes_by_if_nametoindex_or_ioctl)
{
	uint32_t index;

	count_calls();
	index = socket_getifidx(LO);
	ck_assert_int_eq(calls(CALL_IF_NAMETOINDEX), HAVE(HAVE_IF_INDEXTONAME));
	ck_assert_int_eq(calls(CALL_IOCTL),
			 !HAVE(HAVE_IF_INDEXTONAME) && HAVE(HAVE_SIOCGIFNAME));
	ck_assert_uint_eq(index, have_names() ? net_index(LO) : 0);
}

TEST(no_interface_has_a_name_that_is_too_long)
{
	ck_assert_uint_eq(socket_getifidx("a-name-of-more-than-16-bytes"), 0);
}

TEST(no_interface_has_the_highest_index)
{
	char name[IF_NAMESIZE];

	ck_assert_str_eq(socket_getifname(INT_MAX), "[unknown]");
	ck_assert_ptr_null(socket_getifname_r(INT_MAX, name, sizeof name));
	ck_assert_int_eq(errno, ENXIO);
}

TEST(asking_for_names_leaves_no_descriptor_open)
{
	int before = open_descriptors();

	socket_getifname(net_index(LO));
	socket_getifname(INT_MAX);
	socket_getifidx(LO);
	socket_getifidx("none");
	ck_assert_int_eq(open_descriptors(), before);
}

TEST(an_interface_is_bound_to_by_the_newest_option)
{
	int s = socket_udp4();
	int have = HAVE(HAVE_SO_BINDTOIFINDEX) || HAVE(HAVE_SO_BINDTODEVICE) ||
		   HAVE(HAVE_IP_BOUND_IF);

	count_calls();
	if (have)
		assert_gives(0, socket_bindtodevice(s, net_index(LO)));
	else
		assert_fails(ENOPROTOOPT, socket_bindtodevice(s, 1));
	ck_assert(option_was_set(BIND_BY_INDEX));
}

TEST(a_kernel_that_binds_by_no_index_is_given_the_name)
{
	int s = socket_udp4();

	fail_option(BIND_BY_INDEX, ENOPROTOOPT);
	count_calls();
	socket_bindtodevice(s, net_index(LO));
	ck_assert(option_was_set(BIND_BY_NAME));
}

TEST(a_kernel_that_ignores_the_index_is_given_the_name)
{
	int s = socket_udp4();

	need(HAVE_SO_BINDTOIFINDEX);
	ignore_option(BIND_BY_INDEX);
	count_calls();
	assert_gives(0, socket_bindtodevice(s, net_index(LO)));
	ck_assert(option_was_set(BIND_BY_NAME));
	assert_fails(ENODEV, socket_bindtodevice(s, 4711));
}

/* What is told of lo, which there is, when its name cannot be asked for. */
static int without_descriptors(void)
{
	allow_no_descriptors();
	return have_names() ? EMFILE : ENODEV;
}

TEST(an_interface_whose_name_cannot_be_asked_for_is_not_unknown)
{
	int s = socket_udp4();
	uint32_t index = net_index(LO);
	int error;

	need(HAVE_SO_BINDTODEVICE);
	fail_option(BIND_BY_INDEX, ENOPROTOOPT);
	error = without_descriptors();
	assert_fails(error, socket_bindtodevice(s, index));
}

/* Both kinds of socket take a v4-mapped group. */
static int (*const udp[])(void) = {socket_udp4, socket_udp6};

/* Whether one does; gVisor has no IPv4 groups on an IPv6 socket. */
static int takes_v4mapped(int (*create)(void))
{
	return create == socket_udp4 || (have_dual_stack() && !on_gvisor());
}

static int join_v4mapped(int s, int index)
{
	return socket_mcjoin6(s, ip6("::ffff:224.1.2.3"), index);
}

LOOP_TEST(a_v4mapped_group_is_joined_by_index_or_by_its_address, LENGTH(udp))
{
	int have = HAVE(HAVE_STRUCT_IP_MREQN);
	int index = (int)net_index(LO);
	int takes = takes_v4mapped(udp[_i]);
	int s = udp[_i]();

	skip_if(lost("struct ip_mreqn"));
	count_calls();
	if (!takes) {
		assert_fails(EINVAL, join_v4mapped(s, index));
	} else if (have || have_names()) {
		assert_gives(0, join_v4mapped(s, index));
		assert_fails(EADDRINUSE, join_v4mapped(s, index));
	} else {
		assert_fails(ENODEV, join_v4mapped(s, index));
	}
	ck_assert_int_eq(calls(CALL_IOCTL) > 0,
			 takes && !have && have_names() && !on_windows());
}

LOOP_TEST(a_v4mapped_group_is_joined_on_no_unknown_interface, LENGTH(udp))
{
	skip_if(lost("struct ip_mreqn"));
	assert_fails(takes_v4mapped(udp[_i]) ? ENODEV : EINVAL,
		     join_v4mapped(udp[_i](), INT_MAX));
}

TEST(a_group_on_an_interface_that_cannot_be_asked_for_says_why)
{
	int s = socket_udp4();
	int index = (int)net_index(LO);
	int error;

	skip_if(lost("struct ip_mreqn"));
	error = without_descriptors();
	if (HAVE(HAVE_STRUCT_IP_MREQN))
		assert_gives(0, join_v4mapped(s, index));
	else
		assert_fails(error, join_v4mapped(s, index));
}

/* Signals: MSG_NOSIGNAL, SO_NOSIGPIPE. */

static volatile sig_atomic_t signals;

static void count_signal(int signal)
{
	(void)signal;
	signals++;
}

/* A socket whose every write is a broken pipe. */
static int broken(void)
{
	int peer;
	int s = connected_at(AT_IPV4, &peer);

	ck_assert_int_eq(shutdown(s, SHUT_WR), 0);
	ck_assert(signal(SIGPIPE, count_signal) != SIG_ERR);
	return s;
}

static void block_sigpipe(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &set, NULL), 0);
}

static int sigpipe_is_blocked(void)
{
	sigset_t set;

	ck_assert_int_eq(sigprocmask(SIG_BLOCK, NULL, &set), 0);
	return sigismember(&set, SIGPIPE);
}

static int sigpipe_is_pending(void)
{
	sigset_t set;

	ck_assert_int_eq(sigpending(&set), 0);
	return sigismember(&set, SIGPIPE);
}

CASE("signals")

TEST(sigpipe_is_prevented_by_a_flag_an_option_or_the_mask)
{
	int by_mask = !HAVE(HAVE_MSG_NOSIGNAL) && !HAVE(HAVE_SO_NOSIGPIPE);
	int peer;
	int s = connected_at(AT_IPV4, &peer);

	need(HAVE_SIGPIPE);
	count_calls();
	assert_gives(5, socket_write(s, "bytes", 5));
	ck_assert_int_eq(last_call.sendto_flags != 0, HAVE(HAVE_MSG_NOSIGNAL));
	ck_assert_int_eq(calls(CALL_SETSOCKOPT),
			 !HAVE(HAVE_MSG_NOSIGNAL) && HAVE(HAVE_SO_NOSIGPIPE));
	ck_assert_int_eq(calls(CALL_PTHREAD_SIGMASK), by_mask ? 2 : 0);
}

TEST(a_broken_pipe_raises_no_sigpipe)
{
	need(HAVE_SIGPIPE);
	assert_fails(EPIPE, socket_write(broken(), "bytes", 5));
	ck_assert_int_eq(signals, 0);
	ck_assert(!sigpipe_is_blocked());
}

TEST(a_broken_pipe_leaves_no_sigpipe_pending)
{
	int s;

	need(HAVE_SIGPIPE);
	s = broken();
	block_sigpipe();
	assert_fails(EPIPE, socket_write(s, "bytes", 5));
	ck_assert(!sigpipe_is_pending());
	ck_assert(sigpipe_is_blocked());
}

TEST(a_sigpipe_that_was_pending_before_stays)
{
	int s;

	need(HAVE_SIGPIPE);
	s = broken();
	block_sigpipe();
	ck_assert_int_eq(raise(SIGPIPE), 0);
	assert_fails(EPIPE, socket_write(s, "bytes", 5));
	ck_assert(sigpipe_is_pending());
}

/* Fast open: MSG_FASTOPEN, TCP_FASTOPEN_CONNECT, connectx. */

CASE("fast open")

TEST(data_goes_with_the_syn_by_the_newest_way)
{
	int by_flag = HAVE(HAVE_MSG_FASTOPEN);
	char buf[5];
	uint16_t port;
	int l, s;

	need_sysctls();
	net_sysctl("net/ipv4/tcp_fastopen", "3");
	l = listener_at(AT_IPV4, &port);
	s = tcp_at(AT_IPV4, 0);
	count_calls();
	assert_gives(5, socket_fastopen_connect4(s, ip4("127.0.0.1"), port,
						 "bytes", 5));
	ck_assert_int_eq(calls(CALL_CONNECT), !by_flag);
	ck_assert_int_eq(option_was_set(FASTOPEN_CONNECT),
			 !by_flag && HAVE(HAVE_TCP_FASTOPEN_CONNECT));
	s = accept(l, NULL, NULL);
	ck_assert(readable(s, 2000));
	assert_gives(5, socket_read(s, buf, sizeof buf));
}

/* Threads: _Thread_local, atomics. */

CASE("threads")

TEST(the_buffer_for_names_is_thread_local_or_made_once_a_thread)
{
	const char *first, *second;

	count_calls();
	first = socket_getifname(net_index(LO));
	second = socket_getifname(net_index(LO));
	ck_assert_int_eq(calls(CALL_PTHREAD_SETSPECIFIC),
			 !HAVE(HAVE_THREAD_LOCAL));
	ck_assert_ptr_eq(first, second);
}

TEST(a_thread_that_can_have_no_buffer_is_told_no_name)
{
	int told = HAVE(HAVE_THREAD_LOCAL) && have_names();

	fail_call(CALL_PTHREAD_SETSPECIFIC, 0, ENOMEM);
	ck_assert_str_eq(socket_getifname(net_index(LO)),
			 told ? LO : "[unknown]");
}

extern int noipv6;

TEST(noipv6_is_read_with_and_without_atomics)
{
	noipv6 = 1;
	count_calls();
	ck_assert_int_ge(socket_tcp6(), 0);
	ck_assert_int_eq(last_call.family, AF_INET);
}

/* Time: CLOCK_MONOTONIC. */

CASE("time")

TEST(time_is_measured_by_the_monotonic_clock_or_the_time_of_day)
{
	int peer;
	int s = connected_at(AT_IPV4, &peer);

	need(HAVE_GETTIMEOFDAY);
	/* Once it is pending, as it were: nobody need wait to be told. */
	fail_call(CALL_GETSOCKOPT, 1, ENOPROTOOPT);
	fail_call(CALL_GETPEERNAME, 1, ENOTCONN);
	fail_call(CALL_POLL, 1, EINPROGRESS);
	count_calls();
	assert_gives(1, socket_wait_connected(s, 1000));
	ck_assert_int_eq(calls(CALL_CLOCK_GETTIME) > 0,
			 HAVE(HAVE_CLOCK_MONOTONIC));
	ck_assert_int_eq(calls(CALL_GETTIMEOFDAY) > 0,
			 !HAVE(HAVE_CLOCK_MONOTONIC));
}

/* What a simulated kernel refuses, so that its suites show something. */

CASE("kernel")

LOOP_TEST(this_kernel_refuses_modes_of_sockets, is_kernel("sock_nonblock"))
{
	assert_fails(EINVAL, socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	assert_fails(EINVAL, socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
}

LOOP_TEST(this_kernel_has_no_accept4, is_kernel("accept4"))
{
	count_calls();
	assert_fails(EBADF, socket_accept4(-1, NULL, NULL));
	ck_assert_int_eq(calls(CALL_ACCEPT4), HAVE(HAVE_ACCEPT4));
	ck_assert_int_eq(calls(CALL_ACCEPT), 1);
}

LOOP_TEST(nor_recvmmsg, is_kernel("accept4") && HAVE(HAVE_SENDMMSG))
{
	struct socket_datagram6 g;
	char buf[1];

	count_calls();
	assert_fails(EBADF, socket_recvmany6(-1, buf, 1, &g, 1));
	ck_assert_int_eq(calls(CALL_RECVMSG), 1);
}

LOOP_TEST(this_kernel_refuses_af_inet6, is_kernel("af_inet6"))
{
	assert_fails(EAFNOSUPPORT, socket(AF_INET6, SOCK_STREAM, 0));
	ck_assert_int_ge(socket_tcp6(), 0);
	ck_assert_int_eq(noipv6, 1);
	assert_fails(EAFNOSUPPORT, socket_tcp6_flags(SOCKET_V6ONLY));
}

LOOP_TEST(this_kernel_cannot_set_v6only, is_kernel("v6only"))
{
	assert_fails(EINVAL, sys_setsockopt(-1, IPPROTO_IPV6, IPV6_V6ONLY, 0));
	ck_assert_int_ge(socket_tcp6(), 0);
	assert_fails(EINVAL, socket_tcp6_flags(SOCKET_V6ONLY));
}

#include "check_sys.list"
