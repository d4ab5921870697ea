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
 * Unless said otherwise 0, or -1 with setsockopt(2)'s errno: ENOPROTOOPT for
 * what the system or this kind of socket does not have, EINVAL for a value
 * out of range, EBADF, ENOTSOCK.
 */

/*
 * 1 takes IPv6 alone, 0 takes both families, -1 only asks. The state, 1 or 0,
 * or -1. Can be set until the socket is bound (RFC 3493 section 5.3).
 */
int socket_v6only(int s, int on);

/* Sends small writes at once: 1, or gathers them: 0 (TCP_NODELAY). */
int socket_nodelay(int s, int on);

/*
 * Probes a silent TCP peer after idle seconds, every interval seconds, and
 * gives up after count probes; idle -1, and 0 for the other two, keep what the
 * socket has, at first the system's own. idle 0 switches probing off
 * (SO_KEEPALIVE, RFC 9293 section 3.8.4). Where the system cannot set a time
 * or a count, only asking for it fails.
 */
int socket_keepalive(int s, int idle, int interval, int count);

/*
 * Gives a TCP connection up when what it sent stays unacknowledged for so
 * many milliseconds; 0 is the system's own time (RFC 5482).
 */
int socket_usertimeout(int s, unsigned int milliseconds);

/*
 * Seconds that close waits for unsent data, to 32767, on macOS 327
 * (SO_LINGER); -1 off; 0 resets.
 */
int socket_linger(int s, int seconds);

/*
 * The traffic class, 0 to 255 (DSCP and ECN, RFC 2474). The 6 form sets the
 * IPv4 one too, for v4-mapped peers, and does not report if that fails. On a 6
 * socket that turned out to be IPv4 it sets that one alone, and reports it.
 */
int socket_tos4(int s, int tos);
int socket_tclass6(int s, int tclass);

/* The hop limit (RFC 3493 section 5.1) of unicast, likewise; 1 to 255. */
int socket_ttl4(int s, int hops);
int socket_hoplimit6(int s, int hops);

/*
 * Uses the interface with this index alone; SOCKET_ANY_INTERFACE any again.
 * ENODEV for 0, which socket_getifidx returns for an unknown name. EPERM where
 * the system asks for a privilege; ENODEV or ENXIO for an unknown index, where
 * it looks (Linux since 5.0 does not: there sending fails then).
 */
int socket_bindtodevice(int s, uint32_t index);

/* Allows s to send to the broadcast address (SO_BROADCAST). */
int socket_broadcast(int s);

/* Turns quick acknowledgement on (1) or off (0) (TCP_QUICKACK). */
int socket_quickack(int s, int value);

/*
 * Asks that accept wake only when there is something to read (SOCKET_DATAIN;
 * Linux, one second) or a whole HTTP request (SOCKET_HTTPIN; FreeBSD). A
 * hint: nothing happens where the system cannot, and none is reported.
 */
#define SOCKET_DATAIN 0
#define SOCKET_HTTPIN 1
#ifndef SOCKET_6_DEFERMODE /* libowfat's header has an enum for the mode */
void socket_deferaccept(int s, int mode);
#endif

/*
 * Asks for a receive queue of size bytes (SO_RCVBUF), then for ever less until
 * the system agrees. A hint: nothing is reported.
 */
void socket_tryreservein(int s, int size);

#ifdef __cplusplus
}
#endif

#endif
