# SPDX-License-Identifier: ISC
# SOCKET6_IPV6_V6ONLY
# -------------------
# RFC 3493, section 5.3.
AC_DEFUN([SOCKET6_IPV6_V6ONLY], [
  SOCKET6_PROBE_NAME([ipv6_v6only], [IPV6_V6ONLY], [ENOPROTOOPT])
])
