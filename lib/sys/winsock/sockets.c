/* SPDX-License-Identifier: ISC */
/* sockets.c - POSIX's socket calls over Winsock. */
#include "../sys.h"

#include <mstcpip.h>
#include <string.h>

/* From here on these are Winsock's own. */
#undef accept
#undef bind
#undef connect
#undef getaddrinfo
#undef getpeername
#undef getsockname
#undef getsockopt
#undef if_indextoname
#undef if_nametoindex
#undef listen
#undef recv
#undef recvfrom
#undef sendto
#undef setsockopt
#undef shutdown
#undef socket

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

static int ours(int theirs)
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
static int failed(int s)
{
	int error = ours(WSAGetLastError());

	errno = is_handle(s) ? error : EBADF;
	return -1;
}

static int result(int s, int r)
{
	return r == SOCKET_ERROR ? failed(s) : r;
}

/* The family of s, AF_UNSPEC if it is no socket. */
static int family_of(int s)
{
	WSAPROTOCOL_INFOW info;
	int len = sizeof info;

	if (getsockopt((SOCKET)s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info,
		       &len) == SOCKET_ERROR)
		return AF_UNSPEC;
	return info.iAddressFamily;
}

/*
 * A call that was given an address. One of another family than the socket's
 * is EAFNOSUPPORT; Windows may say WSAEFAULT or WSAEINVAL.
 */
static int result_for(int s, const struct sockaddr *sa, int r)
{
	int family;

	if (r != SOCKET_ERROR)
		return r;
	failed(s);
	family = sa ? family_of(s) : AF_UNSPEC;
	if (family != AF_UNSPEC && family != sa->sa_family)
		errno = EAFNOSUPPORT;
	return -1;
}

static int length(size_t len)
{
	return len > INT_MAX ? INT_MAX : (int)len;
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

static int type_of(int s)
{
	return option(s, SO_TYPE);
}

int socket6_ws_set_nonblock(int s, int on)
{
	u_long value = on != 0;

	return result(s, ioctlsocket((SOCKET)s, (long)FIONBIO, &value));
}

int socket6_ws_set_closeonexec(int s)
{
	if (SetHandleInformation((HANDLE)(intptr_t)s, HANDLE_FLAG_INHERIT, 0))
		return 0;
	errno = EBADF;
	return -1;
}

/* SOCKETs are small numbers, but nothing promises it: one is never cut. */
static int as_int(SOCKET s)
{
	if (s <= INT_MAX)
		return (int)s;
	closesocket(s);
	errno = EMFILE;
	return -1;
}

static BOOL CALLBACK start(PINIT_ONCE once, PVOID arg, PVOID *context)
{
	WSADATA data;

	(void)once, (void)arg, (void)context;
	return WSAStartup(MAKEWORD(2, 2), &data) == 0;
}

/* The first call that needs Winsock starts it; it is never ended. */
static int is_started(void)
{
	static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

	return InitOnceExecuteOnce(&once, start, NULL, NULL);
}

static SOCKET started_socket(int family, int type, int protocol, DWORD flags)
{
	SOCKET s = WSASocketW(family, type, protocol, NULL, 0, flags);

	if (s == INVALID_SOCKET && WSAGetLastError() == WSANOTINITIALISED &&
	    is_started())
		s = WSASocketW(family, type, protocol, NULL, 0, flags);
	return s;
}

int socket6_ws_getaddrinfo(const char *host, const char *service,
			   const struct addrinfo *hints, struct addrinfo **out)
{
	int error = getaddrinfo(host, service, hints, out);

	if (error == WSANOTINITIALISED && is_started())
		error = getaddrinfo(host, service, hints, out);
	return error;
}

/* A new socket; Windows 7 without service packs takes no such flag. */
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

/* Sets s's modes; a socket from accept starts with the listener's. */
static int with_modes(int s, int modes)
{
	if (s == -1)
		return -1;
	if ((modes & SOCK_CLOEXEC && sys_set_closeonexec(s) == -1) ||
	    sys_set_nonblock(s, modes & SOCK_NONBLOCK) == -1)
		return socket6_discard(s);
	return s;
}

int socket6_ws_socket(int family, int type, int protocol)
{
	int modes = type & (SOCK_NONBLOCK | SOCK_CLOEXEC);
	SOCKET s = new_socket(family, type & ~modes, protocol,
			      modes & SOCK_CLOEXEC);

	if (s == INVALID_SOCKET) {
		int error = WSAGetLastError();

		errno = error == WSANOTINITIALISED ? ENETDOWN : ours(error);
		return -1;
	}
	return modes ? with_modes(as_int(s), modes) : as_int(s);
}

static int is_listening(int s)
{
	return option(s, SO_ACCEPTCONN) > 0;
}

/* A peer that went away in the queue is WSAECONNRESET, or wine's ENOTCONN. */
int socket6_ws_accept4(int s, struct sockaddr *sa, socklen_t *len, int flags)
{
	SOCKET peer = accept((SOCKET)s, sa, len);

	if (peer != INVALID_SOCKET)
		return with_modes(as_int(peer), flags);
	failed(s);
	if ((errno == ECONNRESET || errno == ENOTCONN) && is_listening(s))
		errno = ECONNABORTED;
	return -1;
}

int socket6_ws_accept(int s, struct sockaddr *sa, socklen_t *len)
{
	return socket6_ws_accept4(s, sa, len, 0);
}

/* A non-blocking socket that must linger says so, and stays open. */
int socket6_ws_close(int s)
{
	int r = result(s, closesocket((SOCKET)s));

	if (r == -1 && errno == EAGAIN && socket6_ws_set_nonblock(s, 0) == 0)
		r = result(s, closesocket((SOCKET)s));
	return r;
}

int socket6_ws_bind(int s, const struct sockaddr *sa, socklen_t len)
{
	return result_for(s, sa, bind((SOCKET)s, sa, len));
}

int socket6_ws_listen(int s, int backlog)
{
	int r = result(s, listen((SOCKET)s, backlog));

	if (r == -1 && errno == EINVAL && type_of(s) == SOCK_DGRAM)
		errno = EOPNOTSUPP;
	return r;
}

int socket6_ws_shutdown(int s, int how)
{
	return result(s, shutdown((SOCKET)s, how));
}

int socket6_ws_getpeername(int s, struct sockaddr *sa, socklen_t *len)
{
	return result(s, getpeername((SOCKET)s, sa, len));
}

/* Without a name yet, Windows says WSAEINVAL; others give the unspecified. */
int socket6_ws_getsockname(int s, struct sockaddr *sa, socklen_t *len)
{
	int family, before = errno;

	if (getsockname((SOCKET)s, sa, len) == 0)
		return 0;
	failed(s);
	family = errno == EINVAL ? family_of(s) : AF_UNSPEC;
	if (family == AF_UNSPEC)
		return -1;
	errno = before;
	memset(sa, 0, (size_t)*len);
	sa->sa_family = (ADDRESS_FAMILY)family;
	*len = family == AF_INET6 ? sizeof(struct sockaddr_in6)
				  : sizeof(struct sockaddr_in);
	return 0;
}

static int has_peer(int s)
{
	struct sockaddr_storage a;
	socklen_t len = sizeof a;

	return getpeername((SOCKET)s, (struct sockaddr *)&a, &len) == 0;
}

/*
 * Whether a stream socket is connecting. Windows 10 says so (version 1703);
 * before, and in wine 8, one that has a local address is taken to be.
 */
static int is_connecting(int s)
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
	       !is_listening(s);
}

/*
 * What goes on in the background is WSAEWOULDBLOCK here; asked once more
 * meanwhile, Windows may say WSAEINVAL, as it does of a listener.
 */
int socket6_ws_connect(int s, const struct sockaddr *sa, socklen_t len)
{
	if (result_for(s, sa, connect((SOCKET)s, sa, len)) == 0)
		return 0;
	if (errno == EAGAIN)
		errno = EINPROGRESS;
	else if (errno == EINVAL && is_listening(s))
		errno = EISCONN; /* as on Linux */
	else if (errno == EINVAL && type_of(s) == SOCK_STREAM)
		errno = is_connecting(s) ? EALREADY : EINVAL;
	return -1;
}

/*
 * An ICMP error for a datagram that s has sent is WSAECONNRESET, or of its
 * hops WSAENETRESET, also where s is not connected: POSIX then tells nobody.
 */
static int is_stray(int s)
{
	int error = WSAGetLastError();
	int stray = (error == WSAECONNRESET || error == WSAENETRESET) &&
		    type_of(s) == SOCK_DGRAM && !has_peer(s);

	WSASetLastError(error);
	return stray;
}

/* A result of recv: what fails where POSIX does not, and the other errors. */
static ssize_t received(int s, size_t len, int n)
{
	if (n != SOCKET_ERROR)
		return n;
	failed(s);
	switch (errno) {
	case EMSGSIZE: /* what does not fit is cut off */
		return (ssize_t)len;
	case EPIPE: /* after shutdown(SHUT_RD) the stream is at its end */
		return 0;
	case ECONNRESET: /* of a datagram's port, see above */
		errno = type_of(s) == SOCK_DGRAM ? ECONNREFUSED : ECONNRESET;
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

	return result_for(s, sa, n);
}

/* Both are 16 bits wide here. */
static int set_linger(int s, const struct socket6_linger *value)
{
	LINGER l = {.l_onoff = value->l_onoff != 0,
		    .l_linger = (u_short)value->l_linger};

	return result(s, setsockopt((SOCKET)s, SOL_SOCKET, SO_LINGER,
				    (const char *)&l, sizeof l));
}

static int get_linger(int s, struct socket6_linger *value)
{
	LINGER l;
	int len = sizeof l;

	if (getsockopt((SOCKET)s, SOL_SOCKET, SO_LINGER, (char *)&l, &len) ==
	    SOCKET_ERROR)
		return failed(s);
	value->l_onoff = l.l_onoff;
	value->l_linger = l.l_linger;
	return 0;
}

/* An option failed; one of a level that s is not of may be WSAEINVAL. */
static int no_option(int s, int level)
{
	if (errno == EINVAL &&
	    ((level == IPPROTO_IPV6 && family_of(s) == AF_INET) ||
	     (level == IPPROTO_TCP && type_of(s) == SOCK_DGRAM)))
		errno = ENOPROTOOPT;
	return -1;
}

/* A value is a DWORD here, also where 4.4BSD takes a byte. */
int socket6_ws_setsockopt(int s, int level, int option, const void *value,
			  socklen_t len)
{
	DWORD wide;

	if (level == SOL_SOCKET && option == SO_LINGER)
		return set_linger(s, value);
	if (len == 1) {
		wide = *(const unsigned char *)value;
		value = &wide;
		len = sizeof wide;
	}
	if (result(s, setsockopt((SOCKET)s, level, option, value, len)) == 0)
		return 0;
	return no_option(s, level);
}

/* What is yes or no may come as one byte; SO_ERROR is Winsock's number. */
int socket6_ws_getsockopt(int s, int level, int option, void *value,
			  socklen_t *len)
{
	socklen_t asked = *len;
	int number;

	if (level == SOL_SOCKET && option == SO_LINGER)
		return get_linger(s, value);
	if (result(s, getsockopt((SOCKET)s, level, option, value, len)) == -1)
		return no_option(s, level);
	if (asked != sizeof number)
		return 0;
	if (*len == 1)
		number = *(unsigned char *)value;
	else
		memcpy(&number, value, sizeof number);
	if (level == SOL_SOCKET && option == SO_ERROR)
		number = ours(number);
	memcpy(value, &number, sizeof number);
	*len = sizeof number;
	return 0;
}

static void put_sets(const struct pollfd *fds, nfds_t count, fd_set sets[3])
{
	for (int i = 0; i < 3; i++)
		FD_ZERO(&sets[i]);
	for (nfds_t i = 0; i < count; i++) {
		if (fds[i].fd < 0)
			continue;
		if (fds[i].events & POLLIN)
			FD_SET((SOCKET)fds[i].fd, &sets[0]);
		if (fds[i].events & POLLOUT)
			FD_SET((SOCKET)fds[i].fd, &sets[1]);
		FD_SET((SOCKET)fds[i].fd, &sets[2]);
	}
}

/*
 * What select says of s as poll would. The third set has a connection that
 * failed, and of one that stands the urgent data.
 */
static short events_of(int s, fd_set sets[3])
{
	short events = 0;

	if (s < 0)
		return 0;
	if (FD_ISSET((SOCKET)s, &sets[0]))
		events |= POLLIN;
	if (FD_ISSET((SOCKET)s, &sets[1]))
		events |= POLLOUT;
	if (FD_ISSET((SOCKET)s, &sets[2]))
		events |= has_peer(s) ? POLLPRI : POLLOUT | POLLERR | POLLHUP;
	return events;
}

/*
 * By select, for WSAPoll says nothing of a connection that failed (before
 * Windows 10 version 2004).
 */
static int wait_for(struct pollfd *fds, nfds_t count, int milliseconds)
{
	struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
	fd_set sets[3];
	int ready = 0;

	put_sets(fds, count, sets);
	if (select(0, &sets[0], &sets[1], &sets[2],
		   milliseconds < 0 ? NULL : &time) == SOCKET_ERROR)
		return failed(fds[0].fd);
	for (nfds_t i = 0; i < count; i++) {
		fds[i].revents = events_of(fds[i].fd, sets) &
				 (short)(fds[i].events | POLLERR | POLLHUP);
		ready += fds[i].revents != 0;
	}
	return ready;
}

/* Nothing goes on at a stream socket, and select says nothing of it. */
static int is_idle(int s)
{
	return type_of(s) == SOCK_STREAM && !has_peer(s) && !is_listening(s) &&
	       !is_connecting(s);
}

/* As much of poll(2) as sockets need; an idle one hangs up, as on Linux. */
int socket6_ws_poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
	int ready;

	if (count == 0) {
		Sleep(milliseconds < 0 ? INFINITE : (DWORD)milliseconds);
		return 0;
	}
	if (count > FD_SETSIZE) {
		errno = EINVAL;
		return -1;
	}
	ready = wait_for(fds, count, 0);
	for (nfds_t i = 0; ready == 0 && i < count; i++)
		if (is_idle(fds[i].fd)) {
			fds[i].revents = POLLOUT | POLLHUP;
			ready++;
		}
	return ready == 0 && milliseconds != 0
		       ? wait_for(fds, count, milliseconds)
		       : ready;
}

/* Windows' own leave errno as it is. */
char *socket6_ws_if_indextoname(unsigned int index, char *name)
{
	char *found = if_indextoname(index, name);

	if (!found)
		errno = ENXIO;
	return found;
}

unsigned int socket6_ws_if_nametoindex(const char *name)
{
	unsigned int index = if_nametoindex(name);

	if (index == 0)
		errno = ENODEV;
	return index;
}

int socket6_address_of(unsigned int index, struct in_addr *in)
{
	enum { ROWS = 128 };
	union {
		MIB_IPADDRTABLE table;
		char room[sizeof(MIB_IPADDRTABLE) +
			  ROWS * sizeof(MIB_IPADDRROW)];
	} u;
	ULONG size = sizeof u;

	u.table.dwNumEntries = 0;
	GetIpAddrTable(&u.table, &size, FALSE);
	for (DWORD i = 0; i < u.table.dwNumEntries && i < ROWS; i++)
		if (u.table.table[i].dwIndex == index) {
			in->s_addr = u.table.table[i].dwAddr;
			return 0;
		}
	errno = EADDRNOTAVAIL;
	return -1;
}
