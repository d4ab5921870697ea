# SPDX-License-Identifier: ISC
# SOCKET6_TCP_INFO
# ----------------
# Linux 2.4, FreeBSD 6, NetBSD, OpenBSD 7: the state of a connection.
AC_DEFUN([SOCKET6_TCP_INFO], [
  SOCKET6_PROBE_NAME([tcp_info], [TCP_INFO], [TCP_CONNECTION_INFO])
])
