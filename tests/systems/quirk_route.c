/* SPDX-License-Identifier: ISC */
/*
 * quirk_route.c - BSD's socket of routes and interfaces, and its flags of
 * addresses, from Linux's own.
 *
 * One message is in each datagram, and those of routes come too.
 */
#include "in6_var.h"
#include "quirk.h"
#include "route.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

enum { DESCRIPTORS = 1024 };
static char is_one[DESCRIPTORS];

/* linux/rtnetlink.h: links, addresses and routes of both families. */
int route_socket(int type)
{
	struct {
		uint16_t family, pad;
		uint32_t port, groups;
	} a = {AF_NETLINK, 0, 0, 0x1 | 0x10 | 0x100 | 0x40 | 0x400};
	int s = REAL(socket)(AF_NETLINK, type, 0);

	if (s == -1 || s >= DESCRIPTORS)
		return -1;
	is_one[s] = 1;
	return REAL(bind)(s, (struct sockaddr *)&a, sizeof a) == -1 ? -1 : s;
}

void forget_route_socket(int s)
{
	if (s >= 0 && s < DESCRIPTORS)
		is_one[s] = 0;
}

/* The types of struct nlmsghdr, as BSD has them. */
static int bsd_type(int type)
{
	switch (type) {
	case 16:
	case 17:
		return RTM_IFINFO;
	case 20:
		return RTM_NEWADDR;
	case 21:
		return RTM_DELADDR;
	default:
		return type == 24 ? RTM_ADD : RTM_DELETE;
	}
}

/* linux/if_addr.h's, as BSD has them. */
static int bsd_flags(unsigned int f)
{
	return (f & 0x40 ? IN6_IFF_TENTATIVE : 0) |
	       (f & 0x08 ? IN6_IFF_DUPLICATED : 0) |
	       (f & 0x20 ? IN6_IFF_DEPRECATED : 0) |
	       (f & 0x01 ? IN6_IFF_TEMPORARY : 0);
}

/* From the line of /proc/net/if_inet6 with this address and interface. */
static int ask_flags(struct in6_ifreq *r)
{
	const unsigned char *ip = r->ifr_ifru.ifru_addr.sin6_addr.s6_addr;
	FILE *file = fopen("/proc/net/if_inet6", "r");
	char wanted[33], text[33], name[17];
	unsigned int flags;
	int found = -1;

	for (int i = 0; i < 16; i++)
		sprintf(wanted + 2 * i, "%02x", ip[i]);
	while (file && found == -1 &&
	       fscanf(file, "%32s %*x %*x %*x %x %16s", text, &flags, name) ==
		       3)
		if (strcmp(text, wanted) == 0 &&
		    strcmp(name, r->ifr_ifrn.ifrn_name) == 0)
			found = bsd_flags(flags);
	if (file)
		fclose(file);
	if (found == -1)
		return fail(EADDRNOTAVAIL);
	r->ifr_ifru.ifru_flags6 = found;
	return 0;
}

#pragma GCC visibility push(default)

int ioctl(int s, unsigned long request, ...)
{
	va_list args;
	void *value;

	va_start(args, request);
	value = va_arg(args, void *);
	va_end(args);
	if (request == SIOCGIFAFLAG_IN6)
		return is_of_family(s, AF_INET6) ? ask_flags(value)
						 : fail(EINVAL);
	return REAL(ioctl)(s, request, value);
}

ssize_t recv(int s, void *buf, size_t len, int flags)
{
	char bytes[16384];
	struct if_msghdr h = {sizeof h, 5, 0, 0, 0};
	uint16_t type;

	if (s < 0 || s >= DESCRIPTORS || !is_one[s])
		return REAL(recv)(s, buf, len, flags);
	if (REAL(recv)(s, bytes, sizeof bytes, flags) == -1)
		return -1;
	memcpy(&type, bytes + 4, sizeof type);
	h.ifm_type = (unsigned char)bsd_type(type);
	len = len < sizeof h ? len : sizeof h;
	memcpy(buf, &h, len);
	return (ssize_t)len;
}

#pragma GCC visibility pop
