/* SPDX-License-Identifier: ISC */
/* dial.c - socket6 dial: connects to the fastest, or to each, and tells how. */
#include "command.h"
#include "config.h"
#include "header.h"
#include "join.h"
#include "json.h"
#include "race.h"
#include "remember.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

/* tcpclient(1): what its program reads from, and writes to. */
enum { READ_END = 6, WRITE_END = 7 };

static void list_questions(const struct race *r)
{
	static const char *const states[] = {"", "pending", "answered",
					     "failed", "cancelled"};
	struct host_text name = race_name(r);

	for (size_t i = 0; i < r->asked; i++) {
		const struct socket_question *q = &r->questions[i];

		json_begin(r->o->told, "lookup");
		json_text(r->o->told, "name", name.text);
		json_family(r->o->told, q->family);
		json_text(r->o->told, "state", states[q->state]);
		json_error(r->o->told, q->error);
		json_number(r->o->told, "start_us", q->start);
		json_number(r->o->told, "end_us", q->end);
		json_number(r->o->told, "count", q->count);
		json_end(r->o->told);
	}
}

static void list_attempts(const struct race *r)
{
	static const char *const states[] = {"waiting", "pending", "connected",
					     "failed", "cancelled"};

	for (size_t i = 0; i < r->n; i++) {
		const struct socket_attempt6 *a = &r->attempts[i];

		json_begin(r->o->told, "attempt");
		json_address(r->o->told, &a->addr);
		json_text(r->o->told, "state", states[a->state]);
		json_error(r->o->told, a->error);
		json_number(r->o->told, "start_us", a->start);
		json_number(r->o->told, "end_us", a->end);
		json_end(r->o->told);
	}
}

static void list(const struct race *r)
{
	list_questions(r);
	list_attempts(r);
	fflush(r->o->told);
}

/* The time since the start, and what of that was the name, if there was one. */
struct duration {
	char text[64];
};

static struct duration duration(const struct race *r)
{
	struct draw_time all = draw_time(time_now() - r->o->target->began);
	struct duration d;

	if (r->asked)
		snprintf(d.text, sizeof d.text, "%s (name %s)", all.text,
			 draw_time(r->attempts->start).text);
	else
		snprintf(d.text, sizeof d.text, "%s", all.text);
	return d;
}

static void tell_winner(const struct race *r, int s)
{
	const struct options *o = r->o;
	struct socket_addr6 peer = {.port = 0}, local = {.port = 0};

	socket_remote6(s, peer.ip, &peer.port, &peer.scope_id);
	socket_local6(s, local.ip, &local.port, &local.scope_id);
	if (o->json) {
		json_begin(o->told, "connected");
		json_address(o->told, &peer);
		json_local(o->told, &local);
		json_target(o->told, o->target);
		json_end(o->told);
	} else if (!o->quiet) {
		fprintf(o->told, "connected to %s from %s in %s\n",
			address_text(&peer).text, address_text(&local).text,
			duration(r).text);
	}
}

/* The host and port, for people. */
struct host_port {
	char text[320];
};

static struct host_port host_port(const struct race *r)
{
	const struct target *target = r->o->target;
	struct host_port t;

	snprintf(t.text, sizeof t.text, "%s%s%s", target->host,
		 target->service ? " " : "",
		 target->service ? target->service : "");
	return t;
}

/* The reason in words, with the first address that failed for it. */
static const char *reason(const struct race *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->attempts[i].error == r->error)
			return address_error_words(&r->attempts[i].addr,
						   r->error);
	return socket_error(r->error);
}

static int tell_no_answer(int status)
{
	return complain(status, ETIMEDOUT,
			"timed out: no answer from a name server");
}

static int tell_failure(const struct race *r)
{
	const struct target *target = r->o->target;

	if (r->n == 0 && r->error == ETIMEDOUT)
		return tell_no_answer(r->is_late ? TIME_IS_UP : FAILED);
	if (r->n == 0)
		return refuse_host(r->o, target->host, target->service,
				   r->error);
	return complain(r->is_late && !r->o->all ? TIME_IS_UP : FAILED,
			r->error, "%s: %s", host_port(r).text, reason(r));
}

/* The error of the first that is not connected; one was not tried in time. */
static int first_error(const struct race *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->attempts[i].error)
			return r->attempts[i].error;
	return ETIMEDOUT;
}

/* With -a each address counts, and one that a name server has not told. */
static int tell_all(const struct race *r)
{
	size_t connected = race_connected(r);

	if (connected == 0)
		return tell_failure(r);
	if (connected < r->n)
		return complain(SOME, first_error(r),
				"%s: %zu of %zu addresses not connected",
				host_port(r).text, r->n - connected, r->n);
	if (r->is_late)
		return tell_no_answer(SOME);
	if (!r->o->quiet && !r->o->json)
		fprintf(r->o->told, "connected to %zu address%s in %s\n", r->n,
			r->n == 1 ? "" : "es", duration(r).text);
	return DONE;
}

/* What -F gives and the race has not sent. Returns 0, or the errno. */
static int send_rest(int s, const char *rest)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};

	while (*rest) {
		ssize_t n = socket_write(s, rest, strlen(rest));

		if (n == -1 && !is_passing(errno))
			return errno;
		if (n == -1)
			poll(&p, 1, -1);
		rest += n > 0 ? n : 0;
	}
	return 0;
}

/*
 * The race ends before its descriptors are the program's: a look-up that has
 * not ended writes to one.
 */
static int run_command(struct race *r, int s, const char *rest)
{
	struct ends e = {.peer = {.port = 0}};
	int error = send_rest(s, rest);

	if (error)
		return complain(FAILED, error, "%s: %s", host_port(r).text,
				socket_error(error));
	socket_remote6(s, e.peer.ip, &e.peer.port, &e.peer.scope_id);
	socket_local6(s, e.local.ip, &e.local.port, &e.local.scope_id);
	socket_dial_free(r->dial);
	r->dial = NULL;
	return command_become(r->o->command, s, READ_END, WRITE_END, &e);
}

/* Joins the connection, or lets a program have it. */
static int go_on(struct race *r, int s)
{
	size_t sent = socket_dial_sent(r->dial);
	const char *rest = r->o->data ? r->o->data + sent : "";
	struct joined j;

	if (r->o->test)
		return DONE;
	if (r->o->command)
		return run_command(r, s, rest);
	j = join(r->o, s, rest, strlen(rest));
	j.sent += (int64_t)sent;
	return tell_joined(r->o, &j, r->o->target->host);
}

static int conclude(struct race *r, int s)
{
	int status;

	if (r->o->all)
		return tell_all(r);
	if (s == -1)
		return tell_failure(r);
	tell_winner(r, s);
	fflush(r->o->told);
	status = go_on(r, s);
	socket_close(s);
	return status;
}

/*
 * Ends the process by the signal, after the output: until then a second signal
 * is ignored, because timeout(1) sends two.
 */
static void end_interrupted(const struct options *o)
{
	if (!race_signal)
		return;
	if (o->json)
		json_failed(o->told, o->target, EINTR, socket_error(EINTR));
	signal(race_signal, SIG_DFL);
	raise(race_signal);
}

static int race(struct race *r)
{
	int status = race_begin(r), noted = DONE, s;

	if (status)
		return status;
	s = race_run(r);
	if (r->o->json)
		list(r);
	end_interrupted(r->o);
	if (r->o->file && r->n)
		noted = note_down(r->o->file, r->history);
	status = conclude(r, s);
	return status ? status : noted;
}

int dial(const struct options *o, char *const *words, int n)
{
	static struct race r;
	int status;

	(void)words, (void)n; /* they are o->target */
	r.o = o;
	screen_open(&r.screen, o->told);
	status = race(&r);
	screen_leave(&r.screen);
	socket_dial_free(r.dial);
	socket_history_free(r.history);
	return status;
}
