/* SPDX-License-Identifier: ISC */
/* dial_uv.c - many dials at once, by libuv: dial_uv COUNT HOST... */
#include <errno.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

enum { MOST = 8 }; /* addresses of a host */

static struct dial {
	struct socket_dial *d;
	uv_timer_t timer;
} dials[1000];
static uv_poll_t polls[65536]; /* a handle for each descriptor */
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

static void step(struct dial *dial);

static void on_time(uv_timer_t *timer)
{
	step(timer->data);
}

static void on_event(uv_poll_t *poll, int status, int events)
{
	(void)status, (void)events; /* the dial finds out by itself */
	step(poll->data);
}

/* Watches what the dial waits for, or leaves it alone. */
static void watch(struct dial *dial, int on)
{
	int fds[MOST], milliseconds;
	size_t n = socket_dial_pollfds(dial->d, fds, NULL, MOST, &milliseconds);

	for (size_t i = 0; i < n; i++) {
		uv_poll_t *p = &polls[fds[i]];

		if (!p->loop)
			uv_poll_init(uv_default_loop(), p, fds[i]);
		p->data = dial;
		on ? uv_poll_start(p, UV_WRITABLE, on_event) : uv_poll_stop(p);
	}
	if (on)
		uv_timer_start(&dial->timer, on_time, (unsigned)milliseconds,
			       0);
}

/* A step may close any of the descriptors: none is watched meanwhile. */
static void step(struct dial *dial)
{
	int s;

	watch(dial, 0);
	uv_timer_stop(&dial->timer);
	s = socket_dial_step(dial->d);
	if (s == -1 && errno == EINPROGRESS) {
		watch(dial, 1);
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
		fputs("usage: dial_uv COUNT HOST...\n", stderr);
		return 2;
	}
	for (int i = 0; i < count; i++) {
		dials[i].d = new_dial(argv[2 + i % (argc - 2)]);
		uv_timer_init(uv_default_loop(), &dials[i].timer);
		dials[i].timer.data = &dials[i];
		step(&dials[i]);
	}
	uv_run(uv_default_loop(), UV_RUN_DEFAULT);
	printf("%d connected, %d failed\n", connected, failed);
	return 0;
}
