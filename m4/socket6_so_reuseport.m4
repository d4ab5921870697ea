# SPDX-License-Identifier: ISC
# SOCKET6_SO_REUSEPORT
# --------------------
# Linux 3.9, the BSDs.
AC_DEFUN([SOCKET6_SO_REUSEPORT], [
  SOCKET6_PROBE_NAME([so_reuseport], [SO_REUSEPORT], [ENOPROTOOPT])
])
