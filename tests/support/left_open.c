/* SPDX-License-Identifier: ISC */
/*
 * left_open.c - linked with a program, reports each socket that is open at the
 * end and was not at the beginning.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MOST = 65536 };
static char was_open[MOST];

static int is_socket(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode);
}

static void tell(void)
{
	for (int fd = 0; fd < MOST; fd++)
		if (is_socket(fd) && !was_open[fd])
			printf("%d is left open\n", fd);
}

__attribute__((constructor)) static void begin(void)
{
	for (int fd = 0; fd < MOST; fd++)
		was_open[fd] = (char)is_socket(fd);
	atexit(tell);
}
