# SPDX-License-Identifier: ISC
# SOCKET6_SCOPE_ID
# ----------------
# RFC 3493, section 3.3; absent from RFC 2133.
AC_DEFUN([SOCKET6_SCOPE_ID], [
  SOCKET6_PROBE([sin6_scope_id], [sin6_scope_id], [],
    [struct sockaddr_in6 a; a.sin6_scope_id = 1; return !a.sin6_scope_id;],
    [lib/sys/sockaddr.h, no zones])
])
