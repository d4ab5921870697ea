# SPDX-License-Identifier: ISC
# SOCKET6_IF_INDEXTONAME
# ----------------------
# RFC 3493, section 4.
AC_DEFUN([SOCKET6_IF_INDEXTONAME], [
  SOCKET6_PROBE([if_indextoname], [if_indextoname], [],
    [char name@<:@IF_NAMESIZE@:>@;
     return if_nametoindex("lo") && if_indextoname(1, name);],
    [lib/sys/if_indextoname.c])
  AS_IF([test "$socket6_cv_if_indextoname" = no],
    [AC_LIBOBJ([if_indextoname])])
])
