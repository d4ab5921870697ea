# SPDX-License-Identifier: ISC
# SOCKET6_TCP_FASTOPEN_CONNECT
# ----------------------------
# Linux 4.11: the client side of TCP Fast Open.
AC_DEFUN([SOCKET6_TCP_FASTOPEN_CONNECT], [
  SOCKET6_PROBE_NAME([tcp_fastopen_connect], [TCP_FASTOPEN_CONNECT], [connect, then send])
])
