/* SPDX-License-Identifier: ISC */
/* check_error.c - an errno in words. */
#include "config.h"

#include "suite.h"

#include <socket6.h>

/* Every errno that a page names, and its words on every system. */
static const struct {
	int error;
	const char *words;
} known[] = {
	{ENOENT, "unknown host"},
	{EPROTONOSUPPORT, "unknown service"},
	{ENODEV, "no such interface"},
	{ENXIO, "no such interface"},
	{EIO, "no answer from a name server"},
	{ENAMETOOLONG, "name too long"},
	{ECONNREFUSED, "refused"},
	{ETIMEDOUT, "timed out"},
	{EHOSTUNREACH, "host unreachable"},
	{ENETUNREACH, "network unreachable"},
	{ECONNRESET, "connection reset"},
	{ECONNABORTED, "connection aborted"},
	{EPIPE, "broken pipe"},
	{ENETDOWN, "network is down"},
	{ENETRESET, "network reset"},
	{EPROTO, "protocol error"},
	{EADDRINUSE, "address in use"},
	{EADDRNOTAVAIL, "address not available"},
	{EINPROGRESS, "in progress"},
	{EALREADY, "already in progress"},
	{EISCONN, "already connected"},
	{ENOTCONN, "not connected"},
	{EDESTADDRREQ, "no destination address"},
	{EMSGSIZE, "message too long"},
	{EAGAIN, "try again"},
	{EWOULDBLOCK, "try again"},
	{EINTR, "interrupted"},
	{EAFNOSUPPORT, "family not supported"},
	{EOPNOTSUPP, "not supported"},
	{ENOTSUP, "not supported"},
	{ENOPROTOOPT, "option not supported"},
	{EACCES, "permission denied"},
	{EPERM, "not permitted"},
	{EMFILE, "too many open files"},
	{ENFILE, "too many open files"},
	{ENOBUFS, "no buffer space"},
	{ENOMEM, "out of memory"},
	{EINVAL, "invalid argument"},
	{EBADF, "not open"},
	{ENOTSOCK, "not a socket"},
	{EEXIST, "already exists"},
	{ERANGE, "buffer too small"},
};

CASE("error")

TABLE_TEST(an_error_has_words, row, known, nothing_missing)
{
	ck_assert_str_eq(socket_error(row->error), row->words);
}

/* Each is another errno's number where the system lacks it. */
TEST(an_error_that_a_system_may_lack_has_words)
{
	static const int errors[] = {ENOTRECOVERABLE, EHOSTDOWN,
				     ESOCKTNOSUPPORT};
	static const char *const words[] = {"a name server failed",
					    "host is down",
					    "socket type not supported"};
	static const int instead[] = {EIO, EHOSTUNREACH, EPROTONOSUPPORT};

	for (size_t i = 0; i < LENGTH(errors); i++)
		ck_assert_str_eq(socket_error(errors[i]),
				 errors[i] == instead[i]
					 ? socket_error(instead[i])
					 : words[i]);
}

/* No system has errnos of these numbers. */
static const struct {
	int error;
	const char *words;
} others[] = {
	{0, "error 0"},
	{-1, "error -1"},
	{99999, "error 99999"},
	{INT_MAX, "error 2147483647"},
	{INT_MIN, "error -2147483648"},
};

TABLE_TEST(any_other_number_is_written, row, others, nothing_missing)
{
	ck_assert_str_eq(socket_error(row->error), row->words);
}

TEST(the_words_of_a_known_error_stay)
{
	const char *refused = socket_error(ECONNREFUSED);

	socket_error(-1);
	socket_error(ETIMEDOUT);
	ck_assert_str_eq(refused, "refused");
}

TEST(an_interface_keeps_its_name)
{
	const char *name;

	need_names();
	name = socket_getifname(socket_getifidx(LO));
	socket_error(INT_MIN);
	ck_assert_str_eq(name, LO);
}

TEST(errno_stays)
{
	errno = EISCONN;
	socket_error(ENOENT);
	socket_error(-1);
	ck_assert_int_eq(errno, EISCONN);
}

#include "check_error.list"
