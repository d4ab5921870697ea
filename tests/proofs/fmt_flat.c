/* SPDX-License-Identifier: ISC */
/*
 * fmt_flat.c - fmt_ip6_flat of all 2^128 addresses: writes 32 bytes, from which
 * scan_ip6_flat reads the same address.
 */
#include "prove.h"

int main(void)
{
	char ip[16], back[16], text[32];

	MUST(fmt_ip6_flat(NULL, ip) == 32);
	MUST(fmt_ip6_flat(text, ip) == 32);
	MUST(scan_ip6_flat(text, back) == 32);
	MUST(memcmp(back, ip, sizeof ip) == 0);
}
