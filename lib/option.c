/* SPDX-License-Identifier: ISC */
/* option.c - how a socket behaves. */
#include "both.h"
#include "public.h"
#include "sys/sys.h"

#include <string.h>

int socket6_set_inet(int s, int option4, int value)
{
	if (!sys_wrong_option(s))
		return -1;
	return sys_setsockopt(s, IPPROTO_IP, option4, value);
}

int socket_v6only(int s, int on)
{
	socklen_t len = sizeof on;

	if (on == -1) {
		if (getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &on, &len) == -1)
			return -1;
		return on != 0;
	}
	if (on != 0 && on != 1)
		return sys_fail(EINVAL);
	return sys_setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, on) == -1 ? -1 : on;
}

int socket_nodelay(int s, int on)
{
	return sys_setsockopt(s, IPPROTO_TCP, TCP_NODELAY, on != 0);
}

/* Not every system has these: 0 leaves the option alone. */
static int set_if_asked(int s, int option, int value)
{
	return value > 0 ? sys_setsockopt(s, IPPROTO_TCP, option, value) : 0;
}

int socket_keepalive(int s, int idle, int interval, int count)
{
	if (idle < -1 || interval < 0 || count < 0)
		return sys_fail(EINVAL);
	if (idle != 0 && (set_if_asked(s, TCP_KEEPIDLE, idle) == -1 ||
			  set_if_asked(s, TCP_KEEPINTVL, interval) == -1 ||
			  set_if_asked(s, TCP_KEEPCNT, count) == -1))
		return -1;
	return sys_setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, idle != 0);
}

int socket_usertimeout(int s, unsigned int milliseconds)
{
	return setsockopt(s, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds,
			  sizeof milliseconds);
}

int socket_linger(int s, int seconds)
{
	struct linger l = {.l_onoff = seconds >= 0};

	if (seconds < -1 || seconds > SYS_LINGER_MAX)
		return sys_fail(EINVAL);
	l.l_linger = seconds < 0 ? 0 : seconds;
	return setsockopt(s, SOL_SOCKET, SO_LINGER, &l, sizeof l);
}

/* Linux cuts IPv4's to a byte and takes -1 for 255. */
int socket_tos4(int s, int tos)
{
	if (tos < 0 || tos > 255)
		return sys_fail(EINVAL);
	return sys_setsockopt(s, IPPROTO_IP, IP_TOS, tos);
}

int socket_tclass6(int s, int tclass)
{
	if (tclass < 0 || tclass > 255)
		return sys_fail(EINVAL);
	return set_both(s, IPV6_TCLASS, IP_TOS, tclass);
}

int socket_ttl4(int s, int hops)
{
	if (hops < 1 || hops > 255)
		return sys_fail(EINVAL);
	return sys_setsockopt(s, IPPROTO_IP, IP_TTL, hops);
}

int socket_hoplimit6(int s, int hops)
{
	if (hops < 1 || hops > 255)
		return sys_fail(EINVAL);
	return set_both(s, IPV6_UNICAST_HOPS, IP_TTL, hops);
}

int socket_bindtodevice(int s, uint32_t index)
{
	if (sys_one_interface(&index) == -1)
		return -1;
	return sys_bind_interface(s, index);
}

int socket_bindtoname(int s, const char *name)
{
	return sys_bind_name(s, name);
}

static inline int buffer(int s, int option, int bytes)
{
	socklen_t len = sizeof bytes;

	if (bytes < -1)
		return sys_fail(EINVAL);
	if (bytes != -1 &&
	    setsockopt(s, SOL_SOCKET, option, &bytes, sizeof bytes) == -1)
		return -1;
	if (getsockopt(s, SOL_SOCKET, option, &bytes, &len) == -1)
		return -1;
	return bytes / SYS_BUFFER_FACTOR;
}

int socket_sendbuffer(int s, int bytes)
{
	return buffer(s, SO_SNDBUF, bytes);
}

int socket_recvbuffer(int s, int bytes)
{
	return buffer(s, SO_RCVBUF, bytes);
}

int socket_mark(int s, uint32_t mark)
{
	return sys_set_known(s, SOL_SOCKET, SO_MARK, (int)mark);
}

int socket_congestion(int s, const char *name)
{
	return setsockopt(s, IPPROTO_TCP, TCP_CONGESTION, name,
			  (socklen_t)strlen(name));
}

int socket_maxseg(int s, int bytes)
{
	return sys_setsockopt(s, IPPROTO_TCP, TCP_MAXSEG, bytes);
}

int socket_broadcast(int s)
{
	return sys_setsockopt(s, SOL_SOCKET, SO_BROADCAST, 1);
}

int socket_quickack(int s, int value)
{
	return sys_setsockopt(s, IPPROTO_TCP, TCP_QUICKACK, value);
}

void socket_deferaccept(int s, int mode)
{
	sys_defer_accept(s, mode);
}

void socket_tryreservein(int s, int size)
{
	/* Smaller by 1/32 each time, to end near the largest that works. */
	while (size > 0 &&
	       sys_setsockopt(s, SOL_SOCKET, SO_RCVBUF, size) == -1 &&
	       errno == ENOBUFS)
		size -= size / 32 + 1;
}
