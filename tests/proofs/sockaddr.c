/* SPDX-License-Identifier: ISC */
/*
 * sockaddr.c - socket_from_sockaddr of any 0 to 32 bytes that end their object:
 * reads nothing outside, and leaves the output if it fails. From the address
 * that it reads, socket_to_sockaddr makes one that reads the same.
 */
#include "prove.h"

int main(void)
{
	char room[33], sa[28];
	size_t start, len;
	struct socket_addr6 a, b, old = a;

	ASSUME(start <= 32);
	if (socket_from_sockaddr(&a, room + 1 + start, 32 - start) == -1) {
		MUST(memcmp(&a, &old, sizeof a) == 0);
		return 0;
	}
	MUST(a.reserved == 0 && 32 - start >= 16);
	len = socket_to_sockaddr(&a, 0, sa, sizeof sa);
	MUST(len == 16 || len == 28);
	MUST(socket_from_sockaddr(&b, sa, len) == 0);
	MUST(memcmp(a.ip, b.ip, 16) == 0 && a.port == b.port);
	MUST(len == 16 || a.scope_id == b.scope_id);
}
