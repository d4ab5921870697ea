/* SPDX-License-Identifier: ISC */
/* archives.c - takes from this library what libowfat has, and has not. */
#include <fmt.h>
#include <io.h>
#include <libowfat/ndelay.h>
#include <libowfat/socket.h>

int main(void)
{
	char text[FMT_ULONG];
	int s = socket_tcp6(), c = socket_tcp6_flags(SOCKET_CLOEXEC);

	if (s == -1 || c == -1 || !io_fd(s) || fmt_ulong(text, 128) != 3)
		return 1;
	if (ndelay_on(c) == -1 || socket_bind6(s, V6loopback, 0, 0) == -1)
		return 2;
	return socket_bind6_noport(c, V6loopback, 0) == 0 && !noipv6 ? 0 : 3;
}
