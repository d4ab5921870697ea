# SPDX-License-Identifier: ISC
# SOCKET6_ACCEPT4
# ---------------
# Linux 2.6.28, FreeBSD 10, POSIX.1-2024.
AC_DEFUN([SOCKET6_ACCEPT4], [
  SOCKET6_PROBE([accept4], [accept4], [], [return accept4(0, 0, 0, 0);],
    [lib/sys/accept4.c, accept and fcntl])
])
