/* SPDX-License-Identifier: ISC */
/*
 * quirk.c - another system's ways, between the suites and the C library.
 *
 * Preloaded into a suite by quirks.sh; SOCKET6_QUIRK names the ways. No
 * config.h, for the reason that stand_in.c has.
 */
#include "quirk.h"
#include "route.h"

#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>

/* The suites find these before the C library's. */
#pragma GCC visibility push(default)

int accept4(int s, struct sockaddr *sa, socklen_t *len, int flags);

/* Whether it is one of the words that name the ways. */
int is(const char *quirk)
{
	const char *ways = getenv("SOCKET6_QUIRK"), *at = ways;
	size_t len = strlen(quirk);

	while (at && (at = strstr(at, quirk))) {
		if ((at == ways || at[-1] == ' ') && strchr(" ", at[len]))
			return 1;
		at += len;
	}
	return 0;
}

/* What became of the connects of a descriptor, and how long it lingers. */
enum { DESCRIPTORS = 1024 };
static struct {
	int begun, interrupted;
	short ticks;
} history[DESCRIPTORS];

static int is_known(int s)
{
	return s >= 0 && s < DESCRIPTORS;
}

static int begin(int s)
{
	if (is_known(s))
		memset(&history[s], 0, sizeof history[s]);
	return s;
}

/* The state of a TCP socket, -1 of any other. */
static int tcp_state(int s)
{
	struct tcp_info info;
	socklen_t len = sizeof info;

	if (REAL(getsockopt)(s, IPPROTO_TCP, TCP_INFO, &info, &len) == -1)
		return -1;
	return info.tcpi_state;
}

int fail(int error)
{
	errno = error;
	return -1;
}

/* OpenBSD: an IPv6 socket never takes IPv4. */
int socket(int family, int type, int protocol)
{
	int s = family == PF_ROUTE ? route_socket(type)
				   : REAL(socket)(family, type, protocol);
	int on = 1;

	begin(s);
	if (family != PF_ROUTE)
		forget_route_socket(s);
	if (s != -1 && family == AF_INET6 && is("v6only"))
		REAL(setsockopt)(s, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	return s;
}

/* The ticks that one of SO_LINGER or SO_LINGER_SEC is; 0 for other options. */
static int ticks_in(int level, int option)
{
	if (level != SOL_SOCKET)
		return 0;
	if (option == SO_LINGER_SEC)
		return 100;
	return option == SO_LINGER && is("linger_ticks");
}

/* macOS: a short holds the ticks, and what is too much for it is negative. */
static int set_linger(int s, const void *value, int ticks)
{
	struct linger l;

	memcpy(&l, value, sizeof l);
	ticks = (short)(l.l_linger * ticks);
	if (is_known(s))
		history[s].ticks = (short)ticks;
	l.l_linger = ticks < 0 ? INT_MAX : (ticks + 99) / 100;
	return REAL(setsockopt)(s, SOL_SOCKET, SO_LINGER, &l, sizeof l);
}

static int get_linger(int s, struct linger *l, socklen_t *len, int ticks)
{
	int r = REAL(getsockopt)(s, SOL_SOCKET, SO_LINGER, l, len);

	if (r == 0 && is_known(s))
		l->l_linger = history[s].ticks / ticks;
	return r;
}

int is_of_family(int s, int family)
{
	int domain = AF_UNSPEC;
	socklen_t len = sizeof domain;

	REAL(getsockopt)(s, SOL_SOCKET, SO_DOMAIN, &domain, &len);
	return domain == family;
}

/* Whether it is the other family's: BSD and macOS do not look further. */
static int is_strange(int s, int level)
{
	return (level == IPPROTO_IP && is_of_family(s, AF_INET6)) ||
	       (level == IPPROTO_IPV6 && is_of_family(s, AF_INET));
}

/* macOS: IP_BOUND_IF, by an index that is looked for. */
static int set_bound_if(int s, const void *value, socklen_t len)
{
	char name[IF_NAMESIZE];
	unsigned int index;

	memcpy(&index, value, sizeof index);
	if (index && !if_indextoname(index, name))
		return fail(ENXIO);
	return REAL(setsockopt)(s, SOL_SOCKET, SO_BINDTOIFINDEX, value, len);
}

/* macOS: IPv6's options join and leave IPv4's groups. */
static int set_mapped(int s, int option, const struct ipv6_mreq *mreq)
{
	struct ip_mreqn mreqn = {.imr_ifindex = (int)mreq->ipv6mr_interface};

	memcpy(&mreqn.imr_multiaddr, &mreq->ipv6mr_multiaddr.s6_addr[12], 4);
	return REAL(setsockopt)(s, IPPROTO_IP,
				option == IPV6_JOIN_GROUP ? IP_ADD_MEMBERSHIP
							  : IP_DROP_MEMBERSHIP,
				&mreqn, sizeof mreqn);
}

static int is_mapped_group(int level, int option, const void *value)
{
	return level == IPPROTO_IPV6 &&
	       (option == IPV6_JOIN_GROUP || option == IPV6_LEAVE_GROUP) &&
	       IN6_IS_ADDR_V4MAPPED(
		       &((const struct ipv6_mreq *)value)->ipv6mr_multiaddr);
}

static int is_bound_if(int level, int option)
{
	return (level == IPPROTO_IP && option == IP_BOUND_IF) ||
	       (level == IPPROTO_IPV6 && option == IPV6_BOUND_IF);
}

int setsockopt(int s, int level, int option, const void *value, socklen_t len)
{
	int ticks = ticks_in(level, option);

	if (ticks)
		return set_linger(s, value, ticks);
	if (is_datagram_option(level, option))
		return set_datagram_option(s, option, value, len);
	if ((is("strange_options") || is_bound_if(level, option)) &&
	    is_strange(s, level))
		return fail(EINVAL);
	if (is_bound_if(level, option))
		return set_bound_if(s, value, len);
	if (is("strange_options") && is_mapped_group(level, option, value))
		return set_mapped(s, option, value);
	if (is("v6only") && level == IPPROTO_IPV6 && option == IPV6_V6ONLY &&
	    *(const int *)value == 0)
		return fail(EINVAL);
	return REAL(setsockopt)(s, level, option, value, len);
}

/* Solaris: the error is the call's own. */
int getsockopt(int s, int level, int option, void *value, socklen_t *len)
{
	int ticks = ticks_in(level, option);
	int r;

	if (is("strange_options") && is_strange(s, level))
		return fail(EINVAL);
	if (ticks)
		return get_linger(s, value, len, ticks);
	r = REAL(getsockopt)(s, level, option, value, len);
	if (r == 0 && is("so_error") && level == SOL_SOCKET &&
	    option == SO_ERROR && *(int *)value)
		return fail(*(int *)value);
	return r;
}

/* BSD, macOS: accept's socket has the listener's mode. */
static void inherit_mode(int l, int s)
{
	if (REAL(fcntl)(l, F_GETFL) & O_NONBLOCK)
		REAL(fcntl)(s, F_SETFL, REAL(fcntl)(s, F_GETFL) | O_NONBLOCK);
}

/* macOS: a peer that reset the connection meanwhile has no address. */
int accept(int l, struct sockaddr *sa, socklen_t *len)
{
	struct sockaddr_storage peer;
	socklen_t peer_len = sizeof peer;
	int s;

	s = begin(REAL(accept)(l, (struct sockaddr *)&peer, &peer_len));
	if (s == -1)
		return -1;
	if (is_known(s))
		history[s].begun = 1;
	if (is("accept_inherits"))
		inherit_mode(l, s);
	if (is("accept_empty") && tcp_state(s) == TCP_CLOSE)
		peer_len = 0;
	if (sa && len) {
		memcpy(sa, &peer, *len < peer_len ? *len : peer_len);
		*len = peer_len;
	}
	return s;
}

/* macOS: a connection that has ended both ways has no peer to be asked for. */
int getpeername(int s, struct sockaddr *sa, socklen_t *len)
{
	int r = REAL(getpeername)(s, sa, len);
	int error = errno;

	if (r == -1 && error == ENOTCONN && is("peer_einval") && is_known(s) &&
	    history[s].begun && tcp_state(s) == TCP_CLOSE)
		return fail(EINVAL);
	errno = error; /* what is not TCP has no state */
	return r;
}

/* Solaris, BSD: on loopback the handshake is done when connect returns. */
static int finish_at_once(int s, const struct sockaddr *sa, socklen_t len)
{
	struct pollfd p = {s, POLLOUT, 0};

	if (REAL(poll)(&p, 1, 2) != 1 || tcp_state(s) != TCP_ESTABLISHED)
		return fail(EINPROGRESS);
	/* Linux says 0 once more, and then EISCONN. */
	return REAL(connect)(s, sa, len);
}

/* Whether a handshake has begun. */
static int has_begun(int r)
{
	return r == 0 || errno == EINPROGRESS || errno == EINTR ||
	       errno == ECONNREFUSED || errno == ETIMEDOUT;
}

/* Several: a connect that a signal interrupted is EADDRINUSE the next time. */
int connect(int s, const struct sockaddr *sa, socklen_t len)
{
	int r;

	if (is("interrupted") && is_known(s) && history[s].interrupted)
		return fail(EADDRINUSE);
	r = REAL(connect)(s, sa, len);
	if (is_known(s)) {
		history[s].begun |= has_begun(r);
		history[s].interrupted = r == -1 && errno == EINTR;
	}
	if (r == -1 && errno == EINPROGRESS && is("at_once"))
		return finish_at_once(s, sa, len);
	return r;
}

/* All but Linux: poll has nothing to say of a socket that never tried. */
int poll(struct pollfd *p, nfds_t count, int milliseconds)
{
	if (is("poll_silent") && count == 1 && is_known(p->fd) &&
	    !history[p->fd].begun && tcp_state(p->fd) == TCP_CLOSE) {
		p->revents = 0;
		return REAL(poll)(NULL, 0, milliseconds);
	}
	return REAL(poll)(p, count, milliseconds);
}

#pragma GCC visibility pop
