/* SPDX-License-Identifier: ISC */
/* error.c - an errno as its name, and in a few words. */
#include "socket6.h"

#include <errno.h>
#include <socket6.h>
#include <stdio.h>
#include <string.h>

/* The errors of connections and files. Others get strerror(3)'s words. */
static const struct {
	int error;
	const char *name, *words;
} errors[] = {
	{EACCES, "EACCES", "permission denied"},
	{EADDRINUSE, "EADDRINUSE", "address in use"},
	{EADDRNOTAVAIL, "EADDRNOTAVAIL", "address not available"},
	{EAFNOSUPPORT, "EAFNOSUPPORT", "family not supported"},
	{EBADF, "EBADF", "closed"},
	{EBUSY, "EBUSY", "in use"},
	{ECONNABORTED, "ECONNABORTED", "connection aborted"},
	{ECONNREFUSED, "ECONNREFUSED", "refused"},
	{ECONNRESET, "ECONNRESET", "connection reset"},
	{EDESTADDRREQ, "EDESTADDRREQ", "no address"},
	{EDQUOT, "EDQUOT", "quota exceeded"},
	{EEXIST, "EEXIST", "already exists"},
	{EFBIG, "EFBIG", "file too large"},
	{EHOSTDOWN, "EHOSTDOWN", "host is down"},
	{EHOSTUNREACH, "EHOSTUNREACH", "host unreachable"},
	{EINTR, "EINTR", "interrupted"},
	{EINVAL, "EINVAL", "invalid"},
	{EIO, "EIO", "input or output error"},
	{EISDIR, "EISDIR", "is a directory"},
	{ELOOP, "ELOOP", "too many symbolic links"},
	{EMFILE, "EMFILE", "too many open files"},
	{ENAMETOOLONG, "ENAMETOOLONG", "name too long"},
	{ENETDOWN, "ENETDOWN", "network is down"},
	{ENETUNREACH, "ENETUNREACH", "network unreachable"},
	{ENFILE, "ENFILE", "too many open files"},
	{ENOBUFS, "ENOBUFS", "no buffer space"},
	{ENODEV, "ENODEV", "no such interface"},
	{ENOENT, "ENOENT", "not found"},
	{ENOMEM, "ENOMEM", "out of memory"},
	{ENOPROTOOPT, "ENOPROTOOPT", "not supported"},
	{ENOSPC, "ENOSPC", "no space left"},
	{ENOTCONN, "ENOTCONN", "not connected"},
	{ENOTDIR, "ENOTDIR", "not a directory"},
	{ENOTRECOVERABLE, "ENOTRECOVERABLE", "not recoverable"},
	{ENOTSOCK, "ENOTSOCK", "not a socket"},
	{ENXIO, "ENXIO", "no such device"},
	{EOPNOTSUPP, "EOPNOTSUPP", "not supported"},
	{EPERM, "EPERM", "not permitted"},
	{EPIPE, "EPIPE", "broken pipe"},
	{EPROTO, "EPROTO", "protocol error"},
	{EPROTONOSUPPORT, "EPROTONOSUPPORT", "protocol not supported"},
	{EROFS, "EROFS", "read-only file system"},
	{ESOCKTNOSUPPORT, "ESOCKTNOSUPPORT", "socket type not supported"},
	{ETIMEDOUT, "ETIMEDOUT", "timed out"},
};
enum { ERRORS = sizeof errors / sizeof *errors };

/* An unknown one is its number. */
const char *error_name(int error)
{
	static char number[16];

	for (size_t i = 0; i < ERRORS; i++)
		if (errors[i].error == error)
			return errors[i].name;
	snprintf(number, sizeof number, "%d", error);
	return number;
}

const char *error_words(int error)
{
	for (size_t i = 0; i < ERRORS; i++)
		if (errors[i].error == error)
			return errors[i].words;
	return strerror(error);
}

int lacks_zone(const struct socket_addr6 *a)
{
	return a->scope_id == 0 && a->ip[0] == '\xfe' &&
	       (a->ip[1] & 0xc0) == 0x80;
}

/* Linux says EINVAL for a link-local address without a zone (ipv6(7)). */
const char *address_error_words(const struct socket_addr6 *a, int error)
{
	return error == EINVAL && lacks_zone(a) ? "the zone is missing"
						: error_words(error);
}
