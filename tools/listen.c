/* SPDX-License-Identifier: ISC */
/* listen.c - socket6 listen: waits for connections. */
#include "config.h"
#include "join.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <socket6.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	LISTENERS = 16,
	ADDRESSES = 64,
	ECHOES = 64, /* connections at a time */
	BACKLOG = 128,
	FIRST_PASSED = 3, /* sd_listen_fds(3) */
	PAUSE = 10,	  /* milliseconds, after a refusal to accept */
};

struct server {
	const struct options *o;
	int listeners[LISTENERS];
	int n;
	int accepted; /* how many, so far */
	struct pump *echoes[ECHOES];
	int busy;    /* echoes */
	int full;    /* until one ends: no descriptor, or memory, for another */
	int refused; /* the errno of the last accept, or 0 */
	int64_t since; /* when there was a connection last, or the beginning */
	int ended;     /* nothing can come any more, and status is the exit's */
	int status;
};

/* A socket of the address's family, or of both. */
static int open_socket(const struct options *o, const struct socket_addr6 *a)
{
	int flags = SOCKET_NONBLOCK | SOCKET_CLOEXEC;

	if (o->family == 4 || ip6_isv4mapped(a->ip))
		return socket_tcp4_flags(flags);
	return socket_tcp6_flags(o->family == 6 ? flags | SOCKET_V6ONLY
						: flags);
}

static int bind_to(const struct options *o, int s, const struct socket_addr6 *a)
{
	if (ip6_isv4mapped(a->ip))
		return socket_bind4_reuse(s, a->ip + 12, a->port);
	if (o->family == 4)
		return socket_bind4_reuse(s, NULL, a->port);
	return socket_bind6_reuse(s, a->ip, a->port, a->scope_id);
}

static int refuse_address(const struct socket_addr6 *a, int error)
{
	return complain(FAILED, error, "%s: %s", address_text(a).text,
			address_error_words(a, error));
}

/* ADDRESS and PORT, or PORT alone. */
static int open_listener(struct server *server, char *const *words, int n)
{
	struct socket_addr6 a[ADDRESSES];
	struct options any = *server->o;
	int found, s;

	if (n == 1 && is_address(words[0]))
		return complain(BAD_INPUT, EINVAL, "%s: the port is missing",
				words[0]);
	if (n == 1)
		any.family = 0;
	found = resolve(&any, n > 1 ? words[0] : "::", words[n - 1], a,
			ADDRESSES);
	if (found < 0)
		return -found;
	s = open_socket(server->o, a);
	if (s == -1 || bind_to(server->o, s, a) == -1 ||
	    socket_listen(s, BACKLOG) == -1)
		return refuse_address(a, errno);
	server->listeners[server->n++] = s;
	return 0;
}

static long number_in(const char *variable)
{
	const char *value = getenv(variable);

	return value ? strtol(value, NULL, 10) : 0;
}

/* Otherwise accept(2) would fail for it, again at every datagram. */
static int listens(int s)
{
	int yes = 1;
	socklen_t len = sizeof yes;

	return getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, &yes, &len) == -1 ||
	       yes;
}

/* Uses the sockets that the parent process passed: sd_listen_fds(3). */
static int take_passed(struct server *server)
{
	long n = number_in("LISTEN_FDS");

	if (number_in("LISTEN_PID") != (long)getpid() || n < 1)
		return complain(BAD_INPUT, EINVAL, "listen needs PORT");
	if (n > LISTENERS)
		return complain(BAD_INPUT, EINVAL, "too many descriptors: %ld",
				n);
	for (int s = FIRST_PASSED; s < FIRST_PASSED + n; s++) {
		if (socket_local6(s, NULL, NULL, NULL) == -1)
			return complain(BAD_INPUT, errno, "descriptor %d: %s",
					s, socket_error(errno));
		if (!listens(s))
			return complain(BAD_INPUT, EINVAL,
					"descriptor %d: not listening", s);
		fcntl(s, F_SETFD, FD_CLOEXEC);
		ndelay_on(s);
		server->listeners[server->n++] = s;
	}
	return 0;
}

/* Prints an address, as a sentence or an object of this type. */
static void tell_address(const struct server *server, const char *type,
			 const char *words, const struct socket_addr6 *a)
{
	if (server->o->json) {
		json_begin(server->o->told, type);
		json_address(server->o->told, a);
		json_end(server->o->told);
	} else if (!server->o->quiet) {
		fprintf(server->o->told, "%s %s\n", words,
			address_text(a).text);
	}
	fflush(server->o->told);
}

static void tell_listeners(const struct server *server)
{
	for (int i = 0; i < server->n; i++) {
		struct socket_addr6 a = {.port = 0};

		socket_local6(server->listeners[i], a.ip, &a.port, &a.scope_id);
		tell_address(server, "listening", "listening at", &a);
	}
}

static int tell_end(struct server *server, const struct joined *j)
{
	server->since = time_now();
	return tell_joined(server->o, j, "connection");
}

/* What the end of another connection may remedy. */
static int is_shortage(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOBUFS ||
	       error == ENOMEM;
}

/*
 * The errors that a listener survives: those of the connection, and of its
 * network, which accept(2) lists for Linux. EPERM comes from a firewall.
 */
static int is_connections(int error)
{
	static const int errors[] = {
		ECONNABORTED,	 EPERM,	    ENETDOWN,	  EPROTO,
		ENOPROTOOPT,	 EHOSTDOWN, EHOSTUNREACH, EOPNOTSUPP,
		ENETUNREACH,	 ETIMEDOUT, ECONNRESET,	  EPROTONOSUPPORT,
		ESOCKTNOSUPPORT,
#ifdef ENONET
		ENONET,
#endif
#ifdef ENOSR
		ENOSR,
#endif
	};

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (errors[i] == error)
			return 1;
	return 0;
}

/*
 * An accept has failed with such an error. Linux asks security modules before
 * it takes a connection from the queue (do_accept), so accept fails again at
 * once if they refuse: report the error once, and pause.
 */
static void pass_over(struct server *server, int error)
{
	if (error == ECONNABORTED)
		return;
	if (error != server->refused)
		complain(FAILED, error, "accept: %s", socket_error(error));
	server->refused = error;
	poll(NULL, 0, PAUSE);
}

/* Accepts a connection. -1 if it is gone, -2 with errno on failure. */
static int take(struct server *server, int listener)
{
	struct socket_addr6 a = {.port = 0};
	int s = socket_accept6_flags(listener, a.ip, &a.port, &a.scope_id,
				     SOCKET_NONBLOCK | SOCKET_CLOEXEC);

	if (s == -1 && is_connections(errno))
		pass_over(server, errno);
	else if (s == -1)
		return is_passing(errno) ? -1 : -2;
	if (s == -1)
		return -1;
	server->accepted++;
	server->refused = 0;
	tell_address(server, "accepted", "connection from", &a);
	return s;
}

/* Whether another connection may come. */
static int is_open(const struct server *server)
{
	if (server->ended || server->full)
		return 0;
	return server->o->keep ? server->busy < ECHOES : server->accepted == 0;
}

static int end_with(struct server *server, int status)
{
	server->ended = 1;
	server->status = status;
	return status;
}

/* Joins standard input and output to the connection. */
static int join_and_tell(struct server *server, int s)
{
	struct joined j = join(server->o, s, NULL, 0);
	int status;

	socket_close(s);
	status = tell_end(server, &j);
	return j.where ? end_with(server, status) : status;
}

static int begin_echo(struct server *server, int s)
{
	struct pump *p = malloc(sizeof *p);

	if (!p) {
		socket_close(s);
		return complain(FAILED, errno, "%s", socket_error(errno));
	}
	pump_begin(p, s, s, NULL, 0);
	server->echoes[server->busy++] = p;
	return DONE;
}

static int end_echo(struct server *server, int i)
{
	struct pump *p = server->echoes[i];
	struct joined j = {.sent = p->passed,
			   .received = p->passed + (int64_t)p->left,
			   .error = p->over ? p->error : ETIMEDOUT,
			   .silent = !p->over};
	int status = tell_end(server, &j);

	socket_close(p->from);
	free(p);
	server->echoes[i] = server->echoes[--server->busy];
	server->full = 0;
	return status;
}

/* Accepts at a listener, unless another connection took the only place. */
static int welcome(struct server *server, int listener)
{
	int s = is_open(server) ? take(server, listener) : -1;

	if (s == -2 && server->busy && is_shortage(errno))
		server->full = 1;
	else if (s == -2)
		return end_with(server, complain(FAILED, errno, "accept: %s",
						 socket_error(errno)));
	if (s < 0)
		return DONE;
	return server->o->echo ? begin_echo(server, s)
			       : join_and_tell(server, s);
}

/* What poll waits for: the listeners, while they are open, then the echoes. */
static nfds_t wishes(const struct server *server, struct pollfd *fds)
{
	nfds_t n = 0;

	for (int i = 0; i < server->n; i++)
		fds[n++] = (struct pollfd){
			.fd = is_open(server) ? server->listeners[i] : -1,
			.events = POLLIN};
	for (int i = 0; i < server->busy; i++)
		fds[n++] = pump_wish(server->echoes[i]);
	return n;
}

/* From the last echo to the first, because the last replaces an ended one. */
static int attend(struct server *server, const struct pollfd *fds)
{
	const struct pollfd *echoes = fds + server->n;
	int status = DONE;

	for (int i = server->busy - 1; i >= 0; i--) {
		struct pump *p = server->echoes[i];

		if (echoes[i].revents)
			pump_step(p);
		if (p->over || silence_left(server->o, p->moved) == 0)
			status = end_echo(server, i);
	}
	for (int i = 0; i < server->n; i++)
		if (fds[i].revents)
			status = welcome(server, server->listeners[i]);
	return status;
}

/* Until the first of the echoes has been silent for too long. */
static int silence_of_all(const struct server *server)
{
	int64_t first = time_now();

	for (int i = 0; i < server->busy; i++)
		if (server->echoes[i]->moved < first)
			first = server->echoes[i]->moved;
	return silence_left(server->o, first);
}

/* How long poll may wait: without a connection no longer than -w. */
static int time_left(const struct server *server)
{
	int64_t gone = (time_now() - server->since) / 1000;
	int most = server->o->milliseconds;

	if (server->busy)
		return silence_of_all(server);
	if (most < 0)
		return -1;
	return gone < most ? (int)(most - gone) : 0;
}

static int serve(struct server *server)
{
	struct pollfd fds[LISTENERS + ECHOES];
	int status = DONE;

	while (is_open(server) || server->busy) {
		nfds_t n = wishes(server, fds);
		int left = time_left(server);
		int busy = server->busy;
		int r = poll(fds, n, left);

		if (r > 0 || (r == 0 && busy))
			status = attend(server, fds);
		if (!busy && (r == 0 || (left == 0 && server->refused)))
			return complain(TIME_IS_UP, ETIMEDOUT,
					"timed out: no connection");
	}
	return server->ended ? server->status : status;
}

int listen_at(const struct options *o, char *const *words, int n)
{
	static struct server server;
	int status;

	server.o = o;
	status = n ? open_listener(&server, words, n) : take_passed(&server);
	if (status)
		return status;
	tell_listeners(&server);
	server.since = time_now();
	status = serve(&server);
	for (int i = 0; i < server.n; i++)
		socket_close(server.listeners[i]);
	return status;
}
