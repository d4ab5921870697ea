/* SPDX-License-Identifier: ISC */
/*
 * dns_server.c - answers each question with the address it came from:
 * dns_server PORT
 *
 * Like a name server: UDP, both families, one socket for all addresses of the
 * host, many questions in a call. A asks for the asker's IPv4 address, AAAA for
 * its IPv6 one; any other question has no answer.
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BATCH = 32,
	PART = 512, /* the longest message without EDNS, RFC 1035 */
	HEADER = 12,
	ANSWER = 12, /* bytes of an answer before its address */
	TYPE_A = 1,
	TYPE_AAAA = 28,
};

static unsigned int read16(const char *p)
{
	return (unsigned int)((unsigned char)p[0] << 8 | (unsigned char)p[1]);
}

/* Where the first question ends; 0 if there is not just one. */
static size_t question_end(const char *m, size_t len)
{
	size_t at = HEADER;

	if (len < HEADER || m[2] & '\x80' || read16(m + 4) != 1)
		return 0;
	while (at < len && m[at] > 0)
		at += 1 + (size_t)m[at];
	return at + 5 <= len && m[at] == 0 ? at + 5 : 0;
}

/* Appends the asker's address, if it is of the type; its bytes. */
static size_t put_answer(char *to, unsigned int type, const char ip[16])
{
	int is_4 = memcmp(ip, V4mappedprefix, 12) == 0;
	size_t len = is_4 ? 4 : 16;

	if (type != (is_4 ? TYPE_A : TYPE_AAAA))
		return 0;
	/* The name is the question's; class IN, no time to live. */
	memcpy(to, "\xc0\x0c\0\0\0\1\0\0\0\0\0", ANSWER);
	to[3] = (char)type;
	to[11] = (char)len;
	memcpy(to + ANSWER, is_4 ? ip + 12 : ip, len);
	return ANSWER + len;
}

/* Turns a question into its answer, in place; 0 if it is none. */
static int answer(char *m, struct socket_datagram6 *g)
{
	size_t end = question_end(m, g->len), len;

	if (end == 0 || end + ANSWER + 16 > PART)
		return 0;
	len = put_answer(m + end, read16(m + end - 4), g->peer.ip);
	m[2] = (char)(m[2] | '\x84'); /* a response, with authority */
	m[3] = 0;
	memset(m + 6, 0, 6);
	m[7] = len > 0;
	g->len = (uint32_t)(end + len);
	return 1;
}

/* Sends what can be sent. A full queue loses the rest, as networks may. */
static void send_all(int s, const char *buf, struct socket_datagram6 *grams,
		     size_t n)
{
	size_t i = 0;

	while (i < n) {
		ssize_t k = socket_sendmany6(s, buf, BATCH * PART, grams + i,
					     n - i);

		if (k == -1 && errno == EAGAIN)
			return;
		i += k > 0 ? (size_t)k : 1; /* skips one that cannot go */
	}
}

/* Takes what waits, and answers it: the records are the answers'. */
static void serve(int s)
{
	static char buf[BATCH * PART];
	static struct socket_datagram6 grams[BATCH];
	ssize_t n = socket_recvmany6(s, buf, sizeof buf, grams, BATCH);
	size_t answers = 0;

	for (ssize_t i = 0; i < n; i++)
		if (answer(buf + grams[i].offset, &grams[i]))
			grams[answers++] = grams[i];
	send_all(s, buf, grams, answers);
}

int main(int argc, char *argv[])
{
	int port = argc == 2 ? atoi(argv[1]) : -1;
	struct pollfd p = {.events = POLLIN};
	uint16_t bound = 0;

	if (port < 0 || port > 65535) {
		fputs("usage: dns_server PORT\n", stderr);
		return 2;
	}
	p.fd = socket_udp6();
	if (p.fd == -1 || socket_recvinfo6(p.fd, SOCKET_INFO_LOCAL) == -1 ||
	    socket_bind6(p.fd, V6any, (uint16_t)port, 0) == -1 ||
	    socket_local6(p.fd, NULL, &bound, NULL) == -1) {
		fprintf(stderr, "dns_server: %s\n", socket_error(errno));
		return 1;
	}
	printf("port %u\n", (unsigned)bound);
	fflush(stdout);
	for (;;) {
		poll(&p, 1, -1);
		serve(p.fd);
	}
}
