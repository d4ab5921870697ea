/* SPDX-License-Identifier: ISC */
/* error.c - an errno in words. */
#include "public.h"
#include "sys/sys.h"

#include <string.h>

/*
 * Arrays, as pointers would have to be relocated. A system that lacks an errno
 * has another one's number for it (sys/eai.h): the first row of a number is the
 * one that is found.
 */
static const struct {
	int error;
	char words[32];
} errors[] = {
	/* A name. */
	{ENOENT, "unknown host"},
	{EPROTONOSUPPORT, "unknown service"},
	{ENODEV, "no such interface"},
	{ENXIO, "no such interface"},
	{EIO, "no answer from a name server"},
	{ENOTRECOVERABLE, "a name server failed"},
	{ENAMETOOLONG, "name too long"},

	/* A peer, and the way to it. */
	{ECONNREFUSED, "refused"},
	{ETIMEDOUT, "timed out"},
	{EHOSTUNREACH, "host unreachable"},
	{ENETUNREACH, "network unreachable"},
	{ECONNRESET, "connection reset"},
	{ECONNABORTED, "connection aborted"},
	{EPIPE, "broken pipe"},
	{EHOSTDOWN, "host is down"},
	{ENETDOWN, "network is down"},
	{ENETRESET, "network reset"},
	{EPROTO, "protocol error"},

	/* A local address. */
	{EADDRINUSE, "address in use"},
	{EADDRNOTAVAIL, "address not available"},

	/* The state of a connection. */
	{EINPROGRESS, "in progress"},
	{EALREADY, "already in progress"},
	{EISCONN, "already connected"},
	{ENOTCONN, "not connected"},
	{EDESTADDRREQ, "no destination address"},
	{EMSGSIZE, "message too long"},
	{EAGAIN, "try again"},
	{EWOULDBLOCK, "try again"},
	{EINTR, "interrupted"},

	/* What the system does not have, or does not allow. */
	{EAFNOSUPPORT, "family not supported"},
	{EOPNOTSUPP, "not supported"},
	{ENOTSUP, "not supported"},
	{ENOPROTOOPT, "option not supported"},
	{ESOCKTNOSUPPORT, "socket type not supported"},
	{EACCES, "permission denied"},
	{EPERM, "not permitted"},
	{EMFILE, "too many open files"},
	{ENFILE, "too many open files"},
	{ENOBUFS, "no buffer space"},
	{ENOMEM, "out of memory"},

	/* A mistake of the caller's. */
	{EINVAL, "invalid argument"},
	{EBADF, "not open"},
	{ENOTSOCK, "not a socket"},
	{EEXIST, "already exists"},
	{ERANGE, "buffer too small"},
};

/* From the last digit to the first. */
static const char *number(int error, struct sys_thread_buffer *own)
{
	char *p = own->error + sizeof own->error;
	unsigned int n = error < 0 ? 0U - (unsigned int)error
				   : (unsigned int)error;

	*--p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	if (error < 0)
		*--p = '-';
	return memcpy(p - 6, "error ", 6);
}

/* Where a thread's buffer is allocated, that may fail, and set errno. */
static const char *unknown(int error)
{
	int before = errno;
	struct sys_thread_buffer *own = sys_thread_buffer();

	errno = before;
	return own ? number(error, own) : "unknown error";
}

const char *socket_error(int error)
{
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (errors[i].error == error)
			return errors[i].words;
	return unknown(error);
}
