# SPDX-License-Identifier: ISC
# SOCKET6_SOCK_NONBLOCK
# ---------------------
# Linux 2.6.27, FreeBSD 10, POSIX.1-2024.
AC_DEFUN([SOCKET6_SOCK_NONBLOCK], [
  SOCKET6_PROBE([sock_nonblock], [SOCK_NONBLOCK and SOCK_CLOEXEC], [],
    [return socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);],
    [lib/sys/socket.c, fcntl])
])
