/* SPDX-License-Identifier: ISC */
/* names.c - names of hosts and interfaces. */
#include "own.h"

#include <iphlpapi.h>

int socket6_ws_getaddrinfo(const char *host, const char *service,
			   const struct addrinfo *hints, struct addrinfo **out)
{
	int error = getaddrinfo(host, service, hints, out);

	if (error == WSANOTINITIALISED && ws_start())
		error = getaddrinfo(host, service, hints, out);
	return error;
}

/* Windows' if_indextoname and if_nametoindex set no errno. */
char *socket6_ws_if_indextoname(unsigned int index, char *name)
{
	char *found = if_indextoname(index, name);

	if (!found)
		errno = ENXIO;
	return found;
}

unsigned int socket6_ws_if_nametoindex(const char *name)
{
	unsigned int index = if_nametoindex(name);

	if (index == 0)
		errno = ENODEV;
	return index;
}

/* If there are more rows, GetIpAddrTable fails and no address is found. */
int socket6_address_of(unsigned int index, struct in_addr *in)
{
	enum { ROWS = 128 };
	union {
		MIB_IPADDRTABLE table;
		char room[sizeof(MIB_IPADDRTABLE) +
			  ROWS * sizeof(MIB_IPADDRROW)];
	} u;
	ULONG size = sizeof u;

	u.table.dwNumEntries = 0;
	GetIpAddrTable(&u.table, &size, FALSE);
	for (DWORD i = 0; i < u.table.dwNumEntries && i < ROWS; i++)
		if (u.table.table[i].dwIndex == index) {
			in->s_addr = u.table.table[i].dwAddr;
			return 0;
		}
	return sys_fail(EADDRNOTAVAIL);
}
