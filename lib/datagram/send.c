/* SPDX-License-Identifier: ISC */
/* send.c - datagrams in a batch, each from and to where its record says. */
#include "addr.h"
#include "control.h"
#include "group.h"
#include "sys/message.h"

/* Pieces of one call: two whole groups, in 2 KB of the stack. */
enum { PIECES = 2 * GROUP_SEGMENTS };

struct batch {
	struct sys_message messages[SYS_MESSAGES];
	struct iovec pieces[PIECES];
	union socket6_addr peers[SYS_MESSAGES];
	union sys_control_out controls[SYS_MESSAGES];
	struct group groups[SYS_MESSAGES];
	unsigned int count; /* of messages */
	size_t used;	    /* of pieces */
};

/* The call, and how far it has come. */
struct sending {
	int s;
	const char *buf;
	size_t len;
	struct socket_datagram6 *grams;
	size_t n;
	size_t at;	 /* records that went whole */
	uint32_t done;	 /* bytes of the next one that went */
	size_t refused;	 /* those before are sent singly: segments failed */
	int is_inet;	 /* s is an IPv4 socket */
	int is_again;	 /* this is the second try, after an earlier error */
	int peer_family; /* of a connected socket's peer; 0: not asked yet */
	struct socket_addr6 bound; /* s is; where such a source is refused */
};

/* Appends bytes to a message: to its last piece, if they follow it in buf. */
static void add_piece(struct batch *b, struct msghdr *m, const char *from,
		      uint32_t len)
{
	struct iovec *last = &b->pieces[b->used];

	if (m->msg_iovlen > 0 &&
	    (const char *)last[-1].iov_base + last[-1].iov_len == from) {
		last[-1].iov_len += len;
		return;
	}
	last->iov_base = (void *)(uintptr_t)from;
	last->iov_len = len;
	m->msg_iovlen++;
	b->used++;
}

static void put_pieces(const struct sending *x, struct batch *b,
		       struct msghdr *m, const struct group *group, size_t at,
		       uint32_t done)
{
	const struct socket_datagram6 *g = &x->grams[at];

	m->msg_iov = &b->pieces[b->used];
	m->msg_iovlen = 0;
	if (group->records < 2) {
		add_piece(b, m, x->buf + g->offset + done, group->bytes);
		return;
	}
	for (size_t i = 0; i < group->records; i++)
		add_piece(b, m, x->buf + g[i].offset, g[i].len);
}

/* 0, or -1 if the peer has no IPv4 form and s needs one. */
static int put_peer(const struct sending *x, struct msghdr *m,
		    union socket6_addr *a, const struct socket_addr6 *peer)
{
	m->msg_name = NULL;
	m->msg_namelen = 0;
	if (peer->port == 0)
		return 0;
	m->msg_name = a;
	m->msg_namelen = addr_put6(a, peer->ip, peer->port, peer->scope_id);
	if (!x->is_inet)
		return 0;
	m->msg_namelen = socket6_addr_to_inet(a);
	return m->msg_namelen ? 0 : sys_fail(EAFNOSUPPORT);
}

/* The peer that s is connected to, for a source or a way out: asked once. */
SYS_RARE static int family_of_peer(struct sending *x)
{
	char ip[16];

	if (x->peer_family == 0)
		x->peer_family = socket_remote6(x->s, ip, NULL, NULL) == -1
					 ? FAMILY_BOTH
				 : addr_is_v4mapped(ip) ? FAMILY_4
							: FAMILY_6;
	return x->peer_family;
}

/*
 * The family whose messages a record takes; 0 if its source is of the other.
 * Both where they are ignored: there is no source, or no peer to send to.
 */
static int family_of(struct sending *x, const struct socket_datagram6 *g)
{
	int family = socket6_control_family(g), peer;

	if (g->peer.port)
		return x->is_inet ? FAMILY_4 : family;
	if (family == FAMILY_BOTH && !(g->flags & SOCKET_DATAGRAM_INTERFACE))
		return family;
	peer = family_of_peer(x);
	return peer == FAMILY_BOTH ? family : peer & family;
}

/* Whether s sends from there without being told. */
static int is_bound_to(const struct sending *x, const char ip[16])
{
	return SYS_SOURCE4_ONCE && addr_is_v4mapped(ip) &&
	       memcmp(x->bound.ip, ip, 16) == 0;
}

/* 0, or -1 if the source is of the other family, or the way out unknown. */
static int put_control(struct sending *x, struct msghdr *m,
		       union sys_control_out *control,
		       const struct socket_datagram6 *g, uint16_t segment)
{
	int family = family_of(x, g);
	struct socket_datagram6 bound;
	size_t len;

	if (family == 0)
		return sys_fail(EINVAL);
	if (!SYS_SOURCE4_HAS_INTERFACE && family == FAMILY_4 &&
	    g->flags & SOCKET_DATAGRAM_INTERFACE)
		return sys_fail(ENOPROTOOPT);
	if (is_bound_to(x, g->local.ip)) {
		bound = *g;
		bound.local = (struct socket_addr6){.port = 0};
		g = &bound;
	}
	len = socket6_control_write(control, g, family, segment);
	m->msg_control = len ? control : NULL;
	m->msg_controllen = (sys_controllen)len;
	return 0;
}

/* The next message; segments are asked for where there is something to. */
static struct group next_group(const struct sending *x, size_t at,
			       uint32_t done, size_t room)
{
	const struct socket_datagram6 *g = &x->grams[at];
	size_t n = x->n - at < room ? x->n - at : room;
	struct group group = socket6_group(g, n, x->len, done,
					   at >= x->refused);

	if (group.segment && !sys_can_segment(x->s))
		group = socket6_group(g, n, x->len, done, 0);
	return group;
}

/* Adds the next message to a batch, and gives its group: 0, or -1. */
static int add_message(struct sending *x, struct batch *b, size_t at,
		       uint32_t done, struct group *group)
{
	const struct socket_datagram6 *g = &x->grams[at];
	struct msghdr *m = &b->messages[b->count].msg_hdr;
	int is_plain = socket6_control_is_none(g);

	if (!socket6_is_within(g, x->len) ||
	    (!is_plain && !socket6_control_is_valid(g)))
		return sys_fail(EINVAL);
	if (put_peer(x, m, &b->peers[b->count], &g->peer) == -1)
		return -1;
	*group = next_group(x, at, done, PIECES - b->used);
	m->msg_control = NULL;
	m->msg_controllen = 0;
	if ((!is_plain || group->segment) &&
	    put_control(x, m, &b->controls[b->count], g, group->segment) == -1)
		return -1;
	put_pieces(x, b, m, group, at, done);
	m->msg_flags = 0;
	b->groups[b->count++] = *group;
	return 0;
}

/* As many messages as fit, from where the call is. -1: the first is bad. */
static int fill(struct sending *x, struct batch *b)
{
	uint32_t done = x->done;
	size_t at = x->at;

	b->count = 0;
	b->used = 0;
	while (at < x->n && b->count < SYS_MESSAGES && b->used < PIECES) {
		struct group group = {.records = 0};

		if (add_message(x, b, at, done, &group) == -1)
			break;
		done = group.records ? 0 : done + group.bytes;
		at += group.records;
	}
	return b->count ? 0 : -1;
}

/* So many messages of the batch went. */
static void advance(struct sending *x, const struct batch *b, int count)
{
	x->is_again = 0;
	for (int i = 0; i < count; i++) {
		const struct group *group = &b->groups[i];

		x->done = group->records ? 0 : x->done + group->bytes;
		for (size_t r = 0; r < group->records; r++, x->at++)
			if (x->at < x->refused)
				x->grams[x->at].flags |= SOCKET_DATAGRAM_SINGLY;
	}
}

/*
 * EIO: no checksum offload; EINVAL: drivers, Linux before 6.14 for segments
 * above the MTU; EMSGSIZE: the same from then on. EPERM: a firewall of this
 * host, which sees them as one packet.
 */
static int is_refusal(int error)
{
	return error == EIO || error == EINVAL || error == EMSGSIZE ||
	       error == EPERM;
}

/* Whether a source was refused for s is bound to it: asked once a call. */
SYS_RARE static int is_bound_source(struct sending *x)
{
	if (errno != EINVAL || x->bound.port)
		return 0;
	socket_local6(x->s, x->bound.ip, &x->bound.port, NULL);
	errno = EINVAL;
	return is_bound_to(x, x->grams[x->at].local.ip);
}

/*
 * After the first message of a batch failed: whether there is something else to
 * try. With kept errors Linux fails a send with what came back for an earlier
 * one, and tells it only once.
 */
SYS_RARE static int has_another_way(struct sending *x,
				    const struct group *first)
{
	if (!x->is_inet && sys_wrong_family(x->s))
		return x->is_inet = 1;
	if (!x->is_again && sys_is_kept_error(x->s))
		return x->is_again = 1;
	if (SYS_SOURCE4_ONCE && is_bound_source(x))
		return 1;
	if (first->segment == 0 || !is_refusal(errno))
		return 0;
	x->refused = x->at + (first->records ? first->records : 1);
	x->is_again = 0;
	return 1;
}

/*
 * Whether the call goes on after so many messages of a batch: a failed one may
 * say why, where no record went yet, and where it may go as single datagrams.
 */
static int goes_on(const struct sending *x, const struct batch *b, int count)
{
	return (unsigned int)count == b->count || x->at == 0 ||
	       b->groups[count].segment != 0;
}

static void send_all(struct sending *x)
{
	struct batch b;
	int count;

	while (x->at < x->n && fill(x, &b) == 0) {
		count = sys_send(x->s, b.messages, b.count);
		if (count == -1) {
			if (!has_another_way(x, &b.groups[0]))
				return;
			continue;
		}
		advance(x, &b, count);
		if (!goes_on(x, &b, count))
			return;
	}
}

ssize_t socket_sendmany6(int s, const char *buf, size_t len,
			 struct socket_datagram6 *grams, size_t n)
{
	struct sending x = {
		.s = s, .buf = buf, .len = len, .grams = grams, .n = n};

	send_all(&x);
	if (x.done > 0) {
		grams[x.at].offset += x.done;
		grams[x.at].len -= x.done;
	}
	return x.at == 0 && n > 0 ? -1 : (ssize_t)x.at;
}
