/* SPDX-License-Identifier: ISC */
/* dial_poll.c - many dials at once by poll(2): dial_poll COUNT HOST:PORT... */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIALS = 10000, MOST = 16, FDS = 64 }; /* MOST: addresses */

static struct dial {
	struct socket_dial *d; /* null once it has ended */
	const char *host;
	size_t n; /* how many descriptors it waits for */
	int due;  /* the next step, in milliseconds; -1: never */
} dials[DIALS];

static int connected, failed;

static void end(struct dial *dial, int s)
{
	if (s == -1)
		fprintf(stderr, "%s: %s\n", dial->host, socket_error(errno));
	s == -1 ? failed++ : connected++;
	socket_close(s); /* a client would talk here */
	socket_dial_free(dial->d);
	dial->d = NULL;
}

static void begin(struct dial *dial, const char *host)
{
	dial->host = host;
	dial->d = socket_dial_new(MOST);
	socket_dial_set(dial->d, SOCKET_DIAL_LAST_WAIT, 2000);
	socket_dial_set(dial->d, SOCKET_DIAL_DEADLINE, 10000);
	if (socket_dial_name(dial->d, host, NULL, 0) == -1)
		end(dial, -1);
}

static void step(struct dial *dial)
{
	int s = socket_dial_step(dial->d);

	if (s != -1 || errno != EINPROGRESS)
		end(dial, s);
}

/* Waits until some of the dials have something to do, and steps those. */
static void wait_once(int count)
{
	static struct pollfd p[DIALS * FDS];
	int fds[FDS], events[FDS], wait = -1;
	size_t n = 0, all;

	for (struct dial *i = dials; i < dials + count; i++) {
		all = socket_dial_pollfds(i->d, fds, events, FDS, &i->due);
		for (i->n = 0; i->n < all && i->n < FDS; i->n++)
			p[n++] = (struct pollfd){
				.fd = fds[i->n],
				.events = events[i->n] == SOCKET_READABLE
						  ? POLLIN
						  : POLLOUT};
		if (i->due != -1 && (wait == -1 || i->due < wait))
			wait = i->due;
	}
	poll(p, (nfds_t)n, wait);
	for (struct dial *i = dials + count; i-- > dials;) {
		for (; i->n > 0; i->n--)
			i->due = p[--n].revents ? 0 : i->due;
		if (i->due == 0)
			step(i);
	}
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[1]) : 0;

	if (count < 1 || count > DIALS) {
		fputs("usage: dial_poll COUNT HOST:PORT...\n", stderr);
		return 2;
	}
	for (int i = 0; i < count; i++)
		begin(&dials[i], argv[2 + i % (argc - 2)]);
	while (connected + failed < count)
		wait_once(count);
	printf("%d connected, %d failed\n", connected, failed);
	return 0;
}
