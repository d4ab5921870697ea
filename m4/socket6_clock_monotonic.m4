# SPDX-License-Identifier: ISC
# SOCKET6_CLOCK_MONOTONIC
# -----------------------
# POSIX.1-2001.
AC_DEFUN([SOCKET6_CLOCK_MONOTONIC], [
  AC_SEARCH_LIBS([clock_gettime], [rt])
  SOCKET6_PROBE([clock_monotonic], [CLOCK_MONOTONIC], [#include <time.h>],
    [struct timespec t; return clock_gettime(CLOCK_MONOTONIC, &t);],
    [lib/sys/clock.c, gettimeofday])
])
