/* SPDX-License-Identifier: ISC */
/*
 * control.h - control messages: what a datagram arrived or is sent with.
 *
 * What the systems call each, and how it is laid out. Pure: no system call.
 */
#ifndef SOCKET6_LIB_SYS_CONTROL_H
#define SOCKET6_LIB_SYS_CONTROL_H

#include "sys.h"

#include <string.h>
#include <time.h>
#if !HAVE_WINSOCK
# include <sys/time.h>
# include <sys/uio.h>
#endif

/*
 * Room for every message that socket_recvinfo6 asks for: two of each family's
 * (local, hops, tclass), the time, drops, segment, and an error with the
 * address of its sender.
 */
enum { SYS_CONTROL_IN = 336 };
union sys_control_in {
	size_t align; /* struct cmsghdr's */
	char bytes[SYS_CONTROL_IN];
};

/* And for what a program itself asked for, which Linux writes before the error. */
enum { SYS_CONTROL_REPORT = 1024 };
union sys_control_report {
	size_t align; /* struct cmsghdr's */
	char bytes[SYS_CONTROL_REPORT];
};

/* Room for a source, two of hops, two of tclass, and segment. */
enum { SYS_CONTROL_OUT = 160 };
union sys_control_out {
	size_t align; /* struct cmsghdr's */
	char bytes[SYS_CONTROL_OUT];
};

/* The types of these lengths: size_t on Linux with glibc, others elsewhere. */
typedef __typeof__(((struct msghdr *)0)->msg_controllen) sys_controllen;
typedef __typeof__(((struct iovec *)0)->iov_len) sys_piecelen;

/*
 * The control message of m after c, or the first if c is null; null at the end.
 * CMSG_NXTHDR compares signed with unsigned in musl.
 */
static inline const struct cmsghdr *sys_next_control(const struct msghdr *m,
						     const struct cmsghdr *c)
{
	const char *start = m->msg_control, *at = start;
	size_t left = (size_t)m->msg_controllen;

	if (c) {
		size_t space = CMSG_SPACE(c->cmsg_len - CMSG_LEN(0));

		left -= (size_t)((const char *)c - start);
		if (space > left)
			return NULL;
		left -= space;
		at = (const char *)c + space;
	}
	if (left < CMSG_LEN(0))
		return NULL;
	c = (const void *)at;
	return c->cmsg_len < CMSG_LEN(0) || c->cmsg_len > left ? NULL : c;
}

static inline const char *sys_control_data(const struct cmsghdr *c)
{
	return (const char *)c + CMSG_LEN(0);
}

static inline size_t sys_control_len(const struct cmsghdr *c)
{
	return c->cmsg_len - CMSG_LEN(0);
}

/* Writes a control message at to; returns where the next one goes. */
static inline char *sys_put_control(char *to, int level, int type,
				    const void *data, size_t len)
{
	struct cmsghdr *c = (void *)to;

	memset(to, 0, CMSG_SPACE(len));
	c->cmsg_level = level;
	c->cmsg_type = type;
	c->cmsg_len = (__typeof__(c->cmsg_len))CMSG_LEN(len);
	memcpy(to + CMSG_LEN(0), data, len);
	return to + CMSG_SPACE(len);
}

/*
 * IPv4's destination: the address in the header, its interface, and whether
 * this host would answer from another one, which makes it a broadcast address
 * (ip(7), ipi_spec_dst). Read: 1, or 0 of a message that was cut.
 */
struct sys_local4 {
	struct in_addr ip;
	uint32_t ifindex;
	int is_broadcast;
};

#if HAVE_IP_PKTINFO
# define SYS_LOCAL4 IP_PKTINFO
enum { SYS_SOURCE4_HAS_INTERFACE = 1, SYS_SOURCE4_ONCE = 0 };

static inline int sys_read_local4(const struct cmsghdr *c,
				  struct sys_local4 *to)
{
	struct in_pktinfo info;

	if (sys_control_len(c) < sizeof info)
		return 0;
	memcpy(&info, sys_control_data(c), sizeof info);
	to->ip = info.ipi_addr;
	to->ifindex = (uint32_t)info.ipi_ifindex;
# if HAVE_IPI_SPEC_DST
	to->is_broadcast = memcmp(&info.ipi_spec_dst, &info.ipi_addr, 4) != 0;
# else
	to->is_broadcast = 0;
# endif
	return 1;
}

static inline char *sys_put_source4(char *to, struct in_addr ip,
				    uint32_t ifindex)
{
	struct in_pktinfo info;

	memset(&info, 0, sizeof info);
	info.ipi_ifindex = (__typeof__(info.ipi_ifindex))ifindex;
# if HAVE_IPI_SPEC_DST
	info.ipi_spec_dst = ip;
# else
	info.ipi_addr = ip;
# endif
	return sys_put_control(to, IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
}
#else
/*
 * FreeBSD, OpenBSD: the address alone. FreeBSD refuses (EINVAL) that of a group,
 * and any where the socket is bound to one, even to the same (udp_send).
 */
# define SYS_LOCAL4 IP_RECVDSTADDR
enum { SYS_SOURCE4_HAS_INTERFACE = 0, SYS_SOURCE4_ONCE = 1 };

static inline int sys_read_local4(const struct cmsghdr *c,
				  struct sys_local4 *to)
{
	if (sys_control_len(c) < sizeof to->ip)
		return 0;
	memcpy(&to->ip, sys_control_data(c), sizeof to->ip);
	to->ifindex = 0;
	to->is_broadcast = 0;
	return 1;
}

static inline char *sys_put_source4(char *to, struct in_addr ip,
				    uint32_t ifindex)
{
	(void)ifindex;
	if (ip.s_addr == INADDR_ANY)
		return to;
	return sys_put_control(to, IPPROTO_IP, IP_SENDSRCADDR, &ip, sizeof ip);
}
#endif

/* What IP_TOS is sent as: FreeBSD accepts a byte alone. */
#if HAVE_IP_PKTINFO
typedef int sys_tos;
#else
typedef unsigned char sys_tos;
#endif

/* Apple's IPv6 sockets take IPv4's class by IPv6's option too (RFC 10055). */
#if HAVE_IP_BOUND_IF
enum { SYS_TCLASS_OF_BOTH = 1 };
#else
enum { SYS_TCLASS_OF_BOTH = 0 };
#endif

/*
 * The time in nanoseconds, of seconds and a fraction, part / parts of a second.
 * 0 means unknown: 64 bits do not hold it (a clock set beyond the year 2262), or
 * the fraction is not below 1.
 */
static inline int64_t sys_nanoseconds(int64_t seconds, int64_t part,
				      int64_t parts)
{
	const int64_t second = 1000000000;
	const uint64_t limit = INT64_MAX / (uint64_t)second;

	/* Below 0 is far above as an unsigned number. */
	if ((uint64_t)seconds + limit >= 2 * limit ||
	    (uint64_t)part >= (uint64_t)parts)
		return 0;
	return seconds * second + part * (second / parts);
}

/* Whether c is the time of arrival: then it is stored, in ns since 1970. */
static inline int sys_read_time(const struct cmsghdr *c, int64_t *to)
{
#if HAVE_SO_TIMESTAMPNS
	struct timespec t;
	int is_time = c->cmsg_type == SCM_TIMESTAMPNS;
#elif HAVE_SO_TS_CLOCK
	struct timespec t;
	int is_time = c->cmsg_type == SCM_REALTIME;
#elif HAVE_SO_TIMESTAMP
	struct timeval t;
	int is_time = c->cmsg_type == SCM_TIMESTAMP;
#else
	int t = 0, is_time = 0;
#endif
	if (!is_time || sys_control_len(c) < sizeof t)
		return 0;
	memcpy(&t, sys_control_data(c), sizeof t);
#if HAVE_SO_TIMESTAMPNS || HAVE_SO_TS_CLOCK
	*to = sys_nanoseconds(t.tv_sec, t.tv_nsec, 1000000000);
#elif HAVE_SO_TIMESTAMP
	*to = sys_nanoseconds(t.tv_sec, t.tv_usec, 1000000);
#else
	(void)to;
#endif
	return 1;
}

/* What SYS_SEGMENT is sent as. */
#if HAVE_UDP_SEND_MSG_SIZE
# define SYS_SEGMENT UDP_SEND_MSG_SIZE
typedef uint32_t sys_segment;
#else
# define SYS_SEGMENT UDP_SEGMENT
typedef uint16_t sys_segment;
#endif

/* An error from the queue; icmp is 4 or 6, or 0 if this host found it. */
struct sys_report {
	int error;
	uint32_t mtu;
	uint8_t icmp, type, code;
	const void
		*sender; /* a socket address in the message; null: this host */
	size_t sender_len;
};

/* Whether c is such an error: then it is stored. */
int sys_read_report(const struct cmsghdr *c, struct sys_report *to);

#endif
