/* SPDX-License-Identifier: ISC */
/* ifaddrs.c - interfaces and addresses by getifaddrs(3), or none. */
#include "iflist.h"

#if HAVE_GETIFADDRS

# include "ifreq.h"

# include <ifaddrs.h>

# if HAVE_SIOCGIFMTU
static uint32_t mtu_of(const char *name)
{
	struct ifreq ifr;

	memset(&ifr, 0, sizeof ifr);
	strncpy(ifr.ifr_name, name, sizeof ifr.ifr_name - 1);
	if (sys_ask_interface(SIOCGIFMTU, &ifr) == -1)
		return 0;
	return (uint32_t)ifr.ifr_mtu;
}
# else
static uint32_t mtu_of(const char *name)
{
	(void)name;
	return 0;
}
# endif

/*
 * Every address bears its interface's name, or with a colon a name of its own
 * on that interface (Linux, illumos).
 */
static int is_first(const struct ifaddrs *all, const struct ifaddrs *one)
{
	if (strchr(one->ifa_name, ':'))
		return 0;
	while (strcmp(all->ifa_name, one->ifa_name) != 0)
		all = all->ifa_next;
	return all == one;
}

static void add_interface(struct sys_list *list, const struct ifaddrs *one)
{
	struct socket_interface6 i = {
		.flags = sys_if_flags(one->ifa_flags, IFF_MULTICAST)};

	i.ifindex = if_nametoindex(one->ifa_name);
	if (i.ifindex == 0)
		return; /* it went meanwhile */
	i.mtu = mtu_of(one->ifa_name);
	sys_set_name(&i, one->ifa_name, strlen(one->ifa_name));
	sys_list_add(list, &i);
}

int sys_interfaces(struct sys_list *list)
{
	struct ifaddrs *all;

	if (getifaddrs(&all) == -1)
		return -1;
	for (const struct ifaddrs *i = all; i; i = i->ifa_next)
		if (is_first(all, i))
			add_interface(list, i);
	freeifaddrs(all);
	return 0;
}

/* What an address of each family has, and where its bytes are. */
struct form {
	size_t at, width;
};

static struct form form_of(const struct sockaddr *sa)
{
	static const struct form inet = {offsetof(struct sockaddr_in, sin_addr),
					 4};
	static const struct form inet6 = {
		offsetof(struct sockaddr_in6, sin6_addr), 16};

	if (sa && sa->sa_family == AF_INET)
		return inet;
	if (sa && sa->sa_family == AF_INET6)
		return inet6;
	return (struct form){0, 0};
}

/* The bits of a mask. 4.4BSD cuts zeros at its end. */
static unsigned int bits_of(const struct sockaddr *mask, struct form f)
{
	size_t end = f.at + f.width;
	unsigned int bits = 0;

	if (!mask)
		return 8 * (unsigned int)f.width;
	if (end > sys_len(mask, end))
		end = sys_len(mask, end);
	for (size_t i = f.at; i < end; i++) {
		unsigned int byte = ((const unsigned char *)mask)[i];

		for (; byte & 0x80; byte = byte << 1 & 0xff)
			bits++;
		if (bits < 8 * (unsigned int)(i - f.at + 1))
			break;
	}
	return bits;
}

/*
 * KAME's kernels write the interface into a link-local address, where RFC 4291
 * has zeros.
 */
static void remove_index(char ip[16], uint32_t ifindex)
{
	uint32_t within = (uint32_t)(unsigned char)ip[2] << 8 |
			  (unsigned char)ip[3];

	if (memcmp(ip, "\xfe\x80", 2) == 0 && within == ifindex)
		memset(ip + 2, 0, 2);
}

# if HAVE_SIOCGIFAFLAG_IN6
#  include <netinet6/in6_var.h>

static int ask_flags(const struct ifaddrs *one)
{
	int s = sys_socket(AF_INET6, SOCK_DGRAM, 0, SOCKET_CLOEXEC);
	struct in6_ifreq r;
	int failed;

	if (s == -1)
		return 0;
	memset(&r, 0, sizeof r);
	strncpy(r.ifr_name, one->ifa_name, sizeof r.ifr_name - 1);
	memcpy(&r.ifr_ifru, one->ifa_addr, sizeof(struct sockaddr_in6));
	failed = ioctl(s, SIOCGIFAFLAG_IN6, &r) == -1;
	close(s);
	return failed ? 0 : r.ifr_ifru.ifru_flags6;
}

static uint16_t address_flags(const struct ifaddrs *one)
{
	int f = one->ifa_addr->sa_family == AF_INET6 ? ask_flags(one) : 0;

	return sys_ifaddr_flags(f & (IN6_IFF_TENTATIVE | IN6_IFF_DUPLICATED),
				f & IN6_IFF_DEPRECATED, f & IN6_IFF_TEMPORARY);
}
# else
static uint16_t address_flags(const struct ifaddrs *one)
{
	(void)one;
	return 0;
}
# endif

static void add_address(struct sys_list *list, const struct ifaddrs *one,
			uint32_t ifindex)
{
	struct form f = form_of(one->ifa_addr);
	struct socket_ifaddr6 a = {.ifindex = ifindex};
	const char *ip = (const char *)one->ifa_addr + f.at;

	if (f.width == 4)
		addr_map(a.ip, ip);
	else
		memcpy(a.ip, ip, 16);
	remove_index(a.ip, ifindex);
	a.prefix = (uint16_t)(bits_of(one->ifa_netmask, f) +
			      8 * (16 - f.width));
	a.flags = address_flags(one);
	sys_list_add(list, &a);
}

/* Addresses of one interface follow each other: each is looked up once. */
int sys_ifaddrs(struct sys_list *list)
{
	const char *name = "";
	uint32_t ifindex = 0;
	struct ifaddrs *all;

	if (getifaddrs(&all) == -1)
		return -1;
	for (const struct ifaddrs *i = all; i; i = i->ifa_next) {
		if (form_of(i->ifa_addr).width == 0)
			continue;
		if (strcmp(i->ifa_name, name) != 0)
			ifindex = if_nametoindex(i->ifa_name);
		name = i->ifa_name;
		if (ifindex)
			add_address(list, i, ifindex);
	}
	freeifaddrs(all);
	return 0;
}

#else

int sys_interfaces(struct sys_list *list)
{
	(void)list;
	return sys_fail(ENOTSUP);
}

int sys_ifaddrs(struct sys_list *list)
{
	(void)list;
	return sys_fail(ENOTSUP);
}

#endif
