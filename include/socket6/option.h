/* SPDX-License-Identifier: ISC */
/* socket6/option.h - options. socket_v6only(3), socket_nodelay(3) */
#ifndef SOCKET_6_OPTION_H
#define SOCKET_6_OPTION_H

#include <socket6/flags.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Unless stated otherwise these return 0, or -1 with setsockopt(2)'s errno:
 * ENOPROTOOPT if the system or this kind of socket does not support the option,
 * EINVAL for a value out of range, EBADF, ENOTSOCK.
 */

/*
 * Makes s IPv6-only (1) or dual-stack (0); -1 changes nothing. Returns the
 * state, 1 or 0, or -1. Can be set until the socket is bound (RFC 3493 section
 * 5.3).
 */
int socket_v6only(int s, int on);

/* Makes s send small writes at once; if on is 0, gather them (TCP_NODELAY). */
int socket_nodelay(int s, int on);

/*
 * Makes the system probe a silent TCP peer after idle seconds, every interval
 * seconds, and abort the connection after count unanswered probes. idle -1, and
 * 0 for the other two, leave the socket's value unchanged. idle 0 switches
 * probing off (SO_KEEPALIVE, RFC 9293 section 3.8.4). A value that the system
 * cannot set makes the call fail.
 */
int socket_keepalive(int s, int idle, int interval, int count);

/*
 * Makes the system abort a TCP connection when sent data stays unacknowledged
 * for this time; 0 is the system's default (RFC 5482).
 */
int socket_usertimeout(int s, unsigned int milliseconds);

/*
 * Sets how many seconds, up to 32767, on macOS 327, a close waits for the peer
 * to acknowledge what was written (SO_LINGER). -1, the default: it does not
 * wait. 0: it resets the connection.
 */
int socket_linger(int s, int seconds);

/*
 * Sets the traffic class, 0 to 255 (DSCP and ECN, RFC 2474). The 6 form also
 * sets the IPv4 one, for v4-mapped peers, and does not report if that fails. On
 * a 6 socket that is an IPv4 one it sets only that, and reports a failure.
 */
int socket_tos4(int s, int tos);
int socket_tclass6(int s, int tclass);

/* Sets the unicast hop limit (RFC 3493 section 5.1), 1 to 255, likewise. */
int socket_ttl4(int s, int hops);
int socket_hoplimit6(int s, int hops);

/*
 * Makes s send and receive only through the interface with this index;
 * SOCKET_ANY_INTERFACE allows any again. ENODEV for 0, which socket_getifidx
 * returns for an unknown name. EPERM if the system requires a privilege; ENODEV
 * or ENXIO for an unknown index, if the system checks it (Linux since 5.0 does
 * not, but sending fails).
 */
int socket_bindtodevice(int s, uint32_t index);

/*
 * The same for the interface with this name. ENODEV if there is none: an empty
 * name does not allow any again.
 */
int socket_bindtoname(int s, const char *name);

/*
 * Sets how many bytes s may have in its queue to send or to receive (SO_SNDBUF,
 * SO_RCVBUF); -1 changes nothing. Returns what the system granted, which may be
 * less or more, or -1. Linux reserves twice that and says so: here it is half,
 * so that what is returned and what is asked for have one meaning.
 */
int socket_sendbuffer(int s, int bytes);
int socket_recvbuffer(int s, int bytes);

/*
 * Marks what s sends, for routing and for firewalls (SO_MARK, Linux). EPERM
 * without a privilege.
 */
int socket_mark(int s, uint32_t mark);

/*
 * Sets the congestion control of a TCP connection by its name, such as "cubic".
 * ENOENT if the system has none of that name, EPERM if it is reserved.
 */
int socket_congestion(int s, const char *name);

/*
 * Sets the largest segment of a TCP connection that begins later, in bytes (RFC
 * 9293 section 3.7.1): smaller than what the path takes, for one that takes
 * less than it says. socket_tcpinfo tells the result.
 */
int socket_maxseg(int s, int bytes);

/* Allows s to send to the broadcast address (SO_BROADCAST). */
int socket_broadcast(int s);

/* Turns quick acknowledgement on (1) or off (0) (TCP_QUICKACK). */
int socket_quickack(int s, int value);

/*
 * Asks the system not to report a connection before there is data to read
 * (SOCKET_DATAIN; on Linux for one second) or a whole HTTP request
 * (SOCKET_HTTPIN; FreeBSD). A hint: no failure is reported.
 */
#define SOCKET_DATAIN 0
#define SOCKET_HTTPIN 1
#ifndef SOCKET_6_DEFERMODE /* libowfat's header has an enum for the mode */
void socket_deferaccept(int s, int mode);
#endif

/*
 * Asks for a receive queue of size bytes (SO_RCVBUF), then for less until the
 * system accepts. A hint: no failure is reported.
 */
void socket_tryreservein(int s, int size);

#ifdef __cplusplus
}
#endif

#endif
