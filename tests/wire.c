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
	net_address("near", "192.0.2.1", 24);
	net_do("ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:02 dev near");
	if (!have_ipv6())
		return;
	net_address("near", "2001:db8::1", 64);
	net_do("ip neigh add 2001:db8::2 lladdr 02:00:00:00:00:02 dev near");
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

/* 1 if the frame is a SYN; finds its parts. */
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
	return g->len >= g->tcp + TCP_MIN && g->frame[g->tcp + FLAGS] == SYN;
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

/* RFC 9293 section 3.1; the pseudo-header is as long for both families. */
static void set_checksum(struct segment *g)
{
	size_t len = g->len - g->tcp;
	unsigned char *at = g->frame + g->tcp + CHECKSUM;
	size_t total;

	at[0] = at[1] = 0;
	total = sum(g->frame + g->addresses, 2 * g->address_len) + 6 + len +
		sum(g->frame + g->tcp, len);
	while (total > 0xffff)
		total = (total & 0xffff) + (total >> 16);
	at[0] = (unsigned char)(~total >> 8);
	at[1] = (unsigned char)~total;
}

/* The SYN itself goes back, with both ends swapped and acknowledged. */
void wire_answer(enum answer answer)
{
	struct segment g;
	unsigned char *tcp;
	uint32_t seq;

	receive_syn(&g);
	tcp = g.frame + g.tcp;
	swap(g.frame, 6);
	swap(g.frame + g.addresses, g.address_len);
	swap(tcp, 2);
	memcpy(&seq, tcp + SEQ, 4);
	seq = htonl(ntohl(seq) + 1);
	memcpy(tcp + ACK, &seq, 4);
	tcp[FLAGS] = ACKED | (answer == ACCEPTS ? SYN : RST);
	set_checksum(&g);
	ck_assert_int_eq(sendto(wire, g.frame, g.len, 0, NULL, 0),
			 (ssize_t)g.len);
}
