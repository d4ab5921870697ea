# SPDX-License-Identifier: ISC
# SOCKET6_TCP_DEFER_ACCEPT
# ------------------------
# Linux 2.4.
AC_DEFUN([SOCKET6_TCP_DEFER_ACCEPT], [
  SOCKET6_PROBE_NAME([tcp_defer_accept], [TCP_DEFER_ACCEPT], [SO_ACCEPTFILTER])
])
