# SPDX-License-Identifier: ISC
# SOCKET6_TCP_CONNECTION_INFO
# ---------------------------
# macOS's name of TCP_INFO.
AC_DEFUN([SOCKET6_TCP_CONNECTION_INFO], [
  SOCKET6_PROBE_NAME([tcp_connection_info], [TCP_CONNECTION_INFO], [lib/sys/pending.c, its port])
])
