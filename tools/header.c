/* SPDX-License-Identifier: ISC */
/* header.c - the PROXY header with which a connection begins. */
#include "header.h"

#include "config.h"
#include "join.h"
#include "tell.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/*
 * proxy-protocol.txt, section 2: a few seconds, at least 3, so that a segment
 * may be lost and sent again.
 */
enum { PATIENCE = 5000 };

void header_begin(struct header *h, int s, const struct ends *ends)
{
	h->s = s;
	h->ends = *ends;
	h->began = time_now();
	h->len = 0;
}

static int fail(int error)
{
	errno = error;
	return -1;
}

/* Takes bytes from the socket. Returns 1, 0 if there are none, or -1. */
static int take(struct header *h, size_t len)
{
	ssize_t n = recv(h->s, h->bytes + h->len, len, 0);

	if (n == -1)
		return is_passing(errno) ? 0 : -1;
	h->len += (size_t)n;
	return 1;
}

static int is_said(const struct socket_addr6 *a)
{
	return a->port || memcmp(a->ip, V6any, sizeof a->ip) != 0;
}

/*
 * Only looks at the bytes first, because those behind the header are not its
 * own. While more must come all are, and are taken: else poll would not wait.
 */
int header_step(struct header *h)
{
	struct ends ends = {.peer = {.port = 0}};
	ssize_t n = recv(h->s, h->bytes + h->len, sizeof h->bytes - h->len,
			 MSG_PEEK);
	size_t old = h->len;
	int whole, taken;

	if (n == -1)
		return is_passing(errno) ? 0 : -1;
	if (n == 0)
		return fail(ECONNABORTED);
	whole = scan_proxy(h->bytes, old + (size_t)n, &ends.peer, &ends.local);
	if (whole == -1)
		return fail(EPROTO);
	taken = take(h, whole ? (size_t)whole - old : (size_t)n);
	if (taken != 1 || h->len != (size_t)whole)
		return taken == -1 ? -1 : 0;
	if (is_said(&ends.peer) || is_said(&ends.local))
		h->ends = ends;
	return 1;
}

int header_time_left(const struct header *h)
{
	int64_t gone = (time_now() - h->began) / 1000;

	return gone < PATIENCE ? (int)(PATIENCE - gone) : 0;
}

const char *header_error_words(int error)
{
	switch (error) {
	case EPROTO:
		return "not a PROXY header";
	case ECONNABORTED:
		return "ended before its PROXY header";
	case ETIMEDOUT:
		return "no PROXY header in time";
	default:
		return socket_error(error);
	}
}
