/* SPDX-License-Identifier: ISC */
/* raw.c - every call by hand: what the libraries are measured against. */
#include "config.h"

#include "bench.h"
#include "common.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>

/* setsockopt, with a new value of this type. */
#define SET(s, level, option, type, ...)                                       \
 setsockopt(s, level, option, &(type){__VA_ARGS__}, sizeof(type))

/* What is done if this has not failed. */
#define THEN(first, ...) ((first) == -1 ? -1 : (__VA_ARGS__))

static inline struct in_addr in4(const char *from)
{
	struct in_addr in;

	memcpy(&in, from, sizeof in);
	return in;
}

static inline struct in6_addr in6(const char *from)
{
	struct in6_addr in;

	memcpy(&in, from, sizeof in);
	return in;
}

/* A socket address and its length. */
#define AT6(from, at, id)                                                      \
 (struct sockaddr *)&(struct sockaddr_in6){.sin6_family = AF_INET6,            \
					   .sin6_port = htons(at),             \
					   .sin6_addr = in6(from),             \
					   .sin6_scope_id = (id)},             \
	 sizeof(struct sockaddr_in6)

static inline int is_mapped(const char *from)
{
	static const char prefix[12] = {[10] = -1, -1};

	return memcmp(from, prefix, sizeof prefix) == 0;
}

static inline int fail(int error)
{
	errno = error;
	return -1;
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
	if (a->sa.sa_family != AF_INET)
		return fail(EAFNOSUPPORT);
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
	if (a->sa.sa_family != AF_INET)
		return fail(EAFNOSUPPORT);
	memcpy(mapped + 12, &a->in.sin_addr, 4);
	give(mapped, 16, a->in.sin_port);
	if (scope_id)
		*scope_id = 0;
	return 0;
}

/* Closes what cannot be given out, for the reason in errno. */
static int discard(int fd)
{
	int error = errno;

	close(fd);
	return fail(error);
}

/* Dual-stack whatever the system's default is. */
static inline int open6(int type)
{
	int s = socket(AF_INET6, type, 0);

	if (s != -1 && SET(s, IPPROTO_IPV6, IPV6_V6ONLY, int, 0) == -1)
		return discard(s);
	return s;
}

/* Linux says EAGAIN, as of a connection that goes on, when ports run out. */
static inline int dialled(int r)
{
	return r == -1 && errno == EAGAIN ? fail(EADDRNOTAVAIL) : r;
}

static inline int dial4(int s, const char *to)
{
	struct sockaddr_in a = {.sin_family = AF_INET,
				.sin_port = htons(to_port),
				.sin_addr = in4(to)};

	return dialled(connect(s, (struct sockaddr *)&a, sizeof a));
}

static inline int dial6(int s, const char *to)
{
	return dialled(connect(s, AT6(to, to_port, to_scope_id)));
}

/* Linux says EAFNOSUPPORT also of some addresses on an IPv6 socket. */
static inline int dial6_inet(int s, const char *to)
{
	union address a;
	socklen_t len = sizeof a;
	int r = dial6(s, to);

	if (r == 0 || errno != EAFNOSUPPORT)
		return r;
	if (getsockname(s, &a.sa, &len) == -1 || a.sa.sa_family != AF_INET ||
	    !is_mapped(to))
		return fail(EAFNOSUPPORT);
	return dial4(s, to + 12);
}

/* No error yet. Writable: connected since, or no SYN has gone (fast open). */
static __attribute__((noinline)) int has_connected(int s)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};
	unsigned char state = 0;
	socklen_t len = sizeof state;

	errno = poll(&p, 1, 0) == 0 ? EINPROGRESS : ENOTCONN;
	return errno == ENOTCONN &&
	       getsockopt(s, IPPROTO_TCP, TCP_INFO, &state, &len) == 0 &&
	       state == TCP_ESTABLISHED;
}

/* The state of a connection; the reason if there is none. */
static inline int is_connected(int s)
{
	unsigned char state = 0;
	socklen_t state_len = sizeof state, len = sizeof(int);
	int error = 0;

	if (getsockopt(s, IPPROTO_TCP, TCP_INFO, &state, &state_len) == -1)
		return 0;
	if (state == TCP_ESTABLISHED)
		return 1;
	if (getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
		return 0;
	if (error == 0)
		return has_connected(s);
	errno = error;
	return 0;
}

/* The mode is afterwards as it was before. */
static inline int dial6_within(int s)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};
	int modes = fcntl(s, F_GETFL), r, error;

	if (modes == -1 || (!(modes & O_NONBLOCK) &&
			    fcntl(s, F_SETFL, modes | O_NONBLOCK) == -1))
		return -1;
	r = dial6(s, to6);
	error = errno;
	if (!(modes & O_NONBLOCK) && fcntl(s, F_SETFL, modes) == -1)
		return -1;
	errno = error;
	if (r == 0 || errno == EISCONN)
		return 0;
	if (errno != EINPROGRESS && errno != EWOULDBLOCK && errno != EALREADY &&
	    errno != EINTR)
		return -1;
	while (!is_connected(s))
		if (errno != EINPROGRESS || poll(&p, 1, milliseconds) != 1)
			return -1;
	return 0;
}

/* Of TCP, Linux would reset the connection. */
static inline int forget_peer(int s)
{
	struct sockaddr none = {.sa_family = AF_UNSPEC};
	socklen_t len = sizeof(int);
	int type, error, index = 0;

	if (getsockopt(s, SOL_SOCKET, SO_TYPE, &type, &len) == -1)
		return -1;
	if (type != SOCK_DGRAM)
		return fail(EOPNOTSUPP);
	getsockopt(s, SOL_SOCKET, SO_BINDTOIFINDEX, &index, &len);
	if (connect(s, &none, sizeof none) == -1)
		return -1;
	getsockopt(s, SOL_SOCKET, SO_ERROR, &error, &len);
	return index > 0 ? SET(s, SOL_SOCKET, SO_BINDTOIFINDEX, int, index) : 0;
}

static inline int take_call(int s, int modes)
{
	union address a;
	socklen_t len = sizeof a;
	int fd = accept4(s, &a.sa, &len, modes);

	return fd != -1 && take6(&a) == -1 ? discard(fd) : fd;
}

static inline ssize_t receive(int s, int (*take)(const union address *a))
{
	union address a;
	socklen_t len = sizeof a;
	ssize_t n = recvfrom(s, buf, sizeof buf, 0, &a.sa, &len);

	return n != -1 && take(&a) == -1 ? -1 : n;
}

/* A message with its parts, and room for the address that was asked. */
struct message {
	struct iovec piece;
	union address a;
	_Alignas(size_t) char control[64];
};

static inline void put_header(struct msghdr *m, struct message *x, char *from)
{
	x->piece.iov_base = from;
	x->piece.iov_len = 8;
	memset(m, 0, sizeof *m);
	m->msg_name = &x->a;
	m->msg_namelen = sizeof x->a.in6;
	m->msg_iov = &x->piece;
	m->msg_iovlen = 1;
}

static inline int send_batch(int s, unsigned int n)
{
	struct mmsghdr m[RECORDS];
	struct message x[RECORDS];

	for (unsigned int i = 0; i < n; i++) {
		x[i].a.in6 = (struct sockaddr_in6){
			.sin6_family = AF_INET6,
			.sin6_port = htons(grams[i].peer.port),
			.sin6_addr = in6(grams[i].peer.ip),
			.sin6_scope_id = grams[i].peer.scope_id};
		put_header(&m[i].msg_hdr, &x[i], many + grams[i].offset);
	}
	return sendmmsg(s, m, n, MSG_NOSIGNAL);
}

/* What stands in a message, as a record says it. */
static inline void take_message(const struct mmsghdr *m, unsigned int i)
{
	const union address *a = m->msg_hdr.msg_name;

	memset(&grams[i], 0, sizeof grams[i]);
	grams[i].offset = 8 * i;
	grams[i].len = m->msg_len;
	memcpy(grams[i].peer.ip, &a->in6.sin6_addr, 16);
	grams[i].peer.port = ntohs(a->in6.sin6_port);
	grams[i].peer.scope_id = a->in6.sin6_scope_id;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&m->msg_hdr); c;
	     c = CMSG_NXTHDR((struct msghdr *)(uintptr_t)&m->msg_hdr, c))
		if (c->cmsg_level == IPPROTO_IPV6 &&
		    c->cmsg_type == IPV6_PKTINFO)
			memcpy(grams[i].local.ip, CMSG_DATA(c), 16);
}

static inline int take_batch(int s, unsigned int n)
{
	struct mmsghdr m[RECORDS];
	struct message x[RECORDS];
	int count;

	for (unsigned int i = 0; i < n; i++) {
		put_header(&m[i].msg_hdr, &x[i], many + 8 * i);
		m[i].msg_hdr.msg_control = x[i].control;
		m[i].msg_hdr.msg_controllen = sizeof x[i].control;
	}
	count = recvmmsg(s, m, n, MSG_WAITFORONE, NULL);
	for (int i = 0; i < count; i++)
		take_message(&m[i], (unsigned int)i);
	return count;
}

static inline ssize_t write_pieces(int s)
{
	struct msghdr m = {.msg_iov = vector, .msg_iovlen = 2};

	return sendmsg(s, &m, MSG_NOSIGNAL);
}

/* What holds of one that can be written to. */
static inline int wait_for_both(int s)
{
	struct pollfd p = {.fd = s, .events = POLLIN | POLLOUT};
	int r = poll(&p, 1, milliseconds);

	if (r <= 0)
		return r;
	if (p.revents & POLLNVAL)
		return fail(EBADF);
	if (p.revents & (POLLERR | POLLHUP))
		return 3;
	return (p.revents & POLLIN ? 1 : 0) | (p.revents & POLLOUT ? 2 : 0);
}

static inline int is_in_net(void)
{
	unsigned int bytes = prefix_bits / 8, rest = prefix_bits % 8;

	if (prefix_bits > 128 || memcmp(to6, source6, bytes) != 0)
		return 0;
	return rest == 0 ||
	       (unsigned char)(to6[bytes] ^ source6[bytes]) >> (8 - rest) == 0;
}

/* Of IPv6, whose length is known here. */
static inline int take_proxied(void)
{
	static const char expected[16] = "\r\n\r\n\0\r\nQUIT\n\x21\x21\0\44";

	if (memcmp(proxied, expected, sizeof expected) != 0)
		return -1;
	memset(ends, 0, sizeof ends);
	memcpy(ends[0].ip, proxied + 16, 16);
	memcpy(ends[1].ip, proxied + 32, 16);
	memcpy(&ends[0].port, proxied + 48, 2);
	memcpy(&ends[1].port, proxied + 50, 2);
	ends[0].port = ntohs(ends[0].port);
	ends[1].port = ntohs(ends[1].port);
	return sizeof proxied;
}

static inline int family_of(int s)
{
	union address a = {.sa.sa_family = AF_UNSPEC};
	socklen_t len = sizeof a;

	if (getsockname(s, &a.sa, &len) == -1)
		return -1;
	return a.sa.sa_family == AF_INET6  ? 6
	       : a.sa.sa_family == AF_INET ? 4
					   : 0;
}

static inline int type_of(int s)
{
	int type;
	socklen_t len = sizeof type;

	if (getsockopt(s, SOL_SOCKET, SO_TYPE, &type, &len) == -1)
		return -1;
	return type == SOCK_STREAM	? 1
	       : type == SOCK_DGRAM	? 2
	       : type == SOCK_SEQPACKET ? 3
					: 0;
}

static inline int local6(int s)
{
	union address a;
	socklen_t len = sizeof a;

	return getsockname(s, &a.sa, &len) == -1 ? -1 : take6(&a);
}

static inline int set_nonblock(int fd)
{
	int modes = fcntl(fd, F_GETFL);

	return modes == -1 ? -1 : fcntl(fd, F_SETFL, modes | O_NONBLOCK);
}

/* Linux doubles it. */
static inline int granted(int s)
{
	socklen_t len = sizeof(int);
	int bytes;

	return getsockopt(s, SOL_SOCKET, SO_RCVBUF, &bytes, &len) == -1
		       ? -1
		       : bytes / 2;
}

/* No name is any interface, and a long one is cut. */
static inline int bind_to_name(int s, const char *name)
{
	size_t len = strlen(name);

	if (len == 0 || len >= IF_NAMESIZE)
		return fail(ENODEV);
	return setsockopt(s, SOL_SOCKET, SO_BINDTODEVICE, name,
			  (socklen_t)len + 1);
}

/* 0 leaves the system's own. */
#define SET_UNLESS_0(s, option, value)                                         \
 ((value) ? SET(s, IPPROTO_TCP, option, int, value) : 0)

/* A socket of IPv6 alone would join it, and hear nothing. */
static inline int join6_mapped(int s)
{
	socklen_t len = sizeof(int);
	int v6only;

	if (getsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &v6only, &len) == 0 &&
	    v6only)
		return -1;
	return SET(s, IPPROTO_IP, IP_ADD_MEMBERSHIP, struct ip_mreqn,
		   in4(mapped_group6 + 12), .imr_ifindex = (int)lo);
}

static inline ssize_t fastopen6(int s)
{
	ssize_t n = sendto(s, buf, 8, MSG_FASTOPEN | MSG_NOSIGNAL,
			   AT6(to6, to_port, to_scope_id));

	if (n != -1 || errno != EOPNOTSUPP)
		return n;
	return dial6(s, to6) == -1 ? -1 : send(s, buf, 8, MSG_NOSIGNAL);
}

/* The source is of the group's family. */
static inline int join6_source(int s)
{
	struct group_source_req r = {.gsr_interface = lo};
	struct sockaddr_in6 a = {.sin6_family = AF_INET6};

	if (is_mapped(group6) || is_mapped(source6))
		return -1;
	a.sin6_addr = in6(group6);
	memcpy(&r.gsr_group, &a, sizeof a);
	a.sin6_addr = in6(source6);
	memcpy(&r.gsr_source, &a, sizeof a);
	return setsockopt(s, IPPROTO_IPV6, MCAST_JOIN_SOURCE_GROUP, &r,
			  sizeof r);
}

/* Writes what fits, or nothing. */
static inline int copy_name(void)
{
	char name[IF_NAMESIZE];
	size_t len;

	if (!if_indextoname(lo, name))
		return 0;
	len = strlen(name) + 1;
	if (len > room)
		return 0;
	memcpy(buf, name, len);
	return 1;
}

static inline int scan_zone(const char *from)
{
	struct addrinfo wanted = {.ai_flags = AI_NUMERICHOST}, *found;

	if (getaddrinfo(from, NULL, &wanted, &found) != 0)
		return 0;
	take6((const union address *)found->ai_addr);
	freeaddrinfo(found);
	return 1;
}

#define SHAPE(name, scene, peers, call, by_hand) MEASURED(raw_##name, by_hand)
#include "shapes.h"
