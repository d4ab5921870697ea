/* SPDX-License-Identifier: ISC */
/* state.c - a socket's family, type, and how far its connection is. */
#include "own.h"

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

/*
 * Windows reports TCP's state from Windows 10 version 1703 on. Before, and in
 * wine 8, a socket with a local address that does not listen is taken to be
 * connecting.
 */
int ws_is_connecting(int s)
{
	struct sockaddr_storage a;
	socklen_t len = sizeof a;
	DWORD version = 0, got;
	TCP_INFO_v0 info;

	if (WSAIoctl((SOCKET)s, SIO_TCP_INFO, &version, sizeof version, &info,
		     sizeof info, &got, NULL, NULL) == 0)
		return info.State == TCPSTATE_SYN_SENT ||
		       info.State == TCPSTATE_SYN_RCVD;
	return getsockname((SOCKET)s, (struct sockaddr *)&a, &len) == 0 &&
	       !ws_is_listening(s);
}
