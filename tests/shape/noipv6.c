/* SPDX-License-Identifier: ISC */
/*
 * noipv6.c - noipv6.sh compiles this in several ways, each with -include of
 * the socket.h that the program was written for.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int asked; /* for sockets that are not IPv4 */

/* The library's calls come here: a system without IPv6. */
int socket(int family, int type, int protocol)
{
	if (family != AF_INET) {
		asked++;
		errno = EAFNOSUPPORT;
		return -1;
	}
	return (int)syscall(SYS_socket, family, type, protocol);
}

static int family(int s)
{
	struct sockaddr_storage sa;
	socklen_t len = sizeof sa;

	return getsockname(s, (struct sockaddr *)&sa, &len) == 0 ? sa.ss_family
								 : -1;
}

static int report(const char *what)
{
	puts(what);
	return 1;
}

int main(void)
{
	noipv6 = 1;
	if (family(socket_tcp6()) != AF_INET || asked)
		return report("the library does not read the program's noipv6");
	noipv6 = 0;
	if (family(socket_tcp6()) != AF_INET || !asked)
		return report("the library did not ask for IPv6");
	if (!noipv6)
		return report("the program does not read the library's noipv6");
	return 0;
}
