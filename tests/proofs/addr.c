/* SPDX-License-Identifier: ISC */
/*
 * addr.c - the conversions of addr.h, of any bytes: what is put is what is got,
 * IPv4 as v4-mapped too, and a family that is neither stores nothing.
 */
#include "prove.h"

#include "addr.h"

int main(void)
{
	union socket6_addr a, b, c;
	char ip[16], got[16], old[16];
	uint16_t port, got_port, old_port = got_port;
	uint32_t scope, got_scope;
	int is_v4 = addr_is_v4mapped(ip);

	memcpy(old, got, sizeof got);
	if (a.sa.sa_family != AF_INET && a.sa.sa_family != AF_INET6)
		MUST(!addr_get6(&a, got, &got_port, &got_scope) &&
		     !addr_get4(&a, got, &got_port) && got_port == old_port &&
		     memcmp(got, old, sizeof got) == 0);
	MUST(addr_put6(&b, ip, port, scope) == sizeof b.in6);
	MUST(addr_get6(&b, got, &got_port, &got_scope) && got_port == port &&
	     got_scope == scope && memcmp(got, ip, sizeof got) == 0);
	MUST(addr_get4(&b, got, &got_port) == is_v4);
	MUST(!is_v4 || (memcmp(got, ip + 12, 4) == 0 && got_port == port));
	if (is_v4)
		MUST(socket6_addr_to_inet(&b) == sizeof b.in &&
		     addr_get6(&b, got, &got_port, &got_scope) &&
		     memcmp(got, ip, sizeof got) == 0 && got_port == port);
	MUST(addr_put4(&c, ip, port) == sizeof c.in);
	MUST(addr_get4(&c, got, NULL) && memcmp(got, ip, 4) == 0);
	MUST(addr_put_none(&c) == sizeof c.sa &&
	     !addr_get6(&c, NULL, NULL, NULL));
}
