/* SPDX-License-Identifier: ISC */
/*
 * control.c - socket6_control_read of any control messages of up to SIZE bytes
 * in all, which end their object: reads nothing outside and leaves the peer. A
 * field is unknown unless there are level and type of its message.
 */
#include "prove.h"

#include "datagram/control.h"

int main(void)
{
	char room[SIZE];
	size_t start;
	struct socket_datagram6 g, old = g;
	struct sys_report report;
	struct msghdr m;
	int w[2], hops = 0, segment = 0, drops = 0, local = 0;

	ASSUME(start <= SIZE);
	m.msg_control = room + start;
	m.msg_controllen = SIZE - start;
	socket6_control_read(&m, &g, nondet_int() ? &report : NULL);
	MUST(memcmp(&g.peer, &old.peer, sizeof g.peer) == 0);
	for (size_t i = 8; i + 8 <= SIZE - start && i < SIZE; i += 8) {
		memcpy(w, room + start + i, sizeof w);
		hops |= w[0] == IPPROTO_IPV6 && w[1] == IPV6_HOPLIMIT;
		hops |= w[0] == IPPROTO_IP &&
			(w[1] == IP_TTL || w[1] == IP_RECVTTL);
		segment |= w[0] == IPPROTO_UDP && w[1] == UDP_GRO;
		drops |= w[0] == SOL_SOCKET && w[1] == SO_RXQ_OVFL;
		local |= w[0] == IPPROTO_IPV6 && w[1] == IPV6_PKTINFO;
		local |= w[0] == IPPROTO_IP && w[1] == IP_PKTINFO;
	}
	MUST(g.hops == -1 || hops);
	MUST(g.segment == 0 || segment);
	MUST(g.drops == 0 || drops);
	MUST(g.ifindex == 0 || local);
}
