/* SPDX-License-Identifier: ISC */
/* wait.c - what a dial waits for. */
#include "dial.h"
#include "sys/thread.h"

/* Microseconds for which an attempt is not watched: see socket6_dial_rest. */
enum { REST = 10000 };

static int is_watched(const struct dial_entry *entry)
{
	return entry->a.state == SOCKET_ATTEMPT_PENDING && !entry->rests;
}

nfds_t socket6_dial_fill(struct socket_dial *d)
{
	const struct dial_entry *entries = d->engine.room.entries;
	nfds_t n = 0;

	FOR_EACH_PENDING(d, i)
	if (is_watched(&entries[i]))
		d->fds[n++] = (struct pollfd){.fd = entries[i].s,
					      .events = POLLOUT};
	return n;
}

nfds_t socket6_dial_fill_names(struct socket_dial *d, nfds_t n)
{
	for (const struct dial_name *name = d->names; name; name = name->next)
		if (name->lookup)
			d->fds[n++] = (struct pollfd){
				.fd = socket_lookup_fd(name->lookup),
				.events = POLLIN};
	return n;
}

/* ---- one descriptor for all ---- */

/* A child of fork shares it with its parent. */
static int has_watch(const struct socket_dial *d)
{
	return d->watch.fd != -1 && d->process == sys_process();
}

static void wake_at(struct socket_dial *d, int64_t time)
{
	if (!d->rests || time < d->rests)
		d->rests = time;
}

/* What cannot be watched is asked at every step, which are not far apart. */
void socket6_dial_watch(struct socket_dial *d, struct dial_entry *entry)
{
	if (!has_watch(d))
		return;
	entry->watched = sys_watch_add(&d->watch, entry->s, SOCKET_WRITABLE) ==
			 0;
	if (!entry->watched)
		wake_at(d, sys_microseconds() + REST);
}

void socket6_dial_unwatch(const struct socket_dial *d, struct dial_entry *entry)
{
	if (entry->watched && has_watch(d))
		sys_watch_remove(&d->watch, entry->s, SOCKET_WRITABLE);
	entry->watched = 0;
}

void socket6_dial_watch_name(struct socket_dial *d, struct dial_name *name)
{
	if (!has_watch(d) || !name->lookup || name->watched)
		return;
	name->watched = sys_watch_add(&d->watch, socket_lookup_fd(name->lookup),
				      SOCKET_READABLE) == 0;
	if (!name->watched)
		wake_at(d, sys_microseconds() + REST);
}

void socket6_dial_unwatch_name(const struct socket_dial *d,
			       struct dial_name *name)
{
	if (name->watched && has_watch(d))
		sys_watch_remove(&d->watch, socket_lookup_fd(name->lookup),
				 SOCKET_READABLE);
	name->watched = 0;
}

/*
 * The system says again and again that there is news of it, and there is none,
 * as of an error that stays while the connection goes on. It is asked after a
 * while.
 */
void socket6_dial_rest(struct socket_dial *d, struct dial_entry *entry,
		       int64_t now)
{
	socket6_dial_unwatch(d, entry);
	entry->rests = now + REST;
	wake_at(d, entry->rests);
}

static void watch_names(struct socket_dial *d)
{
	for (struct dial_name *name = d->names; name; name = name->next)
		socket6_dial_watch_name(d, name);
}

void socket6_dial_wake(struct socket_dial *d, int64_t now)
{
	if (!d->rests || now < d->rests)
		return;
	d->rests = 0;
	FOR_EACH_PENDING(d, i)
	{
		struct dial_entry *entry = &d->engine.room.entries[i];

		entry->rests = 0;
		if (!entry->watched && is_watched(entry))
			socket6_dial_watch(d, entry);
	}
	watch_names(d);
}

/* When the next step is due without an event; -1 for never. */
static int64_t due_of(const struct socket_dial *d)
{
	int64_t due = socket6_dial_due(&d->engine);

	if (!d->engine.over && dial_is_ending(d))
		return d->engine.now;
	if (d->engine.over || !d->rests || (due != -1 && due < d->rests))
		return due;
	return d->rests;
}

/* Microseconds until then. A clock that was set back does not lengthen them. */
static int64_t wait_microseconds(const struct socket_dial *d)
{
	int64_t due = due_of(d);
	int64_t now = sys_microseconds();

	if (due == -1)
		return -1;
	if (now < d->engine.now)
		now = d->engine.now;
	return due > now ? due - now : 0;
}

void socket6_dial_rearm(struct socket_dial *d)
{
	if (has_watch(d))
		sys_watch_until(&d->watch, wait_microseconds(d));
}

static void watch_all(struct socket_dial *d)
{
	FOR_EACH_PENDING(d, i)
	if (is_watched(&d->engine.room.entries[i]))
		socket6_dial_watch(d, &d->engine.room.entries[i]);
	watch_names(d);
	socket6_dial_rearm(d);
}

int socket_dial_fd(struct socket_dial *d)
{
	if (!d)
		return sys_fail(EINVAL);
	if (d->process != sys_process())
		return sys_fail(EAGAIN);
	if (d->watch.fd != -1)
		return d->watch.fd;
	if (sys_watch_open(&d->watch) == -1)
		return -1;
	watch_all(d);
	return d->watch.fd;
}

/* ---- all descriptors ---- */

/* In milliseconds, rounded up. */
static int wait_milliseconds(const struct socket_dial *d)
{
	int64_t wait = wait_microseconds(d);
	int64_t left = (wait + 999) / 1000;

	if (wait == -1)
		return -1;
	return left > INT_MAX ? INT_MAX : (int)left;
}

/* Where socket_dial_pollfds writes, and how far it is. */
struct list {
	int *fds, *events;
	size_t n, max;
};

static void append(struct list *list, int fd, int events)
{
	if (list->n < list->max && list->fds)
		list->fds[list->n] = fd;
	if (list->n < list->max && list->events)
		list->events[list->n] = events;
	list->n++;
}

/*
 * A program that looks no name up may watch all for writability. What a NAT64
 * is asked for is no descriptor of such a dial, but is seen after a while.
 */
static int is_hidden(const struct socket_dial *d, const struct dial_name *name)
{
	return name->is_ipv4only && !d->was_named;
}

static int has_hidden(const struct socket_dial *d)
{
	return d->engine.awaited && !d->was_named;
}

/* No longer than an attempt rests. */
static int briefly(int milliseconds)
{
	return milliseconds == -1 || milliseconds > REST / 1000 ? REST / 1000
								: milliseconds;
}

static int poll_milliseconds(const struct socket_dial *d)
{
	int milliseconds = wait_milliseconds(d);

	return has_hidden(d) ? briefly(milliseconds) : milliseconds;
}

size_t socket_dial_pollfds(const struct socket_dial *d, int *fds, int *events,
			   size_t max, int *milliseconds)
{
	struct list list = {fds, events, 0, max};

	if (milliseconds)
		*milliseconds = d ? poll_milliseconds(d) : -1;
	if (!d)
		return 0;
	FOR_EACH_PENDING(d, i)
	if (is_watched(&d->engine.room.entries[i]))
		append(&list, d->engine.room.entries[i].s, SOCKET_WRITABLE);
	for (const struct dial_name *name = d->names; name; name = name->next)
		if (name->lookup && !is_hidden(d, name))
			append(&list, socket_lookup_fd(name->lookup),
			       SOCKET_READABLE);
	return list.n;
}

/* ---- until the end ---- */

/*
 * Linux refuses more descriptors than may be opened now, as if some had not
 * been (poll(2), EINVAL): then all are asked, every ten milliseconds.
 */
static int wait_for(struct socket_dial *d)
{
	nfds_t n = socket6_dial_fill_names(d, socket6_dial_fill(d));
	int milliseconds = wait_milliseconds(d);

	if (poll(d->fds, n, milliseconds) != -1 || errno == EINTR)
		return 0;
	if (errno != EINVAL)
		return sys_fail(sys_reason(errno));
	poll(d->fds, 0, briefly(milliseconds));
	return 0;
}

/* The engine knows when it has ended; errno cannot tell. */
int socket6_dial_run(struct socket_dial *d)
{
	int s;

	while ((s = socket_dial_step(d)) == -1 && !d->engine.over)
		if (wait_for(d) == -1)
			return -1;
	return s;
}
