# SPDX-License-Identifier: ISC
# SOCKET6_ACCEPT4
# ---------------
# Linux 2.6.28, FreeBSD 10, POSIX.1-2024. Its flags are SOCK_NONBLOCK and
# SOCK_CLOEXEC: without those there is no use in it.
AC_DEFUN([SOCKET6_ACCEPT4], [
  AC_REQUIRE([SOCKET6_SOCK_NONBLOCK])
  AS_IF([test "$socket6_cv_sock_nonblock" = no], [socket6_cv_accept4=no])
  SOCKET6_PROBE([accept4], [accept4], [], [return accept4(0, 0, 0, 0);],
    [lib/sys/accept4.c, accept and fcntl])
])
