/* SPDX-License-Identifier: ISC */
/* every.c - C99 and C++98, with nothing that either has not. */
#include <socket6.h>
#include <stdio.h>

int main(void)
{
	struct socket_addr6 a;
	char text[IP6IFPORT_FMT];
	int l = socket_tcp6_flags(SOCKET_CLOEXEC);
	int s;

	if (l == -1 || socket_bind6(l, V6loopback, 0, 0) == -1 ||
	    socket_listen(l, 16) == -1 ||
	    socket_local6(l, a.ip, &a.port, &a.scope_id) == -1)
		return 1;
	fwrite(text, 1, fmt_ip6ifport(text, a.ip, a.port, a.scope_id), stdout);
	s = socket_dial6(&a, 1, 5000, 0);
	return s != -1 && socket_close(s) == 0 && socket_close(l) == 0 ? 0 : 1;
}
