/* SPDX-License-Identifier: ISC */
/*
 * segments_receive.c - writes to standard output what segments_send sends:
 * segments_receive PORT
 *
 * Ends after the last packet. Status 1 if one is missing or out of order: a
 * QUIC stack would ask for it again.
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>

enum { RECORDS = 4, PART = 65535, NUMBER = 4 };

static uint32_t expected;
static int is_last, is_wrong;

/* One packet: its number, then data. */
static void take(const char *packet, size_t len)
{
	uint32_t number = 0;

	if (len < NUMBER)
		return;
	for (int i = 0; i < NUMBER; i++)
		number = number << 8 | (unsigned char)packet[i];
	is_wrong |= number != expected;
	expected = number + 1;
	is_last = len == NUMBER;
	fwrite(packet + NUMBER, 1, len - NUMBER, stdout);
}

/* Every packet of a record: one, or one in every segment bytes. */
static void take_all(const char *buf, const struct socket_datagram6 *g)
{
	uint32_t step = g->segment ? g->segment : g->len;

	for (uint32_t at = 0; at < g->len; at += step)
		take(buf + g->offset + at,
		     g->len - at < step ? g->len - at : step);
	is_wrong |= g->flags & SOCKET_DATAGRAM_TRUNCATED;
}

int main(int argc, char *argv[])
{
	static char buf[RECORDS * PART];
	struct socket_datagram6 grams[RECORDS];
	int port = argc == 2 ? atoi(argv[1]) : -1;
	struct pollfd p = {.events = POLLIN};
	uint16_t bound = 0;

	if (port < 0 || port > 65535) {
		fputs("usage: segments_receive PORT\n", stderr);
		return 2;
	}
	p.fd = socket_udp6();
	socket_tryreservein(p.fd, 4 << 20);
	if (p.fd == -1 || socket_recvinfo6(p.fd, SOCKET_INFO_SEGMENTS) == -1 ||
	    socket_bind6(p.fd, V6any, (uint16_t)port, 0) == -1 ||
	    socket_local6(p.fd, NULL, &bound, NULL) == -1) {
		fprintf(stderr, "segments_receive: %s\n", socket_error(errno));
		return 1;
	}
	fprintf(stderr, "port %u\n", (unsigned)bound);
	while (!is_last) {
		ssize_t n;

		poll(&p, 1, -1);
		n = socket_recvmany6(p.fd, buf, sizeof buf, grams, RECORDS);
		for (ssize_t i = 0; i < n; i++)
			take_all(buf, &grams[i]);
	}
	fflush(stdout);
	return is_wrong ? 1 : 0;
}
