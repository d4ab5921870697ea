/* SPDX-License-Identifier: ISC */
/*
 * check_nat64.c - IPv4 hosts where there is no IPv4 route.
 *
 * First what is a function of answers and time: prefixes, addresses, what is
 * kept, the order. Then dials in a network that has IPv6 alone, whose every
 * address is this host's, with a name server of the test's own.
 */
#include "config.h"

#include "dial/engine.h"
#include "dials.h"
#include "names.h"
#include "net.h"
#include "platform.h"
#include "resolver.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

/* A minute, in microseconds. */
#define MINUTE 60000000LL

static const char well_known[] = "64:ff9b::/96";

/* ---- prefixes ---- */

/* An answer for ipv4only.arpa: texts of addresses, with a blank between. */
static struct nat64 discovered(const char *texts)
{
	struct socket_addr6 answer[8];
	struct nat64 nat64;
	char all[256];
	size_t n = 0;

	snprintf(all, sizeof all, "%s", texts);
	for (char *text = strtok(all, " "); text; text = strtok(NULL, " ")) {
		ck_assert_uint_lt(n, LENGTH(answer));
		answer[n++] = address(text, 0);
	}
	socket6_nat64_discover(&nat64, answer, n);
	return nat64;
}

static void assert_prefixes(const char *expected, const struct nat64 *nat64)
{
	char text[256] = "";
	size_t len = 0;

	for (size_t i = 0; i < nat64->n; i++) {
		len += i ? (size_t)sprintf(text + len, " ") : 0;
		len += fmt_ip6(text + len, nat64->prefixes[i].ip);
		len += (size_t)sprintf(text + len, "/%d",
				       nat64->prefixes[i].bits);
	}
	ck_assert_str_eq(text, expected);
}

CASE("prefix")

static const struct {
	const char *answer, *prefixes;
} answers[] = {
	/* RFC 6052 section 2.2: each length, bits 64 to 71 are zero. */
	{"2001:db8:c000:aa::", "2001:db8::/32"},
	{"2001:db8:1c0:0:aa::", "2001:db8:100::/40"},
	{"2001:db8:122:c000:0:aa00::", "2001:db8:122::/48"},
	{"2001:db8:122:3c0:0:aa::", "2001:db8:122:300::/56"},
	{"2001:db8:122:344:c0:0:aa00:0", "2001:db8:122:344::/64"},
	{"2001:db8:122:344::192.0.0.170", "2001:db8:122:344::/96"},
	{"64:ff9b::192.0.0.170", "64:ff9b::/96"},
	/* RFC 7050 section 2.2: either address, in any order. */
	{"64:ff9b::192.0.0.171", "64:ff9b::/96"},
	{"64:ff9b::192.0.0.171 64:ff9b::192.0.0.170", "64:ff9b::/96"},
	/* RFC 7050 section 3: several prefixes, in their order. */
	{"2001:db8::192.0.0.170 64:ff9b::192.0.0.170 2001:db8::192.0.0.171",
	 "2001:db8::/96 64:ff9b::/96"},
	{"1::192.0.0.170 2::192.0.0.170 3::192.0.0.170 4::192.0.0.170 "
	 "5::192.0.0.170",
	 "1::/96 2::/96 3::/96 4::/96"},
	/* RFC 7050 section 3: the prefix has the address in it as well. */
	{"2001:db8:c000:aa::192.0.0.170", "2001:db8:c000:aa::/96"},
	{"2001:db8:c000:aa::192.0.0.171", "2001:db8:c000:aa::/96"},
	{"2001:db8:c000:aa:c0:0:aa00:0", "2001:db8:c000:aa::/64"},
	{"64:ff9b:c000:aa::192.0.0.170 64:ff9b:c000:aa::192.0.0.171",
	 "64:ff9b:c000:aa::/96"},
	/* No address of a NAT64's. */
	{"2001:db8::1", ""},
	{"::1", ""},
	{"64:ff9b::192.0.0.169 64:ff9b::192.0.0.172", ""},
	{"::ffff:192.0.0.170", ""},
	{"2001:db8:122:344:100::192.0.0.170", ""},
	{"2001:db8:122:344:1c0:0:aa00:0", ""},
	{"2001:db8:c000:aa::1", ""},
	{"2001:db8::192.0.0.170 2001:db8::1", "2001:db8::/96"},
};

LOOP_TEST(a_prefix_is_what_is_round_a_well_known_address, LENGTH(answers))
{
	struct nat64 nat64 = discovered(answers[_i].answer);

	assert_prefixes(answers[_i].prefixes, &nat64);
}

TEST(no_address_means_no_prefix)
{
	struct nat64 nat64 = {.n = 1};

	socket6_nat64_discover(&nat64, NULL, 0);
	ck_assert_uint_eq(nat64.n, 0);
}

/* RFC 6052 section 2.4, but for the second address. */
static const struct {
	const char *answer, *ip4, *translated;
} translations[] = {
	{"2001:db8:c000:aa::", "192.0.2.33", "2001:db8:c000:221::"},
	{"2001:db8:1c0:0:aa::", "192.0.2.33", "2001:db8:1c0:2:21::"},
	{"2001:db8:122:c000:0:aa00::", "192.0.2.33",
	 "2001:db8:122:c000:2:2100::"},
	{"2001:db8:122:3c0:0:aa::", "192.0.2.33", "2001:db8:122:3c0:0:221::"},
	{"2001:db8:122:344:c0:0:aa00:0", "192.0.2.33",
	 "2001:db8:122:344:c0:2:2100:0"},
	{"2001:db8:122:344::192.0.0.170", "192.0.2.33",
	 "2001:db8:122:344::192.0.2.33"},
	{"64:ff9b::192.0.0.170", "192.0.2.33", "64:ff9b::192.0.2.33"},
	{"64:ff9b::192.0.0.170", "255.255.255.254", "64:ff9b::ffff:fffe"},
};

LOOP_TEST(an_address_is_put_where_the_well_known_one_was, LENGTH(translations))
{
	struct nat64 nat64 = discovered(translations[_i].answer);
	struct socket_addr6 out[NAT64_PREFIXES], addr = {.port = 443};

	memcpy(addr.ip, addr_mapped, 12);
	memcpy(addr.ip + 12, ip4(translations[_i].ip4), 4);
	ck_assert_uint_eq(socket6_nat64_translate(&nat64, &addr, out), 1);
	assert_ip6(translations[_i].translated, out[0].ip);
	ck_assert_uint_eq(out[0].port, 443);
	ck_assert_uint_eq(out[0].scope_id, 0);
	ck_assert(socket6_nat64_has(&nat64, out[0].ip));
}

static const struct {
	const char *answer, *ip;
	int has;
} members[] = {
	{"64:ff9b::192.0.0.170", "64:ff9b::1.2.3.4", 1},
	{"64:ff9b::192.0.0.170", "64:ff9b:1::1.2.3.4", 0},
	{"64:ff9b::192.0.0.170", "64:ff9b::1:102:304", 0},
	{"64:ff9b::192.0.0.170", "::ffff:1.2.3.4", 0},
	{"2001:db8:c000:aa::", "2001:db8:102:304::", 1},
	{"2001:db8:c000:aa::", "2001:db8:102:304::1", 0},
	{"2001:db8:c000:aa::", "2001:db8:102:304:100::", 0},
	{"2001:db8:122:344:c0:0:aa00:0", "2001:db8:122:344:1:203:400:0", 1},
	{"2001:db8:122:344:c0:0:aa00:0", "2001:db8:122:344:1:203:401:0", 0},
	{"2001:db8:122:344:c0:0:aa00:0", "2001:db8:122:344:101:203:400:0", 0},
	{"1::192.0.0.170 2::192.0.0.170", "2::1.2.3.4", 1},
	{"2001:db8::1", "2001:db8::1", 0},
};

LOOP_TEST(an_ipv4_host_is_known_by_the_prefix, LENGTH(members))
{
	struct nat64 nat64 = discovered(members[_i].answer);

	ck_assert_int_eq(socket6_nat64_has(&nat64, ip6(members[_i].ip)),
			 members[_i].has);
}

/* Where the first and last of a block is, and what is round it. */
static const struct {
	const char *ip4;
	int can_reach, well_known, own;
} hosts[] = {
	{"0.0.0.0", 0, 1, 1},	      {"0.255.255.255", 0, 1, 1},
	{"1.0.0.0", 1, 1, 1},	      {"126.255.255.255", 1, 1, 1},
	{"127.0.0.0", 0, 1, 1},	      {"127.255.255.255", 0, 1, 1},
	{"128.0.0.0", 1, 1, 1},	      {"169.253.255.255", 1, 1, 1},
	{"169.254.0.0", 0, 1, 1},     {"169.254.255.255", 0, 1, 1},
	{"169.255.0.0", 1, 1, 1},     {"223.255.255.255", 1, 1, 1},
	{"224.0.0.0", 0, 1, 1},	      {"239.255.255.255", 0, 1, 1},
	{"240.0.0.0", 1, 1, 1},	      {"255.255.255.254", 1, 1, 1},
	{"255.255.255.255", 0, 1, 1}, {"9.255.255.255", 1, 1, 1},
	{"10.0.0.0", 1, 0, 1},	      {"10.255.255.255", 1, 0, 1},
	{"11.0.0.0", 1, 1, 1},	      {"100.63.255.255", 1, 1, 1},
	{"100.64.0.0", 1, 0, 1},      {"100.127.255.255", 1, 0, 1},
	{"100.128.0.0", 1, 1, 1},     {"172.15.255.255", 1, 1, 1},
	{"172.16.0.0", 1, 0, 1},      {"172.31.255.255", 1, 0, 1},
	{"172.32.0.0", 1, 1, 1},      {"192.167.255.255", 1, 1, 1},
	{"192.168.0.0", 1, 0, 1},     {"192.168.255.255", 1, 0, 1},
	{"192.169.0.0", 1, 1, 1},
};

LOOP_TEST(hosts_on_this_side_are_not_translated, LENGTH(hosts))
{
	struct nat64 known = discovered("64:ff9b::192.0.0.170");
	struct nat64 own = discovered("2001:db8::192.0.0.170");
	struct socket_addr6 out[NAT64_PREFIXES], addr = {.port = 1};

	memcpy(addr.ip, addr_mapped, 12);
	memcpy(addr.ip + 12, ip4(hosts[_i].ip4), 4);
	ck_assert_int_eq(socket6_nat64_can_reach(addr.ip + 12),
			 hosts[_i].can_reach);
	ck_assert_uint_eq(socket6_nat64_translate(&known, &addr, out),
			  (size_t)hosts[_i].well_known);
	ck_assert_uint_eq(socket6_nat64_translate(&own, &addr, out),
			  (size_t)hosts[_i].own);
}

/* ---- what is kept ---- */

CASE("kept")

static void keep(struct nat64_networks *networks, int64_t now,
		 const char *source, const char *answer)
{
	struct nat64 nat64 = discovered(answer);

	socket6_nat64_keep(networks, now, ip6(source), &nat64);
}

static void assert_recalls(const struct nat64_networks *networks, int64_t now,
			   const char *source, const char *prefixes)
{
	const struct nat64 *nat64 = socket6_nat64_recall(networks, now,
							 ip6(source));

	if (prefixes)
		assert_prefixes(prefixes, nat64);
	else
		ck_assert_ptr_null(nat64);
}

TEST(an_answer_is_kept_a_minute)
{
	struct nat64_networks networks = {.networks = {{.until = 0}}};

	assert_recalls(&networks, 7, "2001:db8::1", NULL);
	keep(&networks, 7, "2001:db8::1", "64:ff9b::192.0.0.170");
	assert_recalls(&networks, 7, "2001:db8::1", well_known);
	assert_recalls(&networks, 6 + MINUTE, "2001:db8::1", well_known);
	assert_recalls(&networks, 7 + MINUTE, "2001:db8::1", NULL);
	keep(&networks, 7 + MINUTE, "2001:db8::1", "2001:db8::192.0.0.170");
	assert_recalls(&networks, 8 + MINUTE, "2001:db8::1", "2001:db8::/96");
}

TEST(that_there_is_no_nat64_is_kept_too)
{
	struct nat64_networks networks = {.networks = {{.until = 0}}};

	keep(&networks, 0, "2001:db8::1", "2001:db8::1");
	assert_recalls(&networks, MINUTE - 1, "2001:db8::1", "");
	assert_recalls(&networks, MINUTE, "2001:db8::1", NULL);
}

/* A host changes the last 64 bits by itself (RFC 8981). */
TEST(each_local_network_has_its_own)
{
	struct nat64_networks networks = {.networks = {{.until = 0}}};

	keep(&networks, 0, "2001:db8:0:1::1", "1::192.0.0.170");
	keep(&networks, 0, "2001:db8:0:2::1", "2::192.0.0.170");
	assert_recalls(&networks, 1, "2001:db8:0:1:abcd::9", "1::/96");
	assert_recalls(&networks, 1, "2001:db8:0:2:abcd::9", "2::/96");
	assert_recalls(&networks, 1, "2001:db8:0:3::1", NULL);
	assert_recalls(&networks, 1, "::", NULL);
}

TEST(of_too_many_networks_the_oldest_is_forgotten)
{
	struct nat64_networks networks = {.networks = {{.until = 0}}};
	char source[32];

	for (int i = 0; i < NAT64_NETWORKS + 1; i++) {
		snprintf(source, sizeof source, "2001:db8:0:%x::1", i);
		keep(&networks, i, source, "64:ff9b::192.0.0.170");
		keep(&networks, i, source, "64:ff9b::192.0.0.170");
	}
	assert_recalls(&networks, 99, "2001:db8::1", NULL);
	assert_recalls(&networks, 99, "2001:db8:0:1::1", well_known);
	assert_recalls(&networks, 99, source, well_known);
}

/* ---- the order ---- */

static struct dial_engine *new_engine(void)
{
	static struct dial_engine e;
	static struct dial_entry entries[ROOM];
	static size_t buckets[ROOM + 1], tried[ROOM];

	socket6_dial_init(&e);
	e.room.entries = entries;
	e.room.buckets = buckets;
	e.room.tried = tried;
	socket6_room_rehash(&e.room, ROOM);
	return &e;
}

static void learn(struct dial_engine *e, const char *ip)
{
	struct socket_addr6 addr = address(ip, 1);

	assert_gives(0, socket6_dial_add(e, e->now, &addr, 1));
}

/* The next attempt is to this address, and has no route. */
static void assert_next(struct dial_engine *e, const char *ip)
{
	size_t which;

	ck_assert_int_eq(socket6_dial_next(e, e->now, &which), DIAL_START);
	assert_ip6(ip, e->room.entries[which].a.addr.ip);
	socket6_dial_failed(e, e->now, which, ENETUNREACH);
}

static void assert_does(struct dial_engine *e, int64_t now,
			enum dial_action action)
{
	size_t which;

	ck_assert_int_eq(socket6_dial_next(e, now, &which), action);
}

CASE("order")

TEST(translated_addresses_take_the_turns_of_ipv4)
{
	struct dial_engine *e = new_engine();
	struct nat64 nat64 = discovered("64:ff9b::192.0.0.170");

	for (int i = 0; i < 3; i++)
		learn(e, (const char *const[]){"::ffff:192.0.2.1", "1::1",
					       "1::2"}[i]);
	e->ended = 1;
	assert_next(e, "1::1");
	assert_next(e, "::ffff:192.0.2.1");
	socket6_dial_set_nat64(e, &nat64);
	learn(e, "64:ff9b::192.0.2.1");
	assert_next(e, "1::2");
	assert_next(e, "64:ff9b::192.0.2.1");
	assert_does(e, e->now, DIAL_FAILED);
}

TEST(an_answer_that_was_translated_counts_as_ipv4_once_that_is_known)
{
	struct dial_engine *e = new_engine();
	struct nat64 nat64 = discovered("64:ff9b::192.0.0.170");

	learn(e, "64:ff9b::192.0.2.1");
	learn(e, "64:ff9b::192.0.2.2");
	learn(e, "1::1");
	learn(e, "1::2");
	e->ended = 1;
	assert_next(e, "64:ff9b::192.0.2.1");
	socket6_dial_set_nat64(e, &nat64);
	ck_assert_uint_eq(e->room.of[0], 3);
	ck_assert_uint_eq(e->room.of[1], 1);
	assert_next(e, "64:ff9b::192.0.2.2");
	assert_next(e, "1::1");
	assert_next(e, "1::2");
	assert_does(e, e->now, DIAL_FAILED);
	ck_assert_int_eq(socket6_dial_reason(e), ENETUNREACH);
}

/* ---- the end ---- */

CASE("end")

TEST(a_dial_that_has_failed_waits_for_what_a_nat64_may_have)
{
	struct dial_engine *e = new_engine();

	learn(e, "::ffff:192.0.2.1");
	e->ended = e->awaited = 1;
	assert_next(e, "::ffff:192.0.2.1");
	assert_does(e, e->now, DIAL_WAIT);
	ck_assert_int_eq(socket6_dial_due(e), -1);
	e->awaited = 0;
	ck_assert_int_eq(socket6_dial_due(e), e->now);
	assert_does(e, e->now, DIAL_FAILED);
	ck_assert_int_eq(socket6_dial_reason(e), ENETUNREACH);
}

TEST(the_time_that_is_up_does_not_hide_that_there_is_no_route)
{
	struct dial_engine *e = new_engine();

	learn(e, "::ffff:192.0.2.1");
	e->ended = e->awaited = 1;
	e->deadline = 1000;
	assert_next(e, "::ffff:192.0.2.1");
	assert_does(e, 999, DIAL_WAIT);
	assert_does(e, 1000, DIAL_FAILED);
	ck_assert_int_eq(socket6_dial_reason(e), ENETUNREACH);
}

TEST(the_last_wait_is_that_for_a_nat64_too)
{
	struct dial_engine *e = new_engine();

	learn(e, "::ffff:192.0.2.1");
	e->ended = e->awaited = 1;
	e->last_wait = 1000;
	assert_next(e, "::ffff:192.0.2.1");
	ck_assert_int_eq(socket6_dial_due(e), 1000);
	assert_does(e, 1000, DIAL_FAILED);
	ck_assert_int_eq(socket6_dial_reason(e), ENETUNREACH);
}

/* ---- dials ---- */

/* The IPv4 host that is dialled. */
#define HOST		   "192.0.2.80"
#define HOST_BY_WELL_KNOWN "64:ff9b::" HOST

static uint16_t port;
static char service[8];

/* All of IPv6 is this host. It listens, at one of its addresses or at any. */
static int listen_everywhere(const char *at)
{
	int l = socket_tcp6();

	/* Not link-local, although its second byte is like such a one's. */
	net_address("lo", "fd80::1", 64);
	net_ip("route add local ::/0 dev lo");
	if (at)
		net_address("lo", at, 128);
	assert_gives(0, socket_bind6(l, at ? ip6(at) : NULL, 0, 0));
	assert_gives(0, socket_listen(l, 16));
	port = port_of(l);
	snprintf(service, sizeof service, "%d", port);
	return l;
}

#define need_threads_and_ipv6()                                                \
 do {                                                                          \
  need_ipv6();                                                                 \
  need(HAVE_THREADS);                                                          \
 } while (0)

/* A network with IPv6 alone and a name server of these members. */
#define need_ipv6_network(...)                                                 \
 do {                                                                          \
  need_threads_and_ipv6();                                                     \
  need_name_server(.options = "", __VA_ARGS__);                                \
  listen_everywhere(NULL);                                                     \
 } while (0)

static int questions(void)
{
	return names_asked_for(0, "ipv4only.arpa", "AAAA");
}

static struct socket_dial *dial_to(const char *host, int deadline)
{
	struct socket_dial *d = new_dial();

	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_DEADLINE, deadline));
	assert_gives(0, socket_dial_name(d, host, service, 0));
	return d;
}

/* Steps by socket_dial_pollfds until it has ended. */
static int run_by_poll(struct socket_dial *d)
{
	struct pollfd p[ROOM];
	int fds[ROOM], events[ROOM], milliseconds, s;

	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS) {
		size_t n = socket_dial_pollfds(d, fds, events, ROOM,
					       &milliseconds);

		for (size_t i = 0; i < n; i++)
			p[i] = (struct pollfd){
				.fd = fds[i],
				.events = events[i] == 1 ? POLLIN : POLLOUT};
		ck_assert(n || milliseconds != -1);
		poll(p, (nfds_t)n, milliseconds);
	}
	return s;
}

static void assert_reaches(const char *expected, int s)
{
	char ip[16];

	ck_assert_int_ge(s, 0);
	assert_gives(0, socket_remote6(s, ip, NULL, NULL));
	assert_ip6(expected, ip);
	socket_close(s);
}

static int dial(const char *host, int milliseconds)
{
	return socket_dial(host, service, milliseconds, NULL);
}

CASE("dial")

/* Where HOST is behind a prefix of each length. */
static const struct {
	const char *prefix, *host;
} prefixes[] = {
	{"2001:db8::/32", "2001:db8:c000:250::"},
	{"2001:db8:100::/40", "2001:db8:1c0:2:50::"},
	{"2001:db8:122::/48", "2001:db8:122:c000:2:5000::"},
	{"2001:db8:122:300::/56", "2001:db8:122:3c0:0:250::"},
	{"2001:db8:122:344::/64", "2001:db8:122:344:c0:2:5000:0"},
	{"2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.80"},
	{"64:ff9b::/96", "64:ff9b::192.0.2.80"},
};

LOOP_TEST(an_ipv4_address_is_reached_through_the_nat64, LENGTH(prefixes))
{
	need_ipv6_network(.nat64 = prefixes[_i].prefix);
	assert_reaches(prefixes[_i].host, dial(HOST, LATE));
	ck_assert_int_eq(questions(), 1);
	ck_assert_int_eq(names_asked(0, NULL), 1);
}

TEST(a_name_with_ipv4_alone_is_reached_through_the_nat64)
{
	need_ipv6_network(.nat64 = well_known, .a = HOST);
	assert_reaches(HOST_BY_WELL_KNOWN, dial("aaaa-nodata.test", LATE));
	assert_reaches(HOST_BY_WELL_KNOWN, dial("aaaa-never.test", LATE));
	ck_assert_int_eq(questions(), 1);
}

/* RFC 8305 section 7.2: the name server does not translate that name. */
TEST(a_name_whose_ipv6_refuses_is_reached_through_the_nat64)
{
	need_threads_and_ipv6();
	need_name_server(.options = "", .nat64 = well_known, .a = HOST,
			 .aaaa = "2001:db8::1");
	listen_everywhere(HOST_BY_WELL_KNOWN);
	assert_reaches(HOST_BY_WELL_KNOWN, dial("now.test", LATE));
}

TEST(the_attempts_show_the_address_that_was_reached)
{
	struct socket_dial *d;

	need_ipv6_network(.nat64 = well_known);
	d = dial_to(HOST, LATE);
	assert_reaches(HOST_BY_WELL_KNOWN, run_by_poll(d));
	assert_attempt(d, 0, "::ffff:" HOST, SOCKET_ATTEMPT_FAILED,
		       ENETUNREACH);
	assert_attempt(d, 1, HOST_BY_WELL_KNOWN, SOCKET_ATTEMPT_CONNECTED, 0);
	ck_assert_uint_eq(socket_dial_attempts(d, NULL, 0), 2);
	socket_dial_free(d);
}

TEST(what_is_asked_of_the_nat64_is_no_question_about_a_name)
{
	struct socket_question q[ROOM];
	struct socket_dial *d;

	need_ipv6_network(.nat64 = well_known, .ipv4only = "never.test");
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_MORE, 1));
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 0));
	assert_gives(0, socket_dial_name(d, HOST, service, 0));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 0, NULL), 1);
	ck_assert_uint_eq(socket_dial_questions(d, q, ROOM), 0);
	assert_gives(0, socket_dial_name(d, "never.test", service,
					 SOCKET_LOOKUP_V4));
	ck_assert_uint_eq(socket_dial_questions(d, q, ROOM), 1);
	ck_assert_uint_eq(q[0].name, 0);
	ck_assert_int_eq(q[0].family, 4);
	socket_dial_free(d);
}

/* A dial of one place has place for what its address becomes. */
TEST(a_full_dial_has_room_for_translated_addresses)
{
	struct socket_dial *d;
	struct socket_addr6 a;

	need_ipv6_network(.nat64 = well_known);
	d = socket_dial_new(1);
	a = address("::ffff:" HOST, port);
	assert_gives(0, socket_dial_add(d, &a, 1));
	assert_reaches(HOST_BY_WELL_KNOWN, won_by(d));
	ck_assert_uint_eq(socket_dial_attempts(d, NULL, 0), 2);
	socket_dial_free(d);
}

TEST(a_dial_that_goes_on_translates_what_comes_later)
{
	struct socket_dial *d;

	need_ipv6_network(.nat64 = well_known);
	d = new_dial();
	add(d, "::ffff:192.0.2.1", 1);
	assert_fails(EINPROGRESS, socket_dial_step(d));
	while (socket_dial_attempts(d, NULL, 0) < 2) {
		wait_for(d);
		assert_fails(EINPROGRESS, socket_dial_step(d));
	}
	add(d, "::ffff:" HOST, port);
	assert_reaches(HOST_BY_WELL_KNOWN, won_by(d));
	ck_assert_int_eq(questions(), 1);
	socket_dial_free(d);
}

/* ---- what is watched ---- */

CASE("descriptor")

TEST(one_descriptor_is_enough)
{
	struct socket_dial *d;
	int fd, s;

	need_ipv6_network(.nat64 = well_known);
	d = dial_to(HOST, LATE);
	fd = socket_dial_fd(d);
	if (fd == -1) {
		need(HAVE_EPOLL);
		need(HAVE_TIMERFD);
	}
	do {
		ck_assert(readable(fd, LATE));
		s = socket_dial_step(d);
	} while (s == -1 && errno == EINPROGRESS);
	assert_reaches(HOST_BY_WELL_KNOWN, s);
	socket_dial_free(d);
}

/* Such a program may watch every descriptor for writability. */
TEST(a_dial_without_names_has_no_descriptor_to_read)
{
	struct socket_dial *d;
	int milliseconds;

	need_ipv6_network(.nat64 = well_known, .ipv4only = "never.test");
	d = new_dial();
	add(d, "::ffff:" HOST, port);
	assert_gives(0, socket_dial_end(d));
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert_uint_eq(socket_dial_pollfds(d, NULL, NULL, 0, &milliseconds),
			  0);
	ck_assert_int_gt(milliseconds, 0);
	ck_assert_int_le(milliseconds, 10);
	socket_dial_free(d);
}

TEST(a_dial_of_names_has_one)
{
	struct socket_dial *d;
	int events[ROOM], milliseconds;

	need_ipv6_network(.nat64 = well_known, .ipv4only = "never.test");
	d = dial_to(HOST, LATE);
	assert_fails(EINPROGRESS, socket_dial_step(d));
	ck_assert_uint_eq(
		socket_dial_pollfds(d, NULL, events, ROOM, &milliseconds), 1);
	ck_assert_int_eq(events[0], 1);
	ck_assert_int_gt(milliseconds, 10);
	socket_dial_free(d);
}

TEST(a_dial_is_freed_while_it_asks)
{
	struct socket_dial *d;
	int before;

	need_ipv6_network(.nat64 = well_known, .ipv4only = "never.test");
	before = open_descriptors();
	d = dial_to(HOST, LATE);
	assert_fails(EINPROGRESS, socket_dial_step(d));
	socket_dial_free(d);
	names_await(0, "AAAA", 1);
	ck_assert_int_le(open_descriptors(), before + 1);
}

/* ---- what is asked ---- */

CASE("question")

TEST(where_ipv4_has_a_route_nothing_is_asked)
{
	need_pair();
	need_ipv6_network(.nat64 = well_known);
	net_address("near", "192.0.2.1", 24);
	count_calls();
	assert_fails(ETIMEDOUT, dial("192.0.2.80", 50));
	ck_assert_int_eq(calls(CALL_SOCKET), 1);
	ck_assert_int_eq(calls(CALL_CONNECT), 1);
	ck_assert_int_eq(calls(CALL_GETADDRINFO), 0);
}

/* ENETUNREACH of TCP, though there is a route. */
static const char *const nobody[] = {"192.0.2.255", "224.0.0.1"};

LOOP_TEST(a_broadcast_address_says_nothing_of_routes, LENGTH(nobody))
{
	need_pair();
	need_ipv6_network(.nat64 = well_known);
	net_address("near", "192.0.2.1", 24);
	net_ip("route add default via 192.0.2.2");
	assert_fails(ENETUNREACH, dial(nobody[_i], LATE));
	ck_assert_int_eq(questions(), 0);
}

static const char *const never[] = {"0.1.2.3", "169.254.1.1", "224.0.0.1",
				    "255.255.255.255"};

LOOP_TEST(hosts_of_this_side_are_not_asked_for, LENGTH(never))
{
	need_ipv6_network(.nat64 = well_known);
	ck_assert_int_eq(dial(never[_i], LATE), -1);
	ck_assert_int_eq(questions(), 0);
}

TEST(private_hosts_are_not_behind_the_well_known_prefix)
{
	need_ipv6_network(.nat64 = well_known);
	assert_fails(ENETUNREACH, dial("10.0.0.1", LATE));
}

TEST(private_hosts_may_be_behind_another_prefix)
{
	need_ipv6_network(.nat64 = "2001:db8::/96");
	assert_reaches("2001:db8::10.0.0.1", dial("10.0.0.1", LATE));
}

/* Without threads it would block, in a step too. */
TEST(a_system_without_threads_asks_nothing)
{
	int s;

	need_ipv6();
	need_name_server(.options = "", .nat64 = well_known);
	listen_everywhere(NULL);
	s = dial(HOST, LATE);
	ck_assert_int_eq(questions(), HAVE(HAVE_THREADS));
	ck_assert_int_eq(s == -1, !HAVE(HAVE_THREADS));
	if (s != -1)
		socket_close(s);
}

TEST(a_program_without_ipv6_asks_nothing)
{
	need_ipv6_network(.nat64 = well_known);
	noipv6 = 1;
	assert_fails(ENETUNREACH, dial(HOST, LATE));
	ck_assert_int_eq(questions(), 0);
}

TEST(without_an_ipv6_route_nothing_is_asked)
{
	need_threads_and_ipv6();
	need_name_server(.options = "", .nat64 = well_known);
	assert_fails(ENETUNREACH, socket_dial(HOST, "1", LATE, NULL));
	ck_assert_int_eq(questions(), 0);
}

#define need_only_address(address)                                             \
 do {                                                                          \
  need_pair();                                                                 \
  need_threads_and_ipv6();                                                     \
  need_name_server(.options = "", .nat64 = well_known);                        \
  net_address("near", address, 64);                                            \
  net_ip("route add default via fe80::2 dev near");                            \
 } while (0)

/* No router takes on what comes from there, which is fe80::/10. */
static const char *const link_local[] = {"fe80::1", "fe81::1", "febf::1"};

LOOP_TEST(from_a_link_local_address_nothing_is_asked, LENGTH(link_local))
{
	need_only_address(link_local[_i]);
	assert_fails(ENETUNREACH, socket_dial(HOST, "1", LATE, NULL));
	ck_assert_int_eq(questions(), 0);
}

/* Site-local ones went on, as far as the site (RFC 3879). */
static const char *const beyond[] = {"fec0::1", "fd00::1"};

LOOP_TEST(from_any_other_address_it_is_asked, LENGTH(beyond))
{
	struct socket_dial *d;

	need_only_address(beyond[_i]);
	d = new_dial();
	assert_gives(0, socket_dial_name(d, HOST, "1", 0));
	while (questions() == 0) {
		assert_fails(EINPROGRESS, socket_dial_step(d));
		poll(NULL, 0, 1);
	}
	socket_dial_free(d);
}

TEST(a_dial_whose_local_address_is_ipv4_asks_nothing)
{
	struct socket_dial *d;

	need_ipv6_network(.nat64 = well_known);
	d = dial_to(HOST, LATE);
	assert_gives(0, socket_dial_set_bind(d, ip6("::ffff:0.0.0.0"), 0, 0));
	assert_fails(ENETUNREACH, run_by_poll(d));
	ck_assert_int_eq(questions(), 0);
	socket_dial_free(d);
}

/* ---- a minute ---- */

CASE("minute")

TEST(two_dials_ask_once)
{
	need_ipv6_network(.nat64 = well_known);
	assert_reaches(HOST_BY_WELL_KNOWN, dial(HOST, LATE));
	assert_reaches("64:ff9b::192.0.2.81", dial("192.0.2.81", LATE));
	ck_assert_int_eq(questions(), 1);
}

static const struct {
	const char *nat64, *ipv4only;
} no_nat64[] = {
	{NULL, NULL},
	{"64:ff9b::/96", "nx.test"},
	{"64:ff9b::/96", "nodata.test"},
};

LOOP_TEST(that_there_is_none_is_asked_once, LENGTH(no_nat64))
{
	need_ipv6_network(.nat64 = no_nat64[_i].nat64,
			  .ipv4only = no_nat64[_i].ipv4only);
	assert_fails(ENETUNREACH, dial(HOST, LATE));
	assert_fails(ENETUNREACH, dial(HOST, LATE));
	ck_assert_int_eq(questions(), 1);
}

TEST(another_local_network_is_asked_about)
{
	need_ipv6_network(.nat64 = well_known);
	assert_reaches(HOST_BY_WELL_KNOWN, dial(HOST, LATE));
	assert_reaches(HOST_BY_WELL_KNOWN, dial(HOST, LATE));
	ck_assert_int_eq(questions(), 1);
	net_ip("addr del fd80::1/64 dev lo");
	net_address("lo", "2001:db8:0:2::1", 64);
	assert_reaches(HOST_BY_WELL_KNOWN, dial(HOST, LATE));
	ck_assert_int_eq(questions(), 2);
}

/*
 * Until the threads of look-ups have ended: what is forked meanwhile has the
 * locks of AddressSanitizer's allocator as they are then, for ever.
 */
static void await_threads(void)
{
	for (int i = 0; IS_SANITIZED && threads_of_questions() > 0; i++) {
		ck_assert_int_lt(i, PATIENCE);
		poll(NULL, 0, 1);
	}
}

/* It has not the threads, and does not know what they had found. */
TEST(a_child_of_fork_asks_anew)
{
	int status;
	pid_t child;

	need_ipv6_network(.nat64 = well_known);
	assert_reaches(HOST_BY_WELL_KNOWN, dial(HOST, LATE));
	await_threads();
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		int s = dial(HOST, LATE);

		_exit(s == -1 ? errno : socket_close(s));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(status == 0, "%s", strerror(WEXITSTATUS(status)));
	ck_assert_int_eq(questions(), 2);
}

TEST(a_child_of_fork_can_only_free_a_dial_that_asks)
{
	struct socket_dial *d;
	int status;
	pid_t child;

	need_ipv6_network(.nat64 = well_known, .ipv4only = "aaaa-400ms.test");
	d = dial_to(HOST, LATE);
	assert_fails(EINPROGRESS, socket_dial_step(d));
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0) {
		if (socket_dial_step(d) != -1 || errno != EAGAIN)
			_exit(1);
		socket_dial_free(d);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	assert_reaches(HOST_BY_WELL_KNOWN, run_by_poll(d));
	socket_dial_free(d);
}

/* ---- a name server that is late ---- */

CASE("late")

TEST(an_answer_is_waited_for_if_all_else_has_failed)
{
	long long start = microseconds();

	need_ipv6_network(.nat64 = well_known, .ipv4only = "aaaa-400ms.test");
	assert_reaches(HOST_BY_WELL_KNOWN, dial(HOST, LATE));
	ck_assert_int_ge(microseconds() - start, 400000);
}

TEST(silence_takes_the_time_that_was_asked_for)
{
	long long start = microseconds();

	need_ipv6_network(.nat64 = well_known, .ipv4only = "never.test");
	assert_fails(ENETUNREACH, dial(HOST, 100));
	ck_assert_int_ge(microseconds() - start, 100000);
	assert_fails(ENETUNREACH, dial(HOST, 0));
}

/* The answer never comes. */
TEST(what_connects_waits_for_nothing)
{
	struct socket_dial *d;

	need_ipv6_network(.nat64 = well_known, .ipv4only = "never.test");
	d = new_dial();
	assert_gives(0, socket_dial_set(d, SOCKET_DIAL_RESOLUTION_DELAY, 0));
	add(d, "::ffff:" HOST, port);
	assert_fails(EINPROGRESS, socket_dial_step(d));
	names_await(0, "AAAA", 1);
	add(d, "2001:db8::1", port);
	assert_reaches("2001:db8::1", run_dial(d));
	socket_dial_free(d);
}

/*
 * The next dial asks again: no server has said that there is none. musl waits
 * as if this one had not answered.
 */
TEST(a_server_that_fails_is_asked_again)
{
	need_threads_and_ipv6();
	need_name_server(.options = "timeout:1 attempts:1", .nat64 = well_known,
			 .ipv4only = "servfail.test");
	listen_everywhere(NULL);
	assert_fails(ENETUNREACH, dial(HOST, LATE));
	ck_assert_int_ge(questions(), 1);
	need_name_server(.options = "", .nat64 = well_known);
	assert_reaches(HOST_BY_WELL_KNOWN, dial(HOST, LATE));
}

#include "check_nat64.list"
