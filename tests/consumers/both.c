/* SPDX-License-Identifier: ISC */
/* both.c - libowfat for its other parts, and this library, in one process. */
#include <dlfcn.h>
#include <fmt.h>
#include <libowfat/socket.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* The family of what a library's own socket_tcp6 makes. */
static int family(void *library)
{
	int (*make)(void), value = -1, s;
	socklen_t len = sizeof(value);
	void *address = dlsym(library, "socket_tcp6");

	memcpy(&make, &address, sizeof(make));
	s = make();
	getsockopt(s, SOL_SOCKET, SO_DOMAIN, &value, &len);
	socket_close(s);
	return value;
}

int main(void)
{
	void *ours = dlopen("libsocket6.so.0", RTLD_NOLOAD | RTLD_LAZY);
	void *theirs = dlopen("libowfat.so.0", RTLD_NOLOAD | RTLD_LAZY);
	char text[FMT_ULONG];

	if (!ours || !theirs || fmt_ulong(text, 128) != 3)
		return 2;
	if (dlsym(ours, "socket_tcp6") == dlsym(theirs, "socket_tcp6"))
		return 3;
	noipv6 = 1;
	if (family(ours) != AF_INET || family(theirs) != AF_INET)
		return 4;
	noipv6 = 0;
	return family(ours) == AF_INET6 && family(theirs) == AF_INET6 ? 0 : 5;
}
