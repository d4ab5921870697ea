/* SPDX-License-Identifier: ISC */
/* dial_uv.c - many dials at once by libuv: dial_uv COUNT HOST:PORT... */
#include <errno.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <uv.h>

enum { DIALS = 10000, MOST = 16 }; /* MOST: addresses */

static struct dial {
	struct socket_dial *d;
	const char *host;
	uv_poll_t poll;
} dials[DIALS];

static int connected, failed;

static void end(struct dial *dial, int s)
{
	if (s == -1)
		fprintf(stderr, "%s: %s\n", dial->host, socket_error(errno));
	s == -1 ? failed++ : connected++;
	socket_close(s); /* a client would talk here */
	socket_dial_free(dial->d);
}

static void step(uv_poll_t *poll, int status, int events)
{
	struct dial *dial = poll->data;
	int s = socket_dial_step(dial->d);

	(void)status, (void)events;
	if (s == -1 && errno == EINPROGRESS)
		return;
	uv_close((uv_handle_t *)poll, NULL);
	end(dial, s);
}

/* One descriptor for the whole dial. */
static int watch(struct dial *dial)
{
	int fd = socket_dial_fd(dial->d);

	if (fd == -1 || uv_poll_init(uv_default_loop(), &dial->poll, fd))
		return -1;
	dial->poll.data = dial;
	return uv_poll_start(&dial->poll, UV_READABLE, step);
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

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[1]) : 0;

	if (count < 1 || count > DIALS) {
		fputs("usage: dial_uv COUNT HOST:PORT...\n", stderr);
		return 2;
	}
	for (int i = 0; i < count; i++)
		begin(&dials[i], argv[2 + i % (argc - 2)]);
	uv_run(uv_default_loop(), UV_RUN_DEFAULT);
	printf("%d connected, %d failed\n", connected, failed);
	return 0;
}
