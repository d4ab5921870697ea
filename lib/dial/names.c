/* SPDX-License-Identifier: ISC */
/* names.c - the names that a dial looks up. */
#include "dial.h"
#include "name/lookup.h"

#include <stdlib.h>

static void drop(struct socket_dial *d, struct dial_name **at)
{
	struct dial_name *name = *at;

	*at = name->next;
	d->names_count--;
	socket_lookup_free(name->lookup);
	free(name);
}

void socket6_dial_drop_names(struct socket_dial *d)
{
	while (d->names)
		drop(d, &d->names);
}

/* Adds a name to those that are looked up. 0, or -1 with errno. */
static int append(struct socket_dial *d, const struct name *name)
{
	struct dial_name *new = calloc(1, sizeof *new);
	struct dial_name **end = &d->names;

	if (!new)
		return sys_fail(ENOMEM);
	new->lookup = socket6_lookup_new(name, d->engine.resolution_delay);
	while (*end)
		end = &(*end)->next;
	*end = new;
	d->names_count++;
	if (new->lookup && socket6_dial_reserve(d, d->engine.max) == 0)
		return 0;
	drop(d, end);
	return -1;
}

int socket_dial_name(struct socket_dial *d, const char *host,
		     const char *service, int flags)
{
	struct name name;
	int r;

	if (!d || d->engine.ended)
		return sys_fail(EINVAL);
	if (socket6_name_read(&name, host, service, flags) == -1)
		return -1;
	r = name.host[0] ? append(d, &name) : socket_dial_add(d, &name.addr, 1);
	d->was_named |= r == 0;
	return r;
}

/* A dial that cannot grow keeps what it has room for. */
static void add(struct socket_dial *d, int64_t now,
		const struct socket_addr6 *addrs, size_t n)
{
	size_t before = d->engine.count;

	if (d->grows && before + n > d->engine.max)
		socket6_dial_reserve(d, before + n);
	socket6_dial_add(&d->engine, now, addrs, n);
	socket6_dial_ask_history(d, before);
}

/*
 * Takes what a name's look-up has. 1 if there may be more: another answer may
 * come after the last one was seen.
 */
static int hear(struct socket_dial *d, int64_t now, struct socket_lookup *l)
{
	const struct socket_addr6 *addrs;
	size_t n;
	int r;

	do {
		while ((addrs = socket6_lookup_peek(l, &n)) != NULL) {
			add(d, now, addrs, n);
			socket6_lookup_consume(l);
		}
		r = socket_lookup_take(l, NULL, 0);
	} while (r > 0);
	if (r == -1 && errno == EAGAIN)
		return 1;
	if (r == -1)
		d->engine.name_error = errno;
	return 0;
}

void socket6_dial_hear_names(struct socket_dial *d, int64_t now)
{
	struct dial_name **at = &d->names;
	int error = errno;

	while (*at)
		if (hear(d, now, (*at)->lookup))
			at = &(*at)->next;
		else
			drop(d, at);
	if (d->was_named && !d->names && !d->more)
		d->engine.ended = 1;
	errno = error;
}
