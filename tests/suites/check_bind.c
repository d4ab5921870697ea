/* SPDX-License-Identifier: ISC */
/* check_bind.c - choose the local address and port. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>

static int reuse_at(int s, const struct place *place, uint16_t port)
{
	if (place->family == 4)
		return socket_bind4_reuse(s, ip4(place->ip), port);
	return socket_bind6_reuse(s, ip6(place->ip), port, scope_at(place));
}

static int reuseport_at(int s, const struct place *place, uint16_t port)
{
	if (place->family == 4)
		return socket_bind4_reuseport(s, ip4(place->ip), port);
	return socket_bind6_reuseport(s, ip6(place->ip), port, scope_at(place));
}

static int noport_at(int s, const struct place *place)
{
	if (place->family == 4)
		return socket_bind4_noport(s, ip4(place->ip));
	return socket_bind6_noport(s, ip6(place->ip), scope_at(place));
}

/* The forms that set an option first. */
enum { REUSE4, REUSEPORT4, NOPORT4, REUSE6, REUSEPORT6, NOPORT6, FORMS };

static int opened_for(int form)
{
	return form < REUSE6 ? socket_tcp4() : socket_tcp6();
}

static int bind_any(int form, int s)
{
	switch (form) {
	case REUSE4:
		return socket_bind4_reuse(s, NULL, 0);
	case REUSEPORT4:
		return socket_bind4_reuseport(s, NULL, 0);
	case NOPORT4:
		return socket_bind4_noport(s, NULL);
	case REUSE6:
		return socket_bind6_reuse(s, NULL, 0, 0);
	case REUSEPORT6:
		return socket_bind6_reuseport(s, NULL, 0, 0);
	default:
		return socket_bind6_noport(s, NULL, 0);
	}
}

static void assert_bound(int s, const struct place *place)
{
	char ip[16];
	uint32_t scope_id;

	assert_gives(0, socket_local6(s, ip, NULL, &scope_id));
	assert_ip6(seen_at(place), ip);
	ck_assert_uint_eq(scope_id, seen_scope_at(place));
}

/* ---- address and port ---- */

CASE("address and port")

TEST(no_byte_behind_an_address_is_read)
{
	char *end = end_of_memory();

	ck_assert_ptr_nonnull(end);
	memset(end - 4, 0, 4);
	assert_gives(0, socket_bind4(socket_udp4(), end - 4, 0));
	need_ipv6();
	memset(end - 16, 0, 16);
	assert_gives(0, socket_bind6(socket_udp6(), end - 16, 0, 0));
}

PLACE_TEST(a_socket_has_the_address_it_was_bound_to)
{
	int s = bound_at(place);

	assert_bound(s, place);
}

PLACE_TEST(port_0_is_the_systems_choice)
{
	int s = tcp_at(place, 0);

	assert_gives(0, bind_at(s, place, 0));
	ck_assert_uint_ne(port_of(s), 0);
}

TEST(no_address_means_any)
{
	int s4 = socket_udp4();
	int s6 = socket_udp6();
	char ip[16];

	assert_gives(0, socket_bind4(s4, NULL, 0));
	assert_gives(0, socket_local6(s4, ip, NULL, NULL));
	assert_ip6("::ffff:0.0.0.0", ip);
	assert_gives(0, socket_bind6(s6, NULL, 0, 0));
	assert_gives(0, socket_local6(s6, ip, NULL, NULL));
	assert_ip6(have_af_inet6() ? "::" : "::ffff:0.0.0.0", ip);
}

LOOP_TEST(no_address_means_any_in_the_other_forms, FORMS)
{
	need(HAVE_SO_REUSEPORT);
	need(HAVE_IP_BIND_ADDRESS_NO_PORT);
	assert_gives(0, bind_any(_i, opened_for(_i)));
}

TEST(any_takes_both_families)
{
	uint16_t port;
	int l, s;

	need_ipv6();
	need_dual_stack();
	l = socket_tcp6b();
	assert_gives(0, socket_bind6(l, V6any, 0, 0));
	assert_gives(0, socket_listen(l, 1));
	port = port_of(l);
	s = socket_tcp4b();
	assert_gives(0, socket_connect4(s, ip4loopback, port));
	s = socket_tcp6b();
	assert_gives(0, socket_connect6(s, V6loopback, port, 0));
}

/* Documentation's addresses, which no host has: RFC 5737, RFC 3849. */
TEST(an_address_of_another_host_is_not_available)
{
	wine_differs("binds to any address");
	assert_fails(EADDRNOTAVAIL,
		     socket_bind4(socket_udp4(), ip4("203.0.113.1"), 0));
	if (have_ipv6())
		assert_fails(
			EADDRNOTAVAIL,
			socket_bind6(socket_udp6(), ip6("2001:db8::1"), 0, 0));
	need_dual_stack();
	assert_fails(
		EADDRNOTAVAIL,
		socket_bind6(socket_udp6(), ip6("::ffff:203.0.113.1"), 0, 0));
}

TEST(a_link_local_address_needs_its_scope_id)
{
	const struct place *place = AT_LINK_LOCAL;
	int s;

	need_place(place);
	s = udp_at(place, 0);
	/* gVisor looks for an interface with that address. */
	if (!on_gvisor())
		assert_gives(-1, socket_bind6(s, ip6(place->ip), 0, 0));
	assert_gives(-1, socket_bind6(s, ip6(place->ip), 0, 4711));
	assert_gives(0, bind_at(s, place, 0));
}

PLACE_TEST(a_port_in_use_is_refused)
{
	int s = bound_at(place);

	assert_fails(EADDRINUSE, bind_at(udp_at(place, 0), place, port_of(s)));
}

PLACE_TEST(a_bound_socket_cannot_be_bound_again)
{
	int s = bound_at(place);

	assert_fails(EINVAL, bind_at(s, place, 0));
}

static const struct {
	const char *ip, *bound;
} ipv4_forms[] = {
	{"::ffff:127.0.0.1", "127.0.0.1"},
	{"::1", "127.0.0.1"},
	{"::", "0.0.0.0"},
};

/* A socket that turned out to be IPv4 for lack of IPv6. */
LOOP_TEST(a_6_form_binds_an_ipv4_socket_where_the_address_has_such_a_form,
	  LENGTH(ipv4_forms))
{
	int s = socket_udp4();
	char ip[4];

	assert_gives(0, socket_bind6(s, ip6(ipv4_forms[_i].ip), 0, 0));
	assert_gives(0, socket_local4(s, ip, NULL));
	assert_ip4(ipv4_forms[_i].bound, ip);
}

TEST(a_6_form_binds_an_ipv4_socket_to_the_port)
{
	int s = socket_udp4();

	assert_gives(0, socket_bind4(s, ip4loopback, 0));
	assert_fails(EADDRINUSE,
		     socket_bind6(socket_udp4(), V6loopback, port_of(s), 0));
}

TEST(a_6_form_refuses_an_ipv4_socket_any_other_address)
{
	assert_fails(EAFNOSUPPORT,
		     socket_bind6(socket_udp4(), ip6("fe80::1"), 0, 0));
	assert_fails(EAFNOSUPPORT,
		     socket_bind6(socket_udp4(), ip6("::2"), 0, 0));
	assert_fails(EAFNOSUPPORT,
		     socket_bind6(socket_udp4(), ip6("2001:db8::1"), 0, 0));
}

TEST(a_bind_is_one_system_call)
{
	int s4 = socket_udp4();
	int s6 = socket_udp6();

	need_ipv6();
	count_calls();
	socket_bind4(s4, NULL, 0);
	socket_bind6(s6, NULL, 0, 0);
	ck_assert_int_eq(calls(CALL_BIND), 2);
	ck_assert_int_eq(all_calls(), 2);
}

LOOP_TEST(a_refused_option_leaves_the_socket_unbound, FORMS)
{
	int s = opened_for(_i);

	fail_call(CALL_SETSOCKOPT, 1, ENOMEM);
	count_calls();
	assert_fails(ENOMEM, bind_any(_i, s));
	ck_assert_int_eq(calls(CALL_BIND), 0);
}

/* ---- reuse ---- */

static int reusing_listener_at(const struct place *place)
{
	int l = tcp_at(place, 0);

	assert_gives(0, reuse_at(l, place, 0));
	assert_gives(0, socket_listen(l, 1));
	return l;
}

/* Leaves a connection of a port in TIME_WAIT: the server closes first. */
static uint16_t lingering_port_at(const struct place *place)
{
	int l = reusing_listener_at(place);
	int s = tcp_at(place, 0);
	uint16_t port = port_of(l);

	assert_gives(0, connect_at(s, place, port));
	assert_gives(0, socket_close(socket_accept6(l, NULL, NULL, NULL)));
	assert_gives(0, socket_close(l));
	ck_assert(readable(s, 2000));
	assert_gives(0, socket_read(s, (char[1]){0}, 1));
	assert_gives(0, socket_close(s));
	return port;
}

CASE("reuse")

PLACE_TEST(a_server_that_restarts_gets_its_port_by_reuse)
{
	uint16_t port = lingering_port_at(place);
	int l = tcp_at(place, 0);

	if (PORTS_LINGER)
		assert_fails(EADDRINUSE, bind_at(l, place, port));
	assert_gives(0, reuse_at(l, place, port));
	assert_gives(0, socket_listen(l, 1));
	assert_bound(l, place);
}

/* libowfat sets SO_REUSEPORT: both listen, and each gets some connections. */
PLACE_TEST(a_second_server_is_refused_in_spite_of_reuse)
{
	int l = reusing_listener_at(place);

	assert_fails(EADDRINUSE, reuse_at(tcp_at(place, 0), place, port_of(l)));
}

/* Why the page names plain bind for UDP. On Windows reuse is exclusive. */
PLACE_TEST(two_udp_sockets_share_a_port_by_reuse)
{
	int s = udp_at(place, 0);

	assert_gives(0, reuse_at(s, place, 0));
	if (HAVE(HAVE_SO_EXCLUSIVEADDRUSE))
		assert_fails(EADDRINUSE,
			     reuse_at(udp_at(place, 0), place, port_of(s)));
	else
		assert_gives(0, reuse_at(udp_at(place, 0), place, port_of(s)));
}

/* ---- sharing a port ---- */

/* Connects so often that, if chance decides, no listener is left out. */
static void connect_often(const struct place *place, uint16_t port)
{
	for (int i = 0; i < 64; i++)
		assert_gives(0, connect_at(tcp_at(place, 0), place, port));
}

CASE("sharing a port")

PLACE_TEST(listeners_that_share_a_port_share_the_load)
{
	int a = tcp_at(place, 0);
	int b = tcp_at(place, 0);

	need(HAVE_SO_REUSEPORT);
	assert_gives(0, reuseport_at(a, place, 0));
	assert_gives(0, reuseport_at(b, place, port_of(a)));
	assert_gives(0, socket_listen(a, 64));
	assert_gives(0, socket_listen(b, 64));
	connect_often(place, port_of(a));
	ck_assert(readable(a, 0));
	ck_assert(readable(b, 0));
}

PLACE_TEST(a_port_is_shared_only_if_both_want_it)
{
	int a = tcp_at(place, 0);

	need(HAVE_SO_REUSEPORT);
	assert_gives(0, bind_at(a, place, 0));
	assert_fails(EADDRINUSE,
		     reuseport_at(tcp_at(place, 0), place, port_of(a)));
}

/* ---- neighbours at a port ---- */

/* What a neighbour has set. */
static void set_nothing(int s)
{
	(void)s;
}

static void set_address(int s)
{
	int on = 1;

	ck_assert_int_eq(
		setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), 0);
}

static void set_port(int s)
{
#ifdef SO_REUSEPORT
	int on = 1;

	ck_assert_int_eq(
		setsockopt(s, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on), 0);
#else
	(void)s;
#endif
}

static void set_both(int s)
{
	set_address(s);
	set_port(s);
}

static int shared_at(int s, const struct place *place, uint16_t port)
{
	return socket_bind6_shared(s, ip6(seen_at(place)), port,
				   scope_at(place));
}

/* The table of socket_bind6(3), a row for each of its cells. */
static const struct neighbour {
	void (*set)(int s);
	int (*bind)(int s, const struct place *place, uint16_t port);
	int shares;
} neighbours[] = {
	{set_nothing, bind_at, 0},	{set_nothing, reuse_at, 0},
	{set_nothing, reuseport_at, 0}, {set_nothing, shared_at, 0},
	{set_address, bind_at, 0},	{set_address, reuse_at, 1},
	{set_address, reuseport_at, 0}, {set_address, shared_at, 1},
	{set_port, bind_at, 0},		{set_port, reuse_at, 0},
	{set_port, reuseport_at, 1},	{set_port, shared_at, 1},
	{set_both, bind_at, 0},		{set_both, reuse_at, 1},
	{set_both, reuseport_at, 1},	{set_both, shared_at, 1},
};

CASE("neighbours")

PLACE_BY_TEST(a_port_is_shared_with_who_has_set_the_same, row, neighbours)
{
	int neighbour, s;

	need(HAVE_SO_REUSEPORT);
	neighbour = udp_at(place, 0);
	row->set(neighbour);
	assert_gives(0, bind_at(neighbour, place, 0));
	s = udp_at(place, 0);
	if (row->shares)
		assert_gives(0, row->bind(s, place, port_of(neighbour)));
	else
		assert_fails(EADDRINUSE,
			     row->bind(s, place, port_of(neighbour)));
}

/* Everywhere, on Windows by SO_REUSEADDR alone. */
PLACE_TEST(two_that_share_share)
{
	int s = udp_at(place, 0);

	assert_gives(0, shared_at(s, place, 0));
	assert_bound(s, place);
	assert_gives(0, shared_at(udp_at(place, 0), place, port_of(s)));
}

TEST(who_shares_may_take_any_address)
{
	int s = socket_udp6(), s4 = socket_udp4();

	assert_gives(0, socket_bind6_shared(s, NULL, 0, 0));
	assert_gives(0,
		     socket_bind6_shared(socket_udp6(), NULL, port_of(s), 0));
	/* As where there is no IPv6. */
	assert_gives(0, socket_bind6_shared(s4, NULL, 0, 0));
	assert_gives(0,
		     socket_bind6_shared(socket_udp4(), NULL, port_of(s4), 0));
}

TEST(sharing_does_without_an_option_that_is_not_there)
{
	int s = socket_udp4();

	fail_call(CALL_SETSOCKOPT, 2, ENOPROTOOPT);
	assert_gives(0, socket_bind6_shared(s, V6loopback, 0, 0));
	ck_assert_uint_ne(port_of(s), 0);
}

static const int nth[] = {1, 2};

TABLE_TEST(sharing_reports_an_option_that_fails, n, nth, nothing_missing)
{
	int s = socket_udp4();

	fail_call(CALL_SETSOCKOPT, *n, EPERM);
	count_calls();
	assert_fails(EPERM, socket_bind6_shared(s, V6loopback, 0, 0));
	ck_assert_int_eq(calls(CALL_BIND), 0);
}

LOOP_TEST(sharing_refuses_what_is_no_socket, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_bind6_shared(bad.fd, NULL, 0, 0));
}

/* ---- an address that is not here ---- */

/* Documentation's addresses, as above. */
static const struct elsewhere {
	const char *ip;
	int (*create)(void);
} elsewhere[] = {
	{"2001:db8::1", socket_udp6},
	{"2001:db8::1", socket_tcp6},
	{"::ffff:203.0.113.1", socket_udp6},
	{"::ffff:203.0.113.1", socket_tcp4},
};

static const char *elsewhere_missing(const struct elsewhere *e)
{
	if (!HAVE(HAVE_IP_FREEBIND))
		return "no IP_FREEBIND";
	if (lost("IP_FREEBIND"))
		return lost("IP_FREEBIND");
	if (e->create != socket_tcp4 && !have_ipv6())
		return "no IPv6";
	return NULL;
}

CASE("an address that is not here")

TABLE_TEST(freebind_binds_to_it, row, elsewhere, elsewhere_missing)
{
	int s = row->create();
	char ip[16];

	assert_gives(0, socket_freebind(s, 1));
	assert_gives(0, socket_bind6(s, ip6(row->ip), 0, 0));
	assert_gives(0, socket_local6(s, ip, NULL, NULL));
	assert_ip6(row->ip, ip);
}

TABLE_TEST(freebind_0_binds_to_it_no_more, row, elsewhere, elsewhere_missing)
{
	int s = row->create();

	assert_gives(0, socket_freebind(s, 2));
	assert_gives(0, socket_freebind(s, 0));
	assert_fails(EADDRNOTAVAIL, socket_bind6(s, ip6(row->ip), 0, 0));
}

TEST(freebind_is_one_system_call_and_reports_its_failure)
{
	int s = socket_udp6();

	fail_call(CALL_SETSOCKOPT, 1, EPERM);
	count_calls();
	assert_fails(EPERM, socket_freebind(s, 1));
	ck_assert_int_eq(calls(CALL_SETSOCKOPT), 1);
}

/* No kernel begins to ignore options while a process runs. */
TEST(whether_the_system_has_freebind_is_asked_once)
{
	int s = socket_udp4();

	need(HAVE_IP_FREEBIND);
	assert_gives(0, socket_freebind(s, 1));
	count_calls();
	assert_gives(0, socket_freebind(s, 1));
	ck_assert_int_eq(all_calls(), 1);
}

TEST(freebind_says_where_there_is_no_such_thing)
{
	if (HAVE(HAVE_IP_FREEBIND) && !on_gvisor())
		ignore_option(IPPROTO_IP, IP_FREEBIND);
	else if (HAVE(HAVE_SO_BINDANY) || HAVE(HAVE_IP_BINDANY))
		return;
	assert_fails(ENOPROTOOPT, socket_freebind(socket_udp6(), 1));
	assert_fails(ENOPROTOOPT, socket_freebind(socket_udp4(), 1));
}

LOOP_TEST(freebind_refuses_what_is_no_socket, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_fails(bad.error, socket_freebind(bad.fd, 1));
}

/* ---- the port is chosen at connect ---- */

CASE("port chosen at connect")

PLACE_TEST(noport_binds_the_address_and_no_port)
{
	int s = tcp_at(place, 0);

	need(HAVE_IP_BIND_ADDRESS_NO_PORT);
	assert_gives(0, noport_at(s, place));
	assert_bound(s, place);
	/* gVisor takes the option, and does not heed it. */
	ck_assert_int_eq(port_of(s) != 0, on_gvisor());
}

PLACE_TEST(noport_gets_its_port_at_connect)
{
	uint16_t port;
	int l = listener_at(place, &port);
	int s = tcp_at(place, 0);

	need(HAVE_IP_BIND_ADDRESS_NO_PORT);
	assert_gives(0, noport_at(s, place));
	assert_gives(0, connect_at(s, place, port));
	assert_bound(s, place);
	ck_assert_uint_ne(port_of(s), 0);
	assert_talk(s, socket_accept6(l, NULL, NULL, NULL));
}

enum { PORTS = 4 };

/* Two listeners; then only so many ports for whoever connects to them. */
static void few_ports_at(const struct place *place, uint16_t to[2])
{
	listener_at(place, &to[0]);
	listener_at(place, &to[1]);
	net_sysctl("net/ipv4/ip_local_port_range", "20000 20003");
}

/* A port may serve two connections, to different peers. */
PLACE_TEST(noport_makes_more_connections_than_there_are_ports)
{
	uint16_t to[2];

	need_sysctls();
	need(HAVE_IP_BIND_ADDRESS_NO_PORT);
	few_ports_at(place, to);
	for (int i = 0; i < 2 * PORTS; i++) {
		int s = tcp_at(place, 0);

		assert_gives(0, noport_at(s, place));
		assert_gives(0, connect_at(s, place, to[i % 2]));
	}
}

/* What noport is for. */
PLACE_TEST(plain_bind_makes_as_many_connections_as_there_are_ports)
{
	uint16_t to[2];

	need_sysctls();
	few_ports_at(place, to);
	for (int i = 0; i < PORTS; i++)
		assert_gives(0, bind_at(tcp_at(place, 0), place, 0));
	assert_fails(EADDRINUSE, bind_at(tcp_at(place, 0), place, 0));
}

#include "check_bind.list"
