/* SPDX-License-Identifier: ISC */
/* check_open.c - create a socket. */
#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <libowfat/socket.h>
#include <socket6.h>

/* The 6 forms stand first. */
static const struct plain {
	int (*create)(void);
	int family, type, blocking;
} plain[] = {
	{socket_tcp6, AF_INET6, SOCK_STREAM, 0},
	{socket_tcp6b, AF_INET6, SOCK_STREAM, 1},
	{socket_udp6, AF_INET6, SOCK_DGRAM, 0},
	{socket_udp6b, AF_INET6, SOCK_DGRAM, 1},
	{socket_tcp4, AF_INET, SOCK_STREAM, 0},
	{socket_tcp4b, AF_INET, SOCK_STREAM, 1},
	{socket_udp4, AF_INET, SOCK_DGRAM, 0},
	{socket_udp4b, AF_INET, SOCK_DGRAM, 1},
};

enum { PLAIN6 = 4, PLAIN = 8 };

/* The last two are created by few systems. */
static int (*const with_flags[])(int flags) = {
	socket_tcp6_flags, socket_udp6_flags,  socket_tcp4_flags,
	socket_udp4_flags, socket_sctp6_flags, socket_sctp4_flags,
};

enum { FORMS6 = 2, FORMS = 4, WITH_SCTP = 6, MODES = 4 };

static int can_create(int family, int type)
{
	int s = socket(family, type, 0);

	if (s == -1)
		return 0;
	close(s);
	return 1;
}

/* Whether the library can have sockets of this family. */
static int have_family(int family)
{
	if (family == AF_INET6 && !HAVE(HAVE_STRUCT_SOCKADDR_IN6))
		return 0;
	return can_create(family, SOCK_DGRAM);
}

/* Whether the library can choose the families of a 6 socket. */
static int have_v6only(void)
{
	return HAVE(HAVE_IPV6_V6ONLY) && have_family(AF_INET6) &&
	       socket_v6only(socket(AF_INET6, SOCK_DGRAM, 0), 1) == 1;
}

static int have_atomic_modes(void)
{
	return HAVE(HAVE_SOCK_NONBLOCK) &&
	       can_create(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK);
}

static int family_of(int s)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof address;

	assert_gives(0, getsockname(s, (struct sockaddr *)&address, &len));
	return address.ss_family;
}

/* ---- names ---- */

CASE("names")

LOOP_TEST(each_name_gives_its_family_and_type, PLAIN)
{
	const struct plain *p = &plain[_i];
	int s = p->create();

	ck_assert_int_ge(s, 0);
	if (have_family(p->family))
		ck_assert_int_eq(family_of(s), p->family);
	else
		ck_assert_int_eq(family_of(s), AF_INET);
	ck_assert_int_eq(option_of(s, SOL_SOCKET, SO_TYPE), p->type);
}

LOOP_TEST(plain_names_are_nonblocking_and_b_names_blocking, PLAIN)
{
	ck_assert_int_eq(is_nonblocking(plain[_i].create()),
			 !plain[_i].blocking);
}

/* djb's programs hand their sockets to children: no close-on-exec here. */
LOOP_TEST(plain_names_are_inherited_across_exec, PLAIN)
{
	ck_assert(!is_closeonexec(plain[_i].create()));
}

TEST(the_macros_are_the_4_forms)
{
	ck_assert_int_eq(family_of(socket_tcp()), AF_INET);
	ck_assert_int_eq(option_of(socket_udp(), SOL_SOCKET, SO_TYPE),
			 SOCK_DGRAM);
}

TEST(a_4_socket_is_one_system_call)
{
	count_calls();
	ck_assert_int_ge(socket_tcp4b(), 0);
	ck_assert_int_eq(calls(CALL_SOCKET), 1);
	ck_assert_int_eq(all_calls(), 1);
}

TEST(a_6_socket_is_two_system_calls)
{
	if (!have_family(AF_INET6))
		skip("no IPv6");
	count_calls();
	ck_assert_int_ge(socket_tcp6b(), 0);
	ck_assert_int_eq(calls(CALL_SOCKET), 1);
	ck_assert_int_eq(calls(CALL_SETSOCKOPT), 1);
	ck_assert_int_eq(all_calls(), 2);
}

/* Two such sockets connect, at once or not, and bytes go both ways. */
static void assert_connects(int (*create)(void), const struct place *place)
{
	int l = create();
	int s = create();

	assert_gives(0, bind_at(l, place, 0));
	assert_gives(0, socket_listen(l, 1));
	if (connect_at(s, place, port_of(l)) == -1)
		ck_assert_int_eq(errno, EINPROGRESS);
	ck_assert(writable(s, 2000));
	assert_gives(1, socket_connected(s));
	ck_assert(readable(l, 2000));
	assert_talk(s, socket_accept6(l, NULL, NULL, NULL));
}

/* Without the system's SCTP, its own errno. */
LOOP_TEST(sctp_is_what_the_system_says_of_it, 4)
{
	int (*const create[])(void) = {socket_sctp4, socket_sctp4b,
				       socket_sctp6, socket_sctp6b};
	int family = _i > 1 && have_family(AF_INET6) ? AF_INET6 : AF_INET;
	int s = socket(family, SOCK_STREAM, IPPROTO_SCTP);
	int error = errno;

	if (s == -1)
		assert_fails(error, create[_i]());
	else
		assert_connects(create[_i], &places[_i > 1 ? 0 : 2]);
}

/* By the call alone, for a kernel that has no SCTP. */
LOOP_TEST(sctp_is_asked_for_by_family_type_and_modes, 4)
{
	static const struct {
		int (*create)(void);
		int family, blocking;
	} sctp[] = {
		{socket_sctp4, AF_INET, 0},
		{socket_sctp4b, AF_INET, 1},
		{socket_sctp6, AF_INET6, 0},
		{socket_sctp6b, AF_INET6, 1},
	};

	need(HAVE_SOCK_NONBLOCK);
	need(HAVE_STRUCT_SOCKADDR_IN6);
	fail_call(CALL_SOCKET, 1, EPROTONOSUPPORT);
	assert_fails(EPROTONOSUPPORT, sctp[_i].create());
	ck_assert_int_eq(last_family, sctp[_i].family);
	ck_assert_int_eq(last_type,
			 SOCK_STREAM | (sctp[_i].blocking ? 0 : SOCK_NONBLOCK));
	ck_assert_int_eq(last_protocol, IPPROTO_SCTP);
}

/* libowfat 0.34 says EBADF. */
LOOP_TEST(too_many_open_files_is_said_as_such, PLAIN)
{
	int refused = !have_family(plain[_i].family);

	allow_no_descriptors();
	assert_fails(EMFILE, plain[_i].create());
	ck_assert_int_eq(noipv6, refused);
}

/* ---- modes ---- */

CASE("modes")

LOOP_TEST(flags_choose_the_modes, FORMS *MODES)
{
	int flags = _i % MODES;
	int s = with_flags[_i / MODES](flags);

	ck_assert_int_ge(s, 0);
	ck_assert_int_eq(is_nonblocking(s), !!(flags & SOCKET_NONBLOCK));
	ck_assert_int_eq(is_closeonexec(s), !!(flags & SOCKET_CLOEXEC));
}

/* Nothing can come between: a fork, a thread. */
LOOP_TEST(modes_come_with_the_socket, FORMS)
{
	if (!have_atomic_modes())
		skip("no SOCK_NONBLOCK");
	count_calls();
	with_flags[_i](SOCKET_NONBLOCK | SOCKET_CLOEXEC);
	ck_assert_int_eq(last_type & (SOCK_NONBLOCK | SOCK_CLOEXEC),
			 SOCK_NONBLOCK | SOCK_CLOEXEC);
	ck_assert_int_eq(calls(CALL_FCNTL), 0);
}

/* Makes socket() answer as a kernel that knows no SOCK_NONBLOCK. */
static void make_kernel_older(void)
{
	if (have_atomic_modes())
		fail_call(CALL_SOCKET, 1, EINVAL);
}

LOOP_TEST(an_older_kernel_gets_its_modes_by_fcntl, FORMS *MODES)
{
	int flags = _i % MODES;
	int s;

	need(HAVE_FCNTL);
	if (_i / MODES < FORMS6 && !have_family(AF_INET6))
		skip("no IPv6");
	if (flags)
		make_kernel_older();
	count_calls();
	s = with_flags[_i / MODES](flags);
	ck_assert_int_ge(s, 0);
	ck_assert_int_eq(calls(CALL_FCNTL) > 0, flags != 0);
	ck_assert_int_eq(is_nonblocking(s), !!(flags & SOCKET_NONBLOCK));
	ck_assert_int_eq(is_closeonexec(s), !!(flags & SOCKET_CLOEXEC));
}

LOOP_TEST(a_socket_whose_modes_cannot_be_set_is_closed, 3)
{
	int before = open_descriptors();

	make_kernel_older();
	fail_call(CALL_FCNTL, _i + 1, ENOLCK);
	assert_fails(ENOLCK,
		     socket_tcp4_flags(SOCKET_NONBLOCK | SOCKET_CLOEXEC));
	ck_assert_int_eq(open_descriptors(), before);
}

LOOP_TEST(an_unknown_flag_is_refused_before_anything_happens, 4)
{
	static const int unknown[] = {16, 1 << 30, INT_MIN, -1};

	count_calls();
	for (int form = 0; form < WITH_SCTP; form++)
		assert_fails(EINVAL, with_flags[form](unknown[_i]));
	ck_assert_int_eq(all_calls(), 0);
}

TEST(v6only_is_no_flag_of_a_4_socket)
{
	count_calls();
	assert_fails(EINVAL, socket_tcp4_flags(SOCKET_V6ONLY));
	assert_fails(EINVAL, socket_udp4_flags(SOCKET_V6ONLY));
	assert_fails(EINVAL, socket_sctp4_flags(SOCKET_V6ONLY));
	ck_assert_int_eq(all_calls(), 0);
}

TEST(mptcp_is_a_flag_of_tcp_alone)
{
	count_calls();
	assert_fails(EINVAL, socket_udp4_flags(SOCKET_MPTCP));
	assert_fails(EINVAL, socket_udp6_flags(SOCKET_MPTCP));
	assert_fails(EINVAL, socket_sctp4_flags(SOCKET_MPTCP));
	assert_fails(EINVAL, socket_sctp6_flags(SOCKET_MPTCP));
	ck_assert_int_eq(all_calls(), 0);
}

/* ---- dual-stack ---- */

CASE("dual-stack")

TEST(a_6_socket_takes_both_families)
{
	if (!have_v6only())
		skip("no IPV6_V6ONLY");
	need_dual_stack();
	ck_assert_int_eq(socket_v6only(socket_tcp6(), -1), 0);
	ck_assert_int_eq(socket_v6only(socket_udp6(), -1), 0);
}

/* libowfat clears V6ONLY on one of its paths only. */
TEST(a_6_socket_takes_both_families_against_the_default)
{
	need_sysctls();
	if (!have_v6only())
		skip("no IPV6_V6ONLY");
	need_dual_stack();
	net_sysctl("net/ipv6/bindv6only", "1");
	ck_assert_int_eq(socket_v6only(socket_tcp6(), -1), 0);
	ck_assert_int_eq(socket_v6only(socket_udp6_flags(0), -1), 0);
}

LOOP_TEST(v6only_gives_a_socket_that_takes_ipv6_alone, FORMS6)
{
	int s;

	if (!have_v6only())
		skip("no IPV6_V6ONLY");
	s = with_flags[_i](SOCKET_V6ONLY);
	ck_assert_int_eq(socket_v6only(s, -1), 1);
	assert_gives(-1, socket_bind6(s, ip6("::ffff:127.0.0.1"), 0, 0));
}

/* OpenBSD's sockets are never dual-stack: better one family than none. */
LOOP_TEST(a_system_without_dual_stack_keeps_its_socket, 2)
{
	static const int errors[] = {EINVAL, ENOPROTOOPT};

	if (!have_family(AF_INET6))
		skip("no IPv6");
	fail_call(CALL_SETSOCKOPT, 1, errors[_i]);
	ck_assert_int_eq(family_of(socket_tcp6()), AF_INET6);
}

/* libowfat does not look. */
TEST(another_failure_to_clear_v6only_closes_the_socket)
{
	int before;

	if (!have_family(AF_INET6))
		skip("no IPv6");
	before = open_descriptors();
	fail_call(CALL_SETSOCKOPT, 1, EPERM);
	assert_fails(EPERM, socket_tcp6());
	ck_assert_int_eq(open_descriptors(), before);
}

LOOP_TEST(any_failure_to_set_v6only_closes_the_socket, 3)
{
	static const int errors[] = {EINVAL, ENOPROTOOPT, EPERM};
	int before;

	if (!have_family(AF_INET6))
		skip("no IPv6");
	before = open_descriptors();
	fail_call(CALL_SETSOCKOPT, 1, errors[_i]);
	assert_fails(errors[_i], socket_udp6_flags(SOCKET_V6ONLY));
	ck_assert_int_eq(open_descriptors(), before);
}

/* ---- without IPv6 ---- */

static void refuse_family(void)
{
	fail_call(CALL_SOCKET, 1, EAFNOSUPPORT);
}

CASE("without IPv6")

LOOP_TEST(a_refused_family_gives_an_ipv4_socket, PLAIN6)
{
	refuse_family();
	ck_assert_int_eq(family_of(plain[_i].create()), AF_INET);
}

TEST(a_refused_family_is_not_asked_for_again)
{
	refuse_family();
	ck_assert_int_ge(socket_udp6b(), 0);
	ck_assert_int_eq(noipv6, 1);
	count_calls();
	ck_assert_int_eq(family_of(socket_tcp6b()), AF_INET);
	ck_assert_int_eq(calls(CALL_SOCKET), 1);
}

/* In libowfat any failure of any AF_INET6 socket ends IPv6 for ever. */
LOOP_TEST(no_other_failure_ends_ipv6, 4)
{
	static const int errors[] = {EMFILE, ENOBUFS, EACCES, EPROTONOSUPPORT};

	if (!have_family(AF_INET6))
		skip("no IPv6");
	fail_call(CALL_SOCKET, 1, errors[_i]);
	assert_fails(errors[_i], socket_tcp6b());
	ck_assert_int_eq(noipv6, 0);
	ck_assert_int_eq(family_of(socket_tcp6b()), AF_INET6);
}

TEST(a_refused_sctp_says_nothing_of_tcp)
{
	refuse_family();
	socket_sctp6();
	ck_assert_int_eq(noipv6, 0);
}

LOOP_TEST(a_program_that_sets_noipv6_gets_ipv4, PLAIN)
{
	noipv6 = 1;
	ck_assert_int_eq(family_of(plain[_i].create()), AF_INET);
	fail_call(CALL_SOCKET, 1, EMFILE);
	assert_fails(EMFILE, plain[_i].create());
	ck_assert_int_eq(last_family, AF_INET);
}

TEST(a_program_that_clears_noipv6_gets_ipv6_again)
{
	if (!have_family(AF_INET6))
		skip("no IPv6");
	noipv6 = 1;
	ck_assert_int_eq(family_of(socket_tcp6()), AF_INET);
	noipv6 = 0;
	ck_assert_int_eq(family_of(socket_tcp6()), AF_INET6);
}

/* libowfat reads every socket as IPv4 from then on, and drops the flags. */
TEST(noipv6_changes_nothing_for_open_sockets)
{
	char ip[16];
	uint16_t port;
	int s;

	need_ipv6();
	s = socket_udp6b();
	assert_gives(0, socket_bind6(s, V6loopback, 0, 0));
	noipv6 = 1;
	assert_gives(0, socket_local6(s, ip, &port, NULL));
	assert_ip6("::1", ip);
	assert_gives(1, socket_send6_flag(s, "x", 1, V6loopback, port, 0, 0));
	assert_gives(1, socket_recv6(s, (char[2]){0}, 2, ip, NULL, NULL));
	assert_ip6("::1", ip);
}

LOOP_TEST(v6only_never_degrades, FORMS6)
{
	refuse_family();
	assert_fails(EAFNOSUPPORT, with_flags[_i](SOCKET_V6ONLY));
}

LOOP_TEST(v6only_with_noipv6_set_is_refused, FORMS6)
{
	noipv6 = 1;
	count_calls();
	assert_fails(EAFNOSUPPORT, with_flags[_i](SOCKET_V6ONLY));
	ck_assert_int_eq(all_calls(), 0);
}

/* ---- Multipath TCP ---- */

/* Where a socket does not tell its protocol there is none but TCP. */
static int protocol_of(int s)
{
	ck_assert_int_ge(s, 0);
	if (SO_PROTOCOL == -1)
		return IPPROTO_TCP;
	return option_of(s, SOL_SOCKET, SO_PROTOCOL);
}

static int mptcp(int i)
{
	return i == 0 ? socket_tcp4_flags(SOCKET_MPTCP)
		      : socket_tcp6_flags(SOCKET_MPTCP);
}

CASE("Multipath TCP")

LOOP_TEST(mptcp_is_given_where_the_system_has_it, 2)
{
	int s;

	if (_i && !have_family(AF_INET6))
		skip("no IPv6");
	s = socket(_i ? AF_INET6 : AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
	ck_assert_int_eq(protocol_of(mptcp(_i)),
			 s == -1 ? IPPROTO_TCP : IPPROTO_MPTCP);
}

LOOP_TEST(mptcp_falls_back_to_tcp, 3)
{
	static const int errors[] = {ENOPROTOOPT, EPROTONOSUPPORT, EINVAL};

	fail_call(CALL_SOCKET, 1, errors[_i]);
	ck_assert_int_eq(protocol_of(mptcp(0)), IPPROTO_TCP);
}

LOOP_TEST(a_system_that_switched_mptcp_off_gives_tcp, 2)
{
	need_sysctls();
	if (access("/proc/sys/net/mptcp/enabled", F_OK) == -1)
		skip("no Multipath TCP");
	net_sysctl("net/mptcp/enabled", "0");
	ck_assert_int_eq(protocol_of(mptcp(_i)), IPPROTO_TCP);
}

TEST(mptcp_keeps_the_other_flags)
{
	int flags = SOCKET_MPTCP | SOCKET_CLOEXEC | SOCKET_NONBLOCK;
	int s;

	fail_call(CALL_SOCKET, 1, EPROTONOSUPPORT);
	s = socket_tcp4_flags(flags);
	ck_assert(is_nonblocking(s) && is_closeonexec(s));
}

LOOP_TEST(mptcp_hides_no_other_error, 2)
{
	fail_call(CALL_SOCKET, 1, EMFILE);
	assert_fails(EMFILE, mptcp(_i));
}

static void refuse_ipv6(enum call call)
{
	if (call == CALL_SOCKET && last_family == AF_INET6)
		refuse_family();
}

TEST(mptcp_without_ipv6_is_an_ipv4_socket)
{
	before_call = refuse_ipv6;
	ck_assert_int_eq(family_of(mptcp(1)), AF_INET);
}

#include "check_open.list"
