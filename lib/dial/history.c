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

/*
 * For so long after an answer silence says nothing of the family: anyone can
 * have three names dialled that have a dead network each. Simulated, with 100 of
 * these a minute, two dials a minute to networks that answer keep IPv6 in 999 of
 * 1000. Where IPv6 breaks, new networks are waited for as long.
 */
enum { SURE_SECONDS = 300 };

/*
 * Clients whose past differs must come to behave alike, for instance because
 * they ignore it at times (draft-ietf-happy-happyeyeballs-v3-04 section 5.3,
 * which has no number). One dial in 17 then waits the attempt delay of 250 ms
 * in vain where a family is dead: 15 ms a dial. 17 is a prime, so that a
 * program that dials its peers in turn does not ignore it for the same ones.
 */
enum { IGNORED_ONCE_IN = 17 };

/*
 * A network may be in so many places, side by side; its key says from which one
 * on. So looking it up costs the same however large the history is. There is a
 * sixth more of them than asked for, which SOCKET_HISTORY_FMT has room for: a
 * line has 27 bytes, and it counts 32. Simulated, of as many networks as asked
 * for two in a hundred have no place then, and of half as many none.
 */
enum { WINDOW = 32, SPARE = 6 };

struct socket_history *socket_history_new(size_t max)
{
	struct socket_history *h = NULL;
	size_t each = sizeof h->networks[0];
	size_t count = max + max / SPARE;

	if (max <= SIZE_MAX / each / 2)
		h = calloc(1, sizeof *h + count * each);
	if (!h) {
		errno = ENOMEM;
		return NULL;
	}
	h->count = count;
	return h;
}

void socket_history_free(struct socket_history *h)
{
	free(h);
}

static void forget(struct history_network *networks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sys_store(&networks[i].until, 0);
}

void socket_history_clear(struct socket_history *h)
{
	if (!h)
		return;
	sys_store(&h->asked, 0);
	for (int i = 0; i < FAMILIES; i++)
		sys_store(&h->answered[i], 0);
	forget(h->recent[0], (size_t)SOURCES * MANY);
	forget(h->networks, h->count);
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

/* The places of a network: the first, and how many. */
static size_t window(const struct socket_history *h, uint32_t key, size_t *n)
{
	*n = h->count < WINDOW ? h->count : WINDOW;
	return (size_t)((uint64_t)key * (h->count - *n + 1) >> 32);
}

/* Whether it was silent of late, towards this source, or any if null. */
static int holds(const struct history_network *n, uint32_t time,
		 const uint32_t *source)
{
	return sys_load(&n->until) > time &&
	       (!source || sys_load(&n->source) == *source);
}

/* Places are used in order: there is nothing behind one that never was. */
static int is_network_silent(const struct socket_history *h, uint32_t time,
			     uint32_t key, const uint32_t *source)
{
	size_t n;
	const struct history_network *place = &h->networks[window(h, key, &n)];

	for (; n > 0 && sys_load(&place->key); n--, place++)
		if (sys_load(&place->key) == key && holds(place, time, source))
			return 1;
	return 0;
}

/* A source is of one family itself: the networks that count have it too. */
static int is_family_silent(const struct socket_history *h, uint32_t time,
			    uint32_t family, const uint32_t *source)
{
	uint32_t answered = sys_load(&h->answered[family]);
	uint32_t after = answered > time ? answered + SURE_SECONDS : time;
	int many = 0;

	for (int i = 0; i < SOURCES && many < MANY; i++) {
		many = 0;
		for (int k = 0; k < MANY; k++)
			many += holds(&h->recent[i][k], after, source);
	}
	return many == MANY;
}

int socket6_history_has(const struct socket_history *h, int64_t now,
			const struct socket_addr6 *addr, const char *source)
{
	struct keys keys = keys_of(addr);
	uint32_t time = history_seconds(now);
	uint32_t hashed = source ? hash_source(source) : 0;
	const uint32_t *towards = source ? &hashed : NULL;

	return is_network_silent(h, time, keys.network, towards) ||
	       is_family_silent(h, time, keys.family, towards);
}

int socket6_history_is_heeded(struct socket_history *h)
{
	uint32_t asked = (sys_load(&h->asked) + 1) % IGNORED_ONCE_IN;

	sys_store(&h->asked, asked);
	return asked != 0;
}

/* Where to write: over itself, or over what ends first. */
static struct history_network *place_for(struct history_network *first,
					 size_t n, uint32_t key,
					 uint32_t source)
{
	struct history_network *place = first;

	for (struct history_network *i = first; i < first + n; i++) {
		if (sys_load(&i->key) == key && sys_load(&i->source) == source)
			return i;
		if (sys_load(&i->until) < sys_load(&place->until))
			place = i;
		if (!sys_load(&i->key))
			break;
	}
	return place;
}

static uint32_t latest(const struct history_network networks[MANY])
{
	uint32_t until = 0;

	for (int k = 0; k < MANY; k++)
		if (sys_load(&networks[k].until) > until)
			until = sys_load(&networks[k].until);
	return until;
}

/*
 * What was silent last towards this source; or towards another one, emptied,
 * if nothing of that ends later; or null.
 */
static struct history_network *recent_of(struct socket_history *h,
					 uint32_t source, uint32_t until)
{
	struct history_network *oldest = h->recent[0];

	for (int i = 0; i < SOURCES; i++) {
		if (sys_load(&h->recent[i]->source) == source)
			return h->recent[i];
		if (latest(h->recent[i]) < latest(oldest))
			oldest = h->recent[i];
	}
	if (latest(oldest) > until)
		return NULL;
	forget(oldest, MANY);
	return oldest;
}

/* Nothing is written over what ends later. */
static void put(struct history_network *place, uint32_t key, uint32_t source,
		uint32_t until)
{
	if (sys_load(&place->until) > until)
		return;
	sys_store(&place->key, key);
	sys_store(&place->source, source);
	sys_store(&place->until, until);
}

static void remember(struct socket_history *h, uint32_t key, uint32_t source,
		     uint32_t until)
{
	size_t n, i = window(h, key, &n);
	struct history_network *recent;

	if (n == 0)
		return;
	put(place_for(&h->networks[i], n, key, source), key, source, until);
	recent = recent_of(h, source, until);
	if (recent)
		put(place_for(recent, MANY, key, source), key, source, until);
}

static void remember_answer(struct socket_history *h, uint32_t family,
			    uint32_t until)
{
	if (sys_load(&h->answered[family]) < until)
		sys_store(&h->answered[family], until);
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
	size_t n, i = window(h, keys.network, &n);

	remember_answer(h, keys.family, history_seconds(now) + KEPT_SECONDS);
	for (; n > 0; n--, i++)
		if (sys_load(&h->networks[i].key) == keys.network)
			sys_store(&h->networks[i].until, 0);
}

int socket6_history_restore(struct socket_history *h, int64_t now, uint32_t key,
			    uint32_t source, int32_t left)
{
	uint32_t until = history_seconds(now) + KEPT_SECONDS;

	if (left <= 0)
		return 0;
	if (left < KEPT_SECONDS)
		until = history_seconds(now) + (uint32_t)left;
	if (key >= FAMILIES) {
		remember(h, key, source, until);
		return 1;
	}
	remember_answer(h, key, until);
	if (sys_load(&h->asked) < source)
		sys_store(&h->asked, source);
	return 0;
}
