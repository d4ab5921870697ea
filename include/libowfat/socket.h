/* SPDX-License-Identifier: ISC */
/* libowfat/socket.h - stands in for libowfat's header of this name. */
#ifndef SOCKET_6_LIBOWFAT_SOCKET_H
#define SOCKET_6_LIBOWFAT_SOCKET_H

/*
 * libowfat's own header, if included first, declares char *ip, not char ip[16]:
 * the same type, but gcc's -Warray-parameter would complain.
 */
#ifdef __GNUC__
# pragma GCC system_header
#endif

/* <socket6.h> lets this header declare socket_deferaccept with its enum. */
#ifndef SOCKET_6_OPTION_H
# define SOCKET_6_DEFERMODE
#endif

#include <libowfat/uint16.h>
#include <libowfat/uint32.h>
#include <socket6.h>

/* Not again if libowfat's own header came first. */
#ifndef SOCKET_H
# define SOCKET_H

enum defermode { DATAIN = SOCKET_DATAIN, HTTPIN = SOCKET_HTTPIN };

# ifdef __cplusplus
extern "C" {
# endif

/*
 * If non-zero, 6 functions create IPv4 sockets. The library sets it when the
 * system refuses IPv6; a program may set it at any time.
 */
extern int noipv6;

# ifdef SOCKET_6_DEFERMODE
void socket_deferaccept(int s, enum defermode mode);
# endif

# ifdef __cplusplus
}
# endif

#endif

#endif
