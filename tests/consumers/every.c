/* SPDX-License-Identifier: ISC */
/* every.c - C99 and C++98, with nothing that either has not. */
#include <socket6.h>
#include <stdio.h>

int main(void)
{
	struct socket_addr6 a;
	char text[IP6IFPORT_FMT];
	int s = socket_tcp6_flags(SOCKET_CLOEXEC);

	if (s == -1 || socket_bind6(s, V6loopback, 0, 0) == -1 ||
	    socket_local6(s, a.ip, &a.port, &a.scope_id) == -1)
		return 1;
	fwrite(text, 1, fmt_ip6ifport(text, a.ip, a.port, a.scope_id), stdout);
	return socket_close(s) == 0 ? 0 : 1;
}
