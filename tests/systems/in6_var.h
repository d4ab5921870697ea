/* SPDX-License-Identifier: ISC */
/* in6_var.h - BSD's netinet6/in6_var.h, for flags of addresses: quirk_route.c. */
#ifndef IN6_VAR_H
#define IN6_VAR_H

#include <netinet/in.h>

/* ifr_name is a macro of Linux's. */
struct in6_ifreq {
	struct {
		char ifrn_name[16];
	} ifr_ifrn;
	union {
		struct sockaddr_in6 ifru_addr;
		int ifru_flags6;
		char room[272];
	} ifr_ifru;
};

#define SIOCGIFAFLAG_IN6 0xc1206949

#define IN6_IFF_TENTATIVE  0x02
#define IN6_IFF_DUPLICATED 0x04
#define IN6_IFF_DEPRECATED 0x10
#define IN6_IFF_TEMPORARY  0x80

#endif
