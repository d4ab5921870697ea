/* SPDX-License-Identifier: ISC */
/*
 * echo_server.c - sends back what it receives: echo_server [ADDRESS:PORT...]
 *
 * One thread serves all clients by epoll(7), on these addresses and on the
 * sockets that a service manager passed. After SIGTERM it takes no more
 * clients, and ends with the last one; a second SIGTERM ends it at once.
 */
#include <errno.h>
#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { LISTENERS = 16, EVENTS = 64 };

/* A listener; or a client, and its bytes that are not sent back yet. */
struct peer {
	int s, is_listener;
	uint32_t watched;
	size_t sent, len;
	char buf[16384];
};

static int epoll, spare, clients, listening, teller;
static struct peer listeners[LISTENERS], told;

static int watch(int how, struct peer *p, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.ptr = p};

	if (p->watched == events)
		return 0;
	p->watched = events;
	return epoll_ctl(epoll, how, p->s, &event);
}

static void add_client(int s)
{
	struct peer *p = calloc(1, sizeof *p);

	if (p)
		p->s = s;
	if (p && watch(EPOLL_CTL_ADD, p, EPOLLIN) == 0) {
		clients++;
		return;
	}
	free(p);
	socket_close(s);
}

/*
 * One read and one write, so that no client keeps the others waiting. Nothing
 * is read before all is sent: who does not read is not read from. -1 if the
 * client sends no more and has all of its bytes, or is gone.
 */
static int echo(struct peer *p)
{
	ssize_t n;

	if (p->sent == p->len) {
		n = socket_read(p->s, p->buf, sizeof p->buf);
		if (n <= 0)
			return n == -1 && errno == EAGAIN ? 0 : -1;
		p->sent = 0;
		p->len = (size_t)n;
	}
	n = socket_write(p->s, p->buf + p->sent, p->len - p->sent);
	if (n == -1)
		return errno == EAGAIN ? 0 : -1;
	p->sent += (size_t)n;
	return 0;
}

static void serve(struct peer *p)
{
	int r = echo(p);
	uint32_t events = p->sent < p->len ? EPOLLOUT : EPOLLIN;

	if (r == 0 && watch(EPOLL_CTL_MOD, p, events) == 0)
		return;
	socket_close(p->s);
	free(p);
	clients--;
}

/*
 * Until the queue is empty. Any other failure is one connection's, see
 * accept(2), or passes: what waits wakes the loop again. Without a descriptor
 * it would do so for ever; the connection gets the spare one, and is closed.
 */
static void accept_all(int l)
{
	const int flags = SOCKET_NONBLOCK | SOCKET_CLOEXEC;
	int s;

	do {
		s = socket_accept6_flags(l, NULL, NULL, NULL, flags);
		if (s != -1)
			add_client(s);
	} while (s != -1);
	if (errno != EMFILE && errno != ENFILE)
		return;
	socket_close(spare);
	socket_close(socket_accept6(l, NULL, NULL, NULL));
	spare = socket_udp4_flags(SOCKET_CLOEXEC);
}

/* The loop learns of it as of the rest: the end of a pipe can be read. */
static void end(int number)
{
	signal(number, SIG_DFL); /* a second one ends it at once */
	close(teller);
}

/* A service manager may have them open, too: a close alone ends no watch. */
static void stop_listening(void)
{
	while (listening > 0) {
		struct peer *l = &listeners[--listening];

		watch(EPOLL_CTL_DEL, l, 0);
		socket_close(l->s);
		l->s = -1;
	}
	close(told.s);
}

static void turn(void)
{
	struct epoll_event events[EVENTS];
	int n = epoll_wait(epoll, events, EVENTS, -1);

	for (int i = 0; i < n; i++) {
		struct peer *p = events[i].data.ptr;

		if (p == &told)
			stop_listening();
		else if (p->is_listener)
			accept_all(p->s);
		else
			serve(p);
	}
}

static void usage(void)
{
	fputs("usage: echo_server [ADDRESS:PORT...], up to 16\n", stderr);
	exit(2);
}

static int listener(const char *text)
{
	struct socket_addr6 a;
	size_t n = scan_ip6ifport(text, a.ip, &a.port, &a.scope_id);

	if (n == 0 || text[n] != '\0')
		usage();
	return socket_listener6(a.ip, a.port, a.scope_id, 0, SOCKET_CLOEXEC);
}

static void die(void)
{
	fprintf(stderr, "echo_server: %s\n", socket_error(errno));
	exit(1);
}

/* What was passed may be anything: listen(2) refuses what cannot. */
static void begin(int s, struct peer *l)
{
	uint16_t port = 0;

	*l = (struct peer){.s = s, .is_listener = 1};
	if (s == -1 || socket_listen(s, 1024) == -1)
		die();
	if (ndelay_on(s) == -1 || watch(EPOLL_CTL_ADD, l, EPOLLIN) == -1)
		die();
	socket_local6(s, NULL, &port, NULL);
	printf("port %u\n", (unsigned)port);
	fflush(stdout);
	listening++;
}

int main(int argc, char *argv[])
{
	int fds[LISTENERS], ends[2], n = socket_inherited(fds, LISTENERS);

	if (n == -1)
		die();
	if (n + argc < 2 || n + argc - 1 > LISTENERS)
		usage();
	for (int i = 1; i < argc; i++)
		fds[n++] = listener(argv[i]);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	spare = socket_udp4_flags(SOCKET_CLOEXEC);
	if (epoll == -1 || spare == -1 || pipe(ends) == -1)
		die();
	told.s = ends[0];
	teller = ends[1];
	watch(EPOLL_CTL_ADD, &told, EPOLLIN);
	signal(SIGTERM, end);
	while (listening < n)
		begin(fds[listening], &listeners[listening]);
	while (listening > 0 || clients > 0)
		turn();
	return 0;
}
