/* SPDX-License-Identifier: ISC */
/* check_examples.c - the programs that README and bootstrap show. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "suite.h"
#include "wire.h"

#include <socket6.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* What a command said, and its exit status. */
static char said[8192];

/* Runs a command, of which the first word is a program of ours. */
static FILE *begin(const char *before, const char *format, va_list args)
{
	char command[512];
	size_t n = (size_t)snprintf(command, sizeof command, "%s%s ", before,
				    executor());
	FILE *out;

	if (on_windows())
		leave_test("the examples wait by poll(2)");
	vsnprintf(command + n, sizeof command - n, format, args);
	out = popen(command, "r");
	ck_assert_ptr_nonnull(out);
	return out;
}

static int end(FILE *out)
{
	int status;

	said[fread(said, 1, sizeof said - 1, out)] = '\0';
	status = pclose(out);
	return WEXITSTATUS(status);
}

static int said_by(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

static int said_by(const char *format, ...)
{
	va_list args;
	FILE *out;

	va_start(args, format);
	out = begin("", format, args);
	va_end(args);
	return end(out);
}

/* The shell says which process it becomes. */
static FILE *begin_process(int *pid, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static FILE *begin_process(int *pid, const char *format, ...)
{
	char line[16];
	va_list args;
	FILE *out;

	va_start(args, format);
	out = begin("echo $$; exec ", format, args);
	va_end(args);
	/* By the line: dietlibc's scanf waits for a byte behind it. */
	ck_assert_ptr_nonnull(fgets(line, sizeof line, out));
	*pid = atoi(line);
	return out;
}

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

	assert_gives(0, said_by("examples/client '%s' 2>&1", address));
	assert_gives(6, socket_read(socket_accept6(l, NULL, NULL, NULL), buf,
				    sizeof buf));
	ck_assert_str_eq(buf, "hello\n");
}

TEST(the_client_tells_why_it_is_not_connected)
{
	char address[IP6IFPORT_FMT + 1];

	skip_if(lost("SO_ERROR"));
	socket_close(listener(address));
	assert_gives(1, said_by("examples/client '%s' 2>&1", address));
	assert_said("refused");
}

static const char *const bad_client_arguments[] = {
	"", "''", "::1", "[::1]:80x", "[::1]:80 [::1]:80",
};

LOOP_TEST(the_client_asks_for_an_address_with_a_port,
	  LENGTH(bad_client_arguments))
{
	assert_gives(2, said_by("examples/client %s 2>&1",
				bad_client_arguments[_i]));
	assert_said("usage: client ADDRESS:PORT");
}

/*
 * A thousand dials at once, to each of five hosts in turn: one that accepts,
 * one that refuses, one with each, and two of which the first family is dead,
 * that accept and refuse. Each has an end, and none leaves a socket open.
 */
static void assert_dials(const char *loop)
{
	uint16_t open, refusing = refusing_port_at(AT_IPV4);
	const char *dead = WIRE_IPV6->ip;

	wire_open();
	assert_gives(0, socket_listen(listener_at(AT_IPV4, &open), 2048));
	assert_gives(0,
		     said_by("examples/dial_%s 1000 127.0.0.1:%d 127.0.0.1:%d "
			     "127.0.0.1:%d,127.0.0.1:%d "
			     "[%s]:443,127.0.0.1:%d [%s]:443,127.0.0.1:%d "
			     "2>&1",
			     loop, open, refusing, refusing, open, dead, open,
			     dead, refusing));
	ck_assert_str_eq(said, "600 connected, 400 failed\n");
}

#define need_dead_family()                                                     \
 do {                                                                          \
  need_pair();                                                                 \
  need_place(WIRE_IPV6);                                                       \
 } while (0)

CASE("dials")

TEST(a_thousand_dials_end_by_poll)
{
	need_dead_family();
	assert_dials("poll");
}

TEST(a_thousand_dials_end_by_epoll)
{
	need(HAVE_PACKED_EVENTS);
	need_dead_family();
	assert_dials("epoll");
}

TEST(a_thousand_dials_end_by_libuv)
{
	need(HAVE_LIBUV);
	need_dead_family();
	assert_dials("uv");
}

TEST(a_thousand_dials_end_by_libevent)
{
	need(HAVE_LIBEVENT);
	need_dead_family();
	assert_dials("event");
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

/*
 * Both attempts of a dial are answered while the program stands still: its loop
 * has two events at once, of which the first ends the dial.
 */
static void assert_batch(const char *loop, enum answer answer)
{
	FILE *out;
	int pid, status;

	wire_open();
	out = begin_process(&pid,
			    "examples/dial_%s 1 "
			    "192.0.2.2:443,192.0.2.2:444 2>&1",
			    loop);
	/* In the state SYN_SENT, by Linux's number. */
	net_await("test $(grep -c ' 02 ' /proc/net/tcp) = 2");
	stop(pid);
	wire_answer(answer);
	wire_answer(answer);
	net_do("kill -CONT %d", pid);
	status = end(out);
	ck_assert_str_eq(said, answer == ACCEPTS ? "1 connected, 0 failed\n"
						 : "0 connected, 1 failed\n");
	ck_assert_int_eq(status, 0);
}

static const enum answer answers[] = {ACCEPTS, REFUSES};

LOOP_TEST(two_answers_at_once_end_a_dial_by_poll, LENGTH(answers))
{
	need_pair();
	assert_batch("poll", answers[_i]);
}

LOOP_TEST(two_answers_at_once_end_a_dial_by_epoll, LENGTH(answers))
{
	need(HAVE_PACKED_EVENTS);
	need_pair();
	assert_batch("epoll", answers[_i]);
}

LOOP_TEST(two_answers_at_once_end_a_dial_by_libuv, LENGTH(answers))
{
	need(HAVE_LIBUV);
	need_pair();
	assert_batch("uv", answers[_i]);
}

LOOP_TEST(two_answers_at_once_end_a_dial_by_libevent, LENGTH(answers))
{
	need(HAVE_LIBEVENT);
	need_pair();
	assert_batch("event", answers[_i]);
}

#include "check_examples.list"
