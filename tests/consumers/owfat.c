/* SPDX-License-Identifier: ISC */
/* owfat.c - a program as libowfat's documentation would have it. */
#include <libowfat/error.h>
#include <libowfat/ip6.h>
#include <libowfat/ndelay.h>
#include <libowfat/socket.h>
#include <libowfat/uint16.h>

/* Whether the connection that goes on at s was refused. */
static int refused(int s)
{
	while (!socket_connected(s))
		if (errno == error_connrefused)
			return 1;
		else if (errno != error_inprogress)
			return 0;
	return 0;
}

int main(void)
{
	char ip[16];
	uint32 scope_id;
	uint16 port = 1;
	int s = socket_tcp6();

	if (s == -1 || ndelay_on(s) == -1 || !scan_ip6if("::1", ip, &scope_id))
		return 2;
	if (socket_connect6(s, ip, port, scope_id) == 0)
		return 3;
	if (errno == error_connrefused)
		return 0;
	if (errno != error_inprogress && errno != error_wouldblock)
		return 4;
	return refused(s) ? 0 : 5;
}
