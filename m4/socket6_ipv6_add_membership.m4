# SPDX-License-Identifier: ISC
# SOCKET6_IPV6_ADD_MEMBERSHIP
# ---------------------------
# RFC 2133: the older names of IPV6_JOIN_GROUP and IPV6_LEAVE_GROUP.
AC_DEFUN([SOCKET6_IPV6_ADD_MEMBERSHIP], [
  SOCKET6_PROBE_NAME([ipv6_add_membership], [IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP], [RFC 3493's names])
])
