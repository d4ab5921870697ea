# SPDX-License-Identifier: ISC
# SOCKET6_IPPROTO_MPTCP
# ---------------------
# Linux 5.6.
AC_DEFUN([SOCKET6_IPPROTO_MPTCP], [
  SOCKET6_PROBE_NAME([ipproto_mptcp], [IPPROTO_MPTCP], [its number, 262])
])
