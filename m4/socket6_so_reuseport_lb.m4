# SPDX-License-Identifier: ISC
# SOCKET6_SO_REUSEPORT_LB
# -----------------------
# FreeBSD 12: there SO_REUSEPORT alone balances no load.
AC_DEFUN([SOCKET6_SO_REUSEPORT_LB], [
  SOCKET6_PROBE_NAME([so_reuseport_lb], [SO_REUSEPORT_LB], [SO_REUSEPORT])
])
