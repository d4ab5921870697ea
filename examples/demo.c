/* SPDX-License-Identifier: ISC */
/*
 * demo.c - what a non-blocking connect says, call by call.
 *
 * demo               connects to sockets of its own on this machine
 * demo ADDRESS PORT  connects there: demo fe80::1%eth0 22
 *
 * Exits 0 if all went as it should, 1 if not, 2 if an argument is bad.
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How long an answer may take, in milliseconds. */
enum { PATIENCE = 10000 };

/* Microseconds since lap was called last. */
static double lap(void)
{
	static struct timespec last;
	struct timespec now;
	double us;

	clock_gettime(CLOCK_MONOTONIC, &now);
	us = (double)(now.tv_sec - last.tv_sec) * 1e6 +
	     (double)(now.tv_nsec - last.tv_nsec) / 1e3;
	last = now;
	return us;
}

static const char *error_name(int error)
{
	static const struct {
		int error;
		const char *name;
	} names[] = {
		{EACCES, "EACCES"},
		{EADDRNOTAVAIL, "EADDRNOTAVAIL"},
		{EAFNOSUPPORT, "EAFNOSUPPORT"},
		{ECONNREFUSED, "ECONNREFUSED"},
		{ECONNRESET, "ECONNRESET"},
		{EHOSTUNREACH, "EHOSTUNREACH"},
		{EINPROGRESS, "EINPROGRESS"},
		{EINVAL, "EINVAL"},
		{ENETUNREACH, "ENETUNREACH"},
		{ENODEV, "ENODEV"},
		{EPERM, "EPERM"},
		{ETIMEDOUT, "ETIMEDOUT"},
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].error == error)
			return names[i].name;
	return "errno";
}

/* What errno says. */
static const char *reason(void)
{
	static char text[80];

	snprintf(text, sizeof text, "%s: %s", error_name(errno),
		 strerror(errno));
	return text;
}

/* A line: the call, its result, what it means, its time. Keeps errno. */
static void show(const char *call, int result, const char *note, double us)
{
	int error = errno;

	printf("  %-17s %6d  %-39s %8.1f us\n", call, result, note, us);
	errno = error;
}

static int opened(int s)
{
	if (s == -1) {
		perror("demo: socket");
		exit(1);
	}
	return s;
}

/* Whether the text is an address, all of it; says what is wrong if not. */
static int read_address(const char *text, struct socket_addr6 *a)
{
	double us;
	size_t n;

	lap();
	n = scan_ip6if(text, a->ip, &a->scope_id);
	us = lap();
	if (n > 0 && text[n] == '\0') {
		show("scan_ip6if", (int)n, text, us);
		return 1;
	}
	n = scan_ip6(text, a->ip);
	if (n > 0 && text[n] == '%')
		fprintf(stderr, "demo: bad zone: no interface \"%s\" here\n",
			text + n + 1);
	else
		fprintf(stderr, "demo: bad address: \"%s\"\n", text);
	return 0;
}

static void show_address(const struct socket_addr6 *a)
{
	char text[IP6IFPORT_FMT + 1];
	double us;
	size_t n;

	lap();
	n = fmt_ip6ifport(text, a->ip, a->port, a->scope_id);
	us = lap();
	text[n] = '\0';
	show("fmt_ip6ifport", (int)n, text, us);
}

/* The whole of it: connect, wait, ask. 1 if connected, 0 with errno if not. */
static int connect_and_show(int s, const struct socket_addr6 *a)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};
	double us;
	int r;

	lap();
	r = socket_connect6(s, a->ip, a->port, a->scope_id);
	us = lap();
	show("socket_connect6", r, r == 0 ? "connected" : reason(), us);
	if (r == 0 || (errno != EINPROGRESS && errno != EWOULDBLOCK))
		return r == 0;

	lap();
	r = poll(&p, 1, PATIENCE);
	us = lap();
	show("poll", r, r == 1 ? "writable" : "time is up", us);

	lap();
	r = socket_connected(s);
	us = lap();
	show("socket_connected", r, r == 1 ? "connected" : reason(), us);
	return r;
}

/* What the demo shows without arguments: sockets of this machine's own. */
struct scene {
	const char *title;
	int (*open)(void);
	int listens; /* whether the peer does */
	int connects;
};

enum scene_name { BACKGROUND, REFUSED, AT_ONCE, LINK_LOCAL };

static const struct scene scenes[] = {
	{"in the background: the peer listens", socket_tcp6, 1, 1},
	{"refused: the peer has a port and does not listen", socket_tcp6, 0, 0},
	{"at once: UDP; TCP never is, over Linux's loopback", socket_udp6, 0,
	 1},
	{"link-local, with its scope id", socket_tcp6, 1, 1},
};

/* Gives the peer a port at a's address, and a that port. */
static int open_peer(int peer, int listens, struct socket_addr6 *a)
{
	if (socket_bind6(peer, a->ip, 0, a->scope_id) == -1)
		return -1;
	if (listens && socket_listen(peer, 16) == -1)
		return -1;
	return socket_local6(peer, NULL, &a->port, NULL);
}

/* Whether the scene went as it should. */
static int play(enum scene_name name, const char *address)
{
	const struct scene *scene = &scenes[name];
	struct socket_addr6 a = {.scope_id = 0};
	int peer = opened(scene->open());
	int s = opened(scene->open());
	int connected = -1;

	printf("\n%s\n", scene->title);
	if (!read_address(address, &a) ||
	    open_peer(peer, scene->listens, &a) == -1) {
		printf("  no peer: %s\n", reason());
	} else {
		show_address(&a);
		connected = connect_and_show(s, &a);
	}
	socket_close(peer);
	socket_close(s);
	return connected == scene->connects;
}

/*
 * Whether the interface has a link-local address, and its text. It is the
 * address from which the system would send to all nodes of the link; a UDP
 * connect chooses it and sends nothing.
 */
static int link_local_address(uint32_t index, char text[IP6IF_FMT + 1])
{
	char all_nodes[16], ip[16];
	int s = opened(socket_udp6());
	int found;

	scan_ip6("ff02::1", all_nodes);
	found = socket_connect6(s, all_nodes, 9, index) == 0 &&
		socket_local6(s, ip, NULL, NULL) == 0 &&
		memcmp(ip, "\xfe\x80", 2) == 0;
	socket_close(s);
	if (found)
		text[fmt_ip6if(text, ip, index)] = '\0';
	return found;
}

static int play_link_local(void)
{
	char text[IP6IF_FMT + 1];

	for (uint32_t index = 1; index < 4096; index++)
		if (link_local_address(index, text))
			return play(LINK_LOCAL, text);
	puts("\nno interface here has a link-local address");
	return 1;
}

/* Loopback's address: IPv6's where this machine has it. */
static const char *loopback(void)
{
	char ip[16];
	int s = opened(socket_tcp6());
	int ipv6 = socket_bind6(s, V6loopback, 0, 0) == 0 &&
		   socket_local6(s, ip, NULL, NULL) == 0 &&
		   memcmp(ip, V6loopback, 16) == 0;

	socket_close(s);
	return ipv6 ? "0:0:0:0:0:0:0:1" : "127.0.0.1";
}

static int demo_here(void)
{
	const char *address = loopback();
	int ok;

	printf("  %-17s %6s  %-39s %11s\n", "call", "result", "", "time");
	ok = play(BACKGROUND, address);
	ok &= play(REFUSED, address);
	ok &= play(AT_ONCE, address);
	ok &= play_link_local();
	return ok ? 0 : 1;
}

/* A decimal port, 1 to 65535; 0 if the text is none. */
static uint16_t read_port(const char *text)
{
	size_t n = strspn(text, "0123456789");
	unsigned long port = n > 0 && n < 6 ? strtoul(text, NULL, 10) : 0;

	if (text[n] == '\0' && port > 0 && port <= 65535)
		return (uint16_t)port;
	fprintf(stderr, "demo: bad port: \"%s\" is not 1 to 65535\n", text);
	return 0;
}

static int demo_there(const char *address, const char *port)
{
	struct socket_addr6 a = {.scope_id = 0};
	int good = read_address(address, &a);
	int connected, s;

	a.port = read_port(port);
	if (!good || a.port == 0)
		return 2;
	show_address(&a);
	s = opened(socket_tcp6());
	connected = connect_and_show(s, &a);
	if (!connected)
		printf("not connected: %s\n",
		       errno == EINPROGRESS ? "no answer" : strerror(errno));
	socket_close(s);
	return connected ? 0 : 1;
}

int main(int argc, char *argv[])
{
	if (argc == 1)
		return demo_here();
	if (argc == 3)
		return demo_there(argv[1], argv[2]);
	fputs("usage: demo [ADDRESS PORT]\n", stderr);
	return 2;
}
