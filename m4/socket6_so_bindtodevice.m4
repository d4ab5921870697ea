# SPDX-License-Identifier: ISC
# SOCKET6_SO_BINDTODEVICE
# -----------------------
# Linux 2.0.30.
AC_DEFUN([SOCKET6_SO_BINDTODEVICE], [
  SOCKET6_PROBE_NAME([so_bindtodevice], [SO_BINDTODEVICE], [IP_BOUND_IF])
])
