# SPDX-License-Identifier: ISC
# SOCKET6_SO_ACCEPTFILTER
# -----------------------
# FreeBSD 4.1, NetBSD 5.
AC_DEFUN([SOCKET6_SO_ACCEPTFILTER], [
  SOCKET6_PROBE([so_acceptfilter], [SO_ACCEPTFILTER], [],
    [struct accept_filter_arg a; (void)a; return SO_ACCEPTFILTER;],
    [no deferred accept])
])
