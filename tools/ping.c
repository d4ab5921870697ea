/* SPDX-License-Identifier: ISC */
/* ping.c - socket6 ping: connects to each address of a host, again and again. */
#include "config.h"
#include "draw.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	INTERVAL = 1000, /* milliseconds, as ping(8) */
	/* After a second a SYN that was lost is sent again (RFC 6298). */
	LATEST = 2000,
	/* Of one address: the first may be as late as the next one is due. */
	PENDING = LATEST / LEAST_INTERVAL + 2,
	FIRST = 2, /* of what poll waits for, after the signal and the name */
};

#define NEVER INT64_MAX

/* Times in microseconds, of the probes that were answered. */
struct tally {
	int64_t sent, lost, least, greatest;
	double sum, squares;
};

struct probe {
	struct socket_dial *dial;  /* null after the answer */
	int64_t round, began, due; /* due: when to step */
	size_t at;		   /* in what poll waits for; 0: not there */
};

struct place {
	struct socket_addr6 addr;
	struct draw_label label;
	struct tally tally;
	struct probe probes[PENDING];
};

struct ping {
	const struct options *o;
	struct socket_addr6 local;
	struct socket_lookup *lookup; /* until it has told everything */
	struct place *places;
	size_t n;
	struct pollfd *fds; /* FIRST, then what the probes wait for */
	nfds_t polled;
	size_t next; /* the place that is probed next in this round */
	int64_t round;
	int64_t due;   /* the next round, by time_now() */
	int64_t since; /* when there was an answer last, or the beginning */
	int error;     /* why the last lost one was */
};

static volatile sig_atomic_t interrupted;
static int waker[2];

/* poll returns for it even if it comes just before. */
static void interrupt(int sig)
{
	int error = errno;

	interrupted = sig;
	if (write(waker[1], "", 1) == -1)
		errno = error;
}

/* Signals that are ignored, as under nohup(1), stay ignored. */
static int heed_signals(void)
{
	static const int ends[] = {SIGINT, SIGTERM};

	if (pipe(waker) == -1)
		return complain(FAILED, errno, "%s", socket_error(errno));
	ndelay_on(waker[1]);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (signal(ends[i], interrupt) == SIG_IGN)
			signal(ends[i], SIG_IGN);
	return DONE;
}

static int is_told(const struct ping *p)
{
	return !p->o->quiet && !p->o->json;
}

static int64_t interval(const struct ping *p)
{
	return (p->o->interval ? p->o->interval : INTERVAL) * INT64_C(1000);
}

/* ---- the statistics ---- */

static void count(struct tally *t, int error, int64_t time)
{
	t->sent++;
	if (error) {
		t->lost++;
		return;
	}
	if (t->sent - t->lost == 1 || time < t->least)
		t->least = time;
	if (time > t->greatest)
		t->greatest = time;
	t->sum += (double)time;
	t->squares += (double)time * (double)time;
}

static void add(struct tally *to, const struct tally *t)
{
	int64_t before = to->sent - to->lost;

	to->sent += t->sent;
	to->lost += t->lost;
	if (t->sent == t->lost)
		return;
	if (!before || t->least < to->least)
		to->least = t->least;
	if (t->greatest > to->greatest)
		to->greatest = t->greatest;
	to->sum += t->sum;
	to->squares += t->squares;
}

static int family_of(const struct place *place)
{
	return ip6_isv4mapped(place->addr.ip) ? 4 : 6;
}

/* Of a family, or of both for 0. */
static struct tally total(const struct ping *p, int family)
{
	struct tally all = {.sent = 0};

	for (size_t i = 0; i < p->n; i++)
		if (!family || family == family_of(&p->places[i]))
			add(&all, &p->places[i].tally);
	return all;
}

/* Least, mean, greatest, and the deviation from the mean, in microseconds. */
enum { LEAST, MEAN, GREATEST, DEVIATION, FIGURES };
static void figure(const struct tally *t, int64_t out[FIGURES])
{
	double n = (double)(t->sent - t->lost);
	double mean = t->sum / n;
	double variance = t->squares / n - mean * mean;

	out[LEAST] = t->least;
	out[MEAN] = (int64_t)(mean + 0.5);
	out[GREATEST] = t->greatest;
	out[DEVIATION] = variance > 0 ? (int64_t)(sqrt(variance) + 0.5) : 0;
}

/* ---- what is told ---- */

static int width_of(const struct ping *p)
{
	size_t longest = 4; /* IPv6 */

	for (size_t i = 0; i < p->n; i++) {
		size_t len = strlen(p->places[i].label.text);

		longest = len > longest ? len : longest;
	}
	return (int)longest;
}

static void write_probe(const struct ping *p, const struct place *place,
			const struct probe *probe, int error, int64_t time)
{
	FILE *out = p->o->told;

	json_begin(out, "probe");
	json_address(out, &place->addr);
	json_number(out, "round", probe->round);
	json_error(out, error);
	json_number(out, "time_us", time);
	json_end(out);
}

static void tell_probe(const struct ping *p, const struct place *place,
		       const struct probe *probe, int error, int64_t time,
		       const struct socket_addr6 *local)
{
	FILE *out = p->o->told;

	if (p->o->json)
		write_probe(p, place, probe, error, time);
	if (is_told(p)) {
		fprintf(out, "%-*s  %3lld  %s%s%s", width_of(p),
			place->label.text, (long long)probe->round,
			error ? address_error_words(&place->addr, error) : "",
			error ? " " : "", draw_time(time).text);
		if (p->o->verbose && !error)
			fprintf(out, " from %s", address_text(local).text);
		putc('\n', out);
	}
	fflush(out);
}

static void write_figures(FILE *out, const struct tally *t)
{
	static const char *const keys[FIGURES] = {
		"least_us", "mean_us", "greatest_us", "deviation_us"};
	int64_t values[FIGURES];

	if (t->sent > t->lost)
		figure(t, values);
	for (int i = 0; i < FIGURES; i++) {
		if (t->sent > t->lost)
			json_number(out, keys[i], values[i]);
		else
			json_text(out, keys[i], NULL);
	}
}

/* place is null for a whole family. */
static void write_summary(const struct ping *p, const struct place *place,
			  int family, const struct tally *t)
{
	FILE *out = p->o->told;

	json_begin(out, "summary");
	if (place) {
		json_address(out, &place->addr);
	} else {
		json_text(out, "address", NULL);
		json_number(out, "port", p->places->addr.port);
	}
	json_number(out, "family", family);
	json_number(out, "sent", t->sent);
	json_number(out, "lost", t->lost);
	write_figures(out, t);
	json_end(out);
}

static void print_summary(const struct ping *p, const char *name,
			  const struct tally *t)
{
	FILE *out = p->o->told;
	int64_t values[FIGURES];

	fprintf(out, "%-*s  %5lld  %5lld", width_of(p), name,
		(long long)t->sent, (long long)t->lost);
	if (t->sent > t->lost)
		figure(t, values);
	for (int i = 0; i < FIGURES; i++)
		fprintf(out, "  %9s",
			t->sent > t->lost ? draw_time(values[i]).text : "-");
	putc('\n', out);
}

static void summarize(const struct ping *p, const struct place *place,
		      int family, const struct tally *t)
{
	if (p->o->json)
		write_summary(p, place, family, t);
	else if (is_told(p))
		print_summary(p,
			      place	    ? place->label.text
			      : family == 6 ? "IPv6"
					    : "IPv4",
			      t);
}

static void tell_summary(const struct ping *p)
{
	if (is_told(p))
		fprintf(p->o->told, "\n%-*s  %5s  %5s  %9s  %9s  %9s  %9s\n",
			width_of(p), "", "sent", "lost", "least", "mean",
			"greatest", "deviation");
	for (size_t i = 0; i < p->n; i++)
		summarize(p, &p->places[i], family_of(&p->places[i]),
			  &p->places[i].tally);
	for (int family = 6; family >= 4; family -= 2) {
		int known = 0;

		for (size_t i = 0; i < p->n; i++)
			known |= family_of(&p->places[i]) == family;
		if (known) {
			struct tally t = total(p, family);

			summarize(p, NULL, family, &t);
		}
	}
	fflush(p->o->told);
}

/* ---- probes ---- */

static void end_probe(struct ping *p, struct place *place, struct probe *probe,
		      int s, int error)
{
	struct socket_attempt6 a = {.start = 0};
	struct socket_addr6 local = {.port = 0};
	int64_t time;

	socket_dial_attempts(probe->dial, &a, 1);
	time = a.end ? a.end - a.start : time_now() - probe->began;
	socket_local6(s, local.ip, &local.port, &local.scope_id);
	socket_close(s);
	socket_dial_free(probe->dial);
	probe->dial = NULL;
	count(&place->tally, error, time);
	if (error)
		p->error = error;
	else
		p->since = time_now();
	tell_probe(p, place, probe, error, time, &local);
}

static void step(struct ping *p, struct place *place, struct probe *probe)
{
	int s = socket_dial_step(probe->dial);

	if (s != -1)
		end_probe(p, place, probe, s, 0);
	else if (errno != EINPROGRESS)
		end_probe(p, place, probe, s, errno);
}

/* An earlier one there has ended: it was begun more than LATEST ago. */
static void begin_probe(struct ping *p, struct place *place)
{
	struct probe *probe = &place->probes[p->round % PENDING];

	probe->round = p->round;
	probe->began = time_now();
	probe->dial = socket_dial_new(1);
	socket_dial_set(probe->dial, SOCKET_DIAL_DEADLINE, LATEST);
	if (p->o->local)
		socket_dial_set_bind(probe->dial, p->local.ip, p->local.port,
				     p->local.scope_id);
	socket_dial_add(probe->dial, &place->addr, 1);
	socket_dial_end(probe->dial);
	if (probe->dial)
		step(p, place, probe);
	else
		end_probe(p, place, probe, -1, ENOMEM);
}

/* When the next probe is due. */
static int64_t next_due(const struct ping *p)
{
	if (p->next < p->n)
		return 0;
	if (!p->n || (p->o->count && p->round == p->o->count))
		return NEVER;
	return p->due;
}

int64_t ping_due(int64_t began, int64_t now, int64_t interval)
{
	return began + ((now - began) / interval + 1) * interval;
}

/*
 * Begins one probe, if that is due: those before it are looked after before the
 * next one, which would make them seem slow.
 */
static void begin_due(struct ping *p)
{
	int64_t now = time_now();

	if (now < next_due(p))
		return;
	if (p->next == p->n) {
		p->next = 0;
		p->round++;
		p->due = ping_due(p->o->target->began, now, interval(p));
	}
	begin_probe(p, &p->places[p->next++]);
}

/* ---- the name ---- */

/* Makes room for more places. */
static int grow(struct ping *p, size_t more)
{
	size_t n = p->n + more;
	struct place *places = realloc(p->places, (n + 1) * sizeof *places);
	struct pollfd *fds;

	if (!places)
		return -1;
	p->places = places;
	fds = realloc(p->fds, (FIRST + n * PENDING) * sizeof *fds);
	if (!fds)
		return -1;
	p->fds = fds;
	return 0;
}

static void add_place(struct ping *p, const struct socket_addr6 *a)
{
	struct place *place = &p->places[p->n++];

	memset(place, 0, sizeof *place);
	place->addr = *a;
	place->label.text[fmt_ip6ifc(place->label.text, a->ip, a->scope_id)] =
		'\0';
	tame(place->label.text);
}

/* Adds the addresses of an answer; those that come late join this round. */
static int take(struct ping *p, int n)
{
	struct socket_addr6 *found = malloc((size_t)n * sizeof *found);

	if (!found || grow(p, (size_t)n) == -1) {
		free(found);
		return complain(FAILED, ENOMEM, "%s", socket_error(ENOMEM));
	}
	n = socket_lookup_take(p->lookup, found, (size_t)n);
	for (int i = 0; i < n; i++)
		add_place(p, &found[i]);
	free(found);
	if (!p->round) {
		p->o->target->began = time_now();
		p->round = 1;
		p->due = p->o->target->began + interval(p);
	}
	return DONE;
}

static void forget_name(struct ping *p)
{
	socket_lookup_free(p->lookup);
	p->lookup = NULL;
}

/* Takes what has come. Returns 0, or the exit status after a complaint. */
static int listen_to_name(struct ping *p)
{
	const struct target *target = p->o->target;
	int n = socket_lookup_take(p->lookup, NULL, 0);

	if (n > 0)
		return take(p, n);
	if (n == -1 && errno == EAGAIN)
		return DONE;
	if (n == -1 && !p->n)
		return refuse_host(p->o, target->host, target->service, errno);
	forget_name(p);
	return DONE;
}

/* ---- the loop ---- */

/*
 * Whether a probe waits for a descriptor; sets when to step it anyway. poll
 * refuses more entries than the process may have descriptors, so those that
 * wait for none have no entry.
 */
static int wish(struct probe *probe, struct pollfd *fd)
{
	int milliseconds;
	size_t n;

	*fd = (struct pollfd){.events = POLLOUT};
	if (!probe->dial)
		return 0;
	n = socket_dial_pollfds(probe->dial, &fd->fd, NULL, 1, &milliseconds);
	probe->due = milliseconds == -1
			     ? NEVER
			     : time_now() + milliseconds * INT64_C(1000);
	return n > 0;
}

/* When -w has passed without an answer. */
static int64_t end_of_patience(const struct ping *p)
{
	if (p->o->milliseconds < 0)
		return NEVER;
	return p->since + p->o->milliseconds * INT64_C(1000);
}

/* Until this time, in milliseconds that are a whole number and not too few. */
static int poll_until(struct ping *p, int64_t until)
{
	int64_t now = time_now();
	int64_t left = until <= now ? 0 : (until - now + 999) / 1000;

	return poll(p->fds, p->polled,
		    until == NEVER     ? -1
		    : left < INT32_MAX ? (int)left
				       : INT32_MAX);
}

static int is_pending(const struct ping *p)
{
	for (size_t i = 0; i < p->n * PENDING; i++)
		if (p->places[i / PENDING].probes[i % PENDING].dial)
			return 1;
	return 0;
}

/* An address that comes after all else still has its turn, if it comes soon. */
static int64_t end_of_name(const struct ping *p)
{
	return p->lookup ? p->o->target->began + LATEST * INT64_C(1000) : 0;
}

static void wait_for(struct ping *p)
{
	int64_t until = end_of_patience(p);

	if (next_due(p) < until)
		until = next_due(p);
	if (p->n && next_due(p) == NEVER && !is_pending(p) &&
	    end_of_name(p) < until)
		until = end_of_name(p);
	p->fds[0] = (struct pollfd){.fd = waker[0], .events = POLLIN};
	p->fds[1] = (struct pollfd){
		.fd = p->lookup ? socket_lookup_fd(p->lookup) : -1,
		.events = POLLIN};
	p->polled = FIRST;
	for (size_t i = 0; i < p->n * PENDING; i++) {
		struct probe *probe =
			&p->places[i / PENDING].probes[i % PENDING];

		probe->at = wish(probe, &p->fds[p->polled]) ? p->polled++ : 0;
		if (probe->dial && probe->due < until)
			until = probe->due;
	}
	if (poll_until(p, until) == -1) /* EINTR: nothing was looked at */
		for (nfds_t i = 0; i < p->polled; i++)
			p->fds[i].revents = 0;
}

static void attend(struct ping *p)
{
	int64_t now = time_now();

	for (size_t i = 0; i < p->n * PENDING; i++) {
		struct place *place = &p->places[i / PENDING];
		struct probe *probe = &place->probes[i % PENDING];

		if (probe->dial && ((probe->at && p->fds[probe->at].revents) ||
				    now >= probe->due))
			step(p, place, probe);
	}
}

static int goes_on(const struct ping *p)
{
	if (interrupted || ferror(p->o->told))
		return 0;
	if (!p->n)
		return p->lookup != NULL;
	return next_due(p) != NEVER || is_pending(p) ||
	       time_now() < end_of_name(p);
}

/* Until the end; returns 0, or the exit status after a complaint. */
static int run(struct ping *p)
{
	int status = DONE;

	while (!status && goes_on(p)) {
		wait_for(p);
		attend(p);
		if (p->fds[1].revents)
			status = listen_to_name(p);
		if (!status)
			begin_due(p);
		if (!status && time_now() >= end_of_patience(p))
			status = TIME_IS_UP;
	}
	return status;
}

/* ---- the end ---- */

/* Whether each probe was answered, none, or some. */
static int conclude(const struct ping *p)
{
	const struct target *target = p->o->target;
	const char *between = target->service ? " " : "";
	const char *service = target->service ? target->service : "";
	struct tally t = total(p, 0);

	if (t.sent == 0)
		return complain(FAILED, EINTR, "%s%s%s: %s", target->host,
				between, service, socket_error(EINTR));
	if (t.lost == 0)
		return DONE;
	if (t.lost == t.sent)
		return complain(FAILED, p->error, "%s%s%s: no answer",
				target->host, between, service);
	return complain(SOME, p->error, "%s%s%s: %lld of %lld not answered",
			target->host, between, service, (long long)t.lost,
			(long long)t.sent);
}

/* What is pending is lost; if it was interrupted, only of who never answered. */
static void end_pending(struct ping *p, int error)
{
	for (size_t i = 0; i < p->n * PENDING; i++) {
		struct place *place = &p->places[i / PENDING];
		struct probe *probe = &place->probes[i % PENDING];

		if (probe->dial &&
		    (error != EINTR || place->tally.sent == place->tally.lost))
			end_probe(p, place, probe, -1, error);
	}
}

/* Nothing has answered for as long as -w says. */
static int give_up(struct ping *p)
{
	if (!p->n)
		return complain(TIME_IS_UP, ETIMEDOUT,
				"timed out: no answer from a name server");
	end_pending(p, ETIMEDOUT);
	tell_summary(p);
	return complain(TIME_IS_UP, ETIMEDOUT, "timed out: no answer");
}

static int finish(struct ping *p)
{
	end_pending(p, EINTR);
	if (p->n)
		tell_summary(p);
	return conclude(p);
}

static int set_up(struct ping *p)
{
	int status = heed_signals();

	if (!status && p->o->local)
		status = read_local(p->o->local, &p->local);
	if (!status && grow(p, 0) == -1)
		status = complain(FAILED, errno, "%s", socket_error(errno));
	if (!status)
		status = look_up(p->o, &p->lookup);
	return status;
}

static void clean_up(struct ping *p)
{
	for (size_t i = 0; i < p->n * PENDING; i++)
		socket_dial_free(
			p->places[i / PENDING].probes[i % PENDING].dial);
	forget_name(p);
	free(p->places);
	free(p->fds);
}

int ping(const struct options *o, char *const *words, int n)
{
	struct ping p = {.o = o, .since = time_now()};
	int status = set_up(&p);

	(void)words, (void)n; /* they are o->target */
	if (!status)
		status = run(&p);
	if (status == TIME_IS_UP)
		status = give_up(&p);
	else if (!status)
		status = finish(&p);
	clean_up(&p);
	return status;
}
