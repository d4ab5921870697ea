/* SPDX-License-Identifier: ISC */
/* socket6/interfaces.h - interfaces and addresses here. socket_interfaces(3) */
#ifndef SOCKET_6_INTERFACES_H
#define SOCKET_6_INTERFACES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Flags of an interface. Running: it can carry packets (RFC 2863). */
#define SOCKET_IF_UP	      1
#define SOCKET_IF_RUNNING     2
#define SOCKET_IF_LOOPBACK    4
#define SOCKET_IF_MULTICAST   8
#define SOCKET_IF_POINTOPOINT 16

/*
 * Flags of an address, where the system has them. Tentative: nobody may use it
 * yet (RFC 4862). Deprecated: not for new connections. Temporary: RFC 8981.
 */
#define SOCKET_IFADDR_TENTATIVE	 1
#define SOCKET_IFADDR_DEPRECATED 2
#define SOCKET_IFADDR_TEMPORARY	 4

/* 64 bytes. The name ends with a NUL; it is empty if it has more than 51. */
struct socket_interface6 {
	uint32_t ifindex;
	uint32_t flags;
	uint32_t mtu; /* bytes; 0 if unknown */
	char name[52];
};

/* 24 bytes. On a point-to-point link the prefix may be the peer's. */
struct socket_ifaddr6 {
	char ip[16]; /* network order; IPv4 as v4-mapped */
	uint32_t ifindex;
	uint16_t prefix; /* bits of its network, 0 to 128; IPv4: at least 96 */
	uint16_t flags;
};

/*
 * Store up to max interfaces, or addresses, of this host in the system's order,
 * and return how many there are, which may be more. A null out stores none. If
 * they fail, up to max entries may have been written: -1 with EAGAIN if the
 * list changed all the while it was read, ENOTSUP if the system has none. On
 * Linux they allocate nothing; elsewhere the C library or Windows may.
 */
int socket_interfaces(struct socket_interface6 *out, size_t max);
int socket_ifaddrs(struct socket_ifaddr6 *out, size_t max);

/*
 * Creates a descriptor, non-blocking and close-on-exec, that becomes readable
 * when either list may have changed. -1 with ENOTSUP if the system has nothing
 * of the kind (Windows).
 */
int socket_ifwatch(void);

/*
 * Takes all that fd has received: 1 if a list may have changed, also if the
 * system lost what it was; 0 if there was nothing. It never waits.
 */
int socket_ifchanged(int fd);

#ifdef __cplusplus
}
#endif

#endif
