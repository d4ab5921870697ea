/* SPDX-License-Identifier: ISC */
/* skalibs.c - what skalibs has. It knows no scope ids. */
#include "bench.h"

#include <skalibs/djbunix.h>
#include <skalibs/fmtscan.h>
#include <skalibs/socket.h>

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

int call_tcp6_cloexec(int i)
{
	return fds[i] = socket_tcp6_nbcoe();
}

int call_connect4_udp(int i)
{
	(void)i;
	return socket_connect4(client4, to4, to_port);
}

int call_connect6_udp(int i)
{
	(void)i;
	return socket_connect6(client6, to6, to_port);
}

int call_connect4_tcp(int i)
{
	return socket_connect4(fds[i], to4, to_port);
}

int call_connect6_tcp(int i)
{
	return socket_connect6(fds[i], to6, to_port);
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
	return socket_bind6(fds[i], to6, 0);
}

int call_bind6_reuse(int i)
{
	return socket_bind6_reuse(fds[i], to6, 0);
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
	return fds[i] = socket_accept6(listener6, ip, port);
}

int call_accept4_nonblock_cloexec(int i)
{
	return fds[i] = socket_accept4_nbcoe(listener4, ip, port);
}

int call_accept6_nonblock_cloexec(int i)
{
	return fds[i] = socket_accept6_nbcoe(listener6, ip, port);
}

int call_recv4(int i)
{
	(void)i;
	return (int)socket_recv4(server4, buf, sizeof buf, ip, port);
}

int call_recv6(int i)
{
	(void)i;
	return (int)socket_recv6(server6, buf, sizeof buf, ip, port);
}

int call_send4(int i)
{
	(void)i;
	return (int)socket_send4(server4, buf, 8, to4, to_port);
}

int call_send6(int i)
{
	(void)i;
	return (int)socket_send6(server6, buf, 8, to6, to_port);
}

int call_local4(int i)
{
	(void)i;
	return socket_local4(server4, ip, port);
}

int call_local6(int i)
{
	(void)i;
	return socket_local6(pair6[0], ip, port);
}

int call_remote4(int i)
{
	(void)i;
	return socket_remote4(pair4[0], ip, port);
}

int call_remote6(int i)
{
	(void)i;
	return socket_remote6(pair6[0], ip, port);
}

int call_ndelay_on(int i)
{
	return ndelay_on(fds[i]);
}

int call_ndelay_off(int i)
{
	return ndelay_off(fds[i]);
}

int call_nodelay(int i)
{
	return socket_tcpnodelay(fds[i]);
}

int call_tryreservein(int i)
{
	socket_tryreservein(fds[i], (unsigned int)wish);
	return 0;
}

int call_scan_ip4(int i)
{
	return (int)ip4_scan(text4[i % TEXTS], ip);
}

int call_fmt_ip4(int i)
{
	return (int)ip4_fmt(buf, bytes4[i % TEXTS]);
}

int call_scan_ip6(int i)
{
	return (int)ip6_scan(text6[i % TEXTS], ip);
}

int call_fmt_ip6(int i)
{
	return (int)ip6_fmt(buf, bytes6[i % TEXTS]);
}
