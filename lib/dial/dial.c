/* SPDX-License-Identifier: ISC */
/* dial.c - Happy Eyeballs with real sockets: the engine's hands. */
#include "dial.h"
#include "source.h"
#include "sys/thread.h"

#include <stdlib.h>

static struct socket_dial *no_memory(struct socket_dial *d)
{
	socket_dial_free(d);
	errno = ENOMEM;
	return NULL;
}

struct socket_dial *socket_dial_new(size_t max)
{
	struct socket_dial *d = calloc(1, sizeof *d);

	if (!d)
		return no_memory(NULL);
	d->process = sys_process();
	d->flags = SOCKET_NONBLOCK | SOCKET_CLOEXEC;
	d->tclass = -1;
	d->interface = SOCKET_ANY_INTERFACE;
	d->given = NO_ENTRY;
	d->watch = SYS_NO_WATCH;
	socket6_dial_init(&d->engine);
	return socket6_dial_reserve(d, max, 0) == 0 ? d : no_memory(d);
}

/* The array with room for n; as it was, and 1 in *failed, without memory. */
static void *grown(void *array, size_t n, size_t each, int *failed)
{
	void *new = realloc(array, n * each);

	*failed |= !new;
	return new ? new : array;
}

int socket6_dial_reserve(struct socket_dial *d, size_t max, size_t lookups)
{
	struct dial_room *room = &d->engine.room;
	size_t n = max + 1;
	int failed = 0;

	if (max > SIZE_MAX / sizeof *room->entries - lookups - 1)
		return sys_fail(ENOMEM);
	d->fds = grown(d->fds, n + lookups, sizeof *d->fds, &failed);
	if (!failed && max == room->max && room->entries)
		return 0;
	room->entries = grown(room->entries, n, sizeof *room->entries, &failed);
	room->buckets = grown(room->buckets, n, sizeof *room->buckets, &failed);
	room->tried = grown(room->tried, n, sizeof *room->tried, &failed);
	if (failed)
		return sys_fail(ENOMEM);
	socket6_room_rehash(room, max);
	return 0;
}

/* In a child of fork what is watched is the parent's. */
static void drop(const struct socket_dial *d, struct dial_entry *entry)
{
	if (entry->s == -1)
		return;
	socket6_dial_unwatch(d, entry);
	socket_close(entry->s);
	entry->s = -1;
}

static void drop_all(struct socket_dial *d)
{
	struct dial_room *room = &d->engine.room;
	int error = errno;

	for (size_t k = 0; k < room->started; k++)
		drop(d, &room->entries[room->tried[k]]);
	socket6_dial_finish_names(d);
	errno = error;
}

void socket_dial_free(struct socket_dial *d)
{
	if (!d)
		return;
	drop_all(d);
	sys_watch_close(&d->watch);
	socket6_dial_drop_names(d);
	free(d->engine.room.entries);
	free(d->engine.room.buckets);
	free(d->engine.room.tried);
	free(d->fds);
	free(d);
}

int socket_dial_set_bind(struct socket_dial *d, const char ip[16],
			 uint16_t port, uint32_t scope_id)
{
	struct local local = {1, {.port = port, .scope_id = scope_id}};
	int any;

	if (!d)
		return sys_fail(EINVAL);
	if (!ip)
		ip = addr_any;
	any = addr_is_any(ip);
	memcpy(local.addr.ip, ip, 16);
	if (any || addr_is_v4mapped(ip))
		d->v4 = local;
	if (any || !addr_is_v4mapped(ip))
		d->v6 = local;
	socket6_dial_ask_again(&d->engine);
	socket6_dial_rearm(d);
	return 0;
}

int socket_dial_set_data(struct socket_dial *d, const char *buf, size_t len)
{
	if (!d || (!buf && len))
		return sys_fail(EINVAL);
	d->buf = buf;
	d->len = len;
	return 0;
}

size_t socket_dial_sent(const struct socket_dial *d)
{
	if (!d || d->engine.over != DIAL_CONNECTED)
		return 0;
	return d->engine.room.entries[d->engine.winner].sent;
}

int socket_dial_set_history(struct socket_dial *d,
			    struct socket_history *history)
{
	if (!d)
		return sys_fail(EINVAL);
	d->history = history;
	d->engine.asks = history != NULL;
	socket6_dial_ask_again(&d->engine);
	socket6_dial_rearm(d);
	return 0;
}

int socket_dial_add(struct socket_dial *d, const struct socket_addr6 *addrs,
		    size_t n)
{
	int r;

	if (!d || d->engine.ended || (!addrs && n))
		return sys_fail(EINVAL);
	r = socket6_dial_add(&d->engine, sys_microseconds(), addrs, n);
	socket6_dial_rearm(d);
	return r;
}

int socket_dial_end(struct socket_dial *d)
{
	if (!d)
		return sys_fail(EINVAL);
	d->engine.ended = 1;
	socket6_dial_rearm(d);
	return 0;
}

static int is_lacking(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOBUFS ||
	       error == ENOMEM;
}

static void attempt_failed(struct socket_dial *d, int64_t now, size_t i,
			   int error)
{
	drop(d, &d->engine.room.entries[i]);
	error = sys_reason(error);
	if (is_lacking(error))
		socket6_dial_lacking(&d->engine, now, i, error);
	else
		socket6_dial_failed(&d->engine, now, i, error);
}

/* To be confirmed, it is the program's to watch. */
static void give(struct socket_dial *d, int64_t now, size_t i)
{
	socket6_dial_unwatch(d, &d->engine.room.entries[i]);
	socket6_dial_stands(&d->engine, now, i);
	d->given = i;
}

static void succeed(struct socket_dial *d, int64_t now, size_t i)
{
	if (socket6_dial_complete(&d->engine.room.entries[i]) == -1)
		attempt_failed(d, now, i, errno);
	else if (d->confirm)
		give(d, now, i);
	else
		socket6_dial_connected(&d->engine, now, i);
}

static void begin_failed(struct socket_dial *d, int64_t now, size_t i,
			 int error)
{
	attempt_failed(d, now, i, error);
	if (error == ENETUNREACH)
		socket6_dial_translate(d, now, i);
}

static void begin(struct socket_dial *d, int64_t now, size_t i)
{
	struct dial_entry *entry = &d->engine.room.entries[i];

	if (socket6_dial_open(d, entry) == -1)
		attempt_failed(d, now, i, errno);
	else if (socket6_dial_connect(entry) == 0)
		succeed(d, now, i);
	else if (errno != EINPROGRESS && errno != EWOULDBLOCK && errno != EINTR)
		begin_failed(d, now, i, errno);
	else
		socket6_dial_watch(d, entry);
}

static void hear_of(struct socket_dial *d, int64_t now, size_t i, int is_told)
{
	struct dial_entry *entry = &d->engine.room.entries[i];

	if (socket_connected(entry->s))
		succeed(d, now, i);
	else if (errno != EINPROGRESS)
		attempt_failed(d, now, i, errno);
	else if (is_told)
		socket6_dial_rest(d, entry, now);
}

/* Whether the step is over: a connection won, or is to be confirmed. */
static int has_result(const struct socket_dial *d)
{
	return d->engine.over || d->given != NO_ENTRY;
}

/*
 * Polls once, then checks the ready sockets until one is connected; all of them
 * if poll fails.
 */
static void hear(struct socket_dial *d, int64_t now)
{
	const struct dial_entry *entries = d->engine.room.entries;
	nfds_t n = socket6_dial_fill(d);
	int events = n ? sys_poll_now(d->fds, n) : 0;
	size_t next = d->engine.pending.first;

	if (events == 0)
		return;
	for (nfds_t k = 0; k < n && next != NO_ENTRY && !has_result(d);) {
		size_t i = next;

		next = entries[i].next;
		if (entries[i].s != d->fds[k].fd)
			continue;
		if (d->fds[k].revents || events == -1)
			hear_of(d, now, i, d->fds[k].revents);
		k++;
	}
}

/* Closes all but the descriptor that is returned, or -1. */
static int conclude(struct socket_dial *d)
{
	int s = -1;

	d->concluded = 1;
	if (d->history)
		socket6_dial_learn(d->history, &d->engine);
	if (d->engine.over == DIAL_CONNECTED) {
		struct dial_entry *entry =
			&d->engine.room.entries[d->engine.winner];

		socket6_dial_unwatch(d, entry);
		s = entry->s;
		entry->s = -1;
	} else {
		errno = socket6_dial_reason(&d->engine);
	}
	drop_all(d);
	return s;
}

/* Returns the result; later, the same errno. */
static int result(struct socket_dial *d)
{
	if (d->concluded)
		return sys_fail(d->engine.over == DIAL_CONNECTED
					? EISCONN
					: socket6_dial_reason(&d->engine));
	return conclude(d);
}

static int give_away(struct socket_dial *d)
{
	size_t i = d->given;

	d->given = NO_ENTRY;
	return d->engine.room.entries[i].s;
}

/* Asks the history, if there still is one, from where it will be tried. */
static int is_slow(struct socket_dial *d, struct dial_entry *entry)
{
	int error = errno;
	int slow;

	entry->from = dial_from(d, entry_is_ip4(entry));
	slow = d->history && socket6_dial_is_slow(d->history, &d->heed, entry);
	errno = error;
	return slow;
}

static void obey(struct socket_dial *d, int64_t now, enum dial_action action,
		 size_t i)
{
	struct dial_entry *entry = &d->engine.room.entries[i];

	if (action == DIAL_START)
		begin(d, now, i);
	else if (action == DIAL_DROP)
		drop(d, entry);
	else
		socket6_dial_is(&d->engine, i, is_slow(d, entry));
}

/* A new attempt may complete at once, as over loopback. */
static enum dial_action advance(struct socket_dial *d)
{
	enum dial_action action;
	size_t i;

	do {
		int64_t now = sys_microseconds();

		socket6_dial_hear_names(d, now);
		socket6_dial_wake(d, now);
		hear(d, now);
		if (d->given != NO_ENTRY)
			return DIAL_WAIT;
		action = socket6_dial_next(&d->engine, now, &i);
		if (action < DIAL_WAIT)
			obey(d, now, action, i);
	} while (action < DIAL_WAIT);
	return action;
}

int socket_dial_step(struct socket_dial *d)
{
	int s;

	if (!d)
		return sys_fail(EINVAL);
	if (d->process != sys_process())
		return sys_fail(EAGAIN);
	if (advance(d) != DIAL_WAIT)
		s = result(d);
	else
		s = d->given == NO_ENTRY ? sys_fail(EINPROGRESS) : give_away(d);
	socket6_dial_rearm(d);
	return s;
}

/* The attempt whose connection has this descriptor, to be confirmed. */
static size_t unconfirmed(const struct socket_dial *d, int s)
{
	if (d && s != -1)
		FOR_EACH_PENDING(d, i)
		{
			const struct dial_entry *e = &d->engine.room.entries[i];

			if (e->s == s &&
			    e->a.state == SOCKET_ATTEMPT_UNCONFIRMED)
				return i;
		}
	return NO_ENTRY;
}

int socket_dial_confirm(struct socket_dial *d, int s)
{
	size_t i = unconfirmed(d, s);

	if (i == NO_ENTRY)
		return sys_fail(EINVAL);
	if (d->process != sys_process())
		return sys_fail(EAGAIN);
	socket6_dial_connected(&d->engine, sys_microseconds(), i);
	conclude(d);
	socket6_dial_rearm(d);
	return 0;
}

int socket_dial_reject(struct socket_dial *d, int s, int error)
{
	size_t i = unconfirmed(d, s);

	if (i == NO_ENTRY || error <= 0)
		return sys_fail(EINVAL);
	if (d->process != sys_process())
		return sys_fail(EAGAIN);
	drop(d, &d->engine.room.entries[i]);
	socket6_dial_failed(&d->engine, sys_microseconds(), i,
			    sys_reason(error));
	socket6_dial_rearm(d);
	return 0;
}

/* Those that were tried in the order of their attempts, then the rest. */
size_t socket_dial_attempts(const struct socket_dial *d,
			    struct socket_attempt6 *out, size_t max)
{
	const struct dial_room *room = d ? &d->engine.room : NULL;
	size_t n = 0;

	if (!room)
		return 0;
	if (!out)
		max = 0;
	for (size_t k = 0; k < room->started && n < max; k++)
		out[n++] = room->entries[room->tried[k]].a;
	for (size_t i = 0; i < room->count && n < max; i++)
		if (room->entries[i].a.state == SOCKET_ATTEMPT_WAITING)
			out[n++] = room->entries[i].a;
	return room->count;
}
