/* SPDX-License-Identifier: ISC */
/*
 * platform_windows.c - calls Winsock itself, not winsock.h, so that the
 * stand-ins do not see it.
 */
#include <winsock2.h>
#include <ws2tcpip.h>
/* After those two. */
#include <iphlpapi.h>

int would_block(int descriptor);
void close_sockets(void);
int is_open(int s);
const char *loopback_name(void);

static int is_socket(SOCKET s)
{
	int type, len = sizeof type;

	return getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &len) == 0;
}

/* Connects to loopback's port 1, at which nobody listens. */
static void try_to_connect(SOCKET s)
{
	SOCKADDR_IN in = {.sin_family = AF_INET};
	SOCKADDR_IN6 in6 = {.sin6_family = AF_INET6};
	WSAPROTOCOL_INFOW info;
	int len = sizeof info;

	getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &len);
	in.sin_port = in6.sin6_port = htons(1);
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	in6.sin6_addr.s6_addr[15] = 1;
	if (info.iAddressFamily == AF_INET6)
		connect(s, (SOCKADDR *)&in6, sizeof in6);
	else
		connect(s, (SOCKADDR *)&in, sizeof in);
}

/*
 * Whether a call that must wait says so. The mode cannot be queried, only
 * tested, which spoils the socket.
 */
int would_block(int descriptor)
{
	SOCKET s = (SOCKET)descriptor;
	SOCKADDR_STORAGE a;
	DWORD moment = 10;
	int type, len = sizeof type, alen = sizeof a;
	char byte;

	getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &len);
	if (type == SOCK_STREAM && getpeername(s, (SOCKADDR *)&a, &alen) == -1)
		try_to_connect(s);
	else {
		setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&moment,
			   sizeof moment);
		while (recv(s, &byte, 1, 0) > 0)
			continue;
	}
	return WSAGetLastError() == WSAEWOULDBLOCK;
}

void close_sockets(void)
{
	for (SOCKET s = 4; s < 4096; s += 4)
		if (is_socket(s))
			closesocket(s);
}

int is_open(int s)
{
	return is_socket((SOCKET)s);
}

/* Loopback's interface is the first. */
const char *loopback_name(void)
{
	static char name[IF_NAMESIZE];

	return if_indextoname(1, name) ? name : "lo";
}
