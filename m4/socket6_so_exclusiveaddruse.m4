# SPDX-License-Identifier: ISC
# SOCKET6_SO_EXCLUSIVEADDRUSE
# ---------------------------
# Windows.
AC_DEFUN([SOCKET6_SO_EXCLUSIVEADDRUSE], [
  SOCKET6_PROBE_NAME([so_exclusiveaddruse], [SO_EXCLUSIVEADDRUSE], [SO_REUSEADDR])
])
