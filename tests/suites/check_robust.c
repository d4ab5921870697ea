/* SPDX-License-Identifier: ISC */
/*
 * check_robust.c - every function on every kind of descriptor.
 *
 * Whatever it is given, a function returns, says why it failed, writes
 * nothing then, leaves nothing open and raises no signal.
 */
#include "fixture.h"
#include "net.h"
#include "platform.h"
#include "suite.h"

#include <socket6.h>
#include <stdio.h>

/*
 * Addresses stand at odd bytes here, as in a packet: libowfat reads and
 * writes them as integers, which not every machine lets it do.
 */
struct outputs {
	char odd;
	char ip[16];
	uint16_t port;
	uint32_t scope_id;
	struct socket_datagram6 gram;
	struct socket_report6 report;
	struct socket_tcpinfo tcp;
};

/* What a function wants of its descriptor. */
enum wants {
	INET,	   /* a socket of IPv4 or IPv6 */
	OPEN,	   /* any socket */
	ANY,	   /* any descriptor */
	WATCHED,   /* any that poll accepts */
	NOTHING,   /* it only hints, and tells of no failure */
	CONNECTED, /* any socket; a failure is 0 */
};

/*
 * Every function that takes a descriptor, with arguments: addresses and
 * interfaces are loopback's, the port is 0, at which nobody listens.
 */
#define IP	(o ? o->ip : NULL)
#define PORT	(o ? &o->port : NULL)
#define SCOPE	(o ? &o->scope_id : NULL)
/* These are never null. */
#define GRAMS	(o ? &o->gram : &unlooked.gram)
#define REPORTS (o ? &o->report : &unlooked.report)

#define FUNCTIONS(X)                                                           \
 X(ndelay_off, ANY, (s))                                                       \
 X(ndelay_on, ANY, (s))                                                        \
 X(socket_accept4, INET, (s, IP, PORT))                                        \
 X(socket_accept4_flags, INET, (s, IP, PORT, 3))                               \
 X(socket_accept4_makenonblocking, INET, (s, IP, PORT))                        \
 X(socket_accept4_makenonblocking_setcloseonexec, INET, (s, IP, PORT))         \
 X(socket_accept4_setcloseonexec, INET, (s, IP, PORT))                         \
 X(socket_accept6, INET, (s, IP, PORT, SCOPE))                                 \
 X(socket_accept6_flags, INET, (s, IP, PORT, SCOPE, 3))                        \
 X(socket_accept6_makenonblocking, INET, (s, IP, PORT, SCOPE))                 \
 X(socket_accept6_makenonblocking_setcloseonexec, INET, (s, IP, PORT, SCOPE))  \
 X(socket_accept6_setcloseonexec, INET, (s, IP, PORT, SCOPE))                  \
 X(socket_bind4, INET, (s, at.lo4, 0))                                         \
 X(socket_bind4_noport, INET, (s, at.lo4))                                     \
 X(socket_bind4_reuse, INET, (s, at.lo4, 0))                                   \
 X(socket_bind4_reuseport, INET, (s, at.lo4, 0))                               \
 X(socket_bind6, INET, (s, at.lo6, 0, 0))                                      \
 X(socket_bind6_noport, INET, (s, at.lo6, 0))                                  \
 X(socket_bind6_reuse, INET, (s, at.lo6, 0, 0))                                \
 X(socket_bind6_reuseport, INET, (s, at.lo6, 0, 0))                            \
 X(socket_bind6_shared, INET, (s, at.lo6, 0, 0))                               \
 X(socket_bindtodevice, OPEN, (s, net_index(LO)))                              \
 X(socket_bindtoname, OPEN, (s, LO))                                           \
 X(socket_broadcast, OPEN, (s))                                                \
 X(socket_close, ANY, (s))                                                     \
 X(socket_congestion, INET, (s, "reno"))                                       \
 X(socket_connect4, INET, (s, at.lo4, 0))                                      \
 X(socket_connect4_timeout, INET, (s, at.lo4, 0, 0))                           \
 X(socket_connect6, INET, (s, at.lo6, 0, 0))                                   \
 X(socket_connect6_timeout, INET, (s, at.lo6, 0, 0, 0))                        \
 X(socket_connected, CONNECTED, (s))                                           \
 X(socket_disconnect, OPEN, (s))                                               \
 X(socket_family, OPEN, (s))                                                   \
 X(socket_fastopen, INET, (s))                                                 \
 X(socket_fastopen_connect4, INET, (s, at.lo4, 0, "x", 1))                     \
 X(socket_fastopen_connect6, INET, (s, at.lo6, 0, 0, "x", 1))                  \
 X(socket_freebind, INET, (s, 1))                                              \
 X(socket_hoplimit6, INET, (s, 9))                                             \
 X(socket_ifchanged, OPEN, (s))                                                \
 X(socket_keepalive, INET, (s, 9, 9, 9))                                       \
 X(socket_linger, OPEN, (s, 0))                                                \
 X(socket_listen, OPEN, (s, 1))                                                \
 X(socket_local4, INET, (s, IP, PORT))                                         \
 X(socket_local6, INET, (s, IP, PORT, SCOPE))                                  \
 X(socket_mark, OPEN, (s, 1))                                                  \
 X(socket_maxseg, INET, (s, 1000))                                             \
 X(socket_mcall, INET, (s, 0))                                                 \
 X(socket_mchopcount6, INET, (s, 9))                                           \
 X(socket_mchops6, INET, (s, 9))                                               \
 X(socket_mcinterface4, INET, (s, at.lo4))                                     \
 X(socket_mcinterface6, INET, (s, net_index(LO)))                              \
 X(socket_mcjoin4, INET, (s, at.group4, at.lo4))                               \
 X(socket_mcjoin4_index, INET, (s, at.group4, net_index(LO)))                  \
 X(socket_mcjoin4_source, INET, (s, at.group4, at.lo4, at.lo4))                \
 X(socket_mcjoin6, INET, (s, at.group6, (int)net_index(LO)))                   \
 X(socket_mcjoin6_if, INET, (s, at.group6, net_index(LO)))                     \
 X(socket_mcjoin6_source, INET, (s, at.group6, at.lo6, net_index(LO)))         \
 X(socket_mcleave4, INET, (s, at.group4))                                      \
 X(socket_mcleave4_if, INET, (s, at.group4, at.lo4))                           \
 X(socket_mcleave4_index, INET, (s, at.group4, net_index(LO)))                 \
 X(socket_mcleave4_source, INET, (s, at.group4, at.lo4, at.lo4))               \
 X(socket_mcleave6, INET, (s, at.group6))                                      \
 X(socket_mcleave6_if, INET, (s, at.group6, net_index(LO)))                    \
 X(socket_mcleave6_source, INET, (s, at.group6, at.lo6, net_index(LO)))        \
 X(socket_mcloop4, INET, (s, 1))                                               \
 X(socket_mcloop6, INET, (s, 1))                                               \
 X(socket_mcttl4, INET, (s, 9))                                                \
 X(socket_mtu6, INET, (s))                                                     \
 X(socket_mtudiscover6, INET, (s, SOCKET_MTU_PATH))                            \
 X(socket_nodelay, INET, (s, 1))                                               \
 X(socket_quickack, INET, (s, 1))                                              \
 X(socket_read, OPEN, (s, buf, 8))                                             \
 X(socket_recv4, INET, (s, buf, 8, IP, PORT))                                  \
 X(socket_recv4_flag, INET, (s, buf, 8, IP, PORT, 0))                          \
 X(socket_recv6, INET, (s, buf, 8, IP, PORT, SCOPE))                           \
 X(socket_recv6_flag, INET, (s, buf, 8, IP, PORT, SCOPE, 0))                   \
 X(socket_recvbuffer, OPEN, (s, -1))                                           \
 X(socket_recverror6, INET, (s, buf, 8, REPORTS, 1))                           \
 X(socket_recvinfo6, OPEN, (s, 0))                                             \
 X(socket_recvmany6, OPEN, (s, buf, 8, GRAMS, 1))                              \
 X(socket_remote4, INET, (s, IP, PORT))                                        \
 X(socket_remote6, INET, (s, IP, PORT, SCOPE))                                 \
 X(socket_send4, INET, (s, "x", 1, at.lo4, 0))                                 \
 X(socket_send4_flag, INET, (s, "x", 1, at.lo4, 0, 0))                         \
 X(socket_send6, INET, (s, "x", 1, at.lo6, 0, 0))                              \
 X(socket_send6_flag, INET, (s, "x", 1, at.lo6, 0, 0, 0))                      \
 X(socket_sendbuffer, OPEN, (s, 4096))                                         \
 X(socket_sendmany6, INET, (s, buf, 8, &one, 1))                               \
 X(socket_shutdown, OPEN, (s, SOCKET_READABLE | SOCKET_WRITABLE))              \
 X(socket_tclass6, INET, (s, 8))                                               \
 X(socket_tcpinfo, INET, (s, o ? &o->tcp : NULL, sizeof o->tcp))               \
 X(socket_tos4, INET, (s, 8))                                                  \
 X(socket_ttl4, INET, (s, 9))                                                  \
 X(socket_type, OPEN, (s))                                                     \
 X(socket_usertimeout, INET, (s, 9))                                           \
 X(socket_v6only, INET, (s, -1))                                               \
 X(socket_wait, WATCHED, (s, SOCKET_READABLE | SOCKET_WRITABLE, 0))            \
 X(socket_wait_connected, CONNECTED, (s, 0))                                   \
 X(socket_write, OPEN, (s, "x", 1))                                            \
 X(socket_writev, OPEN, (s, &few, 1))

#define HINTS(X)                                                               \
 X(socket_deferaccept, NOTHING, (s, SOCKET_DATAIN))                            \
 X(socket_tryreservein, NOTHING, (s, 4096))

static const struct {
	_Alignas(16) char odd;
	char lo4[4], group4[4];
	char lo6[16], group6[16];
} at = {
	.lo4 = {127, 0, 0, 1},
	.group4 = {(char)239, 1, 2, 3},
	.lo6 = {[15] = 1},
	.group6 = {(char)0xff, 2, [15] = 9},
};

static char buf[8];
static const struct socket_buffer few = {"x", 1};
static struct outputs unlooked;

/* A record for loopback that nobody gets. */
static struct socket_datagram6 one = {.peer = {.ip = {[15] = 1}, .port = 9}};

#define DEFINE_FUNCTION(name, wants, arguments)                                \
 static long call_##name(int s, struct outputs *o)                             \
 {                                                                             \
  (void)o;                                                                     \
  return (long)name arguments;                                                 \
 }

#define DEFINE_HINT(name, wants, arguments)                                    \
 static long call_##name(int s, struct outputs *o)                             \
 {                                                                             \
  (void)o;                                                                     \
  name arguments;                                                              \
  return 0;                                                                    \
 }

FUNCTIONS(DEFINE_FUNCTION)
HINTS(DEFINE_HINT)

#define ENTRY(name, wants, arguments) {#name, call_##name, wants},

static const struct function {
	const char *name;
	long (*call)(int s, struct outputs *o);
	enum wants wants;
} functions[] = {FUNCTIONS(ENTRY) HINTS(ENTRY)};

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

TEST(every_exported_function_is_here)
{
	FILE *map = fopen(MAP, "r");
	char line[256], name[128];
	size_t names = 0;

	ck_assert_ptr_nonnull(map);
	while (fgets(line, sizeof line, map)) {
		if (line[0] != '\t' ||
		    sscanf(line, " %127[a-zA-Z0-9_]", name) != 1)
			continue;
		names++;
		ck_assert_msg(takes_none(name) || is_listed(name), "%s", name);
	}
	ck_assert_uint_gt(names, LENGTH(functions));
}

#include "check_robust.list"
