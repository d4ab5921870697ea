# SPDX-License-Identifier: ISC
# SOCKET6_IPV6_TCLASS
# -------------------
# RFC 3542, section 6.5.
AC_DEFUN([SOCKET6_IPV6_TCLASS], [
  SOCKET6_PROBE_NAME([ipv6_tclass], [IPV6_TCLASS], [ENOPROTOOPT])
])
