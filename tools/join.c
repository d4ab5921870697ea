/* SPDX-License-Identifier: ISC */
/* join.c - bytes from one descriptor to another, and both ways. */
#include "join.h"

#include "config.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef PIPE_BUF
# define PIPE_BUF _POSIX_PIPE_BUF
#endif

void pump_begin(struct pump *p, int from, int to, const char *first, size_t len)
{
	p->from = from;
	p->to = to;
	p->keep = p->over = p->error = 0;
	p->passed = 0;
	p->moved = time_now();
	p->next = first;
	p->left = len;
	p->over = from == -1 && len == 0;
}

struct pollfd pump_wish(const struct pump *p)
{
	if (p->over)
		return (struct pollfd){.fd = -1};
	if (p->left)
		return (struct pollfd){.fd = p->to, .events = POLLOUT};
	return (struct pollfd){.fd = p->from, .events = POLLIN};
}

int is_passing(int error)
{
	return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

static void end(struct pump *p, int error)
{
	p->over = 1;
	p->error = error;
	if (!error && !p->keep)
		shutdown(p->to,
			 SHUT_WR); /* of anything but a socket: ENOTSOCK */
}

static void fill(struct pump *p)
{
	ssize_t n = read(p->from, p->buf, sizeof p->buf);

	if (n > 0) {
		p->next = p->buf;
		p->left = (size_t)n;
		p->moved = time_now();
	} else if (n == 0) {
		end(p, 0);
	} else if (!is_passing(errno)) {
		end(p, errno);
	}
}

/* A pipe that poll reports as writable accepts this much without blocking. */
static void drain(struct pump *p)
{
	ssize_t n = write(p->to, p->next,
			  p->left < PIPE_BUF ? p->left : PIPE_BUF);

	if (n > 0) {
		p->next += n;
		p->left -= (size_t)n;
		p->passed += n;
		p->moved = time_now();
	} else if (n == -1 && !is_passing(errno)) {
		end(p, errno);
	}
}

void pump_step(struct pump *p)
{
	if (p->left)
		drain(p);
	else
		fill(p);
	if (p->from == -1 && !p->left)
		p->over = 1;
}

/* The standard stream at which a pump failed, or null if the peer failed. */
static const char *broken_end(const struct pump *p)
{
	if (!p->error)
		return NULL;
	if (p->left)
		return p->to == STDOUT_FILENO ? "standard output" : NULL;
	return p->from == STDIN_FILENO ? "standard input" : NULL;
}

int silence_left(const struct options *o, int64_t moved)
{
	int64_t gone = (time_now() - moved) / 1000;

	if (!o->silence)
		return -1;
	return gone < o->silence ? (int)(o->silence - gone) : 0;
}

/*
 * A peer that has ended its half may still read, and input that is not sent
 * would be lost silently; but a person would not know that input is expected.
 */
static int goes_on(const struct pump *up, const struct pump *down, int person)
{
	if (down->error || broken_end(up))
		return 0;
	return !down->over || (!up->over && (!person || up->left));
}

/* At the end, closing lets the reader know now. */
static void step_down(struct pump *down)
{
	pump_step(down);
	if (down->over && !down->keep)
		close(down->to);
}

/* Waits for either, and does what is due. 0 after too long a silence. */
static int step(const struct options *o, struct pump *up, struct pump *down)
{
	int64_t moved = up->moved > down->moved ? up->moved : down->moved;
	struct pollfd fds[2];
	int n;

	fds[0] = pump_wish(up);
	fds[1] = pump_wish(down);
	n = poll(fds, 2, silence_left(o, moved));
	if (n <= 0)
		return n == -1; /* EINTR */
	if (fds[0].revents)
		pump_step(up);
	if (fds[1].revents)
		step_down(down);
	return 1;
}

struct joined join(const struct options *o, int s, const char *first,
		   size_t len)
{
	static struct pump up, down;
	int person = isatty(STDIN_FILENO);
	struct pump *broken;

	pump_begin(&up, o->receive ? -1 : STDIN_FILENO, s, first, len);
	pump_begin(&down, s, STDOUT_FILENO, NULL, 0);
	up.keep = o->open;
	down.keep = o->keep;
	while (goes_on(&up, &down, person))
		if (!step(o, &up, &down))
			return (struct joined){.sent = up.passed,
					       .received = down.passed,
					       .error = ETIMEDOUT,
					       .silent = 1};
	broken = down.error ? &down : &up;
	return (struct joined){.sent = up.passed,
			       .received = down.passed,
			       .error = broken->error,
			       .where = broken_end(broken)};
}

static void tell_closed(const struct options *o, const struct joined *j)
{
	if (o->json) {
		json_begin(o->told, "closed");
		json_number(o->told, "sent", j->sent);
		json_number(o->told, "received", j->received);
		json_error(o->told, j->error);
		json_end(o->told);
	} else if (o->verbose) {
		fprintf(o->told, "%lld bytes sent, %lld received\n",
			(long long)j->sent, (long long)j->received);
	}
	fflush(o->told);
}

int tell_joined(const struct options *o, const struct joined *j,
		const char *peer)
{
	tell_closed(o, j);
	if (j->silent)
		return complain(TIME_IS_UP, j->error, "%s: silent for %g s",
				peer, o->silence / 1000.0);
	if (!j->error || (j->where && j->error == EPIPE))
		return DONE;
	return complain(FAILED, j->error, "%s: %s", j->where ? j->where : peer,
			error_words(j->error));
}
