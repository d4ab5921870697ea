# SPDX-License-Identifier: ISC
# SOCKET6_TCP_KEEPALIVE
# ---------------------
# macOS's name of TCP_KEEPIDLE.
AC_DEFUN([SOCKET6_TCP_KEEPALIVE], [
  SOCKET6_PROBE_NAME([tcp_keepalive], [TCP_KEEPALIVE], [TCP_KEEPIDLE])
])
