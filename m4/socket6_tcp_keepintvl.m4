# SPDX-License-Identifier: ISC
# SOCKET6_TCP_KEEPINTVL
# ---------------------
# Most systems.
AC_DEFUN([SOCKET6_TCP_KEEPINTVL], [
  SOCKET6_PROBE_NAME([tcp_keepintvl], [TCP_KEEPINTVL, TCP_KEEPCNT], [ENOPROTOOPT])
])
