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

/* The forms: those that say their modes by name, then those that are told. */
static const struct form {
	int flags;
	int (*take4)(int s, char *ip, uint16_t *port);
	int (*take6)(int s, char *ip, uint16_t *port, uint32_t *scope_id);
} forms[] = {
	{0, socket_accept4, socket_accept6},
	{SOCKET_NONBLOCK, socket_accept4_makenonblocking,
	 socket_accept6_makenonblocking},
	{SOCKET_CLOEXEC, socket_accept4_setcloseonexec,
	 socket_accept6_setcloseonexec},
	{SOCKET_NONBLOCK | SOCKET_CLOEXEC,
	 socket_accept4_makenonblocking_setcloseonexec,
	 socket_accept6_makenonblocking_setcloseonexec},
	{0, NULL, NULL},
	{SOCKET_NONBLOCK, NULL, NULL},
	{SOCKET_CLOEXEC, NULL, NULL},
	{SOCKET_NONBLOCK | SOCKET_CLOEXEC, NULL, NULL},
};
#define MAKES_BOTH (&forms[3])

static const int families[] = {4, 6};

/* A test of each form in each family; of each in one of them. */
#define FORM_BY_FAMILY_TEST(name)                                              \
 TABLE_BY_TEST(name, form, forms, nothing_missing, family, families)
#define FORM_TEST(name) TABLE_TEST(name, form, forms, nothing_missing)

static int take4(const struct form *form, int s, char *ip, uint16_t *port)
{
	if (form->take4)
		return form->take4(s, ip, port);
	return socket_accept4_flags(s, ip, port, form->flags);
}

static int take6(const struct form *form, int s, char *ip, uint16_t *port,
		 uint32_t *scope_id)
{
	if (form->take6)
		return form->take6(s, ip, port, scope_id);
	return socket_accept6_flags(s, ip, port, scope_id, form->flags);
}

static int take(const struct form *form, int family, int s, struct peer *peer)
{
	if (family == 4)
		return take4(form, s, peer->ip + 12, &peer->port);
	return take6(form, s, peer->ip, &peer->port, &peer->scope_id);
}

/* Who it is from does not matter. */
static int take_any(const struct form *form, int family, int s)
{
	return family == 4 ? take4(form, s, NULL, NULL)
			   : take6(form, s, NULL, NULL, NULL);
}

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

static void assert_take_fails(int error, const struct form *form, int family,
			      int s)
{
	struct peer peer = untouched();

	assert_fails(error, take(form, family, s, &peer));
	assert_untouched(&peer);
}

static void assert_every_take_fails(int error, int s)
{
	for (size_t i = 0; i < LENGTH(forms); i++) {
		assert_take_fails(error, &forms[i], 4, s);
		assert_take_fails(error, &forms[i], 6, s);
	}
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

static void assert_modes(const struct form *form, int fd)
{
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(is_nonblocking(fd), !!(form->flags & SOCKET_NONBLOCK));
	ck_assert_int_eq(is_closeonexec(fd), !!(form->flags & SOCKET_CLOEXEC));
}

CASE("modes")

/* libowfat lacks the close-on-exec forms in its library. */
FORM_BY_FAMILY_TEST(each_form_gives_the_modes_that_it_names)
{
	struct peer peer;
	int s;
	int l = waiting_at(AT_IPV4, &s);

	assert_modes(form, take(form, *family, l, &peer));
}

/* BSD and macOS give the listener's O_NONBLOCK to what they accept. */
FORM_BY_FAMILY_TEST(a_non_blocking_listener_changes_no_mode)
{
	struct peer peer;

	assert_modes(form, take(form, *family, waiting_nonblocking_at(AT_IPV4),
				&peer));
}

static int have_accept4(void)
{
	count_calls();
	socket_accept4(-1, NULL, NULL);
	return calls(CALL_ACCEPT4) == 1 && calls(CALL_ACCEPT) == 0;
}

FORM_BY_FAMILY_TEST(an_accept_is_one_system_call)
{
	struct peer peer;
	int l, s;

	if (!have_accept4())
		skip("no accept4");
	l = waiting_at(AT_IPV4, &s);
	count_calls();
	ck_assert_int_ge(take(form, *family, l, &peer), 0);
	ck_assert_int_eq(calls(CALL_ACCEPT4), 1);
	ck_assert_int_eq(all_calls(), 1);
}

/* Makes accept4 answer as a kernel that does not know it. */
static void make_kernel_older(void)
{
	fail_call(CALL_ACCEPT4, 0, ENOSYS);
}

/* libowfat loses the flags then. */
FORM_BY_FAMILY_TEST(an_older_kernel_gets_its_modes_by_fcntl)
{
	struct peer peer;
	int s;
	int l = waiting_at(AT_IPV4, &s);

	make_kernel_older();
	count_calls();
	assert_modes(form, take(form, *family, l, &peer));
	ck_assert_int_eq(calls(CALL_ACCEPT), 1);
}

/* Accepts as BSD and macOS do. */
static int accept_and_inherit(int s, struct sockaddr *sa, socklen_t *len)
{
	int fd;

	stand_in.accept = NULL;
	fd = accept(s, sa, len);
	ck_assert_int_ge(fd, 0);
	assert_gives(0, ndelay_on(fd));
	return fd;
}

FORM_BY_FAMILY_TEST(an_inherited_mode_is_cleared_by_fcntl)
{
	int l = waiting_nonblocking_at(AT_IPV4);
	struct peer peer;

	make_kernel_older();
	stand_in.accept = accept_and_inherit;
	assert_modes(form, take(form, *family, l, &peer));
}

/* Of what was accepted nothing is left, and its peer sees the end. */
static void assert_closed(int before, int s)
{
	ck_assert_int_eq(open_descriptors(), before);
	ck_assert(readable(s, 2000));
	assert_gives(0, socket_read(s, (char[1]){0}, 1));
}

/* What fcntl does to set both modes. */
enum { SETS_CLOEXEC, READS_FLAGS, SETS_FLAGS, STEPS };

LOOP_TEST(a_connection_whose_modes_cannot_be_set_is_closed, STEPS)
{
	int s;
	int l = waiting_at(AT_IPV4, &s);
	int before = open_descriptors();

	make_kernel_older();
	fail_call(CALL_FCNTL, _i + 1, ENOLCK);
	assert_take_fails(ENOLCK, MAKES_BOTH, 4, l);
	assert_closed(before, s);
}

static const int unknown[] = {4, 8, 1 << 30, -1};

LOOP_TEST(an_unknown_flag_is_refused_before_anything_happens, LENGTH(unknown))
{
	struct peer peer = untouched();
	int s;
	int l = waiting_at(AT_IPV4, &s);

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

PLACE_BY_TEST(a_6_form_tells_the_peers_address, form, forms)
{
	struct peer peer;
	int s;
	int l = waiting_at(place, &s);

	assert_talk(s, take(form, 6, l, &peer));
	assert_ip6(seen_at(place), peer.ip);
	ck_assert_uint_eq(peer.port, port_of(s));
	ck_assert_uint_eq(peer.scope_id, seen_scope_at(place));
}

FORM_TEST(a_4_form_tells_the_peers_address)
{
	struct peer peer;
	int s;
	int l = waiting_at(AT_IPV4, &s);

	assert_talk(s, take(form, 4, l, &peer));
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

FORM_TEST(a_4_form_sees_a_v4_mapped_peer_as_ipv4)
{
	struct peer peer;
	int l, s;

	need_dual_stack();
	l = mapped_waiting(&s);
	assert_talk(s, take(form, 4, l, &peer));
	assert_ip4("127.0.0.1", peer.ip + 12);
	ck_assert_uint_eq(peer.port, port_of(s));
}

FORM_TEST(a_6_form_sees_an_ipv4_peer_as_v4_mapped)
{
	struct peer peer;
	int l, s;

	need_dual_stack();
	l = mapped_waiting(&s);
	assert_talk(s, take(form, 6, l, &peer));
	assert_ip6("::ffff:127.0.0.1", peer.ip);
	ck_assert_uint_eq(peer.port, port_of(s));
}

/* libowfat leaves it unset. */
FORM_TEST(the_scope_id_of_an_ipv4_peer_is_0)
{
	struct peer peer;
	int s;
	int l = waiting_at(AT_IPV4, &s);

	peer.scope_id = 4711;
	ck_assert_int_ge(take(form, 6, l, &peer), 0);
	ck_assert_uint_eq(peer.scope_id, 0);
}

FORM_BY_FAMILY_TEST(each_output_can_be_discarded)
{
	int s;
	int l = waiting_at(AT_IPV4, &s);

	assert_talk(s, take_any(form, *family, l));
}

static void assert_refused(const struct form *form, int family, int l, int s)
{
	int before = open_descriptors();

	assert_take_fails(EAFNOSUPPORT, form, family, l);
	assert_closed(before, s);
}

/* libowfat gives four bytes of the address, with success. */
FORM_TEST(a_4_form_refuses_an_ipv6_peer)
{
	int l, s;

	need_ipv6();
	l = waiting_at(AT_IPV6, &s);
	assert_refused(form, 4, l, s);
}

/* libowfat gives garbage, with success. */
FORM_BY_FAMILY_TEST(no_form_takes_a_unix_peer)
{
	int s;
	int l = unix_waiting(&s);

	assert_refused(form, *family, l, s);
}

FORM_TEST(one_output_is_enough_to_refuse_a_unix_peer)
{
	struct peer to = untouched();
	int s;

	assert_fails(EAFNOSUPPORT, take4(form, unix_waiting(&s), to.ip, NULL));
	assert_fails(EAFNOSUPPORT,
		     take4(form, unix_waiting(&s), NULL, &to.port));
	assert_fails(EAFNOSUPPORT,
		     take6(form, unix_waiting(&s), to.ip, NULL, NULL));
	assert_fails(EAFNOSUPPORT,
		     take6(form, unix_waiting(&s), NULL, &to.port, NULL));
	assert_fails(EAFNOSUPPORT,
		     take6(form, unix_waiting(&s), NULL, NULL, &to.scope_id));
	assert_untouched(&to);
}

/* Who discards every output takes any peer. */
FORM_BY_FAMILY_TEST(a_form_that_asks_for_no_address_takes_a_unix_peer)
{
	int s;
	int l = unix_waiting(&s);

	assert_talk(s, take_any(form, *family, l));
}

/* ---- errors ---- */

CASE("errors")

FORM_BY_FAMILY_TEST(without_a_connection_a_non_blocking_listener_gives_eagain)
{
	uint16_t port;
	int l = listener_at(AT_IPV4, &port);

	assert_gives(0, ndelay_on(l));
	assert_take_fails(EAGAIN, form, *family, l);
}

/* macOS, when the peer has gone between connection and accept. */
static int accept_from_nowhere(int s, struct sockaddr *sa, socklen_t *len)
{
	(void)s, (void)sa;
	*len = 0;
	return dup(0);
}

FORM_BY_FAMILY_TEST(a_peer_that_has_gone_already_is_a_connection_aborted)
{
	int before = open_descriptors();

	stand_in.accept = accept_from_nowhere;
	assert_take_fails(ECONNABORTED, form, *family, 0);
	ck_assert_int_eq(open_descriptors(), before);
}

static const int errors[] = {ECONNABORTED, EINTR, ENOBUFS, EPERM};

LOOP_TEST(the_systems_errors_are_its_own, LENGTH(errors))
{
	fail_call(CALL_ACCEPT4, 0, errors[_i]);
	fail_call(CALL_ACCEPT, 0, errors[_i]);
	assert_every_take_fails(errors[_i], 0);
}

FORM_BY_FAMILY_TEST(too_many_open_files_is_said_as_such)
{
	int s;
	int l = waiting_at(AT_IPV4, &s);

	allow_no_descriptors();
	assert_take_fails(EMFILE, form, *family, l);
}

FORM_BY_FAMILY_TEST(a_socket_that_does_not_listen_is_refused)
{
	assert_take_fails(EINVAL, form, *family, socket_tcp4b());
	assert_take_fails(EOPNOTSUPP, form, *family, socket_udp4b());
}

LOOP_TEST(bad_descriptors_give_their_errno, BADS)
{
	struct bad bad = bad_descriptor(_i);

	assert_every_take_fails(bad.error, bad.fd);
}

#include "check_accept.list"
