/* SPDX-License-Identifier: ISC */
/*
 * check_group.c - which records one message takes. No socket.
 *
 * A row is records and the messages that send them. A message is written as
 *
 *	3:300/100	three records end with it, 300 bytes, segments of 100
 *	0:65000/1000	a part of a record that goes on in the next one
 *	1:100		one datagram
 */
#include "datagram/group.h"

#include "suite.h"

#include <stdio.h>
#include <stdlib.h>

enum { SINGLY = SOCKET_DATAGRAM_SINGLY };

/* Records that differ from the first as what says; repeated so often. */
struct like {
	uint32_t len;
	uint16_t segment;
	uint16_t flags;
	int times;
	const char *what;
};

/* A record that ends the list has times 0. */
static const struct row {
	const char *behaviour;
	struct like records[4];
	const char *messages;
} rows[] = {
	{"one record is one datagram", {{100, 0, 0, 1, ""}}, "1:100"},
	{"an empty one too", {{0, 0, 0, 1, ""}}, "1:0"},
	{"records alike are one message", {{100, 0, 0, 3, ""}}, "3:300/100"},
	{"the last may be shorter",
	 {{100, 0, 0, 2, ""}, {1, 0, 0, 1, ""}},
	 "3:201/100"},
	{"and ends the message",
	 {{100, 0, 0, 2, ""}, {40, 0, 0, 2, ""}},
	 "3:240/100 1:40"},
	{"a longer one begins another",
	 {{100, 0, 0, 2, ""}, {101, 0, 0, 1, ""}},
	 "2:200/100 1:101"},
	{"so does an empty one",
	 {{100, 0, 0, 2, ""}, {0, 0, 0, 1, ""}, {100, 0, 0, 1, ""}},
	 "2:200/100 1:0 1:100"},
	{"64 segments at most",
	 {{100, 0, 0, 130, ""}},
	 "64:6400/100 64:6400/100 2:200/100"},
	{"65507 bytes at most",
	 {{1500, 0, 0, 50, ""}},
	 "43:64500/1500 7:10500/1500"},
	{"the longest of IPv4", {{65507, 0, 0, 2, ""}}, "1:65507 1:65507"},
	{"the longest of IPv6", {{65527, 0, 0, 2, ""}}, "1:65527 1:65527"},
	{"too long for any: the system says so",
	 {{70000, 0, 0, 2, ""}},
	 "1:70000 1:70000"},
	{"another port",
	 {{100, 0, 0, 1, ""}, {100, 0, 0, 2, "port"}},
	 "1:100 2:200/100"},
	{"another peer",
	 {{100, 0, 0, 1, ""}, {100, 0, 0, 1, "peer"}},
	 "1:100 1:100"},
	{"another zone of the peer",
	 {{100, 0, 0, 1, ""}, {100, 0, 0, 1, "zone"}},
	 "1:100 1:100"},
	{"another source",
	 {{100, 0, 0, 1, ""}, {100, 0, 0, 1, "local"}},
	 "1:100 1:100"},
	{"another interface",
	 {{100, 0, 0, 1, ""}, {100, 0, 0, 1, "ifindex"}},
	 "1:100 1:100"},
	{"other hops",
	 {{100, 0, SOCKET_DATAGRAM_HOPS, 1, ""},
	  {100, 0, SOCKET_DATAGRAM_HOPS, 1, "hops"}},
	 "1:100 1:100"},
	{"other hops that are not asked for",
	 {{100, 0, 0, 1, ""}, {100, 0, 0, 1, "hops"}},
	 "2:200/100"},
	{"another traffic class",
	 {{100, 0, SOCKET_DATAGRAM_TCLASS, 1, ""},
	  {100, 0, SOCKET_DATAGRAM_TCLASS, 1, "tclass"}},
	 "1:100 1:100"},
	{"another traffic class that is not asked for",
	 {{100, 0, 0, 1, ""}, {100, 0, 0, 1, "tclass"}},
	 "2:200/100"},
	{"other flags",
	 {{100, 0, 0, 1, ""}, {100, 0, SOCKET_DATAGRAM_GROUP, 1, ""}},
	 "1:100 1:100"},
	{"times, drops and offsets do not matter",
	 {{100, 0, 0, 1, ""}, {100, 0, 0, 1, "rest"}},
	 "2:200/100"},
	{"records of segments are never joined",
	 {{200, 100, 0, 2, ""}},
	 "1:200/100 1:200/100"},
	{"nor with plain ones",
	 {{100, 0, 0, 1, ""}, {200, 100, 0, 1, ""}, {100, 0, 0, 1, ""}},
	 "1:100 1:200/100 1:100"},
	{"with one that is a segment and no more",
	 {{100, 100, 0, 1, ""}},
	 "1:100"},
	{"with a segment above len", {{100, 1000, 0, 1, ""}}, "1:100"},
	{"with an odd last one", {{201, 100, 0, 1, ""}}, "1:201/100"},
	{"with one byte each", {{130, 1, 0, 1, ""}}, "0:64/1 0:64/1 1:2/1"},
	{"whose last is alone", {{129, 1, 0, 1, ""}}, "0:64/1 0:64/1 1:1"},
	{"200 kB of them",
	 {{200000, 1200, 0, 1, ""}},
	 "0:64800/1200 0:64800/1200 0:64800/1200 1:5600/1200"},
	{"segments too long for any",
	 {{140000, 65535, 0, 1, ""}},
	 "0:65535 0:65535 1:8930"},
	{"without a byte", {{0, 100, 0, 1, ""}}, "1:0"},
	{"SINGLY: plain records",
	 {{100, 0, SINGLY, 3, ""}},
	 "1:100 1:100 1:100"},
	{"SINGLY: a record of segments",
	 {{250, 100, SINGLY, 1, ""}},
	 "0:100 0:100 1:50"},
	{"SINGLY ends there",
	 {{100, 0, SINGLY, 1, ""}, {100, 0, 0, 2, ""}},
	 "1:100 2:200/100"},
};

static void differ(struct socket_datagram6 *g, const char *what)
{
	g->peer.port = (uint16_t)(strcmp(what, "port") ? 53 : 54);
	g->peer.ip[15] = (char)(strcmp(what, "peer") ? 1 : 2);
	g->peer.scope_id = strcmp(what, "zone") ? 1 : 2;
	g->local.ip[15] = (char)(strcmp(what, "local") ? 1 : 2);
	g->ifindex = strcmp(what, "ifindex") ? 1 : 2;
	g->hops = (int16_t)(strcmp(what, "hops") ? 1 : 2);
	g->tclass = (int16_t)(strcmp(what, "tclass") ? 1 : 2);
	if (strcmp(what, "rest") == 0) {
		g->time = 1;
		g->drops = 1;
		g->offset = 1;
	}
}

enum { RECORDS = 256 };
static struct socket_datagram6 grams[RECORDS];

static size_t make(const struct row *row)
{
	size_t n = 0;

	memset(grams, 0, sizeof grams);
	for (size_t i = 0; i < LENGTH(row->records); i++) {
		const struct like *like = &row->records[i];

		for (int k = 0; k < like->times; k++, n++) {
			grams[n].len = like->len;
			grams[n].segment = like->segment;
			grams[n].flags = like->flags;
			differ(&grams[n], like->what);
		}
	}
	return n;
}

static char *print(char *to, const struct group *group)
{
	to += sprintf(to, "%u:%u", (unsigned)group->records,
		      (unsigned)group->bytes);
	if (group->segment)
		to += sprintf(to, "/%u", (unsigned)group->segment);
	return to;
}

/* The next message of n records, whose bytes are all there. */
static struct group next(size_t at, size_t n, uint32_t done, int can_segment)
{
	return socket6_group(&grams[at], n - at, SIZE_MAX, done, can_segment);
}

/* The messages that send n records. */
static const char *messages(size_t n, int can_segment)
{
	static char text[4096];
	char *to = text;
	uint32_t done = 0;
	size_t at = 0;

	*to = 0;
	while (at < n) {
		struct group group = next(at, n, done, can_segment);

		to = print(to + sprintf(to, to == text ? "" : " "), &group);
		done = group.records ? 0 : done + group.bytes;
		at += group.records;
		ck_assert(to < text + sizeof text - 64);
	}
	ck_assert_uint_eq(done, 0);
	return text;
}

CASE("group")

TABLE_TEST(records_become_messages, row, rows, nothing_missing)
{
	size_t n = make(row);

	ck_assert_msg(strcmp(messages(n, 1), row->messages) == 0, "%s: %s",
		      row->behaviour, messages(n, 1));
}

/* Without segments every message is one datagram, whatever the records. */
TABLE_TEST(a_system_without_segments_gets_datagrams, row, rows, nothing_missing)
{
	size_t n = make(row), at = 0;
	uint32_t done = 0;

	while (at < n) {
		uint32_t most = grams[at].segment ? grams[at].segment
						  : grams[at].len;
		struct group group = next(at, n, done, 0);

		ck_assert_uint_eq(group.segment, 0);
		ck_assert_uint_le(group.bytes, most);
		ck_assert_uint_le(group.records, 1);
		done = group.records ? 0 : done + group.bytes;
		at += group.records;
	}
}

TEST(a_record_whose_bytes_are_not_there_ends_a_message)
{
	for (size_t i = 0; i < 3; i++)
		grams[i] = (struct socket_datagram6){
			.offset = 100 * (uint32_t)i, .len = 100};
	ck_assert_uint_eq(socket6_group(grams, 3, 300, 0, 1).records, 3);
	ck_assert_uint_eq(socket6_group(grams, 3, 299, 0, 1).records, 2);
	ck_assert_uint_eq(socket6_group(grams, 3, 199, 0, 1).records, 1);
}

/* Whatever they are: each byte once, and no message beyond a limit. */
TEST(no_byte_is_lost_and_no_limit_passed)
{
	srand(6);
	for (int i = tries(20000); i > 0; i--) {
		size_t n = 1 + (size_t)rand() % 70, at = 0;
		uint64_t sum = 0, went = 0;
		uint32_t done = 0;

		memset(grams, 0, sizeof grams);
		for (size_t k = 0; k < n; k++) {
			grams[k].len = (uint32_t)(rand() % 4 ? 100
						  : rand() % 3
							  ? rand() % 200
							  : rand() % 70000);
			grams[k].segment =
				(uint16_t)(rand() % 8 ? 0 : rand() % 3000);
			grams[k].flags = rand() % 20 ? 0 : SINGLY;
			sum += grams[k].len;
		}
		while (at < n) {
			struct group group = next(at, n, done, 1);

			went += group.bytes;
			done = group.records ? 0 : done + group.bytes;
			at += group.records;
			if (group.segment == 0)
				continue;
			ck_assert_uint_le(group.bytes, GROUP_BYTES);
			ck_assert_uint_le(group.bytes, (uint32_t)group.segment *
							       GROUP_SEGMENTS);
		}
		ck_assert_uint_eq(at, n);
		ck_assert_uint_eq(went, sum);
	}
}

#include "check_group.list"
