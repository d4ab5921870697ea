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

/* The first half are the 6 forms, here and in with_flags. */
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

static const struct plain sctp[] = {
	{socket_sctp4, AF_INET, SOCK_STREAM, 0},
	{socket_sctp4b, AF_INET, SOCK_STREAM, 1},
	{socket_sctp6, AF_INET6, SOCK_STREAM, 0},
	{socket_sctp6b, AF_INET6, SOCK_STREAM, 1},
};

static const struct with_flags {
	int (*create)(int flags);
	int family;
} with_flags[] = {
	{socket_tcp6_flags, AF_INET6},
	{socket_udp6_flags, AF_INET6},
	{socket_tcp4_flags, AF_INET},
	{socket_udp4_flags, AF_INET},
};

enum { PLAIN6 = LENGTH(plain) / 2, FLAGS6 = LENGTH(with_flags) / 2 };

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

#define need_af_inet6()                                                        \
 do {                                                                          \
  if (!have_family(AF_INET6))                                                  \
   skip("no IPv6");                                                            \
 } while (0)

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

LOOP_TEST(each_name_gives_its_family_and_type, LENGTH(plain))
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

LOOP_TEST(plain_names_are_nonblocking_and_b_names_blocking, LENGTH(plain))
{
	ck_assert_int_eq(is_nonblocking(plain[_i].create()),
			 !plain[_i].blocking);
}

/* djb's programs hand their sockets to children: no close-on-exec here. */
LOOP_TEST(plain_names_are_inherited_across_exec, LENGTH(plain))
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
	need_af_inet6();
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
LOOP_TEST(sctp_is_what_the_system_says_of_it, LENGTH(sctp))
{
	const struct plain *p = &sctp[_i];
	int family = have_family(p->family) ? p->family : AF_INET;
	int s = socket(family, SOCK_STREAM, IPPROTO_SCTP);
	int error = errno;

	if (s == -1)
		assert_fails(error, p->create());
	else
		assert_connects(p->create,
				p->family == AF_INET6 ? AT_IPV6 : AT_IPV4);
}

/* By the call alone, for a kernel that has no SCTP. */
LOOP_TEST(sctp_is_asked_for_by_family_type_and_modes, LENGTH(sctp))
{
	const struct plain *p = &sctp[_i];

	need(HAVE_SOCK_NONBLOCK);
	need(HAVE_STRUCT_SOCKADDR_IN6);
	fail_call(CALL_SOCKET, 1, EPROTONOSUPPORT);
	assert_fails(EPROTONOSUPPORT, p->create());
	ck_assert_int_eq(last_call.family, p->family);
	ck_assert_int_eq(last_call.type,
			 p->type | (p->blocking ? 0 : SOCK_NONBLOCK));
	ck_assert_int_eq(last_call.protocol, IPPROTO_SCTP);
}

/* libowfat 0.34 says EBADF. */
LOOP_TEST(too_many_open_files_is_said_as_such, LENGTH(plain))
{
	int refused = !have_family(plain[_i].family);

	allow_no_descriptors();
	assert_fails(EMFILE, plain[_i].create());
	ck_assert_int_eq(noipv6, refused);
}

/* ---- modes ---- */

static const int modes[] = {0, SOCKET_NONBLOCK, SOCKET_CLOEXEC,
			    SOCKET_NONBLOCK | SOCKET_CLOEXEC};

enum { MODES = LENGTH(modes), IN_EACH_MODE = LENGTH(with_flags) * MODES };

static void assert_modes(int flags, int s)
{
	ck_assert_int_ge(s, 0);
	ck_assert_int_eq(is_nonblocking(s), !!(flags & SOCKET_NONBLOCK));
	ck_assert_int_eq(is_closeonexec(s), !!(flags & SOCKET_CLOEXEC));
}

/* The socket fails so if the nth of this call does, and is closed. */
#define assert_closed(error, call, nth, socket)                                \
 do {                                                                          \
  int before_ = open_descriptors();                                            \
  fail_call(call, nth, error);                                                 \
  assert_fails(error, socket);                                                 \
  ck_assert_int_eq(open_descriptors(), before_);                               \
 } while (0)

CASE("modes")

LOOP_TEST(flags_choose_the_modes, IN_EACH_MODE)
{
	int flags = modes[_i % MODES];

	assert_modes(flags, with_flags[_i / MODES].create(flags));
}

/* Nothing can come between: a fork, a thread. */
LOOP_TEST(modes_come_with_the_socket, LENGTH(with_flags))
{
	if (!have_atomic_modes())
		skip("no SOCK_NONBLOCK");
	count_calls();
	with_flags[_i].create(SOCKET_NONBLOCK | SOCKET_CLOEXEC);
	ck_assert_int_eq(last_call.type & (SOCK_NONBLOCK | SOCK_CLOEXEC),
			 SOCK_NONBLOCK | SOCK_CLOEXEC);
	ck_assert_int_eq(calls(CALL_FCNTL), 0);
}

/* Makes socket() answer as a kernel that knows no SOCK_NONBLOCK. */
static void make_kernel_older(void)
{
	if (have_atomic_modes())
		fail_call(CALL_SOCKET, 1, EINVAL);
}

LOOP_TEST(an_older_kernel_gets_its_modes_by_fcntl, IN_EACH_MODE)
{
	const struct with_flags *f = &with_flags[_i / MODES];
	int flags = modes[_i % MODES];
	int s;

	need(HAVE_FCNTL);
	if (f->family == AF_INET6)
		need_af_inet6();
	if (flags)
		make_kernel_older();
	count_calls();
	s = f->create(flags);
	ck_assert_int_eq(calls(CALL_FCNTL) > 0, flags != 0);
	assert_modes(flags, s);
}

/* What fcntl does, call by call. */
enum { SETS_CLOEXEC, READS_MODES, SETS_NONBLOCK, FCNTLS };

LOOP_TEST(a_socket_whose_modes_cannot_be_set_is_closed, FCNTLS)
{
	make_kernel_older();
	assert_closed(ENOLCK, CALL_FCNTL, _i + 1,
		      socket_tcp4_flags(SOCKET_NONBLOCK | SOCKET_CLOEXEC));
}

static const int unknown[] = {16, 1 << 30, INT_MIN, -1};

LOOP_TEST(an_unknown_flag_is_refused_before_anything_happens, LENGTH(unknown))
{
	count_calls();
	for (size_t i = 0; i < LENGTH(with_flags); i++)
		assert_fails(EINVAL, with_flags[i].create(unknown[_i]));
	assert_fails(EINVAL, socket_sctp4_flags(unknown[_i]));
	assert_fails(EINVAL, socket_sctp6_flags(unknown[_i]));
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

LOOP_TEST(v6only_gives_a_socket_that_takes_ipv6_alone, FLAGS6)
{
	int s;

	if (!have_v6only())
		skip("no IPV6_V6ONLY");
	s = with_flags[_i].create(SOCKET_V6ONLY);
	ck_assert_int_eq(socket_v6only(s, -1), 1);
	assert_gives(-1, socket_bind6(s, ip6("::ffff:127.0.0.1"), 0, 0));
}

/* OpenBSD's sockets are never dual-stack: better one family than none. */
static const int no_dual_stack[] = {EINVAL, ENOPROTOOPT};

LOOP_TEST(a_system_without_dual_stack_keeps_its_socket, LENGTH(no_dual_stack))
{
	need_af_inet6();
	fail_call(CALL_SETSOCKOPT, 1, no_dual_stack[_i]);
	ck_assert_int_eq(family_of(socket_tcp6()), AF_INET6);
}

/* libowfat does not look. */
TEST(another_failure_to_clear_v6only_closes_the_socket)
{
	need_af_inet6();
	assert_closed(EPERM, CALL_SETSOCKOPT, 1, socket_tcp6());
}

static const int any_failure[] = {EINVAL, ENOPROTOOPT, EPERM};

LOOP_TEST(any_failure_to_set_v6only_closes_the_socket, LENGTH(any_failure))
{
	need_af_inet6();
	assert_closed(any_failure[_i], CALL_SETSOCKOPT, 1,
		      socket_udp6_flags(SOCKET_V6ONLY));
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
static const int other_failures[] = {EMFILE, ENOBUFS, EACCES, EPROTONOSUPPORT};

LOOP_TEST(no_other_failure_ends_ipv6, LENGTH(other_failures))
{
	need_af_inet6();
	fail_call(CALL_SOCKET, 1, other_failures[_i]);
	assert_fails(other_failures[_i], socket_tcp6b());
	ck_assert_int_eq(noipv6, 0);
	ck_assert_int_eq(family_of(socket_tcp6b()), AF_INET6);
}

TEST(a_refused_sctp_says_nothing_of_tcp)
{
	refuse_family();
	socket_sctp6();
	ck_assert_int_eq(noipv6, 0);
}

LOOP_TEST(a_program_that_sets_noipv6_gets_ipv4, LENGTH(plain))
{
	noipv6 = 1;
	ck_assert_int_eq(family_of(plain[_i].create()), AF_INET);
	fail_call(CALL_SOCKET, 1, EMFILE);
	assert_fails(EMFILE, plain[_i].create());
	ck_assert_int_eq(last_call.family, AF_INET);
}

TEST(a_program_that_clears_noipv6_gets_ipv6_again)
{
	need_af_inet6();
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

LOOP_TEST(v6only_never_degrades, FLAGS6)
{
	refuse_family();
	assert_fails(EAFNOSUPPORT, with_flags[_i].create(SOCKET_V6ONLY));
}

LOOP_TEST(v6only_with_noipv6_set_is_refused, FLAGS6)
{
	noipv6 = 1;
	count_calls();
	assert_fails(EAFNOSUPPORT, with_flags[_i].create(SOCKET_V6ONLY));
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

static const struct with_flags tcp[] = {
	{socket_tcp4_flags, AF_INET},
	{socket_tcp6_flags, AF_INET6},
};

static const int no_mptcp[] = {ENOPROTOOPT, EPROTONOSUPPORT, EINVAL};

CASE("Multipath TCP")

LOOP_TEST(mptcp_is_given_where_the_system_has_it, LENGTH(tcp))
{
	int s;

	if (tcp[_i].family == AF_INET6)
		need_af_inet6();
	s = socket(tcp[_i].family, SOCK_STREAM, IPPROTO_MPTCP);
	ck_assert_int_eq(protocol_of(tcp[_i].create(SOCKET_MPTCP)),
			 s == -1 ? IPPROTO_TCP : IPPROTO_MPTCP);
}

LOOP_TEST(mptcp_falls_back_to_tcp, LENGTH(no_mptcp))
{
	fail_call(CALL_SOCKET, 1, no_mptcp[_i]);
	ck_assert_int_eq(protocol_of(socket_tcp4_flags(SOCKET_MPTCP)),
			 IPPROTO_TCP);
}

LOOP_TEST(a_system_that_switched_mptcp_off_gives_tcp, LENGTH(tcp))
{
	need_sysctls();
	if (access("/proc/sys/net/mptcp/enabled", F_OK) == -1)
		skip("no Multipath TCP");
	net_sysctl("net/mptcp/enabled", "0");
	ck_assert_int_eq(protocol_of(tcp[_i].create(SOCKET_MPTCP)),
			 IPPROTO_TCP);
}

TEST(mptcp_keeps_the_other_flags)
{
	int flags = SOCKET_MPTCP | SOCKET_CLOEXEC | SOCKET_NONBLOCK;
	int s;

	fail_call(CALL_SOCKET, 1, EPROTONOSUPPORT);
	s = socket_tcp4_flags(flags);
	ck_assert(is_nonblocking(s) && is_closeonexec(s));
}

LOOP_TEST(mptcp_hides_no_other_error, LENGTH(tcp))
{
	fail_call(CALL_SOCKET, 1, EMFILE);
	assert_fails(EMFILE, tcp[_i].create(SOCKET_MPTCP));
}

static void refuse_ipv6(enum call call)
{
	if (call == CALL_SOCKET && last_call.family == AF_INET6)
		refuse_family();
}

TEST(mptcp_without_ipv6_is_an_ipv4_socket)
{
	stand_in.before = refuse_ipv6;
	ck_assert_int_eq(family_of(socket_tcp6_flags(SOCKET_MPTCP)), AF_INET);
}

#include "check_open.list"
