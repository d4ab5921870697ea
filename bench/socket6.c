/* SPDX-License-Identifier: ISC */
/* socket6.c - what libsocket6 has besides. */
#include "bench.h"

#include <socket6.h>

int call_tcp6_cloexec(int i)
{
	return fds[i] = socket_tcp6_flags(SOCKET_NONBLOCK | SOCKET_CLOEXEC);
}

int call_tcp6_flags_v6only(int i)
{
	return fds[i] = socket_tcp6_flags(SOCKET_NONBLOCK | SOCKET_V6ONLY);
}

int call_connect6_timeout(int i)
{
	return socket_connect6_timeout(fds[i], to6, to_port, to_scope_id,
				       milliseconds);
}

int call_wait_connected(int i)
{
	(void)i;
	return socket_wait_connected(pair6[0], milliseconds);
}

int call_bind6_reuseport(int i)
{
	return socket_bind6_reuseport(fds[i], to6, 0, to_scope_id);
}

int call_bind6_noport(int i)
{
	return socket_bind6_noport(fds[i], to6, to_scope_id);
}

int call_accept4_nonblock_cloexec(int i)
{
	return fds[i] = socket_accept4_makenonblocking_setcloseonexec(listener4,
								      ip, port);
}

int call_accept6_nonblock_cloexec(int i)
{
	return fds[i] = socket_accept6_makenonblocking_setcloseonexec(
		       listener6, ip, port, scope_id);
}

int call_accept6_flags(int i)
{
	return fds[i] = socket_accept6_flags(listener6, ip, port, scope_id,
					     SOCKET_NONBLOCK);
}

int call_recv6_flag(int i)
{
	(void)i;
	return (int)socket_recv6_flag(server6, buf, sizeof buf, ip, port,
				      scope_id, flags);
}

int call_read(int i)
{
	(void)i;
	return (int)socket_read(pair6[0], buf, 1);
}

int call_write(int i)
{
	(void)i;
	return (int)socket_write(pair6[0], buf, 1);
}

int call_close(int i)
{
	return socket_close(fds[i]);
}

int call_v6only(int i)
{
	return socket_v6only(fds[i], 0);
}

int call_nodelay(int i)
{
	return socket_nodelay(fds[i], 1);
}

int call_keepalive(int i)
{
	return socket_keepalive(fds[i], idle_seconds, interval_seconds, probes);
}

int call_usertimeout(int i)
{
	return socket_usertimeout(fds[i], 1000);
}

int call_linger(int i)
{
	return socket_linger(fds[i], 0);
}

int call_tos4(int i)
{
	return socket_tos4(fds[i], 32);
}

int call_tclass6(int i)
{
	return socket_tclass6(fds[i], 32);
}

int call_ttl4(int i)
{
	return socket_ttl4(fds[i], 32);
}

int call_hoplimit6(int i)
{
	return socket_hoplimit6(fds[i], 32);
}

int call_bindtodevice(int i)
{
	return socket_bindtodevice(fds[i], lo);
}

int call_mcjoin6_source(int i)
{
	return socket_mcjoin6_source(fds[i], group6, source6, lo);
}

int call_mcinterface4(int i)
{
	return socket_mcinterface4(fds[i], to4);
}

int call_mcinterface6(int i)
{
	return socket_mcinterface6(fds[i], lo);
}

int call_mchops6(int i)
{
	return socket_mchops6(fds[i], 5);
}

int call_getifname_r(int i)
{
	(void)i;
	return socket_getifname_r(lo, buf, room) ? 1 : 0;
}
