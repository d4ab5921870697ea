/* SPDX-License-Identifier: ISC */
/* clock.c - microseconds that pass evenly. */
#include "sys.h"

#if HAVE_WINSOCK

int64_t sys_microseconds(void)
{
	LARGE_INTEGER now, second;

	QueryPerformanceFrequency(&second);
	QueryPerformanceCounter(&now);
	return now.QuadPart / second.QuadPart * 1000000 +
	       now.QuadPart % second.QuadPart * 1000000 / second.QuadPart;
}

#elif HAVE_CLOCK_MONOTONIC

# include <time.h>

int64_t sys_microseconds(void)
{
	struct timespec t = {0};

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

#else

# include <sys/time.h>

/* The time of day: all there is. When it is set, a wait changes with it. */
int64_t sys_microseconds(void)
{
	struct timeval t = {0};

	gettimeofday(&t, NULL);
	return (int64_t)t.tv_sec * 1000000 + t.tv_usec;
}

#endif
