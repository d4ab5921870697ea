/* SPDX-License-Identifier: ISC */
/* disconnect.c - forget a peer. */
#include "addr.h"

/*
 * BSD and macOS take the peer away and say EAFNOSUPPORT or EINVAL all the same
 * (FreeBSD's connect(2): "an invalid address, such as a null address").
 */
SYS_RARE static int has_lost_peer(int s)
{
	union socket6_addr a;
	socklen_t len = sizeof a;
	int error = errno;

	if (getpeername(s, &a.sa, &len) == -1 && errno == ENOTCONN)
		return 0;
	return sys_fail(error);
}

/*
 * Linux takes away the interface, too (__udp_disconnect), and without it s would
 * send by any. What the old peer's host has reported is no error of the next.
 */
static inline int forget_peer(int s)
{
	union socket6_addr none;
	socklen_t len = addr_put_none(&none);
	uint32_t index = sys_bound_interface(s);

	if (connect(s, &none.sa, len) == -1 && has_lost_peer(s) == -1)
		return -1;
	sys_take_error(s);
	return index ? sys_bind_interface(s, index) : 0;
}

int socket_disconnect(int s)
{
	int type = sys_getsockopt(s, SOL_SOCKET, SO_TYPE);

	if (type == -1)
		return -1;
	/* Linux would reset a TCP connection, and close a listener. */
	return type == SOCK_DGRAM ? forget_peer(s) : sys_fail(EOPNOTSUPP);
}
