# SPDX-License-Identifier: ISC
# SOCKET6_IP_BOUND_IF
# -------------------
# macOS.
AC_DEFUN([SOCKET6_IP_BOUND_IF], [
  SOCKET6_PROBE_NAME([ip_bound_if], [IP_BOUND_IF, IPV6_BOUND_IF], [ENOPROTOOPT])
])
