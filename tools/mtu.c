/* SPDX-License-Identifier: ISC */
/* mtu.c - socket6 mtu: the largest packet of a path, and who says so. */
#include "config.h"
#include "draw.h"
#include "json.h"
#include "socket6.h"
#include "tell.h"

#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <string.h>

enum {
	ADDRESSES = 64,
	HOPS = 64,	 /* at most */
	TRIES = 3,	 /* of a probe that nobody answers */
	SILENT_HOPS = 3, /* one after the other: nobody is there */
	WAIT = 1000,	 /* milliseconds for an answer */
	HEADERS4 = 28,	 /* bytes of IP and UDP */
	HEADERS6 = 48,
	MOST = 65535,
};

struct path {
	const struct options *o;
	struct socket_addr6 to;
	int s;
	int headers;
	int mtu;	  /* what fits as far as is known */
	uint16_t number;  /* of the last probe */
	int64_t sent;	  /* when it went */
	int64_t deadline; /* of -w, or 0 */
	struct socket_report6 report;
};

/* What became of a probe. */
enum { REACHED, PASSED, TOO_BIG, SILENT, REFUSED };

/* Whether a report is of the last probe: it brings back its first bytes. */
static int is_ours(const struct path *p, const char *bytes)
{
	uint16_t number;

	if (p->report.gram.len < sizeof number)
		return 1;
	memcpy(&number, bytes, sizeof number);
	return number == p->number;
}

/* ICMP's and ICMPv6's "time exceeded". */
static int is_time_exceeded(const struct socket_report6 *r)
{
	return (r->icmp == 4 && r->icmp_type == 11) ||
	       (r->icmp == 6 && r->icmp_type == 3);
}

static int judge(struct path *p)
{
	const struct socket_report6 *r = &p->report;

	/* What is not even the headers is forged. */
	if (r->error == EMSGSIZE && (int)r->mtu > p->headers + 2 &&
	    (int)r->mtu < p->mtu) {
		p->mtu = (int)r->mtu;
		return TOO_BIG;
	}
	/* A router's firewall says so too. */
	if (r->error == ECONNREFUSED)
		return memcmp(r->sender.ip, p->to.ip, sizeof p->to.ip) == 0
			       ? REACHED
			       : REFUSED;
	return is_time_exceeded(r) ? PASSED : REFUSED;
}

/* Milliseconds that an answer may still take. */
static int time_left(const struct path *p)
{
	int64_t now = time_now(), until = p->sent + WAIT * 1000;

	if (p->deadline && p->deadline < until)
		until = p->deadline;
	return until > now ? (int)((until - now + 999) / 1000) : 0;
}

static int hear(struct path *p)
{
	struct pollfd fds = {.fd = p->s, .events = POLLIN};
	struct socket_datagram6 g;
	char bytes[8];
	int left;

	while ((left = time_left(p)) > 0) {
		if (poll(&fds, 1, left) != 1)
			continue;
		if (socket_recverror6(p->s, bytes, sizeof bytes, &p->report,
				      1) == 1) {
			if (is_ours(p, bytes))
				return judge(p);
			continue;
		}
		/* An answer, or an error that is in no queue. */
		if (socket_recvmany6(p->s, bytes, sizeof bytes, &g, 1) == 1) {
			p->report.sender = p->to;
			return REACHED;
		}
	}
	return SILENT;
}

/* This host does not even send it: the queue has the interface's MTU. */
static int refused_here(struct path *p)
{
	int became = REFUSED;
	char bytes[8];

	while (socket_recverror6(p->s, bytes, sizeof bytes, &p->report, 1) == 1)
		if (judge(p) == TOO_BIG)
			became = TOO_BIG;
	return became;
}

/* One packet as large as the MTU, which goes so many hops. */
static int probe(struct path *p, int hops)
{
	static char bytes[MOST];
	struct socket_datagram6 g = {.flags = SOCKET_DATAGRAM_HOPS};

	p->number++;
	memcpy(bytes, &p->number, sizeof p->number);
	g.hops = (int16_t)hops;
	g.len = (uint32_t)(p->mtu - p->headers);
	p->sent = time_now();
	if (socket_sendmany6(p->s, bytes, sizeof bytes, &g, 1) == -1) {
		p->report.error = errno;
		return errno == EMSGSIZE ? refused_here(p) : REFUSED;
	}
	return hear(p);
}

static void list_hop(const struct path *p, int hops, int became)
{
	static const char *const states[] = {"reached", "passed", "too_big",
					     "silent", "refused"};
	FILE *out = p->o->told;

	json_begin(out, "hop");
	json_number(out, "hop", hops);
	if (became != SILENT)
		json_address(out, &p->report.sender);
	json_text(out, "state", states[became]);
	json_number(out, "time_us", time_now() - p->sent);
	json_number(out, "mtu", p->mtu);
	json_end(out);
}

/* A line for each hop, and for each router whose next link is smaller. */
static void tell_hop(const struct path *p, int hops, int became)
{
	const struct socket_addr6 *from = &p->report.sender;
	char text[IP6IF_FMT + 1];

	if (p->o->json)
		list_hop(p, hops, became);
	else if (!p->o->quiet && became == SILENT)
		fprintf(p->o->told, "%2d  *\n", hops);
	else if (!p->o->quiet) {
		text[fmt_ip6ifc(text, from->ip, from->scope_id)] = '\0';
		fprintf(p->o->told, "%2d  %s  %s  %d%s\n", hops, text,
			draw_time(time_now() - p->sent).text, p->mtu,
			became == TOO_BIG ? " and no more" : "");
	}
	fflush(p->o->told);
}

/* The same probe, until somebody says something of it. */
static int probe_hop(struct path *p, int hops)
{
	int became = SILENT;

	for (int i = 0; i < TRIES && became == SILENT; i++) {
		became = probe(p, hops);
		/* Of this host's own MTU there is nothing to draw. */
		if (became == TOO_BIG && p->report.icmp)
			tell_hop(p, hops, became);
		if (became == TOO_BIG)
			i = -1, became = SILENT;
		if (p->deadline && time_now() >= p->deadline)
			break;
	}
	if (became == SILENT)
		memset(&p->report, 0, sizeof p->report);
	if (became != REFUSED)
		tell_hop(p, hops, became);
	return became;
}

static int tell_mtu(const struct path *p)
{
	if (p->o->json) {
		json_begin(p->o->told, "mtu");
		json_address(p->o->told, &p->to);
		json_number(p->o->told, "mtu", p->mtu);
		json_end(p->o->told);
	} else {
		fprintf(p->o->told, "%d bytes to %s\n", p->mtu,
			address_text(&p->to).text);
	}
	return DONE;
}

/* Hop by hop, as traceroute does, each time with all that fits so far. */
static int trace(struct path *p)
{
	int silent = 0;

	for (int hops = 1; hops <= HOPS; hops++) {
		int became = probe_hop(p, hops);

		if (became == REACHED)
			return tell_mtu(p);
		if (became == REFUSED)
			return complain(FAILED, p->report.error, "%s: %s",
					p->o->target->host,
					socket_error(p->report.error));
		silent = became == SILENT ? silent + 1 : 0;
		if (silent == SILENT_HOPS ||
		    (p->deadline && time_now() >= p->deadline))
			break;
	}
	return complain(TIME_IS_UP, ETIMEDOUT, "%s: timed out: no answer",
			p->o->target->host);
}

static int open_path(struct path *p)
{
	int is_4 = ip6_isv4mapped(p->to.ip);

	p->headers = is_4 ? HEADERS4 : HEADERS6;
	p->mtu = MOST;
	p->s = is_4 ? socket_udp4() : socket_udp6();
	if (p->s == -1)
		return -1;
	if (socket_recvinfo6(p->s, SOCKET_INFO_ERRORS) != SOCKET_INFO_ERRORS) {
		errno = ENOPROTOOPT;
		return -1;
	}
	if (socket_mtudiscover6(p->s, SOCKET_MTU_PROBE) == -1)
		return -1;
	/* Nobody else is heard. */
	return socket_connect6(p->s, p->to.ip, p->to.port, p->to.scope_id);
}

int mtu(const struct options *o, char *const *words, int n)
{
	const struct target *target = o->target;
	struct socket_addr6 a[ADDRESSES];
	struct path p = {.o = o};
	int found = resolve(o, target->host,
			    target->service ? target->service : "33434", a,
			    ADDRESSES);
	int status;

	(void)words, (void)n; /* they are o->target */
	if (found < 0)
		return -found;
	p.to = *a;
	if (o->milliseconds > 0)
		p.deadline = time_now() + o->milliseconds * (int64_t)1000;
	if (open_path(&p) == -1)
		status = complain(FAILED, errno, "%s: %s", target->host,
				  socket_error(errno));
	else
		status = trace(&p);
	socket_close(p.s);
	return status;
}
