/* SPDX-License-Identifier: ISC */
/* socket6/multicast.h - multicast. socket_mcjoin6(3) */
#ifndef SOCKET_6_MULTICAST_H
#define SOCKET_6_MULTICAST_H

#include <socket6/flags.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * RFC 3493 section 5.2. Groups and addresses are in network order. A 4
 * function names an interface by one of its addresses, null for the system's
 * choice; a 6 function by its index, 0 for the system's choice, and takes
 * v4-mapped groups too. 0, or -1 with setsockopt(2)'s errno: EINVAL for a
 * group that is none, and to join a v4-mapped one on a socket of IPv6 alone,
 * EADDRINUSE when joined already, EADDRNOTAVAIL when not
 * joined, ENODEV for an unknown interface, ENOBUFS when there are too many.
 */
int socket_mcjoin4(int s, const char group[4], const char iface[4]);
int socket_mcjoin6(int s, const char group[16], int index);

/*
 * Leaves the group on one interface, of the system's choice: for IPv4, Linux
 * looks only where its route to the group leads.
 */
int socket_mcleave4(int s, const char group[4]);
int socket_mcleave6(int s, const char group[16]);

/* Leaves the group on this interface. */
int socket_mcleave4_if(int s, const char group[4], const char iface[4]);
int socket_mcleave6_if(int s, const char group[16], uint32_t index);

/*
 * Joins or leaves for what this source sends (RFC 3678). The source is of the
 * group's family: with a v4-mapped group it is v4-mapped, else EAFNOSUPPORT.
 */
int socket_mcjoin4_source(int s, const char group[4], const char source[4],
			  const char iface[4]);
int socket_mcleave4_source(int s, const char group[4], const char source[4],
			   const char iface[4]);
int socket_mcjoin6_source(int s, const char group[16], const char source[16],
			  uint32_t index);
int socket_mcleave6_source(int s, const char group[16], const char source[16],
			   uint32_t index);

/*
 * The interface by which multicast leaves; for the 6 form SOCKET_ANY_INTERFACE
 * gives the choice back to the system, and 0, which socket_getifidx returns
 * for an unknown name, is ENODEV. The 6 forms of this and of what follows set
 * IPv4's too, and do not report if that fails. On a 6 socket that turned out
 * to be IPv4 they set that one alone, and report it.
 */
int socket_mcinterface4(int s, const char iface[4]);
int socket_mcinterface6(int s, uint32_t index);

/* The hop limit of multicast, 0 to 255; a char is taken unsigned. */
int socket_mcttl4(int s, char hops);
int socket_mchops6(int s, int hops);
int socket_mchopcount6(int s, char hops);

/* Whether this host hears what it sends itself: 1 or 0. */
int socket_mcloop4(int s, char loop);
int socket_mcloop6(int s, char loop);

#ifdef __cplusplus
}
#endif

#endif
