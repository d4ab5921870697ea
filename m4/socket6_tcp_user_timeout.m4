# SPDX-License-Identifier: ISC
# SOCKET6_TCP_USER_TIMEOUT
# ------------------------
# Linux 2.6.37, after RFC 5482.
AC_DEFUN([SOCKET6_TCP_USER_TIMEOUT], [
  SOCKET6_PROBE_NAME([tcp_user_timeout], [TCP_USER_TIMEOUT], [ENOPROTOOPT])
])
