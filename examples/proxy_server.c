/* SPDX-License-Identifier: ISC */
/*
 * proxy_server.c - tells clients of a load balancer who they are:
 * proxy_server ADDRESS:PORT BALANCER
 *
 * Only BALANCER, a prefix, may say so, by the PROXY protocol: anybody else could
 * claim to be anyone, and is refused. A header may come in pieces, and has five
 * seconds and 1024 bytes; bytes behind it are the client's first.
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { PEERS = 64, HEADER = 1024, SECONDS = 5 };

/* Those whose header is not whole yet. */
static struct peer {
	int s;
	time_t since;
	size_t len;
	char buf[HEADER];
} peers[PEERS];
static int count;
static char net[16];
static unsigned int bits;

/* An all zero address: the balancer speaks for itself, to see that we live. */
static void answer(int s, const struct socket_addr6 *from)
{
	char text[IP6IFPORT_FMT + 1];
	size_t len = fmt_ip6ifport(text, from->ip, from->port, 0);

	if (memcmp(from->ip, V6any, 16) == 0)
		len = strlen(strcpy(text, "a check"));
	text[len++] = '\n';
	socket_write(s, text, len);
}

static void end_peer(int i)
{
	socket_close(peers[i].s);
	peers[i] = peers[--count];
}

/* Whether nothing more is to be read from it. */
static int is_done(struct peer *p)
{
	struct socket_addr6 from, to;
	ssize_t n = socket_read(p->s, p->buf + p->len, HEADER - p->len);
	int used;

	if (n <= 0)
		return n == 0 || errno != EAGAIN;
	p->len += (size_t)n;
	used = scan_proxy(p->buf, p->len, &from, &to);
	if (used > 0)
		answer(p->s, &from);
	return used != 0 || p->len == HEADER;
}

static void accept_peer(int l)
{
	char ip[16];
	int s = socket_accept6_flags(l, ip, NULL, NULL,
				     SOCKET_NONBLOCK | SOCKET_CLOEXEC);

	if (s == -1)
		return;
	if (count == PEERS || !socket_match6(ip, net, bits)) {
		socket_close(s);
		return;
	}
	peers[count].s = s;
	peers[count].since = time(NULL);
	peers[count++].len = 0;
}

static void turn(int l)
{
	struct pollfd fds[PEERS + 1] = {{.fd = l, .events = POLLIN}};

	for (int i = 0; i < count; i++)
		fds[i + 1] = (struct pollfd){peers[i].s, POLLIN, 0};
	poll(fds, (nfds_t)count + 1, 1000);
	/* From the last, for the last takes the place of one that ends. */
	for (int i = count; i-- > 0;)
		if ((fds[i + 1].revents && is_done(&peers[i])) ||
		    time(NULL) - peers[i].since > SECONDS)
			end_peer(i);
	if (fds[0].revents)
		accept_peer(l);
}

/* A listener at the address and port that are this text; -1 with errno. */
static int listen_at(const char *text, int flags)
{
	struct socket_addr6 a;
	size_t n = scan_ip6ifport(text, a.ip, &a.port, &a.scope_id);
	int l;

	errno = EINVAL;
	if (n == 0 || text[n] != '\0')
		return -1;
	l = socket_listener6(a.ip, a.port, a.scope_id, 0, flags);
	if (l != -1 && socket_local6(l, NULL, &a.port, NULL) == 0) {
		printf("port %u\n", (unsigned)a.port);
		fflush(stdout);
	}
	return l;
}

static int read_balancer(const char *text)
{
	size_t n = scan_ip6prefix(text, net, &bits);

	return n > 0 && text[n] == '\0';
}

int main(int argc, char *argv[])
{
	int l;

	if (argc != 3 || !read_balancer(argv[2])) {
		fputs("usage: proxy_server ADDRESS:PORT BALANCER\n", stderr);
		return 2;
	}
	l = listen_at(argv[1], SOCKET_NONBLOCK | SOCKET_CLOEXEC);
	if (l == -1) {
		fprintf(stderr, "proxy_server: %s: %s\n", argv[1],
			socket_error(errno));
		return 1;
	}
	for (;;)
		turn(l);
}
