/* SPDX-License-Identifier: ISC */
/* check_examples.c - the programs that README and bootstrap show. */
#include "config.h"

#include "fixture.h"
#include "names.h"
#include "net.h"
#include "platform.h"
#include "programs.h"
#include "suite.h"
#include "wire.h"

#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

static void assert_said(const char *text)
{
	ck_assert_msg(strstr(said, text), "no \"%s\" in \"%s\"", text, said);
}

/* Loopback's address: IPv6's where there is one. */
static const struct place *loopback(void)
{
	return have_ipv6() ? AT_IPV6 : AT_IPV4;
}

/* A listener and the client's argument for it. */
static int listener(char address[IP6IFPORT_FMT + 1])
{
	char ip[16];
	uint16_t port;
	int s = listener_at(loopback(), &port);

	assert_gives(0, socket_local6(s, ip, NULL, NULL));
	address[fmt_ip6ifport(address, ip, port, 0)] = '\0';
	return s;
}

CASE("client")

TEST(the_client_says_hello)
{
	char address[IP6IFPORT_FMT + 1];
	char buf[7] = "";
	int l = listener(address);

	assert_exits(0, "examples/client '%s' 2>&1", address);
	assert_gives(6, socket_read(socket_accept6(l, NULL, NULL, NULL), buf,
				    sizeof buf));
	ck_assert_str_eq(buf, "hello\n");
}

TEST(the_client_tells_why_it_is_not_connected)
{
	char address[IP6IFPORT_FMT + 1];

	skip_if(lost("SO_ERROR"));
	socket_close(listener(address));
	assert_exits(1, "examples/client '%s' 2>&1", address);
	assert_said("refused");
}

static const char *const bad_client_arguments[] = {
	"", "''", "::1", "[::1]:80x", "[::1]:80 [::1]:80",
};

LOOP_TEST(the_client_asks_for_an_address_with_a_port,
	  LENGTH(bad_client_arguments))
{
	assert_exits(2, "examples/client %s 2>&1", bad_client_arguments[_i]);
	assert_said("usage: client ADDRESS:PORT");
}

/* ---- many dials at once, by each loop ---- */

/* A sanitizer's library, and another machine's, cannot be loaded. */
#define PYTHON "env LD_LIBRARY_PATH=lib/.libs python3 "
#define LOADS                                                                  \
 PYTHON "-c 'import asyncio, ctypes; ctypes.CDLL(\"libsocket6.so.0\")' "       \
	">/dev/null 2>&1"

static const struct loop {
	const char *program, *name;
	int is_here; /* -1: see find_asyncio */
} loops[] = {
	{"examples/dial_poll", "poll", 1},
	{"examples/dial_epoll", "PACKED_EVENTS", HAVE(HAVE_PACKED_EVENTS)},
	{"examples/dial_uv", "LIBUV", HAVE(HAVE_LIBUV)},
	{"examples/dial_event", "LIBEVENT", HAVE(HAVE_LIBEVENT)},
	{"examples/dial_glib", "GLIB", HAVE(HAVE_GLIB)},
	{PYTHON "\"${srcdir:-.}\"/examples/ffi/dial_asyncio.py", "asyncio", -1},
};

static int has_asyncio;

static void find_asyncio(void)
{
	has_asyncio = !executor()[0] && system(LOADS) == 0;
}

/* All but poll's watch a descriptor for the whole dial, see socket_dial_fd. */
static const char *loop_missing(const struct loop *loop)
{
	static char why[32];
	int is_here = loop->is_here == -1 ? has_asyncio : loop->is_here;

	if (on_windows())
		return "the examples wait by poll(2)";
	if (loop > loops && !HAVE(HAVE_KQUEUE) && !HAVE(HAVE_EPOLL))
		return "no EPOLL";
	if (loop > loops && !HAVE(HAVE_KQUEUE) && !HAVE(HAVE_TIMERFD))
		return "no TIMERFD";
	snprintf(why, sizeof why, "no %s", loop->name);
	return is_here ? NULL : why;
}

/* Of a dial: its own, a timer, its name's, and one attempt beside another. */
enum { DESCRIPTORS_OF_DIAL = 5, DESCRIPTORS_OF_LOOP = 50 };

/* For how many dials at once the programs that we run may open descriptors. */
static int most_dials(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_cur > 1000000)
		limit.rlim_cur = 1000000;
	return ((int)limit.rlim_cur - DESCRIPTORS_OF_LOOP) /
	       DESCRIPTORS_OF_DIAL;
}

#define need_dials(count)                                                      \
 do {                                                                          \
  if (most_dials() < (count))                                                  \
   skip("no descriptors for %d dials", count);                                 \
 } while (0)

/* How many dials failed, and that each said that it was refused. */
static void assert_refused(int count)
{
	const char *at = said;
	int n = 0;

	for (; (at = strstr(at, ": refused\n")) != NULL; at++)
		n++;
	ck_assert_int_eq(n, count);
}

CASE("dials")
SETUP(find_asyncio)

/*
 * Two hundred to each of five hosts: one that accepts, one that refuses, one
 * with an address of each, and two whose IPv6 address is silent, that accept
 * and refuse. Each ends, and none leaves a socket open.
 */
TABLE_TEST(a_thousand_dials_end, loop, loops, loop_missing)
{
	uint16_t open, refusing;

	need_dials(1000);
	need_name_server();
	need_pair();
	need_place(WIRE_IPV6);
	wire_open();
	refusing = refusing_port_at(AT_IPV4);
	assert_gives(0, socket_listen(listener_at(AT_IPV4, &open), 2048));
	assert_exits(0,
		     "%s 1000 127.0.0.1:%d 127.0.0.1:%d "
		     "a-127-0-0-2.a-127-0-0-1.aaaa-nodata.test:%d "
		     "aaaa-2001-db8--2.test:%d aaaa-2001-db8--2.test:%d "
		     "2>&1",
		     loop->program, open, refusing, open, open, refusing);
	assert_said("600 connected, 400 failed\n");
	assert_refused(400);
	ck_assert_ptr_null(strstr(said, "left open"));
}

/* Until the process stands still; what comes then it finds all at once. */
static void stop(int pid)
{
	char stopped[64];

	snprintf(stopped, sizeof stopped, "grep -q '^State:.T' /proc/%d/status",
		 pid);
	net_do("kill -STOP %d", pid);
	net_await(stopped);
}

static const enum answer answers[] = {ACCEPTS, REFUSES};

/*
 * Both attempts of a dial are answered while the program stands still: its loop
 * finds them at once.
 */
TABLE_BY_TEST(two_answers_at_once_end_a_dial, loop, loops, loop_missing, answer,
	      answers)
{
	int accepts = *answer == ACCEPTS, pid;
	FILE *out;

	need_name_server();
	need_pair();
	wire_open();
	net_ip("neigh add 192.0.2.3 lladdr 02:00:00:00:00:02 dev near");
	out = begin_process(
		&pid, "%s 1 a-192-0-2-2.a-192-0-2-3.aaaa-nodata.test:443 2>&1",
		loop->program);
	/* In the state SYN_SENT, by Linux's number. */
	net_await("test $(grep -c ' 02 ' /proc/net/tcp) = 2");
	stop(pid);
	wire_answer(*answer);
	wire_answer(*answer);
	net_do("kill -CONT %d", pid);
	assert_gives(0, end(out));
	assert_said(accepts ? "1 connected, 0 failed\n"
			    : "0 connected, 1 failed\n");
	assert_refused(!accepts);
	ck_assert_ptr_null(strstr(said, "left open"));
}

/* The system's look-up is stuck for a second, or for longer than the dials. */
TABLE_TEST(dials_end_although_aaaa_is_never_answered, loop, loops, loop_missing)
{
	uint16_t port;

	need(HAVE_THREADS);
	need_dials(100);
	need_name_server(.options = "timeout:1 attempts:1");
	assert_gives(0, socket_listen(listener_at(AT_IPV4, &port), 100));
	assert_exits(0, "%s 100 aaaa-never.test:%d 2>&1", loop->program, port);
	ck_assert_str_eq(said, "100 connected, 0 failed\n");
}

TABLE_TEST(a_dial_says_that_it_does_not_know_a_host, loop, loops, loop_missing)
{
	need_name_server();
	assert_exits(0, "%s 1 nx.test:443 2>&1", loop->program);
	ck_assert_str_eq(said, "nx.test:443: unknown host\n"
			       "0 connected, 1 failed\n");
}

/*
 * As many at once as there are descriptors; each host has a queue of its own.
 * Fewer where all takes longer, as under a sanitizer or an emulator.
 */
TEST(ten_thousand_dials_are_connected)
{
	enum { HOSTS = 8, BACKLOG = 2048, HOST = 24 };
	char hosts[HOSTS * HOST] = "", expected[64];
	int slow = IS_SANITIZED || is_slow();
	uint16_t port;

	skip_if(loop_missing(&loops[1]));
	need_dials(100);
	need_name_server();
	for (int i = 0; i < HOSTS; i++) {
		assert_gives(
			0, socket_listen(listener_at(AT_IPV4, &port), BACKLOG));
		snprintf(hosts + strlen(hosts), HOST, "%d.test:%d ", i, port);
	}
	for (int left = slow ? 1000 : 10000, n; left > 0; left -= n) {
		n = most_dials() < left ? most_dials() : left;
		snprintf(expected, sizeof expected, "%d connected, 0 failed\n",
			 n);
		assert_exits(0, "%s %d %s 2>&1", loops[1].program, n, hosts);
		ck_assert_str_eq(said, expected);
	}
}

#include "check_examples.list"
