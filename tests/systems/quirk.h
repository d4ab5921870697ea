/* SPDX-License-Identifier: ISC */
/* quirk.h - what the files of quirk.la share. */
#ifndef SOCKET6_TESTS_SYSTEMS_QUIRK_H
#define SOCKET6_TESTS_SYSTEMS_QUIRK_H

#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#ifndef RTLD_NEXT
# define RTLD_NEXT ((void *)-1L)
#endif

/* The options of macOS and FreeBSD that quirks.sh puts among the headers. */
#ifndef SO_LINGER_SEC
# define SO_LINGER_SEC 0x1080
# define IP_BOUND_IF   1025
# define IPV6_BOUND_IF 1125
#endif
#ifndef IP_SENDSRCADDR
# define IP_RECVDSTADDR 1007
# define IP_SENDSRCADDR 1007
#endif
#ifndef IP_DONTFRAG
# define IP_DONTFRAG 1028
#endif

/* The C library's own: any other call would go through the suite's. */
#define REAL(name) (*(__typeof__(&(name)) *)&(void *){dlsym(RTLD_NEXT, #name)})

int is(const char *quirk);
int fail(int error);
int is_of_family(int s, int family);

/* Options of FreeBSD and macOS that have another name here. */
int is_datagram_option(int level, int option);
int set_datagram_option(int s, int option, const void *value, socklen_t len);

/* BSD's messages of routes and interfaces: a socket of PF_ROUTE. */
int route_socket(int type);
void forget_route_socket(int s);

#endif
