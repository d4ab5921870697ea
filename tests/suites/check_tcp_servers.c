/* SPDX-License-Identifier: ISC */
/* check_tcp_servers.c - the examples that serve TCP. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "programs.h"
#include "suite.h"

#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- a server for many clients ---- */

CASE("echo")

#define need_echo_server()                                                     \
 do {                                                                          \
  if (!HAVE(HAVE_PACKED_EVENTS))                                               \
   skip("no PACKED_EVENTS");                                                   \
 } while (0)

#define ECHO "examples/echo_server "

/* Clients wait in a program that runs slowly. */
enum { LATE = 20000 };

static const struct place *const loopback[] = {AT_IPV6, AT_IPV4};

static int client_at(const struct place *place, uint16_t port)
{
	int s = tcp_at(place, 0);

	assert_gives(0, connect_at_timeout(s, place, port, LATE));
	ndelay_off(s);
	return s;
}

/* Takes len bytes, or as many as come before the end; how many. */
static size_t take(int s, char *buf, size_t len)
{
	size_t got = 0;

	while (got < len) {
		ssize_t n;

		ck_assert_msg(readable(s, LATE), "no answer");
		n = socket_read(s, buf + got, len - got);
		ck_assert_int_ge(n, 0);
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return got;
}

static void assert_echoes(int s, const char *text)
{
	char buf[32];
	size_t len = strlen(text);

	assert_gives((ssize_t)len, socket_write(s, text, len));
	ck_assert_uint_eq(take(s, buf, len), len);
	ck_assert_mem_eq(buf, text, len);
}

static void assert_ended(int s)
{
	char c;

	ck_assert(readable(s, LATE));
	assert_gives(0, socket_read(s, &c, 1));
}

LOOP_TEST(one_listener_serves_both_families, LENGTH(loopback))
{
	need_echo_server();
	need_place(loopback[_i]);
	serve(ECHO "'[::]:0'");
	assert_echoes(client_at(loopback[_i], server.port), "hello");
}

TEST(each_argument_is_a_listener)
{
	uint16_t second;

	need_echo_server();
	serve(ECHO "'127.0.0.1:0' 127.0.0.1:0");
	second = said_port();
	assert_echoes(client_at(AT_IPV4, server.port), "first");
	assert_echoes(client_at(AT_IPV4, second), "second");
}

/* As a service manager starts it, with descriptor 3. */
#define PASSED "sh -c 'LISTEN_PID=$$ LISTEN_FDS=1 exec " ECHO "' 3<&%d"

TEST(it_serves_on_a_socket_that_was_passed)
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);

	need_echo_server();
	skip_if(executor()[0] ? "the process is the emulator's" : NULL);
	serve(PASSED, l);
	ck_assert_uint_eq(server.port, port);
	assert_echoes(client_at(AT_IPV4, port), "passed");
}

TEST(it_serves_on_a_unix_socket_that_was_passed)
{
	int s;

	need_echo_server();
	skip_if(executor()[0] ? "the process is the emulator's" : NULL);
	serve(PASSED, unix_waiting(&s));
	assert_echoes(s, "passed");
}

TEST(a_datagram_socket_is_refused)
{
	need_echo_server();
	skip_if(executor()[0] ? "the process is the emulator's" : NULL);
	assert_exits(1, PASSED " 2>&1", bound_at(AT_IPV4));
	ck_assert_ptr_nonnull(strstr(said, "echo_server: "));
}

/* All that was sent comes back, and then the end. */
TEST(a_client_that_sends_no_more_gets_all_of_its_bytes)
{
	enum { BYTES = 300000 };
	static char sent[BYTES], got[BYTES];
	int s;

	need_echo_server();
	serve(ECHO "127.0.0.1:0");
	s = client_at(AT_IPV4, server.port);
	for (int i = 0; i < BYTES; i++)
		sent[i] = (char)(i * 31 >> 3);
	if (fork() == 0) {
		for (ssize_t n, at = 0; at < BYTES; at += n)
			n = socket_write(s, sent + at, (size_t)(BYTES - at));
		shutdown(s, SHUT_WR);
		_exit(0);
	}
	ck_assert_uint_eq(take(s, got, BYTES), BYTES);
	ck_assert_mem_eq(got, sent, BYTES);
	assert_ended(s);
}

/*
 * The server stops to read from it, and serves another meanwhile; what it took
 * is not lost.
 */
TEST(a_client_that_does_not_read_is_not_read_from)
{
	static char bytes[65536];
	size_t sent = 0;
	int s, other;

	need_echo_server();
	serve(ECHO "127.0.0.1:0");
	s = client_at(AT_IPV4, server.port);
	other = client_at(AT_IPV4, server.port);
	ndelay_on(s);
	while (writable(s, 1000)) {
		ssize_t n = socket_write(s, bytes, sizeof bytes);

		sent += n > 0 ? (size_t)n : 0;
		ck_assert_uint_lt(sent, 1 << 30);
	}
	assert_echoes(other, "hello");
	while (sent > 0) {
		size_t n = take(s, bytes,
				sent < sizeof bytes ? sent : sizeof bytes);

		ck_assert_uint_gt(n, 0);
		sent -= n;
	}
}

static void await_refusal(void)
{
	for (int error = 0; error != ECONNREFUSED;) {
		int s = tcp_at(AT_IPV4, 0);

		error = connect_at(s, AT_IPV4, server.port) == 0 ? 0 : errno;
		socket_close(s);
	}
}

TEST(sigterm_ends_it_with_its_last_client)
{
	char c;
	int s;

	need_echo_server();
	serve(ECHO "127.0.0.1:0");
	s = client_at(AT_IPV4, server.port);
	assert_echoes(s, "before");
	kill(server.pid, SIGTERM);
	await_refusal();
	assert_echoes(s, "after");
	assert_gives(0, shutdown(s, SHUT_WR));
	assert_gives(0, socket_read(s, &c, 1));
	ck_assert_int_eq(end(server.out), 0);
}

/* How long the server has worked, in ticks of a hundredth of a second: proc(5). */
static int ticks(void)
{
	char path[32];
	int user = -1, system = -1;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/stat", server.pid);
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(fscanf(f,
				"%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u "
				"%*u %*u %d %d",
				&user, &system),
			 2);
	fclose(f);
	return user + system;
}

/* Sends back what comes back, of which there is always some on its way. */
static void talk_on(int s)
{
	static char buf[1024];
	ssize_t n = sizeof buf;

	while (n > 0 && socket_write(s, buf, (size_t)n) == n)
		n = socket_read(s, buf, sizeof buf / 8);
	_exit(0);
}

/* Its clients leave it no moment in which it would wait. */
TEST(a_busy_server_ends_too)
{
	enum { BUSY = 16 };

	need_echo_server();
	serve(ECHO "127.0.0.1:0");
	for (int i = 0; i < BUSY; i++) {
		int s = client_at(AT_IPV4, server.port);

		if (fork() == 0)
			talk_on(s);
	}
	kill(server.pid, SIGTERM);
	await_refusal();
	kill(server.pid, SIGTERM);
	for (int i = 0; i < BUSY; i++)
		wait(NULL);
	end(server.out);
}

/* As systemd does, which keeps the listener and may start the next server. */
TEST(a_listener_that_somebody_keeps_does_not_wake_it)
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port), s, late, before;
	char c;

	need_echo_server();
	skip_if(executor()[0] ? "the process is the emulator's" : NULL);
	serve(PASSED, l);
	s = client_at(AT_IPV4, port);
	assert_echoes(s, "before");
	kill(server.pid, SIGTERM);
	assert_echoes(s, "after");
	late = client_at(AT_IPV4, port);
	before = ticks();
	ck_assert(!readable(s, 500));
	ck_assert_int_le(ticks() - before, 5);
	assert_gives(0, shutdown(s, SHUT_WR));
	assert_gives(0, socket_read(s, &c, 1));
	ck_assert_int_eq(end(server.out), 0);
	assert_talk(late, socket_accept6(l, NULL, NULL, NULL));
}

TEST(a_second_sigterm_ends_it_at_once)
{
	int s;

	need_echo_server();
	serve(ECHO "127.0.0.1:0");
	s = client_at(AT_IPV4, server.port);
	assert_echoes(s, "before");
	kill(server.pid, SIGTERM);
	while (kill(server.pid, SIGTERM) == 0 && !readable(s, 10))
		continue;
	assert_ended(s);
	end(server.out);
}

/* Those beyond the limit are closed, not left to wait; and room is found anew. */
TEST(without_descriptors_it_closes_whom_it_cannot_serve)
{
	enum { LIMIT = 200, CLIENTS = 300 };
	int s[CLIENTS], served = 0;

	need_echo_server();
	skip_if(executor()[0] ? "the process is the emulator's" : NULL);
	server.out = begin_process(
		&server.pid, "sh -c 'ulimit -n %d && exec " ECHO "127.0.0.1:0'",
		LIMIT);
	server.port = said_port();
	for (int i = 0; i < CLIENTS; i++)
		s[i] = client_at(AT_IPV4, server.port);
	for (int i = 0; i < CLIENTS; i++) {
		char c = 'x';

		socket_write(s[i], &c, 1);
		ck_assert_msg(readable(s[i], LATE), "client %d waits", i);
		served += socket_read(s[i], &c, 1) == 1;
	}
	ck_assert_int_ge(served, LIMIT - 16);
	ck_assert_int_lt(served, LIMIT);
	for (int i = 0; i < CLIENTS; i++)
		socket_close(s[i]);
	assert_echoes(client_at(AT_IPV4, server.port), "again");
}

/* As many as this process and the server may have descriptors for. */
static int most_clients(int wanted)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_cur >= (rlim_t)wanted + 64)
		return wanted;
	printf("# room for %d clients\n", (int)limit.rlim_cur - 64);
	return (int)limit.rlim_cur - 64;
}

/* What the ith client says. */
static const char *name_of(int i)
{
	static char text[32];

	snprintf(text, sizeof text, "client %06d", i);
	return text;
}

TEST(ten_thousand_clients_are_served_at_once)
{
	int n = most_clients(is_slow() ? 500 : 10000);
	int *s = malloc((size_t)n * sizeof *s);

	need_echo_server();
	need_place(AT_IPV6);
	serve(ECHO "'[::]:0'");
	for (int i = 0; i < n; i++)
		s[i] = client_at(loopback[i % 2], server.port);
	for (int i = 0; i < n; i++)
		assert_gives(13, socket_write(s[i], name_of(i), 13));
	for (int i = 0; i < n; i++) {
		char got[13];

		ck_assert_uint_eq(take(s[i], got, 13), 13);
		ck_assert_mem_eq(got, name_of(i), 13);
	}
	for (int i = 0; i < n; i++)
		assert_echoes(s[i], "again");
	free(s);
}

/* ---- an access list ---- */

CASE("access list")

static const struct visit {
	const char *rules;
	const struct place *from;
	const char *told; /* null: refused */
} visits[] = {
	{"::1/128", AT_IPV6, "::1\n"},
	{"::1/128", AT_IPV4, NULL},
	{"127.0.0.0/8", AT_IPV4, "::ffff:127.0.0.1\n"},
	{"127.0.0.0/8", AT_IPV6, NULL},
	{"127.0.0.0/31", AT_IPV4, "::ffff:127.0.0.1\n"},
	{"127.0.0.0/32", AT_IPV4, NULL},
	{"0.0.0.0/0", AT_IPV4, "::ffff:127.0.0.1\n"},
	{"0.0.0.0/0", AT_IPV6, NULL},
	{"::/0", AT_IPV6, "::1\n"},
	{"::/0", AT_IPV4, "::ffff:127.0.0.1\n"},
	{"::ffff:0.0.0.0/96", AT_IPV4, "::ffff:127.0.0.1\n"},
	{"::/0 '!127.0.0.0/8'", AT_IPV4, NULL},
	{"'!127.0.0.0/8' ::/0", AT_IPV4, "::ffff:127.0.0.1\n"},
	{"127.0.0.0/8 '!::/0' 127.0.0.1/32", AT_IPV4, "::ffff:127.0.0.1\n"},
	{"fe80::/10", AT_IPV6, NULL},
};

/* What it says until it closes the connection. */
static const char *told(int s)
{
	static char text[64];

	text[take(s, text, sizeof text - 1)] = '\0';
	return text;
}

/* Without IPv6 its loopback is IPv4's. */
static const char *visit_missing(const struct visit *x)
{
	if (x->from == AT_IPV6 && !have_af_inet6())
		return "no IPv6";
	return place_missing(x->from);
}

TABLE_TEST(the_last_prefix_that_an_address_has_decides, x, visits,
	   visit_missing)
{
	serve("examples/access_list '[::]:0' %s 2>/dev/null", x->rules);
	ck_assert_str_eq(told(client_at(x->from, server.port)),
			 x->told ? x->told : "");
}

static const struct bad_words {
	const char *words;
	int status;
} bad_rules[] = {
	{"", 2},
	{"[::]:0", 2},
	{"[::]:0 10.0.0.1/8", 2},
	{"[::]:0 10.0.0.0", 2},
	{"[::]:0 '!'", 2},
	{"[::]:0 ::/129", 2},
	{"[::]:0 ::/0junk", 2},
	{"[::]:65536 ::/0", 1},
	{"[::]:7x ::/0", 1},
	{"7 ::/0", 1},
};

LOOP_TEST(what_is_no_list_is_refused, LENGTH(bad_rules))
{
	assert_exits(bad_rules[_i].status, "examples/access_list %s 2>&1",
		     bad_rules[_i].words);
}

static const char *const bad_balancers[] = {
	"", "[::]:0", "[::]:0 ::/0junk", "[::]:0 ::1", "[::]:0 ::/0 ::/0",
};

LOOP_TEST(what_is_no_balancer_is_refused, LENGTH(bad_balancers))
{
	assert_exits(2, "examples/proxy_server %s 2>&1", bad_balancers[_i]);
}

/* ---- behind a balancer ---- */

CASE("balancer")

/* A header of either version, and what the server says of it. */
static const struct header {
	const char *bytes;
	size_t len;
	const char *told;
} headers[] = {
#define HEADER(bytes, told)                                                    \
 {                                                                             \
  bytes, sizeof(bytes) - 1, told                                               \
 }
	HEADER("PROXY TCP4 192.0.2.1 192.0.2.9 56324 80\r\n",
	       "192.0.2.1:56324\n"),
	HEADER("PROXY TCP6 2001:db8::1 2001:db8::9 1 80\r\n",
	       "[2001:db8::1]:1\n"),
	HEADER("PROXY UNKNOWN\r\n", "a check\n"),
	HEADER("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", "a check\n"),
	HEADER("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c"
	       "\300\0\2\1\300\0\2\11\1\0\0\120",
	       "192.0.2.1:256\n"),
	HEADER("GET / HTTP/1.0\r\n\r\n", ""),
	HEADER("\r\n\r\n\0\r\nQUIT\n\x31\x11\0\x0c", ""),
};

TABLE_TEST(a_header_says_who_the_client_is, x, headers, nothing_missing)
{
	int s;

	serve("examples/proxy_server '[::]:0' 127.0.0.0/8");
	s = client_at(AT_IPV4, server.port);
	assert_gives((ssize_t)x->len, socket_write(s, x->bytes, x->len));
	ck_assert_str_eq(told(s), x->told);
}

TABLE_TEST(it_may_come_byte_by_byte, x, headers, nothing_missing)
{
	int s;

	serve("examples/proxy_server '[::]:0' 127.0.0.0/8");
	s = client_at(AT_IPV4, server.port);
	socket_nodelay(s, 1);
	for (size_t i = 0; i < x->len; i++)
		if (socket_write(s, x->bytes + i, 1) == -1)
			ck_assert_str_eq(x->told, "");
	if (*x->told)
		ck_assert_str_eq(told(s), x->told);
}

TEST(nobody_else_may_say_so)
{
	int s;

	serve("examples/proxy_server '[::]:0' 192.0.2.0/24");
	s = client_at(AT_IPV4, server.port);
	ck_assert_str_eq(told(s), "");
}

/* Another is served meanwhile. */
TEST(a_header_that_does_not_come_is_not_waited_for)
{
	int late, s;

	serve("examples/proxy_server '[::]:0' 127.0.0.0/8");
	late = client_at(AT_IPV4, server.port);
	assert_gives(9, socket_write(late, "PROXY TCP", 9));
	s = client_at(AT_IPV4, server.port);
	assert_gives((ssize_t)headers[0].len,
		     socket_write(s, headers[0].bytes, headers[0].len));
	ck_assert_str_eq(told(s), headers[0].told);
	ck_assert_str_eq(told(late), "");
}

#include "check_tcp_servers.list"
