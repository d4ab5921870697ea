/* SPDX-License-Identifier: ISC */
/*
 * check_resolve.c - from a host and a service to addresses.
 *
 * Nothing here asks a name server: getaddrinfo is the test's own, and where an
 * address is to be read without it, asking is a failure.
 */
#include "config.h"

#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "stand_in.h"
#include "suite.h"

#include <libowfat/socket.h>
#include <socket6.h>
#include <stdio.h>

enum { ROOM = 8, MANY = 70 };

static int never_ask(const char *host, const char *service,
		     const struct addrinfo *hints, struct addrinfo **found)
{
	(void)hints, (void)found;
	ck_abort_msg("asked for %s, %s", host ? host : "no host",
		     service ? service : "no service");
	return EAI_FAIL;
}

/* What getaddrinfo answers: an error, or these addresses. */
static int answer_error;
static int answer_errno;
static struct addrinfo answers[MANY];
static struct sockaddr_storage addresses[MANY];
static int count;
static struct addrinfo asked;
static char asked_for[512];

static int give_answer(const char *host, const char *service,
		       const struct addrinfo *hints, struct addrinfo **found)
{
	ck_assert((host == NULL) != (service == NULL));
	asked = *hints;
	snprintf(asked_for, sizeof asked_for, "%s", host ? host : service);
	*found = answers;
	if (answer_error == EAI_SYSTEM)
		errno = answer_errno;
	return answer_error;
}

static struct addrinfo *new_answer(void)
{
	struct addrinfo *a = &answers[count];

	ck_assert_int_lt(count, MANY);
	a->ai_addr = (struct sockaddr *)&addresses[count];
	a->ai_addrlen = sizeof addresses[count];
	if (count++ > 0)
		answers[count - 2].ai_next = a;
	stand_in.getaddrinfo = give_answer;
	return a;
}

static void answer4(const char *ip, uint16_t port)
{
	struct addrinfo *a = new_answer();
	struct sockaddr_in *in = (struct sockaddr_in *)a->ai_addr;

	a->ai_addrlen = sizeof *in;
	in->sin_family = AF_INET;
	memcpy(&in->sin_addr, ip4(ip), 4);
	in->sin_port = htons(port);
}

static void answer6(const char *ip, uint32_t scope_id)
{
	struct addrinfo *a = new_answer();
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)a->ai_addr;

	a->ai_addrlen = sizeof *in6;
	in6->sin6_family = AF_INET6;
	memcpy(&in6->sin6_addr, ip6(ip), 16);
	in6->sin6_scope_id = scope_id;
}

/* One of another family, or of none. */
static void answer_else(void)
{
	new_answer()->ai_addr->sa_family = AF_UNIX;
	answers[count - 1].ai_addrlen = sizeof(struct sockaddr_in);
	new_answer();
}

static void answer_with(int error)
{
	answer_error = error;
	answer_errno = EMFILE;
	stand_in.getaddrinfo = give_answer;
}

static void assert_address(const char *ip, uint16_t port, uint32_t scope_id,
			   const struct socket_addr6 *a)
{
	assert_ip6(ip, a->ip);
	ck_assert_uint_eq(a->port, port);
	ck_assert_uint_eq(a->scope_id, scope_id);
	ck_assert_uint_eq(a->reserved, 0);
}

/* ---- addresses ---- */

static const struct literal {
	const char *host, *service, *ip;
	uint16_t port;
	uint32_t scope_id;
	int flags;
} literals[] = {
	{"::1", "80", "::1", 80, 0, 0},
	{"[::1]", "80", "::1", 80, 0, 0},
	{"2001:DB8::0:1", "65535", "2001:db8::1", 65535, 0, 0},
	{"::", "0", "::", 0, 0, 0},
	{"192.0.2.1", "443", "::ffff:192.0.2.1", 443, 0, 0},
	{"::ffff:192.0.2.1", "443", "::ffff:192.0.2.1", 443, 0, 0},
	{"[::ffff:192.0.2.1]", "443", "::ffff:192.0.2.1", 443, 0, 0},
	{"fe80::1%1", "443", "fe80::1", 443, 1, 0},
	{"[fe80::1%4294967295]", "443", "fe80::1", 443, 4294967295u, 0},
	{"[::1]:443", NULL, "::1", 443, 0, 0},
	{"[fe80::1%1]:443", NULL, "fe80::1", 443, 1, 0},
	{"192.0.2.1:443", NULL, "::ffff:192.0.2.1", 443, 0, 0},
	{"::1", "80", "::1", 80, 0, SOCKET_LOOKUP_V6},
	{"::1", "80", "::1", 80, 0, SOCKET_LOOKUP_V4 | SOCKET_LOOKUP_V6},
	{"192.0.2.1", "80", "::ffff:192.0.2.1", 80, 0, SOCKET_LOOKUP_V4},
	{"::1", "80", "::1", 80, 0, SOCKET_LOOKUP_PASSIVE},
	/* To listen at. */
	{NULL, "80", "::", 80, 0, SOCKET_LOOKUP_PASSIVE},
	{"", "80", "::", 80, 0, SOCKET_LOOKUP_PASSIVE},
	{"*", "80", "::", 80, 0, SOCKET_LOOKUP_PASSIVE},
	{":80", NULL, "::", 80, 0, SOCKET_LOOKUP_PASSIVE},
	{"*:80", NULL, "::", 80, 0, SOCKET_LOOKUP_PASSIVE},
	{"*", "80", "::", 80, 0, SOCKET_LOOKUP_PASSIVE | SOCKET_LOOKUP_V6},
	{"*", "80", "::ffff:0.0.0.0", 80, 0,
	 SOCKET_LOOKUP_PASSIVE | SOCKET_LOOKUP_V4},
	{":80", NULL, "::ffff:0.0.0.0", 80, 0,
	 SOCKET_LOOKUP_PASSIVE | SOCKET_LOOKUP_V4},
};

static void assert_literal(const struct literal *l)
{
	struct socket_addr6 a[2];

	memset(a, 0x55, sizeof a);
	assert_gives(1, socket_resolve6(l->host, l->service, l->flags, a, 2));
	assert_address(l->ip, l->port, l->scope_id, a);
	ck_assert_int_eq(a[1].ip[0], 0x55);
}

CASE("address")

LOOP_TEST(an_address_is_read_without_asking, LENGTH(literals))
{
	stand_in.getaddrinfo = never_ask;
	assert_literal(&literals[_i]);
}

/* The same by the C library's own, where there is nobody to ask. */
TEST(an_address_is_read_where_there_is_no_network)
{
	need_net();
	if (on_gvisor())
		skip("lo cannot be set down");
	net_ip("link set lo down");
	for (size_t i = 0; i < LENGTH(literals); i++)
		assert_literal(&literals[i]);
}

TEST(a_zone_is_an_interface)
{
	struct socket_addr6 a;
	char host[64];

	need_names();
	stand_in.getaddrinfo = never_ask;
	snprintf(host, sizeof host, "fe80::1%%%s", LO);
	assert_gives(1, socket_resolve6(host, "443", 0, &a, 1));
	assert_address("fe80::1", 443, net_index(LO), &a);
}

/* Not ENODEV: the interface may be there. */
TEST(a_zone_that_cannot_be_asked_for_says_why)
{
	struct socket_addr6 a;

	need_names();
	need_net();
	stand_in.getaddrinfo = never_ask;
	allow_no_descriptors();
	assert_fails(EMFILE, socket_resolve6("fe80::1%lo", "443", 0, &a, 1));
	assert_fails(EMFILE, socket_resolve6("[fe80::1%1]", "443", 0, &a, 1));
	assert_fails(EMFILE,
		     socket_resolve6("[fe80::1%1]:443", NULL, 0, &a, 1));
	assert_fails(EMFILE, socket_dial("fe80::1%nosuch", "443", 0, NULL));
	assert_gives(1, socket_resolve6("fe80::1%01", "443", 0, &a, 1));
	assert_address("fe80::1", 443, 1, &a);
}

/* glibc then says that there is no such name, or service. */
TEST(what_cannot_be_asked_for_is_not_what_is_not_there)
{
	struct socket_addr6 a;

	need(HAVE_FREEADDRINFO);
	allow_no_descriptors();
	answer_with(EAI_NONAME);
	assert_fails(EMFILE, socket_resolve6("name.example", "443", 0, &a, 1));
	answer_with(EAI_SERVICE);
	assert_fails(EMFILE, socket_resolve6("::1", "nosuchservice", 0, &a, 1));
}

TEST(ipv6_is_read_even_if_it_is_not_wanted)
{
	noipv6 = 1;
	stand_in.getaddrinfo = never_ask;
	assert_literal(&literals[0]);
}

TEST(a_listener_without_ipv6_is_at_any_ipv4_address)
{
	struct socket_addr6 a;

	noipv6 = 1;
	assert_gives(
		1, socket_resolve6("*:80", NULL, SOCKET_LOOKUP_PASSIVE, &a, 1));
	assert_address("::ffff:0.0.0.0", 80, 0, &a);
}

/* ---- bad input, for which nobody is asked ---- */

static const struct {
	const char *host, *service;
	int error, flags;
} bad[] = {
	{NULL, "80", EINVAL, 0},
	{NULL, NULL, EINVAL, 0},
	{"", "80", EINVAL, 0},
	{"", NULL, EINVAL, 0},
	{"::1", NULL, EINVAL, 0},
	{"[::1]", NULL, EINVAL, 0},
	{"::1:443", NULL, EINVAL, 0},
	{"[::1]:", NULL, EINVAL, 0},
	{"[::1]:65536", NULL, EINVAL, 0},
	{"[::1]:080", NULL, EINVAL, 0},
	{"[::1]:80x", NULL, EINVAL, 0},
	{"[::1]:https", NULL, EINVAL, 0},
	{"[192.0.2.1]:80", NULL, EINVAL, 0},
	{"192.0.2.1", NULL, EINVAL, 0},
	{"localhost", NULL, EINVAL, 0},
	{"localhost:", NULL, EINVAL, 0},
	{"localhost:https", NULL, EINVAL, 0},
	{"localhost:080", NULL, EINVAL, 0},
	{"localhost:65536", NULL, EINVAL, 0},
	{"localhost:80:80", NULL, EINVAL, 0},
	{":80", NULL, EINVAL, 0},
	{"*:80", NULL, EINVAL, 0},
	{"*", "80", EINVAL, 0},
	{"*.example", "80", EINVAL, 0},
	{"1.2.3.456:80", NULL, EINVAL, 0},
	{"name\n.example", "80", EINVAL, 0},
	{"name.example\177", "80", EINVAL, 0},
	{"b\303\274cher.example", "80", EINVAL, 0},
	{"::1", "80", EINVAL, 16},
	{"::1", "80", EINVAL, -1},
	{NULL, NULL, EINVAL, SOCKET_LOOKUP_PASSIVE},
	{"", NULL, EINVAL, SOCKET_LOOKUP_PASSIVE},
	{"*", NULL, EINVAL, SOCKET_LOOKUP_PASSIVE},
	{"**", "80", EINVAL, SOCKET_LOOKUP_PASSIVE},
	{"::1", "80", ENOENT, SOCKET_LOOKUP_V4},
	{"192.0.2.1", "80", ENOENT, SOCKET_LOOKUP_V6},
	{"192.0.2.1:80", NULL, ENOENT, SOCKET_LOOKUP_V6},
	{"[::1]:443", "443", EINVAL, 0},
	{"localhost:80", "80", EINVAL, 0},
	{"[::1", "80", EINVAL, 0},
	{"::1]", "80", EINVAL, 0},
	{"[]", "80", EINVAL, 0},
	{"[localhost]", "80", EINVAL, 0},
	{"[192.0.2.1]", "80", EINVAL, 0},
	{":::", "80", EINVAL, 0},
	{"12345::", "80", EINVAL, 0},
	{"::1/64", "80", EINVAL, 0},
	{"::1 ", "80", EINVAL, 0},
	{"192.0.2.1 ", "80", EINVAL, 0},
	{" 192.0.2.1", "80", EINVAL, 0},
	/* What inet_aton(3) takes for an address, and a name server for none. */
	{"1.2.3.456", "80", EINVAL, 0},
	{"1.2.3", "80", EINVAL, 0},
	{"1.2.3.4.", "80", EINVAL, 0},
	{"1.2.3.4.5", "80", EINVAL, 0},
	{"127.1", "80", EINVAL, 0},
	{"2130706433", "80", EINVAL, 0},
	{"0x7f000001", "80", EINVAL, 0},
	{"0X7F.1", "80", EINVAL, 0},
	{"127.0.0.0x1", "80", EINVAL, 0},
	{"127.0.0.01", "80", EINVAL, 0},
	{"host.1", "80", EINVAL, 0},
	{".", "80", EINVAL, 0},
	{"..", "80", EINVAL, 0},
	{"host..", "80", EINVAL, 0},
	{"fe80::1%", "80", EINVAL, 0},
	{"[fe80::1%]", "80", EINVAL, 0},
	{"[fe80::1%]:443", NULL, EINVAL, 0},
	{"fe80::1%%1", "80", EINVAL, 0},
	{"fe80::1%veth0@if5", "80", EINVAL, 0},
	{"[fe80::1%1=2]:443", NULL, EINVAL, 0},
	{"fe80::1%1 ", "80", EINVAL, 0},
	{"[fe80::1%1", "80", EINVAL, 0},
	{"[fe80::1%1]", NULL, EINVAL, 0},
	{"192.0.2.1%1:443", NULL, EINVAL, 0},
	{"192.0.2.1%no-such", "80", ENODEV, 0},
	{"fe80::1%no-such", "80", ENODEV, 0},
	{"[fe80::1%no-such]", "80", ENODEV, 0},
	{"[fe80::1%no-such]:443", NULL, ENODEV, 0},
	{"fe80::1%4294967296", "80", ENODEV, 0},
	{"host%no-such", "80", EINVAL, 0},
	{"::1", "", EINVAL, 0},
	{"::1", "65536", EINVAL, 0},
	{"::1", "-1", EINVAL, 0},
	{"::1", "+80", EINVAL, 0},
	{"::1", " 80", EINVAL, 0},
	{"::1", "80 ", EINVAL, 0},
	{"::1", "080", EINVAL, 0},
	{"::1", "99999999999999999999", EINVAL, 0},
	{"name.example", "", EINVAL, 0},
	{"name.example", "65536", EINVAL, 0},
};

CASE("bad input")

LOOP_TEST(what_is_no_host_or_port_is_refused_without_asking, LENGTH(bad))
{
	struct socket_addr6 a;

	memset(&a, 0x55, sizeof a);
	stand_in.getaddrinfo = never_ask;
	assert_fails(bad[_i].error,
		     socket_resolve6(bad[_i].host, bad[_i].service,
				     bad[_i].flags, &a, 1));
	ck_assert_int_eq(a.ip[0], 0x55);
	ck_assert_uint_eq(a.port, 0x5555);
}

TEST(without_a_place_for_addresses_they_are_counted)
{
	assert_gives(1, socket_resolve6("::1", "80", 0, NULL, 0));
	assert_gives(1, socket_resolve6("[::1]:80", NULL, 0, NULL, 0));
	assert_fails(EINVAL, socket_resolve6("::1", "80", 0, NULL, 1));
}

/* ---- services ---- */

CASE("service")

TEST(a_service_is_a_name)
{
	struct socket_addr6 a;

	need(HAVE_FREEADDRINFO);
	answer4("0.0.0.0", 443);
	assert_gives(1, socket_resolve6("::1", "https", 0, &a, 1));
	assert_address("::1", 443, 0, &a);
	ck_assert_int_eq(asked.ai_socktype, SOCK_STREAM);
	ck_assert_int_eq(calls(CALL_FREEADDRINFO), 1);
}

TEST(a_service_may_be_one_of_udp)
{
	struct socket_addr6 a;

	need(HAVE_FREEADDRINFO);
	answer4("0.0.0.0", 123);
	assert_gives(1,
		     socket_resolve6("::1", "ntp", SOCKET_LOOKUP_UDP, &a, 1));
	assert_address("::1", 123, 0, &a);
	ck_assert_int_eq(asked.ai_socktype, SOCK_DGRAM);
	ck_assert_int_eq(asked.ai_protocol, IPPROTO_UDP);
}

/* By the C library: /etc/services has none of these. */
static const char *const services[] = {"80x", "x80", " 80x", "a-b", "0x50"};

LOOP_TEST(an_unknown_service_is_told_as_such, LENGTH(services))
{
	assert_fails(EPROTONOSUPPORT,
		     socket_resolve6("::1", services[_i], 0, NULL, 0));
}

/* ---- names ---- */

CASE("name")

TEST(the_order_of_the_resolver_is_kept)
{
	struct socket_addr6 a[ROOM];

	need(HAVE_FREEADDRINFO);
	need(HAVE_STRUCT_SOCKADDR_IN6);
	answer6("2001:db8::1", 0);
	answer4("192.0.2.1", 0);
	answer6("fe80::1", 7);
	answer6("::ffff:192.0.2.2", 0);
	assert_gives(4, socket_resolve6("name.example", "443", 0, a, ROOM));
	assert_address("2001:db8::1", 443, 0, &a[0]);
	assert_address("::ffff:192.0.2.1", 443, 0, &a[1]);
	assert_address("fe80::1", 443, HAVE(HAVE_SIN6_SCOPE_ID) ? 7 : 0, &a[2]);
	assert_address("::ffff:192.0.2.2", 443, 0, &a[3]);
	ck_assert_int_eq(asked.ai_family, AF_UNSPEC);
	ck_assert_int_eq(asked.ai_socktype, SOCK_STREAM);
	ck_assert_int_eq(asked.ai_protocol, IPPROTO_TCP);
	ck_assert_int_eq(calls(CALL_FREEADDRINFO), 1);
}

static const char *const names[] = {
	"localhost", "name.example.", "xn--bcher-kva.example",
	"1host",     "3.example",     "0x.example",
	"0xhost",    "a_b.example",   "-",
	"1.2.3.4x",  "host.0xg",
};

LOOP_TEST(what_may_be_a_name_is_asked_for, LENGTH(names))
{
	need(HAVE_FREEADDRINFO);
	answer4("192.0.2.1", 0);
	assert_gives(1, socket_resolve6(names[_i], "443", 0, NULL, 0));
	ck_assert_int_eq(calls(CALL_GETADDRINFO), 1);
}

TEST(a_name_may_have_its_port)
{
	struct socket_addr6 a;

	need(HAVE_FREEADDRINFO);
	answer4("192.0.2.1", 0);
	assert_gives(1, socket_resolve6("name.example:8080", NULL, 0, &a, 1));
	assert_address("::ffff:192.0.2.1", 8080, 0, &a);
	ck_assert_str_eq(asked_for, "name.example");
}

/* RFC 1035 section 2.3.4 has 255 octets, of which two are not written. */
static const struct {
	size_t len;
	const char *end;
	int error;
} lengths[] = {
	{253, "", 0},
	{253, ".", 0},
	{254, "", ENAMETOOLONG},
	{254, ".", ENAMETOOLONG},
	{300, "", ENAMETOOLONG},
};

LOOP_TEST(a_name_has_at_most_253_bytes, LENGTH(lengths))
{
	char host[512];

	need(HAVE_FREEADDRINFO);
	memset(host, 'a', lengths[_i].len);
	strcpy(host + lengths[_i].len, lengths[_i].end);
	answer4("192.0.2.1", 0);
	if (lengths[_i].error)
		assert_fails(lengths[_i].error,
			     socket_resolve6(host, "80", 0, NULL, 0));
	else
		assert_gives(1, socket_resolve6(host, "80", 0, NULL, 0));
	strcat(host, ":80");
	assert_gives(lengths[_i].error ? -1 : 1,
		     socket_resolve6(host, NULL, 0, NULL, 0));
}

static const struct {
	int flags, family;
} families[] = {
	{0, AF_UNSPEC},
	{SOCKET_LOOKUP_V4, AF_INET},
	{SOCKET_LOOKUP_V6, AF_INET6},
	{SOCKET_LOOKUP_V4 | SOCKET_LOOKUP_V6, AF_UNSPEC},
	{SOCKET_LOOKUP_UDP, AF_UNSPEC},
	{SOCKET_LOOKUP_PASSIVE, AF_UNSPEC},
};

LOOP_TEST(one_family_alone_is_asked_for, LENGTH(families))
{
	need(HAVE_FREEADDRINFO);
	need(HAVE_STRUCT_SOCKADDR_IN6);
	answer4("192.0.2.1", 0);
	assert_gives(1, socket_resolve6("name.example", "80",
					families[_i].flags, NULL, 0));
	ck_assert_int_eq(asked.ai_family, families[_i].family);
}

TEST(addresses_are_counted_beyond_the_room_for_them)
{
	struct socket_addr6 a[2];

	need(HAVE_FREEADDRINFO);
	memset(a, 0x55, sizeof a);
	for (int i = 0; i < MANY; i++)
		answer4("192.0.2.1", 0);
	assert_gives(MANY, socket_resolve6("name.example", "443", 0, NULL, 0));
	assert_gives(MANY, socket_resolve6("name.example", "443", 0, a, 1));
	assert_address("::ffff:192.0.2.1", 443, 0, &a[0]);
	ck_assert_int_eq(a[1].ip[0], 0x55);
	ck_assert_int_eq(calls(CALL_FREEADDRINFO), 2);
}

TEST(other_families_are_passed_over)
{
	struct socket_addr6 a[ROOM];

	need(HAVE_FREEADDRINFO);
	answer_else();
	answer4("192.0.2.1", 0);
	assert_gives(1, socket_resolve6("name.example", "443", 0, a, ROOM));
	assert_address("::ffff:192.0.2.1", 443, 0, &a[0]);
}

TEST(a_name_of_other_families_alone_has_no_address)
{
	need(HAVE_FREEADDRINFO);
	answer_else();
	assert_fails(ENOENT,
		     socket_resolve6("name.example", "443", 0, NULL, 0));
	ck_assert_int_eq(calls(CALL_FREEADDRINFO), 1);
}

TEST(without_ipv6_only_ipv4_is_asked_for)
{
	need(HAVE_FREEADDRINFO);
	noipv6 = 1;
	answer4("192.0.2.1", 0);
	assert_gives(1, socket_resolve6("name.example", "443", 0, NULL, 0));
	ck_assert_int_eq(asked.ai_family, AF_INET);
}

static const struct {
	int eai, error;
} errors[] = {
	{EAI_NONAME, ENOENT},
	{EAI_NODATA, ENOENT},
	{EAI_ADDRFAMILY, ENOENT},
	{EAI_SERVICE, EPROTONOSUPPORT},
	{EAI_SOCKTYPE, EPROTONOSUPPORT},
	{EAI_FAMILY, EAFNOSUPPORT},
	{EAI_AGAIN, EIO},
	{EAI_MEMORY, ENOMEM},
	{EAI_FAIL, ENOTRECOVERABLE},
	{EAI_BADFLAGS, EIO},
	{EAI_SYSTEM, EMFILE},
};

LOOP_TEST(each_error_of_the_resolver_is_an_errno, LENGTH(errors))
{
	answer_with(errors[_i].eai);
	count_calls();
	assert_fails(errors[_i].error,
		     socket_resolve6("name.example", "443", 0, NULL, 0));
	ck_assert_int_eq(calls(CALL_GETADDRINFO), 1);
	ck_assert_int_eq(calls(CALL_FREEADDRINFO), 0);
}

TEST(an_error_of_the_system_that_has_no_name_is_eio)
{
	answer_with(EAI_SYSTEM);
	answer_errno = 0;
	assert_fails(EIO, socket_resolve6("name.example", "443", 0, NULL, 0));
}

/* Of a service alone, EAI_NONAME can mean nothing else. */
LOOP_TEST(and_of_a_service, LENGTH(errors))
{
	int error = errors[_i].error;

	answer_with(errors[_i].eai);
	assert_fails(error == ENOENT ? EPROTONOSUPPORT : error,
		     socket_resolve6("::1", "https", 0, NULL, 0));
}

/* glibc's alone: a name or an answer that is too long for its room. */
TEST(a_name_that_is_too_long_is_told_as_such)
{
	if (EAI_OVERFLOW == EAI_NONAME)
		skip("no EAI_OVERFLOW");
	answer_with(EAI_OVERFLOW);
	assert_fails(ENAMETOOLONG,
		     socket_resolve6("name.example", "443", 0, NULL, 0));
}

static int refused;

/* What goes to port 9 is refused, and nothing else. */
static int refuse(int s, const struct sockaddr *sa, socklen_t len)
{
	int r;

	if (((const struct sockaddr_in *)sa)->sin_port == htons(9)) {
		refused++;
		errno = ECONNREFUSED;
		return -1;
	}
	stand_in.connect = NULL;
	r = connect(s, sa, len);
	stand_in.connect = refuse;
	return r;
}

TEST(each_of_many_addresses_of_a_name_is_dialled)
{
	char ip[32];

	need(HAVE_FREEADDRINFO);
	for (int i = 1; i <= MANY; i++) {
		snprintf(ip, sizeof ip, "127.0.0.%d", i);
		answer4(ip, 0);
	}
	stand_in.connect = refuse;
	assert_fails(ECONNREFUSED, socket_dial("name.example", "9", -1, NULL));
	ck_assert_int_eq(refused, MANY);
}

#include "check_resolve.list"
