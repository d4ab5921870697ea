/* SPDX-License-Identifier: ISC */
/* raw.c - every call by hand: what the libraries are measured against. */
#include "config.h"

#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static inline int option(int s, int level, int name, int value)
{
	return setsockopt(s, level, name, &value, sizeof value);
}

/* One option for IPv6, and the same for IPv4. */
static inline int both(int s, int name6, int name4, int value)
{
	if (option(s, IPPROTO_IPV6, name6, value) == -1)
		return -1;
	option(s, IPPROTO_IP, name4, value);
	return 0;
}

/* A socket address of either family. */
union address {
	struct sockaddr sa;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
};

static inline void put4(union address *a, const char *from, uint16_t at)
{
	memset(&a->in, 0, sizeof a->in);
	a->in.sin_family = AF_INET;
	a->in.sin_port = htons(at);
	memcpy(&a->in.sin_addr, from, 4);
}

static inline void put6(union address *a, const char *from, uint16_t at)
{
	memset(&a->in6, 0, sizeof a->in6);
	a->in6.sin6_family = AF_INET6;
	a->in6.sin6_port = htons(at);
	memcpy(&a->in6.sin6_addr, from, 16);
	a->in6.sin6_scope_id = to_scope_id;
}

static inline void give(const void *from, size_t len, in_port_t from_port)
{
	if (ip)
		memcpy(ip, from, len);
	if (port)
		*port = ntohs(from_port);
}

static inline int take4(const union address *a)
{
	if (a->sa.sa_family != AF_INET) {
		errno = EAFNOSUPPORT;
		return -1;
	}
	give(&a->in.sin_addr, 4, a->in.sin_port);
	return 0;
}

/* The 6 forms speak of IPv4 peers as v4-mapped. */
static inline int take6(const union address *a)
{
	char mapped[16] = {[10] = -1, -1};

	if (a->sa.sa_family == AF_INET6) {
		give(&a->in6.sin6_addr, 16, a->in6.sin6_port);
		if (scope_id)
			*scope_id = a->in6.sin6_scope_id;
		return 0;
	}
	if (a->sa.sa_family == AF_INET) {
		memcpy(mapped + 12, &a->in.sin_addr, 4);
		give(mapped, 16, a->in.sin_port);
		if (scope_id)
			*scope_id = 0;
		return 0;
	}
	errno = EAFNOSUPPORT;
	return -1;
}

/* Closes what cannot be given out, for the reason in errno. */
static int discard(int fd)
{
	int error = errno;

	close(fd);
	errno = error;
	return -1;
}

/* Dual-stack whatever the system's default is. */
static inline int open6(int type, int v6only)
{
	int s = socket(AF_INET6, type, 0);

	if (s != -1 && option(s, IPPROTO_IPV6, IPV6_V6ONLY, v6only) == -1)
		return discard(s);
	return s;
}

int raw_tcp4(int i)
{
	return fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
}

int raw_tcp6(int i)
{
	return fds[i] = open6(SOCK_STREAM | SOCK_NONBLOCK, 0);
}

int raw_udp4(int i)
{
	return fds[i] = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
}

int raw_udp6(int i)
{
	return fds[i] = open6(SOCK_DGRAM | SOCK_NONBLOCK, 0);
}

int raw_tcp6_cloexec(int i)
{
	return fds[i] = open6(SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

int raw_tcp6_flags_v6only(int i)
{
	return fds[i] = open6(SOCK_STREAM | SOCK_NONBLOCK, 1);
}

/* Linux says EAGAIN, as of a connection that goes on, when ports run out. */
static inline int dialled(int r)
{
	if (r == -1 && errno == EAGAIN)
		errno = EADDRNOTAVAIL;
	return r;
}

static inline int dial4(int s)
{
	union address a;

	put4(&a, to4, to_port);
	return dialled(connect(s, &a.sa, sizeof a.in));
}

static inline int dial6(int s)
{
	union address a;

	put6(&a, to6, to_port);
	return dialled(connect(s, &a.sa, sizeof a.in6));
}

int raw_connect4_udp(int i)
{
	(void)i;
	return dial4(client4);
}

int raw_connect6_udp(int i)
{
	(void)i;
	return dial6(client6);
}

int raw_connect4_tcp(int i)
{
	return dial4(fds[i]);
}

int raw_connect6_tcp(int i)
{
	return dial6(fds[i]);
}

/* The state of a connection; the reason if there is none. */
static inline int is_connected(int s)
{
	unsigned char state = 0;
	socklen_t state_len = sizeof state;
	int error = 0;
	socklen_t len = sizeof error;

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, &state, &state_len) == -1)
		return 0;
	if (state == TCP_ESTABLISHED)
		return 1;
	if (getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
		return 0;
	errno = error ? error : EINPROGRESS;
	return 0;
}

int raw_connected(int i)
{
	(void)i;
	return is_connected(pair6[0]);
}

int raw_connected_refused(int i)
{
	return is_connected(fds[i]);
}

/* Whether a connect that failed goes on in the background. */
static inline int goes_on(int r)
{
	return r == -1 && (errno == EINPROGRESS || errno == EWOULDBLOCK ||
			   errno == EALREADY || errno == EINTR);
}

static inline int wait_connected(int s)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};

	while (!is_connected(s))
		if (errno != EINPROGRESS || poll(&p, 1, milliseconds) != 1)
			return 0;
	return 1;
}

/* The mode is afterwards as it was before. */
int raw_connect6_timeout(int i)
{
	int modes = fcntl(fds[i], F_GETFL);
	int r, error;

	if (modes == -1)
		return -1;
	if (!(modes & O_NONBLOCK) &&
	    fcntl(fds[i], F_SETFL, modes | O_NONBLOCK) == -1)
		return -1;
	r = dial6(fds[i]);
	error = errno;
	if (!(modes & O_NONBLOCK) && fcntl(fds[i], F_SETFL, modes) == -1)
		return -1;
	errno = error;
	if (goes_on(r))
		return wait_connected(fds[i]) ? 0 : -1;
	return r == -1 && errno == EISCONN ? 0 : r;
}

int raw_wait_connected(int i)
{
	(void)i;
	return wait_connected(pair6[0]);
}

static inline int bind6(int s)
{
	union address a;

	put6(&a, to6, 0);
	return bind(s, &a.sa, sizeof a.in6);
}

int raw_bind4(int i)
{
	union address a;

	put4(&a, to4, 0);
	return bind(fds[i], &a.sa, sizeof a.in);
}

int raw_bind6(int i)
{
	return bind6(fds[i]);
}

static inline int bind6_with(int s, int level, int name)
{
	return option(s, level, name, 1) == -1 ? -1 : bind6(s);
}

int raw_bind6_reuse(int i)
{
	return bind6_with(fds[i], SOL_SOCKET, SO_REUSEADDR);
}

int raw_bind6_reuseport(int i)
{
	return bind6_with(fds[i], SOL_SOCKET, SO_REUSEPORT);
}

int raw_bind6_noport(int i)
{
	return bind6_with(fds[i], IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
}

int raw_listen(int i)
{
	return listen(fds[i], 16);
}

static inline int take_call4(int modes)
{
	union address a;
	socklen_t len = sizeof a;
	int fd = accept4(listener4, &a.sa, &len, modes);

	return fd != -1 && take4(&a) == -1 ? discard(fd) : fd;
}

static inline int take_call6(int modes)
{
	union address a;
	socklen_t len = sizeof a;
	int fd = accept4(listener6, &a.sa, &len, modes);

	return fd != -1 && take6(&a) == -1 ? discard(fd) : fd;
}

int raw_accept4(int i)
{
	return fds[i] = take_call4(0);
}

int raw_accept6(int i)
{
	return fds[i] = take_call6(0);
}

int raw_accept4_nonblock_cloexec(int i)
{
	return fds[i] = take_call4(SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int raw_accept6_nonblock_cloexec(int i)
{
	return fds[i] = take_call6(SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int raw_accept6_flags(int i)
{
	return fds[i] = take_call6(SOCK_NONBLOCK);
}

int raw_recv4(int i)
{
	union address a;
	socklen_t len = sizeof a;
	ssize_t n = recvfrom(server4, buf, sizeof buf, 0, &a.sa, &len);

	(void)i;
	return n != -1 && take4(&a) == -1 ? -1 : (int)n;
}

static inline int receive6(int how)
{
	union address a;
	socklen_t len = sizeof a;
	ssize_t n = recvfrom(server6, buf, sizeof buf, how, &a.sa, &len);

	return n != -1 && take6(&a) == -1 ? -1 : (int)n;
}

int raw_recv6(int i)
{
	(void)i;
	return receive6(0);
}

int raw_recv6_flag(int i)
{
	(void)i;
	return receive6(flags);
}

int raw_send4(int i)
{
	union address a;

	(void)i;
	put4(&a, to4, to_port);
	return (int)sendto(server4, buf, 8, MSG_NOSIGNAL, &a.sa, sizeof a.in);
}

static inline int send6(int how)
{
	union address a;

	put6(&a, to6, to_port);
	return (int)sendto(server6, buf, 8, how | MSG_NOSIGNAL, &a.sa,
			   sizeof a.in6);
}

int raw_send6(int i)
{
	(void)i;
	return send6(0);
}

int raw_send6_flag(int i)
{
	(void)i;
	return send6(flags);
}

int raw_read(int i)
{
	(void)i;
	return (int)recv(pair6[0], buf, 1, 0);
}

int raw_write(int i)
{
	(void)i;
	return (int)send(pair6[0], buf, 1, MSG_NOSIGNAL);
}

int raw_close(int i)
{
	return close(fds[i]);
}

int raw_local4(int i)
{
	union address a;
	socklen_t len = sizeof a;

	(void)i;
	return getsockname(server4, &a.sa, &len) == -1 ? -1 : take4(&a);
}

int raw_local6(int i)
{
	union address a;
	socklen_t len = sizeof a;

	(void)i;
	return getsockname(pair6[0], &a.sa, &len) == -1 ? -1 : take6(&a);
}

int raw_remote4(int i)
{
	union address a;
	socklen_t len = sizeof a;

	(void)i;
	return getpeername(pair4[0], &a.sa, &len) == -1 ? -1 : take4(&a);
}

int raw_remote6(int i)
{
	union address a;
	socklen_t len = sizeof a;

	(void)i;
	return getpeername(pair6[0], &a.sa, &len) == -1 ? -1 : take6(&a);
}

static inline int set_nonblock(int fd, int on)
{
	int modes = fcntl(fd, F_GETFL);

	if (modes == -1)
		return -1;
	return fcntl(fd, F_SETFL,
		     on ? modes | O_NONBLOCK : modes & ~O_NONBLOCK);
}

int raw_ndelay_on(int i)
{
	return set_nonblock(fds[i], 1);
}

int raw_ndelay_off(int i)
{
	return set_nonblock(fds[i], 0);
}

int raw_v6only(int i)
{
	return option(fds[i], IPPROTO_IPV6, IPV6_V6ONLY, 0);
}

int raw_nodelay(int i)
{
	return option(fds[i], IPPROTO_TCP, TCP_NODELAY, 1);
}

/* 0 leaves the system's own. */
static inline int option_unless_0(int s, int name, int value)
{
	return value ? option(s, IPPROTO_TCP, name, value) : 0;
}

int raw_keepalive(int i)
{
	if (option_unless_0(fds[i], TCP_KEEPIDLE, idle_seconds) == -1 ||
	    option_unless_0(fds[i], TCP_KEEPINTVL, interval_seconds) == -1 ||
	    option_unless_0(fds[i], TCP_KEEPCNT, probes) == -1)
		return -1;
	return option(fds[i], SOL_SOCKET, SO_KEEPALIVE, idle_seconds > 0);
}

int raw_usertimeout(int i)
{
	return option(fds[i], IPPROTO_TCP, TCP_USER_TIMEOUT, 1000);
}

int raw_linger(int i)
{
	struct linger l = {1, 0};

	return setsockopt(fds[i], SOL_SOCKET, SO_LINGER, &l, sizeof l);
}

int raw_tos4(int i)
{
	return option(fds[i], IPPROTO_IP, IP_TOS, 32);
}

int raw_tclass6(int i)
{
	return both(fds[i], IPV6_TCLASS, IP_TOS, 32);
}

int raw_ttl4(int i)
{
	return option(fds[i], IPPROTO_IP, IP_TTL, 32);
}

int raw_hoplimit6(int i)
{
	return both(fds[i], IPV6_UNICAST_HOPS, IP_TTL, 32);
}

int raw_broadcast(int i)
{
	return option(fds[i], SOL_SOCKET, SO_BROADCAST, 1);
}

int raw_quickack(int i)
{
	return option(fds[i], IPPROTO_TCP, TCP_QUICKACK, 1);
}

int raw_deferaccept(int i)
{
	option(fds[i], IPPROTO_TCP, TCP_DEFER_ACCEPT, 1);
	return 0;
}

int raw_tryreservein(int i)
{
	int size = wish;

	while (option(fds[i], SOL_SOCKET, SO_RCVBUF, size) == -1 &&
	       errno == ENOBUFS && size > 1024)
		size -= size / 32;
	return 0;
}

int raw_bindtodevice(int i)
{
	return option(fds[i], SOL_SOCKET, SO_BINDTOIFINDEX, (int)lo);
}

int raw_fastopen(int i)
{
	return option(fds[i], IPPROTO_TCP, TCP_FASTOPEN, 5);
}

int raw_fastopen_connect6(int i)
{
	union address a;
	ssize_t n;

	put6(&a, to6, to_port);
	n = sendto(fds[i], buf, 8, MSG_FASTOPEN | MSG_NOSIGNAL, &a.sa,
		   sizeof a.in6);
	if (n != -1 || errno != EOPNOTSUPP)
		return (int)n;
	if (connect(fds[i], &a.sa, sizeof a.in6) == -1)
		return -1;
	return (int)send(fds[i], buf, 8, MSG_NOSIGNAL);
}

static inline int member4(int s, int name, const char *on)
{
	struct ip_mreq m = {0};

	memcpy(&m.imr_multiaddr, group4, 4);
	memcpy(&m.imr_interface, on, 4);
	return setsockopt(s, IPPROTO_IP, name, &m, sizeof m);
}

static inline int member6(int s, int name, uint32_t index)
{
	struct ipv6_mreq m;

	memcpy(&m.ipv6mr_multiaddr, group6, 16);
	m.ipv6mr_interface = index;
	return setsockopt(s, IPPROTO_IPV6, name, &m, sizeof m);
}

int raw_mcjoin4(int i)
{
	return member4(fds[i], IP_ADD_MEMBERSHIP, to4);
}

int raw_mcleave4(int i)
{
	return member4(fds[i], IP_DROP_MEMBERSHIP, "\0\0\0\0");
}

int raw_mcjoin6(int i)
{
	return member6(fds[i], IPV6_JOIN_GROUP, lo);
}

int raw_mcleave6(int i)
{
	return member6(fds[i], IPV6_LEAVE_GROUP, 0);
}

int raw_mcjoin6_mapped(int i)
{
	struct ip_mreqn m = {.imr_ifindex = (int)lo};
	socklen_t len = sizeof(int);
	int v6only;

	/* A socket of IPv6 alone would join it, and hear nothing. */
	if (getsockopt(fds[i], IPPROTO_IPV6, IPV6_V6ONLY, &v6only, &len) == 0 &&
	    v6only)
		return -1;
	memcpy(&m.imr_multiaddr, mapped_group6 + 12, 4);
	return setsockopt(fds[i], IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof m);
}

/* The source is of the group's family. */
int raw_mcjoin6_source(int i)
{
	static const char prefix[12] = {[10] = -1, -1};
	struct group_source_req r;
	union address group, source;

	if (memcmp(group6, prefix, 12) == 0 || memcmp(source6, prefix, 12) == 0)
		return -1;
	put6(&group, group6, 0);
	put6(&source, source6, 0);
	memset(&r, 0, sizeof r);
	r.gsr_interface = lo;
	memcpy(&r.gsr_group, &group, sizeof group);
	memcpy(&r.gsr_source, &source, sizeof source);
	return setsockopt(fds[i], IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP, &r,
			  sizeof r);
}

int raw_mcinterface4(int i)
{
	struct in_addr in;

	memcpy(&in, to4, 4);
	return setsockopt(fds[i], IPPROTO_IP, IP_MULTICAST_IF, &in, sizeof in);
}

int raw_mcinterface6(int i)
{
	struct ip_mreqn m = {.imr_ifindex = (int)lo};

	if (option(fds[i], IPPROTO_IPV6, IPV6_MULTICAST_IF, (int)lo) == -1)
		return -1;
	setsockopt(fds[i], IPPROTO_IP, IP_MULTICAST_IF, &m, sizeof m);
	return 0;
}

static inline int byte_option(int s, int name, unsigned char value)
{
	return setsockopt(s, IPPROTO_IP, name, &value, sizeof value);
}

int raw_mcttl4(int i)
{
	return byte_option(fds[i], IP_MULTICAST_TTL, 4);
}

int raw_mcloop4(int i)
{
	return byte_option(fds[i], IP_MULTICAST_LOOP, 1);
}

static inline int hops6(int s, unsigned char hops)
{
	if (option(s, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, hops) == -1)
		return -1;
	byte_option(s, IP_MULTICAST_TTL, hops);
	return 0;
}

int raw_mchopcount6(int i)
{
	return hops6(fds[i], 4);
}

int raw_mchops6(int i)
{
	return hops6(fds[i], 5);
}

int raw_mcloop6(int i)
{
	if (option(fds[i], IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 1) == -1)
		return -1;
	byte_option(fds[i], IP_MULTICAST_LOOP, 1);
	return 0;
}

int raw_getifname(int i)
{
	(void)i;
	return if_indextoname(lo, buf) ? 1 : 0;
}

/* Writes what fits, or nothing. */
int raw_getifname_r(int i)
{
	char name[IF_NAMESIZE];
	size_t len;

	(void)i;
	if (!if_indextoname(lo, name))
		return 0;
	len = strlen(name) + 1;
	if (len > room)
		return 0;
	memcpy(buf, name, len);
	return 1;
}

int raw_getifidx(int i)
{
	(void)i;
	return (int)if_nametoindex("lo");
}

int raw_scan_ip4(int i)
{
	return inet_pton(AF_INET, text4[i % TEXTS], ip);
}

int raw_fmt_ip4(int i)
{
	return inet_ntop(AF_INET, bytes4[i % TEXTS], buf, sizeof buf) ? 1 : 0;
}

int raw_scan_ip6(int i)
{
	return inet_pton(AF_INET6, text6[i % TEXTS], ip);
}

int raw_fmt_ip6(int i)
{
	return inet_ntop(AF_INET6, bytes6[i % TEXTS], buf, sizeof buf) ? 1 : 0;
}
