/* SPDX-License-Identifier: ISC */
/* multicast.c - groups, sources and the interfaces they are joined on. */
#include "sys.h"

#include <string.h>

#if HAVE_STRUCT_IP_MREQN

int sys_set_mreqn(int s, int option, struct in_addr group, unsigned int index)
{
	struct ip_mreqn mreqn;

	memset(&mreqn, 0, sizeof mreqn);
	mreqn.imr_multiaddr = group;
	mreqn.imr_ifindex = (int)index;
	return setsockopt(s, IPPROTO_IP, option, &mreqn, sizeof mreqn);
}

/* Linux says EADDRNOTAVAIL if no interface has the index. */
int sys_set_interface4(int s, unsigned int index)
{
	struct in_addr any = {0};

	if (sys_set_mreqn(s, IP_MULTICAST_IF, any, index) == 0)
		return 0;
	return sys_fail(errno == EADDRNOTAVAIL ? ENODEV : errno);
}

#else

# if HAVE_WINSOCK
#  define address_by_name(index, name, in) socket6_address_of((index), (in))
# else
#  include "ifreq.h"

static int address_by_name(unsigned int index, const char *name,
			   struct in_addr *in)
{
	struct ifreq ifr;
	struct sockaddr_in sin;

	(void)index;
	memset(&ifr, 0, sizeof ifr);
	strcpy(ifr.ifr_name, name);
	if (sys_ask_interface(SIOCGIFADDR, &ifr) == -1)
		return -1;
	memcpy(&sin, &ifr.ifr_addr, sizeof sin);
	*in = sin.sin_addr;
	return 0;
}
# endif

/* The interface is named by its address (RFC 1112). */
static int address_of(unsigned int index, struct in_addr *in)
{
	char name[IF_NAMESIZE];

	memset(in, 0, sizeof *in);
	if (index == 0)
		return 0;
	if (!if_indextoname(index, name))
		return sys_fail(sys_no_interface(ENODEV));
	return address_by_name(index, name, in);
}

int sys_set_mreqn(int s, int option, struct in_addr group, unsigned int index)
{
	struct ip_mreq mreq;

	mreq.imr_multiaddr = group;
	if (address_of(index, &mreq.imr_interface) == -1)
		return -1;
	if (option == IP_MULTICAST_IF)
		return setsockopt(s, IPPROTO_IP, option, &mreq.imr_interface,
				  sizeof mreq.imr_interface);
	return setsockopt(s, IPPROTO_IP, option, &mreq, sizeof mreq);
}

int sys_set_interface4(int s, unsigned int index)
{
	struct in_addr any = {0};

	return sys_set_mreqn(s, IP_MULTICAST_IF, any, index);
}

#endif

#if HAVE_IP_ADD_SOURCE_MEMBERSHIP

int sys_source4(int s, int join, struct in_addr group, struct in_addr source,
		struct in_addr iface)
{
	struct ip_mreq_source mreq;

	memset(&mreq, 0, sizeof mreq);
	mreq.imr_multiaddr = group;
	mreq.imr_sourceaddr = source;
	mreq.imr_interface = iface;
	return setsockopt(s, IPPROTO_IP,
			  join ? IP_ADD_SOURCE_MEMBERSHIP
			       : IP_DROP_SOURCE_MEMBERSHIP,
			  &mreq, sizeof mreq);
}

#else

int sys_source4(int s, int join, struct in_addr group, struct in_addr source,
		struct in_addr iface)
{
	(void)join, (void)group, (void)source, (void)iface;
	return sys_setsockopt(s, IPPROTO_IP, SYS_NO_OPTION, 0);
}

#endif

static int level_of(const struct sockaddr *sa)
{
	return sa->sa_family == AF_INET ? IPPROTO_IP : IPPROTO_IPV6;
}

#if HAVE_MCAST_JOIN_SOURCE_GROUP

/* A family has one length: each copy is then a few moves. */
static inline void put(struct sockaddr_storage *to, const struct sockaddr *from)
{
	if (from->sa_family == AF_INET)
		memcpy(to, from, sizeof(struct sockaddr_in));
	else
		memcpy(to, from, sizeof(struct sockaddr_in6));
}

int sys_source6(int s, int join, const struct sockaddr *group,
		const struct sockaddr *source, unsigned int index)
{
	int option = join ? MCAST_JOIN_SOURCE_GROUP : MCAST_LEAVE_SOURCE_GROUP;
	struct group_source_req req;

	memset(&req, 0, sizeof req);
	req.gsr_interface = index;
	put(&req.gsr_group, group);
	put(&req.gsr_source, source);
	return setsockopt(s, level_of(group), option, &req, sizeof req);
}

#else

int sys_source6(int s, int join, const struct sockaddr *group,
		const struct sockaddr *source, unsigned int index)
{
	(void)join, (void)source, (void)index;
	return sys_setsockopt(s, level_of(group), SYS_NO_OPTION, 0);
}

#endif
