/* SPDX-License-Identifier: ISC */
/* check_inherited.c - sockets from elsewhere, and what they are. */
#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

CASE("inherited")

enum { FIRST = 3, MOST = 8 };

/* What a process is started with, and what it learns of that. */
struct started {
	const char *pid, *fds; /* variables; "own": its own number */
	int open;	       /* so many listeners, from FIRST on */
	int not_open, no_socket;
	size_t max;
	int gives, error;
};

static struct seen {
	int gives, error;
	int fds[MOST];
	int is_closeonexec[MOST];
	int gives_again;
} * seen;

static void set(const char *name, const char *value)
{
	char own[16];

	snprintf(own, sizeof own, "%d", (int)getpid());
	if (value)
		setenv(name, strcmp(value, "own") == 0 ? own : value, 1);
	else
		unsetenv(name);
}

/* Its descriptors, all above those of a socket that is nobody's. */
static void put_descriptors(const struct started *x)
{
	int s = fcntl(socket_tcp4(), F_DUPFD, FIRST + MOST);
	int file = fcntl(any_descriptor("file"), F_DUPFD, FIRST + MOST);

	for (int fd = FIRST; fd < FIRST + MOST; fd++)
		close(fd);
	for (int fd = FIRST; fd < FIRST + x->open; fd++)
		if (fd != x->not_open)
			dup2(fd == x->no_socket ? file : s, fd);
}

static void look(const struct started *x)
{
	memset(seen->fds, -1, sizeof seen->fds);
	errno = 0;
	seen->gives = socket_inherited(seen->fds, x->max);
	seen->error = errno;
	for (int i = 0; i < MOST; i++)
		seen->is_closeonexec[i] = fcntl(FIRST + i, F_GETFD) > 0;
	seen->gives_again = socket_inherited(NULL, 0);
}

/* In a process of its own: the test's own descriptors are these, too. */
static void start(const struct started *x)
{
	pid_t child;

	seen = shared_memory(sizeof *seen);
	child = fork();
	if (child == 0) {
		set("LISTEN_PID", x->pid);
		set("LISTEN_FDS", x->fds);
		put_descriptors(x);
		look(x);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
}

static const struct started starts[] = {
	{"own", "1", 1, 0, 0, MOST, 1, 0},
	{"own", "3", 3, 0, 0, MOST, 3, 0},
	{"own", "3", 3, 0, 0, 2, 3, 0},
	{"own", "3", 3, 0, 0, 0, 3, 0},
	{"own", "0", 3, 0, 0, MOST, 0, 0},
	/* Nothing, or another's. */
	{NULL, NULL, 3, 0, 0, MOST, 0, 0},
	{"own", NULL, 3, 0, 0, MOST, 0, 0},
	{NULL, "3", 3, 0, 0, MOST, 0, 0},
	{"1", "3", 3, 0, 0, MOST, 0, 0},
	{"1", "three", 3, 0, 0, MOST, 0, 0},
	/* What a service manager never says. */
	{"", "1", 1, 0, 0, MOST, -1, EINVAL},
	{"me", "1", 1, 0, 0, MOST, -1, EINVAL},
	{"-1", "1", 1, 0, 0, MOST, -1, EINVAL},
	{"own", "", 1, 0, 0, MOST, -1, EINVAL},
	{"own", "-1", 1, 0, 0, MOST, -1, EINVAL},
	{"own", "1 ", 1, 0, 0, MOST, -1, EINVAL},
	{"own", "0x1", 1, 0, 0, MOST, -1, EINVAL},
	{"own", "2147483647", 1, 0, 0, MOST, -1, EINVAL},
	{"own", "4294967297", 1, 0, 0, MOST, -1, EINVAL},
	{"own", "18446744073709551617", 1, 0, 0, MOST, -1, EINVAL},
	{"own", "3", 3, 4, 0, MOST, -1, EBADF},
	{"own", "3", 3, 5, 0, 1, -1, EBADF},
	{"own", "2147483644", 1, 0, 0, MOST, -1, EBADF},
	{"own", "3", 3, 0, 4, MOST, -1, ENOTSOCK},
	{"own", "3", 3, 0, 5, 1, -1, ENOTSOCK},
};

#define posix_missing(x) (HAVE(HAVE_POSIX) ? NULL : "no POSIX")

TABLE_TEST(what_the_environment_says_is_found, x, starts, posix_missing)
{
	start(x);
	ck_assert_int_eq(seen->gives, x->gives);
	ck_assert_int_eq(seen->error, x->error);
}

TABLE_TEST(the_first_are_written_and_nothing_behind, x, starts, posix_missing)
{
	int written = x->gives < (int)x->max ? x->gives : (int)x->max;

	start(x);
	for (int i = 0; i < MOST; i++)
		ck_assert_int_eq(seen->fds[i], i < written ? FIRST + i : -1);
}

/* Also those for which there was no room. */
TABLE_TEST(all_of_them_are_closed_on_exec, x, starts, posix_missing)
{
	start(x);
	for (int i = 0; i < x->gives; i++)
		ck_assert(seen->is_closeonexec[i]);
}

TABLE_TEST(a_second_call_gives_the_same, x, starts, posix_missing)
{
	start(x);
	ck_assert_int_eq(seen->gives_again, x->gives);
}

TEST(a_socket_that_cannot_be_marked_is_told)
{
	pid_t child;

	need(HAVE_FCNTL);
	seen = shared_memory(sizeof *seen);
	child = fork();
	if (child == 0) {
		const struct started x = {"own", "1", 1, 0, 0, 1, -1, EPERM};

		set("LISTEN_PID", x.pid);
		set("LISTEN_FDS", x.fds);
		put_descriptors(&x);
		fail_call(CALL_FCNTL, 1, EPERM);
		look(&x);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	ck_assert_int_eq(seen->gives, -1);
	ck_assert_int_eq(seen->error, EPERM);
}

/* ---- what a socket is ---- */

CASE("family")

PLACE_TEST(a_socket_tells_its_family)
{
	int family = place->family == 6 && have_af_inet6() ? 6 : 4;

	ck_assert_int_eq(socket_family(tcp_at(place, 0)), family);
	ck_assert_int_eq(socket_family(bound_at(place)), family);
}

TEST(a_connection_of_ipv4_on_an_ipv6_socket_is_6)
{
	int peer;

	need_ipv6();
	need_dual_stack();
	connected_at(AT_MAPPED, &peer);
	ck_assert_int_eq(socket_family(peer), 6);
}

TEST(another_family_is_0)
{
	need(HAVE_UNIX_SOCKETS);
	ck_assert_int_eq(socket_family(unix_stream()), 0);
	ck_assert_int_eq(socket_family(unix_datagram()), 0);
}

TEST(the_family_is_one_system_call)
{
	int s = socket_tcp4();

	count_calls();
	ck_assert_int_eq(socket_family(s), 4);
	ck_assert_int_eq(all_calls(), 1);
}

LOOP_TEST(bad_descriptors_have_no_family, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_family(bad.fd));
}

CASE("type")

PLACE_TEST(a_socket_tells_its_type)
{
	ck_assert_int_eq(socket_type(tcp_at(place, 0)), SOCKET_STREAM);
	ck_assert_int_eq(socket_type(udp_at(place, 0)), SOCKET_DATAGRAM);
}

TEST(a_unix_socket_has_a_type_too)
{
	need(HAVE_UNIX_SOCKETS);
	ck_assert_int_eq(socket_type(unix_stream()), SOCKET_STREAM);
	ck_assert_int_eq(socket_type(unix_datagram()), SOCKET_DATAGRAM);
}

static int type;

static int tells(int s, int level, int option, void *value, socklen_t *len)
{
	(void)s, (void)level, (void)option;
	memcpy(value, &type, sizeof type);
	*len = sizeof type;
	return 0;
}

static const struct told {
	int system, given;
} types[] = {
	{SOCK_STREAM, SOCKET_STREAM},
	{SOCK_DGRAM, SOCKET_DATAGRAM},
	{SOCK_SEQPACKET, SOCKET_SEQPACKET},
	{SOCK_RAW, 0},
	{77, 0},
};

TABLE_TEST(each_type_has_a_number_that_is_the_same_everywhere, x, types,
	   nothing_missing)
{
	type = x->system;
	stand_in.getsockopt = tells;
	ck_assert_int_eq(socket_type(socket_tcp4()), x->given);
}

LOOP_TEST(bad_descriptors_have_no_type, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_type(bad.fd));
}

#include "check_inherited.list"
