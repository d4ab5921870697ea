/* SPDX-License-Identifier: ISC */
/*
 * check_multicast.c - multicast.
 *
 * One network serves all the tests that send: near, which leads to another
 * host, far; and aside, which leads nowhere and is the system's own choice
 * for IPv4 groups.
 */
#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>

/* Why there is no such network, or null. */
static const char *missing;

static void add_ipv6(void)
{
	net_address("near", "2001:db8::1", 64);
	net_address("aside", "2001:db8:1::1", 64);
	far_address("far", "2001:db8::2", 64);
	far_address("far", "2001:db8::3", 64);
}

static void make_network(void)
{
	missing = net_pair();
	if (missing)
		return;
	net_ip("link add aside type veth peer name nowhere");
	net_up("aside");
	net_up("nowhere");
	net_address("near", "192.0.2.1", 24);
	net_address("aside", "198.51.100.1", 24);
	far_address("far", "192.0.2.2", 24);
	far_address("far", "192.0.2.3", 24);
	if (have_ipv6())
		add_ipv6();
	net_ip("route add 224.0.0.0/4 dev aside");
	far_do("ip route add 224.0.0.0/4 dev far");
}

#define need_network() skip_if(missing)

struct interface {
	const char *name, *ip;
};

static const struct interface near = {"near", "192.0.2.1"};
static const struct interface far = {"far", "192.0.2.2"};
static const struct interface aside = {"aside", "198.51.100.1"};

/* A group, a socket that joins it, this host and who sends to the group. */
static const struct kind {
	const char *name;
	int (*create)(void);
	int family; /* of the functions: 4 or 6 */
	const char *group, *near, *sources[2];
} kinds[] = {
	{"IPv4",
	 socket_udp4b,
	 4,
	 "239.1.2.3",
	 "192.0.2.1",
	 {"192.0.2.2", "192.0.2.3"}},
	{"IPv6",
	 socket_udp6b,
	 6,
	 "ff05::1:2",
	 "2001:db8::1",
	 {"2001:db8::2", "2001:db8::3"}},
	{"v4-mapped",
	 socket_udp6b,
	 6,
	 "::ffff:239.1.2.3",
	 "::ffff:192.0.2.1",
	 {"::ffff:192.0.2.2", "::ffff:192.0.2.3"}},
	{"v4-mapped on an IPv4 socket",
	 socket_udp4b,
	 6,
	 "::ffff:239.1.2.3",
	 "::ffff:192.0.2.1",
	 {"::ffff:192.0.2.2", "::ffff:192.0.2.3"}},
};

/* Those that join IPv4's group. */
static const struct kind *const ipv4_kinds[] = {&kinds[0], &kinds[2],
						&kinds[3]};

static int is_ipv6(const struct kind *k)
{
	return k->family == 6 && !ip6_isv4mapped(ip6(k->group));
}

static int is_mapped_on_ipv6(const struct kind *k)
{
	return k->create == socket_udp6b && !is_ipv6(k);
}

enum {
	HAVE_JOIN = HAVE(HAVE_IPV6_JOIN_GROUP) ||
		    HAVE(HAVE_IPV6_ADD_MEMBERSHIP),
	/* What IPv4 knows an interface by, from its index. */
	HAVE_INDEX = HAVE(HAVE_STRUCT_IP_MREQN) || have_names()
};

static const char *socket_missing(const struct kind *k)
{
	return k->create == socket_udp6b && !have_ipv6() ? "no IPv6" : NULL;
}

static const char *kind_missing(const struct kind *k)
{
	if (socket_missing(k))
		return socket_missing(k);
	if (is_mapped_on_ipv6(k) && !have_dual_stack())
		return "no dual-stack sockets";
	if (is_ipv6(k))
		return HAVE_JOIN ? missing : "no IPV6_JOIN_GROUP";
	if (k->family == 4)
		return missing;
	if (lost("struct ip_mreqn"))
		return lost("struct ip_mreqn");
	return HAVE_INDEX ? missing : "no struct ip_mreqn";
}

#define need_index()                                                           \
 do {                                                                          \
  skip_if(lost("struct ip_mreqn"));                                            \
  skip_if(lost("IP_MULTICAST_IF"));                                            \
  if (!HAVE_INDEX)                                                             \
   skip("no struct ip_mreqn");                                                 \
 } while (0)

static const char *sources_missing(const struct kind *k)
{
	if (kind_missing(k))
		return kind_missing(k);
	if (!(k->family == 4 ? HAVE(HAVE_IP_ADD_SOURCE_MEMBERSHIP)
			     : HAVE(HAVE_MCAST_JOIN_SOURCE_GROUP)))
		return "no source membership";
	if (is_mapped_on_ipv6(k) && !have_inet_options())
		return NO_INET_OPTIONS;
	return k->family == 4 ? NULL : lost("MCAST_JOIN_SOURCE_GROUP");
}

static const char *sending_missing(const struct kind *k)
{
	if (kind_missing(k))
		return kind_missing(k);
	if (is_mapped_on_ipv6(k) && !have_inet_options())
		return NO_INET_OPTIONS;
	return lost(k->family == 4 ? "IP_MULTICAST_IF" : "IPV6_MULTICAST_IF");
}

/* A test of each kind: that joins, joins sources, sends. */
#define KIND_TEST(name)	  TABLE_TEST(name, k, kinds, kind_missing)
#define SOURCE_TEST(name) TABLE_TEST(name, k, kinds, sources_missing)
#define SENDER_TEST(name) TABLE_TEST(name, k, kinds, sending_missing)

/* ---- the calls, in the kind's family; no interface is the system's ---- */

/* The one that is joined on, or sent by; any is another number for each. */
static uint32_t index_of(const struct interface *i, uint32_t any)
{
	return i ? net_index(i->name) : any;
}

static const char *address_of(const struct interface *i)
{
	return i ? ip4(i->ip) : NULL;
}

static int join(const struct kind *k, int s, const struct interface *i)
{
	if (k->family == 4)
		return socket_mcjoin4(s, ip4(k->group), address_of(i));
	return socket_mcjoin6_if(s, ip6(k->group), index_of(i, 0));
}

static int leave(const struct kind *k, int s)
{
	if (k->family == 4)
		return socket_mcleave4(s, ip4(k->group));
	return socket_mcleave6(s, ip6(k->group));
}

static int leave_if(const struct kind *k, int s, const struct interface *i)
{
	if (k->family == 4)
		return socket_mcleave4_if(s, ip4(k->group), address_of(i));
	return socket_mcleave6_if(s, ip6(k->group), index_of(i, 0));
}

static int join_source(const struct kind *k, int s, const char *source,
		       const struct interface *i)
{
	if (k->family == 4)
		return socket_mcjoin4_source(s, ip4(k->group), ip4(source),
					     address_of(i));
	return socket_mcjoin6_source(s, ip6(k->group), ip6(source),
				     index_of(i, 0));
}

static int leave_source(const struct kind *k, int s, const char *source,
			const struct interface *i)
{
	if (k->family == 4)
		return socket_mcleave4_source(s, ip4(k->group), ip4(source),
					      address_of(i));
	return socket_mcleave6_source(s, ip6(k->group), ip6(source),
				      index_of(i, 0));
}

static int send_by(const struct kind *k, int s, const struct interface *i)
{
	if (k->family == 4)
		return socket_mcinterface4(s, address_of(i));
	return socket_mcinterface6(s, index_of(i, SOCKET_ANY_INTERFACE));
}

static int loop(const struct kind *k, int s, char on)
{
	return k->family == 4 ? socket_mcloop4(s, on) : socket_mcloop6(s, on);
}

static int hops(const struct kind *k, int s, int limit)
{
	return k->family == 4 ? socket_mcttl4(s, (char)limit)
			      : socket_mchops6(s, limit);
}

static ssize_t say(const struct kind *k, int s, const char *what,
		   const char *ip, uint16_t port)
{
	if (k->family == 4)
		return socket_send4(s, what, 5, ip4(ip), port);
	return socket_send6(s, what, 5, ip6(ip), port, 0);
}

/* ---- who hears whom ---- */

static int receiver(const struct kind *k)
{
	int s = k->create();

	ck_assert_int_ge(s, 0);
	assert_gives(0, socket_bind6(s, V6any, 0, 0));
	return s;
}

/* A receiver that has joined the group there. */
static int member(const struct kind *k, const struct interface *i)
{
	int s = receiver(k);

	assert_gives(0, join(k, s, i));
	return s;
}

struct source {
	const struct kind *kind;
	const char *ip;
	int s;
};

static void create_source(void *arg)
{
	struct source *source = arg;
	const struct kind *k = source->kind;

	source->s = k->create();
	if (k->family == 4)
		assert_gives(0, socket_bind4(source->s, ip4(source->ip), 0));
	else
		assert_gives(0, socket_bind6(source->s, ip6(source->ip), 0, 0));
}

static int far_source(const struct kind *k, int which)
{
	struct source source = {k, k->sources[which], -1};

	far_run(create_source, &source);
	return source.s;
}

static void assert_next(const char *what, int r)
{
	char buf[8] = "";

	ck_assert(readable(r, 2000));
	assert_gives(5, socket_recv6(r, buf, sizeof buf, NULL, NULL, NULL));
	ck_assert_str_eq(buf, what);
}

/* r hears what s sends to the group. */
static void assert_hears(const struct kind *k, int r, int s)
{
	assert_gives(5, say(k, s, "group", k->group, port_of(r)));
	assert_next("group", r);
}

/* r does not: what it hears first was sent to it alone, and later. */
static void assert_deaf(const struct kind *k, int r, int s, const char *ip)
{
	assert_gives(5, say(k, s, "group", k->group, port_of(r)));
	assert_gives(5, say(k, s, "alone", ip, port_of(r)));
	assert_next("alone", r);
}

/* ---- join and leave ---- */

CASE("groups")
SETUP(make_network)

KIND_TEST(a_group_is_heard_once_it_is_joined)
{
	int r = receiver(k);
	int s = far_source(k, 0);

	assert_deaf(k, r, s, k->near);
	assert_gives(0, join(k, r, &near));
	assert_hears(k, r, s);
}

/* libowfat ignores the index for a v4-mapped group. */
KIND_TEST(a_group_is_heard_on_the_interface_it_was_joined_on)
{
	int r = member(k, &aside);

	assert_deaf(k, r, far_source(k, 0), k->near);
}

KIND_TEST(a_group_that_was_left_is_heard_no_more)
{
	int r = member(k, &near);
	int s = far_source(k, 0);

	assert_hears(k, r, s);
	assert_gives(0, leave_if(k, r, &near));
	assert_deaf(k, r, s, k->near);
}

KIND_TEST(a_group_is_left_on_the_interface_that_was_named)
{
	int r = member(k, &near);

	assert_gives(0, join(k, r, &aside));
	assert_gives(0, leave_if(k, r, &aside));
	assert_hears(k, r, far_source(k, 0));
	assert_fails(EADDRNOTAVAIL, leave_if(k, r, &aside));
}

/* libowfat's form, whose index is an int. */
KIND_TEST(the_same_group_is_joined_by_an_int)
{
	int r = receiver(k);

	if (k->family == 4)
		return;
	assert_gives(0,
		     socket_mcjoin6(r, ip6(k->group), (int)net_index("near")));
	assert_fails(EADDRINUSE, join(k, r, &near));
}

TEST(an_ipv4_group_is_joined_and_left_by_index)
{
	const struct kind *k = &kinds[0];
	const char *group = ip4(k->group);
	int r, s;

	need_network();
	need_index();
	r = receiver(k);
	s = far_source(k, 0);
	assert_gives(0, socket_mcjoin4_index(r, group, net_index("near")));
	assert_hears(k, r, s);
	assert_fails(EADDRINUSE,
		     socket_mcjoin4_index(r, group, net_index("near")));
	assert_fails(EADDRNOTAVAIL,
		     socket_mcleave4_index(r, group, net_index("aside")));
	assert_hears(k, r, s);
	assert_gives(0, socket_mcleave4_index(r, group, net_index("near")));
	assert_deaf(k, r, s, k->near);
	assert_fails(ENODEV, socket_mcjoin4_index(r, group, 4711));
}

/* Another socket of this host has joined it. */
KIND_TEST(the_groups_of_others_are_heard_or_not)
{
	int r, s;

	need(HAVE_IP_MULTICAST_ALL);
	need(HAVE_IPV6_MULTICAST_ALL);
	member(k, &near);
	r = receiver(k);
	s = far_source(k, 0);
	assert_gives(0, socket_mcall(r, 7)); /* as 1 */
	assert_hears(k, r, s);
	assert_gives(0, socket_mcall(r, 0));
	assert_deaf(k, r, s, k->near);
	assert_gives(0, join(k, r, &near));
	assert_hears(k, r, s);
}

KIND_TEST(without_an_interface_the_system_chooses)
{
	int r = member(k, NULL);

	assert_gives(0, leave(k, r));
	assert_fails(EADDRNOTAVAIL, leave(k, r));
}

/* Linux looks for IPv4's where its route leads: aside. */
KIND_TEST(a_group_is_left_where_the_system_looks_for_it)
{
	int r = member(k, &near);

	if (is_ipv6(k))
		assert_gives(0, leave(k, r));
	else
		assert_fails(EADDRNOTAVAIL, leave(k, r));
}

KIND_TEST(a_group_is_joined_once)
{
	int r = member(k, &near);

	assert_fails(EADDRINUSE, join(k, r, &near));
	assert_gives(0, join(k, r, &aside));
}

KIND_TEST(a_group_that_was_not_joined_cannot_be_left)
{
	assert_fails(EADDRNOTAVAIL, leave_if(k, receiver(k), &near));
}

KIND_TEST(an_address_that_is_no_group_is_refused)
{
	struct kind host = *k;

	host.group = k->near;
	assert_fails(EINVAL, join(&host, receiver(k), &near));
	if (!sources_missing(k))
		assert_fails(EINVAL, join_source(&host, receiver(k),
						 k->sources[0], &near));
}

TEST(an_unknown_interface_is_refused)
{
	const char *nobody = ip4("203.0.113.1");
	const char *group = ip4("239.1.2.3");

	need_network();
	assert_fails(ENODEV, socket_mcjoin4(socket_udp4(), group, nobody));
	assert_fails(ENODEV, socket_mcjoin6(socket_udp4(),
					    ip6("::ffff:239.1.2.3"), 4711));
	need_ipv6();
	if (!HAVE_JOIN)
		skip("no IPV6_JOIN_GROUP");
	assert_fails(ENODEV,
		     socket_mcjoin6(socket_udp6(), ip6("ff05::1:2"), 4711));
}

TEST(an_unknown_interface_sends_nothing)
{
	const char *nobody = ip4("203.0.113.1");

	need_network();
	skip_if(lost("IP_MULTICAST_IF"));
	assert_fails(EADDRNOTAVAIL, socket_mcinterface4(socket_udp4(), nobody));
	need_ipv6();
	assert_fails(ENODEV, socket_mcinterface6(socket_udp6(), 4711));
	assert_fails(ENODEV, socket_mcinterface6(socket_udp4(), 4711));
}

/* ---- sources ---- */

SOURCE_TEST(a_group_is_heard_from_the_sources_that_were_joined)
{
	int r = receiver(k);
	int one = far_source(k, 0);
	int two = far_source(k, 1);

	assert_gives(0, join_source(k, r, k->sources[0], &near));
	assert_hears(k, r, one);
	assert_deaf(k, r, two, k->near);
	assert_gives(0, join_source(k, r, k->sources[1], &near));
	assert_hears(k, r, two);
}

SOURCE_TEST(a_source_that_was_left_is_heard_no_more)
{
	int r = receiver(k);
	int one = far_source(k, 0);
	int two = far_source(k, 1);

	assert_gives(0, join_source(k, r, k->sources[0], &near));
	assert_gives(0, join_source(k, r, k->sources[1], &near));
	assert_gives(0, leave_source(k, r, k->sources[0], &near));
	assert_deaf(k, r, one, k->near);
	assert_hears(k, r, two);
}

SOURCE_TEST(a_source_is_joined_on_the_interface_that_was_named)
{
	int r = receiver(k);

	assert_gives(0, join_source(k, r, k->sources[0], &aside));
	assert_deaf(k, r, far_source(k, 0), k->near);
}

TEST(a_source_is_of_the_groups_family)
{
	const char *group = ip6("ff05::1:2"), *source = ip6("2001:db8::2");
	const char *group4 = ip6("::ffff:239.1.2.3");
	const char *source4 = ip6("::ffff:192.0.2.2");
	int s = socket_udp6();

	count_calls();
	assert_fails(EAFNOSUPPORT, socket_mcjoin6_source(s, group, source4, 0));
	assert_fails(EAFNOSUPPORT, socket_mcjoin6_source(s, group4, source, 0));
	assert_fails(EAFNOSUPPORT,
		     socket_mcleave6_source(s, group, source4, 0));
	assert_fails(EAFNOSUPPORT,
		     socket_mcleave6_source(s, group4, source, 0));
	ck_assert_int_eq(all_calls(), 0);
}

/* ---- how groups are sent to ---- */

struct listener {
	const struct kind *kind;
	int s;
};

static void create_listener(void *arg)
{
	struct listener *l = arg;

	l->s = member(l->kind, &far);
}

static int far_listener(const struct kind *k)
{
	struct listener l = {k, -1};

	far_run(create_listener, &l);
	return l.s;
}

static int sender(const struct kind *k, const struct interface *i)
{
	int s = k->create();

	assert_gives(0, send_by(k, s, i));
	return s;
}

SENDER_TEST(a_group_is_sent_to_by_the_interface_that_was_chosen)
{
	int r = far_listener(k);
	int s = sender(k, &near);

	assert_hears(k, r, s);
	assert_gives(0, send_by(k, s, &aside));
	assert_deaf(k, r, s, k->sources[0]);
}

/* The route to IPv4's groups leads aside. */
LOOP_TEST(the_choice_of_the_interface_is_given_back_to_the_system,
	  LENGTH(ipv4_kinds))
{
	const struct kind *k = ipv4_kinds[_i];
	int r, s;

	skip_if(sending_missing(k));
	r = far_listener(k);
	s = sender(k, &near);
	assert_gives(0, send_by(k, s, NULL));
	assert_deaf(k, r, s, k->sources[0]);
}

SENDER_TEST(this_host_hears_what_it_sends_if_it_wants_to)
{
	int r = member(k, &near);
	int s = sender(k, &near);

	assert_gives(0, loop(k, s, 0));
	assert_deaf(k, r, s, k->near);
	assert_gives(0, loop(k, s, 1));
	assert_hears(k, r, s);
}

/* The options of IPv4, and of IPv6 beside them. */
static const struct side {
	int level, hops, loop;
} sides[] = {
	{IPPROTO_IP, IP_MULTICAST_TTL, IP_MULTICAST_LOOP},
	{IPPROTO_IPV6, IPV6_MULTICAST_HOPS, IPV6_MULTICAST_LOOP},
};

/* Of IPv6's options gVisor takes a value, and does not tell it. */
static int has_side(const struct kind *k, const struct side *side)
{
	int is_6 = k->create == socket_udp6b;

	return side->level == IPPROTO_IP ? !is_6 || have_inet_options()
					 : is_6 && !on_gvisor();
}

static const int limits[] = {0, 1, 127, 128, 200, 255};

CASE("values")

/* libowfat's 6 forms pass a byte where an int is asked for: EINVAL, always. */
TABLE_BY_TEST(the_hop_limit_is_0_to_255, k, kinds, socket_missing, limit,
	      limits)
{
	const struct side *side;
	int s = k->create();

	assert_gives(0, hops(k, s, *limit));
	for (side = sides; side < sides + LENGTH(sides); side++)
		if (has_side(k, side))
			ck_assert_int_eq(option_of(s, side->level, side->hops),
					 *limit);
}

/* Linux would take any other value, and set 1. */
TEST(a_loop_is_0_or_1)
{
	static const char values[] = {2, 127};

	for (size_t i = 0; i < LENGTH(values); i++) {
		assert_fails(EINVAL, socket_mcloop4(socket_udp4(), values[i]));
		assert_fails(EINVAL, socket_mcloop6(socket_udp4(), values[i]));
		assert_fails(EINVAL, socket_mcloop6(socket_udp6(), values[i]));
	}
}

static const int switches[] = {0, 1};

TABLE_BY_TEST(the_loop_is_on_or_off, k, kinds, socket_missing, on, switches)
{
	const struct side *side;
	int s = k->create();

	assert_gives(0, loop(k, s, (char)!*on));
	assert_gives(0, loop(k, s, (char)*on));
	for (side = sides; side < sides + LENGTH(sides); side++)
		if (has_side(k, side))
			ck_assert_int_eq(option_of(s, side->level, side->loop),
					 *on);
}

/* A char cannot say 128 to 255 without a warning, or be out of range. */
TEST(the_hop_limit_is_an_int_or_an_unsigned_char)
{
	int s = socket_udp4();

	for (int limit = 0; limit < 256; limit++) {
		assert_gives(0, socket_mchopcount6(s, (char)limit));
		ck_assert_int_eq(option_of(s, IPPROTO_IP, IP_MULTICAST_TTL),
				 limit);
	}
	assert_fails(EINVAL, socket_mchops6(s, -1));
	assert_fails(EINVAL, socket_mchops6(s, 256));
	assert_fails(EINVAL, socket_mchops6(s, INT_MAX));
	assert_fails(EINVAL, socket_mchops6(s, INT_MIN));
	ck_assert_int_eq(option_of(s, IPPROTO_IP, IP_MULTICAST_TTL), 255);
}

TEST(an_ipv4_socket_has_no_groups_of_ipv6)
{
	int s = socket_udp4();

	assert_fails(EAFNOSUPPORT, socket_mcjoin6(s, ip6("ff02::5"), 1));
	assert_fails(EAFNOSUPPORT, socket_mcleave6(s, ip6("ff02::5")));
}

TEST(that_ipv4s_groups_cannot_be_chosen_is_reported_of_an_ipv4_socket)
{
	need(HAVE_IP_MULTICAST_ALL);
	need(HAVE_IPV6_MULTICAST_ALL);
	fail_option(IPPROTO_IP, IP_MULTICAST_ALL, EPERM);
	assert_fails(EPERM, socket_mcall(socket_udp4(), 0));
	need_ipv6();
	assert_gives(0, socket_mcall(socket_udp6(), 0));
	fail_option(IPPROTO_IPV6, IPV6_MULTICAST_ALL, EPERM);
	assert_fails(EPERM, socket_mcall(socket_udp6(), 0));
}

TEST(that_ipv4s_option_fails_is_reported_of_an_ipv4_socket)
{
	fail_option(IPPROTO_IP, IP_MULTICAST_TTL, EPERM);
	assert_fails(EPERM, socket_mchops6(socket_udp4(), 9));
	assert_fails(EPERM, socket_mchopcount6(socket_udp4(), 9));
	fail_option(IPPROTO_IP, IP_MULTICAST_LOOP, EPERM);
	assert_fails(EPERM, socket_mcloop6(socket_udp4(), 0));
	skip_if(lost("IP_MULTICAST_IF"));
	fail_option(IPPROTO_IP, IP_MULTICAST_IF, EPERM);
	assert_fails(EPERM,
		     socket_mcinterface6(socket_udp4(), SOCKET_ANY_INTERFACE));
}

/* What socket_getifidx gives for a name that no interface has. */
TEST(no_interface_is_not_any_interface)
{
	int s = socket_udp4();

	count_calls();
	assert_fails(ENODEV, socket_mcinterface6(s, socket_getifidx("wg0")));
	ck_assert_int_eq(calls(CALL_SETSOCKOPT), 0);
}

TEST(any_interface_is_the_systems_choice_again)
{
	int s = socket_udp6();

	need_ipv6();
	skip_if(lost("IPV6_MULTICAST_IF"));
	if (on_gvisor())
		skip("IPV6_MULTICAST_IF cannot be read");
	assert_gives(0, socket_mcinterface6(s, net_index(LO)));
	assert_gives(0, socket_mcinterface6(s, SOCKET_ANY_INTERFACE));
	ck_assert_int_eq(option_of(s, IPPROTO_IPV6, IPV6_MULTICAST_IF), 0);
}

/* Linux would join, and the socket hear nothing. */
TEST(a_socket_of_ipv6_alone_joins_no_group_of_ipv4)
{
	int s = socket_udp6_flags(SOCKET_V6ONLY);
	const char *group = ip6("::ffff:239.1.2.3");

	need_ipv6();
	if (s == -1)
		skip("no IPV6_V6ONLY");
	assert_fails(EINVAL, socket_mcjoin6(s, group, (int)net_index(LO)));
	assert_fails(EINVAL,
		     socket_mcjoin6_source(s, group, ip6("::ffff:127.0.0.1"),
					   net_index(LO)));
}

extern int noipv6;

/* The example of socket_mcjoin6(3). */
TEST(without_ipv6_a_6_socket_sends_and_hears_groups)
{
	const char *group = ip6("::ffff:239.255.0.1");
	uint32_t index = net_index(LO);
	char buf[5];
	int s;

	need_index();
	noipv6 = 1;
	s = socket_udp6b();
	assert_gives(0, socket_bind6(s, NULL, 0, 0));
	assert_gives(0, socket_mcjoin6(s, group, (int)index));
	assert_gives(0, socket_mcinterface6(s, index));
	assert_gives(0, socket_mchops6(s, 0));
	assert_gives(5, socket_send6(s, "hello", 5, group, port_of(s), index));
	ck_assert(readable(s, 2000));
	assert_gives(5, socket_recv6(s, buf, 5, NULL, NULL, NULL));
}

TEST(that_ipv4s_option_fails_is_not_reported)
{
	need_ipv6();
	fail_option(IPPROTO_IP, IP_MULTICAST_TTL, EPERM);
	assert_gives(0, socket_mchopcount6(socket_udp6(), 9));
	fail_option(IPPROTO_IP, IP_MULTICAST_LOOP, EPERM);
	assert_gives(0, socket_mcloop6(socket_udp6(), 0));
	skip_if(lost("IPV6_MULTICAST_IF"));
	fail_option(IPPROTO_IP, IP_MULTICAST_IF, EPERM);
	assert_gives(0, socket_mcinterface6(socket_udp6(), net_index(LO)));
}

/* A 6 function with a group of each family. */
LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);

	for (const struct kind *k = kinds; k < kinds + LENGTH(kinds); k++) {
		assert_fails(bad.error, join(k, bad.fd, NULL));
		assert_fails(bad.error, leave(k, bad.fd));
		assert_fails(bad.error, leave_if(k, bad.fd, NULL));
		assert_fails(bad.error, loop(k, bad.fd, 1));
		assert_fails(bad.error, hops(k, bad.fd, 1));
	}
	if (HAVE(HAVE_STRUCT_IP_MREQN)) {
		const char *group = ip4("239.1.2.3");

		assert_fails(bad.error, socket_mcjoin4_index(bad.fd, group, 0));
		assert_fails(bad.error,
			     socket_mcleave4_index(bad.fd, group, 0));
	}
	if (HAVE(HAVE_IP_MULTICAST_ALL) && !lost("IPV6_MULTICAST_ALL"))
		assert_fails(bad.error, socket_mcall(bad.fd, 0));
}

LOOP_TEST(bad_descriptors_join_no_source, BADS)
{
	struct bad bad = bad_descriptor(_i);

	skip_if(lost("MCAST_JOIN_SOURCE_GROUP"));
	for (const struct kind *k = kinds; k < kinds + LENGTH(kinds); k++) {
		assert_fails(bad.error,
			     join_source(k, bad.fd, k->sources[0], NULL));
		assert_fails(bad.error,
			     leave_source(k, bad.fd, k->sources[0], NULL));
	}
}

LOOP_TEST(bad_descriptors_send_by_no_interface, BADS)
{
	struct bad bad = bad_descriptor(_i);

	skip_if(lost("IP_MULTICAST_IF"));
	for (const struct kind *k = kinds; k < kinds + LENGTH(kinds); k++)
		assert_fails(bad.error, send_by(k, bad.fd, NULL));
}

#include "check_multicast.list"
