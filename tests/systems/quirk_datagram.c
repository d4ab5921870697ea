/* SPDX-License-Identifier: ISC */
/*
 * quirk_datagram.c - another system's datagrams and their control messages.
 *
 * FreeBSD's messages are translated whenever they come; the ways with a name
 * are of all messages.
 */
#include "quirk.h"

#include <netinet/ip.h>

struct messages {
	size_t len;
	union {
		size_t align;
		char bytes[512];
	} to;
};

static void put(struct messages *out, int level, int type, const void *data,
		size_t len)
{
	struct cmsghdr *c = (void *)(out->to.bytes + out->len);

	memset(c, 0, CMSG_SPACE(len));
	c->cmsg_level = level;
	c->cmsg_type = type;
	c->cmsg_len = CMSG_LEN(len);
	memcpy(CMSG_DATA(c), data, len);
	out->len += CMSG_SPACE(len);
}

static void keep(struct messages *out, const struct cmsghdr *c)
{
	put(out, c->cmsg_level, c->cmsg_type, CMSG_DATA(c),
	    c->cmsg_len - CMSG_LEN(0));
}

static int is_message(const struct cmsghdr *c, int level, int type)
{
	return c->cmsg_level == level && c->cmsg_type == type;
}

/* ---- options ---- */

int is_datagram_option(int level, int option)
{
	return level == IPPROTO_IP &&
	       (option == IP_RECVDSTADDR || option == IP_DONTFRAG);
}

/* As with every option of IPv4, an IPv6 socket has none of these. */
int set_datagram_option(int s, int option, const void *value, socklen_t len)
{
	int on, mode;

	if (is_of_family(s, AF_INET6))
		return fail(EINVAL);
	if (option == IP_RECVDSTADDR)
		return REAL(setsockopt)(s, IPPROTO_IP, IP_PKTINFO, value, len);
	memcpy(&on, value, sizeof on);
	mode = on ? IP_PMTUDISC_DO : IP_PMTUDISC_DONT;
	return REAL(setsockopt)(s, IPPROTO_IP, IP_MTU_DISCOVER, &mode,
				sizeof mode);
}

/* ---- sent ---- */

/* FreeBSD, DragonFly: an address, for a socket that is bound to a port alone. */
static int put_source(int s, struct messages *out, const struct cmsghdr *c)
{
	struct in_pktinfo info = {0};
	struct sockaddr_in6 a = {0};
	socklen_t len = sizeof a;
	const struct sockaddr_in *in = (const void *)&a;
	int has_address;

	getsockname(s, (struct sockaddr *)&a, &len);
	has_address = a.sin6_family == AF_INET
			      ? in->sin_addr.s_addr != INADDR_ANY
			      : !IN6_IS_ADDR_UNSPECIFIED(&a.sin6_addr);
	memcpy(&info.ipi_spec_dst, CMSG_DATA(c), sizeof info.ipi_spec_dst);
	if (is("sendsrcaddr_once") && (has_address || a.sin6_port == 0 ||
				       info.ipi_spec_dst.s_addr == INADDR_ANY))
		return fail(EINVAL);
	put(out, IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
	return 0;
}

static int is_to_ipv4(int s, const struct msghdr *m)
{
	struct sockaddr_in6 a = {0};
	socklen_t len = sizeof a;

	if (m->msg_name)
		memcpy(&a, m->msg_name,
		       m->msg_namelen < len ? m->msg_namelen : len);
	else
		getpeername(s, (struct sockaddr *)&a, &len);
	return a.sin6_family == AF_INET || IN6_IS_ADDR_V4MAPPED(&a.sin6_addr);
}

/* macOS: an IPv6 socket's traffic class is IPv6's, whatever the peer is. */
static void put_class(int s, struct messages *out, const struct msghdr *m,
		      const struct cmsghdr *c)
{
	if (is_message(c, IPPROTO_IP, IP_TOS))
		return;
	if (is_to_ipv4(s, m))
		put(out, IPPROTO_IP, IP_TOS, CMSG_DATA(c), sizeof(int));
	else
		keep(out, c);
}

/* 0, or -1 if the system refuses it. */
static int put_sent(int s, struct messages *out, const struct msghdr *m,
		    const struct cmsghdr *c)
{
	int is_class = is_message(c, IPPROTO_IP, IP_TOS) ||
		       is_message(c, IPPROTO_IPV6, IPV6_TCLASS);

	if (is_message(c, IPPROTO_IP, IP_SENDSRCADDR))
		return put_source(s, out, c);
	/* FreeBSD */
	if (is("numbers_are_bytes") && is_message(c, IPPROTO_IP, IP_TOS) &&
	    c->cmsg_len != CMSG_LEN(1))
		return fail(EINVAL);
	if (is("tclass_of_both") && is_class && is_of_family(s, AF_INET6))
		put_class(s, out, m, c);
	else
		keep(out, c);
	return 0;
}

static int is_connected_datagram(int s)
{
	struct sockaddr_storage a;
	socklen_t a_len = sizeof a, len = sizeof(int);
	int type;

	return REAL(getsockopt)(s, SOL_SOCKET, SO_TYPE, &type, &len) == 0 &&
	       type == SOCK_DGRAM &&
	       REAL(getpeername)(s, (struct sockaddr *)&a, &a_len) == 0;
}

/* What a peer is refused for, or 0; ip(8) sends to the kernel. */
static int wrong_peer(int s, const struct sockaddr *peer)
{
	if (!peer ||
	    (peer->sa_family != AF_INET && peer->sa_family != AF_INET6))
		return 0;
	if (is("peers_are_ipv6") && peer->sa_family == AF_INET &&
	    is_of_family(s, AF_INET6))
		return EINVAL; /* macOS */
	if (is("one_peer") && is_connected_datagram(s))
		return EISCONN; /* BSD, macOS */
	return 0;
}

#pragma GCC visibility push(default)

ssize_t sendto(int s, const void *buf, size_t len, int flags,
	       const struct sockaddr *peer, socklen_t peer_len)
{
	int wrong = wrong_peer(s, peer);

	if (wrong)
		return fail(wrong);
	return REAL(sendto)(s, buf, len, flags, peer, peer_len);
}

ssize_t sendmsg(int s, const struct msghdr *m, int flags)
{
	struct msghdr sent = *m, in = *m;
	struct messages out = {0};
	int wrong = wrong_peer(s, m->msg_name);

	if (wrong)
		return fail(wrong);
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&in); c; c = CMSG_NXTHDR(&in, c))
		if (put_sent(s, &out, m, c) == -1)
			return -1;
	sent.msg_control = out.len ? out.to.bytes : NULL;
	sent.msg_controllen = out.len;
	return REAL(sendmsg)(s, &sent, flags);
}

#pragma GCC visibility pop

/* ---- received ---- */

/* FreeBSD: the address alone, as it stands in the header. */
static void put_local4(struct messages *out, const struct cmsghdr *c)
{
	struct in_pktinfo info;

	memcpy(&info, CMSG_DATA(c), sizeof info);
	put(out, IPPROTO_IP, IP_RECVDSTADDR, &info.ipi_addr,
	    sizeof info.ipi_addr);
}

/* FreeBSD: a byte, under the name of the option that asks for it. */
static void put_byte(struct messages *out, const struct cmsghdr *c)
{
	put(out, IPPROTO_IP, c->cmsg_type == IP_TTL ? IP_RECVTTL : IP_RECVTOS,
	    CMSG_DATA(c), 1);
}

static void put_received(int s, struct messages *out, const struct cmsghdr *c)
{
	int tclass = *CMSG_DATA(c);

	if (is("no_mapped_local") &&
	    is_message(c, IPPROTO_IPV6, IPV6_PKTINFO) &&
	    IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)CMSG_DATA(c)))
		return; /* FreeBSD before 13 */
	if (is("recvdstaddr") && is_message(c, IPPROTO_IP, IP_PKTINFO))
		put_local4(out, c);
	else if (is("numbers_are_bytes") &&
		 (is_message(c, IPPROTO_IP, IP_TTL) ||
		  is_message(c, IPPROTO_IP, IP_TOS)))
		put_byte(out, c);
	else if (is("tclass_of_both") && is_message(c, IPPROTO_IP, IP_TOS) &&
		 is_of_family(s, AF_INET6))
		put(out, IPPROTO_IPV6, IPV6_TCLASS, &tclass, sizeof tclass);
	else
		keep(out, c);
}

#pragma GCC visibility push(default)

ssize_t recvmsg(int s, struct msghdr *m, int flags)
{
	struct messages out = {0};
	ssize_t n = REAL(recvmsg)(s, m, flags);

	if (n == -1)
		return -1;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c))
		put_received(s, &out, c);
	memcpy(m->msg_control, out.to.bytes, out.len);
	m->msg_controllen = out.len;
	return n;
}

#pragma GCC visibility pop
