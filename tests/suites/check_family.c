/* SPDX-License-Identifier: ISC */
/*
 * check_family.c - a 6 function reaches the address that it was given, and no
 * other, whatever became of the socket before.
 *
 * Linux says EAFNOSUPPORT of ::1 not only on an IPv4 socket, where ::1 means
 * 127.0.0.1, but also on an IPv6 one whose local address is v4-mapped.
 */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "stand_in.h"
#include "suite.h"
#include "text.h"

#include <socket6.h>

/* What gives a dual-stack socket a v4-mapped local address. */
static void bind_mapped(int s)
{
	assert_gives(0, bind_at(s, AT_MAPPED, 0));
}

static void connect_mapped(int s)
{
	int peer = udp_at(AT_MAPPED, 0);

	bind_mapped(peer);
	assert_gives(0, connect_at(s, AT_MAPPED, port_of(peer)));
}

static void (*const histories[])(int s) = {bind_mapped, connect_mapped};

/* A dual-stack UDP socket with such a history, and who must hear nothing. */
struct pair {
	int s, bystander;
	uint16_t port; /* the bystander's, at 127.0.0.1 */
};

static struct pair pair_after(void (*history)(int s))
{
	struct pair pair = {udp_at(AT_MAPPED, SOCKET_NONBLOCK),
			    udp_at(AT_MAPPED, SOCKET_NONBLOCK), 0};

	bind_mapped(pair.bystander);
	pair.port = port_of(pair.bystander);
	history(pair.s);
	return pair;
}

static void assert_hears_nothing(const struct pair *pair)
{
	assert_fails(EAGAIN, socket_read(pair->bystander, (char[8]){0}, 8));
}

#define need_mapped()                                                          \
 do {                                                                          \
  need_ipv6();                                                                 \
  need_dual_stack();                                                           \
 } while (0)

CASE("family")

LOOP_TEST(a_datagram_to_loopback_is_not_sent_to_ipv4s, LENGTH(histories))
{
	struct pair pair;

	need_mapped();
	pair = pair_after(histories[_i]);
	ck_assert_int_eq(
		socket_send6(pair.s, "bytes", 5, V6loopback, pair.port, 0), -1);
	ck_assert_int_eq(socket_send6_flag(pair.s, "bytes", 5, V6loopback,
					   pair.port, 0, 0),
			 -1);
	assert_hears_nothing(&pair);
}

LOOP_TEST(a_datagram_socket_does_not_connect_to_ipv4s_loopback,
	  LENGTH(histories))
{
	struct pair pair;

	need_mapped();
	pair = pair_after(histories[_i]);
	ck_assert_int_eq(socket_connect6(pair.s, V6loopback, pair.port, 0), -1);
	socket_write(pair.s, "bytes", 5);
	assert_hears_nothing(&pair);
}

/* The call is made once, and its errno stands. */
TEST(an_ipv6_sockets_own_error_stands)
{
	static const int errors[] = {EAFNOSUPPORT, EINVAL, ENOPROTOOPT};
	int s = socket_tcp6();

	need_mapped();
	for (size_t i = 0; i < LENGTH(errors); i++) {
		count_calls();
		fail_call(CALL_CONNECT, 1, errors[i]);
		assert_fails(errors[i], socket_connect6(s, V6loopback, 1, 0));
		ck_assert_int_eq(calls(CALL_CONNECT), 1);
		fail_call(CALL_BIND, 1, errors[i]);
		assert_fails(errors[i], socket_bind6(s, V6loopback, 0, 0));
		ck_assert_int_eq(calls(CALL_BIND), 1);
		fail_call(CALL_SENDTO, 1, errors[i]);
		assert_fails(errors[i],
			     socket_send6(s, "bytes", 5, V6loopback, 1, 0));
		ck_assert_int_eq(calls(CALL_SENDTO), 1);
	}
}

/* ---- random histories ---- */

/* Addresses of this host, and what each means to an IPv4 socket. */
static const struct {
	const char *ip, *inet;
} here[] = {
	{"::1", "::ffff:127.0.0.1"},
	{"2001:db8::7", NULL},
	{"::ffff:127.0.0.1", "::ffff:127.0.0.1"},
	{"::ffff:127.0.0.2", "::ffff:127.0.0.2"},
};

enum { HERE = LENGTH(here), ROUNDS = 2000 };

/* A socket at each of these addresses, all at one port. */
struct targets {
	int s[HERE];
	uint16_t port;
};

static struct targets targets_of(int (*create)(void))
{
	struct targets t = {.port = 0};

	net_address("lo", here[1].ip, 128);
	for (int i = 0; i < HERE; i++) {
		t.s[i] = create();
		assert_gives(0,
			     socket_bind6(t.s[i], ip6(here[i].ip), t.port, 0));
		t.port = port_of(t.s[i]);
	}
	return t;
}

/* What a socket may have gone through; what fails of it has no effect. */
static void live(int s, uint16_t port)
{
	for (unsigned int steps = any(4); steps > 0; steps--) {
		const char *ip = ip6(here[any(HERE)].ip);

		switch (any(3)) {
		case 0:
			socket_bind6(s, ip, 0, 0);
			break;
		case 1:
			socket_connect6(s, ip, port, 0);
			break;
		default:
			socket_v6only(s, (int)any(2));
		}
	}
}

/* The address that a socket is to reach when it is given that of here[i]. */
static const char *meant(int is_inet, int i)
{
	const char *ip = is_inet ? here[i].inet : here[i].ip;

	ck_assert_msg(ip != NULL, "an IPv4 socket took %s", here[i].ip);
	return ip;
}

static void assert_peer(int s, const char *ip, uint16_t port)
{
	char got[16];
	uint16_t got_port;

	assert_gives(0, socket_remote6(s, got, &got_port, NULL));
	assert_ip6(ip, got);
	ck_assert_uint_eq(got_port, port);
}

/* The datagrams that have arrived at each target, counted and taken. */
static void assert_heard(const struct targets *t, const char *ip)
{
	for (int i = 0; i < HERE; i++) {
		int is_meant = ip && strcmp(here[i].ip, ip) == 0;
		int heard = 0;

		/* On a busy machine loopback takes its time. */
		if (is_meant)
			ck_assert(readable(t->s[i], 2000));
		while (socket_read(t->s[i], (char[8]){0}, 8) > 0)
			heard++;
		ck_assert_msg(heard == is_meant, "%s heard %d, of one for %s",
			      here[i].ip, heard, ip ? ip : "nobody");
	}
}

/* A datagram socket with a life behind it, and the target of here[to]. */
static void each_aim(void (*try)(const struct targets *t, int s, int is_inet,
				 int to))
{
	struct targets t = targets_of(socket_udp6);

	for (int round = 0; round < ROUNDS; round++) {
		int is_inet = any(4) == 0;
		int s = is_inet ? socket_udp4() : socket_udp6();

		live(s, t.port);
		try(&t, s, is_inet, (int)any(HERE));
		socket_close(s);
	}
}

static void send_to(const struct targets *t, int s, int is_inet, int to)
{
	ssize_t n = socket_send6(s, "bytes", 5, ip6(here[to].ip), t->port, 0);

	assert_heard(t, n == 5 ? meant(is_inet, to) : NULL);
}

TEST(a_datagram_arrives_where_it_was_sent_whatever_came_before)
{
	need_net();
	need_mapped();
	each_aim(send_to);
}

static void connect_to(const struct targets *t, int s, int is_inet, int to)
{
	if (socket_connect6(s, ip6(here[to].ip), t->port, 0) == 0)
		assert_peer(s, meant(is_inet, to), t->port);
}

TEST(a_datagram_sockets_peer_is_the_one_asked_for)
{
	need_net();
	need_mapped();
	each_aim(connect_to);
}

/* How a stream connects. */
enum { PLAINLY, BY_FAST_OPEN, WAYS };

/* Blocking, so that success is a connection. A connected one takes no other. */
static void try_stream(const struct targets *t, int way)
{
	int is_inet = any(4) == 0;
	int s = is_inet ? socket_tcp4b() : socket_tcp6b();
	int to = (int)any(HERE);
	const char *ip = ip6(here[to].ip);
	ssize_t r;

	if (any(2))
		socket_bind6(s, ip6(here[any(HERE)].ip), 0, 0);
	if (any(3) == 0)
		socket_v6only(s, 1);
	r = way == BY_FAST_OPEN
		    ? socket_fastopen_connect6(s, ip, t->port, 0, "bytes", 5)
		    : socket_connect6(s, ip, t->port, 0);
	if (r != -1)
		assert_peer(s, meant(is_inet, to), t->port);
	reset(s);
}

LOOP_TEST(a_stream_connects_to_the_address_that_was_given, WAYS)
{
	struct targets t;

	need_sysctls();
	need_mapped();
	net_sysctl("net/core/somaxconn", "4096");
	t = targets_of(socket_tcp6b);
	for (int i = 0; i < HERE; i++)
		assert_gives(0, socket_listen(t.s[i], ROUNDS));
	for (int round = 0; round < ROUNDS / 8; round++)
		try_stream(&t, _i);
}

#include "check_family.list"
