/* SPDX-License-Identifier: ISC */
/* wait.c - what a dial waits for. */
#include "dial.h"

/* What socket_dial_pollfds says of a descriptor. */
enum { READS = 1, WRITES = 2 };

nfds_t socket6_dial_fill(struct socket_dial *d)
{
	const struct dial_entry *entries = d->engine.entries;
	nfds_t n = 0;

	for (size_t i = 0; i < d->engine.started; i++)
		if (entries[i].a.state == SOCKET_ATTEMPT_PENDING)
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

/* Milliseconds until the next step is due, rounded up. */
static int wait_milliseconds(const struct socket_dial *d)
{
	int64_t due = socket6_dial_due(&d->engine);
	int64_t now = sys_microseconds();
	int64_t left;

	if (due == -1)
		return -1;
	/* A clock that was set back does not lengthen the wait. */
	if (now < d->engine.now)
		now = d->engine.now;
	left = (due - now + 999) / 1000;
	return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
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

size_t socket_dial_pollfds(const struct socket_dial *d, int *fds, int *events,
			   size_t max, int *milliseconds)
{
	struct list list = {fds, events, 0, max};

	if (milliseconds)
		*milliseconds = d ? wait_milliseconds(d) : -1;
	for (size_t i = 0; d && i < d->engine.started; i++)
		if (d->engine.entries[i].a.state == SOCKET_ATTEMPT_PENDING)
			append(&list, d->engine.entries[i].s, WRITES);
	for (const struct dial_name *name = d ? d->names : NULL; name;
	     name = name->next)
		if (name->lookup)
			append(&list, socket_lookup_fd(name->lookup), READS);
	return list.n;
}

/* The engine knows when it has ended; errno cannot tell. */
int socket6_dial_run(struct socket_dial *d)
{
	nfds_t n;
	int s;

	while ((s = socket_dial_step(d)) == -1 && !d->engine.over) {
		n = socket6_dial_fill_names(d, socket6_dial_fill(d));
		if (poll(d->fds, n, wait_milliseconds(d)) == -1 &&
		    errno != EINTR)
			return sys_fail(sys_reason(errno));
	}
	return s;
}
