/* SPDX-License-Identifier: ISC */
/*
 * fmt_proxy.c - fmt_proxy of any two addresses, or without one: writes as many
 * bytes as it returns, 16, 28 or 52, and returns as many without a destination.
 * scan_proxy reads the same addresses and ports from them.
 */
#include "prove.h"

int main(void)
{
	char text[52], old[52];
	struct socket_addr6 from, to, a, b;
	const struct socket_addr6 *f = nondet_int() ? &from : NULL;
	const struct socket_addr6 *t = nondet_int() ? &to : NULL;
	size_t len;

	memcpy(old, text, sizeof text);
	len = fmt_proxy(text, f, t);
	MUST(len == 28 || len == (f && t ? 52 : 16));
	MUST(fmt_proxy(NULL, f, t) == len);
	for (size_t i = 0; i < sizeof text; i++)
		MUST(i < len || text[i] == old[i]);
	MUST(scan_proxy(text, len, &a, &b) == (int)len);
	if (len == 16)
		from = to = (struct socket_addr6){.port = 0};
	MUST(memcmp(a.ip, from.ip, 16) == 0 && a.port == from.port);
	MUST(memcmp(b.ip, to.ip, 16) == 0 && b.port == to.port);
}
