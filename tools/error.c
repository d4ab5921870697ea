/* SPDX-License-Identifier: ISC */
/* error.c - an errno as its name, and in a few words. */
#include "socket6.h"

#include <errno.h>
#include <socket6.h>
#include <stdio.h>

/* The errors of connections and files. */
#define NAMED(error)                                                           \
 {                                                                             \
  error, #error                                                                \
 }
static const struct {
	int error;
	const char *name;
} names[] = {
	NAMED(EACCES),	     NAMED(EADDRINUSE),	     NAMED(EADDRNOTAVAIL),
	NAMED(EAFNOSUPPORT), NAMED(EAGAIN),	     NAMED(EBADF),
	NAMED(EBUSY),	     NAMED(ECONNABORTED),    NAMED(ECONNREFUSED),
	NAMED(ECONNRESET),   NAMED(EDESTADDRREQ),    NAMED(EDQUOT),
	NAMED(EEXIST),	     NAMED(EFBIG),	     NAMED(EHOSTDOWN),
	NAMED(EHOSTUNREACH), NAMED(EINTR),	     NAMED(EINVAL),
	NAMED(EIO),	     NAMED(EISDIR),	     NAMED(ELOOP),
	NAMED(EMFILE),	     NAMED(ENAMETOOLONG),    NAMED(ENETDOWN),
	NAMED(ENETUNREACH),  NAMED(ENFILE),	     NAMED(ENOBUFS),
	NAMED(ENODEV),	     NAMED(ENOENT),	     NAMED(ENOMEM),
	NAMED(ENOPROTOOPT),  NAMED(ENOSPC),	     NAMED(ENOTCONN),
	NAMED(ENOTDIR),	     NAMED(ENOTRECOVERABLE), NAMED(ENOTSOCK),
	NAMED(ENXIO),	     NAMED(EOPNOTSUPP),	     NAMED(EPERM),
	NAMED(EPIPE),	     NAMED(EPROTO),	     NAMED(EPROTONOSUPPORT),
	NAMED(EROFS),	     NAMED(ESOCKTNOSUPPORT), NAMED(ETIMEDOUT),
};

/* What only files are told, or what an errno means of them. */
static const struct {
	int error;
	const char *words;
} of_files[] = {
	{EBADF, "closed"},
	{EBUSY, "in use"},
	{EDQUOT, "quota exceeded"},
	{EFBIG, "file too large"},
	{EIO, "input or output error"},
	{EISDIR, "is a directory"},
	{ELOOP, "too many symbolic links"},
	{ENODEV, "no such device"},
	{ENOENT, "not found"},
	{ENOSPC, "no space left"},
	{ENOTDIR, "not a directory"},
	{ENXIO, "no such device"},
	{EROFS, "read-only file system"},
};

/* An unknown one is its number. */
const char *error_name(int error)
{
	static char number[16];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].error == error)
			return names[i].name;
	snprintf(number, sizeof number, "%d", error);
	return number;
}

/* Any other is the library's. */
const char *error_words(int error)
{
	for (size_t i = 0; i < sizeof of_files / sizeof *of_files; i++)
		if (of_files[i].error == error)
			return of_files[i].words;
	return socket_error(error);
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
						: socket_error(error);
}
