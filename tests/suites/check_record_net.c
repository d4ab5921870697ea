/* SPDX-License-Identifier: ISC */
/*
 * check_record_net.c - records over real interfaces.
 *
 * The server is near, with two addresses of each family; its clients are far,
 * at the other end of a link.
 */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>
#include <stdio.h>

enum { RECORDS = 64 };
static struct socket_datagram6 grams[RECORDS];
static struct socket_report6 reports[RECORDS];
static char bytes[200000], buf[300000];

#define need_hosts()                                                           \
 do {                                                                          \
  skip_if(net_hosts());                                                        \
  for (size_t i_ = 0; i_ < sizeof bytes; i_++)                                 \
   bytes[i_] = (char)(i_ % 251 + i_ / 251);                                    \
 } while (0)

/* A server of both families, or of IPv4 alone, that asks for all it can. */
enum server { DUAL, IPV4_ALONE, SERVERS };

static int server_of(enum server which, int what)
{
	static const struct place all[] = {{"dual-stack", "::", 6, 0},
					   {"IPv4", "0.0.0.0", 4, 0}};
	int s = bound_at(&all[which]);

	ck_assert_int_ge(socket_recvinfo6(s, what), 0);
	return s;
}

struct client {
	const char *ip; /* it is bound there */
	int s;
};

static void make_client(void *arg)
{
	struct client *c = arg;
	const struct place at = {"", c->ip, strchr(c->ip, ':') ? 6 : 4, 0};

	c->s = bound_at(&at);
	socket_recvinfo6(c->s, SOCKET_INFO_LOCAL);
}

/* A socket that is far. */
static int client_at(const char *ip)
{
	struct client c = {.ip = ip};

	far_run(make_client, &c);
	return c.s;
}

static struct socket_datagram6 record(const char *ip, uint16_t port, size_t len)
{
	struct socket_datagram6 g;

	memset(&g, 0, sizeof g);
	memcpy(g.peer.ip, ip6(ip), 16);
	g.peer.port = port;
	g.len = (uint32_t)len;
	return g;
}

static void send_one(int s, const struct socket_datagram6 *g)
{
	grams[0] = *g;
	assert_gives(1, socket_sendmany6(s, bytes, sizeof bytes, grams, 1));
}

/* The next record at s. */
static struct socket_datagram6 *received(int s)
{
	ck_assert_msg(readable(s, 10000), "nothing arrives");
	memset(grams, 0x5a, sizeof grams);
	assert_gives(1, socket_recvmany6(s, buf, 65535, grams, 1));
	return grams;
}

/* Sends what was received back, and receives it. */
static struct socket_datagram6 *answered(int s, int client)
{
	assert_gives(1, socket_sendmany6(s, buf, 65535, grams, 1));
	return received(client);
}

#define need_local()                                                           \
 do {                                                                          \
  if (!HAVE(HAVE_IP_RECVDSTADDR))                                              \
   need(HAVE_IP_PKTINFO);                                                      \
  need(HAVE_IPV6_RECVPKTINFO);                                                 \
  need_hosts();                                                                \
 } while (0)

CASE("source")

static const struct asked {
	enum server server;
	const char *client, *at, *seen;
} asked[] = {
	{IPV4_ALONE, FAR4, NEAR4, "::ffff:" NEAR4},
	{IPV4_ALONE, FAR4, NEAR4_TOO, "::ffff:" NEAR4_TOO},
	{DUAL, FAR4, NEAR4, "::ffff:" NEAR4},
	{DUAL, FAR4, NEAR4_TOO, "::ffff:" NEAR4_TOO},
	{DUAL, FAR6, NEAR6, NEAR6},
	{DUAL, FAR6, NEAR6_TOO, NEAR6_TOO},
};

TABLE_TEST(the_answer_comes_from_the_address_that_was_asked, x, asked,
	   nothing_missing)
{
	struct socket_datagram6 g;
	int s, client;

	need_local();
	if (x->server == DUAL && !have_mapped_local())
		skip(NO_MAPPED_LOCAL);
	s = server_of(x->server, SOCKET_INFO_LOCAL);
	client = client_at(x->client);
	g = record(x->seen, port_of(s), 5);
	send_one(client, &g);
	g = *received(s);
	assert_ip6(x->seen, g.local.ip);
	if (HAVE(HAVE_IP_PKTINFO) || x->server == DUAL)
		ck_assert_uint_eq(g.ifindex, net_index("near"));
	ck_assert_uint_eq(g.flags, 0);
	assert_ip6(x->seen, answered(s, client)->peer.ip);
}

/* Where a group, or everybody, is asked. */
static const struct group {
	enum server server;
	const char *client, *at;
} groups[] = {
	{IPV4_ALONE, FAR4, "::ffff:224.0.0.251"},
	{DUAL, FAR4, "::ffff:224.0.0.251"},
	{DUAL, FAR6, "ff02::fb"},
	{IPV4_ALONE, FAR4, "::ffff:255.255.255.255"},
	{DUAL, FAR4, "::ffff:255.255.255.255"},
	{IPV4_ALONE, FAR4, "::ffff:192.0.2.255"},
	{DUAL, FAR4, "::ffff:192.0.2.255"},
};

static void join(int s, const struct group *x)
{
	if (strstr(x->at, "224."))
		assert_gives(0, socket_mcjoin6(s, ip6(x->at),
					       (int)net_index("near")));
	if (strstr(x->at, "ff02"))
		assert_gives(0, socket_mcjoin6(s, ip6(x->at),
					       (int)net_index("near")));
}

static void ask_group(void *arg)
{
	struct client *c = arg;

	socket_broadcast(c->s);
	grams[0].flags = SOCKET_DATAGRAM_INTERFACE;
	grams[0].ifindex = net_index("far");
	grams[0].peer.scope_id = grams[0].peer.ip[0] == '\xff'
					 ? net_index("far")
					 : 0;
	assert_gives(1, socket_sendmany6(c->s, bytes, 5, grams, 1));
}

TABLE_TEST(who_asks_a_group_is_answered_by_one_on_that_interface, x, groups,
	   nothing_missing)
{
	struct socket_datagram6 g;
	struct client c;
	int s;

	need_local();
	need(HAVE_IPI_SPEC_DST);
	/* Only IP_PKTINFO tells a subnet's broadcast address from others. */
	if (x->server == DUAL && strstr(x->at, ".255") && !have_inet_options())
		skip(NO_INET_OPTIONS);
	s = server_of(x->server, SOCKET_INFO_LOCAL);
	join(s, x);
	c.s = client_at(x->client);
	grams[0] = record(x->at, port_of(s), 5);
	far_run(ask_group, &c);
	g = *received(s);
	assert_ip6(x->at, g.local.ip);
	ck_assert_uint_eq(g.flags, SOCKET_DATAGRAM_GROUP);
	ck_assert_uint_eq(g.ifindex, net_index("near"));
	ck_assert_uint_eq(g.local.scope_id,
			  x->client[4] == ':' ? net_index("near") : 0);
	g = *answered(s, c.s);
	ck_assert_mem_ne(g.peer.ip, ip6(x->at), 16);
	ck_assert_uint_eq(g.peer.port, port_of(s));
}

/* Nothing but the flag tells a subnet's broadcast address from others. */
TEST(a_broadcast_address_is_no_source)
{
	struct socket_datagram6 g;
	int s;

	need_local();
	s = server_of(DUAL, 0);
	g = record("::ffff:" FAR4, 9, 5);
	memcpy(g.local.ip, ip6("::ffff:192.0.2.255"), 16);
	assert_fails(ENETUNREACH, socket_sendmany6(s, bytes, 5, &g, 1));
	g.flags = SOCKET_DATAGRAM_GROUP;
	g.ifindex = net_index("near");
	assert_gives(1, socket_sendmany6(s, bytes, 5, &g, 1));
}

static const struct foreign {
	const char *from, *to;
	int error;
} foreigners[] = {
	{"::ffff:198.51.100.1", "::ffff:" FAR4, ENETUNREACH},
	{"2001:db8:1::1", FAR6, EINVAL},
};

TABLE_TEST(an_address_of_another_host_is_no_source, x, foreigners,
	   nothing_missing)
{
	struct socket_datagram6 g;

	need_local();
	g = record(x->to, 9, 5);
	memcpy(g.local.ip, ip6(x->from), 16);
	assert_fails(x->error,
		     socket_sendmany6(server_of(DUAL, 0), bytes, 5, &g, 1));
}

TEST(a_broadcast_has_to_be_allowed)
{
	struct socket_datagram6 g;
	int s;

	need_hosts();
	s = server_of(DUAL, 0);
	g = record("::ffff:192.0.2.255", 9, 5);
	assert_fails(EACCES, socket_sendmany6(s, bytes, 5, &g, 1));
	assert_gives(0, socket_broadcast(s));
	assert_gives(1, socket_sendmany6(s, bytes, 5, &g, 1));
}

static void ask_link_local(void *arg)
{
	struct client *c = arg;

	grams[0].peer.scope_id = net_index("far");
	assert_gives(1, socket_sendmany6(c->s, bytes, 5, grams, 1));
}

TEST(link_local_addresses_have_their_interface)
{
	struct socket_datagram6 g;
	struct client c;
	int s;

	need_local();
	need(HAVE_SIN6_SCOPE_ID);
	s = server_of(DUAL, SOCKET_INFO_LOCAL);
	c.s = client_at("::");
	grams[0] = record("fe80::1", port_of(s), 5);
	far_run(ask_link_local, &c);
	g = *received(s);
	assert_ip6("fe80::1", g.local.ip);
	assert_ip6("fe80::9", g.peer.ip);
	ck_assert_uint_eq(g.local.scope_id, net_index("near"));
	ck_assert_uint_eq(g.peer.scope_id, net_index("near"));
	assert_ip6("fe80::1", answered(s, c.s)->peer.ip);
}

/* ---- ways out ---- */

CASE("ways")

/* The way out of a datagram to there can be said. */
#define need_interface_to(ip)                                                  \
 do {                                                                          \
  if (ip6_isv4mapped(ip6(ip)))                                                 \
   need(HAVE_IP_PKTINFO);                                                      \
 } while (0)

struct name_of {
	const char *name;
	uint32_t index;
};

static void look_up(void *arg)
{
	struct name_of *x = arg;

	x->index = net_index(x->name);
}

static uint32_t far_index_of(const char *name)
{
	struct name_of x = {.name = name};

	far_run(look_up, &x);
	return x.index;
}

/* The client's network is behind both links, and the route is by the second. */
static void make_asymmetric(void)
{
	net_link("near2", "far2");
	net_address("near2", "203.0.113.1", 24);
	far_address("far2", "203.0.113.9", 24);
	far_address("lo", "198.51.100.9", 32);
	net_ip("route add 198.51.100.0/24 via 203.0.113.9");
	net_sysctl("net/ipv4/conf/all/rp_filter", "0");
	net_sysctl("net/ipv4/conf/near/rp_filter", "0");
	far_do("echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter");
	far_do("echo 0 >/proc/sys/net/ipv4/conf/far2/rp_filter");
	far_do("echo 0 >/proc/sys/net/ipv4/conf/far/rp_filter");
	far_do("ip route add 192.0.2.1 dev far src 198.51.100.9");
}

LOOP_TEST(an_answer_takes_the_route_and_not_the_interface_it_came_by, SERVERS)
{
	struct socket_datagram6 g;
	int s, client;

	need(HAVE_IP_PKTINFO);
	need_local();
	need_sysctls();
	make_asymmetric();
	s = server_of((enum server)_i, SOCKET_INFO_LOCAL);
	client = client_at("198.51.100.9");
	g = record("::ffff:" NEAR4, port_of(s), 5);
	send_one(client, &g);
	g = *received(s);
	ck_assert_uint_eq(g.ifindex, net_index("near"));
	g = *answered(s, client);
	assert_ip6("::ffff:" NEAR4, g.peer.ip);
	ck_assert_uint_eq(g.ifindex, far_index_of("far2"));
}

/* What INTERFACE is for: there need be no route at all. */
LOOP_TEST(unless_the_interface_is_asked_for, SERVERS)
{
	struct socket_datagram6 g;
	int s, client;

	need(HAVE_IP_PKTINFO);
	need_local();
	need_sysctls();
	make_asymmetric();
	net_ip("route add 198.51.100.0/24 via " FAR4 " metric 100");
	s = server_of((enum server)_i, SOCKET_INFO_LOCAL);
	client = client_at("198.51.100.9");
	g = record("::ffff:" NEAR4, port_of(s), 5);
	send_one(client, &g);
	received(s)->flags |= SOCKET_DATAGRAM_INTERFACE;
	g = *answered(s, client);
	assert_ip6("::ffff:" NEAR4, g.peer.ip);
	ck_assert_uint_eq(g.ifindex, far_index_of("far"));
}

/*
 * A VRF is a device with routes of its own for the links that are in it. Few
 * kernels have it: without it there is no such test.
 */
static int vrf_asked(void)
{
	return access("/sys/module/vrf", F_OK) == 0 ? 2 : 0;
}

/* Moves near into one. Its IPv6 addresses would be lost by that. */
static void put_near_into_a_vrf(void)
{
	net_ip("link add red type vrf table 1000");
	net_up("red");
	net_do("ip -6 addr flush dev near");
	net_ip("link set near master red");
	net_address("near", NEAR6, 64);
	net_sysctl("net/ipv4/udp_l3mdev_accept", "1");
}

/* Without INTERFACE the route is looked for outside of it, and is not there. */
LOOP_TEST(a_server_outside_of_a_vrf_answers_into_it_by_the_interface,
	  vrf_asked())
{
	const struct asked *x = _i ? &asked[4] : &asked[2];
	struct socket_datagram6 g;
	int s, client;

	need_local();
	need_sysctls();
	put_near_into_a_vrf();
	s = server_of(DUAL, SOCKET_INFO_LOCAL);
	client = client_at(x->client);
	g = record(x->seen, port_of(s), 5);
	send_one(client, &g);
	g = *received(s);
	assert_ip6(x->seen, g.local.ip);
	ck_assert_uint_eq(g.ifindex, net_index("near"));
	assert_gives(-1, socket_sendmany6(s, buf, 65535, grams, 1));
	grams[0].flags |= SOCKET_DATAGRAM_INTERFACE;
	assert_ip6(x->seen, answered(s, client)->peer.ip);
}

static const struct nowhere {
	const char *to;
	int error;
} nowheres[] = {
	{"::ffff:" FAR4, ENODEV},
	{FAR6, ENODEV},
};

TABLE_TEST(an_interface_that_is_not_there_is_enodev, x, nowheres,
	   nothing_missing)
{
	struct socket_datagram6 g;

	need_local();
	need_interface_to(x->to);
	g = record(x->to, 9, 5);
	g.flags = SOCKET_DATAGRAM_INTERFACE;
	g.ifindex = 4711;
	assert_fails(x->error,
		     socket_sendmany6(server_of(DUAL, 0), bytes, 5, &g, 1));
}

static const char *const unrouted[] = {"::ffff:203.0.113.1", "2001:db8:9::1"};

LOOP_TEST(without_a_route_it_is_enetunreach, LENGTH(unrouted))
{
	struct socket_datagram6 g;

	need_hosts();
	g = record(unrouted[_i], 9, 5);
	assert_fails(ENETUNREACH,
		     socket_sendmany6(server_of(DUAL, 0), bytes, 5, &g, 1));
}

/* One connected to an IPv4 address is asked which family it is. */
static const char *const connected_to[] = {"::ffff:" FAR4, FAR6};

LOOP_TEST(a_connected_socket_can_be_told_the_interface, LENGTH(connected_to))
{
	struct socket_datagram6 g;
	int s, client;

	need_local();
	need_interface_to(connected_to[_i]);
	client = client_at(_i ? FAR6 : FAR4);
	s = socket_udp6b();
	assert_gives(0, socket_connect6(s, ip6(connected_to[_i]),
					port_of(client), 0));
	g = record("::", 0, 5);
	g.flags = SOCKET_DATAGRAM_INTERFACE;
	g.ifindex = net_index("near");
	send_one(s, &g);
	received(client);
}

/* ---- marks ---- */

CASE("marks")

static const struct marked {
	const char *name, *client, *to, *rule;
} marked[] = {
	{"IPv4", FAR4, "::ffff:" NEAR4, "ip ecn ect0 ip ecn set ce"},
	{"IPv6", FAR6, NEAR6, "ip6 ecn ect0 ip6 ecn set ce"},
};

/* A rule of nft's at one of its hooks; why there is none. */
static const char *filter(const char *hook, const char *rule)
{
	if (system("nft add table inet t 2>/dev/null") != 0)
		return "no nft";
	net_do("nft 'add chain inet t c { type filter hook %s priority 0; }'",
	       hook);
	net_do("nft 'add rule inet t c %s'", rule);
	return NULL;
}

/* A router that is congested, on the way in. */
static const char *mark(const char *rule)
{
	return filter("prerouting", rule);
}

TABLE_TEST(what_a_router_marks_is_seen, x, marked, nothing_missing)
{
	struct socket_datagram6 g;
	int s, client;

	need_local();
	need(HAVE_IPV6_RECVTCLASS);
	need(HAVE_IP_RECVTOS);
	need(HAVE_IPV6_TCLASS);
	if (x == &marked[0] && !have_inet_options())
		skip(NO_INET_OPTIONS);
	skip_if(mark(x->rule));
	s = server_of(DUAL, SOCKET_INFO_TCLASS);
	client = client_at(x->client);
	g = record(x->to, port_of(s), 5);
	g.flags = SOCKET_DATAGRAM_TCLASS;
	g.tclass = 2; /* ECT(0) */
	send_one(client, &g);
	ck_assert_int_eq(received(s)->tclass, 3);
	g.tclass = 1; /* ECT(1) is not marked here */
	send_one(client, &g);
	ck_assert_int_eq(received(s)->tclass, 1);
}

/* All in one record have the same fields. */
TABLE_TEST(segments_of_different_marks_do_not_share_a_record, x, marked,
	   nothing_missing)
{
	int s, client, seen[4] = {0};

	need_local();
	need(HAVE_UDP_GRO);
	need(HAVE_IPV6_TCLASS);
	need(HAVE_IPV6_RECVTCLASS);
	if (x == &marked[0] && !have_inet_options())
		skip(NO_INET_OPTIONS);
	s = server_of(DUAL, SOCKET_INFO_TCLASS | SOCKET_INFO_SEGMENTS);
	client = client_at(x->client);
	for (int i = 0; i < 8; i++) {
		grams[i] = record(x->to, port_of(s), 3000);
		grams[i].segment = 1000;
		grams[i].flags = SOCKET_DATAGRAM_TCLASS;
		grams[i].tclass = (int16_t)(i % 2);
	}
	assert_gives(8, socket_sendmany6(client, bytes, 3000, grams, 8));
	while (seen[0] + seen[1] < 24000) {
		struct socket_datagram6 *g = received(s);

		ck_assert(g->tclass == 0 || g->tclass == 1);
		seen[g->tclass] += (int)g->len;
	}
	ck_assert_int_eq(seen[0], 12000);
	ck_assert_int_eq(seen[1], 12000);
}

/* ---- queues ---- */

CASE("queues")

/* Receives len bytes in order at s. */
static void assert_arrives(int s, size_t len)
{
	for (size_t got = 0; got < len;) {
		struct socket_datagram6 *g = received(s);

		ck_assert_mem_eq(buf, bytes + got, g->len);
		got += g->len;
	}
	ck_assert(!readable(s, 0));
}

static const struct shape {
	const char *client, *to;
	uint16_t segment;
	int what;
} shapes[] = {
	{FAR4, "::ffff:" FAR4, 1200, 0},
	{FAR4, "::ffff:" FAR4, 1200, SOCKET_INFO_SEGMENTS},
	{FAR6, FAR6, 1200, 0},
	{FAR6, FAR6, 1200, SOCKET_INFO_SEGMENTS},
	{FAR6, FAR6, 64, SOCKET_INFO_SEGMENTS},
	/* Above the MTU: each is fragmented. */
	{FAR4, "::ffff:" FAR4, 3000, SOCKET_INFO_SEGMENTS},
	{FAR6, FAR6, 3000, SOCKET_INFO_SEGMENTS},
};

static void send_segments(const struct shape *x)
{
	struct socket_datagram6 g;
	int client = client_at(x->client);

	ck_assert_int_ge(socket_recvinfo6(client, x->what), 0);
	g = record(x->to, port_of(client), 10001);
	g.segment = x->segment;
	assert_gives(1, socket_sendmany6(server_of(DUAL, 0), bytes,
					 sizeof bytes, &g, 1));
	assert_arrives(client, 10001);
}

TABLE_TEST(segments_cross_a_link_whole, x, shapes, nothing_missing)
{
	need_hosts();
	send_segments(x);
}

/* Linux before 6.12 says EIO then. */
TABLE_TEST(so_they_do_without_offloads, x, shapes, nothing_missing)
{
	need_hosts();
	skip_if(lost("SIOCETHTOOL"));
	net_offloads_off("near");
	send_segments(x);
}

TEST(segments_above_the_mtu_are_remembered)
{
	struct socket_datagram6 g;
	int client;

	need_hosts();
	need(HAVE_UDP_SEGMENT);
	client = client_at(FAR6);
	g = record(FAR6, port_of(client), 6000);
	g.segment = 3000;
	assert_gives(1,
		     socket_sendmany6(server_of(DUAL, 0), bytes, 6000, &g, 1));
	ck_assert_uint_eq(g.flags, SOCKET_DATAGRAM_SINGLY);
}

/*
 * A slow link, 8 ms a datagram, and little room: the record goes in many parts,
 * however slow the processor. All of it fits into the default receive buffer,
 * for a user may not force a larger one.
 */
TEST(a_full_buffer_is_eagain_in_the_midst_of_a_record)
{
	enum { LEN = 60000 };
	struct pollfd p = {.events = POLLOUT};
	struct socket_datagram6 g;
	int client, full = 0, size = 4096;
	ssize_t n;

	need_hosts();
	if (system("tc qdisc add dev near root tbf rate 1mbit burst 8k"
		   " limit 1m 2>/dev/null") != 0)
		skip("no tbf");
	client = client_at(FAR4);
	p.fd = server_of(DUAL, 0);
	setsockopt(p.fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
	assert_gives(0, ndelay_on(p.fd));
	g = record("::ffff:" FAR4, port_of(client), LEN);
	g.segment = 1000;
	g.flags = SOCKET_DATAGRAM_SINGLY; /* or one message takes them all */
	while ((n = socket_sendmany6(p.fd, bytes, sizeof bytes, &g, 1)) != 1) {
		ck_assert_int_eq(n, -1);
		ck_assert_int_eq(errno, EAGAIN);
		full++;
		ck_assert_int_eq(poll(&p, 1, 5000), 1);
	}
	ck_assert_int_gt(full, 0);
	assert_arrives(client, LEN);
}

/* ENOBUFS is told to whom asked for errors, and to nobody else. */
LOOP_TEST(a_full_queue_of_the_device_is_enobufs_where_errors_are_on, 2)
{
	int s, refused = 0;

	need_hosts();
	need(HAVE_IP_RECVERR);
	if (system("tc qdisc add dev near root tbf rate 8kbit burst 2k"
		   " limit 3k 2>/dev/null") != 0)
		skip("no tbf");
	s = server_of(DUAL, _i ? SOCKET_INFO_ERRORS : 0);
	for (int i = 0; i < 40; i++) {
		grams[0] = record("::ffff:" FAR4, 9, 1000);
		if (socket_sendmany6(s, bytes, 1000, grams, 1) == 1)
			continue;
		ck_assert_int_eq(errno, ENOBUFS);
		refused++;
	}
	ck_assert(_i ? refused > 0 : refused == 0);
}

/* It sees segments as one packet, and each datagram when they go singly. */
TEST(a_firewall_against_long_packets_lets_datagrams_pass)
{
	int client;

	need_hosts();
	skip_if(filter("output", "meta length > 1000 drop"));
	client = client_at(FAR6);
	for (size_t i = 0; i < 8; i++) {
		grams[i] = record(FAR6, port_of(client), 400);
		grams[i].offset = (uint32_t)(400 * i);
	}
	assert_gives(
		8, socket_sendmany6(server_of(DUAL, 0), bytes, 3200, grams, 8));
	assert_arrives(client, 3200);
}

TEST(a_firewall_is_eperm)
{
	struct socket_datagram6 g;

	need_hosts();
	skip_if(filter("output", "drop"));
	g = record("::ffff:" FAR4, 9, 5);
	assert_fails(EPERM,
		     socket_sendmany6(server_of(DUAL, 0), bytes, 5, &g, 1));
}

/* ---- routers ---- */

CASE("routers")

/*
 * What is beyond a router, which passes on what fits into 1400 bytes, and whose
 * own address answers for what does not.
 */
static const struct beyond {
	const char *name, *ip, *router;
	uint8_t icmp, hops_type, big_type;
	int headers;
} beyonds[] = {
	{"IPv4", "::ffff:" BEYOND4, "::ffff:" FAR4, 4, 11, 3, 28},
	{"IPv6", BEYOND6, FAR6, 6, 3, 2, 48},
};

#define need_router()                                                          \
 do {                                                                          \
  need(HAVE_IP_RECVERR);                                                       \
  need(HAVE_IP_MTU_DISCOVER);                                                  \
  need(HAVE_IPV6_DONTFRAG);                                                    \
  need(HAVE_IP_MTU);                                                           \
  need(HAVE_IPV6_MTU);                                                         \
  need_hosts();                                                                \
  need_sysctls();                                                              \
  net_router();                                                                \
 } while (0)

/* One that is connected to what is beyond, and hears of errors. */
static int to_beyond(const struct beyond *x, int mode, int what)
{
	int s = server_of(DUAL, what);

	assert_gives(0, socket_mtudiscover6(s, mode));
	assert_gives(0, socket_connect6(s, ip6(x->ip), 9, 0));
	return s;
}

static const struct socket_report6 *reported(int s)
{
	ck_assert_msg(readable(s, 10000), "nothing comes back");
	memset(reports, 0x5a, sizeof reports);
	assert_gives(1, socket_recverror6(s, buf, sizeof buf, reports, 1));
	return reports;
}

TABLE_TEST(a_hop_limit_that_is_too_small_is_reported, x, beyonds,
	   nothing_missing)
{
	enum {
		WHAT = SOCKET_INFO_ERRORS | SOCKET_INFO_HOPS | SOCKET_INFO_LOCAL
	};
	const struct socket_report6 *r;
	struct socket_datagram6 g;
	int s;

	need(HAVE_IP_PKTINFO);
	need(HAVE_IPV6_RECVPKTINFO);
	need(HAVE_IPV6_RECVHOPLIMIT);
	need_router();
	s = server_of(DUAL, WHAT);
	g = record(x->ip, 33434, 5);
	g.flags = SOCKET_DATAGRAM_HOPS;
	g.hops = 1;
	send_one(s, &g);
	r = reported(s);
	ck_assert_int_eq(r->error, EHOSTUNREACH);
	ck_assert_uint_eq(r->icmp, x->icmp);
	ck_assert_uint_eq(r->icmp_type, x->hops_type);
	ck_assert_uint_eq(r->icmp_code, 0);
	assert_ip6(x->router, r->sender.ip);
	assert_ip6(x->ip, r->gram.peer.ip);
	ck_assert_uint_eq(r->gram.peer.port, 33434);
	ck_assert_uint_eq(r->gram.ifindex, net_index("near"));
	ck_assert_int_eq(r->gram.hops, 64);
	ck_assert_mem_eq(buf, bytes, 5);
}

TABLE_TEST(above_the_paths_mtu_it_is_reported_and_then_known, x, beyonds,
	   nothing_missing)
{
	const struct socket_report6 *r;
	struct socket_datagram6 g;
	int s;

	need_router();
	s = to_beyond(x, SOCKET_MTU_PATH, SOCKET_INFO_ERRORS);
	assert_gives(1500, socket_mtu6(s));
	g = record("::", 0, (size_t)(1401 - x->headers));
	send_one(s, &g);
	r = reported(s);
	ck_assert_int_eq(r->error, EMSGSIZE);
	ck_assert_uint_eq(r->mtu, 1400);
	ck_assert_uint_eq(r->icmp, x->icmp);
	ck_assert_uint_eq(r->icmp_type, x->big_type);
	assert_ip6(x->router, r->sender.ip);
	assert_gives(1400, socket_mtu6(s));
	assert_fails(EMSGSIZE, socket_sendmany6(s, bytes, g.len, &g, 1));
	g.len--;
	assert_gives(1, socket_sendmany6(s, bytes, g.len, &g, 1));
}

TABLE_TEST(a_prober_sends_above_the_paths_mtu, x, beyonds, nothing_missing)
{
	struct socket_datagram6 g;
	int s;

	need_router();
	s = to_beyond(x, SOCKET_MTU_PROBE, SOCKET_INFO_ERRORS);
	g = record("::", 0, (size_t)(1500 - x->headers));
	send_one(s, &g);
	ck_assert_int_eq(reported(s)->error, EMSGSIZE);
	assert_gives(1, socket_sendmany6(s, bytes, g.len, &g, 1));
	g.len++;
	assert_fails(EMSGSIZE, socket_sendmany6(s, bytes, g.len, &g, 1));
}

TABLE_TEST(what_is_fragmented_arrives, x, beyonds, nothing_missing)
{
	const struct socket_report6 *r;
	struct socket_datagram6 g;
	int s;

	need_router();
	s = to_beyond(x, SOCKET_MTU_FRAGMENT, SOCKET_INFO_ERRORS);
	g = record("::", 0, (size_t)(1500 - x->headers));
	/* Whole, for only then does that host say that nobody listens. */
	for (int i = 0; i < 3; i++, g.len += 1000) {
		do {
			send_one(s, &g);
			r = reported(s);
		} while (r->error == EMSGSIZE); /* IPv6's routers say so */
		ck_assert_int_eq(r->error, ECONNREFUSED);
		assert_ip6(x->ip, r->sender.ip);
	}
}

/* The path shrinks under segments: they go on one by one, and the error says
 * why none arrives. */
TABLE_TEST(a_path_that_shrinks_under_segments_is_emsgsize, x, beyonds,
	   nothing_missing)
{
	struct socket_datagram6 g;
	int s;

	need_router();
	need(HAVE_UDP_SEGMENT);
	s = to_beyond(x, SOCKET_MTU_PATH, SOCKET_INFO_ERRORS);
	g = record("::", 0, 14400);
	g.segment = 1440;
	send_one(s, &g);
	ck_assert_int_eq(reported(s)->error, EMSGSIZE);
	while (socket_recverror6(s, buf, sizeof buf, reports, 32) > 0)
		;
	assert_fails(EMSGSIZE, socket_sendmany6(s, bytes, 14400, &g, 1));
	ck_assert_uint_eq(g.len, 14400);
}

#include "check_record_net.list"
