/* SPDX-License-Identifier: ISC */
/* check_sockaddr.c - an address as one value, to and from struct sockaddr. */
#include "sys/sys.h"

#include "fixture.h"
#include "net.h"
#include "suite.h"

#include <socket6.h>

static struct socket_addr6 address(const char *ip, uint16_t port,
				   uint32_t scope_id)
{
	struct socket_addr6 a = {.port = port, .scope_id = scope_id};

	memcpy(a.ip, ip6(ip), 16);
	return a;
}

static void assert_addr(const char *ip, uint16_t port, uint32_t scope_id,
			const struct socket_addr6 *a)
{
	assert_ip6(ip, a->ip);
	ck_assert_uint_eq(a->port, port);
	ck_assert_uint_eq(a->scope_id, scope_id);
	ck_assert_uint_eq(a->reserved, 0);
}

/* What the system itself calls an address, at an odd byte. */
static char odd[sizeof(struct sockaddr_storage) + 1];
#define SA (odd + 1)

static size_t name_of(int s)
{
	struct sockaddr_storage sa;
	socklen_t len = sizeof sa;

	ck_assert_int_eq(getsockname(s, (struct sockaddr *)&sa, &len), 0);
	memcpy(SA, &sa, (size_t)len);
	return (size_t)len;
}

static struct socket_addr6 untouched(void)
{
	struct socket_addr6 a;

	memset(&a, 0x5a, sizeof a);
	return a;
}

CASE("from")

PLACE_TEST(what_the_system_calls_an_address_is_read)
{
	int s = bound_at(place);
	size_t len = name_of(s);
	struct socket_addr6 a = untouched();

	assert_gives(0, socket_from_sockaddr(&a, SA, len));
	assert_addr(seen_at(place), port_of(s), seen_scope_at(place), &a);
	/* As with a struct sockaddr_storage. */
	assert_gives(0, socket_from_sockaddr(&a, SA, sizeof odd - 1));
}

PLACE_TEST(one_that_is_too_short_is_einval)
{
	size_t len = name_of(bound_at(place));

	for (size_t i = 0; i < len; i++) {
		struct socket_addr6 a = untouched(), before = a;

		assert_fails(EINVAL, socket_from_sockaddr(&a, SA, i));
		ck_assert_mem_eq(&a, &before, sizeof a);
	}
}

static const int families[] = {AF_UNSPEC, AF_UNIX, 254};

LOOP_TEST(another_family_is_eafnosupport, LENGTH(families))
{
	struct socket_addr6 a = untouched(), before = a;
	struct sockaddr_storage sa;

	memset(&sa, 0, sizeof sa);
	sa.ss_family = (__typeof__(sa.ss_family))families[_i];
	assert_fails(EAFNOSUPPORT, socket_from_sockaddr(&a, &sa, sizeof sa));
	assert_fails(EAFNOSUPPORT,
		     socket_from_sockaddr(&a, &sa, sizeof(struct sockaddr)));
	ck_assert_mem_eq(&a, &before, sizeof a);
}

TEST(an_ipv4_address_is_v4_mapped)
{
	struct socket_addr6 a = untouched();

	socket_from_ip4(&a, ip4loopback, 53);
	assert_addr("::ffff:127.0.0.1", 53, 0, &a);
}

CASE("to")

PLACE_TEST(the_system_takes_what_is_written)
{
	int s = udp_at(place, 0);
	int family = place->family == 4 || !have_af_inet6() ? 4 : 6;
	struct socket_addr6 a = address(seen_at(place), 0, scope_at(place));
	struct sockaddr_storage sa;
	size_t len = socket_to_sockaddr(&a, family, &sa, sizeof sa);

	ck_assert_uint_gt(len, 0);
	ck_assert_int_eq(bind(s, (struct sockaddr *)&sa, (socklen_t)len), 0);
	assert_gives(0, socket_from_sockaddr(&a, SA, name_of(s)));
	assert_addr(seen_at(place), port_of(s), seen_scope_at(place), &a);
}

static const struct form {
	const char *ip;
	int asked, given; /* families; 0: none */
} forms[] = {
	{"2001:db8::1", 0, 6},
	{"2001:db8::1", 6, 6},
	{"2001:db8::1", 4, 0},
	{"::ffff:192.0.2.1", 0, 4},
	{"::ffff:192.0.2.1", 4, 4},
	{"::ffff:192.0.2.1", 6, 6},
	{"::1", 4, 0},
	{"::", 4, 0},
	{"::", 0, 6},
	{"2001:db8::1", 5, 0},
	{"::ffff:192.0.2.1", -1, 0},
	{"::ffff:192.0.2.1", AF_INET6 + 100, 0},
};

TABLE_TEST(the_family_is_that_which_was_asked, x, forms, nothing_missing)
{
	struct socket_addr6 a = address(x->ip, 443, 0), again = untouched();
	size_t len;

	if (x->given == 6)
		need(HAVE_STRUCT_SOCKADDR_IN6);
	memset(odd, 0x5a, sizeof odd);
	len = socket_to_sockaddr(&a, x->asked, SA, sizeof odd - 1);
	if (x->given == 0) {
		ck_assert_uint_eq(len, 0);
		ck_assert_int_eq(SA[0], 0x5a);
		return;
	}
	ck_assert_uint_le(len, 28);
	ck_assert_int_eq(SA[len], 0x5a);
	assert_gives(0, socket_from_sockaddr(&again, SA, len));
	assert_addr(x->ip, 443, 0, &again);
	ck_assert_uint_eq(len, x->given == 4 ? sizeof(struct sockaddr_in)
					     : sizeof(struct sockaddr_in6));
}

PLACE_TEST(without_room_nothing_is_written)
{
	struct socket_addr6 a = address(seen_at(place), 1, 0);
	size_t len = socket_to_sockaddr(&a, 0, SA, sizeof odd - 1);

	memset(odd, 0x5a, sizeof odd);
	for (size_t i = 0; i < len; i++) {
		assert_gives(0, (long)socket_to_sockaddr(&a, 0, SA, i));
		ck_assert_int_eq(SA[0], 0x5a);
	}
}

TEST(a_scope_id_is_kept)
{
	struct socket_addr6 a = address("fe80::1", 7, 4711), again;
	size_t len;

	need(HAVE_STRUCT_SOCKADDR_IN6);
	need(HAVE_SIN6_SCOPE_ID);
	len = socket_to_sockaddr(&a, 0, SA, sizeof odd - 1);
	assert_gives(0, socket_from_sockaddr(&again, SA, len));
	assert_addr("fe80::1", 7, 4711, &again);
}

#include "check_sockaddr.list"
