/* SPDX-License-Identifier: ISC */
/*
 * name_server.c - a name server for tests: a name says how it is answered.
 *
 * A name is any number of labels before "test". A label is a mode of both
 * families, or, after "a-" or "aaaa-", of one. Modes add up, and case does not
 * count:
 *
 *	now.test			both are answered at once
 *	aaaa-never.test			A at once, AAAA never
 *	a-400ms.aaaa-servfail.test	A after 400 ms, AAAA fails at once
 *	aaaa-70x.a-192-0-2-9.test	70 addresses, and one
 *
 *	now			is answered at once, as what has no mode
 *	17			the same; tells names apart: 17.never.test
 *	400ms			is answered so much later, at most a minute
 *	never, silent		is not answered
 *	formerr, servfail,	is answered with this error;
 *	nx, notimp, refused	nx is NXDOMAIN
 *	nodata			exists, but has no address of that family
 *	70x			has so many addresses, at most 2000: the server's
 *				own and those that follow it
 *	192-0-2-9, 2001-db8--9	has this address, after a- or aaaa- alone; with
 *				other such labels at most 8 in their order, and
 *				after those of 70x
 *	cname-3			is an alias of an alias of an alias, at most 9
 *	tc			is truncated by UDP and whole by TCP
 *	twice			is answered by two datagrams
 *
 * A name without an address of its own has the server's. A question for any
 * other type takes the modes of both families, and no address. ipv4only.arpa is
 * what RFC 7050 says, AAAA if the server has a prefix of NAT64, with the modes of
 * the name that the server has for it. Any other name is NXDOMAIN, one with a
 * misspelt mode too.
 *
 * An answer has no TTL, so that nobody keeps it, and as many records as fit:
 * into 512 bytes, or what EDNS allows, by UDP.
 */
#include "config.h"

#include "name_server.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* RFC 1035 sections 3.2 and 4.1, RFC 3596, RFC 6891. */
enum { TYPE_A = 1, TYPE_CNAME = 5, TYPE_AAAA = 28, TYPE_OPT = 41 };
enum { CLASS_IN = 1 };
enum { HEADER = 12, FLAGS = 2, QDCOUNT = 4, ANCOUNT = 6, ARCOUNT = 10 };
enum { QR = 0x80, OPCODE = 0x78, AA = 0x04, TC = 0x02, RD = 0x01, RA = 0x80 };
enum { FORMERR = 1, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED };
enum { NAME_MAX_BYTES = 255, LABEL_MAX = 63, OPT_BYTES = 11, EDNS_MAX = 4096 };

/* ---- what a name asks for ---- */

enum { GIVEN_MAX = 8 };

struct plan {
	int delay, silent, rcode, nodata, count, truncated, copies;
	int aliases, alias_at; /* alias_at: where their digit is in the query */
	int apart;
	int given;
	unsigned char ip[GIVEN_MAX][16];
};

/* Of A, of AAAA, and of all other types. */
enum { A, AAAA, OTHER, PLANS };

/* # stands for a number up to value, which the field becomes. */
static const struct mode {
	const char *pattern;
	size_t field;
	int value;
} modes[] = {
	{"now", offsetof(struct plan, delay), 0},
	{"#", offsetof(struct plan, apart), 999999999},
	{"#ms", offsetof(struct plan, delay), 60000},
	{"never", offsetof(struct plan, silent), 1},
	{"silent", offsetof(struct plan, silent), 1},
	{"formerr", offsetof(struct plan, rcode), FORMERR},
	{"servfail", offsetof(struct plan, rcode), SERVFAIL},
	{"nx", offsetof(struct plan, rcode), NXDOMAIN},
	{"notimp", offsetof(struct plan, rcode), NOTIMP},
	{"refused", offsetof(struct plan, rcode), REFUSED},
	{"nodata", offsetof(struct plan, nodata), 1},
	{"#x", offsetof(struct plan, count), 2000},
	{"cname-#", offsetof(struct plan, aliases), 9},
	{"tc", offsetof(struct plan, truncated), 1},
	{"twice", offsetof(struct plan, copies), 2},
};
enum { MODES = sizeof modes / sizeof modes[0] };

static int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number at *text, or most + 1 for more; *text moves past it. */
static int number_at(const char **text, int most)
{
	long n = 0;

	for (; is_digit(**text); ++*text)
		n = n > most ? n : n * 10 + (**text - '0');
	return n > most ? most + 1 : (int)n;
}

/* Whether the word is of that mode, and what its field becomes. */
static int is_mode(const struct mode *mode, const char *word, int *value)
{
	const char *p = mode->pattern;

	*value = mode->value;
	for (; *p; p++) {
		if (*p == '#' && is_digit(*word))
			*value = number_at(&word, mode->value);
		else if (*p != *word++)
			return 0;
	}
	return !*word && *value <= mode->value;
}

static int give(struct plan *plan, const void *ip, size_t len)
{
	if (plan->given == GIVEN_MAX)
		return 0;
	memcpy(plan->ip[plan->given++], ip, len);
	return 1;
}

/* The library's own, for the systems' ones take more, or less. */
static int read_ip(const char *text, int is_ipv4, unsigned char *ip)
{
	char bytes[16];
	size_t len = is_ipv4 ? scan_ip4(text, bytes) : scan_ip6(text, bytes);

	/* scan_ip6 reads a dotted quad as well. */
	if (len == 0 || text[len] || is_ipv4 != !strchr(text, ':'))
		return 0;
	memcpy(ip, bytes, is_ipv4 ? 4 : 16);
	return 1;
}

/* An address, whose dots or colons are dashes in a name. */
static int take_address(struct plan *plan, int family, const char *word)
{
	char text[LABEL_MAX + 1];
	unsigned char ip[16];
	size_t i;

	if (family == OTHER)
		return 0;
	for (i = 0; word[i]; i++)
		text[i] = word[i] != '-' ? word[i] : family == A ? '.' : ':';
	text[i] = 0;
	return read_ip(text, family == A, ip) &&
	       give(plan, ip, family == A ? 4 : 16);
}

/* Adds a word to a plan; at is where it ends in the query. */
static int take_word(struct plan *plan, int family, const char *word, int at)
{
	int i = 0, value;

	while (i < MODES && !is_mode(&modes[i], word, &value))
		i++;
	if (i == MODES)
		return take_address(plan, family, word);
	*(int *)((char *)plan + modes[i].field) = value;
	if (modes[i].field == offsetof(struct plan, aliases))
		plan->alias_at = at - 1;
	return 1;
}

/* Adds a label to the plans that it is for; 0 if it is none. */
static int take_label(struct plan plans[PLANS], const char *label, int at)
{
	if (strncmp(label, "a-", 2) == 0)
		return take_word(&plans[A], A, label + 2, at);
	if (strncmp(label, "aaaa-", 5) == 0)
		return take_word(&plans[AAAA], AAAA, label + 5, at);
	return take_word(&plans[A], OTHER, label, at) &&
	       take_word(&plans[AAAA], OTHER, label, at) &&
	       take_word(&plans[OTHER], OTHER, label, at);
}

/* ---- what is asked ---- */

struct question {
	size_t end; /* of the question in the query */
	int rcode;  /* an error, if it cannot be read */
	int type, class;
	size_t room;		       /* of an answer by UDP */
	int edns;		       /* whether an answer tells its own */
	char name[NAME_MAX_BYTES + 2]; /* text, in small letters */
};

static int get16(const unsigned char *p)
{
	return p[0] << 8 | p[1];
}

static void put16(unsigned char *p, int n)
{
	p[0] = (unsigned char)(n >> 8);
	p[1] = (unsigned char)n;
}

/* A byte of a name in the text that is compared and logged. */
static char plain(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c > ' ' && c < 127 && c != '.' ? (char)c : '?';
}

/* Reads a name without compression; where it ends, or 0. */
static size_t read_name(const unsigned char *query, size_t len, char *text)
{
	size_t at = HEADER, n = 0;

	while (at < len && query[at] && query[at] <= LABEL_MAX) {
		size_t end = at + 1 + query[at];

		if (end >= len || end - HEADER >= NAME_MAX_BYTES)
			return 0;
		while (++at < end)
			text[n++] = plain(query[at]);
		text[n++] = '.';
	}
	text[n > 0 ? n - 1 : 0] = 0;
	return at < len && query[at] == 0 ? at + 1 : 0;
}

/* The record of EDNS, if it follows the question. */
static void read_edns(const unsigned char *query, size_t len,
		      struct question *q)
{
	const unsigned char *opt = query + q->end;

	q->room = 512;
	q->edns = get16(query + ARCOUNT) > 0 && len - q->end >= OPT_BYTES &&
		  opt[0] == 0 && get16(opt + 1) == TYPE_OPT;
	if (q->edns && get16(opt + 3) > 512)
		q->room = (size_t)get16(opt + 3);
	if (q->room > EDNS_MAX)
		q->room = EDNS_MAX;
}

/* Reads a query of at least a header; what it cannot read is rcode. */
static void read_question(const unsigned char *query, size_t len,
			  struct question *q)
{
	size_t end = read_name(query, len, q->name);

	q->end = HEADER;
	q->rcode = query[FLAGS] & OPCODE ? NOTIMP : FORMERR;
	q->room = 512;
	if (q->rcode == NOTIMP || get16(query + QDCOUNT) != 1 || end == 0 ||
	    len - end < 4)
		return;
	q->rcode = 0;
	q->type = get16(query + end);
	q->class = get16(query + end + 2);
	q->end = end + 4;
	read_edns(query, len, q);
}

static int is_query(const unsigned char *query, size_t len)
{
	return len >= HEADER && len <= QUERY_MAX && !(query[FLAGS] & QR);
}

/* ---- what is planned ---- */

/* All labels of a name in .test; 0 if one is none. */
static int take_labels(struct plan plans[PLANS], const char *name)
{
	char label[LABEL_MAX + 1];
	size_t len;
	const char *at = name;

	for (; strcmp(at, "test") != 0; at += len + 1) {
		len = strcspn(at, ".");
		if (!at[len] || len > LABEL_MAX)
			return 0;
		memcpy(label, at, len);
		label[len] = 0;
		/* In the query a length is before each label, not a dot after. */
		if (!take_label(plans, label,
				(int)(HEADER + 1 + (size_t)(at - name) + len)))
			return 0;
	}
	return 1;
}

/* RFC 7050 section 2.2, in the prefix by RFC 6052 section 2.2. */
static void plan_ipv4only(const struct name_server *ns,
			  struct plan plans[PLANS])
{
	static const unsigned char known[2][4] = {{192, 0, 0, 170},
						  {192, 0, 0, 171}};

	if (ns->ipv4only[0])
		take_labels(plans, ns->ipv4only);
	plans[AAAA].nodata |= !ns->nat64_bits;
	for (int k = 0; k < 2; k++) {
		unsigned char ip[16];
		int at = ns->nat64_bits / 8;

		give(&plans[A], known[k], 4);
		memcpy(ip, ns->nat64, 16);
		for (int i = 0; i < 4; i++) {
			at += at == 8; /* bits 64 to 71 are zero */
			ip[at++] = known[k][i];
		}
		give(&plans[AAAA], ip, 16);
	}
}

static int plan_of_type(int type)
{
	return type == TYPE_A ? A : type == TYPE_AAAA ? AAAA : OTHER;
}

static struct plan plan_error(int rcode)
{
	return (struct plan){.copies = 1, .rcode = rcode};
}

static struct plan plan_of(const struct name_server *ns,
			   const struct question *q)
{
	struct plan plans[PLANS] = {
		{.copies = 1}, {.copies = 1}, {.copies = 1}};

	if (q->rcode)
		return plan_error(q->rcode);
	if (q->class != CLASS_IN)
		return plan_error(REFUSED);
	if (strcmp(q->name, "ipv4only.arpa") == 0)
		plan_ipv4only(ns, plans);
	else if (!take_labels(plans, q->name))
		return plan_error(NXDOMAIN);
	return plans[plan_of_type(q->type)];
}

/* ---- what is answered ---- */

/* An answer that grows up to its room. */
struct answer {
	unsigned char *bytes;
	size_t len, room;
	const unsigned char *query;
	const struct question *q;
	int records;
};

static int put(struct answer *a, const void *bytes, size_t len)
{
	if (len > a->room - a->len)
		return 0;
	memcpy(a->bytes + a->len, bytes, len);
	a->len += len;
	return 1;
}

/* The name that was asked for, with so many aliases left. */
static int put_name(struct answer *a, const struct plan *plan, int left)
{
	size_t at = a->len;

	if (!put(a, a->query + HEADER, a->q->end - HEADER - 4))
		return 0;
	if (plan->aliases)
		a->bytes[at + (size_t)plan->alias_at - HEADER] =
			(unsigned char)('0' + left);
	return 1;
}

/* Type, class IN and TTL 0. */
static int put_type(struct answer *a, int type)
{
	unsigned char head[8] = {0, (unsigned char)type, 0, CLASS_IN};

	return put(a, head, sizeof head);
}

static int put_length(struct answer *a, size_t len)
{
	unsigned char bytes[2];

	put16(bytes, (int)len);
	return put(a, bytes, sizeof bytes);
}

/* Counts a record which is whole; what began at start is none if it is not. */
static int end_record(struct answer *a, size_t start, int whole)
{
	if (whole)
		a->records++;
	else
		a->len = start;
	return whole;
}

static int put_alias(struct answer *a, const struct plan *plan, int left)
{
	size_t start = a->len;

	return end_record(a, start,
			  put_name(a, plan, left) && put_type(a, TYPE_CNAME) &&
				  put_length(a, a->q->end - HEADER - 4) &&
				  put_name(a, plan, left - 1));
}

/* The name is whole only behind aliases: else it is the question's. */
static int put_owner(struct answer *a, const struct plan *plan)
{
	static const unsigned char question[2] = {0xc0, HEADER};

	return plan->aliases ? put_name(a, plan, 0) : put(a, question, 2);
}

static int put_address(struct answer *a, const struct plan *plan,
		       const unsigned char *ip, size_t len)
{
	size_t start = a->len;

	return end_record(a, start,
			  put_owner(a, plan) && put_type(a, a->q->type) &&
				  put_length(a, len) && put(a, ip, len));
}

/* The address so many after this one. */
static void advance(unsigned char *ip, size_t len, int steps)
{
	for (size_t i = len; i-- > 0 && steps > 0; steps >>= 8) {
		steps += ip[i];
		ip[i] = (unsigned char)steps;
	}
}

static int put_counted(struct answer *a, const struct plan *plan, int count,
		       const unsigned char *first, size_t len)
{
	unsigned char ip[16];

	for (int i = 0; i < count; i++) {
		memcpy(ip, first, len);
		advance(ip, len, i);
		if (!put_address(a, plan, ip, len))
			return 0;
	}
	return 1;
}

static int put_given(struct answer *a, const struct plan *plan, size_t len)
{
	for (int i = 0; i < plan->given; i++)
		if (!put_address(a, plan, plan->ip[i], len))
			return 0;
	return 1;
}

/* All the records; 0 if they do not fit. */
static int put_records(struct answer *a, const struct name_server *ns,
		       const struct plan *plan)
{
	int type = plan_of_type(a->q->type);
	size_t len = type == A ? 4 : 16;
	const unsigned char *own = type == A ? ns->a : ns->aaaa;
	int count = plan->count || plan->given ? plan->count : 1;

	for (int left = plan->aliases; left > 0; left--)
		if (!put_alias(a, plan, left))
			return 0;
	if (type == OTHER || plan->nodata)
		return 1;
	return put_counted(a, plan, count, own, len) && put_given(a, plan, len);
}

/* The head of the answer, and the question itself. */
static void put_head(struct answer *a, int rcode)
{
	put(a, a->query, a->q->end);
	memset(a->bytes + QDCOUNT, 0, HEADER - QDCOUNT);
	put16(a->bytes + QDCOUNT, a->q->end > HEADER);
	a->bytes[FLAGS] = (unsigned char)(QR | AA |
					  (a->query[FLAGS] & (OPCODE | RD)));
	a->bytes[FLAGS + 1] = (unsigned char)(RA | rcode);
}

/* For who speaks EDNS; the room for it was kept. */
static void put_edns(struct answer *a)
{
	static const unsigned char opt[OPT_BYTES] = {
		0, 0, TYPE_OPT, EDNS_MAX >> 8, EDNS_MAX & 0xff};

	if (!a->q->edns)
		return;
	a->room += sizeof opt;
	put(a, opt, sizeof opt);
	put16(a->bytes + ARCOUNT, 1);
}

static size_t put_answer(struct answer *a, const struct name_server *ns,
			 const struct plan *plan, int tcp)
{
	int whole = tcp || !plan->truncated;

	put_head(a, plan->rcode);
	if (!plan->rcode && whole)
		whole = put_records(a, ns, plan);
	if (!whole)
		a->bytes[FLAGS] |= TC;
	put16(a->bytes + ANCOUNT, a->records);
	put_edns(a);
	return a->len;
}

void name_server_reply(const struct name_server *ns, const unsigned char *query,
		       size_t len, int tcp, struct reply *reply)
{
	struct question q = {0};
	struct answer a = {.bytes = reply->bytes, .query = query, .q = &q};
	struct plan plan;

	reply->copies = 0;
	if (!is_query(query, len))
		return;
	read_question(query, len, &q);
	plan = plan_of(ns, &q);
	a.room = (tcp ? REPLY_MAX : q.room) - (q.edns ? OPT_BYTES : 0);
	reply->len = put_answer(&a, ns, &plan, tcp);
	reply->delay = plan.delay;
	reply->copies = plan.silent ? 0 : tcp ? 1 : plan.copies;
}

/* ---- the log ---- */

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static const char *type_text(int type)
{
	static char number[16];

	if (type == TYPE_A)
		return "A";
	if (type == TYPE_AAAA)
		return "AAAA";
	snprintf(number, sizeof number, "TYPE%d", type); /* RFC 3597 */
	return number;
}

static void note(const struct name_server *ns, const unsigned char *query,
		 size_t len, int tcp)
{
	char line[NAME_MAX_BYTES + 64];
	struct question q = {0};
	int n;

	if (ns->log == -1 || !is_query(query, len))
		return;
	read_question(query, len, &q);
	n = snprintf(line, sizeof line, "%s %s %s %lld\n",
		     q.rcode || !q.name[0] ? "." : q.name, type_text(q.type),
		     tcp ? "tcp" : "udp", now());
	/* A log that lacks a query would be worse than no answer. */
	if (write(ns->log, line, (size_t)n) != n)
		abort();
}

/* ---- who has asked ---- */

enum { WAITING_MAX = 16384, CONNECTIONS = 256 };

/* By UDP the address; by TCP the connection, and which of its slot it was. */
struct asker {
	struct sockaddr_storage from;
	socklen_t from_len;
	int slot; /* -1: by UDP */
	unsigned long serial;
};

struct waiting {
	struct asker asker;
	size_t len;
	unsigned char query[QUERY_MAX];
};

struct connection {
	int s; /* -1: none */
	unsigned long serial;
	size_t len;
	unsigned char buf[2 + QUERY_MAX];
};

static struct server {
	const struct name_server *ns;
	const int *s;
	struct connection connections[CONNECTIONS];
	unsigned long serials;
	/* What waits is dense; next is when the first is due, if one waits. */
	int waits;
	long long next;
	long long due[WAITING_MAX];
	struct waiting waiting[WAITING_MAX];
	struct reply reply;
} server;

static void hang_up(struct connection *c)
{
	close(c->s);
	c->s = -1;
}

/* The buffer has room for one answer, see open_at; who reads none, loses. */
static void send_by_tcp(const struct asker *to, const struct reply *reply)
{
	struct connection *c = &server.connections[to->slot];
	static unsigned char bytes[2 + REPLY_MAX];
	ssize_t len = (ssize_t)reply->len + 2;

	if (c->s == -1 || c->serial != to->serial)
		return;
	put16(bytes, (int)reply->len);
	memcpy(bytes + 2, reply->bytes, reply->len);
	if (send(c->s, bytes, (size_t)len, MSG_DONTWAIT) != len)
		hang_up(c);
}

static void send_reply(const struct asker *to, const struct reply *reply)
{
	if (to->slot >= 0) {
		send_by_tcp(to, reply);
		return;
	}
	for (int i = 0; i < reply->copies; i++)
		sendto(server.s[UDP], reply->bytes, reply->len, MSG_DONTWAIT,
		       (const struct sockaddr *)&to->from, to->from_len);
}

static void wait_until(long long due, const struct asker *asker,
		       const unsigned char *query, size_t len)
{
	struct waiting *w = &server.waiting[server.waits];

	if (server.waits == WAITING_MAX)
		return;
	w->asker = *asker;
	w->len = len;
	memcpy(w->query, query, len);
	if (server.waits == 0 || due < server.next)
		server.next = due;
	server.due[server.waits++] = due;
}

static void take_query(const struct asker *asker, const unsigned char *query,
		       size_t len)
{
	struct reply *reply = &server.reply;
	int tcp = asker->slot >= 0;

	note(server.ns, query, len, tcp);
	name_server_reply(server.ns, query, len, tcp, reply);
	if (reply->copies > 0 && reply->delay > 0)
		wait_until(now() + reply->delay * 1000LL, asker, query, len);
	else if (reply->copies > 0)
		send_reply(asker, reply);
}

/* The last of what waits takes the place of one that was answered. */
static void answer_waiting(int i)
{
	const struct waiting *w = &server.waiting[i];

	name_server_reply(server.ns, w->query, w->len, w->asker.slot >= 0,
			  &server.reply);
	send_reply(&w->asker, &server.reply);
	server.waits--;
	server.waiting[i] = server.waiting[server.waits];
	server.due[i] = server.due[server.waits];
}

static void answer_due(void)
{
	long long time = now();
	int i = 0;

	if (server.waits == 0 || server.next > time)
		return;
	while (i < server.waits) {
		if (server.due[i] <= time)
			answer_waiting(i);
		else
			i++;
	}
	for (i = 0; i < server.waits; i++)
		if (i == 0 || server.due[i] < server.next)
			server.next = server.due[i];
}

/* ---- sockets ---- */

/* A system that has no such option has none of that number. */
#ifndef SO_RCVBUFFORCE
# define SO_RCVBUFFORCE (-1)
#endif

/* As much as there may be: for thousands of queries at once, and an answer. */
static void widen(int s)
{
	int bytes = 1 << 23, small = 1 << 17;

	setsockopt(s, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
	if (setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) ==
	    -1)
		setsockopt(s, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
}

/* The address of a text, at a port; its length, or 0. */
static socklen_t address_of(const char *text, uint16_t port,
			    struct sockaddr_storage *to)
{
	struct sockaddr_in *in = (struct sockaddr_in *)to;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)to;
	unsigned char ip[16];

	memset(to, 0, sizeof *to);
	/* The port is in the same place of both. */
	in->sin_port = htons(port);
	if (read_ip(text, 1, ip)) {
		to->ss_family = AF_INET;
		memcpy(&in->sin_addr, ip, 4);
		return sizeof *in;
	}
	if (!read_ip(text, 0, ip))
		return 0;
	to->ss_family = AF_INET6;
	memcpy(&in6->sin6_addr, ip, 16);
	return sizeof *in6;
}

static int open_at(const struct sockaddr_storage *at, socklen_t len, int type)
{
	int s = socket(at->ss_family, type, 0);
	int one = 1;

	if (s == -1)
		return -1;
	if (type == SOCK_STREAM)
		setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	widen(s);
	fcntl(s, F_SETFL, O_NONBLOCK);
	if (bind(s, (const struct sockaddr *)at, len) == 0 &&
	    (type == SOCK_DGRAM || listen(s, CONNECTIONS) == 0))
		return s;
	close(s);
	return -1;
}

int name_server_open(const char *address, uint16_t *port, int s[TRANSPORTS])
{
	struct sockaddr_storage at;
	socklen_t len = address_of(address, *port, &at);

	if (len == 0) {
		errno = EINVAL;
		return -1;
	}
	if ((s[TCP] = open_at(&at, len, SOCK_STREAM)) == -1)
		return -1;
	/* The port that TCP has got, if any would do. */
	if (getsockname(s[TCP], (struct sockaddr *)&at, &len) == 0 &&
	    (s[UDP] = open_at(&at, len, SOCK_DGRAM)) != -1) {
		*port = ntohs(((struct sockaddr_in *)&at)->sin_port);
		return 0;
	}
	close(s[TCP]);
	return -1;
}

/* ---- the server ---- */

enum { AT_ONCE = 64, ONE_SECOND = 1000 };

static void take_datagrams(void)
{
	unsigned char query[QUERY_MAX + 1];
	struct asker asker = {.slot = -1};

	for (int i = 0; i < AT_ONCE; i++) {
		ssize_t n;

		asker.from_len = sizeof asker.from;
		n = recvfrom(server.s[UDP], query, sizeof query, MSG_DONTWAIT,
			     (struct sockaddr *)&asker.from, &asker.from_len);
		if (n < 0)
			return;
		take_query(&asker, query, (size_t)n);
	}
}

static void take_connection(void)
{
	int s = accept(server.s[TCP], NULL, NULL);
	int i = 0;

	while (i < CONNECTIONS && server.connections[i].s != -1)
		i++;
	if (s == -1)
		return;
	if (i == CONNECTIONS) {
		close(s);
		return;
	}
	server.connections[i].s = s;
	server.connections[i].serial = ++server.serials;
	server.connections[i].len = 0;
}

/* Takes the first query out of the buffer, if it is there. */
static int take_message(int slot)
{
	struct connection *c = &server.connections[slot];
	struct asker asker = {.slot = slot, .serial = c->serial};
	size_t len = c->len < 2 ? 0 : (size_t)get16(c->buf);

	if (c->s == -1 || c->len < 2 || (len <= QUERY_MAX && c->len < 2 + len))
		return 0;
	if (len > QUERY_MAX) {
		hang_up(c);
		return 0;
	}
	take_query(&asker, c->buf + 2, len);
	c->len -= 2 + len;
	memmove(c->buf, c->buf + 2 + len, c->len);
	return 1;
}

static void take_bytes(int slot)
{
	struct connection *c = &server.connections[slot];
	ssize_t n = recv(c->s, c->buf + c->len, sizeof c->buf - c->len,
			 MSG_DONTWAIT);

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		hang_up(c);
	if (n <= 0)
		return;
	c->len += (size_t)n;
	while (take_message(slot))
		;
}

/* Until the next answer is due, and not for long: the parent may end. */
static int patience(void)
{
	long long left = server.next - now();

	if (server.waits == 0 || left > ONE_SECOND * 1000LL)
		return ONE_SECOND;
	return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

static void serve(void)
{
	struct pollfd fds[TRANSPORTS + CONNECTIONS];

	for (int i = 0; i < TRANSPORTS; i++)
		fds[i] = (struct pollfd){server.s[i], POLLIN, 0};
	for (int i = 0; i < CONNECTIONS; i++)
		fds[TRANSPORTS + i] = (struct pollfd){server.connections[i].s,
						      POLLIN, 0};
	if (poll(fds, TRANSPORTS + CONNECTIONS, patience()) == -1)
		return;
	for (int i = 0; i < CONNECTIONS; i++)
		if (fds[TRANSPORTS + i].revents)
			take_bytes(i);
	if (fds[UDP].revents)
		take_datagrams();
	if (fds[TCP].revents)
		take_connection();
}

void name_server_run(const struct name_server *ns, const int s[TRANSPORTS],
		     pid_t parent)
{
	signal(SIGPIPE, SIG_IGN);
	server.ns = ns;
	server.s = s;
	for (int i = 0; i < CONNECTIONS; i++)
		server.connections[i].s = -1;
	while (getppid() == parent) {
		serve();
		answer_due();
	}
}

/* ---- its addresses ---- */

void name_server_init(struct name_server *ns)
{
	*ns = (struct name_server){
		.a = {127, 0, 0, 1}, .aaaa = {[15] = 1}, .log = -1};
}

int name_server_address(struct name_server *ns, const char *text)
{
	return read_ip(text, 1, ns->a) || read_ip(text, 0, ns->aaaa) ? 0 : -1;
}

/* RFC 6052 section 2.2: the lengths that there are. */
static int is_nat64_length(long bits)
{
	return bits == 96 || bits == 64 || bits == 56 || bits == 48 ||
	       bits == 40 || bits == 32;
}

int name_server_nat64(struct name_server *ns, const char *text)
{
	char ip[64], *end;
	const char *slash = strchr(text, '/');
	long bits = slash ? strtol(slash + 1, &end, 10) : 0;

	if (!is_nat64_length(bits) || *end ||
	    (size_t)(slash - text) >= sizeof ip)
		return -1;
	memcpy(ip, text, (size_t)(slash - text));
	ip[slash - text] = 0;
	if (!read_ip(ip, 0, ns->nat64))
		return -1;
	ns->nat64_bits = (int)bits;
	return 0;
}

int name_server_ipv4only(struct name_server *ns, const char *name)
{
	struct plan plans[PLANS] = {{.copies = 1}};
	size_t len = strlen(name);

	if (len >= sizeof ns->ipv4only || strcmp(name, "test") == 0 ||
	    !take_labels(plans, name))
		return -1;
	for (int i = 0; i < PLANS; i++)
		if (plans[i].given || plans[i].count || plans[i].aliases)
			return -1;
	memcpy(ns->ipv4only, name, len + 1);
	return 0;
}
