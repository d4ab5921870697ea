/* SPDX-License-Identifier: ISC */
/*
 * segments_send.c - sends standard input in numbered packets, as a QUIC stack
 * would: segments_send ADDRESS:PORT
 *
 * One record is up to 64 packets, which the system divides if it can. There is
 * no congestion control here: this is for a local network, and a test.
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <string.h>

/* A packet is its number, then data. The last one has none. */
enum { PACKETS = 64, NUMBER = 4, DATA = 1196, PACKET = NUMBER + DATA };

static void put_number(char *to, uint32_t number)
{
	for (int i = 0; i < NUMBER; i++)
		to[i] = (char)(number >> (24 - 8 * i));
}

/* Fills buf with packets, of which the last may be shorter; its bytes. */
static size_t fill(char *buf, uint32_t *number)
{
	size_t len = 0;

	for (int i = 0; i < PACKETS; i++) {
		size_t data = fread(buf + len + NUMBER, 1, DATA, stdin);

		if (data == 0)
			break;
		put_number(buf + len, (*number)++);
		len += NUMBER + data;
		if (data < DATA)
			break;
	}
	return len;
}

/* Sends a record whole: what does not fit waits until there is room. */
static int send_record(int s, const char *buf, struct socket_datagram6 *g)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};

	while (socket_sendmany6(s, buf, g->offset + g->len, g, 1) == -1) {
		if (errno != EAGAIN)
			return 0;
		poll(&p, 1, -1); /* g says what is left */
	}
	return 1;
}

int main(int argc, char *argv[])
{
	static char buf[PACKETS * PACKET];
	struct socket_datagram6 g = {.segment = PACKET};
	const char *text = argc == 2 ? argv[1] : "";
	uint32_t number = 0;
	int s = socket_udp6(), ok = s != -1;
	size_t len;

	if (text[scan_ip6ifport(text, g.peer.ip, &g.peer.port,
				&g.peer.scope_id)] ||
	    !*text) {
		fputs("usage: segments_send ADDRESS:PORT\n", stderr);
		return 2;
	}
	/* As QUIC does: no packet is fragmented on the way. */
	socket_mtudiscover6(s, SOCKET_MTU_PATH);
	while (ok && (len = fill(buf, &number)) > 0) {
		g.offset = 0;
		g.len = (uint32_t)len;
		ok = send_record(s, buf, &g);
	}
	put_number(buf, number);
	g.offset = 0;
	g.len = NUMBER;
	ok = ok && send_record(s, buf, &g);
	if (!ok)
		fprintf(stderr, "segments_send: %s\n", socket_error(errno));
	return ok ? 0 : 1;
}
