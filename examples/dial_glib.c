/* SPDX-License-Identifier: ISC */
/* dial_glib.c - many dials at once by GLib: dial_glib COUNT HOST:PORT... */
#include <errno.h>
#include <glib-unix.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIALS = 10000, MOST = 16 }; /* MOST: addresses */

static struct dial {
	struct socket_dial *d;
	const char *host;
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

static gboolean step(int fd, GIOCondition condition, void *arg)
{
	struct dial *dial = arg;
	int s = socket_dial_step(dial->d);

	(void)fd, (void)condition;
	if (s == -1 && errno == EINPROGRESS)
		return G_SOURCE_CONTINUE;
	end(dial, s);
	return G_SOURCE_REMOVE;
}

/* One descriptor for the whole dial. */
static int watch(struct dial *dial)
{
	int fd = socket_dial_fd(dial->d);

	if (fd == -1)
		return -1;
	g_unix_fd_add(fd, G_IO_IN, step, dial);
	return 0;
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
		fputs("usage: dial_glib COUNT HOST:PORT...\n", stderr);
		return 2;
	}
	for (int i = 0; i < count; i++)
		begin(&dials[i], argv[2 + i % (argc - 2)]);
	while (connected + failed < count)
		g_main_context_iteration(NULL, TRUE);
	printf("%d connected, %d failed\n", connected, failed);
	return 0;
}
