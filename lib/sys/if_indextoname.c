/* SPDX-License-Identifier: ISC */
/* if_indextoname.c - for systems without if_indextoname(3). */
#include "sys.h"

#include <string.h>

#if HAVE_SIOCGIFNAME

# include <sys/ioctl.h>

/* Asks by any socket at all. 0, or -1. */
static int ask(unsigned long request, struct ifreq *ifr)
{
	int s = socket(AF_INET, SOCK_DGRAM, 0);
	int r;

	if (s == -1)
		return -1;
	r = ioctl(s, request, ifr);
	close(s);
	return r;
}

char *if_indextoname(unsigned int index, char *name)
{
	struct ifreq ifr;

	memset(&ifr, 0, sizeof ifr);
	ifr.ifr_ifindex = (int)index;
	if (ask(SIOCGIFNAME, &ifr) == -1)
		return NULL;
	return memcpy(name, ifr.ifr_name, IF_NAMESIZE);
}

unsigned int if_nametoindex(const char *name)
{
	struct ifreq ifr;

	if (strlen(name) >= IF_NAMESIZE)
		return 0;
	memset(&ifr, 0, sizeof ifr);
	strcpy(ifr.ifr_name, name);
	return ask(SIOCGIFINDEX, &ifr) == -1 ? 0
					     : (unsigned int)ifr.ifr_ifindex;
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
	return 0;
}

#endif
