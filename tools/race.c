/* SPDX-License-Identifier: ISC */
/* race.c - a dial as it runs: its name, its attempts, and how it ends. */
#include "race.h"

#include "config.h"
#include "remember.h"
#include "tell.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>

enum {
	DESCRIPTORS = ADDRESSES + 1,
	LABEL = 28,	  /* of a name, so that bars have room beside it */
	TICK = 40,	  /* milliseconds: when to draw, and to see a ^C */
	NEXT_OF_ALL = 10, /* milliseconds: without a race nothing is saved */
};

volatile sig_atomic_t race_signal;
static volatile sig_atomic_t continued;

static void interrupt(int sig)
{
	race_signal = sig;
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

static int set_options(struct race *r)
{
	const struct options *o = r->o;
	int status = 0;

	if (o->file)
		status = remember(o->file, &r->history);
	if (!status && o->local)
		status = bind_local(r->dial, o->local);
	if (o->all)
		socket_dial_set(r->dial, SOCKET_DIAL_CONFIRM, 1);
	if (o->delay || o->all)
		socket_dial_set(r->dial, SOCKET_DIAL_ATTEMPT_DELAY,
				o->delay ? o->delay : NEXT_OF_ALL);
	if (o->milliseconds > 0)
		socket_dial_set(r->dial, SOCKET_DIAL_DEADLINE, o->milliseconds);
	if (o->data)
		socket_dial_set_data(r->dial, o->data, strlen(o->data));
	socket_dial_set_history(r->dial, r->history);
	return status;
}

/* The first step begins the dial's time, so that the name is in it. */
static int begin_at_once(struct race *r)
{
	int64_t began = time_now();
	int status;

	socket_dial_step(r->dial);
	status = dial_target(r->o, r->dial);
	if (!status)
		r->o->target->began = began;
	return status;
}

int race_begin(struct race *r)
{
	int status;

	r->dial = socket_dial_new(ADDRESSES);
	if (!r->dial)
		return complain(FAILED, errno, "%s", socket_error(errno));
	status = set_options(r);
	return status ? status : begin_at_once(r);
}

struct host_text race_name(const struct race *r)
{
	return host_text(r->o->target->host, r->o->target->service);
}

static void label_question(struct draw_label *label, const struct race *r,
			   const struct socket_question *q)
{
	static const char *const families[] = {[4] = " IPv4", [6] = " IPv6"};
	const char *family = q->family ? families[q->family] : "";
	struct host_text host = race_name(r);
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

/*
 * With -a one that is connected was rejected, so that the others go on: by an
 * error that no attempt has.
 */
static void unmask(struct socket_attempt6 *a)
{
	if (a->error != ECANCELED)
		return;
	a->state = SOCKET_ATTEMPT_CONNECTED;
	a->error = 0;
}

static void look(struct race *r)
{
	r->asked = socket_dial_questions(r->dial, r->questions, QUESTIONS);
	if (r->asked > QUESTIONS)
		r->asked = QUESTIONS;
	r->n = socket_dial_attempts(r->dial, r->attempts, ADDRESSES);
	if (r->n > ADDRESSES)
		r->n = ADDRESSES; /* a NAT64 has added some */
	for (size_t i = 0; i < r->n; i++)
		unmask(&r->attempts[i]);
}

size_t race_connected(const struct race *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->attempts[i].state == SOCKET_ATTEMPT_CONNECTED;
	return n;
}

/* Draws the race as it is now. */
static void show(struct race *r, int over)
{
	struct draw_label labels[QUESTIONS + ADDRESSES], *label = labels;
	struct drawing drawing = {.labels = labels,
				  .now = time_now() - r->o->target->began,
				  .over = over,
				  .is_late = r->is_late,
				  .all = r->o->all};

	if (r->o->quiet || r->o->json || !(over || r->screen.live))
		return;
	look(r);
	drawing.questions = r->questions;
	drawing.asked = r->asked;
	drawing.attempts = r->attempts;
	drawing.n = r->n;
	for (size_t i = 0; i < r->asked; i++)
		label_question(label++, r, &r->questions[i]);
	for (size_t i = 0; i < r->n; i++)
		label_attempt(label++, &r->attempts[i].addr);
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

	if (n > DESCRIPTORS)
		n = DESCRIPTORS; /* of more attempts than are shown */
	for (size_t i = 0; i < n; i++)
		fds[i] = (struct pollfd){.fd = s[i],
					 .events = events[i] == SOCKET_READABLE
							   ? POLLIN
							   : POLLOUT};
	if (milliseconds < 0 || milliseconds > TICK)
		milliseconds = TICK;
	poll(fds, (nfds_t)n, milliseconds);
}

/* With -a what is connected has its time, and is not needed any more. */
static int step(struct race *r)
{
	int s = socket_dial_step(r->dial);

	while (r->o->all && s != -1) {
		socket_dial_reject(r->dial, s, ECANCELED);
		s = socket_dial_step(r->dial);
	}
	return s;
}

int race_run(struct race *r)
{
	int s;

	heed_signals(interrupt, go_on_below);
	while ((s = step(r)) == -1 && errno == EINPROGRESS && !race_signal) {
		show(r, 0);
		wait_for(r);
	}
	r->error = errno;
	r->is_late = s == -1 && r->o->milliseconds > 0 &&
		     time_now() - r->o->target->began >=
			     r->o->milliseconds * (int64_t)1000;
	if (!race_signal)
		heed_signals(SIG_DFL, SIG_DFL);
	look(r);
	show(r, 1);
	return s;
}
