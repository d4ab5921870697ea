/* SPDX-License-Identifier: ISC */
/* state.c - a socket's family, type, and how far its connection is. */
#include "own.h"

#include "../tcp_info.h"

#include <mstcpip.h>

/* AF_UNSPEC if s is no socket. */
int ws_family(int s)
{
	WSAPROTOCOL_INFOW info;
	int len = sizeof info;

	if (getsockopt((SOCKET)s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info,
		       &len) == SOCKET_ERROR)
		return AF_UNSPEC;
	return info.iAddressFamily;
}

/* The value of an option of SOL_SOCKET, or -1. */
static int option(int s, int name)
{
	int value = 0; /* Windows may set just the lowest byte */
	int len = sizeof value;

	if (getsockopt((SOCKET)s, SOL_SOCKET, name, (char *)&value, &len) ==
	    SOCKET_ERROR)
		return -1;
	return value;
}

int ws_type(int s)
{
	return option(s, SO_TYPE);
}

int ws_is_listening(int s)
{
	return option(s, SO_ACCEPTCONN) > 0;
}

int ws_has_peer(int s)
{
	struct sockaddr_storage a;
	socklen_t len = sizeof a;

	return getpeername((SOCKET)s, (struct sockaddr *)&a, &len) == 0;
}

static int ask_tcp(int s, TCP_INFO_v0 *info)
{
	DWORD version = 0, got;

	return WSAIoctl((SOCKET)s, SIO_TCP_INFO, &version, sizeof version, info,
			sizeof *info, &got, NULL, NULL);
}

/*
 * Windows reports TCP's state from Windows 10 version 1703 on. Before, and in
 * wine 8, a socket with a local address that does not listen is taken to be
 * connecting.
 */
int ws_is_connecting(int s)
{
	struct sockaddr_storage a;
	socklen_t len = sizeof a;
	TCP_INFO_v0 info;

	if (ask_tcp(s, &info) == 0)
		return info.State == TCPSTATE_SYN_SENT ||
		       info.State == TCPSTATE_SYN_RCVD;
	return getsockname((SOCKET)s, (struct sockaddr *)&a, &len) == 0 &&
	       !ws_is_listening(s);
}

/* TCPSTATE of mstcpip.h. */
static int64_t state_of(TCPSTATE state)
{
	static const unsigned char states[] = {
		[TCPSTATE_CLOSED] = SOCKET_TCP_CLOSED,
		[TCPSTATE_LISTEN] = SOCKET_TCP_LISTEN,
		[TCPSTATE_SYN_SENT] = SOCKET_TCP_SYN_SENT,
		[TCPSTATE_SYN_RCVD] = SOCKET_TCP_SYN_RECEIVED,
		[TCPSTATE_ESTABLISHED] = SOCKET_TCP_ESTABLISHED,
		[TCPSTATE_FIN_WAIT_1] = SOCKET_TCP_FIN_WAIT_1,
		[TCPSTATE_FIN_WAIT_2] = SOCKET_TCP_FIN_WAIT_2,
		[TCPSTATE_CLOSE_WAIT] = SOCKET_TCP_CLOSE_WAIT,
		[TCPSTATE_CLOSING] = SOCKET_TCP_CLOSING,
		[TCPSTATE_LAST_ACK] = SOCKET_TCP_LAST_ACK,
		[TCPSTATE_TIME_WAIT] = SOCKET_TCP_TIME_WAIT,
	};

	return (size_t)state < sizeof states ? states[state] : -1;
}

/*
 * From Windows 10 version 1703 on. It counts bytes that were sent again, no
 * segments. Without it the error is that of an unknown control code.
 */
int sys_tcp_info(int s, struct socket_tcpinfo *info)
{
	TCP_INFO_v0 t;

	if (ask_tcp(s, &t) == SOCKET_ERROR) {
		ws_failed(s);
		return sys_fail(errno == EOPNOTSUPP || errno == EINVAL
					? ENOPROTOOPT
					: errno);
	}
	info->state = state_of(t.State);
	info->mss = t.Mss;
	info->rtt = t.RttUs ? (int64_t)t.RttUs : -1;
	info->cwnd = t.Cwnd;
	info->unacked = t.BytesInFlight;
	return 0;
}
