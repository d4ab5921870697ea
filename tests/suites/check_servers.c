/* SPDX-License-Identifier: ISC */
/* check_servers.c - the examples that send and answer datagrams. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "programs.h"
#include "suite.h"

#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static char buf[65536];

/* A socket of the other host. */
struct client {
	const char *ip;
	uint16_t port;
	int s;
};

static void make_client(void *arg)
{
	struct client *c = arg;
	const struct place at = {"", c->ip, strchr(c->ip, ':') ? 6 : 4, 0};

	c->s = udp_at(&at, 0);
	assert_gives(0, bind_at(c->s, &at, c->port));
}

static int client_at(const char *ip, uint16_t port)
{
	struct client c = {.ip = ip, .port = port};

	far_run(make_client, &c);
	return c.s;
}

/* Sends bytes to a port there; what comes back, and from which address. */
static size_t asked(int s, const char *at, const char *bytes, size_t len,
		    char from[16])
{
	uint16_t port;
	uint32_t scope_id;
	ssize_t n;

	assert_gives(
		(ssize_t)len,
		strchr(at, ':')
			? socket_send6(s, bytes, len, ip6(at), server.port, 0)
			: socket_send4(s, bytes, len, ip4(at), server.port));
	ck_assert_msg(readable(s, 5000), "%s does not answer", at);
	n = socket_recv6(s, buf, sizeof buf, from, &port, &scope_id);
	ck_assert_int_ge(n, 0);
	ck_assert_uint_eq(port, server.port);
	return (size_t)n;
}

/* ---- a name server ---- */

CASE("dns")

/* One question for name.test; the type stands in its last but two bytes. */
static const char *question(int type)
{
	static char bytes[27];

	memcpy(bytes, "\x12\x34\1\0\0\1\0\0\0\0\0\0\4name\4test\0\0\1\0\1", 27);
	bytes[24] = (char)type;
	return bytes;
}

enum { QUESTION = 27, A = 1, AAAA = 28 };

static const struct place_of_server {
	const char *client, *at, *seen;
	int type, len;
} asks[] = {
	{FAR4, NEAR4, "::ffff:" NEAR4, A, 4},
	{FAR4, NEAR4_TOO, "::ffff:" NEAR4_TOO, A, 4},
	{FAR6, NEAR6, NEAR6, AAAA, 16},
	{FAR6, NEAR6_TOO, NEAR6_TOO, AAAA, 16},
};

TABLE_TEST(each_address_answers_for_itself, x, asks, nothing_missing)
{
	char from[16];
	size_t n;
	int s;

	need(HAVE_IP_PKTINFO);
	need(HAVE_IPV6_RECVPKTINFO);
	skip_if(net_hosts());
	serve("examples/dns_server 0");
	s = client_at(x->client, 0);
	n = asked(s, x->at, question(x->type), QUESTION, from);
	assert_ip6(x->seen, from);
	ck_assert_uint_eq(n, (size_t)(QUESTION + 12 + x->len));
	ck_assert_mem_eq(buf, "\x12\x34\x85\0\0\1\0\1", 8);
	ck_assert_mem_eq(buf + QUESTION + 12,
			 x->len == 4 ? ip4(FAR4) : ip6(FAR6), (size_t)x->len);
	end_server();
}

TEST(the_other_familys_type_has_no_answer)
{
	char from[16];
	int s;

	serve("examples/dns_server 0");
	s = bound_at(AT_IPV4);
	ck_assert_uint_eq(asked(s, "127.0.0.1", question(AAAA), QUESTION, from),
			  QUESTION);
	ck_assert_mem_eq(buf, "\x12\x34\x85\0\0\1\0\0", 8);
	end_server();
}

TEST(a_hundred_questions_have_a_hundred_answers)
{
	int s, answers = 0;

	skip_if(lost("UDP_SEGMENT"));
	serve("examples/dns_server 0");
	s = bound_at(AT_IPV4);
	for (int i = 0; i < 100; i++)
		assert_gives(QUESTION, socket_send4(s, question(A), QUESTION,
						    ip4loopback, server.port));
	while (answers < 100) {
		ck_assert(readable(s, 5000));
		ck_assert_int_gt(socket_recv4(s, buf, sizeof buf, NULL, NULL),
				 QUESTION);
		answers++;
	}
	end_server();
}

/* Bytes that are no question, and then one that is. */
TEST(what_is_no_question_is_passed_over)
{
	char from[16], bytes[QUESTION];
	int s;

	serve("examples/dns_server 0");
	s = bound_at(AT_IPV4);
	for (size_t len = 0; len < QUESTION; len++)
		socket_send4(s, question(A), len, ip4loopback, server.port);
	memcpy(bytes, question(A), QUESTION);
	bytes[2] = '\x80'; /* an answer, or two servers might never end */
	socket_send4(s, bytes, QUESTION, ip4loopback, server.port);
	memcpy(bytes, question(A), QUESTION);
	memset(bytes + 12, 63, QUESTION - 12);
	socket_send4(s, bytes, QUESTION, ip4loopback, server.port);
	ck_assert_uint_eq(asked(s, "127.0.0.1", question(A), QUESTION, from),
			  QUESTION + 16);
	ck_assert(!readable(s, 0));
	end_server();
}

/* ---- a responder ---- */

CASE("mdns")

enum { MDNS = 28 };

static const char *mdns_question(void)
{
	static char bytes[MDNS];

	memcpy(bytes, "\0\7\0\0\0\1\0\0\0\0\0\0\4HOST\5local\0\0\1\0\1", MDNS);
	return bytes;
}

/* Who asks: by which link, whom, and from mDNS's port or another. */
static const struct asker {
	const char *interface, *at;
	const char *answer; /* what is said */
	int is_mdns, is_to_group;
} askers[] = {
	{"far", "::ffff:224.0.0.251", NEAR4, 1, 1},
	{"far", "ff02::fb", NEAR4, 1, 1},
	{"far2", "::ffff:224.0.0.251", "203.0.113.1", 1, 1},
	{"far2", "ff02::fb", "203.0.113.1", 1, 1},
	{"far", "::ffff:224.0.0.251", NEAR4, 0, 0},
	{"far2", "ff02::fb", "203.0.113.1", 0, 0},
	{"far", "::ffff:" NEAR4_TOO, NEAR4, 1, 0},
	{"far", NEAR6_TOO, NEAR4, 1, 0},
};

enum { PORT = 5353 };

struct asking {
	const struct asker *x;
	int s;
};

/* Is a member of the group on its link, but does not hear itself. */
static void ask(void *arg)
{
	struct asking *a = arg;
	struct socket_datagram6 g = {.len = MDNS};

	g.ifindex = net_index(a->x->interface);
	a->s = socket_udp6b();
	ck_assert_int_ge(socket_recvinfo6(a->s, SOCKET_INFO_LOCAL), 0);
	assert_gives(
		0, socket_bind6_reuse(a->s, NULL, a->x->is_mdns ? PORT : 0, 0));
	assert_gives(0, socket_mcjoin6(a->s, ip6("ff02::fb"), (int)g.ifindex));
	assert_gives(0, socket_mcjoin6(a->s, ip6("::ffff:224.0.0.251"),
				       (int)g.ifindex));
	assert_gives(0, socket_mcloop6(a->s, 0));
	memcpy(g.peer.ip, ip6(a->x->at), 16);
	g.peer.port = PORT;
	g.peer.scope_id = g.peer.ip[0] == '\xff' ? g.ifindex : 0;
	g.flags = SOCKET_DATAGRAM_INTERFACE;
	assert_gives(1, socket_sendmany6(a->s, mdns_question(), MDNS, &g, 1));
}

TABLE_TEST(who_asks_hears_the_address_of_that_link, x, askers, nothing_missing)
{
	struct asking a = {.x = x};
	struct socket_datagram6 g;

	need(HAVE_IPI_SPEC_DST);
	need(HAVE_IPV6_RECVPKTINFO);
	need(HAVE_STRUCT_IP_MREQN);
	skip_if(lost("IP_MULTICAST_IF"));
	skip_if(lost("struct ip_mreqn"));
	skip_if(net_hosts());
	net_link("near2", "far2");
	net_address("near2", "203.0.113.1", 24);
	net_address("near2", "2001:db8:2::1", 64);
	far_address("far2", "203.0.113.9", 24);
	far_address("far2", "2001:db8:2::9", 64);
	serve("examples/mdns_responder host.local %d near near2", PORT);
	far_run(ask, &a);
	ck_assert_msg(readable(a.s, 5000), "no answer");
	assert_gives(1, socket_recvmany6(a.s, buf, sizeof buf, &g, 1));
	ck_assert_uint_eq(g.flags & SOCKET_DATAGRAM_GROUP,
			  x->is_to_group ? SOCKET_DATAGRAM_GROUP : 0);
	ck_assert_uint_eq(g.len, MDNS + 10);
	ck_assert_mem_eq(buf + MDNS + 6, ip4(x->answer), 4);
	end_server();
}

TEST(another_name_is_somebody_elses)
{
	static char bytes[MDNS];
	char from[16];
	int s;

	need(HAVE_IPI_SPEC_DST);
	need(HAVE_IPV6_RECVPKTINFO);
	need(HAVE_STRUCT_IP_MREQN);
	skip_if(lost("struct ip_mreqn"));
	skip_if(net_hosts());
	serve("examples/mdns_responder host.local %d near", PORT);
	s = client_at(FAR4, 0);
	memcpy(bytes, mdns_question(), MDNS);
	bytes[14] = 'X';
	assert_gives(MDNS, socket_send4(s, bytes, MDNS, ip4(NEAR4), PORT));
	ck_assert_uint_eq(asked(s, NEAR4, mdns_question(), MDNS, from),
			  MDNS + 10);
	ck_assert(!readable(s, 0));
	end_server();
}

/* ---- a clock ---- */

CASE("ntp")

static int64_t seconds_at(const char *p)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++)
		value = value << 8 | (unsigned char)p[i];
	return (int64_t)value - 2208988800;
}

TEST(a_question_is_answered_with_the_time)
{
	char question[48] = {0x23, [40] = 1, 2, 3, 4, 5, 6, 7, 8}, from[16];
	int64_t before = time(NULL);
	int s;

	serve("examples/ntp_server 0");
	s = bound_at(AT_IPV4);
	ck_assert_uint_eq(asked(s, "127.0.0.1", question, 48, from), 48);
	ck_assert_int_eq(buf[0], 0x24);
	ck_assert_int_eq(buf[1], 1);
	ck_assert_mem_eq(buf + 24, question + 40, 8);
	ck_assert_int_ge(seconds_at(buf + 32), before);
	ck_assert_int_le(memcmp(buf + 32, buf + 40, 8), 0);
	/* time(2) gives the second of the last tick. */
	ck_assert_int_le(seconds_at(buf + 40), time(NULL) + 1);
	end_server();
}

/* ---- a prober ---- */

CASE("mtu")

static const struct path {
	const char *to, *mtu;
} paths[] = {
	{"::ffff:" FAR4, "1500\n"},
	{FAR6, "1500\n"},
	{"::ffff:" BEYOND4, "1400\n"},
	{BEYOND6, "1400\n"},
};

TABLE_TEST(the_mtu_of_a_path_is_found, x, paths, nothing_missing)
{
	need(HAVE_IP_RECVERR);
	need(HAVE_IP_MTU_DISCOVER);
	need(HAVE_IPV6_DONTFRAG);
	skip_if(net_hosts());
	skip_if(net_sysctls());
	net_router();
	assert_exits(0, "examples/mtu_probe %s 2>&1", x->to);
	ck_assert_str_eq(said, x->mtu);
}

TEST(a_path_on_which_nobody_answers_has_no_mtu)
{
	need(HAVE_IP_RECVERR);
	need(HAVE_IP_MTU_DISCOVER);
	need(HAVE_IPV6_DONTFRAG);
	skip_if(net_hosts());
	net_ip("neigh add 192.0.2.77 lladdr 02:00:00:00:00:01 dev near");
	assert_exits(1, "examples/mtu_probe ::ffff:192.0.2.77 2>&1");
	ck_assert_str_eq(said, "mtu_probe: timed out\n");
}

/* ---- socket6 mtu ---- */

CASE("program")

/* What it prints, without the times. */
static const struct traced {
	const char *to;
	const char *lines[3];
} traces[] = {
	{FAR4,
	 {" 1  192.0.2.9  ", "  1500\n", "1500 bytes to 192.0.2.9:33434\n"}},
	{FAR6,
	 {" 1  2001:db8::9  ", "  1500\n",
	  "1500 bytes to [2001:db8::9]:33434\n"}},
	{BEYOND4,
	 {" 1  192.0.2.9  ", " 2  192.0.2.9  ", "  1400 and no more\n"}},
	{BEYOND6,
	 {" 2  2001:db8:1::1  ", "  1400\n",
	  "1400 bytes to [2001:db8:1::1]:33434\n"}},
};

#define need_mtu()                                                             \
 do {                                                                          \
  need(HAVE_PROGRAM);                                                          \
  need(HAVE_IP_RECVERR);                                                       \
  need(HAVE_IP_MTU_DISCOVER);                                                  \
  need(HAVE_IPV6_DONTFRAG);                                                    \
  skip_if(net_hosts());                                                        \
 } while (0)

TABLE_TEST(each_hop_of_a_path_is_shown, x, traces, nothing_missing)
{
	need_mtu();
	skip_if(net_sysctls());
	net_router();
	assert_exits(0, "tests/program/socket6 mtu %s 2>&1", x->to);
	for (int i = 0; i < 3; i++)
		ck_assert_msg(strstr(said, x->lines[i]), "no \"%s\" in %s",
			      x->lines[i], said);
}

TEST(a_host_that_answers_is_the_last_hop)
{
	uint16_t port;
	char ip[16];
	int s, pid;
	FILE *out;

	need_mtu();
	s = client_at(FAR4, 0);
	out = begin_process(&pid, "tests/program/socket6 mtu %s %d 2>&1", FAR4,
			    port_of(s));
	ck_assert(readable(s, 10000));
	ck_assert_int_gt(socket_recv6(s, buf, sizeof buf, ip, &port, NULL), 0);
	assert_gives(1, socket_send6(s, "!", 1, ip, port, 0));
	assert_gives(0, end(out));
	ck_assert_msg(strncmp(said, " 1  192.0.2.9  ", 15) == 0, "%s", said);
}

/* Its firewall answers as a host does at which nobody listens. */
TEST(a_router_that_refuses_is_not_the_end)
{
	need_mtu();
	skip_if(net_sysctls());
	net_router();
	if (system("nft add table inet t 2>/dev/null") != 0)
		skip("no nft");
	far_do("nft 'table inet t { chain c { type filter hook forward "
	       "priority 0; reject with icmp type port-unreachable; }; }'");
	assert_exits(1, "tests/program/socket6 mtu %s 2>&1", BEYOND4);
	ck_assert_ptr_nonnull(strstr(said, "socket6: 198.51.100.1: refused\n"));
}

TEST(a_silent_path_ends_in_time)
{
	need_mtu();
	net_ip("neigh add 192.0.2.77 lladdr 02:00:00:00:00:01 dev near");
	assert_exits(3, "tests/program/socket6 mtu -w 0.5 192.0.2.77 2>&1");
	ck_assert_str_eq(said, " 1  *\n"
			       "socket6: 192.0.2.77: timed out: no answer\n");
}

/* ---- segments ---- */

CASE("segments")

/* As the programs take it. */
static const char *address_of(const struct place *place, uint16_t port)
{
	static char text[IP6IFPORT_FMT + 1];

	text[fmt_ip6ifport(text, ip6(seen_at(place)), port,
			   seen_scope_at(place))] = '\0';
	return text;
}

/*
 * What is sent in packets arrives, over each family: as much as an unread socket
 * keeps. Linux before 5.11 splits segments on loopback too.
 */
PLACE_TEST(a_file_crosses_as_segments)
{
	char sent[] = RESULTS, got[] = RESULTS;

	skip_if(lost("UDP_SEGMENT"));
	name_file(sent);
	name_file(got);
	net_do("head -c 100000 /dev/urandom >%s", sent);
	serve("examples/segments_receive 0 2>&1 >%s", got);
	assert_exits(0, "examples/segments_send '%s' <%s 2>&1",
		     address_of(place, server.port), sent);
	ck_assert_int_eq(end(server.out), 0);
	net_do("cmp %s %s", sent, got);
	net_do("rm %s %s", sent, got);
}

#include "check_servers.list"
