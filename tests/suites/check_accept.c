/* SPDX-License-Identifier: ISC */
/* check_accept.c - take a connection. */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "stand_in.h"
#include "suite.h"

#include <socket6.h>
#include <unistd.h>

struct peer {
	char ip[16];
	uint16_t port;
	uint32_t scope_id;
};

/*
 * Every form: those that say their modes by name, then those that are told,
 * in the order of the flags; the 4 forms, then the 6 ones.
 */
enum { MODES = 4, FORMS4 = 8, FORMS = 16 };

static int flags_of(int form)
{
	return form % MODES;
}

static int take4(int form, int s, char *ip, uint16_t *port)
{
	switch (form) {
	case 0:
		return socket_accept4(s, ip, port);
	case 1:
		return socket_accept4_makenonblocking(s, ip, port);
	case 2:
		return socket_accept4_setcloseonexec(s, ip, port);
	case 3:
		return socket_accept4_makenonblocking_setcloseonexec(s, ip,
								     port);
	}
	return socket_accept4_flags(s, ip, port, flags_of(form));
}

static int take6(int form, int s, char *ip, uint16_t *port, uint32_t *scope_id)
{
	switch (form) {
	case 0:
		return socket_accept6(s, ip, port, scope_id);
	case 1:
		return socket_accept6_makenonblocking(s, ip, port, scope_id);
	case 2:
		return socket_accept6_setcloseonexec(s, ip, port, scope_id);
	case 3:
		return socket_accept6_makenonblocking_setcloseonexec(
			s, ip, port, scope_id);
	}
	return socket_accept6_flags(s, ip, port, scope_id, flags_of(form));
}

static int take(int form, int s, struct peer *peer)
{
	if (form < FORMS4)
		return take4(form, s, peer->ip + 12, &peer->port);
	return take6(form - FORMS4, s, peer->ip, &peer->port, &peer->scope_id);
}

/* A place that both forms can tell the address of. */

static struct peer untouched(void)
{
	struct peer peer;

	memset(&peer, 0x5a, sizeof peer);
	return peer;
}

static void assert_untouched(const struct peer *peer)
{
	struct peer before = untouched();

	ck_assert_mem_eq(peer, &before, sizeof before);
}

/* A listener at which a connection waits; *s is the connecting end. */
static int waiting_at(const struct place *place, int *s)
{
	uint16_t port;
	int l = listener_at(place, &port);

	*s = tcp_at(place, 0);
	assert_gives(0, connect_at(*s, place, port));
	return l;
}

static int waiting_nonblocking_at(const struct place *place)
{
	int s;
	int l = waiting_at(place, &s);

	ck_assert(readable(l, 2000));
	assert_gives(0, ndelay_on(l));
	return l;
}

/* ---- modes ---- */

static void assert_modes(int form, int fd)
{
	int flags = flags_of(form);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(is_nonblocking(fd), !!(flags & SOCKET_NONBLOCK));
	ck_assert_int_eq(is_closeonexec(fd), !!(flags & SOCKET_CLOEXEC));
}

CASE("modes")

/* libowfat lacks the close-on-exec forms in its library. */
LOOP_TEST(each_form_gives_the_modes_that_it_names, FORMS)
{
	struct peer peer;
	int l, s;

	need_place(AT_IPV4);
	l = waiting_at(AT_IPV4, &s);
	assert_modes(_i, take(_i, l, &peer));
}

/* BSD and macOS give the listener's O_NONBLOCK to what they accept. */
LOOP_TEST(a_non_blocking_listener_changes_no_mode, FORMS)
{
	struct peer peer;

	assert_modes(_i, take(_i, waiting_nonblocking_at(AT_IPV4), &peer));
}

static int have_accept4(void)
{
	count_calls();
	socket_accept4(-1, NULL, NULL);
	return calls(CALL_ACCEPT4) == 1 && calls(CALL_ACCEPT) == 0;
}

LOOP_TEST(an_accept_is_one_system_call, FORMS)
{
	struct peer peer;
	int l, s;

	if (!have_accept4())
		skip("no accept4");
	l = waiting_at(AT_IPV4, &s);
	count_calls();
	ck_assert_int_ge(take(_i, l, &peer), 0);
	ck_assert_int_eq(calls(CALL_ACCEPT4), 1);
	ck_assert_int_eq(all_calls(), 1);
}

/* Makes accept4 answer as a kernel that does not know it. */
static void make_kernel_older(void)
{
	fail_call(CALL_ACCEPT4, 0, ENOSYS);
}

/* libowfat loses the flags then. */
LOOP_TEST(an_older_kernel_gets_its_modes_by_fcntl, FORMS)
{
	struct peer peer;
	int l, s;

	l = waiting_at(AT_IPV4, &s);
	make_kernel_older();
	count_calls();
	assert_modes(_i, take(_i, l, &peer));
	ck_assert_int_eq(calls(CALL_ACCEPT), 1);
}

/* Accepts as BSD and macOS do. */
static int accept_and_inherit(int s, struct sockaddr *sa, socklen_t *len)
{
	int fd;

	stand_in_accept = NULL;
	fd = accept(s, sa, len);
	ck_assert_int_ge(fd, 0);
	assert_gives(0, ndelay_on(fd));
	return fd;
}

LOOP_TEST(an_inherited_mode_is_cleared_by_fcntl, FORMS)
{
	int l = waiting_nonblocking_at(AT_IPV4);
	struct peer peer;

	make_kernel_older();
	stand_in_accept = accept_and_inherit;
	assert_modes(_i, take(_i, l, &peer));
}

/* By fcntl: close-on-exec set, the flags read, the flags set. */
LOOP_TEST(a_connection_whose_modes_cannot_be_set_is_closed, 3)
{
	struct peer peer = untouched();
	int l, s, before;

	l = waiting_at(AT_IPV4, &s);
	make_kernel_older();
	before = open_descriptors();
	fail_call(CALL_FCNTL, _i + 1, ENOLCK);
	assert_fails(ENOLCK, take(3, l, &peer));
	assert_untouched(&peer);
	ck_assert_int_eq(open_descriptors(), before);
	ck_assert(readable(s, 2000));
	assert_gives(0, socket_read(s, peer.ip, 1));
}

LOOP_TEST(an_unknown_flag_is_refused_before_anything_happens, 4)
{
	static const int unknown[] = {4, 8, 1 << 30, -1};
	struct peer peer = untouched();
	int l, s;

	l = waiting_at(AT_IPV4, &s);
	count_calls();
	assert_fails(EINVAL,
		     socket_accept4_flags(l, peer.ip, &peer.port, unknown[_i]));
	assert_fails(EINVAL, socket_accept6_flags(l, peer.ip, &peer.port,
						  &peer.scope_id, unknown[_i]));
	ck_assert_int_eq(all_calls(), 0);
	assert_untouched(&peer);
}

/* ---- the peer ---- */

CASE("peer")

LOOP_TEST(a_6_form_tells_the_peers_address, FORMS4 *PLACES)
{
	const struct place *place = &places[_i % PLACES];
	struct peer peer;
	int l, s;

	need_place(place);
	l = waiting_at(place, &s);
	assert_talk(s, take(FORMS4 + _i / PLACES, l, &peer));
	assert_ip6(seen_at(place), peer.ip);
	ck_assert_uint_eq(peer.port, port_of(s));
	ck_assert_uint_eq(peer.scope_id, seen_scope_at(place));
}

LOOP_TEST(a_4_form_tells_the_peers_address, FORMS4)
{
	struct peer peer;
	int l, s;

	l = waiting_at(AT_IPV4, &s);
	assert_talk(s, take(_i, l, &peer));
	assert_ip4(AT_IPV4->ip, peer.ip + 12);
	ck_assert_uint_eq(peer.port, port_of(s));
}

/* A dual-stack listener with an IPv4 connection. */
static int mapped_waiting(int *s)
{
	int l = socket_tcp6b();

	*s = socket_tcp4b();
	assert_gives(0, socket_bind6(l, NULL, 0, 0));
	assert_gives(0, socket_listen(l, 1));
	assert_gives(0, socket_connect4(*s, ip4loopback, port_of(l)));
	return l;
}

LOOP_TEST(a_4_form_sees_a_v4_mapped_peer_as_ipv4, FORMS4)
{
	struct peer peer;
	int l, s;

	need_dual_stack();
	l = mapped_waiting(&s);
	assert_talk(s, take(_i, l, &peer));
	assert_ip4("127.0.0.1", peer.ip + 12);
	ck_assert_uint_eq(peer.port, port_of(s));
}

LOOP_TEST(a_6_form_sees_an_ipv4_peer_as_v4_mapped, FORMS4)
{
	struct peer peer;
	int l, s;

	need_dual_stack();
	l = mapped_waiting(&s);
	assert_talk(s, take(FORMS4 + _i, l, &peer));
	assert_ip6("::ffff:127.0.0.1", peer.ip);
	ck_assert_uint_eq(peer.port, port_of(s));
}

/* libowfat leaves it unset. */
LOOP_TEST(the_scope_id_of_an_ipv4_peer_is_0, FORMS4)
{
	struct peer peer;
	int l, s;

	l = waiting_at(AT_IPV4, &s);
	peer.scope_id = 4711;
	ck_assert_int_ge(take(FORMS4 + _i, l, &peer), 0);
	ck_assert_uint_eq(peer.scope_id, 0);
}

LOOP_TEST(each_output_can_be_discarded, FORMS)
{
	int l, s;

	l = waiting_at(AT_IPV4, &s);
	if (_i < FORMS4)
		assert_talk(s, take4(_i, l, NULL, NULL));
	else
		assert_talk(s, take6(_i - FORMS4, l, NULL, NULL, NULL));
}

/* Nothing reaches the caller, and the peer sees the end. */
static void assert_refused(int form, int l, int s)
{
	struct peer peer = untouched();
	int before = open_descriptors();

	assert_fails(EAFNOSUPPORT, take(form, l, &peer));
	assert_untouched(&peer);
	ck_assert_int_eq(open_descriptors(), before);
	ck_assert(readable(s, 2000));
	assert_gives(0, socket_read(s, peer.ip, 1));
}

/* libowfat gives four bytes of the address, with success. */
LOOP_TEST(a_4_form_refuses_an_ipv6_peer, FORMS4)
{
	const struct place *place = AT_IPV6;
	int l, s;

	need_ipv6();
	l = waiting_at(place, &s);
	assert_refused(_i, l, s);
}

/* libowfat gives garbage, with success. */
LOOP_TEST(no_form_takes_a_unix_peer, FORMS)
{
	int l, s;

	l = unix_waiting(&s);
	assert_refused(_i, l, s);
}

/* Who discards every output takes any peer. */
LOOP_TEST(a_form_that_asks_for_no_address_takes_a_unix_peer, FORMS)
{
	int l, s, fd;

	l = unix_waiting(&s);
	fd = _i < FORMS4 ? take4(_i, l, NULL, NULL)
			 : take6(_i - FORMS4, l, NULL, NULL, NULL);
	ck_assert_int_ge(fd, 0);
	assert_talk(s, fd);
}

/* ---- errors ---- */

CASE("errors")

LOOP_TEST(without_a_connection_a_non_blocking_listener_gives_eagain, FORMS)
{
	struct peer peer = untouched();
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);

	assert_gives(0, ndelay_on(l));
	assert_fails(EAGAIN, take(_i, l, &peer));
	assert_untouched(&peer);
}

/* macOS, when the peer has gone between connection and accept. */
static int accept_from_nowhere(int s, struct sockaddr *sa, socklen_t *len)
{
	(void)s, (void)sa;
	*len = 0;
	return dup(0);
}

LOOP_TEST(a_peer_that_has_gone_already_is_a_connection_aborted, FORMS)
{
	struct peer peer = untouched();
	int before = open_descriptors();

	stand_in_accept = accept_from_nowhere;
	assert_fails(ECONNABORTED, take(_i, 0, &peer));
	assert_untouched(&peer);
	ck_assert_int_eq(open_descriptors(), before);
}

LOOP_TEST(the_systems_errors_are_its_own, 4)
{
	static const int errors[] = {ECONNABORTED, EINTR, ENOBUFS, EPERM};
	struct peer peer = untouched();

	fail_call(CALL_ACCEPT4, 0, errors[_i]);
	fail_call(CALL_ACCEPT, 0, errors[_i]);
	for (int form = 0; form < FORMS; form++)
		assert_fails(errors[_i], take(form, 0, &peer));
	assert_untouched(&peer);
}

LOOP_TEST(too_many_open_files_is_said_as_such, FORMS)
{
	struct peer peer = untouched();
	int l, s;

	l = waiting_at(AT_IPV4, &s);
	allow_no_descriptors();
	assert_fails(EMFILE, take(_i, l, &peer));
	assert_untouched(&peer);
}

LOOP_TEST(a_socket_that_does_not_listen_is_refused, FORMS)
{
	struct peer peer = untouched();
	int s = socket_tcp4b();
	int u = socket_udp4b();

	assert_fails(EINVAL, take(_i, s, &peer));
	assert_fails(EOPNOTSUPP, take(_i, u, &peer));
	assert_untouched(&peer);
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);
	struct peer peer = untouched();

	for (int form = 0; form < FORMS; form++)
		assert_fails(bad.error, take(form, bad.fd, &peer));
	assert_untouched(&peer);
}

#include "check_accept.list"
