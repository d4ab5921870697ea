/* SPDX-License-Identifier: ISC */
/* socket6/flags.h - constants that several families share. */
#ifndef SOCKET_6_FLAGS_H
#define SOCKET_6_FLAGS_H

/* Modes of a new descriptor: socket_tcp6(3). */
#define SOCKET_NONBLOCK 1 /* calls return at once */
#define SOCKET_CLOEXEC	2 /* closed on exec */
#define SOCKET_V6ONLY	4 /* a 6 socket without IPv4 */
#define SOCKET_MPTCP	8 /* Multipath TCP where supported, else TCP */

/* Besides, for a listener: socket_listener6(3). */
#define SOCKET_REUSEPORT   16 /* shares its port with others that have this */
#define SOCKET_FREEBIND	   32 /* at an address that is not here yet */
#define SOCKET_DEFERACCEPT 64 /* no connection before there is data to read */

/* What a descriptor is watched for, or no longer used for: socket_wait(3). */
#define SOCKET_READABLE 1
#define SOCKET_WRITABLE 2

/* Instead of an interface's index: socket_v6only(3), socket_mcjoin6(3). */
#define SOCKET_ANY_INTERFACE 0xffffffff

#endif
