/* SPDX-License-Identifier: ISC */
/* listeners.c - the sockets at which socket6 listen waits. */
#include "listeners.h"

#include "config.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <socket6.h>
#include <sys/socket.h>

enum { BACKLOG = 128 };

/* A socket of the address's family, or of both. */
static int open_socket(const struct options *o, const struct socket_addr6 *a)
{
	int flags = SOCKET_NONBLOCK | SOCKET_CLOEXEC;

	if (ip6_isv4mapped(a->ip))
		return socket_tcp4_flags(flags);
	return socket_tcp6_flags(o->family == 6 ? flags | SOCKET_V6ONLY
						: flags);
}

static int bind_to(int s, const struct socket_addr6 *a)
{
	if (ip6_isv4mapped(a->ip))
		return socket_bind4_reuse(s, a->ip + 12, a->port);
	return socket_bind6_reuse(s, a->ip, a->port, a->scope_id);
}

/* Returns 0, or the errno. */
static int add(const struct options *o, const struct socket_addr6 *a,
	       struct listeners *l)
{
	int s = open_socket(o, a), error;

	if (s != -1 && bind_to(s, a) == 0 && socket_listen(s, BACKLOG) == 0) {
		l->fds[l->n++] = s;
		return 0;
	}
	error = errno;
	socket_close(s);
	return error;
}

static int refuse_address(const struct socket_addr6 *a, int error)
{
	return complain(FAILED, error, "%s: %s", address_text(a).text,
			address_error_words(a, error));
}

static int refuse_count(void)
{
	return complain(BAD_INPUT, EINVAL, "more than %d listeners", LISTENERS);
}

/*
 * At each address of one place. One that this host does not have is left out if
 * the place has another: /etc/hosts often has ::1 for a host without IPv6.
 */
static int open_place(const struct options *o, const struct socket_addr6 *a,
		      int n, struct listeners *l)
{
	int before = l->n, status = 0;

	for (int i = 0; i < n; i++) {
		int error = add(o, &a[i], l);

		if (error)
			status = refuse_address(&a[i], error);
		if (error && error != EADDRNOTAVAIL && error != EAFNOSUPPORT)
			return status;
	}
	return l->n > before ? 0 : status;
}

/* The addresses of all places, one after the other; one more is too many. */
struct places {
	struct socket_addr6 a[LISTENERS + 1];
	int n;
	int counts[LISTENERS + 1]; /* how many each place has */
	int places;
};

static int read_place(const struct options *o, char *const *words, int n,
		      struct places *p)
{
	int found = resolve_place(o, words, n, p->a + p->n,
				  (size_t)(LISTENERS + 1 - p->n));

	if (found < 0)
		return -found;
	p->n += found;
	p->counts[p->places++] = found;
	return p->n > LISTENERS ? refuse_count() : 0;
}

/* All are read before one is opened: nothing is done for bad input. */
static int open_places(const struct options *o, char *const *words, int n,
		       struct listeners *l)
{
	struct places p = {.n = 0};
	const struct socket_addr6 *a = p.a;
	int each = is_address_and_port(words, n) ? 2 : 1;
	int status = 0;

	for (int i = 0; i < n && !status; i += each)
		status = read_place(o, words + i, each, &p);
	for (int i = 0; i < p.places && !status; i++) {
		status = open_place(o, a, p.counts[i], l);
		a += p.counts[i];
	}
	return status;
}

/* Otherwise accept(2) would fail for it, again at every datagram. */
static int listens(int s)
{
	int yes = 1;
	socklen_t len = sizeof yes;

	return getsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, &yes, &len) == -1 ||
	       yes;
}

static int check_passed(int s)
{
	if (socket_local6(s, NULL, NULL, NULL) == -1)
		return complain(BAD_INPUT, errno, "descriptor %d: %s", s,
				socket_error(errno));
	if (!listens(s))
		return complain(BAD_INPUT, EINVAL,
				"descriptor %d: not listening", s);
	return 0;
}

static int take_passed(struct listeners *l)
{
	int n = socket_inherited(l->fds, LISTENERS), status = 0;

	if (n == -1)
		return complain(BAD_INPUT, errno, "LISTEN_FDS: %s",
				error_words(errno));
	if (n == 0)
		return complain(BAD_INPUT, EINVAL, "listen needs PORT");
	if (n > LISTENERS)
		return refuse_count();
	l->n = n;
	for (int i = 0; i < n && !status; i++) {
		status = check_passed(l->fds[i]);
		ndelay_on(l->fds[i]);
	}
	return status;
}

int listeners_open(const struct options *o, char *const *words, int n,
		   struct listeners *l)
{
	int status;

	l->n = 0;
	status = n ? open_places(o, words, n, l) : take_passed(l);
	if (status)
		listeners_close(l);
	return status;
}

void listeners_close(struct listeners *l)
{
	for (int i = 0; i < l->n; i++)
		socket_close(l->fds[i]);
	l->n = 0;
}
