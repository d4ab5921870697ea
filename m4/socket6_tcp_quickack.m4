# SPDX-License-Identifier: ISC
# SOCKET6_TCP_QUICKACK
# --------------------
# Linux 2.4.4.
AC_DEFUN([SOCKET6_TCP_QUICKACK], [
  SOCKET6_PROBE_NAME([tcp_quickack], [TCP_QUICKACK], [ENOPROTOOPT])
])
