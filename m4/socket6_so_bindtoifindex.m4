# SPDX-License-Identifier: ISC
# SOCKET6_SO_BINDTOIFINDEX
# ------------------------
# Linux 5.0.
AC_DEFUN([SOCKET6_SO_BINDTOIFINDEX], [
  SOCKET6_PROBE_NAME([so_bindtoifindex], [SO_BINDTOIFINDEX], [SO_BINDTODEVICE])
])
