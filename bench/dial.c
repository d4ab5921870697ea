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
 * line "rtt ROW MILLISECONDS": a connect by hand to the last address alone.
 */
#include <socket6.h>

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { ADDRESSES = 8, NETWORKS = 16, BYTES = 1024 };

static const char *port;
static char **texts;
static struct socket_addr6 addrs[ADDRESSES];
static int count;
static struct socket_history *history;

static void die(const char *what)
{
	fprintf(stderr, "dial: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int must(int r, const char *what)
{
	if (r == -1)
		die(what);
	return r;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void read_addresses(int n, char **from)
{
	texts = from;
	for (count = 0; count < n && count < ADDRESSES; count++)
		must(socket_resolve6(texts[count], port, &addrs[count], 1),
		     texts[count]);
}

/* Answers whoever comes, one after the other. */
static void answer(int listener)
{
	char buf[BYTES];
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
	for (;;) {
		must(poll(fds, (nfds_t)count, -1), "poll");
		for (int i = 0; i < count; i++)
			if (fds[i].revents)
				answer(fds[i].fd);
	}
}

/* Two seconds an address: Linux alone would take more than a minute. */
static int connect_to(const char *text)
{
	struct addrinfo wanted = {.ai_socktype = SOCK_STREAM,
				  .ai_flags = AI_NUMERICHOST};
	struct addrinfo *found;
	struct timeval patience = {2, 0};
	int s;

	if (getaddrinfo(text, port, &wanted, &found))
		die(text);
	s = must(socket(found->ai_family, SOCK_STREAM, 0), "socket");
	setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(s, found->ai_addr, found->ai_addrlen) == -1) {
		close(s);
		s = -1;
	}
	freeaddrinfo(found);
	return s;
}

static int dial_loop(void)
{
	int s = -1;

	for (int i = 0; i < count && s == -1; i++)
		s = connect_to(texts[i]);
	return s;
}

static int dial_last(void)
{
	return connect_to(texts[count - 1]);
}

static int dial_socket6(void)
{
	return socket_dial6(addrs, (size_t)count, -1, history);
}

static int hear(int s)
{
	char byte;

	if (s != -1 && read(s, &byte, 1) != 1)
		die("no answer");
	return s;
}

static int loop_hears(void)
{
	int s = dial_loop();

	if (s != -1 && write(s, "x", 1) != 1)
		die("write");
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

	socket_dial_set(d, SOCKET_DIAL_FLAGS, SOCKET_CLOEXEC);
	socket_dial_set_data(d, "x", 1);
	socket_dial_add(d, addrs, (size_t)count);
	socket_dial_end(d);
	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS)
		await(d);
	socket_dial_free(d);
	return hear(s);
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

static void prepare_nothing(void)
{
}

static void prepare_history(void)
{
	socket_history_free(history);
	history = socket_history_new(NETWORKS);
	timed(dial_socket6);
}

/* Fast open wants a cookie, which the first connection fetches. */
static void prepare_cookie(void)
{
	timed(socket6_hears);
}

/* The first that fits. */
static const struct way {
	const char *who, *row;
	void (*prepare)(void);
	int (*dial)(void);
} ways[] = {
	{"socket6", "again", prepare_history, dial_socket6},
	{"socket6", "two_again", prepare_history, dial_socket6},
	{"socket6", "answer", prepare_cookie, socket6_hears},
	{"socket6", "", prepare_nothing, dial_socket6},
	{"loop", "answer", prepare_nothing, loop_hears},
	{"loop", "", prepare_nothing, dial_loop},
};

static const struct way *find_way(const char *who, const char *row)
{
	size_t n = sizeof ways / sizeof *ways;

	for (const struct way *way = ways; way < ways + n; way++)
		if (strcmp(way->who, who) == 0 &&
		    (!way->row[0] || strcmp(way->row, row) == 0))
			return way;
	return NULL;
}

int main(int argc, char **argv)
{
	const struct way *way;

	if (argc > 3 && strcmp(argv[1], "serve") == 0) {
		port = argv[2];
		read_addresses(argc - 3, argv + 3);
		serve();
	}
	if (argc < 6 || !(way = find_way(argv[1], argv[4])))
		return 2;
	port = argv[3];
	read_addresses(argc - 5, argv + 5);
	for (int i = atoi(argv[2]); i > 0; i--) {
		printf("rtt %s %.3f\n", argv[4], timed(dial_last));
		way->prepare();
		printf("%s %s %.3f\n", argv[1], argv[4], timed(way->dial));
	}
	return 0;
}
