/* SPDX-License-Identifier: ISC */
/* socket6/tcpinfo.h - how a TCP connection is doing. socket_tcpinfo(3) */
#ifndef SOCKET_6_TCPINFO_H
#define SOCKET_6_TCPINFO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 80 bytes on every platform; later versions add fields at the end. */
struct socket_tcpinfo {
	int64_t state;	     /* SOCKET_TCP_... */
	int64_t mss;	     /* bytes that a segment may have */
	int64_t rtt;	     /* round-trip time, smoothed; microseconds */
	int64_t rttvar;	     /* how much it varies; microseconds */
	int64_t cwnd;	     /* congestion window; bytes */
	int64_t unacked;     /* bytes sent and not acknowledged */
	int64_t retransmits; /* segments that were sent again */
	int64_t rate;	     /* bytes delivered in a second, lately */
	int64_t sent;	     /* since the last data went; microseconds */
	int64_t received;    /* since the last data came; microseconds */
};

/* RFC 9293 section 3.3.2, by Linux's numbers. */
#define SOCKET_TCP_ESTABLISHED	1
#define SOCKET_TCP_SYN_SENT	2
#define SOCKET_TCP_SYN_RECEIVED 3
#define SOCKET_TCP_FIN_WAIT_1	4
#define SOCKET_TCP_FIN_WAIT_2	5
#define SOCKET_TCP_TIME_WAIT	6
#define SOCKET_TCP_CLOSED	7
#define SOCKET_TCP_CLOSE_WAIT	8
#define SOCKET_TCP_LAST_ACK	9
#define SOCKET_TCP_LISTEN	10
#define SOCKET_TCP_CLOSING	11

/*
 * Writes what the system tells about the TCP connection s, up to size bytes:
 * sizeof *info of the header that the program was compiled with. A field is -1
 * where the system does not tell it, or does not know it yet. Returns the
 * number of bytes written, so that a program sees which fields a library of
 * another version has; or -1 with getsockopt(2)'s errno: ENOPROTOOPT or
 * EOPNOTSUPP if s is no TCP socket or the system tells nothing, EBADF, ENOTSOCK.
 */
int socket_tcpinfo(int s, struct socket_tcpinfo *info, size_t size);

#ifdef __cplusplus
}
#endif

#endif
