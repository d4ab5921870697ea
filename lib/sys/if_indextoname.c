/* SPDX-License-Identifier: ISC */
/* if_indextoname.c - for systems without if_indextoname(3). */
#include "sys.h"

#include <string.h>

#if HAVE_SIOCGIFNAME

# include "ifreq.h"

char *if_indextoname(unsigned int index, char *name)
{
	struct ifreq ifr;

	memset(&ifr, 0, sizeof ifr);
	ifr.ifr_ifindex = (int)index;
	if (sys_ask_interface(SIOCGIFNAME, &ifr) == -1)
		return NULL;
	return memcpy(name, ifr.ifr_name, IF_NAMESIZE);
}

/* sys_nametoindex has seen that the name is not too long. */
unsigned int if_nametoindex(const char *name)
{
	struct ifreq ifr;

	memset(&ifr, 0, sizeof ifr);
	strcpy(ifr.ifr_name, name);
	if (sys_ask_interface(SIOCGIFINDEX, &ifr) == -1)
		return 0;
	return (unsigned int)ifr.ifr_ifindex;
}

#else

/* No way to ask: no index has a name. */
char *if_indextoname(unsigned int index, char *name)
{
	(void)index, (void)name;
	errno = ENXIO;
	return NULL;
}

unsigned int if_nametoindex(const char *name)
{
	(void)name;
	errno = ENODEV;
	return 0;
}

#endif
