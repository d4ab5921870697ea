/* SPDX-License-Identifier: ISC */
/*
 * ntp_server.c - tells the time: ntp_server PORT
 *
 * Like a server of RFC 5905: the answer says when the question arrived, by the
 * system's own time stamp, and when the answer leaves.
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 16, PART = 128, MESSAGE = 48, CLIENT = 3, SERVER = 4 };

/* Seconds from NTP's epoch, 1900, to 1970. */
static const int64_t epoch = 2208988800;
static const int64_t second = 1000000000;

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * second + t.tv_nsec;
}

static void put32(char *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (char)(value >> (24 - 8 * i));
}

/* 32 bits of seconds and 32 of their fraction. */
static void put_time(char *to, int64_t ns)
{
	uint64_t fraction = ((uint64_t)(ns % second) << 32) / (uint64_t)second;

	put32(to, (uint32_t)(ns / second + epoch));
	put32(to + 4, (uint32_t)fraction);
}

/* Turns a question into its answer, in place; 0 if it is none. */
static int answer(char *m, struct socket_datagram6 *g)
{
	int version = m[0] >> 3 & 7;
	int64_t arrived = g->time ? g->time : now();

	if (g->len < MESSAGE || (m[0] & 7) != CLIENT || version < 1)
		return 0;
	memcpy(m + 24, m + 40, 8);	      /* originate: the asker's time */
	m[0] = (char)(version << 3 | SERVER); /* no leap second */
	m[1] = 1;			      /* stratum: a clock of its own */
	m[3] = '\xec'; /* precision: 2 to the -20th, a microsecond */
	memset(m + 4, 0, 8);
	memcpy(m + 12, "LOCL", 4);
	put_time(m + 16, arrived);
	put_time(m + 32, arrived);
	put_time(m + 40, now());
	g->len = MESSAGE;
	return 1;
}

static void serve(int s)
{
	char buf[BATCH * PART];
	struct socket_datagram6 grams[BATCH];
	ssize_t n = socket_recvmany6(s, buf, sizeof buf, grams, BATCH);
	size_t answers = 0;

	for (ssize_t i = 0; i < n; i++)
		if (answer(buf + grams[i].offset, &grams[i]))
			grams[answers++] = grams[i];
	/* One that cannot go is lost, with those after it: they ask again. */
	socket_sendmany6(s, buf, sizeof buf, grams, answers);
}

int main(int argc, char *argv[])
{
	int port = argc == 2 ? atoi(argv[1]) : -1;
	int what = SOCKET_INFO_LOCAL | SOCKET_INFO_TIME;
	struct pollfd p = {.events = POLLIN};
	uint16_t bound = 0;

	if (port < 0 || port > 65535) {
		fputs("usage: ntp_server PORT\n", stderr);
		return 2;
	}
	p.fd = socket_udp6();
	if (p.fd == -1 || socket_recvinfo6(p.fd, what) == -1 ||
	    socket_bind6(p.fd, V6any, (uint16_t)port, 0) == -1 ||
	    socket_local6(p.fd, NULL, &bound, NULL) == -1) {
		fprintf(stderr, "ntp_server: %s\n", socket_error(errno));
		return 1;
	}
	printf("port %u\n", (unsigned)bound);
	fflush(stdout);
	for (;;) {
		poll(&p, 1, -1);
		serve(p.fd);
	}
}
