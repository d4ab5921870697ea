# SPDX-License-Identifier: ISC
# SOCKET6_IPPROTO_SCTP
# --------------------
# RFC 6458.
AC_DEFUN([SOCKET6_IPPROTO_SCTP], [
  SOCKET6_PROBE_NAME([ipproto_sctp], [IPPROTO_SCTP], [its number, 132])
])
