/* SPDX-License-Identifier: ISC */
/* calls.c - what libsocket6 and libowfat both have, by the same names. */
#include "bench.h"

#include <stddef.h>

#ifdef BENCH_LIBOWFAT
# include <ip4.h>
# include <ip6.h>
# include <ndelay.h>
# include <socket.h>
#else
# include <socket6.h>
#endif

int call_tcp4(int i)
{
	return fds[i] = socket_tcp4();
}

int call_tcp6(int i)
{
	return fds[i] = socket_tcp6();
}

int call_udp4(int i)
{
	return fds[i] = socket_udp4();
}

int call_udp6(int i)
{
	return fds[i] = socket_udp6();
}

int call_connect4_udp(int i)
{
	(void)i;
	return socket_connect4(client4, to4, to_port);
}

int call_connect6_udp(int i)
{
	(void)i;
	return socket_connect6(client6, to6, to_port, to_scope_id);
}

int call_connect4_tcp(int i)
{
	return socket_connect4(fds[i], to4, to_port);
}

int call_connect6_tcp(int i)
{
	return socket_connect6(fds[i], to6, to_port, to_scope_id);
}

int call_connected(int i)
{
	(void)i;
	return socket_connected(pair6[0]);
}

int call_connected_refused(int i)
{
	return socket_connected(fds[i]);
}

int call_bind4(int i)
{
	return socket_bind4(fds[i], to4, 0);
}

int call_bind6(int i)
{
	return socket_bind6(fds[i], to6, 0, to_scope_id);
}

int call_bind6_reuse(int i)
{
	return socket_bind6_reuse(fds[i], to6, 0, to_scope_id);
}

int call_listen(int i)
{
	return socket_listen(fds[i], 16);
}

int call_accept4(int i)
{
	return fds[i] = socket_accept4(listener4, ip, port);
}

int call_accept6(int i)
{
	return fds[i] = socket_accept6(listener6, ip, port, scope_id);
}

int call_recv4(int i)
{
	(void)i;
	return (int)socket_recv4(server4, buf, sizeof buf, ip, port);
}

int call_recv6(int i)
{
	(void)i;
	return (int)socket_recv6(server6, buf, sizeof buf, ip, port, scope_id);
}

int call_send4(int i)
{
	(void)i;
	return (int)socket_send4(server4, buf, 8, to4, to_port);
}

int call_send6(int i)
{
	(void)i;
	return (int)socket_send6(server6, buf, 8, to6, to_port, to_scope_id);
}

int call_send6_flag(int i)
{
	(void)i;
	return (int)socket_send6_flag(server6, buf, 8, to6, to_port,
				      to_scope_id, flags);
}

int call_local4(int i)
{
	(void)i;
	return socket_local4(server4, ip, port);
}

int call_local6(int i)
{
	(void)i;
	return socket_local6(pair6[0], ip, port, scope_id);
}

int call_remote4(int i)
{
	(void)i;
	return socket_remote4(pair4[0], ip, port);
}

int call_remote6(int i)
{
	(void)i;
	return socket_remote6(pair6[0], ip, port, scope_id);
}

int call_ndelay_on(int i)
{
	return ndelay_on(fds[i]);
}

int call_ndelay_off(int i)
{
	return ndelay_off(fds[i]);
}

int call_broadcast(int i)
{
	return socket_broadcast(fds[i]);
}

int call_quickack(int i)
{
	return socket_quickack(fds[i], 1);
}

int call_deferaccept(int i)
{
	socket_deferaccept(fds[i], 0);
	return 0;
}

int call_tryreservein(int i)
{
	socket_tryreservein(fds[i], wish);
	return 0;
}

int call_fastopen(int i)
{
	return socket_fastopen(fds[i]);
}

int call_fastopen_connect6(int i)
{
	return (int)socket_fastopen_connect6(fds[i], to6, to_port, to_scope_id,
					     buf, 8);
}

int call_mcjoin4(int i)
{
	return socket_mcjoin4(fds[i], group4, to4);
}

int call_mcjoin6(int i)
{
	return socket_mcjoin6(fds[i], group6, (int)lo);
}

int call_mcjoin6_mapped(int i)
{
	return socket_mcjoin6(fds[i], mapped_group6, (int)lo);
}

int call_mcleave4(int i)
{
	return socket_mcleave4(fds[i], group4);
}

int call_mcleave6(int i)
{
	return socket_mcleave6(fds[i], group6);
}

int call_mcttl4(int i)
{
	return socket_mcttl4(fds[i], 4);
}

int call_mchopcount6(int i)
{
	return socket_mchopcount6(fds[i], 4);
}

int call_mcloop4(int i)
{
	return socket_mcloop4(fds[i], 1);
}

int call_mcloop6(int i)
{
	return socket_mcloop6(fds[i], 1);
}

int call_getifname(int i)
{
	(void)i;
	return socket_getifname(lo) ? 1 : 0;
}

int call_getifidx(int i)
{
	(void)i;
	return (int)socket_getifidx("lo");
}

int call_scan_ip4(int i)
{
	return (int)scan_ip4(text4[i % TEXTS], ip);
}

int call_fmt_ip4(int i)
{
	return (int)fmt_ip4(buf, bytes4[i % TEXTS]);
}

int call_scan_ip6(int i)
{
	return (int)scan_ip6(text6[i % TEXTS], ip);
}

int call_fmt_ip6(int i)
{
	return (int)fmt_ip6(buf, bytes6[i % TEXTS]);
}
