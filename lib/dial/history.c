/* SPDX-License-Identifier: ISC */
/*
 * history.c - which networks were silent, as a function of events and time.
 *
 * It has no lock: each word is read and written whole. Threads that write the
 * same entry at once may leave a wrong hint, which ages like a right one.
 */
#include "history.h"

#include "sys/compiler.h"
#include "text/text.h"

#include <errno.h>
#include <stdlib.h>

/* RFC 6555 section 4.2: a state is kept for about ten minutes. */
enum { KEPT_SECONDS = 600 };

/* So many silent networks, and no answer since, mean the whole family. */
enum { MANY = 3 };

/*
 * Keys of the families, which are the first entries; those of networks are
 * greater. What was silent until no later than a family's until was so before
 * one of the family answered.
 */
enum { FAMILY4, FAMILY6, FAMILIES };

struct socket_history *socket_history_new(size_t max)
{
	struct socket_history *h = NULL;
	size_t each = sizeof h->networks[0];

	if (max <= (SIZE_MAX - sizeof *h) / each - FAMILIES)
		h = calloc(1, sizeof *h + (FAMILIES + max) * each);
	if (!h) {
		errno = ENOMEM;
		return NULL;
	}
	h->count = FAMILIES + max;
	return h;
}

void socket_history_free(struct socket_history *h)
{
	free(h);
}

void socket_history_clear(struct socket_history *h)
{
	for (size_t i = 0; h && i < h->count; i++)
		sys_store(&h->networks[i].until, 0);
}

/* FNV-1a, 32 bits. */
static uint32_t hash(const char *bytes, size_t len, uint32_t seed)
{
	uint32_t h = seed ^ 2166136261;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)bytes[i]) * 16777619;
	return h < FAMILIES ? h + FAMILIES : h;
}

/* What an address is known by. */
struct keys {
	uint32_t family, network;
};

/* A site has 48 bits (RFC 6177), or 24 after the 96 that mean IPv4. */
static struct keys keys_of(const struct socket_addr6 *addr)
{
	int v4 = addr_is_v4mapped(addr->ip);

	return (struct keys){
		.family = v4 ? FAMILY4 : FAMILY6,
		.network = hash(addr->ip, v4 ? 15 : 6, addr->scope_id),
	};
}

/*
 * A host changes the last 64 bits of an IPv6 address by itself (RFC 8981). ::
 * is a source of its own, and 0.0.0.0 another one: those of networks whose
 * source is not known, which count together in each family.
 */
static uint32_t hash_source(const char ip[16])
{
	int whole = addr_is_v4mapped(ip) || addr_is_any(ip);

	return hash(ip, whole ? 16 : 8, 0);
}

/* A source is of one family itself: the networks that count have it too. */
int socket6_history_has(const struct socket_history *h, int64_t now,
			const struct socket_addr6 *addr, const char *source)
{
	struct keys keys = keys_of(addr);
	uint32_t time = history_seconds(now);
	uint32_t towards = source ? hash_source(source) : 0;
	uint32_t answered = sys_load(&h->networks[keys.family].until);
	int many = 0;

	for (size_t i = FAMILIES; i < h->count; i++) {
		const struct history_network *n = &h->networks[i];
		uint32_t until = sys_load(&n->until);

		if (until <= time ||
		    (source && sys_load(&n->source) != towards))
			continue;
		if (sys_load(&n->key) == keys.network)
			return 1;
		many += until > answered;
	}
	return many >= MANY;
}

/* Where to write of a key: over itself, or over what ends first. */
static struct history_network *place_for(struct socket_history *h, uint32_t key)
{
	struct history_network *oldest = NULL;

	if (key < FAMILIES)
		return &h->networks[key];
	for (size_t i = FAMILIES; i < h->count; i++) {
		struct history_network *n = &h->networks[i];

		if (sys_load(&n->key) == key)
			return n;
		if (!oldest || sys_load(&n->until) < sys_load(&oldest->until))
			oldest = n;
	}
	return oldest;
}

/* Nothing is written over what ends later. */
static void remember(struct socket_history *h, uint32_t key, uint32_t source,
		     uint32_t until)
{
	struct history_network *n = place_for(h, key);

	if (!n || sys_load(&n->until) > until)
		return;
	sys_store(&n->key, key);
	sys_store(&n->source, source);
	sys_store(&n->until, until);
}

void socket6_history_silence(struct socket_history *h, int64_t now,
			     const struct socket_addr6 *addr,
			     const char source[16])
{
	remember(h, keys_of(addr).network, hash_source(source),
		 history_seconds(now) + KEPT_SECONDS);
}

void socket6_history_answer(struct socket_history *h, int64_t now,
			    const struct socket_addr6 *addr)
{
	struct keys keys = keys_of(addr);

	remember(h, keys.family, 0, history_seconds(now) + KEPT_SECONDS);
	for (size_t i = FAMILIES; i < h->count; i++)
		if (sys_load(&h->networks[i].key) == keys.network)
			sys_store(&h->networks[i].until, 0);
}

int socket6_history_restore(struct socket_history *h, int64_t now, uint32_t key,
			    uint32_t source, int32_t left)
{
	if (left <= 0)
		return 0;
	if (left > KEPT_SECONDS)
		left = KEPT_SECONDS;
	remember(h, key, source, history_seconds(now) + (uint32_t)left);
	return key >= FAMILIES;
}
