/* SPDX-License-Identifier: ISC */
/*
 * dial.c - how long a connection takes to come about.
 *
 *	dial socket6|loop ROUNDS PORT ROW ADDRESS...
 *
 * Writes a line "WHO ROW MILLISECONDS" for each round: how long the library or
 * a plain loop took to connect to one of the addresses, in their order; in row
 * answer until the first byte was answered; in rows again and two_again the
 * second time, with what was learnt the first time. Before each comes a line
 * "rtt ROW MILLISECONDS": a connect by hand to the last address alone.
 */
#include "common.h"

#include <netinet/in.h>
#include <poll.h>
#include <socket6.h>
#include <sys/socket.h>
#include <sys/time.h>

enum { ADDRESSES = 8, NETWORKS = 16 };

static struct socket_addr6 addrs[ADDRESSES];
static int count;
static struct socket_history *history;

static void read_addresses(const char *port, char **texts)
{
	for (; texts[count] && count < ADDRESSES; count++)
		must(socket_resolve6(texts[count], port, 0, &addrs[count], 1),
		     texts[count]);
}

/* By hand, for two seconds: Linux alone would take more than a minute. */
static int connect_to(const struct socket_addr6 *a)
{
	struct sockaddr_in6 sa = {.sin6_family = AF_INET6,
				  .sin6_port = htons(a->port)};
	struct timeval patience = {2, 0};
	int s = must(socket(AF_INET6, SOCK_STREAM, 0), "socket");

	memcpy(&sa.sin6_addr, a->ip, sizeof a->ip);
	setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(s, (struct sockaddr *)&sa, sizeof sa) == 0)
		return s;
	close(s);
	return -1;
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
	size_t n = socket_dial_pollfds(d, fds, NULL, ADDRESSES, &milliseconds);

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

	took = (now() - began) * 1e3;
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
	if (argc < 6)
		return 2;
	read_addresses(argv[3], argv + 5);
	measure(argv[1], argv[4], atoi(argv[2]));
	return 0;
}
