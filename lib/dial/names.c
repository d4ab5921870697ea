/* SPDX-License-Identifier: ISC */
/* names.c - the names that a dial looks up. */
#include "dial.h"

#include <stdlib.h>

/* Keeps what was asked about the name: what has no answer now gets none. */
static void note_questions(struct dial_name *name, int64_t now)
{
	for (int i = 0; i < QUESTIONS; i++) {
		struct socket_question *q = &name->asked[i];

		if (socket6_lookup_question(name->lookup, (enum ask)i, q) &&
		    q->state == SOCKET_QUESTION_PENDING) {
			q->state = SOCKET_QUESTION_CANCELLED;
			q->end = now;
		}
	}
}

/* Ends a name's look-up. */
static void finish(struct socket_dial *d, struct dial_name *name)
{
	if (!name->lookup)
		return;
	note_questions(name, sys_microseconds());
	socket6_dial_unwatch_name(d, name);
	socket_lookup_free(name->lookup);
	name->lookup = NULL;
	d->lookups--;
	if (name->is_ipv4only)
		d->engine.awaited = 0;
}

void socket6_dial_finish_names(struct socket_dial *d)
{
	for (struct dial_name *name = d->names; name; name = name->next)
		finish(d, name);
}

void socket6_dial_drop_names(struct socket_dial *d)
{
	struct dial_name *next;

	for (struct dial_name *name = d->names; name; name = next) {
		next = name->next;
		socket_lookup_free(name->lookup);
		free(name);
	}
}

static struct dial_name *no_name(struct dial_name *name)
{
	if (name)
		socket_lookup_free(name->lookup);
	free(name);
	return NULL;
}

/* Begins to look a name up, if there is room for one more. */
static struct dial_name *begin(struct socket_dial *d, const struct name *read)
{
	struct dial_name *name = calloc(1, sizeof *name);

	if (!name) {
		errno = ENOMEM;
		return NULL;
	}
	name->lookup = socket6_lookup_new(read, d->engine.resolution_delay);
	if (!name->lookup ||
	    socket6_dial_reserve(d, d->engine.room.max, d->lookups + 1) == -1)
		return no_name(name);
	return name;
}

int socket6_dial_look_up(struct socket_dial *d, const struct name *read,
			 int is_ipv4only)
{
	struct dial_name *name = begin(d, read);

	if (!name)
		return -1;
	name->is_ipv4only = is_ipv4only;
	d->engine.awaited |= is_ipv4only;
	*(d->names ? &d->last_name->next : &d->names) = name;
	d->last_name = name;
	d->lookups++;
	socket6_dial_watch_name(d, name);
	return 0;
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
	r = name.host[0] ? socket6_dial_look_up(d, &name, 0)
			 : socket_dial_add(d, &name.addr, 1);
	d->was_named |= r == 0;
	socket6_dial_rearm(d);
	return r;
}

/* A dial that cannot grow keeps what it has room for. */
void socket6_dial_take(struct socket_dial *d, int64_t now,
		       const struct socket_addr6 *addrs, size_t n, int grows)
{
	const struct dial_room *room = &d->engine.room;

	if (grows && room->count + n > room->max)
		socket6_dial_reserve(d, room->count * 2 + n, d->lookups);
	socket6_dial_add(&d->engine, now, addrs, n);
}

/* An answer, or that there is none. */
static void take_answer(struct socket_dial *d, int64_t now,
			const struct dial_name *name,
			const struct socket_addr6 *addrs, size_t n)
{
	if (name->is_ipv4only)
		socket6_dial_hear_prefixes(d, now, addrs, n);
	else
		socket6_dial_take(d, now, addrs, n, d->grows);
}

/* A NAT64 that is not known of explains nothing. */
static void take_error(struct socket_dial *d, int64_t now,
		       const struct dial_name *name, int error)
{
	if (!name->is_ipv4only)
		d->engine.name_error = error;
	else if (error == ENOENT)
		take_answer(d, now, name, NULL, 0);
}

/*
 * Takes what a name's look-up has. 1 if there may be more: another answer may
 * come after the last one was seen.
 */
static int hear(struct socket_dial *d, int64_t now,
		const struct dial_name *name)
{
	struct socket_lookup *l = name->lookup;
	const struct socket_addr6 *addrs;
	size_t n;
	int r;

	do {
		while ((addrs = socket6_lookup_peek(l, &n)) != NULL) {
			take_answer(d, now, name, addrs, n);
			socket6_lookup_consume(l);
		}
		r = socket_lookup_take(l, NULL, 0);
	} while (r > 0);
	if (r == -1 && errno == EAGAIN)
		return 1;
	if (r == -1)
		take_error(d, now, name, errno);
	return 0;
}

void socket6_dial_hear_names(struct socket_dial *d, int64_t now)
{
	for (struct dial_name *name = d->names; name; name = name->next)
		if (name->lookup && !hear(d, now, name))
			finish(d, name);
	if (dial_is_ending(d))
		d->engine.ended = 1;
}

/* As a time of attempts; 0 stays 0. */
static int64_t since_begun(const struct socket_dial *d, int64_t time)
{
	int64_t begun = d->engine.begun;

	return begun == -1 || time <= begun ? 0 : time - begun;
}

/* A question about a name as it is now: 0 if the program's was not asked. */
static int question(const struct dial_name *name, int which,
		    struct socket_question *out)
{
	if (name->is_ipv4only)
		return 0;
	*out = name->asked[which];
	return name->lookup ? socket6_lookup_question(name->lookup,
						      (enum ask)which, out)
			    : out->state != 0;
}

size_t socket_dial_questions(const struct socket_dial *d,
			     struct socket_question *out, size_t max)
{
	struct socket_question q;
	size_t n = 0;
	uint32_t index = 0;

	for (const struct dial_name *name = d ? d->names : NULL; name;
	     index += !name->is_ipv4only, name = name->next)
		for (int i = 0; i < QUESTIONS; i++) {
			if (!question(name, i, &q) || n++ >= max || !out)
				continue;
			q.name = index;
			q.start = since_begun(d, q.start);
			q.end = since_begun(d, q.end);
			out[n - 1] = q;
		}
	return n;
}
