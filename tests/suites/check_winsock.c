/* SPDX-License-Identifier: ISC */
/*
 * check_winsock.c - what lib/sys/winsock/ makes of Winsock. Windows alone.
 *
 * sockets.c itself is taken in, to ask descriptor_of, and to give it another
 * closesocket.
 */
#include "config.h"

#include "fixture.h"
#include "suite.h"

#include <socket6.h>

/* Winsock's, or what it says of one that must linger, which wine never does. */
static int must_linger;

static int close_or_linger(SOCKET s)
{
	if (!must_linger)
		return closesocket(s);
	must_linger = 0;
	WSASetLastError(WSAEWOULDBLOCK);
	return SOCKET_ERROR;
}

#define closesocket close_or_linger

/* Last, for it goes back to Winsock's names. */
#include "sys/winsock/sockets.c"

enum { THREADS = 8 };

static DWORD WINAPI make_socket(void *arg)
{
	(void)arg;
	return (DWORD)socket6_ws_socket(AF_INET, SOCK_STREAM, 0);
}

CASE("winsock")

/* The first test, for only the first socket starts Winsock. */
TEST(the_first_sockets_start_winsock_in_every_thread)
{
	HANDLE threads[THREADS];
	DWORD s;

	assert_fails(EBADF, socket6_ws_listen(INT_MAX - 3, 1));
	for (int i = 0; i < THREADS; i++)
		threads[i] = CreateThread(NULL, 0, make_socket, NULL, 0, NULL);
	for (int i = 0; i < THREADS; i++) {
		WaitForSingleObject(threads[i], INFINITE);
		ck_assert(GetExitCodeThread(threads[i], &s));
		ck_assert_int_ge((int)s, 0);
	}
}

/* "Windows Sockets Error Codes": from, to, what a socket call can say. */
static const struct {
	int from, to;
} said[] = {
	{WSAEINTR, WSAEINTR},	  {WSAEBADF, WSAEBADF},
	{WSAEACCES, WSAEFAULT},	  {WSAEINVAL, WSAEINVAL},
	{WSAEMFILE, WSAEMFILE},	  {WSAEWOULDBLOCK, WSAEHOSTUNREACH},
	{WSAEPROCLIM, WSAEUSERS}, {WSASYSNOTREADY, WSANOTINITIALISED},
	{WSAEDISCON, WSAEDISCON},
};

LOOP_TEST(every_error_has_a_posix_name, LENGTH(said))
{
	for (int error = said[_i].from; error <= said[_i].to; error++) {
		int posix = ws_errno(error);

		ck_assert_int_ne(posix, EIO);
		ck_assert_int_lt(posix, WSABASEERR);
	}
}

TEST(some_names_are_posixs_alone)
{
	ck_assert_int_eq(ws_errno(0), 0);
	ck_assert_int_eq(ws_errno(WSAEWOULDBLOCK), EAGAIN);
	ck_assert_int_eq(ws_errno(WSAECONNREFUSED), ECONNREFUSED);
	ck_assert_int_eq(ws_errno(WSAESHUTDOWN), EPIPE);
	ck_assert_int_eq(ws_errno(WSAEAFNOSUPPORT), EAFNOSUPPORT);
	ck_assert_int_eq(ws_errno(12345), EIO);
}

TEST(a_socket_that_is_no_int_is_refused)
{
	errno = 0;
	ck_assert_int_eq(descriptor_of((SOCKET)INT_MAX + 1), -1);
	ck_assert_int_eq(errno, EMFILE);
}

static const int nothings[] = {MINUS_1, CLOSED};

LOOP_TEST(what_is_nothing_is_ebadf, LENGTH(nothings))
{
	struct bad bad = bad_descriptor(nothings[_i]);

	assert_fails(EBADF, socket6_ws_listen(bad.fd, 1));
	assert_fails(EBADF, socket6_ws_close(bad.fd));
}

TEST(one_byte_of_an_option_is_its_value)
{
	int s = socket_tcp6();
	int value = -1;
	socklen_t len = sizeof value;

	need_ipv6();
	assert_gives(0, socket6_ws_getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY,
					      &value, &len));
	ck_assert_int_eq(value, 0);
	ck_assert_int_eq(len, sizeof value);
	assert_gives(1, socket_v6only(s, 1));
	assert_gives(1, socket_v6only(s, -1));
}

/* Windows' own SO_REUSEADDR would take it away. */
TEST(nobody_takes_a_port_that_is_bound_for_reuse)
{
	int s = socket_tcp4(), thief = socket_tcp4();
	DWORD on = 1;

	assert_gives(0, socket_bind4_reuse(s, ip4("127.0.0.1"), 0));
	ck_assert_int_eq(option_of(s, SOL_SOCKET, sys_exclusive), 1);
	ck_assert_int_eq((setsockopt)((SOCKET)thief, SOL_SOCKET, 4, (char *)&on,
				      sizeof on),
			 0);
	ck_assert_int_eq(socket_bind4(thief, ip4("127.0.0.1"), port_of(s)), -1);
	ck_assert(errno == EACCES || errno == EADDRINUSE);
}

static const struct {
	int flags;
	DWORD inherited;
} children[] = {{0, HANDLE_FLAG_INHERIT}, {SOCKET_CLOEXEC, 0}};

LOOP_TEST(a_child_inherits_what_is_not_closed_on_exec, LENGTH(children))
{
	DWORD flags = 0;
	int s = socket_tcp4_flags(children[_i].flags);

	ck_assert(GetHandleInformation((HANDLE)(intptr_t)s, &flags));
	ck_assert_int_eq(flags & HANDLE_FLAG_INHERIT, children[_i].inherited);
}

static const struct {
	int (*create)(void);
	int family;
	socklen_t len;
} unnamed[] = {
	{socket_tcp4, AF_INET, sizeof(struct sockaddr_in)},
	{socket_tcp6, AF_INET6, sizeof(struct sockaddr_in6)},
};

/* Winsock refuses with WSAEINVAL what POSIX answers. */
LOOP_TEST(a_socket_without_a_name_has_the_unspecified_one, LENGTH(unnamed))
{
	struct sockaddr_storage name;
	socklen_t len = sizeof name;
	int s = unnamed[_i].create();

	if (unnamed[_i].family == AF_INET6)
		need_ipv6();
	memset(&name, 255, sizeof name);
	errno = EDOM;
	ck_assert_int_eq(
		socket6_ws_getsockname(s, (struct sockaddr *)&name, &len), 0);
	ck_assert_int_eq(errno, EDOM);
	ck_assert_int_eq(name.ss_family, unnamed[_i].family);
	ck_assert_int_eq(len, unnamed[_i].len);
}

TEST(a_lingering_socket_that_does_not_block_is_closed)
{
	int s = socket_tcp4();

	must_linger = 1;
	assert_gives(0, socket6_ws_close(s));
	assert_fails(EBADF, socket6_ws_close(s));
}

TEST(a_peer_that_went_away_in_the_queue_is_econnaborted)
{
	uint16_t port;
	int peer, listener = listener_at(AT_IPV4, &port);
	int s = tcp_at(AT_IPV4, 0);

	assert_gives(0, connect_at(s, AT_IPV4, port));
	reset(s);
	errno = 0;
	peer = socket_accept4(listener, NULL, NULL);
	ck_assert_msg(peer >= 0 || errno == ECONNABORTED, "%s",
		      strerror(errno));
}

TEST(poll_passes_over_a_negative_descriptor)
{
	struct pollfd fds[2] = {{-1, POLLIN, 7}, {socket_udp4(), POLLOUT, 7}};

	assert_gives(1, socket6_ws_poll(fds, 2, 0));
	ck_assert_int_eq(fds[0].revents, 0);
	ck_assert_int_eq(fds[1].revents, POLLOUT);
}

/* Nothing is there to be asked for its type. */
TEST(poll_keeps_errno_with_a_negative_descriptor)
{
	struct pollfd fds[2] = {{-1, POLLIN, 7}, {socket_udp4(), POLLIN, 7}};

	errno = EDOM;
	ck_assert_int_eq(socket6_ws_poll(fds, 2, 0), 0);
	ck_assert_int_eq(errno, EDOM);
}

/* As on Linux; select says nothing of these. */
TEST(poll_hangs_up_every_idle_socket)
{
	struct pollfd fds[2] = {{socket_tcp4(), POLLIN, 0},
				{socket_tcp4(), POLLIN, 0}};

	assert_gives(2, socket6_ws_poll(fds, 2, 0));
	ck_assert_int_eq(fds[0].revents, POLLOUT | POLLHUP);
	ck_assert_int_eq(fds[1].revents, POLLOUT | POLLHUP);
}

/* A dial may have as many attempts at once. */
TEST(poll_takes_a_thousand_sockets)
{
	enum { MANY = 1000 };
	static struct pollfd fds[MANY];

	for (int i = 0; i < MANY; i++)
		fds[i] = (struct pollfd){socket_udp4(), POLLIN, 0};
	fds[MANY - 1].events = POLLOUT;
	assert_gives(1, socket6_ws_poll(fds, MANY, 0));
	ck_assert_int_eq(fds[0].revents, 0);
	ck_assert_int_eq(fds[MANY - 1].revents, POLLOUT);
	for (int i = 0; i < MANY; i++)
		assert_gives(0, socket_close(fds[i].fd));
}

#include "check_winsock.list"
