/* SPDX-License-Identifier: ISC */
/*
 * dial.c - how long a connection takes to come about, from a name on.
 *
 *	dial socket6|loop ROUNDS PORT ROW NAME [ADDRESS]
 *
 * Writes a line "WHO ROW MILLISECONDS" for each round: how long the library, or
 * getaddrinfo and a plain loop, took to connect to NAME; in row answer until the
 * first byte was answered; in rows with "again" the second time, with what was
 * learnt the first time; in row silent until the second that it may take was
 * over. Before each comes a line "rtt ROW MILLISECONDS": a connect by hand to
 * ADDRESS, which works. A round is a process, which knows nothing of the others.
 */
#include "common.h"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <socket6.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

enum { DESCRIPTORS = 16, NETWORKS = 16, SECOND = 1000 };

static const char *name, *port;
static int limit = -1;
static struct socket_addr6 good;
static struct socket_history *history;

/* By hand, for two seconds: Linux alone would take more than a minute. */
static int connect_to(const struct sockaddr *sa, socklen_t len)
{
	struct timeval patience = {2, 0};
	int s = must(socket(sa->sa_family, SOCK_STREAM, 0), "socket");

	setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(s, sa, len) == 0)
		return s;
	close(s);
	return -1;
}

static int dial_good(void)
{
	struct sockaddr_in6 sa = {.sin6_family = AF_INET6,
				  .sin6_port = htons(good.port)};

	memcpy(&sa.sin6_addr, good.ip, sizeof good.ip);
	return connect_to((struct sockaddr *)&sa, sizeof sa);
}

static int dial_loop(void)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	int s = -1;

	getaddrinfo(name, port, &hints, &found);
	for (const struct addrinfo *a = found; a && s == -1; a = a->ai_next)
		s = connect_to(a->ai_addr, a->ai_addrlen);
	if (found)
		freeaddrinfo(found);
	return s;
}

static int dial_socket6(void)
{
	return socket_dial(name, port, limit, history);
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
	struct pollfd polled[DESCRIPTORS];
	int fds[DESCRIPTORS], events[DESCRIPTORS], milliseconds;
	size_t n = socket_dial_pollfds(d, fds, events, DESCRIPTORS,
				       &milliseconds);

	if (n > DESCRIPTORS)
		n = DESCRIPTORS;
	for (size_t i = 0; i < n; i++)
		polled[i] = (struct pollfd){
			.fd = fds[i],
			.events = events[i] == 1 ? POLLIN : POLLOUT,
		};
	poll(polled, (nfds_t)n, milliseconds);
}

static int socket6_hears(void)
{
	struct socket_dial *d = socket_dial_new(DESCRIPTORS);
	int s;

	socket_dial_set(d, SOCKET_DIAL_FLAGS, SOCKET_CLOEXEC); /* blocking */
	socket_dial_set_data(d, "x", 1);
	must(socket_dial_name(d, name, port, 0), name);
	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS)
		await(d);
	socket_dial_free(d);
	return hear(must(s, "no connection"));
}

/* Milliseconds. In row silent there is no connection. */
static double timed(int (*dial)(void))
{
	double began = now(), took;
	int s = dial();

	took = (now() - began) * 1e3;
	if (limit == -1)
		close(must(s, "no connection"));
	return took;
}

static void measure(const char *who, const char *row)
{
	static int (*const dials[][2])(void) = {{dial_loop, loop_hears},
						{dial_socket6, socket6_hears}};
	int is_ours = strcmp(who, "socket6") == 0;
	int is_heard = strcmp(row, "answer") == 0;
	int (*dial)(void) = dials[is_ours][is_heard];

	if (good.port)
		printf("rtt %s %.3f\n", row, timed(dial_good));
	history = socket_history_new(NETWORKS);
	/* Fast open wants a cookie, which the first one fetches. */
	if (is_ours && (is_heard || strstr(row, "again")))
		timed(dial);
	printf("%s %s %.3f\n", who, row, timed(dial));
	fflush(stdout);
}

static int measure_apart(const char *who, const char *row)
{
	pid_t child = must(fork(), "fork");
	int status;

	if (child == 0) {
		measure(who, row);
		_exit(0);
	}
	waitpid(child, &status, 0);
	return status;
}

int main(int argc, char **argv)
{
	if (argc < 6)
		return 2;
	port = argv[3];
	name = argv[5];
	if (strcmp(argv[4], "silent") == 0)
		limit = SECOND;
	if (argv[6])
		must(socket_resolve6(argv[6], port, 0, &good, 1), argv[6]);
	for (int i = atoi(argv[2]); i > 0; i--)
		if (measure_apart(argv[1], argv[4]) != 0)
			return 1;
	return 0;
}
