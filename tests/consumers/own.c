/* SPDX-License-Identifier: ISC */
/* own.c - a program with a socket_close of its own, which ours never calls. */
#include <socket6/dial.h>

static int calls;

int socket_close(int s)
{
	(void)s;
	return ++calls;
}

/* Nobody listens at port 1, so that the dial closes what it opened. */
int main(void)
{
	struct socket_addr6 nobody = {.ip = {[15] = 1}, .port = 1};

	return socket_dial6(&nobody, 1, 1000, NULL) != -1 || calls != 0;
}
