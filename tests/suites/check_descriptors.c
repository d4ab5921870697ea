/* SPDX-License-Identifier: ISC */
/*
 * check_descriptors.c - each system call fails once, in every function that
 * holds a descriptor of which nobody else knows yet. On every system, for they
 * are made in several ways; check_faults has all functions, on one.
 */
#include "fixture.h"
#include "net.h"
#include "stand_in.h"
#include "suite.h"

#include <libowfat/socket.h>
#include <socket6.h>
#include <unistd.h>

/* An errno for which there is no fallback: it must come out as it is. */
enum { FAULT = ENOBUFS };

static int listener;

static int accept_4(int flags)
{
	return socket_accept4_flags(listener, NULL, NULL, flags);
}

static int accept_6(int flags)
{
	return socket_accept6_flags(listener, NULL, NULL, NULL, flags);
}

/* The functions that give a new descriptor. */
static int (*const functions[])(int flags) = {
	socket_tcp4_flags, socket_tcp6_flags, socket_udp4_flags,
	socket_udp6_flags, accept_4,	      accept_6,
};

enum {
	ALL_FLAGS = SOCKET_NONBLOCK | SOCKET_CLOEXEC | SOCKET_V6ONLY |
		    SOCKET_MPTCP
};

/* Lets the next call be as the first: noipv6 unset, a connection to accept. */
static void prepare(void)
{
	static uint16_t port;
	static int client = -1;

	if (port == 0 || !is_open(listener))
		listener = listener_at(AT_IPV4, &port);
	if (!readable(listener, 0)) {
		close(client);
		client = tcp_at(AT_IPV4, 0);
		assert_gives(0, connect_at(client, AT_IPV4, port));
	}
	noipv6 = 0;
	count_calls();
}

static void assert_fault(int (*function)(int), int flags, enum call call,
			 int nth)
{
	int before;

	prepare();
	before = open_descriptors();
	fail_call(call, nth, FAULT);
	assert_fails(FAULT, function(flags));
	fail_call(call, 0, 0);
	ck_assert_int_eq(open_descriptors(), before);
}

/* Every call that it makes, one at a time; 0 if it takes no such flags. */
static int assert_faults(int (*function)(int), int flags)
{
	int made[CALLS];
	int s;

	prepare();
	s = function(flags);
	for (enum call i = 0; i < CALLS; i++)
		made[i] = calls(i);
	if (s == -1)
		return 0;
	close(s);
	for (enum call i = 0; i < CALLS; i++)
		for (int nth = 1; nth <= made[i]; nth++)
			assert_fault(function, flags, i, nth);
	return 1;
}

CASE("descriptors")

LOOP_TEST(a_call_that_fails_is_told_and_leaves_nothing_open, LENGTH(functions))
{
	int tried = 0;

	for (int flags = 0; flags <= ALL_FLAGS; flags++)
		tried += assert_faults(functions[_i], flags);
	/* Blocking or not, inherited or not, at least. */
	ck_assert_int_ge(tried, 4);
}

TEST(a_close_that_fails_hides_no_reason)
{
	need_ipv6();
	count_calls();
	fail_call(CALL_SETSOCKOPT, 1, FAULT);
	fail_call(CALL_CLOSE, 1, EIO);
	assert_fails(FAULT, socket_tcp6());
	ck_assert_int_eq(calls(CALL_CLOSE), 1);
}

#include "check_descriptors.list"
