/* SPDX-License-Identifier: ISC */
/* dial_epoll.c - many dials at once by epoll(7): dial_epoll COUNT HOST:PORT... */
#include <errno.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>

enum { DIALS = 10000, MOST = 16 }; /* MOST: addresses */

static struct dial {
	struct socket_dial *d;
	const char *host;
} dials[DIALS];

static int epoll;
static int connected, failed;

static void end(struct dial *dial, int s)
{
	if (s == -1)
		fprintf(stderr, "%s: %s\n", dial->host, socket_error(errno));
	s == -1 ? failed++ : connected++;
	socket_close(s); /* a client would talk here */
	socket_dial_free(dial->d);
}

/* One descriptor for the whole dial, which leaves epoll as it is closed. */
static int watch(struct dial *dial)
{
	struct epoll_event event = {EPOLLIN, {.ptr = dial}};

	return epoll_ctl(epoll, EPOLL_CTL_ADD, socket_dial_fd(dial->d), &event);
}

static void begin(struct dial *dial, const char *host)
{
	dial->host = host;
	dial->d = socket_dial_new(MOST);
	socket_dial_set(dial->d, SOCKET_DIAL_LAST_WAIT, 2000);
	socket_dial_set(dial->d, SOCKET_DIAL_DEADLINE, 10000);
	if (socket_dial_name(dial->d, host, NULL, 0) == -1 || watch(dial) != 0)
		end(dial, -1);
}

static void step(struct dial *dial)
{
	int s = socket_dial_step(dial->d);

	if (s != -1 || errno != EINPROGRESS)
		end(dial, s);
}

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[1]) : 0;
	struct epoll_event events[64];

	if (count < 1 || count > DIALS) {
		fputs("usage: dial_epoll COUNT HOST:PORT...\n", stderr);
		return 2;
	}
	epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int i = 0; i < count; i++)
		begin(&dials[i], argv[2 + i % (argc - 2)]);
	while (connected + failed < count) {
		int n = epoll_wait(epoll, events, 64, -1);

		for (int i = 0; i < n; i++)
			step(events[i].data.ptr);
	}
	printf("%d connected, %d failed\n", connected, failed);
	socket_close(epoll);
	return 0;
}
