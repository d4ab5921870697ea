/* SPDX-License-Identifier: ISC */
/*
 * sockaddr.h - what this system's socket addresses lack, or have in addition.
 */
#ifndef SOCKET6_LIB_SYS_SOCKADDR_H
#define SOCKET6_LIB_SYS_SOCKADDR_H

/*
 * Without IPv6, RFC 3493's structures under private names and a family that
 * no system has: every call with it fails with EAFNOSUPPORT, and the library
 * continues with IPv4. The options of IPv6 fail with ENOPROTOOPT.
 */
#if !HAVE_STRUCT_SOCKADDR_IN6

struct socket6_in6_addr {
	unsigned char bytes[16];
};

struct socket6_sockaddr_in6 {
	struct sockaddr sin6_start; /* its sa_family is sin6_family */
	uint16_t sin6_port;
	uint32_t sin6_flowinfo;
	struct socket6_in6_addr sin6_addr;
	uint32_t sin6_scope_id;
};

struct socket6_ipv6_mreq {
	struct socket6_in6_addr ipv6mr_multiaddr;
	unsigned int ipv6mr_interface;
};

# define sockaddr_in6 socket6_sockaddr_in6
# define ipv6_mreq    socket6_ipv6_mreq
# define sin6_family  sin6_start.sa_family

# undef AF_INET6
# undef IPPROTO_IPV6
# undef IPV6_V6ONLY
# undef IPV6_TCLASS
# undef IPV6_UNICAST_HOPS
# undef IPV6_MULTICAST_IF
# undef IPV6_MULTICAST_HOPS
# undef IPV6_MULTICAST_LOOP
# undef IPV6_JOIN_GROUP
# undef IPV6_LEAVE_GROUP
# undef IPV6_RECVERR
# undef IPV6_MTU_DISCOVER
# undef IPV6_MTU
# undef IPV6_DONTFRAG
# undef IPV6_RECVTCLASS
# undef IPV6_HOPLIMIT
# undef IPV6_RECVHOPLIMIT
# undef IPV6_PKTINFO
# undef IPV6_RECVPKTINFO
# define AF_INET6	     255
# define IPPROTO_IPV6	     41
# define IPV6_V6ONLY	     SYS_NO_OPTION
# define IPV6_TCLASS	     SYS_NO_OPTION
# define IPV6_UNICAST_HOPS   SYS_NO_OPTION
# define IPV6_MULTICAST_IF   SYS_NO_OPTION
# define IPV6_MULTICAST_HOPS SYS_NO_OPTION
# define IPV6_MULTICAST_LOOP SYS_NO_OPTION
# define IPV6_JOIN_GROUP     SYS_NO_OPTION
# define IPV6_LEAVE_GROUP    SYS_NO_OPTION
# define IPV6_RECVPKTINFO    SYS_NO_OPTION
# define IPV6_PKTINFO	     SYS_NO_OPTION
# define IPV6_RECVHOPLIMIT   SYS_NO_OPTION
# define IPV6_HOPLIMIT	     SYS_NO_OPTION
# define IPV6_RECVTCLASS     SYS_NO_OPTION
# define IPV6_DONTFRAG	     SYS_NO_OPTION
# define IPV6_MTU	     SYS_NO_OPTION
# define IPV6_MTU_DISCOVER   SYS_NO_OPTION
# define IPV6_RECVERR	     SYS_NO_OPTION
# define SYS_HAS_IPV6	     0
#else
# define SYS_HAS_IPV6 1
#endif

/* Before RFC 2553 an address named no interface. */
#if HAVE_SIN6_SCOPE_ID
# define sys_scope_id(sin6)	    ((sin6)->sin6_scope_id)
# define sys_set_scope_id(sin6, id) ((void)((sin6)->sin6_scope_id = (id)))
#else
# define sys_scope_id(sin6)	    ((void)(sin6), (uint32_t)0)
# define sys_set_scope_id(sin6, id) ((void)(sin6), (void)(id))
#endif

/* 4.4BSD's addresses say how long they are. */
#if HAVE_SA_LEN
# define sys_set_len(sa, len) ((void)((sa)->sa_len = (unsigned char)(len)))
# define sys_len(sa, len)     ((size_t)(sa)->sa_len)
#else
# define sys_set_len(sa, len) ((void)(sa), (void)(len))
# define sys_len(sa, len)     ((void)(sa), (len))
#endif

#endif
