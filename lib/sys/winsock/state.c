/* SPDX-License-Identifier: ISC */
/* state.c - what Winsock says of a socket. */
#include "own.h"

#include <mstcpip.h>

/* The family of s, AF_UNSPEC if it is no socket. */
int ws_family(int s)
{
	WSAPROTOCOL_INFOW info;
	int len = sizeof info;

	if (getsockopt((SOCKET)s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info,
		       &len) == SOCKET_ERROR)
		return AF_UNSPEC;
	return info.iAddressFamily;
}

/* An option of SOL_SOCKET, or -1. Keeps errno. */
static int option(int s, int name)
{
	int value = 0; /* Windows may fill one byte, the lowest */
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
 * Whether a stream socket is connecting. Windows 10 says so (version 1703);
 * before, and in wine 8, one that has a local address is taken to be.
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
