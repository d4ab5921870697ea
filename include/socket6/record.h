/* SPDX-License-Identifier: ISC */
/* socket6/record.h - datagrams in batches, with all about them.
 * socket_recvmany6(3) */
#ifndef SOCKET_6_RECORD_H
#define SOCKET_6_RECORD_H

#include <socket6/addr.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One datagram, or several of one size between the same two ends. 80 bytes on
 * every platform. A received record is a valid answer: if it is sent back with
 * other bytes, they go to the peer from the address that the peer had asked.
 *
 * Addresses are in network order, all numbers in host order.
 */
struct socket_datagram6 {
	struct socket_addr6 peer;  /* the other end; port 0: s is connected */
	struct socket_addr6 local; /* this end; port 0; all 0: unknown */
	int64_t time;	  /* arrival, in ns since 1970 UTC; 0: unknown */
	uint32_t offset;  /* where its bytes begin in buf */
	uint32_t len;	  /* how many bytes it has there */
	uint32_t ifindex; /* the interface it came by; 0: unknown */
	uint32_t drops;	  /* datagrams lost for lack of room so far */
	uint16_t segment; /* the size of each datagram; 0: there is one */
	uint16_t flags;	  /* SOCKET_DATAGRAM_... */
	int16_t hops;	  /* hop limit; -1: unknown */
	int16_t tclass;	  /* traffic class, whose last 2 bits are ECN;
			     -1: unknown */
};

/* flags: what to send with. */
#define SOCKET_DATAGRAM_HOPS	  1 /* the field hops */
#define SOCKET_DATAGRAM_TCLASS	  2 /* the field tclass */
#define SOCKET_DATAGRAM_INTERFACE 4 /* out by the field ifindex */
#define SOCKET_DATAGRAM_SINGLY	  8 /* not as segments; see socket_sendmany6 */
/* flags: what was received. */
#define SOCKET_DATAGRAM_TRUNCATED 16 /* longer than its part of buf */
#define SOCKET_DATAGRAM_GROUP	  32 /* local is a multicast or broadcast address */

/* What socket_recvinfo6 asks for. */
#define SOCKET_INFO_LOCAL    1 /* local and ifindex */
#define SOCKET_INFO_HOPS     2
#define SOCKET_INFO_TCLASS   4
#define SOCKET_INFO_TIME     8
#define SOCKET_INFO_DROPS    16
#define SOCKET_INFO_SEGMENTS 32 /* a record may hold several datagrams */
#define SOCKET_INFO_ERRORS   64 /* ICMP errors wait for socket_recverror6 */

/*
 * Asks that the datagrams received from now on carry the fields in what, a sum
 * of SOCKET_INFO_ values, and no others. Both families of a dual-stack socket
 * are asked.
 *
 * Returns the sum of those that the system grants, which may be 0: one that it
 * does not have, or that is unknown, is not in the result. -1 with EBADF or
 * ENOTSOCK.
 */
int socket_recvinfo6(int s, int what);

/*
 * Receives up to n datagrams, at most 32, in one system call where there is
 * one for that. buf is divided into n equal parts of len / n bytes; record i
 * has its bytes at the start of part i. If s is blocking, waits for the first
 * datagram, and never for a second. What grams held before is not read.
 *
 * Returns the number of records, at least 1; or -1 with nothing written: EAGAIN
 * if nothing has arrived and s is non-blocking, EINVAL if n is 0 or len 4 GiB
 * or more, and recvmsg(2)'s errors. Fewer than n does not mean that no more
 * wait.
 */
ssize_t socket_recvmany6(int s, char *buf, size_t len,
			 struct socket_datagram6 *grams, size_t n);

/*
 * Sends n records in order: each to peer, or if its port is 0 to the peer that
 * s is connected to; from local, unless that is all 0 or cannot be a source;
 * len bytes from offset in buf, as datagrams of segment bytes each if that is
 * not 0.
 *
 * Returns how many records went whole, from the first one on. If fewer than n,
 * the next call, with the rest, says why, or goes on if the reason is gone. -1
 * if the first did not go, with sendmsg(2)'s errno; EINVAL if it reaches beyond
 * buf, has an unknown flag, or hops or tclass above 255; EAGAIN if s is
 * non-blocking and its queue is full.
 *
 * If a record of segments went in part, also before -1, its offset and len are
 * changed to what is left. If the system refused to segment one and sent it
 * datagram by datagram, it gets SOCKET_DATAGRAM_SINGLY. Nothing else is
 * changed.
 */
ssize_t socket_sendmany6(int s, const char *buf, size_t len,
			 struct socket_datagram6 *grams, size_t n);

/*
 * A datagram that could not be delivered, and who reported it. 120 bytes on
 * every platform.
 */
struct socket_report6 {
	struct socket_datagram6 gram; /* peer: its destination; offset and len:
					 those of its bytes that came back */
	struct socket_addr6 sender;   /* the reporter; all 0: this host */
	int32_t error;		      /* an errno */
	uint32_t mtu;		      /* with EMSGSIZE: the path's; else 0 */
	uint8_t icmp;		      /* 4: ICMP, 6: ICMPv6, 0: this host */
	uint8_t icmp_type;
	uint8_t icmp_code;
	uint8_t reserved[5]; /* 0 */
};

/*
 * Takes up to n reports out of the error queue of s, which
 * SOCKET_INFO_ERRORS turns on, and never waits. buf is divided as
 * socket_recvmany6 divides it.
 *
 * Returns their number; or -1: EAGAIN if there are none, EINVAL if n is 0 or
 * len 4 GiB or more, ENOPROTOOPT if the system has no such queue.
 */
ssize_t socket_recverror6(int s, char *buf, size_t len,
			  struct socket_report6 *reports, size_t n);

#define SOCKET_MTU_FRAGMENT 0 /* fragment; ignore ICMP if routers do too */
#define SOCKET_MTU_PATH	    1 /* EMSGSIZE above the path's known MTU */
#define SOCKET_MTU_PROBE    2 /* EMSGSIZE above the interface's MTU alone */

/*
 * Sets what happens to datagrams larger than the MTU, for both families.
 * 0, or -1 with EINVAL (no such mode) or ENOPROTOOPT.
 */
int socket_mtudiscover6(int s, int mode);

/*
 * Returns the MTU, in bytes with all headers, of the path to the peer that s is
 * connected to; or -1 with ENOTCONN, or ENOPROTOOPT if the system does not say.
 */
int socket_mtu6(int s);

#ifdef __cplusplus
}
#endif

#endif
