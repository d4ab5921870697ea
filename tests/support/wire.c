/* SPDX-License-Identifier: ISC */
/* wire.c - a peer that answers a connection when the test says so. */
#include "config.h"

#include "net.h"
#include "platform.h"
#include "wire.h"

#include <stdio.h>

const struct place wires[WIRES] = {
	{"IPv4", "192.0.2.2", 4, 0},
	{"v4-mapped", "::ffff:192.0.2.2", 6, 0},
	{"IPv6", "2001:db8::2", 6, 0},
};

static int wire = -1;

/* Where things stand in a TCP header (RFC 9293 section 3.1). */
enum { SEQ = 4, ACK = 8, FLAGS = 13, CHECKSUM = 16, TCP_MIN = 20 };
enum { SYN = 0x02, RST = 0x04, ACKED = 0x10 };

/* Packets of every protocol, ETH_P_ALL. */
enum { EVERY = 3 };

static void open_far(void *arg)
{
	struct sockaddr_ll here = {.sll_family = AF_PACKET};

	(void)arg;
	here.sll_protocol = htons(EVERY);
	here.sll_ifindex = (int)if_nametoindex("far");
	wire = socket(AF_PACKET, SOCK_RAW, htons(EVERY));
	ck_assert_int_ge(wire, 0);
	ck_assert_int_eq(bind(wire, (struct sockaddr *)&here, sizeof here), 0);
}

void wire_open(void)
{
	far_run(open_far, NULL);
	net_addresses("near", have_ipv6() ? "192.0.2.1/24 2001:db8::1/64"
					  : "192.0.2.1/24");
	net_ip("neigh add 192.0.2.2 lladdr 02:00:00:00:00:02 dev near\n%s",
	       have_ipv6() ? "neigh add 2001:db8::2 lladdr 02:00:00:00:00:02 "
			     "dev near"
			   : "");
}

void wire_drain(void)
{
	char frame[2048];

	while (recv(wire, frame, sizeof frame, MSG_DONTWAIT) >= 0)
		;
}

/* A received TCP segment: its frame, and what the checksum covers. */
struct segment {
	unsigned char frame[2048];
	size_t len;
	size_t addresses, address_len; /* source, then destination */
	size_t tcp;
};

/* 1 if the frame is a SYN, be it an answer; finds its parts. */
static int parse(struct segment *g)
{
	const unsigned char *type = g->frame + 12;

	if (type[0] == 0x08 && type[1] == 0x00 && g->frame[14 + 9] == 6) {
		g->addresses = 14 + 12;
		g->address_len = 4;
		g->tcp = 14 + 20;
	} else if (type[0] == 0x86 && type[1] == 0xdd &&
		   g->frame[14 + 6] == 6) {
		g->addresses = 14 + 8;
		g->address_len = 16;
		g->tcp = 14 + 40;
	} else {
		return 0;
	}
	return g->len >= g->tcp + TCP_MIN && g->frame[g->tcp + FLAGS] & SYN;
}

static void receive_syn(struct segment *g)
{
	struct pollfd p = {wire, POLLIN, 0};
	ssize_t n;

	do {
		ck_assert_int_eq(poll(&p, 1, 5000), 1);
		n = recv(wire, g->frame, sizeof g->frame, 0);
		ck_assert_int_gt(n, 0);
		g->len = (size_t)n;
	} while (!parse(g));
}

static void swap(unsigned char *a, size_t len)
{
	unsigned char first[16];

	memcpy(first, a, len);
	memcpy(a, a + len, len);
	memcpy(a + len, first, len);
}

static unsigned long sum(const unsigned char *p, size_t len)
{
	unsigned long total = 0;

	for (size_t i = 0; i + 1 < len; i += 2)
		total += (unsigned long)p[i] << 8 | p[i + 1];
	return total + (len % 2 ? (unsigned long)p[len - 1] << 8 : 0);
}

/* The Internet checksum (RFC 1071) of what was summed. */
static void put_sum(unsigned char *at, size_t total)
{
	while (total > 0xffff)
		total = (total & 0xffff) + (total >> 16);
	at[0] = (unsigned char)(~total >> 8);
	at[1] = (unsigned char)~total;
}

/* RFC 9293 section 3.1; the pseudo-header is as long for both families. */
static void set_checksum(struct segment *g)
{
	size_t len = g->len - g->tcp;
	unsigned char *at = g->frame + g->tcp + CHECKSUM;

	at[0] = at[1] = 0;
	put_sum(at, sum(g->frame + g->addresses, 2 * g->address_len) + 6 + len +
			    sum(g->frame + g->tcp, len));
}

/* The segment itself goes back, with both ends swapped. */
static void turn_round(struct segment *g)
{
	swap(g->frame, 6);
	swap(g->frame + g->addresses, g->address_len);
	swap(g->frame + g->tcp, 2);
}

static void send_segment(struct segment *g)
{
	set_checksum(g);
	ck_assert_int_eq(sendto(wire, g->frame, g->len, 0, NULL, 0),
			 (ssize_t)g->len);
}

static uint32_t number_at(const unsigned char *p)
{
	uint32_t n;

	memcpy(&n, p, 4);
	return ntohl(n);
}

static void put_number(unsigned char *p, uint32_t n)
{
	n = htonl(n);
	memcpy(p, &n, 4);
}

void wire_answer(enum answer answer)
{
	struct segment g;
	unsigned char *tcp;
	int is_second;

	receive_syn(&g);
	turn_round(&g);
	tcp = g.frame + g.tcp;
	is_second = tcp[FLAGS] & ACKED;
	tcp[FLAGS] = answer == REFUSES ? RST : is_second ? 0 : SYN;
	if (is_second) /* the number that it acknowledges is our next one */
		swap(tcp + SEQ, 4);
	else
		memcpy(tcp + ACK, tcp + SEQ, 4);
	if (answer != OPENS_TOO) {
		put_number(tcp + ACK, number_at(tcp + ACK) + 1);
		tcp[FLAGS] |= ACKED;
	}
	send_segment(&g);
}

/* What is half open has a peer; poll says nothing of it. */
int wire_traffic_class(void)
{
	struct segment g;
	const unsigned char *ip = g.frame + 14;

	receive_syn(&g);
	return ip[0] >> 4 == 4 ? ip[1] : (ip[0] & 15) << 4 | ip[1] >> 4;
}

void wire_open_half(int s)
{
	struct sockaddr_storage a;
	socklen_t len;

	wire_answer(OPENS_TOO);
	for (int i = 0; i < PATIENCE; i++) {
		len = sizeof a;
		if (getpeername(s, (struct sockaddr *)&a, &len) == 0)
			return;
		poll(NULL, 0, 1);
	}
	ck_abort_msg("not half open");
}

/* The length of an IP packet, and of IPv4 the sum of its header. */
static void set_ip_length(struct segment *g)
{
	unsigned char *ip = g->frame + 14;
	size_t len = g->len - 14 - (g->address_len == 16 ? 40 : 0);
	unsigned char *at = ip + (g->address_len == 16 ? 4 : 2);

	at[0] = (unsigned char)(len >> 8);
	at[1] = (unsigned char)len;
	if (g->address_len == 16)
		return;
	ip[10] = ip[11] = 0;
	put_sum(ip + 10, sum(ip, 20));
}

void wire_connect(uint16_t port, const char *buf, size_t len)
{
	struct segment g;
	unsigned char *tcp;

	receive_syn(&g);
	turn_round(&g);
	tcp = g.frame + g.tcp;
	tcp[2] = (unsigned char)(port >> 8);
	tcp[3] = (unsigned char)port;
	memcpy(g.frame + g.len, buf, len);
	g.len += len;
	set_ip_length(&g);
	send_segment(&g);
}
