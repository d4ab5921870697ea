/* SPDX-License-Identifier: ISC */
/* name.h - what a host and a service mean, and the question to the system. */
#ifndef SOCKET6_LIB_NAME_H
#define SOCKET6_LIB_NAME_H

#include "addr.h"

/* A host name is 253 bytes (RFC 1035 section 2.3.4), a final dot, and a NUL. */
enum { HOST_SIZE = 255 };

struct name {
	struct socket_addr6 addr; /* the address, if it is one; the port */
	int family;		  /* AF_INET, AF_INET6, or AF_UNSPEC for both */
	char host[HOST_SIZE];	  /* the name to ask for; empty: an address */
};

/* Reads host and service as socket_resolve6 does. 0, or -1 with errno. */
int socket6_name_read(struct name *name, const char *host, const char *service,
		      int flags);

/* Asks getaddrinfo, which blocks, for this family. 0, or -1 with errno. */
int socket6_name_ask(const struct name *name, int family,
		     struct addrinfo **found);

/* Copies up to max of the addresses to out; returns how many there are. */
size_t socket6_name_addresses(const struct name *name,
			      const struct addrinfo *found,
			      struct socket_addr6 *out, size_t max);

/* The port of a service, a number or a name. 0, or -1 with errno. */
int socket6_name_port(const char *service, int flags, uint16_t *port);

/* An IPv4 address's last part, for inet_aton(3): such a word is no name. */
int socket6_name_is_number(const char *label, size_t len);

#endif
