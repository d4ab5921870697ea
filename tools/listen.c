/* SPDX-License-Identifier: ISC */
/* listen.c - socket6 listen: waits for connections. */
#include "command.h"
#include "config.h"
#include "header.h"
#include "join.h"
#include "json.h"
#include "listeners.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdlib.h>
#include <sys/wait.h>

enum {
	ECHOES = 64,   /* connections at a time, or headers that are awaited */
	PROGRAMS = 40, /* as tcpserver(1) */
	PAUSE = 10,    /* milliseconds, after a refusal to accept */
};

struct server {
	const struct options *o;
	struct listeners at;
	int accepted; /* how many, so far */
	struct header *headers[ECHOES];
	int waiting; /* headers that are not whole */
	struct pump *echoes[ECHOES];
	int busy; /* echoes */
	struct children children;
	int full;    /* until one ends: no descriptor, or memory, for another */
	int refused; /* the errno of the last accept, or 0 */
	int64_t since; /* when there was a connection last, or the beginning */
	int ended;     /* nothing can come any more, and status is the exit's */
	int status;
};

/* What poll waits for; the first are the listeners, while they are open. */
struct polled {
	struct pollfd fds[LISTENERS + ECHOES + 1];
	nfds_t n;
	struct pollfd *headers, *echoes, *children;
};

static void tell_listeners(const struct server *server)
{
	const struct options *o = server->o;

	for (int i = 0; i < server->at.n; i++) {
		struct socket_addr6 a = {.port = 0};

		socket_local6(server->at.fds[i], a.ip, &a.port, &a.scope_id);
		if (o->json) {
			json_begin(o->told, "listening");
			json_address(o->told, &a);
			json_end(o->told);
		} else if (!o->quiet) {
			fprintf(o->told, "listening at %s\n",
				address_text(&a).text);
		}
		fflush(o->told);
	}
}

static void list_accepted(const struct options *o, const struct ends *ends,
			  pid_t pid)
{
	json_begin(o->told, "accepted");
	json_address(o->told, &ends->peer);
	json_local(o->told, &ends->local);
	if (pid)
		json_number(o->told, "pid", pid);
	json_end(o->told);
}

/* pid: of the program that has the connection, or 0. */
static void tell_accepted(const struct options *o, const struct ends *ends,
			  pid_t pid)
{
	if (o->json) {
		list_accepted(o, ends, pid);
	} else if (!o->quiet) {
		fprintf(o->told, "connection from %s",
			address_text(&ends->peer).text);
		if (o->verbose)
			fprintf(o->told, " to %s",
				address_text(&ends->local).text);
		if (o->verbose && pid)
			fprintf(o->told, ", process %ld", (long)pid);
		putc('\n', o->told);
	}
	fflush(o->told);
}

/* how: as waitpid says it. */
static void tell_exit(const struct options *o, pid_t pid, int how)
{
	int by_signal = WIFSIGNALED(how);
	int number = by_signal ? WTERMSIG(how) : WEXITSTATUS(how);

	if (o->json) {
		json_begin(o->told, "exited");
		json_number(o->told, "pid", pid);
		json_number(o->told, by_signal ? "signal" : "status", number);
		json_end(o->told);
	} else if (o->verbose) {
		fprintf(o->told, "process %ld: %s %d\n", (long)pid,
			by_signal ? "signal" : "status", number);
	}
	fflush(o->told);
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
static int take(struct server *server, int listener, struct ends *ends)
{
	struct socket_addr6 *a = &ends->peer;
	int s = socket_accept6_flags(listener, a->ip, &a->port, &a->scope_id,
				     SOCKET_NONBLOCK | SOCKET_CLOEXEC);

	if (s == -1 && is_connections(errno))
		pass_over(server, errno);
	else if (s == -1)
		return is_passing(errno) ? -1 : -2;
	if (s == -1)
		return -1;
	server->refused = 0;
	a = &ends->local;
	socket_local6(s, a->ip, &a->port, &a->scope_id);
	return s;
}

/* Connections at a time. */
static int most(const struct options *o)
{
	if (o->command)
		return o->count ? o->count : PROGRAMS;
	return o->keep && o->echo ? ECHOES : 1;
}

/* Whether another connection may come. */
static int is_open(const struct server *server)
{
	const struct options *o = server->o;

	if (server->ended || server->full || server->waiting == ECHOES)
		return 0;
	if (!o->keep && !o->command && server->accepted)
		return 0;
	return server->waiting + server->busy + server->children.n < most(o);
}

static int is_idle(const struct server *server)
{
	return !server->waiting && !server->busy && !server->children.n;
}

/* After an end echoes have their time; programs run on alone. */
static int is_over(const struct server *server)
{
	return server->ended ? !server->busy : is_idle(server);
}

/* Of two times that are left, -1 for ever. */
static int sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
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

static int begin_command(struct server *server, int s, const struct ends *ends)
{
	pid_t pid = children_add(&server->children, server->o->command, s,
				 ends);
	int error = errno;

	socket_close(s);
	if (pid == -1)
		return complain(FAILED, error, "%s: %s", *server->o->command,
				error_words(error));
	tell_accepted(server->o, ends, pid);
	return DONE;
}

static int end_commands(struct server *server)
{
	int how;
	pid_t pid;

	while ((pid = children_take(&server->children, &how))) {
		server->since = time_now();
		tell_exit(server->o, pid, how);
	}
	return DONE;
}

/* The connection is whole, and its ends are known. */
static int admit(struct server *server, int s, const struct ends *ends)
{
	server->accepted++;
	if (server->o->command)
		return begin_command(server, s, ends);
	tell_accepted(server->o, ends, 0);
	return server->o->echo ? begin_echo(server, s)
			       : join_and_tell(server, s);
}

static int begin_header(struct server *server, int s, const struct ends *ends)
{
	struct header *h = malloc(sizeof *h);

	if (!h) {
		socket_close(s);
		return complain(FAILED, errno, "%s", socket_error(errno));
	}
	header_begin(h, s, ends);
	server->headers[server->waiting++] = h;
	return DONE;
}

/* error: 0 if it is whole, else the connection is closed. */
static int end_header(struct server *server, int i, int error)
{
	struct header *h = server->headers[i];
	struct ends ends = h->ends;
	int s = h->s;

	free(h);
	server->headers[i] = server->headers[--server->waiting];
	server->full = 0;
	if (!error)
		return admit(server, s, &ends);
	socket_close(s);
	return complain(FAILED, error, "%s: %s", address_text(&ends.peer).text,
			header_error_words(error));
}

/* -T may be shorter. */
static int header_left(const struct server *server, const struct header *h)
{
	return sooner(header_time_left(h), silence_left(server->o, h->began));
}

static int step_header(struct server *server, int i, int is_readable)
{
	struct header *h = server->headers[i];
	int r = is_readable ? header_step(h) : 0;

	if (r == 0 && header_left(server, h) > 0)
		return DONE;
	return end_header(server, i, r == 1 ? 0 : r == 0 ? ETIMEDOUT : errno);
}

/*
 * accept has failed, not for the connection's sake. A server of programs waits
 * until it can: it has nothing of its own that would end.
 */
static int fail_to_accept(struct server *server, int error)
{
	if ((server->busy || server->waiting) && is_shortage(error)) {
		server->full = 1;
		return DONE;
	}
	if (server->o->command && is_shortage(error)) {
		pass_over(server, error);
		return DONE;
	}
	return end_with(server, complain(FAILED, error, "accept: %s",
					 socket_error(error)));
}

/* Accepts at a listener, unless another connection took the only place. */
static int welcome(struct server *server, int listener)
{
	struct ends ends = {.peer = {.port = 0}};
	int s = is_open(server) ? take(server, listener, &ends) : -1;

	if (s == -2)
		return fail_to_accept(server, errno);
	if (s == -1)
		return DONE;
	return server->o->proxy ? begin_header(server, s, &ends)
				: admit(server, s, &ends);
}

static void wish_for(struct polled *p, int fd)
{
	p->fds[p->n++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

static void wish(const struct server *server, struct polled *p)
{
	p->n = 0;
	for (int i = 0; i < server->at.n; i++)
		wish_for(p, is_open(server) ? server->at.fds[i] : -1);
	p->headers = p->fds + p->n;
	for (int i = 0; i < server->waiting; i++)
		wish_for(p, server->headers[i]->s);
	p->echoes = p->fds + p->n;
	for (int i = 0; i < server->busy; i++)
		p->fds[p->n++] = pump_wish(server->echoes[i]);
	p->children = p->fds + p->n;
	wish_for(p, server->o->command ? server->children.ended : -1);
}

static int attend_echo(struct server *server, int i, int is_ready)
{
	struct pump *p = server->echoes[i];

	if (is_ready)
		pump_step(p);
	return p->over || silence_left(server->o, p->moved) == 0
		       ? end_echo(server, i)
		       : DONE;
}

/*
 * From the last to the first, because the last replaces an ended one; and what
 * is begun comes behind.
 */
static int attend(struct server *server, const struct polled *p)
{
	int status = DONE;

	if (p->children->revents)
		end_commands(server);
	for (int i = (int)(p->children - p->echoes) - 1; i >= 0; i--)
		status = attend_echo(server, i, p->echoes[i].revents);
	for (int i = (int)(p->echoes - p->headers) - 1; i >= 0; i--)
		status = step_header(server, i, p->headers[i].revents);
	for (int i = 0; i < server->at.n; i++)
		if (p->fds[i].revents)
			status = welcome(server, server->at.fds[i]);
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
	int limit = server->o->milliseconds;
	int left = server->busy ? silence_of_all(server) : -1;

	for (int i = 0; i < server->waiting; i++)
		left = sooner(left, header_left(server, server->headers[i]));
	if (!is_idle(server) || limit < 0)
		return left;
	return gone < limit ? (int)(limit - gone) : 0;
}

static int serve(struct server *server)
{
	int status = DONE;

	while (is_open(server) || !is_over(server)) {
		struct polled p;
		int left = time_left(server);
		int idle = is_idle(server);
		int r;

		wish(server, &p);
		r = poll(p.fds, p.n, left);
		if (r > 0 || (r == 0 && !idle))
			status = attend(server, &p);
		if (idle && (r == 0 || (left == 0 && server->refused)))
			return complain(TIME_IS_UP, ETIMEDOUT,
					"timed out: no connection");
	}
	return server->ended ? server->status : status;
}

static int begin(struct server *server, char *const *words, int n)
{
	int status = listeners_open(server->o, words, n, &server->at);

	if (status || !server->o->command)
		return status;
	if (children_begin(&server->children) == -1)
		return complain(FAILED, errno, "%s", error_words(errno));
	return DONE;
}

static void leave(struct server *server)
{
	listeners_close(&server->at);
	while (server->waiting) {
		struct header *h = server->headers[--server->waiting];

		socket_close(h->s);
		free(h);
	}
	if (server->o->command)
		children_leave(&server->children);
}

int listen_at(const struct options *o, char *const *words, int n)
{
	static struct server server;
	int status;

	server.o = o;
	status = begin(&server, words, n);
	if (status)
		return status;
	tell_listeners(&server);
	server.since = time_now();
	status = serve(&server);
	leave(&server);
	return status;
}
