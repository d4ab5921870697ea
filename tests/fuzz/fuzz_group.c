/* SPDX-License-Identifier: ISC */
/*
 * fuzz_group.c - which records one message takes: every byte of a batch goes
 * out, once, in order, in datagrams of the sizes that were asked for.
 */
#include "fuzz.h"

#include "datagram/group.h"

#include <string.h>

enum { RECORDS = 80, LONGEST = 70000 };

struct batch {
	struct socket_datagram6 *grams;
	size_t n, len;
	int can_segment;
};

/* Records of a few kinds, so that many are alike. */
static void make_record(struct input *in, struct socket_datagram6 *g,
			size_t len)
{
	static const uint32_t lengths[] = {0,	 1,    2,     100,
					   1000, 1472, 32000, 65507};
	unsigned int kind = fuzz_byte(in), more = fuzz_byte(in);

	g->len = lengths[kind & 7] + (kind >> 7);
	g->offset = more & 1 ? fuzz_word(in) % (uint32_t)(len + 2) : 0;
	g->segment = (uint16_t)(more & 2 ? lengths[more >> 5] : 0);
	g->flags = (uint16_t)(kind >> 3 & 15);
	g->hops = (int16_t)(more >> 2 & 1);
	g->tclass = (int16_t)(more >> 3 & 1);
	g->peer.port = (uint16_t)(1 + (more >> 4 & 1));
}

static int is_in(const struct socket_datagram6 *g, size_t len)
{
	return g->offset <= len && g->len <= len - g->offset;
}

/* The sizes of its datagrams: all but the last are the segment's. */
static void check_sizes(const struct batch *b, const struct group *group,
			size_t i)
{
	for (size_t k = i; k < i + group->records; k++) {
		require(b->grams[k].len <= group->segment);
		require(k + 1 == i + group->records ||
			b->grams[k].len == group->segment);
		require(k == i || is_in(&b->grams[k], b->len));
	}
}

static uint32_t bytes_of(const struct batch *b, const struct group *group,
			 size_t i, uint32_t done)
{
	uint32_t sum = 0;

	for (size_t k = i; k < i + group->records; k++)
		sum += b->grams[k].len;
	return sum - done;
}

static void check_group(const struct batch *b, const struct group *group,
			size_t i, uint32_t done)
{
	const struct socket_datagram6 *g = &b->grams[i];
	int can_segment = b->can_segment &&
			  !(g->flags & SOCKET_DATAGRAM_SINGLY);

	require(group->records <= b->n - i);
	require(group->segment == 0 || can_segment);
	require(group->segment == 0 || group->bytes <= GROUP_BYTES);
	require(group->segment == 0 ||
		(group->bytes + group->segment - 1u) / group->segment <=
			GROUP_SEGMENTS);
	if (group->records == 0)
		require(g->segment && group->bytes > 0 &&
			group->bytes < g->len - done &&
			group->bytes % g->segment == 0);
	else
		require(group->bytes == bytes_of(b, group, i, done));
	if (group->records > 1)
		check_sizes(b, group, i);
}

FUZZ(group)
{
	struct input in = {data, size};
	struct batch b = {.can_segment = (int)(fuzz_byte(&in) & 1)};
	size_t i = 0;
	uint32_t done = 0;

	b.len = fuzz_byte(&in) & 1 ? LONGEST : 2000;
	b.n = 1 + fuzz_byte(&in) % RECORDS;
	b.grams = fuzz_aligned_room(b.n * sizeof *b.grams);
	memset(b.grams, 0, b.n * sizeof *b.grams);
	for (size_t k = 0; k < b.n; k++)
		make_record(&in, &b.grams[k], b.len);
	while (i < b.n && is_in(&b.grams[i], b.len)) {
		struct group group = socket6_group(b.grams + i, b.n - i, b.len,
						   done, b.can_segment);

		check_group(&b, &group, i, done);
		done = group.records ? 0 : done + group.bytes;
		i += group.records;
	}
	fuzz_free(b.grams);
}
