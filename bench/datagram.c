/* SPDX-License-Identifier: ISC */
/*
 * datagram.c - datagrams by the batch, beside code written by hand.
 *
 * usage: datagram ROUNDS BYTES [ADDRESS [PID]]
 *
 * Sends datagrams of so many bytes to a socket at the address, in the network
 * namespace of the process, and receives them, in every way below; the ways
 * take turns. Writes lines "BYTES WAY NANOSECONDS", a datagram's median.
 */
#include "config.h"

#include "common.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sched.h>
#include <socket6.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

/* A turn sends so many datagrams, which the receiver's queue has room for. */
enum { BATCH = 32, SEGMENTS = 64, TURN = 1024, PART = 65535, CONTROL = 256 };
enum { ALL = 31 }; /* SOCKET_INFO_ of the five fields */

static int tx, rx;
static size_t bytes;
/* Of one message, which has 65507 bytes at most; and of a turn. */
static size_t segments, total;
static struct sockaddr_in6 to;
static char out[SEGMENTS * 1472], in[8 * PART];
static struct socket_datagram6 records[TURN], taken[BATCH];

/* What a way sends at once: whether segments, and how many messages. */
struct shape {
	const char *name;
	int is_segmented;
	size_t messages;
	int info; /* asked of the receiver */
	void (*send)(const struct shape *shape);
	size_t (*receive)(const struct shape *shape);
};

/* ---- by hand ---- */

static void hand_sendto(const struct shape *shape)
{
	(void)shape;
	for (size_t i = 0; i < total; i++)
		sendto(tx, out, bytes, 0, (struct sockaddr *)&to, sizeof to);
}

static size_t hand_recvfrom(const struct shape *shape)
{
	struct sockaddr_in6 from;
	socklen_t len = sizeof from;

	(void)shape;
	return recvfrom(rx, in, PART, 0, (struct sockaddr *)&from, &len) >= 0;
}

/* A message with a source, and with the size of its segments. */
struct message {
	struct iovec piece;
	_Alignas(size_t) char control[CONTROL];
	struct sockaddr_in6 name;
};

static struct message outs[BATCH], ins[BATCH];
static struct mmsghdr out_headers[BATCH], in_headers[BATCH];

static void put(struct msghdr *m, int level, int type, const void *data,
		size_t len)
{
	struct cmsghdr *c = (void *)((char *)m->msg_control +
				     m->msg_controllen);

	c->cmsg_level = level;
	c->cmsg_type = type;
	c->cmsg_len = CMSG_LEN(len);
	memcpy(CMSG_DATA(c), data, len);
	m->msg_controllen += CMSG_SPACE(len);
}

static void hand_header(struct mmsghdr *h, struct message *x, size_t n)
{
	uint16_t segment = (uint16_t)bytes;

	x->piece.iov_base = out;
	x->piece.iov_len = n * bytes;
	memset(h, 0, sizeof *h);
	h->msg_hdr.msg_name = &to;
	h->msg_hdr.msg_namelen = sizeof to;
	h->msg_hdr.msg_iov = &x->piece;
	h->msg_hdr.msg_iovlen = 1;
	h->msg_hdr.msg_control = x->control;
	if (n > 1)
		put(&h->msg_hdr, IPPROTO_UDP, UDP_SEGMENT, &segment,
		    sizeof segment);
	if (h->msg_hdr.msg_controllen == 0)
		h->msg_hdr.msg_control = NULL;
}

static void hand_send(const struct shape *shape)
{
	size_t each = shape->is_segmented ? segments : 1;
	size_t left = total / each;

	while (left > 0) {
		size_t n = left < shape->messages ? left : shape->messages;

		for (size_t i = 0; i < n; i++)
			hand_header(&out_headers[i], &outs[i], each);
		if (n == 1)
			sendmsg(tx, &out_headers[0].msg_hdr, 0);
		else
			sendmmsg(tx, out_headers, (unsigned)n, 0);
		left -= n;
	}
}

/* The segment's size, and the peer, as a program would look for them. */
static size_t hand_count(const struct mmsghdr *h)
{
	int segment = 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(&h->msg_hdr); c;
	     c = CMSG_NXTHDR((struct msghdr *)&h->msg_hdr, c))
		if (c->cmsg_level == IPPROTO_UDP && c->cmsg_type == UDP_GRO)
			memcpy(&segment, CMSG_DATA(c), sizeof segment);
	return segment ? (h->msg_len + (size_t)segment - 1) / (size_t)segment
		       : 1;
}

static size_t parts_of(const struct shape *shape)
{
	return shape->info & SOCKET_INFO_SEGMENTS ? 8 : shape->messages;
}

static size_t hand_receive(const struct shape *shape)
{
	size_t n = parts_of(shape), count = 0;
	int got;

	for (size_t i = 0; i < n; i++) {
		struct msghdr *m = &in_headers[i].msg_hdr;

		ins[i].piece.iov_base = in + i * (sizeof in / n);
		ins[i].piece.iov_len = sizeof in / n;
		m->msg_name = &ins[i].name;
		m->msg_namelen = sizeof ins[i].name;
		m->msg_iov = &ins[i].piece;
		m->msg_iovlen = 1;
		m->msg_control = ins[i].control;
		m->msg_controllen = sizeof ins[i].control;
	}
	if (n > 1)
		got = recvmmsg(rx, in_headers, (unsigned)n, MSG_WAITFORONE,
			       NULL);
	else
		got = (in_headers[0].msg_len = (unsigned)recvmsg(
			       rx, &in_headers[0].msg_hdr, 0)) == UINT32_MAX
			      ? -1
			      : 1;
	for (int i = 0; i < got; i++)
		count += hand_count(&in_headers[i]);
	return count;
}

/* ---- by the library ---- */

static void prepare(size_t n, size_t each, int flags)
{
	memset(records, 0, n * sizeof records[0]);
	for (size_t i = 0; i < n; i++) {
		memcpy(records[i].peer.ip, &to.sin6_addr, 16);
		records[i].peer.port = ntohs(to.sin6_port);
		records[i].len = (uint32_t)(each * bytes);
		records[i].segment = (uint16_t)(each > 1 ? bytes : 0);
		records[i].flags = (uint16_t)flags;
	}
}

static void send_records(size_t n, size_t at_once)
{
	for (size_t i = 0; i < n; i += at_once)
		socket_sendmany6(tx, out, sizeof out, records + i,
				 n - i < at_once ? n - i : at_once);
}

static void our_send(const struct shape *shape)
{
	size_t each = shape->is_segmented ? segments : 1;
	size_t n = total / each;

	prepare(n, each, each > 1 ? 0 : SOCKET_DATAGRAM_SINGLY);
	send_records(n, shape->messages);
}

/* 64 plain records in a call: alike, so that they may be joined. */
static void our_merged(const struct shape *shape)
{
	(void)shape;
	prepare(total, 1, 0);
	for (size_t i = 0; i < total; i++)
		records[i].offset = (uint32_t)(i % segments * bytes);
	send_records(total, segments);
}

static size_t our_receive(const struct shape *shape)
{
	ssize_t n = socket_recvmany6(rx, in, sizeof in, taken, parts_of(shape));
	size_t count = 0;

	for (ssize_t i = 0; i < n; i++) {
		uint32_t segment = taken[i].segment;

		count += segment ? (taken[i].len + segment - 1) / segment : 1;
	}
	return count;
}

/* Each way by hand, then by the library where it has one. */
static const struct shape shapes[] = {
	{"one-by-one", 0, 1, 0, hand_sendto, hand_recvfrom},
	{"hand-message", 0, 1, 0, hand_send, hand_receive},
	{"one-record", 0, 1, 0, our_send, our_receive},
	{"hand-batch", 0, BATCH, 0, hand_send, hand_receive},
	{"batch", 0, BATCH, 0, our_send, our_receive},
	{"batch-with-fields", 0, BATCH, ALL, our_send, our_receive},
	{"hand-gso", 1, 1, 0, hand_send, hand_receive},
	{"merged", 0, SEGMENTS, 0, our_merged, our_receive},
	{"hand-gso-gro", 1, 1, SOCKET_INFO_SEGMENTS, hand_send, hand_receive},
	{"segments", 1, 1, SOCKET_INFO_SEGMENTS, our_send, our_receive},
	{"merged-gro", 0, SEGMENTS, SOCKET_INFO_SEGMENTS, our_merged,
	 our_receive},
	{"hand-gso-gro-8", 1, 8, SOCKET_INFO_SEGMENTS, hand_send, hand_receive},
	{"segments-8", 1, 8, SOCKET_INFO_SEGMENTS, our_send, our_receive},
};

enum { SHAPES = sizeof shapes / sizeof shapes[0], ROUNDS = 255 };

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The nanoseconds of a datagram, sent and received; the queue is empty then. */
static double turn(const struct shape *shape)
{
	double began;
	size_t count = 0;

	socket_recvinfo6(rx, shape->info);
	began = now();
	shape->send(shape);
	while (count < total) {
		size_t n = shape->receive(shape);

		if (n == 0)
			must(-1, shape->name);
		count += n;
	}
	return (now() - began) * 1e9 / (double)total;
}

static int new_socket(void)
{
	int s = must(socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
	struct timeval patience = {5, 0};
	int size = 64 << 20;

	setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
	setsockopt(s, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	return s;
}

/* Moves into the network namespace of a process; where this one was. */
static int enter(const char *pid)
{
	char path[64];
	int before = must(open("/proc/self/ns/net", O_RDONLY), "namespace");
	int fd;

	snprintf(path, sizeof path, "/proc/%s/ns/net", pid);
	fd = must(open(path, O_RDONLY), path);
	must(setns(fd, CLONE_NEWNET), path);
	close(fd);
	return before;
}

static void open_receiver(const char *address, const char *pid)
{
	int before = pid ? enter(pid) : -1;
	socklen_t len = sizeof to;

	rx = new_socket();
	to.sin6_family = AF_INET6;
	if (inet_pton(AF_INET6, address, &to.sin6_addr) != 1)
		must(-1, address);
	must(bind(rx, (struct sockaddr *)&to, sizeof to), "bind");
	must(getsockname(rx, (struct sockaddr *)&to, &len), "getsockname");
	if (before != -1) {
		must(setns(before, CLONE_NEWNET), "setns");
		close(before);
	}
}

int main(int argc, char *argv[])
{
	static double times[SHAPES][ROUNDS];
	int rounds = argc > 2 ? atoi(argv[1]) : 0;

	bytes = argc > 2 ? (size_t)atoi(argv[2]) : 0;
	if (rounds < 1 || rounds > ROUNDS || bytes < 1 ||
	    bytes > sizeof out / SEGMENTS) {
		fputs("usage: datagram ROUNDS BYTES [ADDRESS [PID]]\n", stderr);
		return 2;
	}
	segments = 65507 / bytes < SEGMENTS ? 65507 / bytes : SEGMENTS;
	total = TURN / segments * segments;
	open_receiver(argc > 3 ? argv[3] : "::1", argc > 4 ? argv[4] : NULL);
	tx = new_socket();
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < SHAPES; i++)
			times[i][round] = turn(&shapes[i]);
	for (int i = 0; i < SHAPES; i++) {
		qsort(times[i], (size_t)rounds, sizeof times[i][0], compare);
		printf("%zu %s %.1f\n", bytes, shapes[i].name,
		       times[i][rounds / 2]);
	}
	return 0;
}
