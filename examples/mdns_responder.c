/* SPDX-License-Identifier: ISC */
/*
 * mdns_responder.c - says where a name is, to each interface its own address:
 * mdns_responder NAME.local PORT INTERFACE...
 *
 * Like a responder of RFC 6762, for one name's A: a question to the group is
 * answered to the group, one to this host alone to its asker, and always from
 * the interface it came by. PORT is 5353, but for tests.
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BATCH = 8, PART = 1500, HEADER = 12, MOST = 16 };

static const char group4[16] = {[10] = '\xff', '\xff', '\xe0', 0, 0, '\xfb'};
static const char group6[16] = {'\xff', 2, [15] = '\xfb'};

/* An interface, and the IPv4 address that the kernel answers from there. */
static struct place {
	uint32_t index;
	char ip[4];
} places[MOST];
static size_t n_places;
static const char *name;

/* Compares labels with a dotted name; the bytes of the labels, or 0. */
static size_t is_name(const char *m, size_t len)
{
	const char *dotted = name;
	size_t at = 0, label;

	while (at < len && (label = (unsigned char)m[at]) != 0) {
		if (at + 1 + label > len ||
		    strncasecmp(m + at + 1, dotted, label) != 0 ||
		    (dotted[label] != '.' && dotted[label] != '\0'))
			return 0;
		dotted += label + (dotted[label] == '.');
		at += 1 + label;
	}
	return at < len && *dotted == '\0' ? at + 1 : 0;
}

/* Whether m asks for the name's A (or for all of it); where that ends. */
static size_t asks(const char *m, size_t len)
{
	size_t at;

	if (len < HEADER || m[2] & '\x80' || m[5] != 1)
		return 0;
	at = is_name(m + HEADER, len - HEADER);
	if (at == 0 || HEADER + at + 4 > len)
		return 0;
	at += HEADER;
	return m[at + 1] == 1 || m[at + 1] == '\xff' ? at : 0;
}

static const struct place *place_of(uint32_t index)
{
	for (size_t i = 0; i < n_places; i++)
		if (places[i].index == index)
			return &places[i];
	return NULL;
}

/*
 * Makes the answer of a question. One that asks a group is answered there, by
 * RFC 6762 section 6: its record has the group as local, which is no source.
 */
static int answer(char *m, struct socket_datagram6 *g, uint16_t port)
{
	const struct place *place = place_of(g->ifindex);
	size_t end = asks(m, g->len);
	int to_group = g->flags & SOCKET_DATAGRAM_GROUP && g->peer.port == port;

	if (!place || end == 0 || end + 14 > PART)
		return 0;
	memcpy(m + end, "\0\1\x80\1\0\0\0\x78\0\4", 10); /* 120 seconds */
	memcpy(m + end + 10, place->ip, 4);
	m[2] = '\x84';
	memset(m + 3, 0, HEADER - 3);
	m[7] = 1;
	g->len = (uint32_t)end + 14;
	if (to_group) {
		m[0] = m[1] = 0;
		memcpy(g->peer.ip, g->local.ip, 16);
		g->peer.scope_id = g->local.scope_id;
	}
	g->flags |= SOCKET_DATAGRAM_HOPS;
	g->hops = 255; /* RFC 6762 section 11 */
	return 1;
}

static void serve(int s, uint16_t port)
{
	static char buf[BATCH * PART];
	static struct socket_datagram6 grams[BATCH];
	ssize_t n = socket_recvmany6(s, buf, sizeof buf, grams, BATCH);

	for (ssize_t i = 0; i < n; i++)
		if (answer(buf + grams[i].offset, &grams[i], port))
			socket_sendmany6(s, buf, sizeof buf, &grams[i], 1);
}

/* Joins both groups on an interface, and asks which address it has. */
static int add(int s, const char *interface)
{
	struct place *place = &places[n_places];
	int probe = socket_udp4();
	int ok;

	place->index = socket_getifidx(interface);
	ok = place->index != 0 && n_places++ < MOST &&
	     socket_mcjoin6_if(s, group6, place->index) == 0 &&
	     socket_bindtodevice(probe, place->index) == 0 &&
	     socket_connect4(probe, group4 + 12, 9) == 0 &&
	     socket_local4(probe, place->ip, NULL) == 0 &&
	     socket_mcjoin6_if(s, group4, place->index) == 0;
	socket_close(probe);
	return ok;
}

int main(int argc, char *argv[])
{
	struct pollfd p = {.fd = socket_udp6(), .events = POLLIN};
	uint16_t port = (uint16_t)(argc > 3 ? atoi(argv[2]) : 0);
	int ok = port != 0 && argc - 3 <= MOST;

	name = argv[1];
	ok = ok && socket_recvinfo6(p.fd, SOCKET_INFO_LOCAL) != -1 &&
	     socket_bind6_shared(p.fd, V6any, port, 0) == 0;
	for (int i = 3; ok && i < argc; i++)
		ok = add(p.fd, argv[i]);
	if (!ok) {
		fprintf(stderr, "mdns_responder: %s\n",
			port ? socket_error(errno) : "NAME PORT INTERFACE...");
		return 1;
	}
	printf("port %u\n", (unsigned)port);
	fflush(stdout);
	for (;;) {
		poll(&p, 1, -1);
		serve(p.fd, port);
	}
}
