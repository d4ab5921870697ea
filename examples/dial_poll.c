/* SPDX-License-Identifier: ISC */
/* dial_poll.c - many dials at once, by poll(2): dial_poll COUNT HOST... */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 8 }; /* addresses of a host */

static struct dial {
	struct socket_dial *d; /* null once it has ended */
	int milliseconds;
	size_t n; /* its descriptors in what poll is asked */
} dials[1000];

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

static void step(struct dial *dial)
{
	int s = socket_dial_step(dial->d);

	if (s == -1 && errno == EINPROGRESS)
		return;
	s == -1 ? failed++ : connected++;
	socket_close(s); /* a client would talk here */
	socket_dial_free(dial->d);
	dial->d = NULL;
}

/* Waits until one of the dials has something to do, and steps those. */
static void wait_once(int count)
{
	static struct pollfd p[1000 * MOST];
	int fds[MOST], wait = -1;
	const struct pollfd *told = p;
	nfds_t n = 0;

	for (struct dial *i = dials; i < dials + count; i++) {
		i->n = socket_dial_pollfds(i->d, fds, NULL, MOST,
					   &i->milliseconds);
		for (size_t k = 0; k < i->n; k++)
			p[n++] = (struct pollfd){fds[k], POLLOUT, 0};
		/* As an unsigned one, -1, which is for ever, is the longest. */
		if ((unsigned)i->milliseconds < (unsigned)wait)
			wait = i->milliseconds;
	}
	poll(p, n, wait);
	for (struct dial *i = dials; i < dials + count; i++) {
		int due = i->milliseconds == 0;

		for (size_t k = 0; k < i->n; k++)
			due |= told++->revents;
		if (due)
			step(i);
	}
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[1]) : 0;

	if (count < 1 || count > 1000) {
		fputs("usage: dial_poll COUNT HOST...\n", stderr);
		return 2;
	}
	for (int i = 0; i < count; i++)
		dials[i].d = new_dial(argv[2 + i % (argc - 2)]);
	while (connected + failed < count)
		wait_once(count);
	printf("%d connected, %d failed\n", connected, failed);
	return 0;
}
