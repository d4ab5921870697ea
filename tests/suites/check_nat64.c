/* SPDX-License-Identifier: ISC */
/*
 * check_nat64.c - the prefixes of a NAT64, what IPv4 addresses become by them,
 * and how long they are kept.
 */
#include "config.h"

#include "dials.h"
#include "name/nat64.h"
#include "suite.h"
#include "text/text.h"

#include <socket6.h>
#include <stdio.h>

/* A minute, in microseconds. */
#define MINUTE 60000000LL

static const char well_known[] = "64:ff9b::/96";

/* ---- prefixes ---- */

/* An answer for ipv4only.arpa: texts of addresses, with a blank between. */
static struct nat64 discovered(const char *texts)
{
	struct socket_addr6 answer[8];
	struct nat64 nat64;
	char all[256], *at = all;
	size_t n = 0;

	snprintf(all, sizeof all, "%s", texts);
	for (char *text; (text = strsep(&at, " ")) != NULL; n++) {
		ck_assert_uint_lt(n, LENGTH(answer));
		answer[n] = address(text, 0);
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

#include "check_nat64.list"
