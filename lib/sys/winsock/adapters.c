/* SPDX-License-Identifier: ISC */
/* adapters.c - Windows' interfaces and addresses, by GetAdaptersAddresses. */
#include "own.h"

#include "../iflist.h"

#include <iphlpapi.h>
#include <stdlib.h>

/* Begins with what Microsoft's page on it recommends. */
enum { ROOM = 15000, ATTEMPTS = 8 };

enum {
	FLAGS = GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST |
		GAA_FLAG_SKIP_DNS_SERVER,
};

/* 0 with all adapters, to be freed; null if there are none. Or an errno. */
static int adapters(IP_ADAPTER_ADDRESSES **all)
{
	ULONG size = ROOM, r = ERROR_BUFFER_OVERFLOW;

	for (int i = 0; r == ERROR_BUFFER_OVERFLOW && i < ATTEMPTS; i++) {
		*all = malloc(size);
		if (!*all)
			return ENOMEM;
		r = GetAdaptersAddresses(AF_UNSPEC, FLAGS, NULL, *all, &size);
		if (r == ERROR_SUCCESS)
			return 0;
		free(*all);
	}
	*all = NULL;
	if (r == ERROR_NO_DATA)
		return 0;
	if (r == ERROR_BUFFER_OVERFLOW)
		return EAGAIN;
	return r == ERROR_NOT_ENOUGH_MEMORY ? ENOMEM : EIO;
}

/* It has two, which are 0 where it has not that family. */
static uint32_t index_of(const IP_ADAPTER_ADDRESSES *a)
{
	return a->Ipv6IfIndex ? a->Ipv6IfIndex : a->IfIndex;
}

static uint32_t flags_of(const IP_ADAPTER_ADDRESSES *a)
{
	uint32_t flags = 0;

	if (a->OperStatus == IfOperStatusUp)
		flags |= SOCKET_IF_UP | SOCKET_IF_RUNNING;
	if (a->IfType == IF_TYPE_SOFTWARE_LOOPBACK)
		flags |= SOCKET_IF_LOOPBACK;
	if (a->IfType == IF_TYPE_PPP || a->IfType == IF_TYPE_TUNNEL)
		flags |= SOCKET_IF_POINTOPOINT;
	if (!(a->Flags & IP_ADAPTER_NO_MULTICAST))
		flags |= SOCKET_IF_MULTICAST;
	return flags;
}

/* The name that socket_getifname returns, not the one that users see. */
static void add_interface(struct sys_list *list, const IP_ADAPTER_ADDRESSES *a)
{
	struct socket_interface6 i = {.ifindex = index_of(a),
				      .flags = flags_of(a),
				      .mtu = (uint32_t)a->Mtu};
	char name[IF_NAMESIZE];

	if (socket6_ws_if_indextoname(i.ifindex, name))
		sys_set_name(&i, name, sizeof name);
	sys_list_add(list, &i);
}

/*
 * A temporary address is one whose network a router told and whose rest is
 * random; Windows may make others so too.
 */
static uint16_t address_flags(const IP_ADAPTER_UNICAST_ADDRESS *u)
{
	int is_tentative = u->DadState == IpDadStateTentative ||
			   u->DadState == IpDadStateDuplicate;
	int is_temporary = u->Address.lpSockaddr->sa_family == AF_INET6 &&
			   u->PrefixOrigin ==
				   IpPrefixOriginRouterAdvertisement &&
			   u->SuffixOrigin == IpSuffixOriginRandom;

	return sys_ifaddr_flags(is_tentative,
				u->DadState == IpDadStateDeprecated,
				is_temporary);
}

static void add_address(struct sys_list *list, const IP_ADAPTER_ADDRESSES *of,
			const IP_ADAPTER_UNICAST_ADDRESS *u)
{
	const struct sockaddr *sa = u->Address.lpSockaddr;
	struct socket_ifaddr6 a = {.ifindex = index_of(of)};

	if (sa->sa_family == AF_INET)
		addr_map(a.ip, &((const struct sockaddr_in *)sa)->sin_addr);
	else if (sa->sa_family == AF_INET6)
		memcpy(a.ip, &((const struct sockaddr_in6 *)sa)->sin6_addr, 16);
	else
		return;
	a.prefix = (uint16_t)(u->OnLinkPrefixLength +
			      (sa->sa_family == AF_INET ? 96 : 0));
	a.flags = address_flags(u);
	sys_list_add(list, &a);
}

static void add_addresses(struct sys_list *list, const IP_ADAPTER_ADDRESSES *a)
{
	for (const IP_ADAPTER_UNICAST_ADDRESS *u = a->FirstUnicastAddress; u;
	     u = u->Next)
		add_address(list, a, u);
}

/* Adds what each adapter has. */
static int fill(struct sys_list *list,
		void (*add)(struct sys_list *, const IP_ADAPTER_ADDRESSES *))
{
	IP_ADAPTER_ADDRESSES *all;
	int error = adapters(&all);

	if (error)
		return sys_fail(error);
	for (const IP_ADAPTER_ADDRESSES *a = all; a; a = a->Next)
		add(list, a);
	free(all);
	return 0;
}

int sys_interfaces(struct sys_list *list)
{
	return fill(list, add_interface);
}

int sys_ifaddrs(struct sys_list *list)
{
	return fill(list, add_addresses);
}
