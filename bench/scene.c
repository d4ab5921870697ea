/* SPDX-License-Identifier: ISC */
/* scene.c - the sockets that the calls are made on. Loopback alone. */
#include "bench.h"
#include "common.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <poll.h>

char to4[4] = {127, 0, 0, 1}, to6[16] = {[15] = 1};
char mapped6[16] = {[10] = -1, -1, 127, 0, 0, 1};
char group4[4] = {(char)239, 1, 2, 3};
char group6[16] = {-1, 0x12, [15] = 9};
char mapped_group6[16] = {[10] = -1, -1, (char)239, 1, 2, 3};
char source6[16] = {[15] = 1}, link_local[16] = {-2, -128, [15] = 1};
char bytes4[TEXTS][4], bytes6[TEXTS][16];

/* As people use them. */
const char *const texts[TEXTS][2] = {
	{"127.0.0.1", "::1"},
	{"192.0.2.1", "2001:db8::1"},
	{"10.0.0.1", "fe80::a00:27ff:fe4e:66a1"},
	{"8.8.8.8", "2001:db8:85a3:8d3:1319:8a2e:370:7348"},
	{"255.255.255.255", "::ffff:192.0.2.1"},
	{"198.51.100.23", "ff02::1"},
	{"172.16.5.4", "2a00:1450:4001:82b::200e"},
	{"203.0.113.80", "2001:db8:0:1:1:1:1:1"},
};

uint16_t to_port;
uint32_t to_scope_id, lo;
const char *lo_name = "lo";
int flags = MSG_DONTWAIT, milliseconds = 1000;
unsigned int prefix_bits = 128;
char proxied[52] = "\r\n\r\n\0\r\nQUIT\n\x21\x21\0\44";
int idle_seconds = 60, interval_seconds = 10, probes = 5;

static char given_ip[16];
static uint16_t given_port;
static uint32_t given_scope_id;
char *ip = given_ip, buf[80], many[8 * RECORDS];
struct socket_datagram6 grams[RECORDS];
struct socket_addr6 ends[2];
struct socket_buffer pieces[2] = {{buf, 1}, {many, 1}};
struct iovec vector[2] = {{buf, 1}, {many, 1}};
uint16_t *port = &given_port;
uint32_t *scope_id = &given_scope_id;
size_t room = sizeof buf;

/*
 * Open all the time: a TCP connection's ends, servers, and what has no room for
 * another connection, or refuses any; then the descriptors of a batch begin.
 */
static int pair[2], server4, server6, listener, full, closed, first_of_batch;

static union address address_of(int s, socklen_t *len)
{
	union address a;

	*len = sizeof a;
	must(getsockname(s, &a.sa, len), "getsockname");
	return a;
}

static int open_socket(int family, int type)
{
	return must(socket(family, type, 0), "socket");
}

/* Calls that are given s are to connect or send to this server. */
static int aim(int s, int server)
{
	socklen_t len;

	/* Both families have the port in the same place. */
	to_port = ntohs(address_of(server, &len).in.sin_port);
	return s;
}

static int bound(int family, int type)
{
	union address a = {.sa.sa_family = (sa_family_t)family};
	int s = open_socket(family, type);

	if (family == AF_INET)
		memcpy(&a.in.sin_addr, to4, sizeof to4);
	else
		memcpy(&a.in6.sin6_addr, to6, sizeof to6);
	must(bind(s, &a.sa, sizeof a), "bind");
	return s;
}

static int dial(int modes, int server)
{
	socklen_t len;
	union address a = address_of(server, &len);
	int s = open_socket(AF_INET6, SOCK_STREAM | modes);

	if (connect(s, &a.sa, len) == -1 && errno != EINPROGRESS)
		must(-1, "connect");
	return s;
}

/* What is to happen on loopback does so at once; nothing is to for n of 0. */
static int await(int s, short events, int n)
{
	struct pollfd p = {.fd = s, .events = events};

	must(poll(&p, 1, n * 1000) == n ? 0 : -1, "poll");
	return s;
}

int open_stage(void)
{
	int s = socket(AF_INET6, SOCK_DGRAM, 0);

	if (s == -1)
		return 0;
	close(s);
	lo = if_nametoindex("lo");
	server4 = bound(AF_INET, SOCK_DGRAM);
	server6 = bound(AF_INET6, SOCK_DGRAM);
	closed = bound(AF_INET6, SOCK_STREAM);
	listener = bound(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK);
	must(listen(listener, 2 * SOCKETS), "listen");
	pair[0] = dial(0, listener);
	pair[1] = must(accept(await(listener, POLLIN, 1), NULL, NULL),
		       "accept");
	full = bound(AF_INET6, SOCK_STREAM);
	must(listen(full, 0), "listen");
	dial(0, full);
	for (int i = 0; i < TEXTS; i++) {
		inet_pton(AF_INET, texts[i][0], bytes4[i]);
		inet_pton(AF_INET6, texts[i][1], bytes6[i]);
	}
	first_of_batch = open_socket(AF_INET6, SOCK_DGRAM);
	close(first_of_batch);
	return 1;
}

static void drain(int s)
{
	while (recv(s, buf, sizeof buf, MSG_DONTWAIT) > 0)
		;
}

/*
 * A new descriptor is the lowest that is free (POSIX), so those of a batch are
 * all in a row. Resetting leaves nothing behind, not even TIME_WAIT.
 */
void clear_stage(void)
{
	struct linger reset = {1, 0};
	int fd = first_of_batch;

	do
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
	while (close(fd++) == 0);
	while ((fd = accept(listener, NULL, NULL)) != -1)
		close(fd);
	drain(server4);
	drain(server6);
	drain(pair[1]);
}

/* A datagram from itself. */
static int told(int server)
{
	socklen_t len;
	union address a = address_of(server, &len);

	must((int)sendto(server, buf, 8, 0, &a.sa, len), "sendto");
	return server;
}

/* As many as a batch takes. */
static int told32(int server)
{
	for (int i = 0; i < RECORDS; i++)
		told(server);
	return server;
}

/* To itself, one by one. */
static int with_records(int server)
{
	memset(grams, 0, sizeof grams);
	for (uint32_t i = 0; i < RECORDS; i++) {
		memcpy(grams[i].peer.ip, to6, sizeof to6);
		grams[i].peer.port = to_port;
		grams[i].offset = 8 * i;
		grams[i].len = 8;
		grams[i].flags = SOCKET_DATAGRAM_SINGLY;
	}
	return server;
}

#define SCENE(name, socket)                                                    \
 int name(void)                                                                \
 {                                                                             \
  return socket;                                                               \
 }

SCENE(nothing, -1)
SCENE(text, -1)
SCENE(tcp6, aim(open_socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK), listener))
SCENE(blocking, aim(open_socket(AF_INET6, SOCK_STREAM), listener))
SCENE(udp4, aim(open_socket(AF_INET, SOCK_DGRAM), server4))
SCENE(udp6, aim(open_socket(AF_INET6, SOCK_DGRAM), server6))
SCENE(paired, pair[0])
SCENE(pending, await(dial(SOCK_NONBLOCK, full), POLLOUT, 0))
SCENE(refused, await(dial(SOCK_NONBLOCK, closed), POLLOUT, 1))
SCENE(accepting, (dial(0, listener), listener))
SCENE(sending6, aim(server6, server6))
SCENE(receiving4, told(server4))
SCENE(receiving6, told(server6))
SCENE(receiving32, told32(server6))
SCENE(sending32, with_records(aim(server6, server6)))
