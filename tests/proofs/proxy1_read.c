/* SPDX-License-Identifier: ISC */
/*
 * proxy1_read.c - what reads a field of version 1, of any text of LEAST to MOST
 * bytes: reads nothing past the NUL, writes an address or a port and nothing
 * else, and returns at most the text's length. proxy1_field.c has such a reader.
 */
#include "text/proxy.c"

#include "prove.h"

int main(void)
{
	ANY_TEXT(text, LEAST, MOST);
	char ip[16];
	uint16_t port;

	MUST(read_ip4(text, ip) <= MOST - text_start);
	MUST(read_ip6(text, ip) <= MOST - text_start);
	MUST(read_port(text, &port) <= MOST - text_start);
}
