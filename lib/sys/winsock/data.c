/* SPDX-License-Identifier: ISC */
/* data.c - recv and send. */
#include "own.h"

static int length(size_t len)
{
	return len > INT_MAX ? INT_MAX : (int)len;
}

/*
 * An ICMP error for a datagram that s has sent is WSAECONNRESET, or of its
 * hops WSAENETRESET, also where s is not connected: POSIX then tells nobody.
 */
static int is_stray(int s)
{
	int error = WSAGetLastError();
	int stray = (error == WSAECONNRESET || error == WSAENETRESET) &&
		    ws_type(s) == SOCK_DGRAM && !ws_has_peer(s);

	WSASetLastError(error);
	return stray;
}

/* A result of recv: what fails where POSIX does not, and the other errors. */
static ssize_t received(int s, size_t len, int n)
{
	if (n != SOCKET_ERROR)
		return n;
	ws_failed(s);
	switch (errno) {
	case EMSGSIZE: /* what does not fit is cut off */
		return (ssize_t)len;
	case EPIPE: /* after shutdown(SHUT_RD) the stream is at its end */
		return 0;
	case ECONNRESET: /* of a datagram's port, see above */
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

	do {
		if (salen)
			*salen = room;
		n = recvfrom((SOCKET)s, buf, length(len), flags, sa, salen);
	} while (n == SOCKET_ERROR && is_stray(s));
	return received(s, len, n);
}

ssize_t socket6_ws_sendto(int s, const void *buf, size_t len, int flags,
			  const struct sockaddr *sa, socklen_t salen)
{
	int n = sa ? sendto((SOCKET)s, buf, length(len), flags, sa, salen)
		   : send((SOCKET)s, buf, length(len), flags);

	return ws_result_for(s, sa, n);
}
