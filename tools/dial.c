/* SPDX-License-Identifier: ISC */
/* dial.c - socket6 dial: connects to the fastest, and draws the race. */
#include "config.h"
#include "join.h"
#include "json.h"
#include "remember.h"
#include "screen.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	QUESTIONS = 3, /* for both families, and for each alone */
	ADDRESSES = 1024,
	DESCRIPTORS = ADDRESSES + 1,
	LABEL = 39, /* of a name: as long as an IPv6 address */
	TICK = 40,  /* milliseconds from drawing to drawing, and to see a ^C */
};

struct race {
	const struct options *o;
	struct socket_dial *dial;
	struct socket_history *history;
	struct screen screen;
	int error;   /* why no attempt won */
	int is_late; /* because the time of -w is up */
};

struct name_time {
	char text[40];
};

static volatile sig_atomic_t interrupted, continued;

static void interrupt(int sig)
{
	interrupted = sig;
}

/* While it was stopped the shell has written to the terminal. */
static void go_on_below(int sig)
{
	continued = sig;
}

/* Signals that are ignored, as under nohup(1), stay ignored. */
static void on_signal(int sig, void (*handler)(int))
{
	if (signal(sig, handler) == SIG_IGN)
		signal(sig, SIG_IGN);
}

/* SIGALRM is for those who have no timeout(1), but perl's alarm. */
static void heed_signals(void (*end)(int), void (*go_on)(int))
{
	static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		on_signal(ends[i], end);
	on_signal(SIGCONT, go_on);
}

/* Sets the local address, which may have a port. */
static int bind_local(struct socket_dial *d, const char *local)
{
	struct socket_addr6 a = {.port = 0};
	int status = read_local(local, &a);

	socket_dial_set_bind(d, a.ip, a.port, a.scope_id);
	return status;
}

/* Before the name, for what is added then asks the history. */
static int set_options(struct race *r)
{
	const struct options *o = r->o;
	int status = 0;

	if (o->file)
		status = remember(o->file, &r->history);
	if (!status && o->local)
		status = bind_local(r->dial, o->local);
	if (o->delay)
		socket_dial_set(r->dial, SOCKET_DIAL_ATTEMPT_DELAY, o->delay);
	if (o->milliseconds > 0)
		socket_dial_set(r->dial, SOCKET_DIAL_DEADLINE, o->milliseconds);
	if (o->data)
		socket_dial_set_data(r->dial, o->data, strlen(o->data));
	socket_dial_set_history(r->dial, r->history);
	return status;
}

static int set_up(struct race *r)
{
	int status;

	r->dial = socket_dial_new(ADDRESSES);
	if (!r->dial)
		return complain(FAILED, errno, "%s", socket_error(errno));
	status = set_options(r);
	return status ? status : dial_target(r->o, r->dial);
}

static struct host_text name_of(const struct race *r)
{
	return host_text(r->o->target->host, r->o->target->service);
}

static void label_question(struct draw_label *label, const struct race *r,
			   const struct socket_question *q)
{
	static const char *const families[] = {[4] = " IPv4", [6] = " IPv6"};
	const char *family = q->family ? families[q->family] : "";
	struct host_text host = name_of(r);
	int most = LABEL - (int)strlen(family);
	int is_long = (int)strlen(host.text) > most;

	snprintf(label->text, sizeof label->text, "%.*s%s%s",
		 is_long ? most - 2 : most, host.text, is_long ? ".." : "",
		 family);
}

static void label_attempt(struct draw_label *label,
			  const struct socket_addr6 *a)
{
	size_t n = fmt_ip6ifc(label->text, a->ip, a->scope_id);

	label->text[n] = '\0';
	tame(label->text);
}

/* Draws the race as it is now. */
static void show(struct race *r, int over)
{
	struct socket_question questions[QUESTIONS];
	struct socket_attempt6 attempts[ADDRESSES];
	struct draw_label labels[QUESTIONS + ADDRESSES], *label = labels;
	struct drawing drawing = {.questions = questions,
				  .attempts = attempts,
				  .labels = labels,
				  .now = time_now() - r->o->target->began,
				  .over = over};

	if (r->o->quiet || r->o->json || !(over || r->screen.live))
		return;
	drawing.asked = socket_dial_questions(r->dial, questions, QUESTIONS);
	drawing.n = socket_dial_attempts(r->dial, attempts, ADDRESSES);
	for (size_t i = 0; i < drawing.asked; i++)
		label_question(label++, r, &questions[i]);
	for (size_t i = 0; i < drawing.n; i++)
		label_attempt(label++, &attempts[i].addr);
	if (continued)
		screen_leave(&r->screen);
	continued = 0;
	screen_show(&r->screen, &drawing);
}

/* Waits until the next step is due, or a tick has passed. */
static void wait_for(const struct race *r)
{
	struct pollfd fds[DESCRIPTORS];
	int s[DESCRIPTORS], events[DESCRIPTORS], milliseconds;
	size_t n = socket_dial_pollfds(r->dial, s, events, DESCRIPTORS,
				       &milliseconds);

	for (size_t i = 0; i < n; i++)
		fds[i] = (struct pollfd){.fd = s[i],
					 .events = events[i] == 1 ? POLLIN
								  : POLLOUT};
	if (milliseconds < 0 || milliseconds > TICK)
		milliseconds = TICK;
	poll(fds, (nfds_t)n, milliseconds);
}

/* The connected descriptor, or -1. */
static int run_race(struct race *r)
{
	int s;

	heed_signals(interrupt, go_on_below);
	r->o->target->began = time_now();
	while ((s = socket_dial_step(r->dial)) == -1 && errno == EINPROGRESS &&
	       !interrupted) {
		show(r, 0);
		wait_for(r);
	}
	r->error = errno;
	r->is_late = s == -1 && r->o->milliseconds > 0 &&
		     time_now() - r->o->target->began >=
			     r->o->milliseconds * (int64_t)1000;
	if (!interrupted)
		heed_signals(SIG_DFL, SIG_DFL);
	show(r, 1);
	return s;
}

static void list_questions(const struct race *r)
{
	static const char *const states[] = {"", "pending", "answered",
					     "failed", "cancelled"};
	struct socket_question q[QUESTIONS];
	size_t n = socket_dial_questions(r->dial, q, QUESTIONS);

	for (size_t i = 0; i < n; i++) {
		json_begin(r->o->told, "lookup");
		json_text(r->o->told, "name", name_of(r).text);
		json_family(r->o->told, q[i].family);
		json_text(r->o->told, "state", states[q[i].state]);
		json_error(r->o->told, q[i].error);
		json_number(r->o->told, "start_us", q[i].start);
		json_number(r->o->told, "end_us", q[i].end);
		json_number(r->o->told, "count", q[i].count);
		json_end(r->o->told);
	}
}

static void list_attempts(const struct race *r)
{
	static const char *const states[] = {"waiting", "pending", "connected",
					     "failed", "cancelled"};
	struct socket_attempt6 a[ADDRESSES];
	size_t n = socket_dial_attempts(r->dial, a, ADDRESSES);

	for (size_t i = 0; i < n; i++) {
		json_begin(r->o->told, "attempt");
		json_address(r->o->told, &a[i].addr);
		json_text(r->o->told, "state", states[a[i].state]);
		json_error(r->o->told, a[i].error);
		json_number(r->o->told, "start_us", a[i].start);
		json_number(r->o->told, "end_us", a[i].end);
		json_end(r->o->told);
	}
}

static void list(const struct race *r)
{
	list_questions(r);
	list_attempts(r);
	fflush(r->o->told);
}

/* What of the time was the name, as " (name 12.3 ms)", if one was looked up. */
static struct name_time name_time(const struct race *r)
{
	struct name_time t = {""};
	struct socket_attempt6 first;

	if (socket_dial_questions(r->dial, NULL, 0) > 0 &&
	    socket_dial_attempts(r->dial, &first, 1) > 0)
		snprintf(t.text, sizeof t.text, " (name %s)",
			 draw_time(first.start).text);
	return t;
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
		fprintf(o->told, "connected to %s from %s in %s%s\n",
			address_text(&peer).text, address_text(&local).text,
			draw_time(time_now() - o->target->began).text,
			name_time(r).text);
	}
}

/* The reason in words, with the first address that failed for it. */
static const char *reason(const struct race *r)
{
	struct socket_attempt6 a[ADDRESSES];
	size_t n = socket_dial_attempts(r->dial, a, ADDRESSES);

	for (size_t i = 0; i < n; i++)
		if (a[i].error == r->error)
			return address_error_words(&a[i].addr, r->error);
	return socket_error(r->error);
}

/* No address was found. */
static int tell_no_address(const struct race *r)
{
	const struct target *target = r->o->target;

	if (r->error == ETIMEDOUT)
		return complain(r->is_late ? TIME_IS_UP : FAILED, ETIMEDOUT,
				"timed out: no answer from a name server");
	return refuse_host(r->o, target->host, target->service, r->error);
}

static int tell_failure(const struct race *r)
{
	const struct target *target = r->o->target;

	if (socket_dial_attempts(r->dial, NULL, 0) == 0)
		return tell_no_address(r);
	return complain(r->is_late ? TIME_IS_UP : FAILED, r->error,
			"%s%s%s: %s", target->host, target->service ? " " : "",
			target->service ? target->service : "", reason(r));
}

/* Joins the connection. */
static int go_on(const struct race *r, int s)
{
	size_t sent = socket_dial_sent(r->dial);
	const char *rest = r->o->data ? r->o->data + sent : "";
	struct joined j;

	if (r->o->test)
		return DONE;
	j = join(r->o, s, rest, strlen(rest));
	j.sent += (int64_t)sent;
	return tell_joined(r->o, &j, r->o->target->host);
}

static int conclude(struct race *r, int s)
{
	int status;

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
	if (!interrupted)
		return;
	if (o->json)
		json_failed(o->told, o->target, EINTR, socket_error(EINTR));
	signal(interrupted, SIG_DFL);
	raise(interrupted);
}

static int race(struct race *r)
{
	int status = set_up(r), noted = DONE, s;

	if (status)
		return status;
	s = run_race(r);
	if (r->o->json)
		list(r);
	end_interrupted(r->o);
	if (r->o->file && socket_dial_attempts(r->dial, NULL, 0) > 0)
		noted = note_down(r->o->file, r->history);
	status = conclude(r, s);
	return status ? status : noted;
}

int dial(const struct options *o, char *const *words, int n)
{
	struct race r = {.o = o};
	int status;

	(void)words, (void)n; /* they are o->target */
	screen_open(&r.screen, o->told);
	status = race(&r);
	screen_leave(&r.screen);
	socket_dial_free(r.dial);
	socket_history_free(r.history);
	return status;
}
