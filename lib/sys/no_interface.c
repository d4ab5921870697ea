/* SPDX-License-Identifier: ISC */
/* no_interface.c - why an interface, or a name, was not found. */
#include "sys.h"

/*
 * Linux says ENODEV, POSIX ENXIO, and of if_nametoindex nothing at all. Without
 * a socket to ask with, glibc says ENOENT and dietlibc EBADF; one is made to
 * learn the reason. If that succeeds, there was none a moment ago.
 */
int sys_no_interface(int none)
{
	int error;

	if (errno == 0 || errno == ENODEV || errno == ENXIO)
		return none;
	if (errno != ENOENT && errno != EBADF)
		return errno;
	error = sys_no_socket();
	return error ? error : EMFILE;
}

int sys_no_socket(void)
{
	int s = sys_socket(AF_INET, SOCK_DGRAM, 0, SOCKET_CLOEXEC);

	if (s == -1)
		return errno;
	close(s);
	return 0;
}
