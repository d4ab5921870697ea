/* SPDX-License-Identifier: ISC */
/* dial.c - Happy Eyeballs with real sockets: the engine's hands. */
#include "dial.h"
#include "source.h"
#include "sys/thread.h"

#include <stdlib.h>

enum { FLAGS = SOCKET_NONBLOCK | SOCKET_CLOEXEC | SOCKET_MPTCP };

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
	socket6_dial_init(&d->engine, NULL, 0);
	return socket6_dial_reserve(d, max, 0) == 0 ? d : no_memory(d);
}

int socket6_dial_reserve(struct socket_dial *d, size_t max, size_t lookups)
{
	struct dial_entry *entries;
	struct pollfd *fds;

	if (max > SIZE_MAX / sizeof *entries - lookups - 1)
		return sys_fail(ENOMEM);
	entries = realloc(d->engine.entries, (max + 1) * sizeof *entries);
	if (entries)
		d->engine.entries = entries;
	fds = realloc(d->fds, (max + lookups + 1) * sizeof *fds);
	if (fds)
		d->fds = fds;
	if (!entries || !fds)
		return sys_fail(ENOMEM);
	d->engine.max = max;
	return 0;
}

static void drop(struct dial_entry *entry)
{
	if (entry->s != -1)
		socket_close(entry->s);
	entry->s = -1;
}

static void drop_all(struct socket_dial *d)
{
	int error = errno;

	for (size_t i = 0; i < d->engine.started; i++)
		drop(&d->engine.entries[i]);
	socket6_dial_finish_names(d);
	errno = error;
}

void socket_dial_free(struct socket_dial *d)
{
	if (!d)
		return;
	drop_all(d);
	socket6_dial_drop_names(d);
	free(d->engine.entries);
	free(d->fds);
	free(d);
}

/*
 * Stores a time given in milliseconds. least: the smallest value allowed, or
 * -1 if a negative one means none.
 */
static int set_time(int64_t *microseconds, int value, int least, int most)
{
	if (value > most || (least >= 0 && value < least))
		return sys_fail(EINVAL);
	*microseconds = value < 0 ? -1 : (int64_t)value * 1000;
	return 0;
}

int socket_dial_set(struct socket_dial *d, int option, int value)
{
	struct dial_engine *e;

	if (!d)
		return sys_fail(EINVAL);
	e = &d->engine;
	switch (option) {
	case SOCKET_DIAL_ATTEMPT_DELAY:
		return set_time(&e->attempt_delay, value, 10, 2000);
	case SOCKET_DIAL_RESOLUTION_DELAY:
		return set_time(&e->resolution_delay, value, 0, 2000);
	case SOCKET_DIAL_LAST_WAIT:
		return set_time(&e->last_wait, value, -1, INT_MAX);
	case SOCKET_DIAL_DEADLINE:
		return set_time(&e->deadline, value, -1, INT_MAX);
	case SOCKET_DIAL_FLAGS:
		if (value & ~FLAGS)
			return sys_fail(EINVAL);
		d->flags = value;
		return 0;
	case SOCKET_DIAL_NODELAY:
		d->nodelay = value != 0;
		return 0;
	case SOCKET_DIAL_MORE:
		d->more = value != 0;
		return 0;
	}
	return sys_fail(EINVAL);
}

/* Asks the history of this address, from where it will be tried. */
static void ask_history_of(struct socket_dial *d, struct dial_entry *entry)
{
	const struct local *local = entry->v4 ? &d->v4 : &d->v6;

	entry->from = local->is_set ? local->addr.ip : NULL;
	entry->slow = d->history &&
		      socket6_dial_is_slow(d->history, &d->heed, entry);
}

void socket6_dial_ask_history(struct socket_dial *d, size_t i)
{
	int error = errno;

	for (; i < d->engine.count; i++)
		ask_history_of(d, &d->engine.entries[i]);
	errno = error;
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
	socket6_dial_ask_history(d, d->engine.started);
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
	return d->engine.entries[d->engine.winner].sent;
}

int socket_dial_set_history(struct socket_dial *d,
			    struct socket_history *history)
{
	if (!d)
		return sys_fail(EINVAL);
	d->history = history;
	socket6_dial_ask_history(d, d->engine.started);
	return 0;
}

int socket_dial_add(struct socket_dial *d, const struct socket_addr6 *addrs,
		    size_t n)
{
	size_t before;
	int r;

	if (!d || d->engine.ended || (!addrs && n))
		return sys_fail(EINVAL);
	before = d->engine.count;
	r = socket6_dial_add(&d->engine, sys_microseconds(), addrs, n);
	socket6_dial_ask_history(d, before);
	return r;
}

int socket_dial_end(struct socket_dial *d)
{
	if (!d)
		return sys_fail(EINVAL);
	d->engine.ended = 1;
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
	drop(&d->engine.entries[i]);
	error = sys_reason(error);
	if (is_lacking(error))
		socket6_dial_lacking(&d->engine, now, i, error);
	else
		socket6_dial_failed(&d->engine, now, i, error);
}

static void succeed(struct socket_dial *d, int64_t now, size_t i)
{
	if (socket6_dial_complete(&d->engine.entries[i]) == -1)
		attempt_failed(d, now, i, errno);
	else
		socket6_dial_connected(&d->engine, now, i);
}

static void begin(struct socket_dial *d, int64_t now, size_t i)
{
	struct dial_entry *entry = &d->engine.entries[i];

	if (socket6_dial_open(d, entry) == -1)
		attempt_failed(d, now, i, errno);
	else if (socket6_dial_connect(entry) == 0)
		succeed(d, now, i);
	else if (errno != EINPROGRESS && errno != EWOULDBLOCK && errno != EINTR)
		attempt_failed(d, now, i, errno);
}

static void hear_of(struct socket_dial *d, int64_t now, size_t i)
{
	if (socket_connected(d->engine.entries[i].s))
		succeed(d, now, i);
	else if (errno != EINPROGRESS)
		attempt_failed(d, now, i, errno);
}

/*
 * Polls once, then checks the ready sockets until one is connected; all of them
 * if poll fails.
 */
static void hear(struct socket_dial *d, int64_t now)
{
	nfds_t n = socket6_dial_fill(d);
	int events = n ? sys_poll_now(d->fds, n) : 0;
	nfds_t k = 0;

	if (events == 0)
		return;
	for (size_t i = 0; k < n && !d->engine.over; i++)
		if (d->engine.entries[i].s == d->fds[k].fd &&
		    (d->fds[k++].revents || events == -1))
			hear_of(d, now, i);
}

/* Returns the result and closes the other attempts; later, the same errno. */
static int conclude(struct socket_dial *d, size_t winner)
{
	int won = d->engine.over == DIAL_CONNECTED;
	int s = -1;

	if (d->concluded)
		return sys_fail(won ? EISCONN
				    : socket6_dial_reason(&d->engine));
	d->concluded = 1;
	if (d->history)
		socket6_dial_learn(d->history, &d->engine);
	if (won) {
		s = d->engine.entries[winner].s;
		d->engine.entries[winner].s = -1;
	} else {
		errno = socket6_dial_reason(&d->engine);
	}
	drop_all(d);
	return s;
}

/* A new attempt may complete at once, as over loopback. */
int socket_dial_step(struct socket_dial *d)
{
	enum dial_action action;
	int64_t now;
	size_t i;

	if (!d)
		return sys_fail(EINVAL);
	if (d->process != sys_process())
		return sys_fail(EAGAIN);
	do {
		now = sys_microseconds();
		socket6_dial_hear_names(d, now);
		hear(d, now);
		action = socket6_dial_next(&d->engine, now, &i);
		if (action == DIAL_START)
			begin(d, now, i);
	} while (action == DIAL_START);
	return action == DIAL_WAIT ? sys_fail(EINPROGRESS) : conclude(d, i);
}

size_t socket_dial_attempts(const struct socket_dial *d,
			    struct socket_attempt6 *out, size_t max)
{
	size_t count = d ? d->engine.count : 0;

	for (size_t i = 0; out && i < max && i < count; i++)
		out[i] = d->engine.entries[i].a;
	return count;
}
