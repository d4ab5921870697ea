/* SPDX-License-Identifier: ISC */
/* udp.c - socket6 dial -u and listen -u: a line a datagram. */
#include "udp.h"

#include "config.h"
#include "join.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 8, PART = 65535, ADDRESSES = 64 };

struct udp {
	const struct options *o;
	int s;
	uint16_t port; /* its own */
	int reads;     /* standard input goes on */
	int64_t moved; /* when a datagram came or went last, or the beginning */
	int64_t received;
	/* Whom standard input is sent to: in its record. */
	struct socket_datagram6 peer;
	int has_peer, is_connected;
	int is_over; /* the one peer refused */
	int status;  /* FAILED, if anything did */
	/* Bytes of lines that are not whole yet. */
	char line[2 * PART + 2];
	size_t len;
	int is_cut; /* a line too long: it is left out to its end */
};

/* A newline becomes \n, a backslash \\; to has room for twice the bytes. */
static size_t escape(char *to, const char *bytes, size_t len)
{
	char *at = to;

	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\\' || bytes[i] == '\n')
			*at++ = '\\';
		*at++ = (char)(bytes[i] == '\n' ? 'n' : bytes[i]);
	}
	return (size_t)(at - to);
}

/* The bytes of such a line, which are no more. */
static size_t unescape(char *to, const char *line, size_t len)
{
	char *at = to;

	for (size_t i = 0; i < len; i++) {
		int escaped = line[i] == '\\' && i + 1 < len &&
			      (line[i + 1] == 'n' || line[i + 1] == '\\');

		i += (size_t)escaped;
		*at++ = (char)(escaped && line[i] == 'n' ? '\n' : line[i]);
	}
	return (size_t)(at - to);
}

/* There may be another peer, or a shorter line. */
static void fail(struct udp *u, int error)
{
	u->status = complain(FAILED, error, "%s", socket_error(error));
	u->is_over = u->is_connected && error != EMSGSIZE;
}

static void send_bytes(struct udp *u, const char *bytes, size_t len)
{
	struct socket_datagram6 g = u->peer;
	struct pollfd p = {.fd = u->s, .events = POLLOUT};

	g.offset = 0;
	g.len = (uint32_t)len;
	g.segment = 0;
	while (socket_sendmany6(u->s, bytes, len, &g, 1) == -1) {
		if (!is_passing(errno)) {
			fail(u, errno);
			return;
		}
		poll(&p, 1, -1);
	}
	u->moved = time_now();
}

/* Nothing is sent while nobody has asked yet. */
static void send_line(struct udp *u, const char *line, size_t len)
{
	static char bytes[2 * PART + 2];

	if (u->has_peer && !u->is_cut && !u->is_over)
		send_bytes(u, bytes, unescape(bytes, line, len));
	u->is_cut = 0;
}

/* Sends every whole line that was read, and keeps the rest. */
static void send_lines(struct udp *u)
{
	char *line = u->line, *end;

	while ((end = memchr(line, '\n', (size_t)(u->line + u->len - line)))) {
		send_line(u, line, (size_t)(end - line));
		line = end + 1;
	}
	u->len -= (size_t)(line - u->line);
	memmove(u->line, line, u->len);
	if (u->len < sizeof u->line)
		return;
	if (!u->is_cut)
		fail(u, EMSGSIZE);
	u->len = 0;
	u->is_cut = 1;
}

static void read_input(struct udp *u)
{
	ssize_t n = read(STDIN_FILENO, u->line + u->len,
			 sizeof u->line - u->len);

	if (n == -1 && is_passing(errno))
		return;
	u->len += n > 0 ? (size_t)n : 0;
	if (n > 0) {
		send_lines(u);
		return;
	}
	u->reads = 0;
	if (u->len)
		send_line(u, u->line, u->len);
}

static const char *ecn_text(int tclass)
{
	static const char *const names[] = {"not-ect", "ect1", "ect0", "ce"};

	return names[tclass & 3];
}

static void list(const struct udp *u, const struct socket_datagram6 *g,
		 const char *bytes)
{
	FILE *out = u->o->told;
	char text[PART + 1];

	memcpy(text, bytes, g->len);
	text[g->len] = '\0';
	json_begin(out, "datagram");
	json_address(out, &g->peer);
	json_local(out, &g->local);
	json_number(out, "bytes", g->len);
	if (g->hops >= 0)
		json_number(out, "hops", g->hops);
	if (g->tclass >= 0)
		json_text(out, "ecn", ecn_text(g->tclass));
	json_bytes(out, "text", text, g->len);
	json_end(out);
}

/* One sentence for people, with -v. */
static void tell(const struct udp *u, const struct socket_datagram6 *g)
{
	FILE *out = u->o->told;

	fprintf(out, "%u bytes from %s", (unsigned)g->len,
		address_text(&g->peer).text);
	if (g->ifindex)
		fprintf(out, " at %s", address_text(&g->local).text);
	if (g->hops >= 0)
		fprintf(out, ", hops %d", g->hops);
	if (g->tclass >= 0)
		fprintf(out, ", %s", ecn_text(g->tclass));
	putc('\n', out);
}

static void write_line(const char *bytes, size_t len)
{
	static char line[2 * PART + 1];
	size_t n = escape(line, bytes, len);

	line[n++] = '\n';
	fwrite(line, 1, n, stdout);
	fflush(stdout);
}

static void take(struct udp *u, struct socket_datagram6 *g, const char *buf)
{
	const char *bytes = buf + g->offset;
	struct socket_datagram6 told = *g;

	u->received++;
	u->moved = time_now();
	told.local.port = u->port;
	if (u->o->json)
		list(u, &told, bytes);
	else if (u->o->verbose)
		tell(u, &told);
	fflush(u->o->told);
	if (!u->is_connected) {
		u->peer = *g;
		u->has_peer = 1;
	}
	if (u->o->echo)
		send_bytes(u, bytes, g->len);
	else if (!u->o->json || u->o->told != stdout)
		write_line(bytes, g->len);
}

static void receive(struct udp *u)
{
	static char buf[BATCH * PART];
	struct socket_datagram6 grams[BATCH];
	ssize_t n = socket_recvmany6(u->s, buf, sizeof buf, grams, BATCH);

	if (n == -1 && !is_passing(errno))
		fail(u, errno);
	for (ssize_t i = 0; i < n; i++)
		take(u, &grams[i], buf);
}

/* Milliseconds until -w or -T ends it; 0 then, -1 for none. */
static int time_left(const struct udp *u, int64_t began)
{
	const struct options *o = u->o;
	int64_t passed = (time_now() - began) / 1000;
	int left = silence_left(o, u->moved);

	if (o->milliseconds < 0 || u->received)
		return left;
	passed = passed < o->milliseconds ? o->milliseconds - passed : 0;
	return left < 0 || passed < left ? (int)passed : left;
}

/*
 * Until its time is over, which with -w is that of the first datagram, or its
 * reader is gone.
 */
static int exchange(struct udp *u)
{
	int64_t began = time_now();
	int left;

	u->moved = began;
	while (!u->is_over && !ferror(stdout) &&
	       (left = time_left(u, began)) != 0) {
		struct pollfd fds[2] = {
			{.fd = u->s, .events = POLLIN},
			{.fd = u->reads ? STDIN_FILENO : -1, .events = POLLIN},
		};

		if (poll(fds, 2, left) <= 0)
			continue;
		if (fds[0].revents)
			receive(u);
		if (fds[1].revents && !u->is_over)
			read_input(u);
	}
	if (u->received || u->status || ferror(stdout))
		return u->status;
	return complain(TIME_IS_UP, ETIMEDOUT, "timed out: no datagram");
}

static void tell_address(const struct udp *u, const char *type,
			 const char *words, const struct socket_addr6 *a)
{
	if (u->o->json) {
		json_begin(u->o->told, type);
		json_address(u->o->told, a);
		json_end(u->o->told);
	} else if (!u->o->quiet) {
		fprintf(u->o->told, "%s %s\n", words, address_text(a).text);
	}
	fflush(u->o->told);
}

static int open_socket(struct udp *u, int is_inet)
{
	int flags = SOCKET_NONBLOCK | SOCKET_CLOEXEC;
	int what = SOCKET_INFO_LOCAL | SOCKET_INFO_HOPS | SOCKET_INFO_TCLASS;

	if (u->o->family == 4 || is_inet)
		u->s = socket_udp4_flags(flags);
	else
		u->s = socket_udp6_flags(
			u->o->family == 6 ? flags | SOCKET_V6ONLY : flags);
	return u->s == -1 ? -1 : socket_recvinfo6(u->s, what);
}

static int refuse(struct udp *u, const struct socket_addr6 *a)
{
	int status = complain(FAILED, errno, "%s: %s", address_text(a).text,
			      address_error_words(a, errno));

	socket_close(u->s);
	return status;
}

/* To the first address in RFC 6724's order: a connect says nothing of others. */
int dial_udp(const struct options *o, char *const *words, int n)
{
	static struct udp u;
	const struct target *target = o->target;
	struct socket_addr6 a[ADDRESSES], local = {.port = 0};
	int found = resolve(o, target->host, target->service, a, ADDRESSES);
	int status;

	(void)words, (void)n; /* they are o->target */
	if (found < 0)
		return -found;
	if (o->local && (status = read_local(o->local, &local)) != DONE)
		return status;
	u.o = o;
	if (open_socket(&u, ip6_isv4mapped(a->ip)) == -1 ||
	    (o->local &&
	     socket_bind6(u.s, local.ip, local.port, local.scope_id) == -1) ||
	    socket_connect6(u.s, a->ip, a->port, a->scope_id) == -1 ||
	    socket_local6(u.s, NULL, &u.port, NULL) == -1)
		return refuse(&u, a);
	tell_address(&u, "sending", "sending to", a);
	u.has_peer = u.is_connected = 1;
	u.reads = !o->receive;
	if (o->data)
		send_bytes(&u, o->data, strlen(o->data));
	status = o->test ? u.status : exchange(&u);
	socket_close(u.s);
	return status;
}

int listen_udp(const struct options *o, char *const *words, int n)
{
	static struct udp u;
	struct socket_addr6 a[ADDRESSES];
	int found, status;

	if (n == 0)
		return complain(BAD_INPUT, EINVAL, "listen -u needs PORT");
	if (n > 1 && !is_address_and_port(words, n))
		return complain(BAD_INPUT, EINVAL,
				"listen -u: too many arguments: %s",
				words[n - 1]);
	found = resolve_place(o, words, n, a, ADDRESSES);
	if (found < 0)
		return -found;
	u.o = o;
	if (open_socket(&u, ip6_isv4mapped(a->ip)) == -1 ||
	    socket_bind6_reuse(u.s, a->ip, a->port, a->scope_id) == -1 ||
	    socket_local6(u.s, a->ip, &a->port, &a->scope_id) == -1)
		return refuse(&u, a);
	tell_address(&u, "listening", "listening at", a);
	u.port = a->port;
	u.reads = !o->receive && !o->echo;
	status = exchange(&u);
	socket_close(u.s);
	return status;
}
