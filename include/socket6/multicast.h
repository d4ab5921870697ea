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
 * RFC 3493 section 5.2. Groups and addresses are in network order. A 4 function
 * identifies an interface by one of its addresses, a 6 function by its index;
 * with null or 0 the system chooses. A 6 function also accepts v4-mapped
 * groups. Returns 0, or -1 with setsockopt(2)'s errno: EINVAL if group is not
 * multicast, or is v4-mapped and s is IPv6-only, EADDRINUSE if already joined,
 * EADDRNOTAVAIL if not joined, ENODEV for an unknown interface, ENOBUFS if
 * there are too many.
 */
int socket_mcjoin4(int s, const char group[4], const char iface[4]);
int socket_mcjoin6(int s, const char group[16], int index);

/*
 * socket_mcjoin6 with the index as every other function has it: libowfat's is
 * an int, and compilers warn of the difference.
 */
int socket_mcjoin6_if(int s, const char group[16], uint32_t index);

/* Joins or leaves an IPv4 group on the interface with this index. */
int socket_mcjoin4_index(int s, const char group[4], uint32_t index);
int socket_mcleave4_index(int s, const char group[4], uint32_t index);

/*
 * Leaves the group on one interface, which the system chooses: for IPv4 on
 * Linux only the one of its route to the group.
 */
int socket_mcleave4(int s, const char group[4]);
int socket_mcleave6(int s, const char group[16]);

/* Leaves the group on the given interface. */
int socket_mcleave4_if(int s, const char group[4], const char iface[4]);
int socket_mcleave6_if(int s, const char group[16], uint32_t index);

/*
 * Joins or leaves only for datagrams from this source (RFC 3678). The source
 * must be v4-mapped if and only if the group is, else EAFNOSUPPORT.
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
 * Sets the outgoing interface of multicast. With SOCKET_ANY_INTERFACE, in the 6
 * form, the system chooses again; 0, which socket_getifidx returns for an
 * unknown name, is ENODEV. This 6 form and those below also set the IPv4
 * option, and do not report if that fails. On a 6 socket that is an IPv4 one
 * they set only the IPv4 option, and report a failure.
 */
int socket_mcinterface4(int s, const char iface[4]);
int socket_mcinterface6(int s, uint32_t index);

/* Sets the hop limit of multicast, 0 to 255; a char counts as unsigned. */
int socket_mcttl4(int s, char hops);
int socket_mchops6(int s, int hops);
int socket_mchopcount6(int s, char hops);

/*
 * Sets whether s receives what any socket of this host has joined (1, the
 * default of Linux) or only its own groups (0). Linux; ENOPROTOOPT elsewhere.
 */
int socket_mcall(int s, int on);

/* Sets whether this host receives its own multicast: 1 or 0. */
int socket_mcloop4(int s, char loop);
int socket_mcloop6(int s, char loop);

#ifdef __cplusplus
}
#endif

#endif
