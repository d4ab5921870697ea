/* SPDX-License-Identifier: ISC */
/* errors.c - Winsock's errors become errno. */
#include "own.h"

/*
 * The errors that socket calls report, by Microsoft's page "Windows Sockets
 * Error Codes". EAGAIN and EWOULDBLOCK are two numbers on Windows: a call that
 * would block fails with EAGAIN, as on every other system.
 */
static const struct {
	int winsock, posix;
} errors[] = {
	{WSA_INVALID_HANDLE, EBADF},
	{WSA_NOT_ENOUGH_MEMORY, ENOMEM},
	{WSA_INVALID_PARAMETER, EINVAL},
	{WSA_OPERATION_ABORTED, ECONNABORTED},
	{WSAEINTR, EINTR},
	{WSAEBADF, EBADF},
	{WSAEACCES, EACCES},
	{WSAEFAULT, EFAULT},
	{WSAEINVAL, EINVAL},
	{WSAEMFILE, EMFILE},
	{WSAEWOULDBLOCK, EAGAIN},
	{WSAEINPROGRESS, EINPROGRESS},
	{WSAEALREADY, EALREADY},
	{WSAENOTSOCK, ENOTSOCK},
	{WSAEDESTADDRREQ, EDESTADDRREQ},
	{WSAEMSGSIZE, EMSGSIZE},
	{WSAEPROTOTYPE, EPROTOTYPE},
	{WSAENOPROTOOPT, ENOPROTOOPT},
	{WSAEPROTONOSUPPORT, EPROTONOSUPPORT},
	{WSAESOCKTNOSUPPORT, EPROTONOSUPPORT},
	{WSAEOPNOTSUPP, EOPNOTSUPP},
	{WSAEPFNOSUPPORT, EAFNOSUPPORT},
	{WSAEAFNOSUPPORT, EAFNOSUPPORT},
	{WSAEADDRINUSE, EADDRINUSE},
	{WSAEADDRNOTAVAIL, EADDRNOTAVAIL},
	{WSAENETDOWN, ENETDOWN},
	{WSAENETUNREACH, ENETUNREACH},
	{WSAENETRESET, ENETRESET},
	{WSAECONNABORTED, ECONNABORTED},
	{WSAECONNRESET, ECONNRESET},
	{WSAENOBUFS, ENOBUFS},
	{WSAEISCONN, EISCONN},
	{WSAENOTCONN, ENOTCONN},
	{WSAESHUTDOWN, EPIPE},
	{WSAETOOMANYREFS, ENOBUFS},
	{WSAETIMEDOUT, ETIMEDOUT},
	{WSAECONNREFUSED, ECONNREFUSED},
	{WSAELOOP, ELOOP},
	{WSAENAMETOOLONG, ENAMETOOLONG},
	{WSAEHOSTDOWN, EHOSTUNREACH},
	{WSAEHOSTUNREACH, EHOSTUNREACH},
	{WSAEPROCLIM, EMFILE},
	{WSAEUSERS, EMFILE},
	{WSASYSNOTREADY, ENETDOWN},
	{WSAVERNOTSUPPORTED, ENETDOWN},
	/* Before the first socket is created, no number is a socket's. */
	{WSANOTINITIALISED, EBADF},
	{WSAEDISCON, ECONNRESET},
	{WSAEPROVIDERFAILEDINIT, ENETDOWN},
	{WSASYSCALLFAILURE, EIO},
	{0, 0},
};

int ws_errno(int error)
{
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (errors[i].winsock == error)
			return errors[i].posix;
	return EIO;
}

/* Winsock reports WSAENOTSOCK for what is not even a handle: that is EBADF. */
static int is_handle(int s)
{
	DWORD flags;

	return s >= 0 && GetHandleInformation((HANDLE)(intptr_t)s, &flags);
}

int ws_failed(int s)
{
	int error = ws_errno(WSAGetLastError());

	return sys_fail(is_handle(s) ? error : EBADF);
}

/*
 * For an address of another family than the socket's, Windows may report
 * WSAEFAULT or WSAEINVAL.
 */
int ws_failed_with(int s, const struct sockaddr *sa)
{
	int family;

	ws_failed(s);
	family = sa ? ws_family(s) : AF_UNSPEC;
	if (family != AF_UNSPEC && family != sa->sa_family)
		errno = EAFNOSUPPORT;
	return -1;
}
