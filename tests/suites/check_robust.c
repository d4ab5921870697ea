/* SPDX-License-Identifier: ISC */
/*
 * check_robust.c - every function on every kind of descriptor.
 *
 * Whatever it is given, a function returns, says why it failed, writes
 * nothing then, leaves nothing open and raises no signal.
 */
#include "fixture.h"
#include "functions.h"
#include "net.h"
#include "platform.h"
#include "suite.h"

#include <socket6.h>

static int is(const struct function *f, const char *start)
{
	return strncmp(f->name, start, strlen(start)) == 0;
}

/* Calls f and holds it to what every call promises; its result. */
static long robust(const struct function *f, int s, const char *kind)
{
	long failure = f->wants == CONNECTED ? 0 : -1;
	int before = open_descriptors();
	struct outputs o, untouched;
	int error, opened;
	long r;

	memset(&o, 0x5a, sizeof o);
	memset(&untouched, 0x5a, sizeof untouched);
	errno = 0;
	r = f->call(s, &o);
	error = errno;
	ck_assert_msg(r >= -1, "%s gives %ld of a %s", f->name, r, kind);
	opened = r >= 0 && is(f, "socket_accept");
	opened -= r == 0 && is(f, "socket_close");
	ck_assert_msg(open_descriptors() == before + opened,
		      "%s of a %s leaves a descriptor", f->name, kind);
	if (r != failure || f->wants == NOTHING)
		return r;
	ck_assert_msg(error != 0, "%s gives no reason for a %s", f->name, kind);
	ck_assert_msg(memcmp(&o, &untouched, sizeof o) == 0,
		      "%s writes of a %s", f->name, kind);
	errno = error;
	return -1;
}

/* An emulator refuses an option before it looks at the descriptor. */
static const char *option_lost(const struct function *f)
{
	static const char *const options[][2] = {
		{"socket_bind4_noport", "IP_BIND_ADDRESS_NO_PORT"},
		{"socket_bind6_noport", "IP_BIND_ADDRESS_NO_PORT"},
		{"socket_mark", "SO_MARK"},
		{"socket_mcall", "IPV6_MULTICAST_ALL"},
		{"socket_mcinterface4", "IP_MULTICAST_IF"},
		{"socket_mcinterface6", "IPV6_MULTICAST_IF"},
		{"socket_mcjoin6_source", "MCAST_JOIN_SOURCE_GROUP"},
		{"socket_mcleave6_source", "MCAST_JOIN_SOURCE_GROUP"},
	};

	for (size_t i = 0; i < LENGTH(options); i++)
		if (strcmp(f->name, options[i][0]) == 0)
			return lost(options[i][1]);
	return NULL;
}

/* Where interfaces have no names, the name is refused first. */
static const char *name_missing(const struct function *f)
{
	static const char *const by_name[] = {"socket_bindtoname",
					      "socket_mcjoin4_index",
					      "socket_mcleave4_index"};

	for (size_t i = 0; i < LENGTH(by_name); i++)
		if (strcmp(f->name, by_name[i]) == 0 && !socket_getifidx(LO))
			return "no IF_INDEXTONAME";
	return NULL;
}

CASE("robust")

LOOP_TEST(what_is_no_socket_is_refused, LENGTH(functions))
{
	const struct function *f = &functions[_i];

	skip_if(option_lost(f));
	skip_if(name_missing(f));
	for (int i = 0; i < BADS; i++) {
		struct bad bad = bad_descriptor(i);
		long r = robust(f, bad.fd, bad.name);

		if (f->wants == NOTHING)
			continue;
		if (f->wants == ANY && bad.error == ENOTSOCK)
			assert_gives(0, r);
		else if (f->wants == WATCHED && bad.error == ENOTSOCK)
			ck_assert(r >= 0 || errno == ENOTSOCK);
		else
			ck_assert_msg(r == -1 && errno == bad.error,
				      "%s gives %ld of %s: %s", f->name, r,
				      bad.name, strerror(errno));
	}
}

static int unix_listener(void)
{
	int s;

	return unix_waiting(&s);
}

static const struct kind {
	const char *name;
	int (*create)(void);
} unix_kinds[] = {
	{"unix stream", unix_stream},
	{"unix datagram socket", unix_datagram},
	{"unix listener", unix_listener},
	{"unix receiver", unix_receiving},
};

LOOP_TEST(a_unix_socket_is_refused_where_an_address_is_needed,
	  LENGTH(functions))
{
	const struct function *f = &functions[_i];

	for (size_t i = 0; i < LENGTH(unix_kinds); i++) {
		int s = unix_kinds[i].create();
		long r;

		assert_gives(0, ndelay_on(s));
		r = robust(f, s, unix_kinds[i].name);
		/* gVisor takes any option of a unix stream. */
		ck_assert_msg(f->wants != INET || r == -1 || on_gvisor(),
			      "%s takes a %s", f->name, unix_kinds[i].name);
	}
}

static int listening(void)
{
	uint16_t port;

	return listener_at(AT_IPV4, &port);
}

static int connected(void)
{
	int peer;

	return connected_at(AT_IPV4, &peer);
}

static int ended(void)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	assert_gives(0, socket_close(peer));
	ck_assert(readable(s, 2000));
	return s;
}

static int was_reset(void)
{
	int s, peer;

	s = connected_at(AT_IPV4, &peer);
	reset(peer);
	ck_assert(readable(s, 2000));
	return s;
}

static int shut_down(void)
{
	int s = connected();

	ck_assert_int_eq(shutdown(s, SHUT_RDWR), 0);
	return s;
}

static const struct kind inet_kinds[] = {
	{"TCP socket", socket_tcp4},
	{"TCP socket of IPv6", socket_tcp6},
	{"UDP socket", socket_udp4},
	{"UDP socket of IPv6", socket_udp6},
	{"listener", listening},
	{"connection", connected},
	{"connection that has ended", ended},
	{"connection that was reset", was_reset},
	{"connection that was shut down", shut_down},
};

/* Each a new one, and twice: after the call it may be another kind. */
LOOP_TEST(no_state_of_a_socket_disturbs, LENGTH(functions))
{
	const struct function *f = &functions[_i];

	for (size_t i = 0; i < LENGTH(inet_kinds); i++) {
		int s = inet_kinds[i].create();

		assert_gives(0, ndelay_on(s));
		robust(f, s, inet_kinds[i].name);
		robust(f, s, inet_kinds[i].name);
	}
}

LOOP_TEST(null_outputs_change_nothing_else, LENGTH(functions))
{
	const struct function *f = &functions[_i];

	for (size_t i = 0; i < LENGTH(inet_kinds); i++) {
		int a = inet_kinds[i].create();
		int b = inet_kinds[i].create();
		struct outputs o;
		int with, without;

		ndelay_on(a);
		ndelay_on(b);
		with = f->call(a, &o) >= 0;
		without = f->call(b, NULL) >= 0;
		ck_assert_msg(with == without, "%s of a %s", f->name,
			      inet_kinds[i].name);
	}
}

/* Those that take no descriptor, by their beginnings. */
static int takes_none(const char *name)
{
	static const char *const starts[] = {
		"scan_",
		"fmt_",
		"V",
		"ip4loopback",
		"noipv6",
		"socket_getif",
		"socket_tcp4",
		"socket_tcp6",
		"socket_udp4",
		"socket_udp6",
		"socket_sctp4",
		"socket_sctp6",
		"socket_dial",
		"socket_history",
		"socket_resolve6",
		"socket_lookup",
		"socket_error",
		"socket_from_",
		"socket_to_",
		"socket_match6",
		"socket_inherited",
		"socket_listener6",
		"socket_ifaddrs",
		"socket_ifwatch",
		"socket_interfaces",
	};

	for (size_t i = 0; i < LENGTH(starts); i++)
		if (strncmp(name, starts[i], strlen(starts[i])) == 0)
			return 1;
	return 0;
}

static int is_listed(const char *name)
{
	for (size_t i = 0; i < LENGTH(functions); i++)
		if (strcmp(functions[i].name, name) == 0)
			return 1;
	return 0;
}

static int exports;

static void find_exported(const char *name)
{
	exports++;
	ck_assert_msg(takes_none(name) || is_listed(name), "%s", name);
}

TEST(every_exported_function_is_here)
{
	for_each_export(find_exported);
	ck_assert_int_gt(exports, (int)LENGTH(functions));
}

#include "check_robust.list"
