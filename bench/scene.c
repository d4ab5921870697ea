/* SPDX-License-Identifier: ISC */
/* scene.c - the sockets that the calls are made on. Loopback alone. */
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int fds[FDS], others[FDS];

char to4[4] = {127, 0, 0, 1}, to6[16] = {[15] = 1};
uint16_t to_port;
uint32_t to_scope_id;

int flags = MSG_DONTWAIT, milliseconds = 1000;
int idle_seconds = 60, interval_seconds = 10, probes = 5, wish = 65536;
size_t room = sizeof buf;

char group4[4] = {(char)239, 1, 2, 3};
char group6[16] = {-1, 0x12, [15] = 9};
char mapped_group6[16] = {[10] = -1, -1, (char)239, 1, 2, 3};
char source6[16] = {[15] = 1};
uint32_t lo;

static char given_ip[16];
static uint16_t given_port;
static uint32_t given_scope_id;
char *ip = given_ip;
uint16_t *port = &given_port;
uint32_t *scope_id = &given_scope_id;
char buf[64];

int pair4[2], pair6[2], client4, client6, server4, server6;
int listener4, listener6;

const char *const text4[TEXTS] = {
	"127.0.0.1",	   "192.0.2.1",	    "10.0.0.1",	  "8.8.8.8",
	"255.255.255.255", "198.51.100.23", "172.16.5.4", "203.0.113.80",
};
const char *const text6[TEXTS] = {
	"::1",
	"2001:db8::1",
	"fe80::a00:27ff:fe4e:66a1",
	"2001:db8:85a3:8d3:1319:8a2e:370:7348",
	"::ffff:192.0.2.1",
	"ff02::1",
	"2a00:1450:4001:82b::200e",
	"2001:db8:0:1:1:1:1:1",
};
char bytes4[TEXTS][4], bytes6[TEXTS][16];

/* A port on which nobody listens, for it is taken and does not. */
static uint16_t closed_port;

void die(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int must(int r, const char *what)
{
	if (r == -1)
		die(what);
	return r;
}

static int open_socket(int family, int type)
{
	return must(socket(family, type, 0), "socket");
}

static struct sockaddr_storage loopback(int family, uint16_t at, socklen_t *len)
{
	struct sockaddr_storage a = {.ss_family = (sa_family_t)family};
	struct sockaddr_in *in = (struct sockaddr_in *)&a;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&a;

	*len = family == AF_INET ? sizeof *in : sizeof *in6;
	if (family == AF_INET) {
		in->sin_port = htons(at);
		in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	} else {
		in6->sin6_port = htons(at);
		in6->sin6_addr = in6addr_loopback;
	}
	return a;
}

static int bound(int family, int type)
{
	socklen_t len;
	struct sockaddr_storage a = loopback(family, 0, &len);
	int s = open_socket(family, type);

	must(bind(s, (struct sockaddr *)&a, len), "bind");
	return s;
}

/* Both families keep the port in the same place. */
static uint16_t port_of(int s)
{
	struct sockaddr_in6 a;
	socklen_t len = sizeof a;

	must(getsockname(s, (struct sockaddr *)&a, &len), "getsockname");
	return ntohs(a.sin6_port);
}

static int listening(int family)
{
	int s = bound(family, SOCK_STREAM | SOCK_NONBLOCK);

	must(listen(s, FDS * 2), "listen");
	return s;
}

/* Closing it leaves nothing behind, not even TIME_WAIT. */
static int dial(int family, int type, uint16_t at)
{
	struct linger l = {1, 0};
	socklen_t len;
	struct sockaddr_storage a = loopback(family, at, &len);
	int s = open_socket(family, type);

	setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof l);
	if (connect(s, (struct sockaddr *)&a, len) == -1 &&
	    errno != EINPROGRESS)
		die("connect");
	return s;
}

/* What came is taken within a second, or never. */
static void await(int s, short events)
{
	struct pollfd p = {.fd = s, .events = events};

	if (poll(&p, 1, 1000) != 1)
		die("poll");
}

static void connect_pair(int family, int listener, int both[2])
{
	both[0] = dial(family, SOCK_STREAM, port_of(listener));
	await(listener, POLLIN);
	both[1] = must(accept(listener, NULL, NULL), "accept");
}

static void read_texts(void)
{
	int i;

	for (i = 0; i < TEXTS; i++)
		if (inet_pton(AF_INET, text4[i], bytes4[i]) != 1 ||
		    inet_pton(AF_INET6, text6[i], bytes6[i]) != 1)
			die("inet_pton");
}

int open_stage(void)
{
	int s = socket(AF_INET6, SOCK_DGRAM, 0);

	if (s == -1)
		return 0;
	close(s);
	lo = if_nametoindex("lo");
	listener4 = listening(AF_INET);
	listener6 = listening(AF_INET6);
	server4 = bound(AF_INET, SOCK_DGRAM);
	server6 = bound(AF_INET6, SOCK_DGRAM);
	client4 = open_socket(AF_INET, SOCK_DGRAM);
	client6 = open_socket(AF_INET6, SOCK_DGRAM);
	connect_pair(AF_INET, listener4, pair4);
	connect_pair(AF_INET6, listener6, pair6);
	closed_port = port_of(bound(AF_INET6, SOCK_STREAM));
	read_texts();
	return 1;
}

static void nothing(int n)
{
	(void)n;
}

static void close_fds(int n)
{
	while (n-- > 0)
		close(fds[n]);
}

static void close_others(int n)
{
	close_fds(n);
	for (; n-- > 0;)
		close(others[n]);
}

/* So many new sockets, and where they may connect to. */
static void open_fds(int n, int family, int type, int server)
{
	int i;

	for (i = 0; i < n; i++)
		fds[i] = open_socket(family, type);
	to_port = port_of(server);
}

static void open_tcp4(int n)
{
	open_fds(n, AF_INET, SOCK_STREAM | SOCK_NONBLOCK, listener4);
}

static void open_tcp6(int n)
{
	open_fds(n, AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, listener6);
}

static void open_blocking(int n)
{
	open_fds(n, AF_INET6, SOCK_STREAM, listener6);
}

static void open_udp4(int n)
{
	open_fds(n, AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, server4);
}

static void open_udp6(int n)
{
	open_fds(n, AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK, server6);
}

/* Resets what was dialled and takes what came of it from the queue. */
static void hang_up(int n, int listener)
{
	struct linger l = {1, 0};
	int i, fd;

	for (i = 0; i < n; i++)
		setsockopt(fds[i], SOL_SOCKET, SO_LINGER, &l, sizeof l);
	close_fds(n);
	while ((fd = accept(listener, NULL, NULL)) != -1)
		close(fd);
}

static void hang_up4(int n)
{
	hang_up(n, listener4);
}

static void hang_up6(int n)
{
	hang_up(n, listener6);
}

static void dial_others(int n, int family, int listener)
{
	int i;

	for (i = 0; i < n; i++)
		others[i] = dial(family, SOCK_STREAM, port_of(listener));
}

static void dial_others4(int n)
{
	dial_others(n, AF_INET, listener4);
}

static void dial_others6(int n)
{
	dial_others(n, AF_INET6, listener6);
}

static void be_refused(int n)
{
	int i;

	for (i = 0; i < n; i++)
		fds[i] = dial(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK,
			      closed_port);
	for (i = 0; i < n; i++)
		await(fds[i], POLLOUT);
}

static void send_datagrams(int n, int family, int server)
{
	int s = dial(family, SOCK_DGRAM, port_of(server));

	while (n-- > 0)
		must((int)send(s, buf, 8, 0), "send");
	await(server, POLLIN);
	close(s);
}

static void send_datagrams4(int n)
{
	send_datagrams(n, AF_INET, server4);
}

static void send_datagrams6(int n)
{
	send_datagrams(n, AF_INET6, server6);
}

static void aim4(int n)
{
	(void)n;
	to_port = port_of(server4);
}

static void aim6(int n)
{
	(void)n;
	to_port = port_of(server6);
}

static void drain(int s)
{
	while (recv(s, buf, sizeof buf, MSG_DONTWAIT) > 0)
		;
}

static void drain_server4(int n)
{
	(void)n;
	drain(server4);
}

static void drain_server6(int n)
{
	(void)n;
	drain(server6);
}

static void drain_pair(int n)
{
	(void)n;
	drain(pair6[1]);
}

static void fill_pair(int n)
{
	while (n-- > 0)
		must((int)send(pair6[1], buf, 1, 0), "send");
}

static void join4(int n)
{
	struct ip_mreq m = {0};

	memcpy(&m.imr_multiaddr, group4, 4);
	memcpy(&m.imr_interface, to4, 4);
	open_udp4(n);
	while (n-- > 0)
		must(setsockopt(fds[n], IPPROTO_IP, IP_ADD_MEMBERSHIP, &m,
				sizeof m),
		     "IP_ADD_MEMBERSHIP");
}

static void join6(int n)
{
	struct ipv6_mreq m = {.ipv6mr_interface = lo};

	memcpy(&m.ipv6mr_multiaddr, group6, 16);
	open_udp6(n);
	while (n-- > 0)
		must(setsockopt(fds[n], IPPROTO_IPV6, IPV6_JOIN_GROUP, &m,
				sizeof m),
		     "IPV6_JOIN_GROUP");
}

const struct scene idle = {FDS, nothing, nothing};
const struct scene text = {100 * TEXTS, nothing, nothing};
const struct scene opened = {FDS, nothing, close_fds};
const struct scene tcp4 = {FDS, open_tcp4, close_fds};
const struct scene tcp6 = {FDS, open_tcp6, close_fds};
const struct scene udp4 = {FDS, open_udp4, close_fds};
const struct scene udp6 = {FDS, open_udp6, close_fds};
const struct scene blocking = {FDS, open_blocking, close_fds};
const struct scene closing = {FDS, open_tcp6, nothing};
const struct scene dialling4 = {FDS, open_tcp4, hang_up4};
const struct scene dialling6 = {FDS, open_tcp6, hang_up6};
const struct scene refused = {FDS, be_refused, close_fds};
const struct scene accepting4 = {FDS, dial_others4, close_others};
const struct scene accepting6 = {FDS, dial_others6, close_others};
const struct scene dialling = {FDS, open_blocking, hang_up6};
const struct scene aiming4 = {FDS, aim4, nothing};
const struct scene aiming6 = {FDS, aim6, nothing};
const struct scene receiving4 = {FDS, send_datagrams4, nothing};
const struct scene receiving6 = {FDS, send_datagrams6, nothing};
const struct scene sending4 = {FDS, aim4, drain_server4};
const struct scene sending6 = {FDS, aim6, drain_server6};
const struct scene reading = {FDS, fill_pair, nothing};
const struct scene writing = {FDS, nothing, drain_pair};
const struct scene joined4 = {FDS, join4, close_fds};
const struct scene joined6 = {FDS, join6, close_fds};
