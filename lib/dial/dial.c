/* SPDX-License-Identifier: ISC */
/* dial.c - Happy Eyeballs with real sockets: the engine's hands. */
#include "addr.h"
#include "engine.h"
#include "source.h"

#include <stdlib.h>

/* Where attempts of a family come from. */
struct local {
	int is_set;
	struct socket_addr6 addr;
};

struct socket_dial {
	struct dial_engine engine;
	int flags, nodelay;
	struct local v4, v6;
	const char *buf;
	size_t len;
	struct socket_history *history;
	int concluded; /* the result has been given, and all is closed */
	struct pollfd *fds;
	struct dial_entry entries[];
};

enum { FLAGS = SOCKET_NONBLOCK | SOCKET_CLOEXEC | SOCKET_MPTCP };

/* One object: the entries, and behind them what poll needs for each. */
struct socket_dial *socket_dial_new(size_t max)
{
	size_t each = sizeof(struct dial_entry) + sizeof(struct pollfd);
	struct socket_dial *d = NULL;

	if (max <= (SIZE_MAX - sizeof *d) / each)
		d = malloc(sizeof *d + max * each);
	if (!d) {
		errno = ENOMEM;
		return NULL;
	}
	memset(d, 0, sizeof *d);
	d->flags = SOCKET_NONBLOCK | SOCKET_CLOEXEC;
	d->fds = (struct pollfd *)(void *)&d->entries[max];
	socket6_dial_init(&d->engine, d->entries, max);
	return d;
}

static void drop(struct dial_entry *entry)
{
	if (entry->s != -1)
		socket_close(entry->s);
	entry->s = -1;
}

static void drop_all(struct socket_dial *d)
{
	int error = errno;

	for (size_t i = 0; i < d->engine.started; i++)
		drop(&d->entries[i]);
	errno = error;
}

void socket_dial_free(struct socket_dial *d)
{
	if (d)
		drop_all(d);
	free(d);
}

/*
 * Stores a time given in milliseconds. least: the smallest value allowed, or
 * -1 if a negative one means none.
 */
static int set_time(int64_t *microseconds, int value, int least, int most)
{
	if (value > most || (least >= 0 && value < least))
		return sys_fail(EINVAL);
	*microseconds = value < 0 ? -1 : (int64_t)value * 1000;
	return 0;
}

int socket_dial_set(struct socket_dial *d, int option, int value)
{
	struct dial_engine *e;

	if (!d)
		return sys_fail(EINVAL);
	e = &d->engine;
	switch (option) {
	case SOCKET_DIAL_ATTEMPT_DELAY:
		return set_time(&e->attempt_delay, value, 10, 2000);
	case SOCKET_DIAL_RESOLUTION_DELAY:
		return set_time(&e->resolution_delay, value, 0, 2000);
	case SOCKET_DIAL_LAST_WAIT:
		return set_time(&e->last_wait, value, -1, INT_MAX);
	case SOCKET_DIAL_DEADLINE:
		return set_time(&e->deadline, value, -1, INT_MAX);
	case SOCKET_DIAL_FLAGS:
		if (value & ~FLAGS)
			return sys_fail(EINVAL);
		d->flags = value;
		return 0;
	case SOCKET_DIAL_NODELAY:
		d->nodelay = value != 0;
		return 0;
	}
	return sys_fail(EINVAL);
}

static const struct local *local_of(const struct socket_dial *d, int v4)
{
	return v4 ? &d->v4 : &d->v6;
}

/* Asks the history of this address, from where it will be tried. */
static void ask_history_of(struct socket_dial *d, struct dial_entry *entry)
{
	const struct local *local = local_of(d, entry->v4);

	entry->from = local->is_set ? local->addr.ip : NULL;
	entry->slow = d->history && socket6_dial_is_slow(d->history, entry);
}

/* Asks the history of those from i on. Keeps errno. */
static void ask_history(struct socket_dial *d, size_t i)
{
	int error = errno;

	for (; i < d->engine.count; i++)
		ask_history_of(d, &d->entries[i]);
	errno = error;
}

int socket_dial_set_bind(struct socket_dial *d, const char ip[16],
			 uint16_t port, uint32_t scope_id)
{
	struct local local = {1, {.port = port, .scope_id = scope_id}};
	int any;

	if (!d)
		return sys_fail(EINVAL);
	if (!ip)
		ip = addr_any;
	any = addr_is_any(ip);
	memcpy(local.addr.ip, ip, 16);
	if (any || addr_is_v4mapped(ip))
		d->v4 = local;
	if (any || !addr_is_v4mapped(ip))
		d->v6 = local;
	ask_history(d, d->engine.started);
	return 0;
}

int socket_dial_set_data(struct socket_dial *d, const char *buf, size_t len)
{
	if (!d || (!buf && len))
		return sys_fail(EINVAL);
	d->buf = buf;
	d->len = len;
	return 0;
}

size_t socket_dial_sent(const struct socket_dial *d)
{
	if (!d || d->engine.over != DIAL_CONNECTED)
		return 0;
	return d->entries[d->engine.winner].sent;
}

int socket_dial_set_history(struct socket_dial *d,
			    struct socket_history *history)
{
	if (!d)
		return sys_fail(EINVAL);
	d->history = history;
	ask_history(d, d->engine.started);
	return 0;
}

int socket_dial_add(struct socket_dial *d, const struct socket_addr6 *addrs,
		    size_t n)
{
	size_t before;
	int r;

	if (!d || d->engine.ended || (!addrs && n))
		return sys_fail(EINVAL);
	before = d->engine.count;
	r = socket6_dial_add(&d->engine, sys_microseconds(), addrs, n);
	ask_history(d, before);
	return r;
}

int socket_dial_end(struct socket_dial *d)
{
	if (!d)
		return sys_fail(EINVAL);
	d->engine.ended = 1;
	return 0;
}

static int bind_port(int s, const struct socket_addr6 *a, const char *ip4)
{
	return ip4 ? socket_bind4_reuse(s, ip4, a->port)
		   : socket_bind6_reuse(s, a->ip, a->port, a->scope_id);
}

/*
 * connect chooses the port; where it cannot be told to, it is chosen now. BSD
 * and macOS say EINVAL of an option of IPv4 on an IPv6 socket.
 */
static int bind_no_port(int s, const struct socket_addr6 *a, const char *ip4)
{
	int r = ip4 ? socket_bind4_noport(s, ip4)
		    : socket_bind6_noport(s, a->ip, a->scope_id);

	if (r == 0 || (errno != ENOPROTOOPT && errno != EINVAL))
		return r;
	return ip4 ? socket_bind4(s, ip4, 0)
		   : socket_bind6(s, a->ip, 0, a->scope_id);
}

/* Binds s where the dial is to come from. The last of :: is 0.0.0.0. */
static int bind_local(const struct socket_dial *d, int s, int v4)
{
	const struct local *local = local_of(d, v4);
	const struct socket_addr6 *a = &local->addr;
	const char *ip4 = v4 ? a->ip + 12 : NULL;

	if (!d->v4.is_set && !d->v6.is_set)
		return 0;
	if (!local->is_set)
		return sys_fail(EADDRNOTAVAIL);
	return a->port ? bind_port(s, a, ip4) : bind_no_port(s, a, ip4);
}

/* Connects, with the first bytes if they may go with the SYN. */
static int connect_entry(struct dial_entry *entry)
{
	const struct socket_addr6 *to = &entry->a.addr;
	const char *ip4 = to->ip + 12;
	ssize_t sent;

	if (entry->v4)
		sent = socket_fastopen_connect4(entry->s, ip4, to->port,
						entry->buf, entry->len);
	else
		sent = socket_fastopen_connect6(entry->s, to->ip, to->port,
						to->scope_id, entry->buf,
						entry->len);
	if (sent == -1)
		return -1;
	entry->sent = (size_t)sent;
	/* What was sent may be on its way still, with the SYN. */
	return entry->len == 0 || socket_connected(entry->s) ? 0 : -1;
}

/* An IPv4 address takes an IPv4 socket: not every system has dual-stack ones. */
static int open_entry(const struct socket_dial *d, struct dial_entry *entry)
{
	int v4 = entry->v4;
	int flags = d->flags | SOCKET_NONBLOCK;

	entry->blocks = flags != d->flags;
	entry->buf = d->buf;
	entry->len = d->len;
	entry->sent = 0;
	entry->s = v4 ? socket_tcp4_flags(flags) : socket_tcp6_flags(flags);
	if (entry->s == -1 || bind_local(d, entry->s, v4) == -1)
		return -1;
	return d->nodelay ? socket_nodelay(entry->s, 1) : 0;
}

static int is_lacking(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOBUFS ||
	       error == ENOMEM;
}

static void attempt_failed(struct socket_dial *d, int64_t now, size_t i,
			   int error)
{
	drop(&d->entries[i]);
	error = sys_reason(error);
	if (is_lacking(error))
		socket6_dial_lacking(&d->engine, now, i, error);
	else
		socket6_dial_failed(&d->engine, now, i, error);
}

/* Sends the rest of the first bytes, as many as go at once. */
static void send_rest(struct dial_entry *entry)
{
	ssize_t n = 0;

	if (entry->sent < entry->len)
		n = socket_write(entry->s, entry->buf + entry->sent,
				 entry->len - entry->sent);
	if (n > 0)
		entry->sent += (size_t)n;
}

/*
 * Whether a TCP socket is connected to itself: where nobody listens, and its
 * own port happens to be the one that it connects to, its SYN opens both ends
 * (RFC 9293 section 3.5). Multipath TCP that did so with bytes in the SYN has
 * no peer to tell (Linux 6.18), and is of no use.
 */
static int is_its_own_peer(const struct dial_entry *entry)
{
	struct socket_addr6 here, peer;

	if (socket_local6(entry->s, here.ip, &here.port, &here.scope_id) ==
		    -1 ||
	    here.port != entry->a.addr.port)
		return 0;
	if (socket_remote6(entry->s, peer.ip, &peer.port, &peer.scope_id) == -1)
		return errno == ENOTCONN;
	return peer.port == here.port && memcmp(peer.ip, here.ip, 16) == 0 &&
	       peer.scope_id == here.scope_id;
}

/* It stands, and becomes what the caller asked for when it began. */
static void succeed(struct socket_dial *d, int64_t now, size_t i)
{
	struct dial_entry *entry = &d->entries[i];

	if (is_its_own_peer(entry)) {
		attempt_failed(d, now, i, ECONNREFUSED);
		return;
	}
	send_rest(entry);
	if (!entry->blocks || sys_set_nonblock(entry->s, 0) != -1)
		socket6_dial_connected(&d->engine, now, i);
	else
		attempt_failed(d, now, i, errno);
}

static void begin(struct socket_dial *d, int64_t now, size_t i)
{
	struct dial_entry *entry = &d->entries[i];

	if (open_entry(d, entry) == -1)
		attempt_failed(d, now, i, errno);
	else if (connect_entry(entry) == 0)
		succeed(d, now, i);
	else if (errno != EINPROGRESS && errno != EWOULDBLOCK && errno != EINTR)
		attempt_failed(d, now, i, errno);
}

/* Those that are pending, for poll. */
static nfds_t fill(struct socket_dial *d)
{
	nfds_t n = 0;

	for (size_t i = 0; i < d->engine.started; i++)
		if (d->entries[i].a.state == SOCKET_ATTEMPT_PENDING)
			d->fds[n++] = (struct pollfd){.fd = d->entries[i].s,
						      .events = POLLOUT};
	return n;
}

static void hear_of(struct socket_dial *d, int64_t now, size_t i)
{
	if (socket_connected(d->entries[i].s))
		succeed(d, now, i);
	else if (errno != EINPROGRESS)
		attempt_failed(d, now, i, errno);
}

/*
 * Asks poll once, and each that it names how it went, until one stands. A poll
 * that fails names none, and each is asked.
 */
static void hear(struct socket_dial *d, int64_t now)
{
	nfds_t n = fill(d);
	int events = n ? sys_poll_now(d->fds, n) : 0;
	nfds_t k = 0;

	if (events == 0)
		return;
	for (size_t i = 0; k < n && !d->engine.over; i++)
		if (d->entries[i].s == d->fds[k].fd &&
		    (d->fds[k++].revents || events == -1))
			hear_of(d, now, i);
}

/* The result, and the end of every other attempt; asked again, its errno. */
static int conclude(struct socket_dial *d, size_t winner)
{
	int won = d->engine.over == DIAL_CONNECTED;
	int s = -1;

	if (d->concluded)
		return sys_fail(won ? EISCONN
				    : socket6_dial_reason(&d->engine));
	d->concluded = 1;
	if (d->history)
		socket6_dial_learn(d->history, &d->engine);
	if (won) {
		s = d->entries[winner].s;
		d->entries[winner].s = -1;
	} else {
		errno = socket6_dial_reason(&d->engine);
	}
	drop_all(d);
	return s;
}

/* What began may be heard of at once, as over loopback. */
int socket_dial_step(struct socket_dial *d)
{
	enum dial_action action;
	int64_t now;
	size_t i;

	if (!d)
		return sys_fail(EINVAL);
	do {
		now = sys_microseconds();
		hear(d, now);
		action = socket6_dial_next(&d->engine, now, &i);
		if (action == DIAL_START)
			begin(d, now, i);
	} while (action == DIAL_START);
	return action == DIAL_WAIT ? sys_fail(EINPROGRESS) : conclude(d, i);
}

/* Milliseconds until the next step is due, rounded up. */
static int wait_milliseconds(const struct socket_dial *d)
{
	int64_t due = socket6_dial_due(&d->engine);
	int64_t now = sys_microseconds();
	int64_t left;

	if (due == -1)
		return -1;
	/* Of a clock that was set back the wait grows no longer. */
	if (now < d->engine.now)
		now = d->engine.now;
	left = (due - now + 999) / 1000;
	return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

size_t socket_dial_pollfds(const struct socket_dial *d, int *fds, size_t max,
			   int *milliseconds)
{
	size_t n = 0;

	for (size_t i = 0; d && i < d->engine.started; i++) {
		if (d->entries[i].a.state != SOCKET_ATTEMPT_PENDING)
			continue;
		if (fds && n < max)
			fds[n] = d->entries[i].s;
		n++;
	}
	if (milliseconds)
		*milliseconds = d ? wait_milliseconds(d) : -1;
	return n;
}

size_t socket_dial_attempts(const struct socket_dial *d,
			    struct socket_attempt6 *out, size_t max)
{
	size_t count = d ? d->engine.count : 0;

	for (size_t i = 0; out && i < max && i < count; i++)
		out[i] = d->entries[i].a;
	return count;
}

/* Steps until it has ended, which the engine knows: no errno says so. */
static int run(struct socket_dial *d)
{
	int s;

	while ((s = socket_dial_step(d)) == -1 && !d->engine.over)
		if (poll(d->fds, fill(d), wait_milliseconds(d)) == -1 &&
		    errno != EINTR)
			return sys_fail(sys_reason(errno));
	return s;
}

int socket_dial6(const struct socket_addr6 *addrs, size_t n, int milliseconds,
		 struct socket_history *history)
{
	struct socket_dial *d;
	int s, error;

	if (!addrs && n)
		return sys_fail(EINVAL);
	d = socket_dial_new(n);
	if (!d)
		return -1;
	socket_dial_set(d, SOCKET_DIAL_FLAGS, SOCKET_CLOEXEC);
	socket_dial_set(d, SOCKET_DIAL_DEADLINE,
			milliseconds < 0 ? -1 : milliseconds);
	socket_dial_set_history(d, history);
	socket_dial_add(d, addrs, n);
	socket_dial_end(d);
	s = run(d);
	error = errno;
	socket_dial_free(d);
	errno = error;
	return s;
}
