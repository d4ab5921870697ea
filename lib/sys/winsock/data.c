/* SPDX-License-Identifier: ISC */
/* data.c - receives and sends. */
#include "own.h"

static int length(size_t len)
{
	return len > INT_MAX ? INT_MAX : (int)len;
}

/*
 * An ICMP error for an earlier datagram fails the next receive, even on an
 * unconnected socket: with WSAECONNRESET (port unreachable) or WSAENETRESET
 * (hop limit exceeded), by Microsoft's page on recvfrom. POSIX systems report
 * it on connected sockets only.
 */
int ws_is_stray_icmp(int s)
{
	int error = WSAGetLastError();
	int stray = (error == WSAECONNRESET || error == WSAENETRESET) &&
		    ws_type(s) == SOCK_DGRAM && !ws_has_peer(s);

	WSASetLastError(error);
	return stray;
}

int ws_is_readable(int s)
{
	struct timeval now = {0, 0};
	fd_set set;

	FD_ZERO(&set);
	FD_SET((SOCKET)s, &set);
	return select(0, &set, NULL, NULL, &now) != 0;
}

ssize_t ws_received(int s, size_t len, int n)
{
	if (n != SOCKET_ERROR)
		return n;
	ws_failed(s);
	switch (errno) {
	case EMSGSIZE: /* a datagram too long for buf, which is full */
		return (ssize_t)len;
	case EPIPE: /* after shutdown(SHUT_RD): the end of the stream */
		return 0;
	case ECONNRESET: /* for a datagram: its port is unreachable */
		errno = ws_type(s) == SOCK_DGRAM ? ECONNREFUSED : ECONNRESET;
	}
	return -1;
}

ssize_t socket6_ws_recv(int s, void *buf, size_t len, int flags)
{
	return socket6_ws_recvfrom(s, buf, len, flags, NULL, NULL);
}

ssize_t socket6_ws_recvfrom(int s, void *buf, size_t len, int flags,
			    struct sockaddr *sa, socklen_t *salen)
{
	socklen_t room = salen ? *salen : 0;
	int n;

	if (flags & MSG_DONTWAIT && !ws_is_readable(s))
		return sys_fail(EAGAIN);
	flags &= ~MSG_DONTWAIT;
	do {
		if (salen)
			*salen = room;
		n = recvfrom((SOCKET)s, buf, length(len), flags, sa, salen);
	} while (n == SOCKET_ERROR && ws_is_stray_icmp(s));
	return ws_received(s, len, n);
}

ssize_t socket6_ws_sendto(int s, const void *buf, size_t len, int flags,
			  const struct sockaddr *sa, socklen_t salen)
{
	int n = sa ? sendto((SOCKET)s, buf, length(len), flags, sa, salen)
		   : send((SOCKET)s, buf, length(len), flags);

	return ws_result_for(s, sa, n);
}
