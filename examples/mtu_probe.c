/* SPDX-License-Identifier: ISC */
/*
 * mtu_probe.c - finds the MTU of the path to an address: mtu_probe ADDRESS
 *
 * Sends datagrams to a port that nobody has, and hears of each by ICMP: port
 * unreachable, it arrived; too big, and how big it may be; or nothing. Needs
 * the error queue of Linux, and no root. (RFC 8899 does so with acknowledgements
 * of the peer's, where ICMP may be lost.)
 */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>
#include <string.h>

enum { PORT = 33434, SILENCES = 3, WAIT = 1000, LEAST = 576, MOST = 65535 };
enum { ARRIVED, TOO_BIG, SILENT, FAILED };

struct path {
	int s;
	struct socket_addr6 to;
	int headers; /* of IP and UDP, in bytes */
	int mtu;     /* what a router said of a datagram that was too big */
};

/* Waits for the report of a probe; errno is the reason of FAILED. */
static int hear(struct path *path)
{
	struct pollfd p = {.fd = path->s, .events = POLLIN};
	struct socket_report6 r;
	char buf[1];

	while (poll(&p, 1, WAIT) == 1) {
		if (socket_recverror6(path->s, buf, 1, &r, 1) == -1) {
			/* An error that is in no queue is taken by a receive. */
			struct socket_datagram6 g;

			socket_recvmany6(path->s, buf, 1, &g, 1);
			continue;
		}
		path->mtu = (int)r.mtu;
		errno = r.error;
		if (r.error == EMSGSIZE)
			return TOO_BIG;
		return r.error == ECONNREFUSED ? ARRIVED : FAILED;
	}
	return SILENT;
}

/* The interface's MTU, of a datagram that this host did not even send. */
static int told_at_once(struct path *path)
{
	struct socket_report6 r;

	while (socket_recverror6(path->s, NULL, 0, &r, 1) == 1)
		path->mtu = (int)r.mtu;
	return TOO_BIG;
}

/* Sends a datagram of so many bytes with all headers; what became of it. */
static int probe(struct path *path, int size)
{
	static const char bytes[MOST];
	struct socket_datagram6 g = {.peer = path->to};

	g.len = (uint32_t)(size - path->headers);
	path->mtu = 0;
	for (int i = 0; i < SILENCES; i++) {
		int became;

		if (socket_sendmany6(path->s, bytes, sizeof bytes, &g, 1) == -1)
			return errno == EMSGSIZE ? told_at_once(path) : FAILED;
		became = hear(path);
		if (became != SILENT)
			return became;
	}
	return SILENT;
}

/* Halves what is between a size that arrives and one that does not. */
static int search(struct path *path)
{
	int least = 0, most = MOST + 1, size = MOST;

	while (most - least > 1) {
		int became = probe(path, size);

		if (became == FAILED)
			return -1;
		if (became == ARRIVED)
			least = size;
		else
			most = size;
		if (path->mtu > least && path->mtu < most)
			size = path->mtu;
		else
			size = least ? least + (most - least) / 2 : LEAST;
		if (size >= most)
			break;
	}
	errno = ETIMEDOUT; /* not even the least arrived */
	return least ? least : -1;
}

int main(int argc, char *argv[])
{
	struct path path = {.headers = 48};
	const char *text = argc == 2 ? argv[1] : "";
	int mtu = -1;

	if (text[scan_ip6if(text, path.to.ip, &path.to.scope_id)] || !*text) {
		fputs("usage: mtu_probe ADDRESS\n", stderr);
		return 2;
	}
	path.to.port = PORT;
	if (memcmp(path.to.ip, V4mappedprefix, 12) == 0)
		path.headers = 28;
	path.s = socket_udp6();
	if (socket_recvinfo6(path.s, SOCKET_INFO_ERRORS) ==
		    SOCKET_INFO_ERRORS &&
	    socket_mtudiscover6(path.s, SOCKET_MTU_PROBE) == 0)
		mtu = search(&path);
	else
		errno = ENOPROTOOPT;
	if (mtu == -1) {
		fprintf(stderr, "mtu_probe: %s\n", socket_error(errno));
		return 1;
	}
	printf("%d\n", mtu);
	return 0;
}
