/* SPDX-License-Identifier: ISC */
/* sockets.c - creates, connects, accepts and closes sockets. */
#include "own.h"

#include <string.h>

int socket6_ws_set_nonblock(int s, int on)
{
	u_long value = on != 0;

	return ws_result(s, ioctlsocket((SOCKET)s, (long)FIONBIO, &value));
}

int socket6_ws_set_closeonexec(int s)
{
	if (SetHandleInformation((HANDLE)(intptr_t)s, HANDLE_FLAG_INHERIT, 0))
		return 0;
	return sys_fail(EBADF);
}

/* A SOCKET is a small number in practice, but nothing promises it. */
static int descriptor_of(SOCKET s)
{
	if (s <= INT_MAX)
		return (int)s;
	closesocket(s);
	return sys_fail(EMFILE);
}

static BOOL CALLBACK start(PINIT_ONCE once, PVOID arg, PVOID *context)
{
	WSADATA data;

	(void)once, (void)arg, (void)context;
	return WSAStartup(MAKEWORD(2, 2), &data) == 0;
}

/* There is no WSACleanup: only the program knows when its sockets are done. */
int ws_start(void)
{
	static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

	return InitOnceExecuteOnce(&once, start, NULL, NULL);
}

static SOCKET started_socket(int family, int type, int protocol, DWORD flags)
{
	SOCKET s = WSASocketW(family, type, protocol, NULL, 0, flags);

	if (s == INVALID_SOCKET && WSAGetLastError() == WSANOTINITIALISED &&
	    ws_start())
		s = WSASocketW(family, type, protocol, NULL, 0, flags);
	return s;
}

/* Windows 7 without a service pack refuses WSA_FLAG_NO_HANDLE_INHERIT. */
static SOCKET new_socket(int family, int type, int protocol, int closeonexec)
{
	DWORD flags = WSA_FLAG_OVERLAPPED;
	DWORD newest = flags | WSA_FLAG_NO_HANDLE_INHERIT;
	SOCKET s;

	if (!closeonexec)
		return started_socket(family, type, protocol, flags);
	s = started_socket(family, type, protocol, newest);
	if (s == INVALID_SOCKET && WSAGetLastError() == WSAEINVAL)
		s = started_socket(family, type, protocol, flags);
	return s;
}

/* An accepted socket starts with the listener's modes. */
static int with_modes(int s, int modes)
{
	return s == -1 ? -1 : sys_set_modes(s, modes >> SOCK_MODES_SHIFT);
}

int socket6_ws_socket(int family, int type, int protocol)
{
	int modes = type & (SOCK_NONBLOCK | SOCK_CLOEXEC);
	SOCKET s = new_socket(family, type & ~modes, protocol,
			      modes & SOCK_CLOEXEC);
	int error;

	if (s != INVALID_SOCKET)
		return modes ? with_modes(descriptor_of(s), modes)
			     : descriptor_of(s);
	error = WSAGetLastError();
	return sys_fail(error == WSANOTINITIALISED ? ENETDOWN
						   : ws_errno(error));
}

/*
 * For a peer that was reset in the queue Windows reports WSAECONNRESET, wine
 * WSAENOTCONN.
 */
int socket6_ws_accept4(int s, struct sockaddr *sa, socklen_t *len, int flags)
{
	SOCKET peer = accept((SOCKET)s, sa, len);

	if (peer != INVALID_SOCKET)
		return with_modes(descriptor_of(peer), flags);
	ws_failed(s);
	if ((errno == ECONNRESET || errno == ENOTCONN) && ws_is_listening(s))
		errno = ECONNABORTED;
	return -1;
}

int socket6_ws_accept(int s, struct sockaddr *sa, socklen_t *len)
{
	return socket6_ws_accept4(s, sa, len, 0);
}

/*
 * A non-blocking socket that has to linger fails with WSAEWOULDBLOCK and stays
 * open (Microsoft's page on closesocket).
 */
int socket6_ws_close(int s)
{
	int r = ws_result(s, closesocket((SOCKET)s));

	if (r == -1 && errno == EAGAIN && socket6_ws_set_nonblock(s, 0) == 0)
		r = ws_result(s, closesocket((SOCKET)s));
	return r;
}

int socket6_ws_bind(int s, const struct sockaddr *sa, socklen_t len)
{
	return ws_result_for(s, sa, bind((SOCKET)s, sa, len));
}

int socket6_ws_listen(int s, int backlog)
{
	int r = ws_result(s, listen((SOCKET)s, backlog));

	if (r == -1 && errno == EINVAL && ws_type(s) == SOCK_DGRAM)
		errno = EOPNOTSUPP;
	return r;
}

int socket6_ws_shutdown(int s, int how)
{
	return ws_result(s, shutdown((SOCKET)s, how));
}

int socket6_ws_getpeername(int s, struct sockaddr *sa, socklen_t *len)
{
	return ws_result(s, getpeername((SOCKET)s, sa, len));
}

/*
 * Before bind, Windows fails with WSAEINVAL; other systems return the
 * unspecified address.
 */
int socket6_ws_getsockname(int s, struct sockaddr *sa, socklen_t *len)
{
	int family, before = errno;

	if (getsockname((SOCKET)s, sa, len) == 0)
		return 0;
	ws_failed(s);
	family = errno == EINVAL ? ws_family(s) : AF_UNSPEC;
	if (family == AF_UNSPEC)
		return -1;
	errno = before;
	memset(sa, 0, (size_t)*len);
	sa->sa_family = (ADDRESS_FAMILY)family;
	*len = family == AF_INET6 ? sizeof(struct sockaddr_in6)
				  : sizeof(struct sockaddr_in);
	return 0;
}

/*
 * No address is one that is all zero, of the socket's family (Microsoft's page
 * on connect: it takes the peer of a datagram socket away).
 */
static int disconnect(int s)
{
	union {
		struct sockaddr sa;
		struct sockaddr_in6 in6;
	} none;
	int family = ws_family(s);

	memset(&none, 0, sizeof none);
	none.sa.sa_family = (ADDRESS_FAMILY)family;
	return ws_result(s, connect((SOCKET)s, &none.sa,
				    family == AF_INET6
					    ? sizeof(struct sockaddr_in6)
					    : sizeof(struct sockaddr_in)));
}

/*
 * A connection in progress is WSAEWOULDBLOCK here. A second connect meanwhile
 * may fail with WSAEINVAL, as it does on a listener (Microsoft's page on
 * connect).
 */
int socket6_ws_connect(int s, const struct sockaddr *sa, socklen_t len)
{
	if (sa->sa_family == AF_UNSPEC)
		return disconnect(s);
	if (ws_result_for(s, sa, connect((SOCKET)s, sa, len)) == 0)
		return 0;
	if (errno == EAGAIN)
		errno = EINPROGRESS;
	else if (errno == EINVAL && ws_is_listening(s))
		errno = EISCONN; /* as on Linux */
	else if (errno == EINVAL && ws_type(s) == SOCK_STREAM)
		errno = ws_is_connecting(s) ? EALREADY : EINVAL;
	return -1;
}
