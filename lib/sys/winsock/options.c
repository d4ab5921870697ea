/* SPDX-License-Identifier: ISC */
/* options.c - socket options, with POSIX's types and errors. */
#include "own.h"

#include <string.h>

/* LINGER has two 16-bit fields. */
static int set_linger(int s, const struct socket6_linger *value)
{
	LINGER l = {.l_onoff = value->l_onoff != 0,
		    .l_linger = (u_short)value->l_linger};

	return ws_result(s, setsockopt((SOCKET)s, SOL_SOCKET, SO_LINGER,
				       (const char *)&l, sizeof l));
}

static int get_linger(int s, struct socket6_linger *value)
{
	LINGER l;
	int len = sizeof l;

	if (getsockopt((SOCKET)s, SOL_SOCKET, SO_LINGER, (char *)&l, &len) ==
	    SOCKET_ERROR)
		return ws_failed(s);
	value->l_onoff = l.l_onoff;
	value->l_linger = l.l_linger;
	return 0;
}

/* Of a level that is not the socket's, Windows may report WSAEINVAL. */
static int option_failed(int s, int level)
{
	ws_failed(s);
	if (errno == EINVAL &&
	    ((level == IPPROTO_IPV6 && ws_family(s) == AF_INET) ||
	     (level == IPPROTO_TCP && ws_type(s) == SOCK_DGRAM)))
		errno = ENOPROTOOPT;
	return -1;
}

/* Winsock's values are DWORDs; those that are a byte in 4.4BSD are widened. */
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
	if (setsockopt((SOCKET)s, level, option, value, len) == SOCKET_ERROR)
		return option_failed(s, level);
	return 0;
}

/*
 * Windows may set one byte of a boolean and no more. SO_ERROR holds Winsock's
 * number.
 */
int socket6_ws_getsockopt(int s, int level, int option, void *value,
			  socklen_t *len)
{
	socklen_t asked = *len;
	int number;

	if (level == SOL_SOCKET && option == SO_LINGER)
		return get_linger(s, value);
	if (getsockopt((SOCKET)s, level, option, value, len) == SOCKET_ERROR)
		return option_failed(s, level);
	if (asked != sizeof number)
		return 0;
	if (*len == 1)
		number = *(unsigned char *)value;
	else
		memcpy(&number, value, sizeof number);
	if (level == SOL_SOCKET && option == SO_ERROR)
		number = ws_errno(number);
	memcpy(value, &number, sizeof number);
	*len = sizeof number;
	return 0;
}
