/* SPDX-License-Identifier: ISC */
/* messages.c - recvmsg and sendmsg. */
#include "own.h"

/*
 * Winsock's form of these pieces, up to INT_MAX bytes, for that is what a call
 * can return. No datagram is so long. Returns how many there are.
 */
static DWORD put_buffers(WSABUF *to, const struct msghdr *m)
{
	size_t left = INT_MAX;
	DWORD n;

	for (n = 0; n < m->msg_iovlen && left > 0; n++) {
		const struct iovec *piece = &m->msg_iov[n];
		size_t len = piece->iov_len < left ? piece->iov_len : left;

		to[n].buf = piece->iov_base;
		to[n].len = (ULONG)len;
		left -= len;
	}
	return n;
}

/* Winsock's struct, with this one's addresses and room for its pieces. */
static WSAMSG message(const struct msghdr *m, WSABUF *buffers)
{
	WSAMSG w = {0};

	w.name = m->msg_name;
	w.namelen = m->msg_namelen;
	w.lpBuffers = buffers;
	w.dwBufferCount = put_buffers(buffers, m);
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
	WSABUF buffer;
	WSAMSG w = message(m, &buffer);
	DWORD got = 0;

	if (!function)
		return SOCKET_ERROR;
	if (function((SOCKET)s, &w, &got, NULL, NULL) == SOCKET_ERROR) {
		if (WSAGetLastError() != WSAEMSGSIZE)
			return SOCKET_ERROR;
		/* Cut: the bytes are there. */
		w.dwFlags |= MSG_TRUNC;
		got = buffer.len;
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

static ssize_t send_buffers(int s, const struct msghdr *m, WSABUF *buffers)
{
	WSAMSG w = message(m, buffers);
	DWORD sent = 0;
	int r;

	if (m->msg_controllen)
		r = WSASendMsg((SOCKET)s, &w, 0, &sent, NULL, NULL);
	else
		r = WSASendTo((SOCKET)s, w.lpBuffers, w.dwBufferCount, &sent, 0,
			      w.name, w.namelen, NULL, NULL);
	if (r == SOCKET_ERROR)
		return ws_failed_with(s, m->msg_name);
	return (ssize_t)sent;
}

/* Room for many is 16 KB of stack. */
static __attribute__((noinline)) ssize_t send_pieces(int s,
						     const struct msghdr *m)
{
	WSABUF buffers[IOV_MAX];

	return send_buffers(s, m, buffers);
}

ssize_t socket6_ws_sendmsg(int s, const struct msghdr *m, int flags)
{
	WSABUF buffer;

	(void)flags;
	if (m->msg_iovlen > IOV_MAX)
		return sys_fail(EMSGSIZE);
	return m->msg_iovlen > 1 ? send_pieces(s, m)
				 : send_buffers(s, m, &buffer);
}
