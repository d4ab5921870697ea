# SPDX-License-Identifier: ISC
# SOCKET6_MCAST_SOURCE
# --------------------
# RFC 3678, section 5.1.
AC_DEFUN([SOCKET6_MCAST_SOURCE], [
  SOCKET6_PROBE([mcast_join_source_group], [MCAST_JOIN_SOURCE_GROUP], [],
    [struct group_source_req m; (void)m;
     return MCAST_JOIN_SOURCE_GROUP + MCAST_LEAVE_SOURCE_GROUP;],
    [ENOPROTOOPT])
])
