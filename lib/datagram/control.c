/* SPDX-License-Identifier: ISC */
/* control.c - control messages to the fields of a record and back. */
#include "control.h"

enum {
	SENDING = SOCKET_DATAGRAM_HOPS | SOCKET_DATAGRAM_TCLASS |
		  SOCKET_DATAGRAM_INTERFACE | SOCKET_DATAGRAM_SINGLY,
	FLAGS = SENDING | SOCKET_DATAGRAM_TRUNCATED | SOCKET_DATAGRAM_GROUP,
	NUMBER_MAX = 255, /* of hops and traffic classes */
};

/* fe80::/10, RFC 4291 section 2.5.6. */
static int is_link_local(const char ip[16])
{
	return ip[0] == '\xfe' && (ip[1] & 0xc0) == 0x80;
}

/* ff00::/8; its scope is in the second byte, RFC 4291 section 2.7. */
static int is_group6(const char ip[16])
{
	return ip[0] == '\xff';
}

/* Whether an address means something on one interface or link alone. */
static int has_scope(const char ip[16])
{
	return is_link_local(ip) ||
	       (is_group6(ip) && ((ip[1] & 0xf) == 1 || (ip[1] & 0xf) == 2));
}

/* 224.0.0.0/4 and 255.255.255.255. */
static int is_group4(const char ip[4])
{
	return (ip[0] & 0xf0) == 0xe0 || memcmp(ip, "\xff\xff\xff\xff", 4) == 0;
}

static int is_group(const char ip[16])
{
	return addr_is_v4mapped(ip) ? is_group4(ip + 12) : is_group6(ip);
}

/* ---- received ---- */

/*
 * Of messages that do not fit the last one is cut: then its field is unknown.
 * The library's room is enough for what it asks for, but programs may ask more.
 */
static int is_whole(const struct cmsghdr *c, size_t len)
{
	return sys_control_len(c) >= len;
}

/* A byte in some systems, an int in others, whichever they document. */
static int16_t number(const struct cmsghdr *c)
{
	int value;

	if (!is_whole(c, 1))
		return -1;
	if (!is_whole(c, sizeof value))
		return (unsigned char)*sys_control_data(c);
	memcpy(&value, sys_control_data(c), sizeof value);
	return (int16_t)value;
}

/* RFC 3542's struct in6_pktinfo: the address, then the index. */
enum { PKTINFO6 = 20 };

static void read_local6(const struct cmsghdr *c, struct socket_datagram6 *g)
{
	const char *data = sys_control_data(c);

	if (!is_whole(c, PKTINFO6))
		return;
	memcpy(g->local.ip, data, 16);
	memcpy(&g->ifindex, data + 16, 4);
	if (has_scope(g->local.ip))
		g->local.scope_id = g->ifindex;
	if (is_group(g->local.ip))
		g->flags |= SOCKET_DATAGRAM_GROUP;
}

static void read_local4(const struct cmsghdr *c, struct socket_datagram6 *g)
{
	struct sys_local4 local;

	if (!sys_read_local4(c, &local))
		return;
	addr_map(g->local.ip, &local.ip);
	if (local.ifindex)
		g->ifindex = local.ifindex;
	if (local.is_broadcast || is_group(g->local.ip))
		g->flags |= SOCKET_DATAGRAM_GROUP;
}

static void read6(const struct cmsghdr *c, struct socket_datagram6 *g)
{
	int type = c->cmsg_type;

	if (type == IPV6_PKTINFO)
		read_local6(c, g);
	else if (type == IPV6_HOPLIMIT)
		g->hops = number(c);
	else if (type == IPV6_TCLASS)
		g->tclass = number(c);
}

/* BSD's messages have their option's name, Linux's the field's. */
static void read4(const struct cmsghdr *c, struct socket_datagram6 *g)
{
	int type = c->cmsg_type;

	if (type == SYS_LOCAL4)
		read_local4(c, g);
	else if (type == IP_TTL || type == IP_RECVTTL)
		g->hops = number(c);
	else if (type == IP_TOS || type == IP_RECVTOS)
		g->tclass = number(c);
}

/* The segment's size, also if that is an unsigned 16-bit number. */
static void read_segment(const struct cmsghdr *c, struct socket_datagram6 *g)
{
	if (c->cmsg_type == UDP_GRO && is_whole(c, 2))
		g->segment = (uint16_t)number(c);
}

static void read_socket(const struct cmsghdr *c, struct socket_datagram6 *g)
{
	if (!sys_read_time(c, &g->time) && c->cmsg_type == SO_RXQ_OVFL &&
	    is_whole(c, sizeof g->drops))
		memcpy(&g->drops, sys_control_data(c), sizeof g->drops);
}

void socket6_control_read(const struct msghdr *m, struct socket_datagram6 *g,
			  struct sys_report *report)
{
	g->local = (struct socket_addr6){.port = 0};
	g->time = 0;
	g->ifindex = g->drops = 0;
	g->segment = g->flags = 0;
	g->hops = g->tclass = -1;
	for (const struct cmsghdr *c = sys_next_control(m, NULL); c;
	     c = sys_next_control(m, c)) {
		if (report && sys_read_report(c, report))
			continue;
		switch (c->cmsg_level) {
		case IPPROTO_IPV6:
			read6(c, g);
			break;
		case IPPROTO_IP:
			read4(c, g);
			break;
		case IPPROTO_UDP:
			read_segment(c, g);
			break;
		case SOL_SOCKET:
			read_socket(c, g);
			break;
		}
	}
}

/* ---- sent ---- */

/* Whether local says where a datagram comes from. */
static int has_source(const struct socket_datagram6 *g)
{
	return !(g->flags & SOCKET_DATAGRAM_GROUP) &&
	       !addr_is_any(g->local.ip) && !is_group(g->local.ip);
}

static int family_of(const char ip[16])
{
	return addr_is_v4mapped(ip) ? FAMILY_4 : FAMILY_6;
}

int socket6_control_family(const struct socket_datagram6 *g)
{
	if (g->peer.port)
		return family_of(g->peer.ip);
	return addr_is_any(g->local.ip) ? FAMILY_BOTH : family_of(g->local.ip);
}

int socket6_control_is_valid(const struct socket_datagram6 *g)
{
	if (g->flags & ~FLAGS)
		return 0;
	if ((g->flags & SOCKET_DATAGRAM_HOPS && g->hops > NUMBER_MAX) ||
	    (g->flags & SOCKET_DATAGRAM_TCLASS && g->tclass > NUMBER_MAX))
		return 0;
	return g->peer.port == 0 || !has_source(g) ||
	       family_of(g->peer.ip) == family_of(g->local.ip);
}

/*
 * The way out of an answer: of a link-local source and of none, because a group
 * was asked, the interface that it came by. To ask for that with any source
 * would break asymmetric routes.
 */
static uint32_t interface_of(const struct socket_datagram6 *g, int is_source)
{
	if (g->flags & SOCKET_DATAGRAM_INTERFACE)
		return g->ifindex;
	if (is_source && !is_link_local(g->local.ip))
		return 0;
	if (addr_is_any(g->local.ip))
		return 0;
	return g->ifindex ? g->ifindex : g->local.scope_id;
}

static char *put_source(char *to, const struct socket_datagram6 *g, int family)
{
	int is_source = has_source(g);
	uint32_t ifindex = interface_of(g, is_source);
	const char *ip = is_source ? g->local.ip : addr_any;
	char info[PKTINFO6];
	struct in_addr in;

	if (!is_source && ifindex == 0)
		return to;
	if (family == FAMILY_4) {
		memcpy(&in, ip + 12, sizeof in);
		return sys_put_source4(to, in, ifindex);
	}
	memcpy(info, ip, 16);
	memcpy(info + 16, &ifindex, 4);
	return sys_put_control(to, IPPROTO_IPV6, IPV6_PKTINFO, info,
			       sizeof info);
}

static char *put_hops(char *to, const struct socket_datagram6 *g, int family)
{
	int hops = g->hops;

	if (!(g->flags & SOCKET_DATAGRAM_HOPS) || hops < 0)
		return to;
	if (family & FAMILY_6)
		to = sys_put_control(to, IPPROTO_IPV6, IPV6_HOPLIMIT, &hops,
				     sizeof hops);
	if (family & FAMILY_4)
		to = sys_put_control(to, IPPROTO_IP, IP_TTL, &hops,
				     sizeof hops);
	return to;
}

static char *put_tclass(char *to, const struct socket_datagram6 *g, int family)
{
	int tclass = g->tclass;
	sys_tos tos = (sys_tos)tclass;

	if (!(g->flags & SOCKET_DATAGRAM_TCLASS) || tclass < 0)
		return to;
	if (family & FAMILY_6 || SYS_TCLASS_OF_BOTH)
		to = sys_put_control(to, IPPROTO_IPV6, IPV6_TCLASS, &tclass,
				     sizeof tclass);
	if (family & FAMILY_4)
		to = sys_put_control(to, IPPROTO_IP, IP_TOS, &tos, sizeof tos);
	return to;
}

size_t socket6_control_write(union sys_control_out *to,
			     const struct socket_datagram6 *g, int family,
			     uint16_t segment)
{
	sys_segment bytes = segment;
	char *at = to->bytes;

	at = put_source(at, g, family);
	at = put_hops(at, g, family);
	at = put_tclass(at, g, family);
	if (segment)
		at = sys_put_control(at, IPPROTO_UDP, SYS_SEGMENT, &bytes,
				     sizeof bytes);
	return (size_t)(at - to->bytes);
}
