/* SPDX-License-Identifier: ISC */
/* fixture.c - addresses, peers and descriptors that the suites share. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "suite.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

const struct place places[PLACES] = {
	{"::1", "::1", 6, 0},
	{"v4-mapped", "::ffff:127.0.0.1", 6, 0},
	{"IPv4", "127.0.0.1", 4, 0},
	{"link-local", "fe80::1", 6, 1},
};

const char *ip4(const char *text)
{
	static char ip[8][4];
	static int next;

	next = (next + 1) % 8;
	ck_assert_int_eq(inet_pton(AF_INET, text, ip[next]), 1);
	return ip[next];
}

const char *ip6(const char *text)
{
	static char ip[8][16];
	static int next;

	next = (next + 1) % 8;
	ck_assert_int_eq(inet_pton(AF_INET6, text, ip[next]), 1);
	return ip[next];
}

int tcp_at(const struct place *place, int flags)
{
	int s = place->family == 4 ? socket_tcp4_flags(flags)
				   : socket_tcp6_flags(flags);

	ck_assert_int_ge(s, 0);
	return s;
}

int udp_at(const struct place *place, int flags)
{
	int s = place->family == 4 ? socket_udp4_flags(flags)
				   : socket_udp6_flags(flags);

	ck_assert_int_ge(s, 0);
	return s;
}

uint32_t scope_at(const struct place *place)
{
	return place->link_local ? net_index(LO) : 0;
}

const char *seen_at(const struct place *place)
{
	return place->family == 6 && have_ipv6() ? place->ip
						 : "::ffff:127.0.0.1";
}

uint32_t seen_scope_at(const struct place *place)
{
	return told_scope(scope_at(place));
}

int bind_at(int s, const struct place *place, uint16_t port)
{
	if (place->family == 4)
		return socket_bind4(s, ip4(place->ip), port);
	return socket_bind6(s, ip6(place->ip), port, scope_at(place));
}

int connect_at(int s, const struct place *place, uint16_t port)
{
	if (place->family == 4)
		return socket_connect4(s, ip4(place->ip), port);
	return socket_connect6(s, ip6(place->ip), port, scope_at(place));
}

int connect_at_timeout(int s, const struct place *place, uint16_t port,
		       int milliseconds)
{
	if (place->family == 4)
		return socket_connect4_timeout(s, ip4(place->ip), port,
					       milliseconds);
	return socket_connect6_timeout(s, ip6(place->ip), port, scope_at(place),
				       milliseconds);
}

uint16_t port_of(int s)
{
	uint16_t port;

	ck_assert_int_eq(socket_local6(s, NULL, &port, NULL), 0);
	return port;
}

int option_of(int s, int level, int option)
{
	int value = 0;
	socklen_t len = sizeof value;

	assert_gives(0, getsockopt(s, level, option, &value, &len));
	return value;
}

int bound_at(const struct place *place)
{
	int s = udp_at(place, 0);

	assert_gives(0, bind_at(s, place, 0));
	return s;
}

int listener_at(const struct place *place, uint16_t *port)
{
	int s = tcp_at(place, 0);

	assert_gives(0, bind_at(s, place, 0));
	assert_gives(0, socket_listen(s, 16));
	*port = port_of(s);
	return s;
}

uint16_t full_port(void)
{
	uint16_t port;

	assert_gives(0, socket_listen(listener_at(AT_IPV4, &port), 0));
	assert_gives(0, connect_at(tcp_at(AT_IPV4, 0), AT_IPV4, port));
	return port;
}

int accepted(int l)
{
	int s;

	ck_assert(readable(l, 5000));
	s = socket_accept6(l, NULL, NULL, NULL);
	ck_assert_int_ge(s, 0);
	return s;
}

int connected_at(const struct place *place, int *peer)
{
	uint16_t port;
	int l = listener_at(place, &port);
	int s = tcp_at(place, 0);

	assert_gives(0, connect_at(s, place, port));
	*peer = accepted(l);
	return s;
}

uint16_t refusing_port_at(const struct place *place)
{
	int s = tcp_at(place, 0);

	assert_gives(0, bind_at(s, place, 0));
	return port_of(s);
}

static int ready(int s, short events, int milliseconds)
{
	struct pollfd p = {s, events, 0};

	return poll(&p, 1, milliseconds) == 1 && p.revents & (events | POLLERR);
}

int writable(int s, int milliseconds)
{
	return ready(s, POLLOUT, milliseconds);
}

int readable(int s, int milliseconds)
{
	return ready(s, POLLIN, milliseconds);
}

static void assert_passes(int from, int to)
{
	char buf[8] = "";

	assert_gives(5, socket_write(from, "bytes", 5));
	ck_assert(readable(to, 2000));
	assert_gives(5, socket_read(to, buf, sizeof buf));
	ck_assert_str_eq(buf, "bytes");
}

void assert_talk(int a, int b)
{
	assert_passes(a, b);
	assert_passes(b, a);
}

void reset(int s)
{
	assert_gives(0, socket_linger(s, 0));
	assert_gives(0, socket_close(s));
}

long long microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void on_alarm(int signal)
{
	(void)signal;
}

void be_interrupted(void)
{
	struct sigaction action = {.sa_handler = on_alarm};
	struct itimerval timer = {{0, 5000}, {0, 5000}};

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

void be_left_alone(void)
{
	setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 0}}, NULL);
}

int is_nonblocking(int fd)
{
	return (fcntl(fd, F_GETFL) & O_NONBLOCK) != 0;
}

int is_closeonexec(int fd)
{
	return (fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0;
}

int open_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < DESCRIPTORS; fd += NEXT_DESCRIPTOR)
		count += is_open(fd);
	return count;
}

static void limit_descriptors(rlim_t count)
{
	struct rlimit limit;

	/* The hard limit stays: under Valgrind it cannot be changed. */
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = count;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* A sanitizer opens files when the process ends. */
static void allow_descriptors(void)
{
	limit_descriptors(256);
}

void allow_no_descriptors(void)
{
	limit_descriptors(0);
	ck_assert_int_eq(atexit(allow_descriptors), 0);
}

int have_af_inet6(void)
{
	int s = socket(AF_INET6, SOCK_DGRAM, 0);

	return HAVE(HAVE_STRUCT_SOCKADDR_IN6) && s != -1 && close(s) == 0;
}

int have_ipv6(void)
{
	struct sockaddr_in6 sin6 = {.sin6_family = AF_INET6};
	int s, r;

	if (!have_af_inet6())
		return 0;
	s = socket(AF_INET6, SOCK_DGRAM, 0);
	memcpy(&sin6.sin6_addr, ip6("::1"), 16);
	r = bind(s, (struct sockaddr *)&sin6, sizeof sin6);
	close(s);
	return r == 0;
}

int have_dual_stack(void)
{
	struct sockaddr_in6 sin6 = {.sin6_family = AF_INET6};
	int s = socket(AF_INET6, SOCK_DGRAM, 0);
	int off = 0;
	int r;

	/* Without IPv6 a 6 socket is an IPv4 one, which takes ::ffff:0:0/96. */
	if (s == -1 || !have_ipv6())
		return 1;
	setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	memcpy(&sin6.sin6_addr, ip6("::ffff:127.0.0.1"), 16);
	r = bind(s, (struct sockaddr *)&sin6, sizeof sin6);
	close(s);
	return r == 0;
}

int have_inet_options(void)
{
	int s = socket(AF_INET6, SOCK_DGRAM, 0);
	int hops = 9;
	int r;

	if (s == -1)
		return 1;
	r = setsockopt(s, IPPROTO_IP, IP_TTL, &hops, sizeof hops);
	close(s);
	return r == 0;
}

int have_mapped_local(void)
{
	const struct place all = {"both", "::", 6, 0};
	int s = bound_at(&all), client = bound_at(AT_IPV4);
	struct socket_datagram6 g;

	socket_recvinfo6(s, SOCKET_INFO_LOCAL);
	assert_gives(0, socket_send4(client, "", 0, ip4loopback, port_of(s)));
	assert_gives(1, socket_recvmany6(s, NULL, 0, &g, 1));
	close(client);
	close(s);
	return memcmp(g.local.ip, V6any, 16) != 0;
}

struct bad bad_descriptor(int i)
{
	static const struct bad bad[BADS] = {
		[MINUS_1] = {"-1", -1, EBADF},
		[CLOSED] = {"closed", -1, EBADF},
		[A_PIPE] = {"pipe", -1, ENOTSOCK},
		[A_FILE] = {"file", -1, ENOTSOCK},
		[A_DIRECTORY] = {"directory", -1, ENOTSOCK},
	};
	struct bad it = bad[i];

	if (i == CLOSED) {
		it.fd = dup(0);
		close(it.fd);
	}
	if (i >= A_PIPE)
		it.fd = any_descriptor(it.name);
	return it;
}

static int unix_end(int type)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, type, 0, ends), 0);
	return ends[0];
}

int unix_stream(void)
{
	return unix_end(SOCK_STREAM);
}

int unix_datagram(void)
{
	return unix_end(SOCK_DGRAM);
}

int unix_seqpacket(void)
{
	return unix_end(SOCK_SEQPACKET);
}

/* A socket with a name, which is a file until it is unlinked. */
static int unix_named(int type, struct sockaddr_un *sun)
{
	static int names;
	int s = socket(AF_UNIX, type, 0);

	if (!HAVE(HAVE_UNIX_SOCKETS))
		leave_test("no UNIX_SOCKETS");
	memset(sun, 0, sizeof *sun);
	sun->sun_family = AF_UNIX;
	snprintf(sun->sun_path, sizeof sun->sun_path, "/tmp/socket6-%ld-%d",
		 (long)getpid(), names++);
	ck_assert_int_eq(bind(s, (struct sockaddr *)sun, sizeof *sun), 0);
	return s;
}

int unix_waiting(int *s)
{
	struct sockaddr_un sun;
	int l = unix_named(SOCK_STREAM, &sun);

	ck_assert_int_eq(listen(l, 1), 0);
	*s = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(*s, (struct sockaddr *)&sun, sizeof sun), 0);
	unlink(sun.sun_path);
	return l;
}

int unix_receiving(void)
{
	struct sockaddr_un sun, senders;
	int s = unix_named(SOCK_DGRAM, &sun);
	int from = unix_named(SOCK_DGRAM, &senders);
	ssize_t n;

	n = sendto(from, "bytes", 5, 0, (struct sockaddr *)&sun, sizeof sun);
	ck_assert_int_eq(n, 5);
	unlink(sun.sun_path);
	unlink(senders.sun_path);
	return s;
}
