/* SPDX-License-Identifier: ISC */
/*
 * fuzz_engine.c - Happy Eyeballs under any events, at any times.
 *
 * The first bytes are settings. Then each byte is an event and whom it is for;
 * between them the engine is asked for all that it has to do, as the driver of
 * lib/dial does, and after each what it promises must hold.
 */
#include "fuzz.h"

#include "dial/engine.h"

#include <errno.h>
#include <string.h>

enum { ADDRESSES = 8, ROOM = 6, EVENTS = 64, LEAST_DELAY = 10000 };

/* So many actions are due at one moment at most: each address may be asked
 * about, begin, lack something, give way and begin again. */
enum { ACTIONS = 8 * ROOM };

struct race {
	struct dial_engine e;
	struct dial_entry entries[ROOM];
	size_t buckets[ROOM + 1], tried[ROOM];
	unsigned int slow;  /* a bit for each address that was silent */
	unsigned int lacks; /* one for each attempt to lack a descriptor */
	int64_t now;	    /* of the world */
	int64_t seen;	    /* the latest that the engine was told */
	int64_t last_began[LANES]; /* or stood; -1 for none yet */
	int hurried;		   /* one has failed, lacked or given way */
	enum dial_action last;
};

/* ---- its parts ---- */

static size_t length_of(const struct race *r, const struct dial_list *list,
			int state)
{
	size_t n = 0, before = NO_ENTRY;

	for (size_t i = list->first; i != NO_ENTRY; i = r->entries[i].next) {
		require(i < r->e.room.count && n < ROOM);
		require(r->entries[i].before == before);
		require(r->entries[i].a.state == state ||
			(state == SOCKET_ATTEMPT_PENDING &&
			 r->entries[i].a.state == SOCKET_ATTEMPT_UNCONFIRMED));
		before = i;
		n++;
	}
	require(list->last == before);
	return n;
}

/* Those that wait are in the lane and the family that they are of. */
static size_t check_queues(const struct race *r)
{
	size_t n = 0;

	for (int lane = 0; lane < LANES; lane++)
		for (int v4 = 0; v4 < FAMILIES_OF_DIAL; v4++) {
			const struct dial_list *q =
				&r->e.lanes[lane].waiting[v4];

			n += length_of(r, q, SOCKET_ATTEMPT_WAITING);
			for (size_t i = q->first; i != NO_ENTRY;
			     i = r->entries[i].next)
				require(r->entries[i].v4 == v4 &&
					(r->entries[i].slow != 0) ==
						(lane == SLOW));
		}
	return n;
}

static void check_tried(const struct race *r)
{
	unsigned int seen = 0;
	size_t slow = 0;

	for (size_t k = 0; k < r->e.room.started; k++) {
		size_t i = r->tried[k];

		require(i < r->e.room.count && !(seen & 1u << i));
		require(r->entries[i].a.state != SOCKET_ATTEMPT_WAITING);
		seen |= 1u << i;
		slow += r->entries[i].slow != 0;
	}
	require(slow == r->e.slow_started);
}

static void check_entry(const struct race *r, const struct dial_entry *entry)
{
	const struct socket_attempt6 *a = &entry->a;

	require(socket6_room_find(&r->e.room, &a->addr) ==
		(size_t)(entry - r->entries));
	require(a->start >= 0);
	if (a->state == SOCKET_ATTEMPT_WAITING)
		require(a->start == 0 && a->end == 0);
	else if (a->state != SOCKET_ATTEMPT_PENDING)
		require(a->end >= a->start);
	require(a->state != SOCKET_ATTEMPT_FAILED || a->error);
}

/* Every address is in one place, and counted once. */
static void check(const struct race *r)
{
	const struct dial_room *room = &r->e.room;
	size_t pending = length_of(r, &r->e.pending, SOCKET_ATTEMPT_PENDING);
	size_t waiting = check_queues(r) +
			 length_of(r, &r->e.again, SOCKET_ATTEMPT_WAITING);
	size_t connected = 0, v4 = 0;

	require(room->count <= room->max && pending == r->e.pending_count);
	require(waiting == room->count - room->started);
	require(!r->e.most || pending <= r->e.most);
	for (size_t i = 0; i < room->count; i++) {
		check_entry(r, &r->entries[i]);
		connected += r->entries[i].a.state == SOCKET_ATTEMPT_CONNECTED;
		v4 += r->entries[i].v4 != 0;
	}
	require(v4 == room->of[1] && room->count - v4 == room->of[0]);
	require(connected == (r->e.over == DIAL_CONNECTED));
	require(!r->e.over || pending == 0);
	check_tried(r);
}

/* ---- what it does ---- */

/* The time, which the engine is told now. */
static int64_t told(struct race *r)
{
	if (r->now > r->seen)
		r->seen = r->now;
	return r->now;
}

static unsigned int mark_of(const struct race *r, size_t i)
{
	return 1u << (r->entries[i].a.addr.ip[15] & 7);
}

/*
 * RFC 8305 section 5: two attempts of one lane are not nearer than ten
 * milliseconds, unless one has failed or made room.
 */
static void begin(struct race *r, size_t i)
{
	int lane = r->entries[i].slow ? SLOW : SWIFT;

	require(r->entries[i].a.state == SOCKET_ATTEMPT_PENDING);
	require(r->tried[r->e.room.started - 1] == i);
	require(r->last_began[lane] == -1 || r->hurried ||
		r->seen - r->last_began[lane] >= LEAST_DELAY);
	r->last_began[lane] = r->seen;
	if (!(r->lacks & mark_of(r, i)))
		return;
	r->lacks &= ~mark_of(r, i);
	socket6_dial_lacking(&r->e, r->seen, i, EMFILE);
	r->hurried = 1;
}

static void obey(struct race *r, enum dial_action action, size_t i)
{
	require(i < r->e.room.count);
	if (action == DIAL_START) {
		begin(r, i);
	} else if (action == DIAL_ASK) {
		socket6_dial_is(&r->e, i, (r->slow & mark_of(r, i)) != 0);
	} else {
		require(action == DIAL_DROP);
		require(r->entries[i].a.state == SOCKET_ATTEMPT_WAITING);
		r->hurried = 1;
	}
}

/* The errno that is told says as much as any attempt's. */
static void check_reason(const struct race *r)
{
	int reason = socket6_dial_reason(&r->e);

	require(reason != 0);
	for (size_t i = 0; i < r->e.room.count; i++)
		require(!r->entries[i].a.error ||
			socket6_dial_rank(reason) >=
				socket6_dial_rank(r->entries[i].a.error));
}

static void check_wait(const struct race *r)
{
	const struct dial_engine *e = &r->e;
	int64_t due = socket6_dial_due(e);
	size_t waiting = e->room.count - e->room.started;

	require(due == -1 || due > r->seen);
	require(e->deadline < 0 || r->seen < e->begun + e->deadline);
	require(e->deadline < 0 ||
		(due != -1 && due <= e->begun + e->deadline));
	require(!e->ended || waiting || e->pending_count || e->awaited);
	/* What waits is begun some time, unless there is no room for it. */
	require(due != -1 || !waiting || e->most ||
		(e->room.started == 0 && !e->ended && waiting == 0) ||
		e->again.first != NO_ENTRY || e->crowded);
}

static void step(struct race *r)
{
	enum dial_action action;
	int actions = 0;
	size_t i;

	while ((action = socket6_dial_next(&r->e, told(r), &i)) < DIAL_WAIT) {
		require(actions++ < ACTIONS && !r->e.over);
		obey(r, action, i);
		check(r);
	}
	require(r->last == DIAL_WAIT || action == r->last);
	r->last = action;
	check(r);
	if (action == DIAL_WAIT)
		check_wait(r);
	else
		require(socket6_dial_due(&r->e) == -1);
	if (action == DIAL_CONNECTED)
		require(r->entries[i].a.state == SOCKET_ATTEMPT_CONNECTED);
	if (action == DIAL_FAILED)
		check_reason(r);
}

/* ---- what happens to it ---- */

static struct socket_addr6 address(unsigned int n)
{
	struct socket_addr6 a = {.port = 80};

	if (n & 1)
		memcpy(a.ip, "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2", 15);
	else if (n & 2)
		memcpy(a.ip, "\0\x64\xff\x9b", 4); /* a NAT64 may have it */
	else
		memcpy(a.ip, "\x20\x01\x0d\xb8", 4);
	a.ip[15] = (char)(n & 7);
	return a;
}

static void add(struct race *r, unsigned int first, size_t n)
{
	struct socket_addr6 addrs[4];
	size_t was = r->e.room.count;

	for (size_t k = 0; k < n; k++)
		addrs[k] = address(first + (unsigned int)k);
	errno = 0;
	if (socket6_dial_add(&r->e, told(r), addrs, n) == -1)
		require(errno == ENOBUFS && r->e.room.count == r->e.room.max);
	require(r->e.room.count >= was);
}

/* The k-th of those that go on, or NO_ENTRY. */
static size_t pending(const struct race *r, unsigned int k)
{
	size_t i = r->e.pending.first;

	for (k %= ROOM; k > 0 && i != NO_ENTRY; k--)
		i = r->entries[i].next;
	return i;
}

static void end_badly(struct race *r, size_t i, unsigned int k, int lacks)
{
	static const int errors[] = {ECONNREFUSED, EHOSTUNREACH, ETIMEDOUT,
				     ENETUNREACH,  ECONNRESET,	 EACCES,
				     EMFILE,	   EADDRNOTAVAIL};

	(lacks ? socket6_dial_lacking : socket6_dial_failed)(&r->e, told(r), i,
							     errors[k & 7]);
	r->hurried = 1;
}

static void go_on(struct race *r, unsigned int what, unsigned int k)
{
	size_t i = pending(r, k);
	int stands;

	if (i == NO_ENTRY)
		return;
	stands = r->entries[i].a.state == SOCKET_ATTEMPT_UNCONFIRMED;
	if (what == 0) {
		socket6_dial_connected(&r->e, told(r), i);
	} else if (what == 1 && !stands) {
		socket6_dial_stands(&r->e, told(r), i);
		r->last_began[r->entries[i].slow ? SLOW : SWIFT] = r->seen;
	} else {
		end_badly(r, i, k, what == 3 && !stands);
	}
}

static void find_nat64(struct race *r)
{
	static const struct nat64 found = {
		.n = 1, .prefixes = {{"\0\x64\xff\x9b", 96}}};

	if (!r->e.room.nat64.n)
		socket6_dial_set_nat64(&r->e, &found);
}

/* So long after the last event, or before: a clock may run back. */
static void pass(struct race *r, unsigned int k)
{
	static const int64_t steps[] = {0,     1,      9999,   10000,
					40000, 100000, 250000, 3000000};

	if (k < 8)
		r->now += steps[k];
	else if (k == 8)
		r->now -= 500000;
	else if (socket6_dial_due(&r->e) > r->now)
		r->now = socket6_dial_due(&r->e) - (k & 1);
}

static void happen(struct race *r, unsigned int event)
{
	unsigned int k = event & 15;

	switch (event >> 4) {
	case 0:
	case 1:
		add(r, k & 7, 1);
		break;
	case 2:
		add(r, k & 7, 1 + (k >> 3) * 3);
		break;
	case 3:
		r->e.ended = 1;
		break;
	case 4:
	case 5:
	case 6:
	case 7:
		go_on(r, (event >> 4) - 4, k);
		break;
	case 8:
		r->slow ^= 1u << (k & 7);
		r->e.asks = 1;
		socket6_dial_ask_again(&r->e);
		break;
	case 9:
		r->lacks ^= 1u << (k & 7);
		break;
	case 10:
		find_nat64(r);
		break;
	case 11:
		r->e.awaited = (int)(k & 1);
		break;
	default:
		pass(r, k);
	}
}

static void set(struct race *r, struct input *in)
{
	static const int64_t delays[] = {10000, 50000, 250000, 2000000};
	static const int64_t limits[] = {-1,	 0,	  24000,
					 400000, 1000000, 5000000};
	unsigned int a = fuzz_byte(in), b = fuzz_byte(in);

	socket6_dial_init(&r->e);
	r->e.room.entries = r->entries;
	r->e.room.buckets = r->buckets;
	r->e.room.tried = r->tried;
	socket6_room_rehash(&r->e.room, (a & 7) < 2 ? a & 7 : ROOM);
	r->e.attempt_delay = delays[a >> 3 & 3];
	r->e.resolution_delay = a >> 5 & 1 ? 0 : 50000;
	r->e.most = a >> 6;
	r->e.deadline = limits[(b & 7) % 6];
	r->e.last_wait = limits[(b >> 3 & 7) % 6];
	r->e.asks = (int)(b >> 6 & 1);
}

FUZZ(engine)
{
	static struct race r;
	struct input in = {data, size};

	memset(&r, 0, sizeof r);
	r.now = 1000000;
	r.last_began[SWIFT] = r.last_began[SLOW] = -1;
	r.last = DIAL_WAIT;
	set(&r, &in);
	for (int n = 0; n < EVENTS && in.left > 0; n++) {
		unsigned int event = fuzz_byte(&in);

		if (r.e.over && event >> 4 >= 4 && event >> 4 < 8)
			continue;
		happen(&r, event);
		/* Two may happen before the driver has its turn. */
		if (event != 0xbf)
			step(&r);
	}
}
