/* SPDX-License-Identifier: ISC */
/* dial_event.c - many dials at once, by libevent: dial_event COUNT HOST... */
#include <errno.h>
#include <event2/event.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 8 }; /* addresses of a host */

static struct dial {
	struct socket_dial *d;
	struct event *events[MOST + 1]; /* its descriptors', and its time's */
	int n;
} dials[1000];

static struct event_base *base;
static int connected, failed;

/* A host is its addresses: '[2001:db8::1]:443,192.0.2.1:443' */
static struct socket_dial *new_dial(const char *host)
{
	struct socket_dial *d = socket_dial_new(MOST);
	struct socket_addr6 a = {.port = 0};
	size_t n;

	for (; (n = scan_ip6ifport(host, a.ip, &a.port, &a.scope_id)) > 0;
	     host += n + (host[n] == ','))
		socket_dial_add(d, &a, 1);
	socket_dial_end(d);
	socket_dial_set(d, SOCKET_DIAL_DEADLINE, 2000);
	return d;
}

static void step(evutil_socket_t s, short events, void *arg);

static void watch(struct dial *dial)
{
	int fds[MOST], milliseconds;
	int n = (int)socket_dial_pollfds(dial->d, fds, NULL, MOST,
					 &milliseconds);
	struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};

	for (int i = 0; i < n; i++) {
		dial->events[i] = event_new(base, fds[i], EV_WRITE, step, dial);
		event_add(dial->events[i], NULL);
	}
	dial->events[n] = evtimer_new(base, step, dial);
	if (milliseconds != -1)
		evtimer_add(dial->events[n], &time);
	dial->n = n + 1;
}

/* A step may close any of the descriptors: none is watched meanwhile. */
static void step(evutil_socket_t s, short events, void *arg)
{
	struct dial *dial = arg;

	(void)events; /* the dial finds out by itself */
	while (dial->n > 0)
		event_free(dial->events[--dial->n]);
	s = socket_dial_step(dial->d);
	if (s == -1 && errno == EINPROGRESS) {
		watch(dial);
	} else {
		s == -1 ? failed++ : connected++;
		socket_close(s); /* a client would talk here */
		socket_dial_free(dial->d);
	}
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[1]) : 0;

	if (count < 1 || count > 1000) {
		fputs("usage: dial_event COUNT HOST...\n", stderr);
		return 2;
	}
	base = event_base_new();
	for (int i = 0; i < count; i++) {
		dials[i].d = new_dial(argv[2 + i % (argc - 2)]);
		step(-1, 0, &dials[i]);
	}
	event_base_dispatch(base);
	printf("%d connected, %d failed\n", connected, failed);
	event_base_free(base);
	return 0;
}
