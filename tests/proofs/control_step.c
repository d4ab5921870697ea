/* SPDX-License-Identifier: ISC */
/*
 * control_step.c - what socket6_control_read does with one control message of
 * any bytes, which ends its object, or with the first SIZE bytes of a longer
 * one, after any messages: reads nothing outside, changes no field unless level
 * and type say so, and never the peer. Before the first all fields are unknown.
 * control_walk.c proves that messages lie inside: so this is true of any number.
 */
#include "datagram/control.c"

#include "any_message.h"

int main(void)
{
	char room[SIZE];
	size_t start;
	struct sys_report report = {.sender = NULL};

	ASSUME(start <= SIZE - sizeof *message);
	message = (const void *)(room + start);
	ASSUME(message->cmsg_len == SIZE - start ||
	       (start == 0 && message->cmsg_len > SIZE));
	socket6_control_read(NULL, &g, nondet_int() ? &report : NULL);
	MUST(memcmp(&g.peer, &old.peer, sizeof g.peer) == 0);
	MUST(g.hops == old.hops || is(IPPROTO_IPV6, IPV6_HOPLIMIT) ||
	     is(IPPROTO_IP, IP_TTL) || is(IPPROTO_IP, IP_RECVTTL));
	MUST(g.tclass == old.tclass || is(IPPROTO_IPV6, IPV6_TCLASS) ||
	     is(IPPROTO_IP, IP_TOS) || is(IPPROTO_IP, IP_RECVTOS));
	MUST(g.segment == old.segment || is(IPPROTO_UDP, UDP_GRO));
	MUST(g.drops == old.drops || is(SOL_SOCKET, SO_RXQ_OVFL));
	MUST(g.time == old.time || is(SOL_SOCKET, SO_TIMESTAMPNS));
	if (!is(IPPROTO_IPV6, IPV6_PKTINFO) && !is(IPPROTO_IP, IP_PKTINFO))
		MUST(memcmp(&g.local, &old.local, sizeof g.local) == 0 &&
		     g.ifindex == old.ifindex && g.flags == old.flags);
	MUST(!report.sender ||
	     (size_t)((const char *)report.sender - (const char *)message) ==
		     message->cmsg_len - report.sender_len);
}
