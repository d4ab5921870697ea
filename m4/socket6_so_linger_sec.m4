# SPDX-License-Identifier: ISC
# SOCKET6_SO_LINGER_SEC
# ---------------------
# macOS, whose SO_LINGER counts ticks.
AC_DEFUN([SOCKET6_SO_LINGER_SEC], [
  SOCKET6_PROBE_NAME([so_linger_sec], [SO_LINGER_SEC], [SO_LINGER])
])
