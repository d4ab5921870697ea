/* SPDX-License-Identifier: ISC */
/* multicast.c - multicast. */
#include "addr.h"
#include "both.h"

static struct in_addr in_addr(const char *ip)
{
	struct in_addr in = {0};

	if (ip)
		memcpy(&in, ip, 4);
	return in;
}

static int membership4(int s, int option, const char *group, const char *iface)
{
	struct ip_mreq mreq;

	mreq.imr_multiaddr = in_addr(group);
	mreq.imr_interface = in_addr(iface);
	return setsockopt(s, IPPROTO_IP, option, &mreq, sizeof mreq);
}

/*
 * Whether s accepts IPv6 alone. Linux lets it join an IPv4 group, which it then
 * never receives. On Windows IPv4 sockets have this option set.
 */
static inline int refuses_inet(int s)
{
	if (sys_likely(sys_getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY) <= 0))
		return 0;
	errno = EINVAL;
	return !sys_wrong_family(s);
}

static inline int set_mreq6(int s, int option, const char *group,
			    unsigned int index)
{
	struct ipv6_mreq mreq;

	memcpy(&mreq.ipv6mr_multiaddr, group, 16);
	/* Copied, for it is an int in some headers (dietlibc). */
	memcpy(&mreq.ipv6mr_interface, &index, sizeof index);
	return setsockopt(s, IPPROTO_IPV6, option, &mreq, sizeof mreq);
}

/*
 * On BSD and macOS an IPv6 socket has no IPv4 options (EINVAL, on NetBSD
 * ENOPROTOOPT). On macOS and NetBSD IPv6's option accepts a v4-mapped group.
 */
SYS_RARE static int mapped_membership(int s, int option6, const char *group,
				      unsigned int index)
{
	if ((errno != EINVAL && errno != ENOPROTOOPT) || sys_wrong_family(s))
		return -1;
	return set_mreq6(s, option6, group, index);
}

SYS_RARE static int inet_membership(int s, int option6, int option4,
				    const char *group, unsigned int index)
{
	if (option4 == IP_ADD_MEMBERSHIP && refuses_inet(s))
		return -1;
	if (sys_set_mreqn(s, option4, in_addr(group + 12), index) == 0)
		return 0;
	return mapped_membership(s, option6, group, index);
}

/* An IPv6 group on an IPv4 socket. */
SYS_RARE static int group_refused(int s)
{
	return sys_wrong_family(s) ? sys_fail(EAFNOSUPPORT) : -1;
}

static int membership6(int s, int option6, int option4, const char *group,
		       unsigned int index)
{
	if (addr_is_v4mapped(group))
		return inet_membership(s, option6, option4, group, index);
	if (set_mreq6(s, option6, group, index) == 0)
		return 0;
	return group_refused(s);
}

int socket_mcjoin4(int s, const char group[4], const char iface[4])
{
	return membership4(s, IP_ADD_MEMBERSHIP, group, iface);
}

int socket_mcleave4(int s, const char group[4])
{
	return membership4(s, IP_DROP_MEMBERSHIP, group, NULL);
}

int socket_mcleave4_if(int s, const char group[4], const char iface[4])
{
	return membership4(s, IP_DROP_MEMBERSHIP, group, iface);
}

int socket_mcjoin4_index(int s, const char group[4], uint32_t index)
{
	return sys_set_mreqn(s, IP_ADD_MEMBERSHIP, in_addr(group), index);
}

int socket_mcleave4_index(int s, const char group[4], uint32_t index)
{
	return sys_set_mreqn(s, IP_DROP_MEMBERSHIP, in_addr(group), index);
}

int socket_mcjoin6(int s, const char group[16], int index)
{
	return membership6(s, IPV6_JOIN_GROUP, IP_ADD_MEMBERSHIP, group,
			   (unsigned int)index);
}

int socket_mcjoin6_if(int s, const char group[16], uint32_t index)
{
	return membership6(s, IPV6_JOIN_GROUP, IP_ADD_MEMBERSHIP, group, index);
}

int socket_mcleave6(int s, const char group[16])
{
	return membership6(s, IPV6_LEAVE_GROUP, IP_DROP_MEMBERSHIP, group, 0);
}

int socket_mcleave6_if(int s, const char group[16], uint32_t index)
{
	return membership6(s, IPV6_LEAVE_GROUP, IP_DROP_MEMBERSHIP, group,
			   index);
}

int socket_mcjoin4_source(int s, const char group[4], const char source[4],
			  const char iface[4])
{
	return sys_source4(s, 1, in_addr(group), in_addr(source),
			   in_addr(iface));
}

int socket_mcleave4_source(int s, const char group[4], const char source[4],
			   const char iface[4])
{
	return sys_source4(s, 0, in_addr(group), in_addr(source),
			   in_addr(iface));
}

/* Writes an address without a port, as IPv4 if it is v4-mapped. */
static inline void put_without_port(union socket6_addr *a, const char *ip)
{
	const char *ip4 = addr_unmap(ip);

	if (ip4)
		addr_put4(a, ip4, 0);
	else
		addr_put6(a, ip, 0, 0);
}

static int source6(int s, int join, const char *group, const char *source,
		   uint32_t index)
{
	union socket6_addr to, from;

	put_without_port(&to, group);
	put_without_port(&from, source);
	if (to.sa.sa_family != from.sa.sa_family)
		return sys_fail(EAFNOSUPPORT);
	if (join && to.sa.sa_family == AF_INET && refuses_inet(s))
		return -1;
	if (sys_source6(s, join, &to.sa, &from.sa, index) == 0)
		return 0;
	return to.sa.sa_family == AF_INET6 ? group_refused(s) : -1;
}

int socket_mcjoin6_source(int s, const char group[16], const char source[16],
			  uint32_t index)
{
	return source6(s, 1, group, source, index);
}

int socket_mcleave6_source(int s, const char group[16], const char source[16],
			   uint32_t index)
{
	return source6(s, 0, group, source, index);
}

int socket_mcinterface4(int s, const char iface[4])
{
	struct in_addr in = in_addr(iface);

	return setsockopt(s, IPPROTO_IP, IP_MULTICAST_IF, &in, sizeof in);
}

/* IPv6's option failed: on an IPv4 socket IPv4's result counts. */
SYS_RARE static int inet_interface(int s, uint32_t index)
{
	return sys_wrong_option(s) ? sys_set_interface4(s, index) : -1;
}

int socket_mcinterface6(int s, uint32_t index)
{
	if (sys_one_interface(&index) == -1)
		return -1;
	if (setsockopt(s, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index,
		       sizeof index) == -1)
		return inet_interface(s, index);
	sys_set_mreqn(s, IP_MULTICAST_IF, in_addr(NULL), index);
	return 0;
}

/* IPv4's values are a byte (4.4BSD), IPv6's an int (RFC 3493). */
static int set4(int s, int option, unsigned char value)
{
	return setsockopt(s, IPPROTO_IP, option, &value, sizeof value);
}

SYS_RARE static int set_inet(int s, int option4, unsigned char value)
{
	return sys_wrong_option(s) ? set4(s, option4, value) : -1;
}

static inline int set6(int s, int option6, int option4, unsigned char value)
{
	if (sys_setsockopt(s, IPPROTO_IPV6, option6, value) == -1)
		return set_inet(s, option4, value);
	set4(s, option4, value);
	return 0;
}

int socket_mcall(int s, int on)
{
	return set_both(s, IPV6_MULTICAST_ALL, IP_MULTICAST_ALL, on != 0);
}

/* Linux accepts any value for IPv4, and takes all but 0 for 1. */
static int is_no_loop(char loop)
{
	return loop & ~1;
}

int socket_mcttl4(int s, char hops)
{
	return set4(s, IP_MULTICAST_TTL, (unsigned char)hops);
}

int socket_mchopcount6(int s, char hops)
{
	return socket_mchops6(s, (unsigned char)hops);
}

int socket_mchops6(int s, int hops)
{
	if (hops < 0 || hops > 255)
		return sys_fail(EINVAL);
	return set6(s, IPV6_MULTICAST_HOPS, IP_MULTICAST_TTL,
		    (unsigned char)hops);
}

int socket_mcloop4(int s, char loop)
{
	if (is_no_loop(loop))
		return sys_fail(EINVAL);
	return set4(s, IP_MULTICAST_LOOP, (unsigned char)loop);
}

int socket_mcloop6(int s, char loop)
{
	if (is_no_loop(loop))
		return sys_fail(EINVAL);
	return set6(s, IPV6_MULTICAST_LOOP, IP_MULTICAST_LOOP,
		    (unsigned char)loop);
}
