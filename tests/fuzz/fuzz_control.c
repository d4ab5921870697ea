/* SPDX-License-Identifier: ISC */
/*
 * fuzz_control.c - ancillary data: what is read from any control messages
 * beside a slow reader, and what is written to send it back.
 */
#include "fuzz.h"

#include "datagram/control.h"

#include <string.h>

/* ---- a slow reader, of Linux's messages ---- */

#if defined __linux__ && HAVE_IP_PKTINFO && HAVE_IPI_SPEC_DST &&               \
	HAVE_SO_TIMESTAMPNS

enum { HEAD = sizeof(struct cmsghdr) };

/* A message: its level and type, and the bytes in it. */
struct message {
	int level, type;
	const char *data;
	size_t len;
};

/* The message there; the bytes that it takes with padding, or 0 for none. */
static size_t message_at(const char *at, size_t left, struct message *m)
{
	struct cmsghdr c;

	if (left < HEAD)
		return 0;
	memcpy(&c, at, sizeof c);
	if (c.cmsg_len < HEAD || c.cmsg_len > left)
		return 0;
	m->level = c.cmsg_level;
	m->type = c.cmsg_type;
	m->data = at + HEAD;
	m->len = c.cmsg_len - HEAD;
	return (c.cmsg_len + sizeof(size_t) - 1) / sizeof(size_t) *
	       sizeof(size_t);
}

static int16_t number(const struct message *m)
{
	int n;

	if (m->len < 1)
		return -1;
	if (m->len < 4)
		return (unsigned char)m->data[0];
	memcpy(&n, m->data, 4);
	return (int16_t)n;
}

static unsigned char at(const char *ip, int i)
{
	return (unsigned char)ip[i];
}

static void read_inet6(const struct message *m, struct socket_datagram6 *g)
{
	const char *ip = g->local.ip;
	int scope;

	if (m->type == IPV6_HOPLIMIT)
		g->hops = number(m);
	if (m->type == IPV6_TCLASS)
		g->tclass = number(m);
	if (m->type != IPV6_PKTINFO || m->len < 20)
		return;
	memcpy(g->local.ip, m->data, 16);
	memcpy(&g->ifindex, m->data + 16, 4);
	scope = at(ip, 1) & 15;
	if ((at(ip, 0) == 0xfe && at(ip, 1) >= 0x80 && at(ip, 1) <= 0xbf) ||
	    (at(ip, 0) == 0xff && (scope == 1 || scope == 2)))
		g->local.scope_id = g->ifindex;
	if (at(ip, 0) == 0xff ||
	    (addr_is_v4mapped(ip) &&
	     (at(ip, 12) / 16 == 14 ||
	      memcmp(ip + 12, "\xff\xff\xff\xff", 4) == 0)))
		g->flags |= SOCKET_DATAGRAM_GROUP;
}

static void read_inet(const struct message *m, struct socket_datagram6 *g)
{
	const char *ip = g->local.ip + 12;
	struct in_pktinfo info;

	if (m->type == IP_TTL || m->type == IP_RECVTTL)
		g->hops = number(m);
	if (m->type == IP_TOS || m->type == IP_RECVTOS)
		g->tclass = number(m);
	if (m->type != IP_PKTINFO || m->len < sizeof info)
		return;
	memcpy(&info, m->data, sizeof info);
	memcpy(g->local.ip, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
	memcpy(g->local.ip + 12, &info.ipi_addr, 4);
	if (info.ipi_ifindex)
		g->ifindex = (uint32_t)info.ipi_ifindex;
	if (memcmp(&info.ipi_spec_dst, &info.ipi_addr, 4) != 0 ||
	    at(ip, 0) / 16 == 14 || memcmp(ip, "\xff\xff\xff\xff", 4) == 0)
		g->flags |= SOCKET_DATAGRAM_GROUP;
}

static void read_socket(const struct message *m, struct socket_datagram6 *g)
{
	struct timespec t;
	int64_t seconds;

	if (m->type == SO_RXQ_OVFL && m->len >= 4)
		memcpy(&g->drops, m->data, 4);
	if (m->type != SCM_TIMESTAMPNS || m->len < sizeof t)
		return;
	memcpy(&t, m->data, sizeof t);
	seconds = t.tv_sec;
	g->time = 0;
	if (t.tv_nsec >= 0 && t.tv_nsec < 1000000000 &&
	    seconds >= -9223372036 && seconds < 9223372036)
		g->time = seconds * 1000000000 + t.tv_nsec;
}

static void reference_read(const char *p, size_t len,
			   struct socket_datagram6 *g)
{
	struct message m;
	size_t step;

	g->hops = g->tclass = -1;
	for (; (step = message_at(p, len, &m)) > 0; p += step, len -= step) {
		if (m.level == IPPROTO_IPV6)
			read_inet6(&m, g);
		if (m.level == IPPROTO_IP)
			read_inet(&m, g);
		if (m.level == SOL_SOCKET)
			read_socket(&m, g);
		if (m.level == IPPROTO_UDP && m.type == UDP_GRO && m.len >= 2)
			g->segment = (uint16_t)number(&m);
		if (step > len)
			break;
	}
}

static void compare(const char *control, size_t len,
		    const struct socket_datagram6 *g)
{
	struct socket_datagram6 expected;

	memset(&expected, 0, sizeof expected);
	reference_read(control, len, &expected);
	require(memcmp(&expected, g, sizeof expected) == 0);
}

#else

static void compare(const char *control, size_t len,
		    const struct socket_datagram6 *g)
{
	(void)control, (void)len, (void)g;
}

#endif

/* ---- what holds ---- */

static void control_of(struct msghdr *m, void *control, size_t len)
{
	memset(m, 0, sizeof *m);
	m->msg_control = control;
	m->msg_controllen = (sys_controllen)len;
}

static void check_report(const struct sys_report *r, const char *control,
			 size_t len)
{
	const char *sender = r->sender;

	require(!sender || (sender >= control && sender <= control + len));
	require(!sender || r->sender_len <= (size_t)(control + len - sender));
	require(r->icmp == 0 || r->icmp == 4 || r->icmp == 6);
}

/* What is written fits, and reads back as what was to be sent. */
static void check_written(const struct socket_datagram6 *g, int family)
{
	union sys_control_out *out = fuzz_aligned_room(sizeof *out);
	struct socket_datagram6 back = {.time = 0};
	size_t len = socket6_control_write(out, g, family, g->segment);
	struct msghdr m;

	require(len <= sizeof *out);
	control_of(&m, out->bytes, len);
	socket6_control_read(&m, &back, NULL);
	if (g->flags & SOCKET_DATAGRAM_HOPS && g->hops >= 0)
		require(back.hops == g->hops);
	else
		require(back.hops == -1);
	if (g->flags & SOCKET_DATAGRAM_TCLASS && g->tclass >= 0)
		require(back.tclass == g->tclass);
	else
		require(back.tclass == -1);
	fuzz_free(out);
}

/* A received record is a valid answer. */
static void check_answer(struct socket_datagram6 g, unsigned int choice)
{
	int family = socket6_control_family(&g);

	g.flags |= choice & 7;
	if (g.hops > 255)
		g.hops = 255;
	if (g.tclass > 255)
		g.tclass = 255;
	require(socket6_control_is_valid(&g));
	check_written(&g, family);
	if (socket6_control_is_none(&g) && !g.segment)
		require(socket6_control_write(&(union sys_control_out){0}, &g,
					      family, 0) == 0);
}

FUZZ(control)
{
	struct input in = {data, size};
	unsigned int choice = fuzz_byte(&in);
	struct sys_report report = {.sender = NULL};
	struct socket_datagram6 g, with_report;
	char *control = fuzz_aligned_room(in.left);
	struct msghdr m;

	if (in.left > 0)
		memcpy(control, in.at, in.left);
	memset(&g, 0, sizeof g);
	with_report = g;
	control_of(&m, control, in.left);
	socket6_control_read(&m, &g, NULL);
	compare(control, in.left, &g);
	socket6_control_read(&m, &with_report, &report);
	check_report(&report, control, in.left);
	require(memcmp(&g, &with_report, sizeof g) == 0);
	check_answer(g, choice);
	fuzz_free(control);
}
