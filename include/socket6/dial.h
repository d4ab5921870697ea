/* SPDX-License-Identifier: ISC */
/* socket6/dial.h - connect to the fastest of several. socket_dial(3) */
#ifndef SOCKET_6_DIAL_H
#define SOCKET_6_DIAL_H

#include <socket6/addr.h>
#include <socket6/flags.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct socket_dial;
struct socket_history; /* socket6/history.h */

/*
 * Connects to the first of these addresses that answers, by Happy Eyeballs
 * (RFC 8305): the families take turns, each attempt has a quarter of a second
 * before the next one begins beside it, and one that fails is followed at
 * once. A blocking TCP descriptor that is closed on exec; or -1 with the
 * reason that says most (see socket_dial_step). Every other attempt is closed.
 *
 * At most so many milliseconds: below 0 as long as the system tries, 0 asks
 * once; then ETIMEDOUT. history may be null. Allocates, and goes on after
 * EINTR with the time that is left.
 *
 * The second form asks socket_resolve6 for the addresses first, which may
 * block for longer than the time: it begins when they are there.
 */
int socket_dial6(const struct socket_addr6 *addrs, size_t n, int milliseconds,
		 struct socket_history *history);
int socket_dial(const char *host, const char *service, int milliseconds,
		struct socket_history *history);

/*
 * The same for a program with an event loop of its own:
 *
 *	d = socket_dial_new(16);
 *	socket_dial_add(d, addrs, n);
 *	socket_dial_end(d);
 *	while ((s = socket_dial_step(d)) == -1 && errno == EINPROGRESS) {
 *		n = socket_dial_pollfds(d, fds, 16, &milliseconds);
 *		wait until one of fds is writable, or for so long
 *	}
 *	socket_dial_free(d);
 *
 * No function of these blocks, or allocates but socket_dial_new. One dial is
 * used by one thread at a time. A null dial, and null bytes or addresses where
 * there are some, are EINVAL; of a null dial there is nothing to count.
 */

/* A dial to at most max addresses, all but waiting; null with ENOMEM. */
struct socket_dial *socket_dial_new(size_t max);

/*
 * Closes what is open still, at any moment; not what a step has given. Null is
 * nothing to free.
 */
void socket_dial_free(struct socket_dial *d);

/*
 * What socket_dial_set sets, and what it is at first, for the attempts that
 * begin thereafter. Times are milliseconds. 0, or -1 with EINVAL for an unknown
 * option or a value out of range.
 */
#define SOCKET_DIAL_ATTEMPT_DELAY    1 /* 250; 10 to 2000 */
#define SOCKET_DIAL_RESOLUTION_DELAY 2 /* 50; 0 to 2000 */
#define SOCKET_DIAL_LAST_WAIT	     3 /* after the last attempt began; -1 */
#define SOCKET_DIAL_DEADLINE	     4 /* after the first step; -1 */
#define SOCKET_DIAL_FLAGS	     5 /* SOCKET_NONBLOCK | SOCKET_CLOEXEC */
#define SOCKET_DIAL_NODELAY	     6 /* 1: small writes go at once; 0 */
int socket_dial_set(struct socket_dial *d, int option, int value);

/*
 * The local address, for the family of ip; the unspecified one, :: or null, is
 * for both. Attempts of a family that has none, where the other has, fail with
 * EADDRNOTAVAIL. Port 0 leaves it to the system. ip is in network order, port in
 * host order, scope_id the interface index of a link-local ip.
 */
int socket_dial_set_bind(struct socket_dial *d, const char ip[16],
			 uint16_t port, uint32_t scope_id);

/*
 * The first bytes of the connection, sent with the SYN where TCP Fast Open
 * allows it, else as soon as it stands. They may reach more than one of the
 * addresses: only for what may be said twice. buf stays the caller's, unchanged
 * until the dial ends; socket_dial_sent is how many bytes have then gone.
 */
int socket_dial_set_data(struct socket_dial *d, const char *buf, size_t len);
size_t socket_dial_sent(const struct socket_dial *d);

/* What the dial asks of addresses that wait, and tells; null for none. */
int socket_dial_set_history(struct socket_dial *d,
			    struct socket_history *history);

/*
 * More addresses, at any time before the end, in the order of the resolver
 * (RFC 6724), one answer in one call, IPv4 v4-mapped. Those that are known are
 * passed over.
 * 0, or -1: ENOBUFS if there are more than max, of which the first are taken;
 * EINVAL after socket_dial_end.
 */
int socket_dial_add(struct socket_dial *d, const struct socket_addr6 *addrs,
		    size_t n);

/* No more addresses will come: when all have failed, the dial has. */
int socket_dial_end(struct socket_dial *d);

/*
 * Does what is due. The connected descriptor, once; or -1:
 *
 * EINPROGRESS  it goes on: wait as socket_dial_pollfds says, and step again
 * EISCONN      the descriptor has been given
 * any other    no address is to be had, and why. Of all attempts' reasons the
 *              one that says most: what the peer said (ECONNREFUSED,
 *              ECONNRESET), then what the network said (EHOSTUNREACH, EACCES),
 *              then what this host lacks (EMFILE, EADDRINUSE, ...), then
 *              silence, or the end of the time (ETIMEDOUT), then ENETUNREACH,
 *              EADDRNOTAVAIL and EAFNOSUPPORT. EDESTADDRREQ if there was no
 *              address at all.
 */
int socket_dial_step(struct socket_dial *d);

/*
 * The descriptors whose writability the next step waits for, at most max of
 * them in fds; how many there are, also when that is more. *milliseconds is
 * how long to wait at most, -1 for ever. A step may close any of them.
 */
size_t socket_dial_pollfds(const struct socket_dial *d, int *fds, size_t max,
			   int *milliseconds);

/* One address of a dial. 48 bytes on every platform. */
struct socket_attempt6 {
	struct socket_addr6 addr;
	int32_t state; /* SOCKET_ATTEMPT_... */
	int32_t error; /* errno: it failed, or must wait; else 0 */
	int64_t start; /* microseconds after the first step; 0 if waiting */
	int64_t end;   /* the same; 0 until it has ended */
};

#define SOCKET_ATTEMPT_WAITING	 0
#define SOCKET_ATTEMPT_PENDING	 1
#define SOCKET_ATTEMPT_CONNECTED 2
#define SOCKET_ATTEMPT_FAILED	 3
#define SOCKET_ATTEMPT_CANCELLED 4 /* another one was faster */

/*
 * Every address in the order of its attempt, at most max of them in out; how
 * many there are, also when that is more.
 */
size_t socket_dial_attempts(const struct socket_dial *d,
			    struct socket_attempt6 *out, size_t max);

#ifdef __cplusplus
}
#endif

#endif
