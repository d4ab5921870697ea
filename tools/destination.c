/* SPDX-License-Identifier: ISC */
/* destination.c - socket6 info HOST: from where this host sends there. */
#include "config.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <socket6.h>
#include <stdlib.h>
#include <string.h>

enum { DESTINATIONS = 1024, NAME = 256 /* no interface's is longer */ };

/* This host's addresses, or none where they cannot be listed. */
struct here {
	struct socket_ifaddr6 *addresses;
	int n;
};

/* A destination, and what is chosen for it. */
struct destination {
	struct socket_addr6 to, from;
	int error; /* why there is no way */
	uint32_t index;
	char name[NAME]; /* of the interface; "" if it is not known */
};

static void list_here(struct here *here)
{
	int n = socket_ifaddrs(NULL, 0);
	size_t room = n > 0 ? (size_t)n : 0;

	here->addresses = calloc(room + 1, sizeof *here->addresses);
	n = here->addresses ? socket_ifaddrs(here->addresses, room) : 0;
	here->n = n > (int)room ? (int)room : n;
}

/* Which interface has the address; 0 if none has it, or more than one. */
static uint32_t interface_of(const struct here *here,
			     const struct socket_addr6 *a)
{
	uint32_t found = 0;

	if (a->scope_id)
		return a->scope_id;
	for (int i = 0; i < here->n; i++) {
		const struct socket_ifaddr6 *other = &here->addresses[i];

		if (memcmp(other->ip, a->ip, sizeof a->ip) != 0 ||
		    other->ifindex == found)
			continue;
		if (found)
			return 0;
		found = other->ifindex;
	}
	return found;
}

int source_of(const struct socket_addr6 *to, struct socket_addr6 *from)
{
	int s = socket_udp6_flags(SOCKET_NONBLOCK | SOCKET_CLOEXEC);
	int error = 0;

	memset(from, 0, sizeof *from);
	if (s == -1 || socket_connect6(s, to->ip, 9, to->scope_id) == -1 ||
	    socket_local6(s, from->ip, NULL, &from->scope_id) == -1)
		error = errno;
	socket_close(s);
	return error;
}

static void choose(struct destination *d, const struct here *here)
{
	d->error = source_of(&d->to, &d->from);
	d->index = d->error ? 0 : interface_of(here, &d->from);
	if (!d->index || !socket_getifname_r(d->index, d->name, NAME))
		d->name[0] = '\0';
}

struct written {
	char text[IP6IF_FMT + 1];
};

static struct written written(const struct socket_addr6 *a)
{
	struct written w;

	w.text[fmt_ip6ifc(w.text, a->ip, a->scope_id)] = '\0';
	return w;
}

static void list(const struct destination *d)
{
	json_begin(stdout, "destination");
	json_text(stdout, "address", written(&d->to).text);
	json_family(stdout, ip6_isv4mapped(d->to.ip) ? 4 : 6);
	json_text(stdout, "from", d->error ? NULL : written(&d->from).text);
	json_text(stdout, "interface", *d->name ? d->name : NULL);
	json_error(stdout, d->error);
	json_end(stdout);
}

/* Addresses are in a column of this width. */
static void show(struct destination *d, int width)
{
	struct written to = written(&d->to), from = written(&d->from);

	tame(to.text);
	tame(from.text);
	tame(d->name);
	if (d->error)
		printf("%-*s  no: %s\n", width, to.text,
		       address_error_words(&d->to, d->error));
	else
		printf("%-*s  from %s%s%s\n", width, to.text, from.text,
		       *d->name ? " on " : "", d->name);
}

static int widest(const struct socket_addr6 *to, int n)
{
	int width = 0, length;

	for (int i = 0; i < n; i++) {
		length = (int)strlen(written(&to[i]).text);
		width = length > width ? length : width;
	}
	return width;
}

int destinations(const struct options *o)
{
	static struct socket_addr6 to[DESTINATIONS];
	struct destination d;
	struct here here;
	int status = read_target(o->target), n, width;

	if (status)
		return status;
	n = resolve_host(o, o->target->host, to, DESTINATIONS);
	if (n < 0)
		return -n;
	list_here(&here);
	width = widest(to, n);
	for (int i = 0; i < n; i++) {
		d.to = to[i];
		choose(&d, &here);
		if (o->json)
			list(&d);
		else
			show(&d, width);
	}
	free(here.addresses);
	return DONE;
}
