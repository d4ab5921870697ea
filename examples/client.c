/* SPDX-License-Identifier: ISC */
/* client.c - says hello without blocking: client '[::1]:80' */
#include <errno.h>
#include <poll.h>
#include <socket6.h>
#include <stdio.h>

static int read_address(const char *text, struct socket_addr6 *a)
{
	size_t n = scan_ip6ifport(text, a->ip, &a->port, &a->scope_id);

	return n > 0 && text[n] == '\0';
}

/* 1 if s is connected; 0 if it is not, and errno is the reason. */
static int connected(int s, const struct socket_addr6 *a)
{
	struct pollfd p = {.fd = s, .events = POLLOUT};

	if (socket_connect6(s, a->ip, a->port, a->scope_id) == 0)
		return 1;
	if (errno != EINPROGRESS && errno != EWOULDBLOCK)
		return 0;
	poll(&p, 1, 5000); /* an event loop serves others meanwhile */
	return socket_connected(s);
}

int main(int argc, char *argv[])
{
	struct socket_addr6 a;
	int ok, s;

	if (argc != 2 || !read_address(argv[1], &a)) {
		fputs("usage: client ADDRESS:PORT\n", stderr);
		return 2;
	}
	s = socket_tcp6();
	ok = s != -1 && connected(s, &a);
	ok = ok && socket_write(s, "hello\n", 6) == 6;
	if (!ok)
		fprintf(stderr, "%s\n", socket_error(errno));
	socket_close(s);
	return ok ? 0 : 1;
}
