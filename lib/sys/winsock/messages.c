/* SPDX-License-Identifier: ISC */
/* messages.c - recvmsg and sendmsg. */
#include "own.h"

/* Winsock's struct, with this one's addresses. */
static WSAMSG message(const struct msghdr *m)
{
	WSAMSG w = {0};

	w.name = m->msg_name;
	w.namelen = m->msg_namelen;
	w.lpBuffers = (LPWSABUF)m->msg_iov;
	w.dwBufferCount = m->msg_iovlen;
	w.Control.buf = m->msg_control;
	w.Control.len = m->msg_controllen;
	return w;
}

/* Found by a socket, and the same for all (Microsoft's page on WSARecvMsg). */
static LPFN_WSARECVMSG receiver(int s)
{
	static LPFN_WSARECVMSG known;
	static GUID id = WSAID_WSARECVMSG;
	LPFN_WSARECVMSG function = sys_load(&known);
	DWORD got;

	if (!function && WSAIoctl((SOCKET)s, SIO_GET_EXTENSION_FUNCTION_POINTER,
				  &id, sizeof id, &function, sizeof function,
				  &got, NULL, NULL) == 0)
		sys_store(&known, function);
	return function;
}

/* The number of bytes, or -1 with Winsock's error. */
static int receive(int s, struct msghdr *m)
{
	LPFN_WSARECVMSG function = receiver(s);
	WSAMSG w = message(m);
	DWORD got = 0;

	if (!function)
		return SOCKET_ERROR;
	if (function((SOCKET)s, &w, &got, NULL, NULL) == SOCKET_ERROR) {
		if (WSAGetLastError() != WSAEMSGSIZE)
			return SOCKET_ERROR;
		/* Cut: the bytes are there. */
		w.dwFlags |= MSG_TRUNC;
		got = m->msg_iov->iov_len;
	}
	m->msg_namelen = w.namelen;
	m->msg_controllen = w.Control.len;
	m->msg_flags = (int)w.dwFlags;
	return (int)got;
}

/* WSARecvMsg is for datagrams alone. */
static ssize_t receive_stream(int s, struct msghdr *m)
{
	m->msg_namelen = 0;
	m->msg_controllen = 0;
	return socket6_ws_recv(s, m->msg_iov->iov_base, m->msg_iov->iov_len, 0);
}

/* With one buffer, as the library calls it. */
ssize_t socket6_ws_recvmsg(int s, struct msghdr *m, int flags)
{
	int n;

	if (flags & MSG_DONTWAIT && !ws_is_readable(s))
		return sys_fail(EAGAIN);
	do
		n = receive(s, m);
	while (n == SOCKET_ERROR && ws_is_stray_icmp(s));
	if (n == SOCKET_ERROR && ws_type(s) == SOCK_STREAM)
		return receive_stream(s, m);
	return ws_received(s, 0, n);
}

ssize_t socket6_ws_sendmsg(int s, const struct msghdr *m, int flags)
{
	WSAMSG w = message(m);
	DWORD sent = 0;
	int r;

	(void)flags;
	if (m->msg_controllen)
		r = WSASendMsg((SOCKET)s, &w, 0, &sent, NULL, NULL);
	else
		r = WSASendTo((SOCKET)s, w.lpBuffers, w.dwBufferCount, &sent, 0,
			      w.name, w.namelen, NULL, NULL);
	if (r == SOCKET_ERROR)
		return ws_failed_with(s, m->msg_name);
	return (ssize_t)sent;
}
