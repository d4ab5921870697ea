/* SPDX-License-Identifier: ISC */
/*
 * names.h - names that this system's headers lack.
 *
 * A missing socket option gets a number that no system has: the system then
 * answers ENOPROTOOPT, which is what the function's page says. A missing
 * protocol gets its usual number, for the kernel may be newer than the
 * headers.
 */
#ifndef SOCKET6_LIB_SYS_NAMES_H
#define SOCKET6_LIB_SYS_NAMES_H

#define SYS_NO_OPTION (-1)

#include "eai.h"

#if !HAVE_IPPROTO_SCTP
# undef IPPROTO_SCTP
# define IPPROTO_SCTP 132 /* IANA */
#endif

#if !HAVE_IPPROTO_MPTCP
# undef IPPROTO_MPTCP
# define IPPROTO_MPTCP 262 /* Linux; beyond IANA's range, refused elsewhere */
#endif

/* RFC 3493's names; RFC 2133's where there are only those. */
#if !HAVE_IPV6_JOIN_GROUP
# if HAVE_IPV6_ADD_MEMBERSHIP
/* As values, for glibc defines these names by those that go away here. */
enum { sys_join = IPV6_ADD_MEMBERSHIP, sys_leave = IPV6_DROP_MEMBERSHIP };
# else
enum { sys_join = SYS_NO_OPTION, sys_leave = SYS_NO_OPTION };
# endif
# undef IPV6_JOIN_GROUP
# undef IPV6_LEAVE_GROUP
# define IPV6_JOIN_GROUP  sys_join
# define IPV6_LEAVE_GROUP sys_leave
#endif

#if !HAVE_IPV6_V6ONLY
# undef IPV6_V6ONLY
# define IPV6_V6ONLY SYS_NO_OPTION
#endif

#if !HAVE_IPV6_TCLASS
# undef IPV6_TCLASS
# define IPV6_TCLASS SYS_NO_OPTION
#endif

/* What shares a port with any neighbour, whatever these names mean below. */
enum { sys_share_address = SO_REUSEADDR };
#if HAVE_SO_REUSEPORT
enum { sys_share_port = SO_REUSEPORT };
#else
enum { sys_share_port = SYS_NO_OPTION };
#endif

#if HAVE_SO_REUSEPORT_LB
# undef SO_REUSEPORT /* FreeBSD's balances no load */
# define SO_REUSEPORT SO_REUSEPORT_LB
#elif !HAVE_SO_REUSEPORT
# undef SO_REUSEPORT
# define SO_REUSEPORT SYS_NO_OPTION
#endif

#if HAVE_SO_EXCLUSIVEADDRUSE
/* Windows' SO_REUSEADDR lets anyone take a port that is in use. */
enum { sys_exclusive = SO_EXCLUSIVEADDRUSE };
# undef SO_REUSEADDR
# define SO_REUSEADDR sys_exclusive
#endif

/*
 * The seconds that a close may wait: a short holds them on every system.
 * macOS's holds ticks, a hundred a second, and its SO_LINGER is given ticks.
 */
#if HAVE_SO_LINGER_SEC
# undef SO_LINGER
# define SO_LINGER	SO_LINGER_SEC
# define SYS_LINGER_MAX 327
#else
# define SYS_LINGER_MAX 32767
#endif

#if !HAVE_IP_BIND_ADDRESS_NO_PORT
# undef IP_BIND_ADDRESS_NO_PORT
# define IP_BIND_ADDRESS_NO_PORT SYS_NO_OPTION
#endif

#if !HAVE_IP_BINDANY
# undef IP_BINDANY
# undef IPV6_BINDANY
# define IP_BINDANY   SYS_NO_OPTION
# define IPV6_BINDANY SYS_NO_OPTION
#endif

#if !HAVE_TCP_FASTOPEN
# undef TCP_FASTOPEN
# define TCP_FASTOPEN SYS_NO_OPTION
#endif

#if !HAVE_TCP_INFO
# undef TCP_INFO
# if HAVE_TCP_CONNECTION_INFO
#  define TCP_INFO TCP_CONNECTION_INFO /* macOS's name */
# else
#  define TCP_INFO SYS_NO_OPTION
# endif
#endif

#if !HAVE_SO_MARK
# undef SO_MARK
# define SO_MARK SYS_NO_OPTION
#endif

/*
 * Linux reserves twice what is asked for, and tells that: "to allow space for
 * bookkeeping overhead" (socket(7)).
 */
#if HAVE_SO_RCVBUFFORCE
# define SYS_BUFFER_FACTOR 2
#else
# define SYS_BUFFER_FACTOR 1
#endif

#if !HAVE_TCP_CONGESTION
# undef TCP_CONGESTION
# define TCP_CONGESTION SYS_NO_OPTION
#endif

#if !HAVE_TCP_MAXSEG
# undef TCP_MAXSEG
# define TCP_MAXSEG SYS_NO_OPTION
#endif

#if !HAVE_IP_MULTICAST_ALL
# undef IP_MULTICAST_ALL
# define IP_MULTICAST_ALL SYS_NO_OPTION
#endif

#if !HAVE_IPV6_MULTICAST_ALL
# undef IPV6_MULTICAST_ALL
# define IPV6_MULTICAST_ALL SYS_NO_OPTION
#endif

#if !HAVE_TCP_QUICKACK
# undef TCP_QUICKACK
# define TCP_QUICKACK SYS_NO_OPTION
#endif

#if !HAVE_TCP_USER_TIMEOUT
# undef TCP_USER_TIMEOUT
# define TCP_USER_TIMEOUT SYS_NO_OPTION
#endif

#if !HAVE_TCP_KEEPIDLE
# undef TCP_KEEPIDLE
# if HAVE_TCP_KEEPALIVE
#  define TCP_KEEPIDLE TCP_KEEPALIVE /* macOS's name */
# else
#  define TCP_KEEPIDLE SYS_NO_OPTION
# endif
#endif

#if !HAVE_TCP_KEEPINTVL
# undef TCP_KEEPINTVL
# undef TCP_KEEPCNT
# define TCP_KEEPINTVL SYS_NO_OPTION
# define TCP_KEEPCNT   SYS_NO_OPTION
#endif

/* What a datagram arrives with (socket_recvinfo6). */
#if !HAVE_IPV6_RECVPKTINFO
# undef IPV6_RECVPKTINFO
# undef IPV6_PKTINFO
# define IPV6_RECVPKTINFO SYS_NO_OPTION
# define IPV6_PKTINFO	  SYS_NO_OPTION
#endif

#if HAVE_IP_RECVPKTINFO
/* NetBSD's IP_PKTINFO sets a source instead. */
# define SYS_RECV_LOCAL4 IP_RECVPKTINFO
#elif HAVE_IP_PKTINFO
# define SYS_RECV_LOCAL4 IP_PKTINFO
#else
# define SYS_RECV_LOCAL4 IP_RECVDSTADDR
#endif

#if HAVE_SO_TIMESTAMPNS
# define SYS_RECV_TIME SO_TIMESTAMPNS
#elif HAVE_SO_TIMESTAMP
# define SYS_RECV_TIME SO_TIMESTAMP
#else
# define SYS_RECV_TIME SYS_NO_OPTION
#endif

#if !HAVE_IP_RECVDSTADDR
# undef IP_RECVDSTADDR
# undef IP_SENDSRCADDR
# define IP_RECVDSTADDR SYS_NO_OPTION
# define IP_SENDSRCADDR SYS_NO_OPTION
#endif

#if !HAVE_IPV6_RECVHOPLIMIT
# undef IPV6_RECVHOPLIMIT
# undef IPV6_HOPLIMIT
# define IPV6_RECVHOPLIMIT SYS_NO_OPTION
# define IPV6_HOPLIMIT	   SYS_NO_OPTION
#endif

#if !HAVE_IPV6_RECVTCLASS
# undef IPV6_RECVTCLASS
# define IPV6_RECVTCLASS SYS_NO_OPTION
#endif

#if !HAVE_IP_RECVTTL
# undef IP_RECVTTL
# define IP_RECVTTL SYS_NO_OPTION
#endif

#if !HAVE_IP_RECVTOS
# undef IP_RECVTOS
# define IP_RECVTOS SYS_NO_OPTION
#endif

#if !HAVE_SO_RXQ_OVFL
# undef SO_RXQ_OVFL
# define SO_RXQ_OVFL SYS_NO_OPTION
#endif

#if !HAVE_UDP_GRO
# undef UDP_GRO
# define UDP_GRO SYS_NO_OPTION
#endif

#if !HAVE_UDP_SEGMENT
# undef UDP_SEGMENT
# define UDP_SEGMENT SYS_NO_OPTION
#endif

#if !HAVE_IP_MTU
# undef IP_MTU
# define IP_MTU SYS_NO_OPTION
#endif

#if !HAVE_IPV6_MTU
# undef IPV6_MTU
# define IPV6_MTU SYS_NO_OPTION
#endif

#if !HAVE_IP_DONTFRAG
# undef IP_DONTFRAG
# if HAVE_IP_DONTFRAGMENT
#  define IP_DONTFRAG IP_DONTFRAGMENT /* Windows' name */
# else
#  define IP_DONTFRAG SYS_NO_OPTION
# endif
#endif

#if !HAVE_IPV6_DONTFRAG
# undef IPV6_DONTFRAG
# define IPV6_DONTFRAG SYS_NO_OPTION
#endif

#if !HAVE_IP_RECVERR
# undef IP_RECVERR
# undef IPV6_RECVERR
# define IP_RECVERR   SYS_NO_OPTION
# define IPV6_RECVERR SYS_NO_OPTION
#endif

#endif
