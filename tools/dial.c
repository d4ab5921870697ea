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
#include <sys/time.h>
#include <unistd.h>

enum {
	ADDRESSES = 64,
	TICK = 40, /* milliseconds from drawing to drawing, and to see a ^C */
};

struct race {
	const struct options *o;
	struct socket_dial *dial;
	struct socket_history *history;
	struct screen screen;
	int64_t called; /* when the name was asked for */
	int error;	/* why no attempt won */
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

static void heed_signals(void (*end)(int), void (*go_on)(int))
{
	static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		on_signal(ends[i], end);
	on_signal(SIGCONT, go_on);
}

#define NO_ANSWER "timed out: no answer from a name server"

/* What -j prints when the time is up: prepared here, as a handler cannot. */
static struct {
	int fd;
	char *text;
	size_t length;
} object;

static void prepare_object(const struct options *o)
{
	FILE *memory = open_memstream(&object.text, &object.length);

	if (!memory)
		return;
	json_failed(memory, o->target, ETIMEDOUT, NO_ANSWER);
	fclose(memory);
	object.fd = fileno(o->told);
}

/* getaddrinfo(3) cannot be interrupted, but this process can exit. */
static void give_up(int sig)
{
	static const char why[] = "socket6: " NO_ANSWER "\n";

	(void)sig;
	if ((object.length &&
	     write(object.fd, object.text, object.length) == -1) ||
	    write(STDERR_FILENO, why, sizeof why - 1) == -1)
		_exit(FAILED);
	_exit(TIME_IS_UP);
}

static void set_alarm(int milliseconds)
{
	struct itimerval t = {
		.it_value = {.tv_sec = milliseconds / 1000,
			     .tv_usec = milliseconds % 1000 * 1000}};

	signal(SIGALRM, milliseconds ? give_up : SIG_DFL);
	setitimer(ITIMER_REAL, &t, NULL);
}

/* Without IPv6 the library would connect to ::1 over IPv4. */
static int has_ipv6(void)
{
	int s = socket_tcp6_flags(SOCKET_V6ONLY);
	int error = errno;

	socket_close(s);
	return s != -1 || error != EAFNOSUPPORT;
}

static int find(struct race *r, struct socket_addr6 *addrs)
{
	const struct target *target = r->o->target;
	int n;

	if (r->o->json && r->o->milliseconds > 0)
		prepare_object(r->o);
	r->called = time_now();
	if (r->o->milliseconds > 0)
		set_alarm(r->o->milliseconds);
	n = resolve(r->o, target->host, target->service, addrs, ADDRESSES);
	if (r->o->milliseconds > 0)
		set_alarm(0);
	free(object.text);
	object.text = NULL;
	object.length = 0;
	if (n > 0 && addrs[0].port == 0)
		return complain(-BAD_INPUT, EINVAL, "not a port: 0");
	if (n > 0 && r->o->family == 6 && !has_ipv6())
		return complain(-FAILED, EAFNOSUPPORT, "%s: %s", target->host,
				error_words(EAFNOSUPPORT));
	if (n > 0 && r->o->verbose && !r->o->json)
		fprintf(r->o->told, "%d address%s in %s\n", n,
			n > 1 ? "es" : "",
			draw_time(time_now() - r->called).text);
	return n;
}

/* Sets the local address, which may have a port. */
static int bind_local(struct socket_dial *d, const char *local)
{
	struct socket_addr6 a = {.port = 0};
	size_t n = scan_ip6if(local, a.ip, &a.scope_id);

	if (!n || local[n])
		n = scan_ip6ifport(local, a.ip, &a.port, &a.scope_id);
	if (!n || local[n])
		return complain(BAD_INPUT, EINVAL, "not a local address: %s",
				local);
	if (lacks_zone(&a))
		return complain(BAD_INPUT, EINVAL, "%s: the zone is missing",
				local);
	socket_dial_set_bind(d, a.ip, a.port, a.scope_id);
	return 0;
}

/* The remaining time; a race gets at least a millisecond. */
static int time_left(const struct race *r)
{
	int64_t gone = (time_now() - r->called) / 1000;
	int64_t left = r->o->milliseconds - gone;

	return left > 0 ? (int)left : 1;
}

static int set_up(struct race *r, const struct socket_addr6 *addrs, int n)
{
	const struct options *o = r->o;
	int status = 0;

	r->dial = socket_dial_new(ADDRESSES);
	if (!r->dial)
		return complain(FAILED, errno, "%s", error_words(errno));
	if (o->file)
		status = remember(o->file, &r->history);
	if (!status && o->local)
		status = bind_local(r->dial, o->local);
	if (o->delay)
		socket_dial_set(r->dial, SOCKET_DIAL_ATTEMPT_DELAY, o->delay);
	if (o->milliseconds > 0)
		socket_dial_set(r->dial, SOCKET_DIAL_DEADLINE, time_left(r));
	if (o->data)
		socket_dial_set_data(r->dial, o->data, strlen(o->data));
	socket_dial_set_history(r->dial, r->history);
	socket_dial_add(r->dial, addrs, (size_t)n);
	socket_dial_end(r->dial);
	return status;
}

/* Draws the race as it is now. */
static void show(struct race *r, int over)
{
	struct socket_attempt6 attempts[ADDRESSES];
	struct draw_label labels[ADDRESSES];
	struct drawing drawing = {.attempts = attempts,
				  .labels = labels,
				  .now = time_now() - r->o->target->began,
				  .over = over};

	if (r->o->quiet || r->o->json || !(over || r->screen.live))
		return;
	drawing.n = socket_dial_attempts(r->dial, attempts, ADDRESSES);
	for (size_t i = 0; i < drawing.n; i++) {
		const struct socket_addr6 *a = &attempts[i].addr;
		size_t n = fmt_ip6ifc(labels[i].text, a->ip, a->scope_id);

		labels[i].text[n] = '\0';
		tame(labels[i].text);
	}
	if (continued)
		screen_leave(&r->screen);
	continued = 0;
	screen_show(&r->screen, &drawing);
}

/* Waits until the next step is due, or a tick has passed. */
static void wait_for(const struct race *r)
{
	struct pollfd fds[ADDRESSES];
	int s[ADDRESSES], milliseconds;
	size_t n = socket_dial_pollfds(r->dial, s, NULL, ADDRESSES,
				       &milliseconds);

	for (size_t i = 0; i < n; i++)
		fds[i] = (struct pollfd){.fd = s[i], .events = POLLOUT};
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
	if (!interrupted)
		heed_signals(SIG_DFL, SIG_DFL);
	show(r, 1);
	return s;
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
	fflush(r->o->told);
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
			draw_time(time_now() - o->target->began).text);
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
	return error_words(r->error);
}

static int tell_failure(const struct race *r)
{
	const struct target *target = r->o->target;
	int late = r->o->milliseconds > 0 && time_left(r) <= 1;

	return complain(late ? TIME_IS_UP : FAILED, r->error, "%s%s%s: %s",
			target->host, target->service ? " " : "",
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
		json_failed(o->told, o->target, EINTR, error_words(EINTR));
	signal(interrupted, SIG_DFL);
	raise(interrupted);
}

static int race(struct race *r)
{
	struct socket_addr6 addrs[ADDRESSES];
	int n = find(r, addrs);
	int status, noted, s;

	if (n < 0)
		return -n;
	status = set_up(r, addrs, n);
	if (status)
		return status;
	s = run_race(r);
	if (r->o->json)
		list_attempts(r);
	end_interrupted(r->o);
	noted = r->o->file ? note_down(r->o->file, r->history) : DONE;
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
