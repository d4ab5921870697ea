# SPDX-License-Identifier: ISC
# SOCKET6_SOURCE_MEMBERSHIP
# -------------------------
# RFC 3678, section 4.1.1.
AC_DEFUN([SOCKET6_SOURCE_MEMBERSHIP], [
  SOCKET6_PROBE([ip_add_source_membership], [IP_ADD_SOURCE_MEMBERSHIP], [],
    [struct ip_mreq_source m; (void)m;
     return IP_ADD_SOURCE_MEMBERSHIP + IP_DROP_SOURCE_MEMBERSHIP;],
    [ENOPROTOOPT])
])
