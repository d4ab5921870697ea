/* SPDX-License-Identifier: ISC */
/* dial_epoll.c - many dials at once, by epoll(7): dial_epoll COUNT HOST... */
#include <errno.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

enum { MOST = 8, EVENTS = 64 }; /* addresses of a host; events at once */

static struct socket_dial *dials[1000];
static int epoll, connected, failed;

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

/* What is closed leaves epoll by itself; what it has already is EEXIST. */
static void watch(struct socket_dial **d)
{
	struct epoll_event event = {EPOLLOUT, {.ptr = d}};
	int fds[MOST];
	size_t n = socket_dial_pollfds(*d, fds, MOST, NULL);

	for (size_t i = 0; i < n; i++)
		epoll_ctl(epoll, EPOLL_CTL_ADD, fds[i], &event);
}

static void step(struct socket_dial **d)
{
	int s = socket_dial_step(*d);

	if (s == -1 && errno == EINPROGRESS) {
		watch(d);
		return;
	}
	s == -1 ? failed++ : connected++;
	socket_close(s); /* a client would talk here */
	socket_dial_free(*d);
	*d = NULL;
}

/* Steps the dials whose time has come; how long the others can wait. */
static int step_due(int count)
{
	int milliseconds, wait = -1;

	for (struct socket_dial **d = dials; d < dials + count; d++) {
		socket_dial_pollfds(*d, NULL, 0, &milliseconds);
		if (milliseconds == 0)
			step(d);
		socket_dial_pollfds(*d, NULL, 0, &milliseconds);
		/* As an unsigned one, -1, which is for ever, is the longest. */
		if ((unsigned)milliseconds < (unsigned)wait)
			wait = milliseconds;
	}
	return wait;
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[1]) : 0;
	struct epoll_event events[EVENTS];
	int wait;

	if (count < 1 || count > 1000) {
		fputs("usage: dial_epoll COUNT HOST...\n", stderr);
		return 2;
	}
	epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int i = 0; i < count; i++)
		dials[i] = new_dial(argv[2 + i % (argc - 2)]);
	wait = step_due(count);
	while (connected + failed < count) {
		int n = epoll_wait(epoll, events, EVENTS, wait);

		for (int i = 0; i < n; i++)
			if (*(struct socket_dial **)events[i].data.ptr)
				step(events[i].data.ptr);
		wait = step_due(count);
	}
	printf("%d connected, %d failed\n", connected, failed);
	socket_close(epoll);
	return 0;
}
