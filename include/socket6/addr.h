/* SPDX-License-Identifier: ISC */
/* socket6/addr.h - an address as one value. libsocket6(7) */
#ifndef SOCKET_6_ADDR_H
#define SOCKET_6_ADDR_H

#include <stdint.h>

/*
 * 24 bytes on every platform, so that any language can lay it out.
 * IPv4 addresses are v4-mapped. reserved is 0.
 */
struct socket_addr6 {
	char ip[16];	   /* network order */
	uint32_t scope_id; /* interface index, 0 for none; host order */
	uint16_t port;	   /* host order */
	uint16_t reserved;
};

#endif
