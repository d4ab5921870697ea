/* SPDX-License-Identifier: ISC */
/*
 * dial.c - how long a connection takes to come about.
 *
 *	dial serve PORT ADDRESS...
 *	dial socket6|loop ROUNDS PORT ROW ADDRESS...
 *
 * The first answers each connection's first bytes with the same. The others
 * write a line "WHO ROW MILLISECONDS" for each round: how long the library or
 * a plain loop took to connect to one of the addresses, in their order; in
 * row answer until the first byte was answered; in rows again and two_again
 * the second time, with what was learnt the first time. Before each comes a
 * line "rtt ROW MILLISECONDS": a connect to the last address alone.
 */
#include <socket6.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ADDRESSES = 8, NETWORKS = 16, PATIENCE = 2000 /* milliseconds */ };

static struct socket_addr6 addrs[ADDRESSES];
static int count;
static struct socket_history *history;

static int must(int r, const char *what)
{
	if (r != -1)
		return r;
	fprintf(stderr, "dial: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void read_addresses(const char *port, char **texts)
{
	for (; texts[count] && count < ADDRESSES; count++)
		must(socket_resolve6(texts[count], port, &addrs[count], 1),
		     texts[count]);
}

/* Answers whoever comes, one after the other. */
static void answer(int listener)
{
	char buf[1024];
	int s = socket_accept6(listener, NULL, NULL, NULL);
	ssize_t n;

	if (s == -1)
		return;
	n = socket_read(s, buf, sizeof buf);
	if (n > 0)
		socket_write(s, buf, (size_t)n);
	socket_close(s);
}

static int listen_at(const struct socket_addr6 *a)
{
	int s = must(socket_tcp6b(), "socket");

	must(socket_bind6(s, a->ip, a->port, a->scope_id), "bind");
	must(socket_listen(s, 64), "listen");
	if (socket_fastopen(s) == -1)
		perror("dial: no fast open");
	return s;
}

static void serve(void)
{
	struct pollfd fds[ADDRESSES];

	for (int i = 0; i < count; i++)
		fds[i] = (struct pollfd){.fd = listen_at(&addrs[i]),
					 .events = POLLIN};
	puts("ready");
	fflush(stdout);
	while (must(poll(fds, (nfds_t)count, -1), "poll"))
		for (int i = 0; i < count; i++)
			if (fds[i].revents)
				answer(fds[i].fd);
}

static int connect_to(const struct socket_addr6 *a)
{
	int s = must(socket_tcp6b(), "socket");

	if (socket_connect6_timeout(s, a->ip, a->port, a->scope_id, PATIENCE)) {
		close(s);
		return -1;
	}
	return s;
}

static int dial_last(void)
{
	return connect_to(&addrs[count - 1]);
}

static int dial_loop(void)
{
	int s = -1;

	for (int i = 0; i < count && s == -1; i++)
		s = connect_to(&addrs[i]);
	return s;
}

static int dial_socket6(void)
{
	return socket_dial6(addrs, (size_t)count, -1, history);
}

static int hear(int s)
{
	char byte;

	must(read(s, &byte, 1) == 1 ? 0 : -1, "no answer");
	return s;
}

static int loop_hears(void)
{
	int s = must(dial_loop(), "no connection");

	must((int)write(s, "x", 1), "write");
	return hear(s);
}

static void await(const struct socket_dial *d)
{
	struct pollfd polled[ADDRESSES];
	int fds[ADDRESSES], milliseconds;
	size_t n = socket_dial_pollfds(d, fds, ADDRESSES, &milliseconds);

	for (size_t i = 0; i < n; i++)
		polled[i] = (struct pollfd){.fd = fds[i], .events = POLLOUT};
	poll(polled, (nfds_t)n, milliseconds);
}

static int socket6_hears(void)
{
	struct socket_dial *d = socket_dial_new(ADDRESSES);
	int s;

	socket_dial_set(d, SOCKET_DIAL_FLAGS, SOCKET_CLOEXEC); /* blocking */
	socket_dial_set_data(d, "x", 1);
	socket_dial_add(d, addrs, (size_t)count);
	socket_dial_end(d);
	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS)
		await(d);
	socket_dial_free(d);
	return hear(must(s, "no connection"));
}

/* Milliseconds. */
static double timed(int (*dial)(void))
{
	double began = now(), took;
	int s = must(dial(), "no connection");

	took = now() - began;
	close(s);
	return took;
}

static void measure(const char *who, const char *row, int rounds)
{
	static int (*const dials[][2])(void) = {{dial_loop, loop_hears},
						{dial_socket6, socket6_hears}};
	int is_ours = strcmp(who, "socket6") == 0;
	int is_heard = strcmp(row, "answer") == 0;
	int (*dial)(void) = dials[is_ours][is_heard];

	while (rounds-- > 0) {
		printf("rtt %s %.3f\n", row, timed(dial_last));
		socket_history_free(history);
		history = socket_history_new(NETWORKS);
		/* Fast open wants a cookie, which the first one fetches. */
		if (is_ours && (is_heard || strstr(row, "again")))
			timed(dial);
		printf("%s %s %.3f\n", who, row, timed(dial));
	}
}

int main(int argc, char **argv)
{
	if (argc > 3 && strcmp(argv[1], "serve") == 0) {
		read_addresses(argv[2], argv + 3);
		serve();
	}
	if (argc < 6)
		return 2;
	read_addresses(argv[3], argv + 5);
	measure(argv[1], argv[4], atoi(argv[2]));
	return 0;
}
