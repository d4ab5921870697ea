# SPDX-License-Identifier: ISC
# SOCKET6_TCP_FASTOPEN
# --------------------
# RFC 7413: the server side.
AC_DEFUN([SOCKET6_TCP_FASTOPEN], [
  SOCKET6_PROBE_NAME([tcp_fastopen], [TCP_FASTOPEN], [ENOPROTOOPT])
])
