/* SPDX-License-Identifier: ISC */
/*
 * match.c - socket_match6 of any two addresses and any number of bits: whether
 * these are at most 128 and each bit is the same.
 */
#include "prove.h"

int main(void)
{
	char ip[16], net[16];
	unsigned int bits;
	int same = bits <= 128;

	for (unsigned int i = 0; i < 128; i++)
		if (i < bits && (ip[i / 8] ^ net[i / 8]) & 0x80 >> i % 8)
			same = 0;
	MUST(socket_match6(ip, net, bits) == same);
}
