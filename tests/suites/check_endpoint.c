/* SPDX-License-Identifier: ISC */
/* check_endpoint.c - the two addresses of a socket. */
#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>
#include <stdio.h>

struct end {
	char ip[16];
	uint16_t port;
	uint32_t scope_id;
};

/* The two addresses in both forms; a 4 one stands at the end of ip. */
enum { LOCAL4, REMOTE4, LOCAL6, REMOTE6, FORMS };

static const int forms4[] = {LOCAL4, REMOTE4};
static const int forms6[] = {LOCAL6, REMOTE6};
static const int local[] = {LOCAL4, LOCAL6};
static const int remote[] = {REMOTE4, REMOTE6};

static int ask(int form, int s, struct end *end)
{
	switch (form) {
	case LOCAL4:
		return socket_local4(s, end->ip + 12, &end->port);
	case REMOTE4:
		return socket_remote4(s, end->ip + 12, &end->port);
	case LOCAL6:
		return socket_local6(s, end->ip, &end->port, &end->scope_id);
	default:
		return socket_remote6(s, end->ip, &end->port, &end->scope_id);
	}
}

static void assert_refused(int error, int form, int s)
{
	struct end end, before;

	memset(&end, 0x5a, sizeof end);
	memset(&before, 0x5a, sizeof before);
	assert_fails(error, ask(form, s, &end));
	ck_assert_mem_eq(&end, &before, sizeof end);
}

static void assert_end(const struct place *place, uint16_t port,
		       const struct end *end)
{
	assert_ip6(seen_at(place), end->ip);
	ck_assert_uint_eq(end->port, port);
	ck_assert_uint_eq(end->scope_id, seen_scope_at(place));
}

CASE("endpoint")

PLACE_TEST(a_6_form_tells_this_ends_address)
{
	struct end end;
	uint16_t port;
	int l = listener_at(place, &port);

	assert_gives(0, ask(LOCAL6, l, &end));
	assert_end(place, port, &end);
}

PLACE_TEST(a_6_form_tells_the_peers_address)
{
	struct end end;
	int peer;
	int s = connected_at(place, &peer);

	assert_gives(0, ask(REMOTE6, s, &end));
	assert_end(place, port_of(peer), &end);
	assert_gives(0, ask(REMOTE6, peer, &end));
	assert_end(place, port_of(s), &end);
}

PLACE_TEST(a_connected_datagram_socket_has_a_peer)
{
	struct end end;
	int peer = bound_at(place);
	int s = udp_at(place, 0);

	assert_gives(0, connect_at(s, place, port_of(peer)));
	assert_gives(0, ask(REMOTE6, s, &end));
	assert_end(place, port_of(peer), &end);
}

static const struct place *const of_ipv4[] = {AT_MAPPED, AT_IPV4};

TABLE_TEST(a_4_form_tells_both_addresses, at, of_ipv4, at_missing)
{
	struct end end;
	int peer;
	int s = connected_at(*at, &peer);

	assert_gives(0, ask(LOCAL4, s, &end));
	assert_ip4("127.0.0.1", end.ip + 12);
	ck_assert_uint_eq(end.port, port_of(s));
	assert_gives(0, ask(REMOTE4, s, &end));
	assert_ip4("127.0.0.1", end.ip + 12);
	ck_assert_uint_eq(end.port, port_of(peer));
}

/* Of an IPv4 address four bytes are written, of an IPv6 one sixteen. */
TEST(nothing_is_written_behind_an_address)
{
	char ip[] = "four bytes sixteen bytes";
	int s = bound_at(AT_IPV4);

	assert_gives(0, socket_local4(s, ip, NULL));
	ck_assert_str_eq(ip + 4, " bytes sixteen bytes");
	assert_gives(0, socket_local6(s, ip, NULL, NULL));
	ck_assert_str_eq(ip + 16, "en bytes");
}

LOOP_TEST(the_port_is_in_host_order, LENGTH(local))
{
	const struct place *place = AT_IPV4;
	struct sockaddr_in sin;
	socklen_t len = sizeof sin;
	struct end end;
	uint16_t port;
	int l = listener_at(place, &port);

	ck_assert_int_eq(getsockname(l, (struct sockaddr *)&sin, &len), 0);
	assert_gives(0, ask(local[_i], l, &end));
	ck_assert_uint_eq(end.port, ntohs(sin.sin_port));
}

TEST(a_new_socket_has_any_address_and_port_0)
{
	struct end end;

	assert_gives(0, ask(LOCAL6, socket_tcp6(), &end));
	assert_ip6(have_af_inet6() ? "::" : "::ffff:0.0.0.0", end.ip);
	ck_assert_uint_eq(end.port, 0);
	assert_gives(0, ask(LOCAL4, socket_tcp4(), &end));
	assert_ip4("0.0.0.0", end.ip + 12);
	ck_assert_uint_eq(end.port, 0);
}

/* libowfat leaves it unset. */
LOOP_TEST(the_scope_id_of_an_ipv4_address_is_0, LENGTH(forms6))
{
	struct end end = {.scope_id = 4711};
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, ask(forms6[_i], s, &end));
	ck_assert_uint_eq(end.scope_id, 0);
}

TEST(each_output_can_be_discarded)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, socket_local4(s, NULL, NULL));
	assert_gives(0, socket_remote4(s, NULL, NULL));
	assert_gives(0, socket_local6(s, NULL, NULL, NULL));
	assert_gives(0, socket_remote6(s, NULL, NULL, NULL));
}

LOOP_TEST(an_address_is_one_system_call, FORMS)
{
	struct end end;
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	count_calls();
	assert_gives(0, ask(_i, s, &end));
	ck_assert_int_eq(all_calls(), 1);
}

/* libowfat gives four bytes of the address, with success. */
LOOP_TEST(a_4_form_refuses_an_ipv6_address, LENGTH(forms4))
{
	int s, peer;

	need_ipv6();
	s = connected_at(AT_IPV6, &peer);
	assert_refused(EAFNOSUPPORT, forms4[_i], s);
}

/* libowfat gives garbage, with success. */
LOOP_TEST(no_form_takes_a_unix_address, FORMS)
{
	assert_refused(EAFNOSUPPORT, _i, unix_stream());
	assert_refused(EAFNOSUPPORT, _i, unix_datagram());
}

PLACE_TEST(a_socket_without_peer_is_not_connected)
{
	int tcp = tcp_at(place, 0);
	int udp = udp_at(place, 0);

	for (size_t i = 0; i < LENGTH(remote); i++) {
		assert_refused(ENOTCONN, remote[i], tcp);
		assert_refused(ENOTCONN, remote[i], udp);
	}
}

PLACE_TEST(a_peer_that_has_reset_is_none)
{
	int peer, error;
	int s = connected_at(place, &peer);

	reset(peer);
	ck_assert(readable(s, 2000));
	/* EINVAL on macOS: there are no ways left. */
	error = getpeername(s, NULL, &(socklen_t){0}) == -1 && errno == EINVAL
			? EINVAL
			: ENOTCONN;
	assert_refused(error, REMOTE4, s);
	assert_refused(error, REMOTE6, s);
}

/* Leaves what it finds, which must not be taken for an answer. */
static int name_nobody(int s, struct sockaddr *sa, socklen_t *len)
{
	(void)s;
	ck_assert_int_eq(sa->sa_family, AF_UNSPEC);
	*len = 0;
	return 0;
}

LOOP_TEST(a_system_that_names_nobody_is_not_believed, LENGTH(remote))
{
	stand_in.getpeername = name_nobody;
	assert_refused(EAFNOSUPPORT, remote[_i], socket_tcp4());
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);

	for (int form = 0; form < FORMS; form++)
		assert_refused(bad.error, form, bad.fd);
}

#include "check_endpoint.list"
