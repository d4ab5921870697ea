/* SPDX-License-Identifier: ISC */
/* attempt.c - the socket of an attempt. */
#include "dial.h"

static int bind_port(int s, const struct socket_addr6 *a, const char *ip4)
{
	return ip4 ? socket_bind4_reuse(s, ip4, a->port)
		   : socket_bind6_reuse(s, a->ip, a->port, a->scope_id);
}

/*
 * connect chooses the port; where it cannot be told to, it is chosen now. BSD
 * and macOS say EINVAL of an option of IPv4 on an IPv6 socket.
 */
static int bind_no_port(int s, const struct socket_addr6 *a, const char *ip4)
{
	int r = ip4 ? socket_bind4_noport(s, ip4)
		    : socket_bind6_noport(s, a->ip, a->scope_id);

	if (r == 0 || (errno != ENOPROTOOPT && errno != EINVAL))
		return r;
	return ip4 ? socket_bind4(s, ip4, 0)
		   : socket_bind6(s, a->ip, 0, a->scope_id);
}

/* Binds s to the local address that is set; for :: over IPv4 to 0.0.0.0. */
static int bind_local(const struct socket_dial *d, int s, int v4)
{
	const struct local *local = v4 ? &d->v4 : &d->v6;
	const struct socket_addr6 *a = &local->addr;
	const char *ip4 = v4 ? a->ip + 12 : NULL;

	if (!d->v4.is_set && !d->v6.is_set)
		return 0;
	if (!local->is_set)
		return sys_fail(EADDRNOTAVAIL);
	return a->port ? bind_port(s, a, ip4) : bind_no_port(s, a, ip4);
}

/* Connects, with the first bytes if they may go with the SYN. */
int socket6_dial_connect(struct dial_entry *entry)
{
	const struct socket_addr6 *to = &entry->a.addr;
	const char *ip4 = to->ip + 12;
	ssize_t sent;

	if (entry_is_ip4(entry))
		sent = socket_fastopen_connect4(entry->s, ip4, to->port,
						entry->buf, entry->len);
	else
		sent = socket_fastopen_connect6(entry->s, to->ip, to->port,
						to->scope_id, entry->buf,
						entry->len);
	if (sent == -1)
		return -1;
	entry->sent = (size_t)sent;
	/* What was sent may be on its way still, with the SYN. */
	return entry->len == 0 || socket_connected(entry->s) ? 0 : -1;
}

/* The options that the first packet is to have. */
static int set_options(const struct socket_dial *d, int s, int v4)
{
	if (d->tclass != -1 && (v4 ? socket_tos4(s, d->tclass)
				   : socket_tclass6(s, d->tclass)) == -1)
		return -1;
	if (d->interface != SOCKET_ANY_INTERFACE &&
	    socket_bindtodevice(s, d->interface) == -1)
		return -1;
	if (d->marks && sys_set_known(s, SOL_SOCKET, SO_MARK, d->mark) == -1)
		return -1;
	return d->nodelay ? socket_nodelay(s, 1) : 0;
}

/* An IPv4 address takes an IPv4 socket: not every system has dual-stack ones. */
int socket6_dial_open(const struct socket_dial *d, struct dial_entry *entry)
{
	int v4 = entry_is_ip4(entry);
	int flags = d->flags | SOCKET_NONBLOCK;

	entry->blocks = flags != d->flags;
	entry->buf = d->buf;
	entry->len = d->len;
	entry->sent = 0;
	entry->from = dial_from(d, v4);
	entry->s = v4 ? socket_tcp4_flags(flags) : socket_tcp6_flags(flags);
	if (entry->s == -1 || set_options(d, entry->s, v4) == -1)
		return -1;
	return bind_local(d, entry->s, v4);
}

/* Sends the rest of the first bytes, as many as go at once. */
static void send_rest(struct dial_entry *entry)
{
	ssize_t n = 0;

	if (entry->sent < entry->len)
		n = socket_write(entry->s, entry->buf + entry->sent,
				 entry->len - entry->sent);
	if (n > 0)
		entry->sent += (size_t)n;
}

/*
 * Whether a TCP socket is connected to itself: where nobody listens, and its
 * own port happens to be the one that it connects to, its SYN opens both ends
 * (RFC 9293 section 3.5). Multipath TCP that did so with bytes in the SYN has
 * no peer to tell (Linux 6.18), and is of no use.
 */
static int is_its_own_peer(const struct dial_entry *entry)
{
	struct socket_addr6 here, peer;

	if (socket_local6(entry->s, here.ip, &here.port, &here.scope_id) ==
		    -1 ||
	    here.port != entry->a.addr.port)
		return 0;
	if (socket_remote6(entry->s, peer.ip, &peer.port, &peer.scope_id) == -1)
		return errno == ENOTCONN;
	return peer.port == here.port && memcmp(peer.ip, here.ip, 16) == 0 &&
	       peer.scope_id == here.scope_id;
}

int socket6_dial_complete(struct dial_entry *entry)
{
	if (is_its_own_peer(entry))
		return sys_fail(ECONNREFUSED);
	send_rest(entry);
	return entry->blocks ? sys_set_nonblock(entry->s, 0) : 0;
}
