/* SPDX-License-Identifier: ISC */
/*
 * history.c - which networks were silent.
 *
 * It has no lock: each word is read and written whole. Threads that write the
 * same entry at once may leave a wrong hint, which ages like a right one.
 */
#include "history.h"

#include "addr.h"

#include <stdlib.h>
#include <time.h>

/* RFC 6555 section 4.2: a state is kept for about ten minutes. */
enum { KEPT_SECONDS = 600 };

/* So many silent networks, and no answer since, mean the whole family. */
enum { MANY = 3 };

/* Keys of the families; those of networks are greater. */
enum { FAMILY4, FAMILY6, FAMILIES };

struct network {
	uint32_t key;	 /* a hash of its prefix */
	uint32_t source; /* of the local address it was silent towards */
	uint32_t until;	 /* seconds of now(); 0: nothing is known */
};

/*
 * The first networks are the families: what was silent until no later than
 * their until was so before one of the family answered.
 */
struct socket_history {
	size_t count;
	struct network networks[];
};

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

/* Never 0. */
static uint32_t now(void)
{
	return (uint32_t)(sys_microseconds() / 1000000) + 1;
}

/* FNV-1a, 32 bits. */
static uint32_t hash(const char *bytes, size_t len, uint32_t seed)
{
	uint32_t h = seed ^ 2166136261;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)bytes[i]) * 16777619;
	return h < FAMILIES ? h + FAMILIES : h;
}

static uint32_t family_of(const struct socket_addr6 *addr)
{
	return addr_is_v4mapped(addr->ip) ? FAMILY4 : FAMILY6;
}

/* A site has 48 bits (RFC 6177), or 24 after the 96 that mean IPv4. */
static uint32_t key_of(const struct socket_addr6 *addr)
{
	size_t len = addr_is_v4mapped(addr->ip) ? 15 : 6;

	return hash(addr->ip, len, addr->scope_id);
}

/*
 * The local address's network, for hosts change the rest of it (RFC 8981); 0
 * for none, which is all that Winsock promises of an attempt that is pending.
 */
static uint32_t network_of(const char ip[16])
{
	if (addr_is_v4mapped(ip))
		return memcmp(ip + 12, addr_any, 4) ? hash(ip, 16, 0) : 0;
	return addr_is_any(ip) ? 0 : hash(ip, 8, 0);
}

static uint32_t source_of(int s)
{
	char ip[16];

	return socket_local6(s, ip, NULL, NULL) == -1 ? 0 : network_of(ip);
}

/* From which network one would go there; a datagram socket sends nothing. */
static uint32_t source_towards(const struct socket_addr6 *addr, int v4)
{
	int s = v4 ? socket_udp4_flags(SOCKET_CLOEXEC)
		   : socket_udp6_flags(SOCKET_CLOEXEC);
	uint32_t source = 0;
	int r;

	if (s == -1)
		return 0;
	r = v4 ? socket_connect4(s, addr->ip + 12, addr->port)
	       : socket_connect6(s, addr->ip, addr->port, addr->scope_id);
	if (r == 0)
		source = source_of(s);
	socket_close(s);
	return source;
}

/*
 * What its socket says, or the program has set, or the system would choose. If
 * none is known, the family: networks of two of them never count together.
 */
static uint32_t source_for(const struct dial_entry *entry)
{
	uint32_t source = entry->s == -1 ? 0 : source_of(entry->s);

	if (!source && entry->from)
		source = network_of(entry->from);
	if (!source)
		source = source_towards(&entry->a.addr, entry->v4);
	return source ? source : family_of(&entry->a.addr);
}

/*
 * Whether the address's network was silent, or many of its family; towards
 * this source, or null for any. A source is of one family itself.
 */
static int was_silent(const struct socket_history *h,
		      const struct socket_addr6 *addr, const uint32_t *source)
{
	uint32_t key = key_of(addr), time = now();
	uint32_t answered = sys_load(&h->networks[family_of(addr)].until);
	int many = 0;

	for (size_t i = FAMILIES; i < h->count; i++) {
		const struct network *n = &h->networks[i];
		uint32_t until = sys_load(&n->until);

		if (until <= time ||
		    (source && sys_load(&n->source) != *source))
			continue;
		if (sys_load(&n->key) == key)
			return 1;
		many += until > answered;
	}
	return many >= MANY;
}

/* The source may take four system calls: it is asked for when it matters. */
int socket6_history_has(const struct socket_history *h,
			const struct dial_entry *entry)
{
	uint32_t source;

	if (!was_silent(h, &entry->a.addr, NULL))
		return 0;
	source = source_for(entry);
	return was_silent(h, &entry->a.addr, &source);
}

/* Where to write of a key: over itself, or over what ends first. */
static struct network *place_for(struct socket_history *h, uint32_t key)
{
	struct network *oldest = NULL;

	if (key < FAMILIES)
		return &h->networks[key];
	for (size_t i = FAMILIES; i < h->count; i++) {
		struct network *n = &h->networks[i];

		if (sys_load(&n->key) == key)
			return n;
		if (!oldest || sys_load(&n->until) < sys_load(&oldest->until))
			oldest = n;
	}
	return oldest;
}

/* Nothing is written over what ends later. */
static void put(struct socket_history *h, uint32_t key, uint32_t source,
		uint32_t until)
{
	struct network *n = place_for(h, key);

	if (!n || sys_load(&n->until) > until)
		return;
	sys_store(&n->key, key);
	sys_store(&n->source, source);
	sys_store(&n->until, until);
}

static void note_answer(struct socket_history *h,
			const struct socket_addr6 *addr)
{
	uint32_t key = key_of(addr);

	put(h, family_of(addr), 0, now() + KEPT_SECONDS);
	for (size_t i = FAMILIES; i < h->count; i++)
		if (sys_load(&h->networks[i].key) == key)
			sys_store(&h->networks[i].until, 0);
}

static void note_silence(struct socket_history *h,
			 const struct socket_addr6 *addr, uint32_t source)
{
	put(h, key_of(addr), source, now() + KEPT_SECONDS);
}

/* How long the one that won took; 0 if none did. */
static int64_t best(const struct dial_engine *e)
{
	const struct socket_attempt6 *a = &e->entries[e->winner].a;

	return e->over == DIAL_CONNECTED ? a->end - a->start : 0;
}

/* Without a word for longer than the one that won, and than one may be alone. */
static int had_no_word(const struct dial_engine *e,
		       const struct socket_attempt6 *a)
{
	int64_t waited = a->end - a->start;

	return (a->error == ETIMEDOUT ||
		a->state == SOCKET_ATTEMPT_CANCELLED) &&
	       waited >= e->attempt_delay && waited > best(e);
}

void socket6_history_learn(struct socket_history *h,
			   const struct dial_engine *e)
{
	for (size_t i = 0; i < e->started; i++) {
		const struct dial_entry *entry = &e->entries[i];
		const struct socket_attempt6 *a = &entry->a;

		if (a->state == SOCKET_ATTEMPT_CONNECTED ||
		    a->error == ECONNREFUSED || a->error == ECONNRESET)
			note_answer(h, &a->addr);
		else if (had_no_word(e, a))
			note_silence(h, &a->addr, source_for(entry));
	}
}

/*
 * A line a network: key, source and the second of the day's clock until which
 * it holds, eight hex digits each.
 */
static const char head[] = "socket6-history 1\n";
enum { HEAD = sizeof head - 1, LINE = 27 };

static const char digits[] = HEX_DIGITS;

static void put_hex(char *dest, uint32_t n)
{
	for (int i = 8; i-- > 0; n >>= 4)
		dest[i] = digits[n & 15];
}

/* A word and the byte after it: 1, or 0 if it is no such line. */
static int get_hex(const char *src, char after, uint32_t *n)
{
	const char *digit;

	*n = 0;
	for (int i = 0; i < 8; i++) {
		digit = memchr(digits, src[i], sizeof digits - 1);
		if (!digit)
			return 0;
		*n = *n << 4 | (uint32_t)(digit - digits);
	}
	return src[8] == after;
}

static void put_line(char *dest, uint32_t key, uint32_t source, uint32_t until)
{
	put_hex(dest, key);
	put_hex(dest + 9, source);
	put_hex(dest + 18, until);
	dest[8] = dest[17] = ' ';
	dest[26] = '\n';
}

static int get_line(const char *src, struct network *n)
{
	return get_hex(src, ' ', &n->key) &&
	       get_hex(src + 9, ' ', &n->source) &&
	       get_hex(src + 18, '\n', &n->until);
}

/* Asked once for all lines: which network was silent last is to stay so. */
static uint32_t day_second(void)
{
	return (uint32_t)time(NULL);
}

size_t socket_history_save(const struct socket_history *h, char *buf,
			   size_t size)
{
	size_t len = HEAD;
	uint32_t time = now(), day = day_second();

	if (!h)
		return 0;
	if (buf && size >= HEAD)
		memcpy(buf, head, HEAD);
	for (size_t i = 0; i < h->count; i++) {
		const struct network *n = &h->networks[i];
		uint32_t until = sys_load(&n->until);

		if (until <= time)
			continue;
		if (buf && size >= len + LINE)
			put_line(buf + len, sys_load(&n->key),
				 sys_load(&n->source), until - time + day);
		len += LINE;
	}
	return len;
}

/*
 * Adds a loaded entry with left seconds to live. 1 if it is a network and still
 * valid.
 */
static int load_network(struct socket_history *h, const struct network *n,
			uint32_t left, uint32_t time)
{
	if ((int32_t)left <= 0)
		return 0;
	put(h, n->key, n->source,
	    time + (left < KEPT_SECONDS ? left : KEPT_SECONDS));
	return n->key >= FAMILIES;
}

int socket_history_load(struct socket_history *h, const char *buf, size_t len)
{
	uint32_t time = now(), day = day_second();
	struct network n;
	int loaded = 0;

	if (!h || !buf || len < HEAD || memcmp(buf, head, HEAD) ||
	    (len - HEAD) % LINE) {
		errno = EINVAL;
		return -1;
	}
	for (size_t at = HEAD; at < len; at += LINE)
		if (!get_line(buf + at, &n)) {
			errno = EINVAL;
			return -1;
		}
	for (size_t at = HEAD; at < len; at += LINE) {
		get_line(buf + at, &n);
		loaded += load_network(h, &n, n.until - day, time);
	}
	return loaded;
}
