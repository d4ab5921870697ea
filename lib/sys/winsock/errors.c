/* SPDX-License-Identifier: ISC */
/* errors.c - Winsock's errors as errno. */
#include "own.h"

/*
 * What a socket call may say ("Windows Sockets Error Codes"), and POSIX's
 * name for it. EAGAIN and EWOULDBLOCK differ on Windows: what would block is
 * EAGAIN, as on every other system.
 */
static const struct {
	int theirs, ours;
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
	/* Before the first socket is made no number is one. */
	{WSANOTINITIALISED, EBADF},
	{WSAEDISCON, ECONNRESET},
	{WSAEPROVIDERFAILEDINIT, ENETDOWN},
	{WSASYSCALLFAILURE, EIO},
	{0, 0},
};

int ws_errno(int theirs)
{
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (errors[i].theirs == theirs)
			return errors[i].ours;
	return EIO;
}

/* Windows says "no socket" also of what is nothing at all. */
static int is_handle(int s)
{
	DWORD flags;

	return s >= 0 && GetHandleInformation((HANDLE)(intptr_t)s, &flags);
}

/* A call that failed on s: -1, with errno. */
int ws_failed(int s)
{
	int error = ws_errno(WSAGetLastError());

	return sys_fail(is_handle(s) ? error : EBADF);
}

/* Of an address of another family, Windows may say WSAEFAULT or WSAEINVAL. */
int ws_failed_with(int s, const struct sockaddr *sa)
{
	int family;

	ws_failed(s);
	family = sa ? ws_family(s) : AF_UNSPEC;
	if (family != AF_UNSPEC && family != sa->sa_family)
		errno = EAFNOSUPPORT;
	return -1;
}
