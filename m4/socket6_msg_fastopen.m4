# SPDX-License-Identifier: ISC
# SOCKET6_MSG_FASTOPEN
# --------------------
# Linux 3.7: the client side of TCP Fast Open.
AC_DEFUN([SOCKET6_MSG_FASTOPEN], [
  SOCKET6_PROBE_NAME([msg_fastopen], [MSG_FASTOPEN], [TCP_FASTOPEN_CONNECT])
])
