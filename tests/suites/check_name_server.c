/* SPDX-License-Identifier: ISC */
/*
 * check_name_server.c - the tests' own name server, and how it is asked.
 *
 * What an answer says is shown by its bytes, without a network; that they come,
 * by sockets and by the C library's getaddrinfo.
 */
#include "config.h"

#include "fixture.h"
#include "name_server.h"
#include "names.h"
#include "net.h"
#include "platform.h"
#include "suite.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

/* RFC 1035 sections 3.2.2 and 4.1.1, RFC 3596. */
enum { A = 1, CNAME = 5, MX = 15, AAAA = 28 };
enum { HEADER = 12, QR = 0x80, TC = 0x02, RD = 0x01 };

struct query {
	unsigned char bytes[QUERY_MAX];
	size_t len;
};

static void put16(unsigned char *p, size_t n)
{
	p[0] = (unsigned char)(n >> 8);
	p[1] = (unsigned char)n;
}

static size_t get16(const unsigned char *p)
{
	return (size_t)(p[0] << 8 | p[1]);
}

static void put_name(struct query *q, const char *name)
{
	while (*name) {
		size_t len = strcspn(name, ".");

		q->bytes[q->len++] = (unsigned char)len;
		memcpy(q->bytes + q->len, name, len);
		q->len += len;
		name += len + (name[len] == '.');
	}
	q->bytes[q->len++] = 0;
}

static struct query query_of(const char *name, int type)
{
	struct query q = {.bytes = {0x12, 0x34, RD}, .len = HEADER};

	put16(q.bytes + 4, 1);
	put_name(&q, name);
	put16(q.bytes + q.len, (size_t)type);
	put16(q.bytes + q.len + 2, 1);
	q.len += 4;
	return q;
}

/* As above, and EDNS with this room for an answer (RFC 6891 section 6.1.2). */
static struct query edns_query_of(const char *name, int type, size_t room)
{
	struct query q = query_of(name, type);

	put16(q.bytes + 10, 1);
	q.bytes[q.len + 2] = 41;
	put16(q.bytes + q.len + 3, room);
	q.len += 11;
	return q;
}

/* ---- what an answer says ---- */

/* Its records but those of EDNS, as text; fails if they are not whole. */
struct said {
	int rcode, truncated, records;
	char text[4096];
	size_t len;
};

static void say(struct said *said, const char *text)
{
	size_t n = strlen(text);

	/* What is longer is counted, and nobody reads it. */
	if (said->len + n + 2 > sizeof said->text)
		return;
	if (said->len > 0)
		said->text[said->len++] = ' ';
	memcpy(said->text + said->len, text, n + 1);
	said->len += n;
}

/* The text of the name at *at, which moves past it. */
static void read_name(const unsigned char *bytes, size_t len, size_t *at,
		      char text[256])
{
	size_t n = 0, from = *at;

	if (bytes[from] == 0xc0) {
		*at += 2;
		from = bytes[from + 1];
	} else {
		*at += strlen((const char *)bytes + from) + 1;
	}
	ck_assert_uint_le(*at, len);
	while (bytes[from]) {
		memcpy(text + n, bytes + from + 1, bytes[from]);
		n += bytes[from];
		text[n++] = '.';
		from += bytes[from] + 1u;
	}
	text[n > 0 ? n - 1 : 0] = 0;
}

/* What the record is about: an address, or a name. */
static const char *data_text(const unsigned char *bytes, size_t len, size_t at,
			     size_t type, size_t size)
{
	static char text[256];
	const unsigned char *ip = bytes + at;
	size_t end = at;

	if (type == AAAA) {
		ck_assert_uint_eq(size, 16);
		return written_ip6((const char *)ip);
	}
	if (type == A) {
		ck_assert_uint_eq(size, 4);
		snprintf(text, sizeof text, "%d.%d.%d.%d", ip[0], ip[1], ip[2],
			 ip[3]);
		return text;
	}
	ck_assert_uint_eq(type, CNAME);
	read_name(bytes, len, &end, text);
	ck_assert_uint_eq(end, at + size);
	return text;
}

static size_t read_record(const unsigned char *bytes, size_t len, size_t at,
			  struct said *said)
{
	char owner[256];
	size_t type, size;

	read_name(bytes, len, &at, owner);
	ck_assert_uint_le(at + 10, len);
	type = get16(bytes + at);
	size = get16(bytes + at + 8);
	at += 10;
	ck_assert_uint_le(at + size, len);
	say(said, data_text(bytes, len, at, type, size));
	return at + size;
}

static struct said said_by(const struct query *q, const unsigned char *bytes,
			   size_t len)
{
	struct said said = {0};
	size_t at = q->len;

	ck_assert_uint_ge(len, HEADER);
	ck_assert_mem_eq(bytes, q->bytes, 2);
	ck_assert_int_ne(bytes[2] & QR, 0);
	said.rcode = bytes[3] & 15;
	said.truncated = (bytes[2] & TC) != 0;
	said.records = (int)get16(bytes + 6);
	if (q->bytes[11]) /* EDNS is behind the records */
		at -= 11;
	for (int i = 0; i < said.records; i++)
		at = read_record(bytes, len, at, &said);
	ck_assert_uint_eq(at + (q->bytes[11] ? 11 : 0), len);
	return said;
}

static struct reply reply;

static struct name_server server(void)
{
	struct name_server ns;

	name_server_init(&ns);
	ck_assert_int_eq(name_server_address(&ns, "192.0.2.254"), 0);
	ck_assert_int_eq(name_server_address(&ns, "2001:db8::fffe"), 0);
	return ns;
}

static struct said answer(const struct query *q, int tcp)
{
	const struct name_server ns = server();

	name_server_reply(&ns, q->bytes, q->len, tcp, &reply);
	ck_assert_int_gt(reply.copies, 0);
	return said_by(q, reply.bytes, reply.len);
}

static const struct row {
	const char *name;
	int type, rcode;
	const char *text;
} rows[] = {
	{"test", A, 0, "192.0.2.254"},
	{"now.test", A, 0, "192.0.2.254"},
	{"now.test", AAAA, 0, "2001:db8::fffe"},
	{"now.test", MX, 0, ""},
	{"NOW.Test", A, 0, "192.0.2.254"},
	{"17.test", A, 0, "192.0.2.254"},
	{"a-never.test", AAAA, 0, "2001:db8::fffe"},
	{"aaaa-400ms.aaaa-nx.test", A, 0, "192.0.2.254"},
	{"formerr.test", A, 1, ""},
	{"servfail.test", AAAA, 2, ""},
	{"servfail.test", MX, 2, ""},
	{"nx.test", A, 3, ""},
	{"notimp.test", A, 4, ""},
	{"refused.test", A, 5, ""},
	{"a-servfail.test", A, 2, ""},
	{"a-servfail.test", AAAA, 0, "2001:db8::fffe"},
	{"aaaa-refused.test", A, 0, "192.0.2.254"},
	{"aaaa-refused.test", AAAA, 5, ""},
	{"nodata.test", A, 0, ""},
	{"a-nodata.test", AAAA, 0, "2001:db8::fffe"},
	/* addresses */
	{"a-192-0-2-9.test", A, 0, "192.0.2.9"},
	{"a-192-0-2-9.test", AAAA, 0, "2001:db8::fffe"},
	{"aaaa-2001-db8--9.test", AAAA, 0, "2001:db8::9"},
	{"aaaa---1.test", AAAA, 0, "::1"},
	{"a-192-0-2-9.a-192-0-2-8.test", A, 0, "192.0.2.9 192.0.2.8"},
	{"1x.test", A, 0, "192.0.2.254"},
	{"a-3x.test", A, 0, "192.0.2.254 192.0.2.255 192.0.3.0"},
	{"3x.test", AAAA, 0, "2001:db8::fffe 2001:db8::ffff 2001:db8::1:0"},
	{"a-2x.a-127-0-0-1.test", A, 0, "192.0.2.254 192.0.2.255 127.0.0.1"},
	/* aliases */
	{"cname-1.test", A, 0, "cname-0.test 192.0.2.254"},
	{"cname-0.test", A, 0, "192.0.2.254"},
	{"7.a-cname-3.test", A, 0,
	 "7.a-cname-2.test 7.a-cname-1.test 7.a-cname-0.test 192.0.2.254"},
	{"a-cname-3.test", AAAA, 0, "2001:db8::fffe"},
	{"cname-1.nodata.test", A, 0, "cname-0.nodata.test"},
	/* not known */
	{"www.test", A, 3, ""},
	{"a-nevr.test", A, 3, ""},
	{"a-nevr.test", AAAA, 3, ""},
	{"a.test", A, 3, ""},
	{"a-.test", A, 3, ""},
	{"192-0-2-9.test", A, 3, ""},
	{"a-192-0-2-256.test", A, 3, ""},
	{"a-2001-db8--9.test", A, 3, ""},
	{"61000ms.test", A, 3, ""},
	{"99999999999999999999.test", A, 3, ""},
	{"2001x.test", A, 3, ""},
	{"cname-10.test", A, 3, ""},
	{"now.example", A, 3, ""},
	{"now.test.example", A, 3, ""},
	{"", A, 3, ""},
	/* RFC 7050, without NAT64 */
	{"ipv4only.arpa", A, 0, "192.0.0.170 192.0.0.171"},
	{"ipv4only.arpa", AAAA, 0, ""},
	{"www.ipv4only.arpa", A, 3, ""},
};

CASE("reply")

TABLE_TEST(a_name_says_what_its_answer_is, row, rows, nothing_missing)
{
	const struct query q = query_of(row->name, row->type);
	const struct said said = answer(&q, 0);

	ck_assert_int_eq(said.rcode, row->rcode);
	ck_assert_str_eq(said.text, row->text);
	ck_assert_int_eq(said.truncated, 0);
}

static const struct when {
	const char *name;
	int type, copies, delay;
} whens[] = {
	{"now.test", A, 1, 0},
	{"never.test", A, 0, 0},
	{"silent.test", AAAA, 0, 0},
	{"never.test", MX, 0, 0},
	{"aaaa-never.test", AAAA, 0, 0},
	{"aaaa-never.test", A, 1, 0},
	{"aaaa-400ms.test", AAAA, 1, 400},
	{"aaaa-400ms.test", A, 1, 0},
	{"60000ms.test", A, 1, 60000},
	{"0ms.test", A, 1, 0},
	{"30ms.servfail.test", A, 1, 30},
	{"twice.test", A, 2, 0},
	{"a-twice.test", AAAA, 1, 0},
};

TABLE_TEST(a_name_says_when_its_answer_comes, when, whens, nothing_missing)
{
	const struct query q = query_of(when->name, when->type);
	const struct name_server ns = server();

	name_server_reply(&ns, q.bytes, q.len, 0, &reply);
	ck_assert_int_eq(reply.copies, when->copies);
	if (when->copies > 0)
		ck_assert_int_eq(reply.delay, when->delay);
}

/* How many of 70 addresses fit, and into what. */
static const struct fit {
	size_t room; /* by EDNS; 0: without */
	int tcp, records, truncated;
	size_t most;
} fits[] = {
	{0, 0, 17, 1, 512},	{100, 0, 16, 1, 512}, {1232, 0, 42, 1, 1232},
	{4096, 0, 70, 0, 4096}, {0, 1, 70, 0, 65535},
};

TABLE_TEST(an_answer_has_as_many_addresses_as_fit, fit, fits, nothing_missing)
{
	const struct query q = fit->room ? edns_query_of("70x.test", AAAA,
							 fit->room)
					 : query_of("70x.test", AAAA);
	const struct said said = answer(&q, fit->tcp);

	ck_assert_int_eq(said.records, fit->records);
	ck_assert_int_eq(said.truncated, fit->truncated);
	ck_assert_uint_le(reply.len, fit->most);
}

TEST(a_truncated_answer_is_whole_by_tcp)
{
	const struct query q = query_of("tc.test", A);
	struct said said = answer(&q, 0);

	ck_assert_int_eq(said.truncated, 1);
	ck_assert_int_eq(said.records, 0);
	said = answer(&q, 1);
	ck_assert_int_eq(said.truncated, 0);
	ck_assert_str_eq(said.text, "192.0.2.254");
}

/* RFC 6052 section 2.4, with the addresses of RFC 7050. */
static const struct nat64 {
	const char *prefix, *text;
} nat64s[] = {
	{"2001:db8::/32", "2001:db8:c000:aa:: 2001:db8:c000:ab::"},
	{"2001:db8:100::/40", "2001:db8:1c0:0:aa:: 2001:db8:1c0:0:ab::"},
	{"2001:db8:122::/48",
	 "2001:db8:122:c000:0:aa00:: 2001:db8:122:c000:0:ab00::"},
	{"2001:db8:122:300::/56",
	 "2001:db8:122:3c0:0:aa:: 2001:db8:122:3c0:0:ab::"},
	{"2001:db8:122:344::/64",
	 "2001:db8:122:344:c0:0:aa00:0 2001:db8:122:344:c0:0:ab00:0"},
	{"64:ff9b::/96", "64:ff9b::c000:aa 64:ff9b::c000:ab"},
};

TABLE_TEST(ipv4only_arpa_has_the_prefix_of_nat64, row, nat64s, nothing_missing)
{
	struct name_server ns = server();
	const struct query q = query_of("ipv4only.arpa", AAAA);
	struct said said;

	ck_assert_int_eq(name_server_nat64(&ns, row->prefix), 0);
	name_server_reply(&ns, q.bytes, q.len, 0, &reply);
	said = said_by(&q, reply.bytes, reply.len);
	ck_assert_str_eq(said.text, row->text);
}

static const struct ipv4only {
	const char *name; /* whose modes it has */
	int type, rcode, copies, delay;
	const char *text;
} ipv4onlys[] = {
	{"now.test", AAAA, 0, 1, 0, "64:ff9b::c000:aa 64:ff9b::c000:ab"},
	{"aaaa-400ms.test", AAAA, 0, 1, 400,
	 "64:ff9b::c000:aa 64:ff9b::c000:ab"},
	{"aaaa-400ms.test", A, 0, 1, 0, "192.0.0.170 192.0.0.171"},
	{"aaaa-never.test", AAAA, 0, 0, 0, NULL},
	{"aaaa-never.test", A, 0, 1, 0, "192.0.0.170 192.0.0.171"},
	{"never.test", A, 0, 0, 0, NULL},
	{"nx.test", AAAA, 3, 1, 0, ""},
	{"nx.test", A, 3, 1, 0, ""},
	{"aaaa-nodata.test", AAAA, 0, 1, 0, ""},
};

TABLE_TEST(ipv4only_arpa_has_the_modes_of_a_name, row, ipv4onlys,
	   nothing_missing)
{
	struct name_server ns = server();
	const struct query q = query_of("ipv4only.arpa", row->type);
	struct said said;

	ck_assert_int_eq(name_server_nat64(&ns, "64:ff9b::/96"), 0);
	ck_assert_int_eq(name_server_ipv4only(&ns, row->name), 0);
	name_server_reply(&ns, q.bytes, q.len, 0, &reply);
	ck_assert_int_eq(reply.copies, row->copies);
	if (!row->text)
		return;
	ck_assert_int_eq(reply.delay, row->delay);
	said = said_by(&q, reply.bytes, reply.len);
	ck_assert_int_eq(said.rcode, row->rcode);
	ck_assert_str_eq(said.text, row->text);
}

static const char *const no_modes[] = {
	"",
	"test",
	"nevr.test",
	"aaaa-never",
	"3x.test",
	"cname-1.test",
	"aaaa---1.test",
	"17.17.17.17.17.17.17.17.17.17.17.17.17.17.17.17.17.17.17.17.test"};

LOOP_TEST(what_is_no_mode_of_ipv4only_arpa_is_refused, LENGTH(no_modes))
{
	struct name_server ns = server();

	ck_assert_int_eq(name_server_ipv4only(&ns, no_modes[_i]), -1);
	ck_assert_str_eq(ns.ipv4only, "");
}

static const char *const no_prefixes[] = {
	"",	  "64:ff9b::",	  "::/0",   "64:ff9b::/95",
	"::/96x", "192.0.2.0/32", "::/128", "/96"};

LOOP_TEST(what_is_no_prefix_is_refused, LENGTH(no_prefixes))
{
	struct name_server ns = server();

	ck_assert_int_eq(name_server_nat64(&ns, no_prefixes[_i]), -1);
}

/* ---- packets that are no query ---- */

static const struct wrong {
	const char *what;
	size_t len, at;	 /* which byte is another; len 0: all of it */
	int byte, rcode; /* -1: no answer */
} wrongs[] = {
	{"empty", 1, 0, 0, -1},
	{"less than a header", 11, 0, 0x12, -1},
	{"an answer", 0, 2, QR, -1},
	{"another opcode", 0, 2, 2 << 3, 4},
	{"no question", 0, 5, 0, 1},
	{"two questions", 0, 5, 2, 1},
	{"a header alone", 12, 0, 0x12, 1},
	{"a name without end", 20, 0, 0x12, 1},
	{"no type", 22, 0, 0x12, 1},
	{"half a class", 25, 0, 0x12, 1},
	{"compression", 0, 12, 0xc0, 1},
	{"another class", 0, 25, 3, 5},
};

TABLE_TEST(a_packet_that_is_no_query_is_an_error, row, wrongs, nothing_missing)
{
	struct query q = query_of("now.test", A);
	const struct name_server ns = server();

	q.bytes[row->at] = (unsigned char)row->byte;
	name_server_reply(&ns, q.bytes, row->len ? row->len : q.len, 0, &reply);
	ck_assert_int_eq(reply.copies, row->rcode == -1 ? 0 : 1);
	if (row->rcode != -1)
		ck_assert_int_eq(reply.bytes[3] & 15, row->rcode);
}

static const char *const seeds[] = {
	"aaaa-70x.test",      "cname-9.7.test",
	"a-192-0-2-9.test",   "ipv4only.arpa",
	"aaaa-2000x.tc.test", "a-cname-3.aaaa---1.test",
	"400ms.17.test",      "aaaa-2001-db8--9.2000x.cname-9.test",
};

/* A query of which some bytes are others, or bytes alone. */
static struct query any_query(void)
{
	struct query q = edns_query_of(seeds[any(LENGTH(seeds))],
				       any(2) ? A : AAAA, any(65536));
	unsigned int times = any(8);

	if (any(4) == 0)
		for (q.len = 0; q.len < any(QUERY_MAX + 1);)
			q.bytes[q.len++] = (unsigned char)any(256);
	for (; q.len > 0 && times > 0; times--)
		q.bytes[any((unsigned int)q.len)] = (unsigned char)any(256);
	if (any(4) == 0)
		q.len = any((unsigned int)q.len + 1);
	return q;
}

/* In memory of just its length, so that a sanitizer sees what is past it. */
TEST(no_packet_does_harm)
{
	const char *many = getenv("PACKETS");
	struct name_server ns = server();

	seed(1);
	ns.nat64_bits = 96;
	for (int i = many ? atoi(many) : tries(20000); i > 0; i--) {
		const struct query q = any_query();
		unsigned char *bytes = malloc(q.len ? q.len : 1);

		ck_assert_ptr_nonnull(bytes);
		memcpy(bytes, q.bytes, q.len);
		name_server_reply(&ns, bytes, q.len, (int)any(2), &reply);
		ck_assert_int_le(reply.copies, 2);
		free(bytes);
	}
}

/* ---- what comes over the network ---- */

CASE("network")

static int ask(int type, const struct query *q)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons(53),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int s = socket(AF_INET, type, 0);

	assert_gives(0, connect(s, (const struct sockaddr *)&to, sizeof to));
	if (type == SOCK_DGRAM)
		assert_gives(q->len, send(s, q->bytes, q->len, 0));
	return s;
}

static int ask_by_udp(const char *name, int type)
{
	const struct query q = query_of(name, type);

	return ask(SOCK_DGRAM, &q);
}

static struct said next_datagram(int s, const char *name, int type)
{
	const struct query q = query_of(name, type);
	ssize_t n;

	ck_assert(readable(s, 10000));
	n = recv(s, reply.bytes, sizeof reply.bytes, 0);
	ck_assert_int_gt(n, 0);
	return said_by(&q, reply.bytes, (size_t)n);
}

TEST(a_query_is_answered_and_logged)
{
	long long before;
	int s;

	need_name_server(.a = "192.0.2.7");
	before = microseconds();
	s = ask_by_udp("17.test", A);
	ck_assert_str_eq(next_datagram(s, "17.test", A).text, "192.0.2.7");
	ck_assert_int_eq(names_asked(0, "A"), 1);
	ck_assert_int_eq(names_asked(0, "AAAA"), 0);
	ck_assert_int_eq(names_asked(0, NULL), 1);
	ck_assert_int_ge(names_asked_at(0, "A"), before);
	ck_assert_int_le(names_asked_at(0, "A"), microseconds());
	ck_assert_str_eq(names_asked_by(0, "A"), "udp");
}

TEST(what_was_asked_before_a_mark_is_not_counted)
{
	long mark;
	int s;

	need_name_server();
	s = ask_by_udp("now.test", A);
	next_datagram(s, "now.test", A);
	mark = names_mark();
	ck_assert_int_eq(names_asked(mark, "A"), 0);
	s = ask_by_udp("never.test", A);
	names_await(mark, "A", 1);
	ck_assert_int_eq(names_asked(mark, "A"), 1);
}

TEST(what_was_asked_for_one_name_is_counted)
{
	int s;

	need_name_server(.nat64 = "64:ff9b::/96",
			 .ipv4only = "aaaa-100ms.test");
	s = ask_by_udp("now.test", AAAA);
	next_datagram(s, "now.test", AAAA);
	s = ask_by_udp("ipv4only.arpa", AAAA);
	ck_assert_int_eq(next_datagram(s, "ipv4only.arpa", AAAA).records, 2);
	ck_assert_int_eq(names_asked_for(0, "ipv4only.arpa", "AAAA"), 1);
	ck_assert_int_eq(names_asked_for(0, "ipv4only.arpa", "A"), 0);
	ck_assert_int_eq(names_asked_for(0, NULL, "AAAA"), 2);
}

TEST(a_doubled_answer_comes_twice)
{
	int s;

	need_name_server();
	s = ask_by_udp("twice.test", A);
	next_datagram(s, "twice.test", A);
	next_datagram(s, "twice.test", A);
}

TEST(a_late_answer_is_overtaken_and_not_early)
{
	long long before;
	int late, soon;

	need_name_server();
	before = microseconds();
	late = ask_by_udp("300ms.test", A);
	soon = ask_by_udp("100ms.test", A);
	next_datagram(soon, "100ms.test", A);
	ck_assert_int_ge(microseconds() - before, 100000);
	next_datagram(late, "300ms.test", A);
	ck_assert_int_ge(microseconds() - before, 300000);
}

/* What is asked behind it is answered, and nothing else came. */
TEST(what_is_never_answered_holds_nothing_up)
{
	int s;

	need_name_server();
	s = ask_by_udp("never.test", A);
	assert_gives(0, connect(s, &(struct sockaddr){.sa_family = AF_UNSPEC},
				sizeof(struct sockaddr)));
	names_await(0, "A", 1);
	s = ask_by_udp("now.test", A);
	next_datagram(s, "now.test", A);
}

static void send_by_tcp(int s, const struct query *q, size_t pieces)
{
	unsigned char bytes[2 + QUERY_MAX];
	size_t len = 2 + q->len;

	put16(bytes, q->len);
	memcpy(bytes + 2, q->bytes, q->len);
	for (size_t at = 0; at < len; at += pieces)
		assert_gives(at + pieces < len ? pieces : len - at,
			     send(s, bytes + at,
				  at + pieces < len ? pieces : len - at, 0));
}

static void receive(int s, unsigned char *bytes, size_t len)
{
	for (size_t at = 0; at < len;) {
		ssize_t n;

		ck_assert(readable(s, 10000));
		n = recv(s, bytes + at, len - at, 0);
		ck_assert_int_gt(n, 0);
		at += (size_t)n;
	}
}

static struct said next_by_tcp(int s, const struct query *q)
{
	unsigned char len[2];

	receive(s, len, 2);
	receive(s, reply.bytes, get16(len));
	return said_by(q, reply.bytes, get16(len));
}

TEST(tcp_takes_a_query_a_byte_at_a_time)
{
	const struct query q = query_of("2000x.test", AAAA);
	int s;

	need_name_server();
	s = ask(SOCK_STREAM, &q);
	send_by_tcp(s, &q, 1);
	ck_assert_int_eq(next_by_tcp(s, &q).records, 2000);
	ck_assert_str_eq(names_asked_by(0, "AAAA"), "tcp");
}

TEST(tcp_takes_two_queries_of_one_connection)
{
	const struct query late = query_of("100ms.test", A);
	const struct query soon = query_of("tc.test", A);
	int s;

	need_name_server();
	s = ask(SOCK_STREAM, &late);
	send_by_tcp(s, &late, 512);
	send_by_tcp(s, &soon, 512);
	ck_assert_str_eq(next_by_tcp(s, &soon).text, "127.0.0.1");
	ck_assert_str_eq(next_by_tcp(s, &late).text, "127.0.0.1");
}

TEST(a_connection_that_ends_before_its_answer_does_no_harm)
{
	const struct query late = query_of("100ms.test", A);
	const struct query q = query_of("200ms.test", A);
	int s;

	need_name_server();
	s = ask(SOCK_STREAM, &late);
	send_by_tcp(s, &late, 512);
	names_await(0, "A", 1);
	close(s);
	s = ask(SOCK_STREAM, &q);
	send_by_tcp(s, &q, 512);
	ck_assert_str_eq(next_by_tcp(s, &q).text, "127.0.0.1");
}

TEST(a_server_that_starts_anew_has_other_addresses)
{
	int s;

	need_name_server();
	need_name_server(.a = "192.0.2.8");
	s = ask_by_udp("now.test", A);
	ck_assert_str_eq(next_datagram(s, "now.test", A).text, "192.0.2.8");
	ck_assert_int_eq(names_asked(0, NULL), 1);
}

/* ---- what the C library makes of it ---- */

CASE("getaddrinfo")

/* It heeds no options of resolv.conf, has one error for all, and one line. */
static const char *not_resolved(void)
{
#ifdef __dietlibc__
	return "dietlibc: a resolver with fewer answers";
#else
	return NULL;
#endif
}

#define SOON .options = "timeout:1 attempts:1"

/* The addresses of a name, in their order, with a space behind each. */
static char found[8192];
static int count;

static void say_found(const struct addrinfo *a)
{
	size_t n = strlen(found);

	count++;
	ck_assert_int_eq(getnameinfo(a->ai_addr, (socklen_t)a->ai_addrlen,
				     found + n,
				     (socklen_t)(sizeof found - n - 1), NULL, 0,
				     NI_NUMERICHOST),
			 0);
	strcat(found, " ");
}

static int look_up(const char *name, int family)
{
	const struct addrinfo hints = {.ai_family = family,
				       .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	int error = getaddrinfo(name, NULL, &hints, &list);

	found[0] = 0;
	count = 0;
	for (const struct addrinfo *a = list; a; a = a->ai_next)
		say_found(a);
	if (list)
		freeaddrinfo(list);
	return error;
}

static int is_found(const char *address)
{
	char text[64];

	snprintf(text, sizeof text, "%s ", address);
	return strstr(found, text) != NULL;
}

TEST(both_families_take_two_queries)
{
	need_name_server(.a = "192.0.2.1", .aaaa = "2001:db8::1");
	ck_assert_int_eq(look_up("now.test", AF_UNSPEC), 0);
	ck_assert_int_eq(count, 2);
	ck_assert(is_found("192.0.2.1"));
	ck_assert(is_found("2001:db8::1"));
	ck_assert_int_eq(names_asked(0, "A"), 1);
	ck_assert_int_eq(names_asked(0, "AAAA"), 1);
	ck_assert_int_eq(names_asked(0, NULL), 2);
}

TEST(one_family_takes_one_query)
{
	need_name_server();
	ck_assert_int_eq(look_up("aaaa-never.test", AF_INET), 0);
	ck_assert_str_eq(found, "127.0.0.1 ");
	ck_assert_int_eq(names_asked(0, "A"), 1);
	ck_assert_int_eq(names_asked(0, NULL), 1);
}

TEST(a_name_gives_an_address)
{
	need_name_server();
	ck_assert_int_eq(look_up("aaaa-2001-db8--9.test", AF_INET6), 0);
	ck_assert_str_eq(found, "2001:db8::9 ");
}

TEST(an_alias_is_followed)
{
	need_name_server();
	ck_assert_int_eq(look_up("cname-3.test", AF_INET), 0);
	ck_assert_str_eq(found, "127.0.0.1 ");
}

TEST(an_unknown_name_is_unknown)
{
	need_name_server();
	ck_assert_int_eq(look_up("nx.test", AF_UNSPEC), EAI_NONAME);
	ck_assert_int_ne(look_up("nodata.test", AF_UNSPEC), 0);
}

TEST(a_name_server_that_fails_is_no_unknown_name)
{
	int error;

	skip_if(not_resolved());
	need_name_server(SOON);
	error = look_up("servfail.test", AF_INET);
	ck_assert_int_ne(error, 0);
	ck_assert_int_ne(error, EAI_NONAME);
}

TEST(a_name_server_that_is_silent_ends_with_its_time)
{
	long long before;

	skip_if(not_resolved());
	need_name_server(SOON);
	before = microseconds();
	ck_assert_int_eq(look_up("silent.test", AF_INET), EAI_AGAIN);
	ck_assert_int_ge(microseconds() - before, 900000);
}

TEST(an_answer_of_both_waits_for_the_late_one)
{
	long long before;

	need_name_server();
	before = microseconds();
	ck_assert_int_eq(look_up("aaaa-400ms.test", AF_UNSPEC), 0);
	ck_assert_int_eq(count, 2);
	ck_assert_int_ge(microseconds() - before, 400000);
}

TEST(the_addresses_of_hosts_are_not_asked_for)
{
	skip_if(not_resolved());
	need_name_server(.hosts = "192.0.2.5 box.test\n192.0.2.6 box.test");
	ck_assert_int_eq(look_up("box.test", AF_INET), 0);
	ck_assert_int_eq(count, 2);
	ck_assert(is_found("192.0.2.5"));
	ck_assert(is_found("192.0.2.6"));
	ck_assert_int_eq(names_asked(0, NULL), 0);
}

TEST(localhost_is_in_hosts)
{
	need_name_server();
	ck_assert_int_eq(look_up("localhost", AF_INET), 0);
	ck_assert(is_found("127.0.0.1"));
	ck_assert_int_eq(names_asked(0, NULL), 0);
}

/* ---- what is left alone ---- */

CASE("etc")

static size_t contents(const char *path, char *buf, size_t size)
{
	FILE *file = fopen(path, "r");
	size_t n = file ? fread(buf, 1, size, file) : 0;

	if (file)
		fclose(file);
	return n;
}

static const char *const files[] = {"/etc/resolv.conf", "/etc/hosts",
				    "/etc/nsswitch.conf", "/etc/gai.conf",
				    "/etc/host.conf"};

/* As a process sees it that was there before, once it is told to look. */
static int look_later(const char *path, const char *before, size_t n, int go)
{
	char after[4096];

	return read(go, after, 1) == 1 &&
	       contents(path, after, sizeof after) == n &&
	       memcmp(before, after, n) == 0;
}

LOOP_TEST(a_file_of_the_machine_stays_as_it_is, LENGTH(files))
{
	char before[4096];
	size_t n = contents(files[_i], before, sizeof before);
	int go[2], status;
	pid_t child;

	ck_assert_int_eq(pipe(go), 0);
	child = fork();
	if (child == 0) {
		close(go[1]); /* a test that fails ends this child too */
		_exit(look_later(files[_i], before, n, go[0]) ? 0 : 1);
	}
	need_name_server(.hosts = "192.0.2.5 box.test",
			 .gai_conf = "scopev4 ::ffff:0:0/96 14");
	assert_gives(1, write(go[1], "", 1));
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}

TEST(the_other_files_are_there)
{
	char before[4096], after[4096];
	size_t n = contents("/etc/passwd", before, sizeof before);

	need_name_server();
	ck_assert_uint_eq(contents("/etc/passwd", after, sizeof after), n);
	ck_assert_mem_eq(before, after, n);
}

TEST(a_service_is_found)
{
	struct addrinfo *list = NULL;

	if (access("/etc/services", R_OK) == -1)
		skip("no /etc/services");
	need_name_server();
	ck_assert_int_eq(getaddrinfo("now.test", "domain", NULL, &list), 0);
	ck_assert_int_eq(ntohs(((struct sockaddr_in *)list->ai_addr)->sin_port),
			 53);
	freeaddrinfo(list);
}

/* RFC 6724 section 2.1, with ::ffff:0:0/96 before all others. */
TEST(gai_conf_says_the_order)
{
#ifndef __GLIBC__
	skip("no gai.conf");
#endif
	need_ipv6();
	need_name_server(.gai_conf = "precedence ::1/128 50\n"
				     "precedence ::ffff:0:0/96 100");
	ck_assert_int_eq(look_up("now.test", AF_UNSPEC), 0);
	ck_assert_str_eq(found, "127.0.0.1 ::1 ");
}

#include "check_name_server.list"
