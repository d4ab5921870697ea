/* SPDX-License-Identifier: ISC */
/* rtmessage.c - Linux's messages of interfaces and addresses. */
#include "rtmessage.h"

/* linux/netlink.h: struct nlmsghdr, and types and flags of messages. */
enum { HEADER = 16, TYPE_AT = 4, FLAGS_AT = 6, SEQUENCE_AT = 8 };
enum { AN_ERROR = 2, THE_END = 3, A_LOSS = 4 };
enum { REQUEST = 1, INTERRUPTED = 0x10, DUMP = 0x300 };

/* The same: struct nlattr. Two bits of the type are flags. */
enum { ATTRIBUTE = 4, TYPE_BITS = 0x3fff };

/* linux/if_link.h: struct ifinfomsg. linux/if.h: IFF_MULTICAST. */
enum { LINK = 16, LINK_INDEX_AT = 4, LINK_FLAGS_AT = 8 };
enum { LINK_NAME = 3, LINK_MTU = 4, LINK_MASK = 29 };
enum { MULTICAST = 0x1000 };

/* No statistics, which are most of a message (Linux 4.4; else ignored). */
enum { SKIP_STATISTICS = 8 };

/* linux/if_addr.h: struct ifaddrmsg. */
enum { ADDRESS = 8, BITS_AT = 1, ADDRESS_FLAGS_AT = 2, ADDRESS_INDEX_AT = 4 };
enum { ADDRESS_PEER = 1, ADDRESS_LOCAL = 2, ADDRESS_FLAGS = 8 };
enum { TEMPORARY = 1, OPTIMISTIC = 4, DUPLICATE = 8 };
enum { DEPRECATED = 0x20, TENTATIVE = 0x40 };
enum { INET = 2, INET6 = 10 };

enum { MAX_ERRNO = 4095 };

struct piece {
	const char *p;
	size_t len;
};

static uint16_t u16(const char *p)
{
	uint16_t n;

	memcpy(&n, p, sizeof n);
	return n;
}

static uint32_t u32(const char *p)
{
	uint32_t n;

	memcpy(&n, p, sizeof n);
	return n;
}

/* Messages and attributes begin at multiples of four; the last may be cut. */
static struct piece after(struct piece x, size_t len)
{
	size_t step = (len + 3) & ~(size_t)3;

	if (step > x.len)
		step = x.len;
	return (struct piece){x.p + step, x.len - step};
}

/* The bytes of the first attribute of this type; none if it has not so many. */
static const char *attribute(struct piece x, int type, size_t min, size_t *len)
{
	while (x.len >= ATTRIBUTE) {
		size_t n = u16(x.p);

		if (n < ATTRIBUTE || n > x.len)
			break;
		if ((u16(x.p + 2) & TYPE_BITS) == type) {
			*len = n - ATTRIBUTE;
			return *len < min ? NULL : x.p + ATTRIBUTE;
		}
		x = after(x, n);
	}
	return NULL;
}

static void add_link(struct sys_list *list, struct piece x)
{
	struct socket_interface6 i = {.mtu = 0};
	const char *name, *mtu;
	size_t len;

	if (x.len < LINK || u32(x.p + LINK_INDEX_AT) == 0)
		return;
	i.ifindex = u32(x.p + LINK_INDEX_AT);
	i.flags = sys_if_flags(u32(x.p + LINK_FLAGS_AT), MULTICAST);
	x = after(x, LINK);
	mtu = attribute(x, LINK_MTU, 4, &len);
	if (mtu)
		i.mtu = u32(mtu);
	name = attribute(x, LINK_NAME, 1, &len);
	if (name)
		sys_set_name(&i, name, len);
	sys_list_add(list, &i);
}

/*
 * IPv4 has no temporary addresses: that bit is of secondary ones. An optimistic
 * address may be used before it is known to be the only one (RFC 4429).
 */
static uint16_t address_flags(uint32_t f, int family)
{
	int is_tentative = f & DUPLICATE ||
			   (f & (TENTATIVE | OPTIMISTIC)) == TENTATIVE;

	return sys_ifaddr_flags(is_tentative, f & DEPRECATED,
				f & TEMPORARY && family == INET6);
}

/* A byte holds the flags that there were before Linux 3.14. */
static uint32_t flags_in(const char *message, struct piece attributes)
{
	size_t len;
	const char *all = attribute(attributes, ADDRESS_FLAGS, 4, &len);

	return all ? u32(all) : (unsigned char)message[ADDRESS_FLAGS_AT];
}

/* Of a point-to-point link the other attribute is the peer's address. */
static void add_address(struct sys_list *list, struct piece x)
{
	struct socket_ifaddr6 a = {.flags = 0};
	const char *message = x.p, *ip;
	size_t width, bits, len;

	if (x.len < ADDRESS || (*x.p != INET && *x.p != INET6))
		return;
	x = after(x, ADDRESS);
	width = *message == INET ? 4 : 16;
	bits = (unsigned char)message[BITS_AT];
	ip = attribute(x, ADDRESS_LOCAL, width, &len);
	if (!ip)
		ip = attribute(x, ADDRESS_PEER, width, &len);
	a.ifindex = u32(message + ADDRESS_INDEX_AT);
	if (!ip || a.ifindex == 0 || bits > 8 * width)
		return;
	if (width == 4)
		addr_map(a.ip, ip);
	else
		memcpy(a.ip, ip, 16);
	a.prefix = (uint16_t)(bits + 8 * (16 - width));
	a.flags = address_flags(flags_in(message, x), *message);
	sys_list_add(list, &a);
}

/* A message's errno, negative; 0 is none. */
static int failure(struct piece x)
{
	uint32_t error = x.len < 4 ? 0 : 0u - u32(x.p);

	if (error == 0)
		return 0;
	return sys_fail(error <= MAX_ERRNO ? (int)error : EPROTO);
}

static int read_message(struct sys_rt_dump *d, int type, struct piece x)
{
	switch (type) {
	case THE_END:
		return failure(x) == -1 ? -1 : 1;
	case AN_ERROR:
		return failure(x);
	case A_LOSS:
		return sys_fail(ENOBUFS);
	case SYS_RT_LINKS - 2:
		if (d->what == SYS_RT_LINKS)
			add_link(d->list, x);
		return 0;
	case SYS_RT_ADDRESSES - 2:
		if (d->what == SYS_RT_ADDRESSES)
			add_address(d->list, x);
		return 0;
	default:
		return 0;
	}
}

int sys_rt_read(struct sys_rt_dump *d, const char *buf, size_t len)
{
	struct piece x = {buf, len};

	while (x.len > 0) {
		size_t n = x.len < HEADER ? 0 : u32(x.p);
		int r = 0;

		if (n < HEADER || n > x.len)
			return sys_fail(EPROTO);
		if (u32(x.p + SEQUENCE_AT) == d->sequence) {
			d->is_torn |= u16(x.p + FLAGS_AT) & INTERRUPTED;
			r = read_message(
				d, u16(x.p + TYPE_AT),
				(struct piece){x.p + HEADER, n - HEADER});
		}
		if (r != 0)
			return r;
		x = after(x, n);
	}
	return 0;
}

static void put16(char *p, int n)
{
	memcpy(p, &(uint16_t){(uint16_t)n}, 2);
}

static void put32(char *p, uint32_t n)
{
	memcpy(p, &n, 4);
}

/* An ifinfomsg for both, which begins like an ifaddrmsg: any family. */
size_t sys_rt_request(char *dest, const struct sys_rt_dump *d)
{
	char *attributes = dest + HEADER + LINK;
	size_t len = HEADER + LINK;

	memset(dest, 0, SYS_RT_REQUEST);
	if (d->what == SYS_RT_LINKS) {
		put16(attributes, ATTRIBUTE + 4);
		put16(attributes + 2, LINK_MASK);
		put32(attributes + ATTRIBUTE, SKIP_STATISTICS);
		len = SYS_RT_REQUEST;
	}
	put32(dest, (uint32_t)len);
	put16(dest + TYPE_AT, (int)d->what);
	put16(dest + FLAGS_AT, REQUEST | DUMP);
	put32(dest + SEQUENCE_AT, d->sequence);
	return len;
}
