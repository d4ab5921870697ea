/* SPDX-License-Identifier: ISC */
/* socket6/open.h - create a socket. socket_tcp6(3) */
#ifndef SOCKET_6_OPEN_H
#define SOCKET_6_OPEN_H

#include <socket6/flags.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Each function returns a new descriptor, or -1 with socket(2)'s errno:
 * EMFILE, ENFILE, ENOBUFS, ENOMEM, EACCES; EPROTONOSUPPORT without SCTP.
 *
 * A name that ends in b creates a blocking socket, the others a non-blocking
 * one. Both are inherited across exec; for SOCKET_CLOEXEC use the _flags form.
 *
 * A 6 socket is dual-stack whatever the system's default (IPV6_V6ONLY off,
 * RFC 3493 section 5.3). Where the system has no IPv6, it is an IPv4 socket.
 */
int socket_tcp4(void);
int socket_tcp4b(void);
int socket_tcp6(void);
int socket_tcp6b(void);
int socket_udp4(void);
int socket_udp4b(void);
int socket_udp6(void);
int socket_udp6b(void);
int socket_sctp4(void);
int socket_sctp4b(void);
int socket_sctp6(void);
int socket_sctp6b(void);

#define socket_tcp() socket_tcp4()
#define socket_udp() socket_udp4()

/*
 * The same with flags, which the system sets atomically where it can:
 * SOCKET_NONBLOCK, SOCKET_CLOEXEC; for a 6 socket SOCKET_V6ONLY, which never
 * falls back to IPv4 (EAFNOSUPPORT without IPv6); for TCP SOCKET_MPTCP, which
 * falls back to plain TCP where the system refuses Multipath TCP (RFC 8684).
 * Any other bit is EINVAL before anything happens.
 */
int socket_tcp4_flags(int flags);
int socket_tcp6_flags(int flags);
int socket_udp4_flags(int flags);
int socket_udp6_flags(int flags);
int socket_sctp4_flags(int flags);
int socket_sctp6_flags(int flags);

#ifdef __cplusplus
}
#endif

#endif
