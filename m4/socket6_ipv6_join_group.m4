# SPDX-License-Identifier: ISC
# SOCKET6_IPV6_JOIN_GROUP
# -----------------------
# RFC 3493, section 5.2.
AC_DEFUN([SOCKET6_IPV6_JOIN_GROUP], [
  SOCKET6_PROBE_NAME([ipv6_join_group], [IPV6_JOIN_GROUP, IPV6_LEAVE_GROUP], [RFC 2133's names])
])
