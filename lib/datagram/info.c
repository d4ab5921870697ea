/* SPDX-License-Identifier: ISC */
/* info.c - what datagrams are to arrive with. */
#include "both.h"
#include "public.h"
#include "sys/message.h"

/* The options for each field but the time. */
static const struct info {
	int bit, option6, option4;
} infos[] = {
	{SOCKET_INFO_LOCAL, IPV6_RECVPKTINFO, SYS_RECV_LOCAL4},
	{SOCKET_INFO_HOPS, IPV6_RECVHOPLIMIT, IP_RECVTTL},
	{SOCKET_INFO_TCLASS, IPV6_RECVTCLASS, IP_RECVTOS},
	{SOCKET_INFO_ERRORS, IPV6_RECVERR, IP_RECVERR},
};

enum { INFOS = sizeof infos / sizeof *infos };

/* The bit, if it was asked for and the option was set. */
static int granted(int what, int bit, int r)
{
	return r == 0 ? what & bit : 0;
}

int socket_recvinfo6(int s, int what)
{
	int bits = 0;

	if (sys_getsockopt(s, SOL_SOCKET, SO_TYPE) == -1)
		return -1;
	for (int i = 0; i < INFOS; i++)
		bits |= granted(what, infos[i].bit,
				set_both(s, infos[i].option6, infos[i].option4,
					 (what & infos[i].bit) != 0));
	bits |= granted(what, SOCKET_INFO_TIME,
			sys_ask_time(s, (what & SOCKET_INFO_TIME) != 0));
	bits |= granted(what, SOCKET_INFO_DROPS,
			sys_set_known(s, SOL_SOCKET, SO_RXQ_OVFL,
				      (what & SOCKET_INFO_DROPS) != 0));
	bits |= granted(what, SOCKET_INFO_SEGMENTS,
			sys_set_known(s, IPPROTO_UDP, UDP_GRO,
				      (what & SOCKET_INFO_SEGMENTS) != 0));
	return bits;
}
