/* SPDX-License-Identifier: ISC */
/* functions.h - every function that takes a descriptor, and what is exported. */
#ifndef SOCKET6_FUNCTIONS_H
#define SOCKET6_FUNCTIONS_H

#include "net.h"
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
 X(socket_bindtodevice, OPEN, (s, loopback()))                                 \
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
 X(socket_mcinterface6, INET, (s, loopback()))                                 \
 X(socket_mcjoin4, INET, (s, at.group4, at.lo4))                               \
 X(socket_mcjoin4_index, INET, (s, at.group4, loopback()))                     \
 X(socket_mcjoin4_source, INET, (s, at.group4, at.lo4, at.lo4))                \
 X(socket_mcjoin6, INET, (s, at.group6, (int)loopback()))                      \
 X(socket_mcjoin6_if, INET, (s, at.group6, loopback()))                        \
 X(socket_mcjoin6_source, INET, (s, at.group6, at.lo6, loopback()))            \
 X(socket_mcleave4, INET, (s, at.group4))                                      \
 X(socket_mcleave4_if, INET, (s, at.group4, at.lo4))                           \
 X(socket_mcleave4_index, INET, (s, at.group4, loopback()))                    \
 X(socket_mcleave4_source, INET, (s, at.group4, at.lo4, at.lo4))               \
 X(socket_mcleave6, INET, (s, at.group6))                                      \
 X(socket_mcleave6_if, INET, (s, at.group6, loopback()))                       \
 X(socket_mcleave6_source, INET, (s, at.group6, at.lo6, loopback()))           \
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

/* Its index, which is asked for once: each function makes its own calls alone. */
static uint32_t loopback(void)
{
	static uint32_t index;

	if (!index)
		index = net_index(LO);
	return index;
}

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

/* The names in the map, which is MAP. */
static void for_each_export(void (*look)(const char *name))
{
	FILE *map = fopen(MAP, "r");
	char line[256], name[128];

	ck_assert_ptr_nonnull(map);
	while (fgets(line, sizeof line, map))
		if (line[0] == '\t' &&
		    sscanf(line, " %127[a-zA-Z0-9_]", name) == 1)
			look(name);
	fclose(map);
}

#endif
