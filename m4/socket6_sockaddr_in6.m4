# SPDX-License-Identifier: ISC
# SOCKET6_SOCKADDR_IN6
# --------------------
# RFC 3493, section 3.3. --disable-ipv6 answers no.
AC_DEFUN([SOCKET6_SOCKADDR_IN6], [
  AC_ARG_ENABLE([ipv6], [AS_HELP_STRING([--disable-ipv6],
    [build for IPv4 alone, with every symbol present])],
    [AS_IF([test "$enableval" = no], [socket6_cv_struct_sockaddr_in6=no])])
  SOCKET6_PROBE([struct_sockaddr_in6], [struct sockaddr_in6], [],
    [struct sockaddr_in6 a; struct ipv6_mreq m;
     (void)m; a.sin6_family = AF_INET6; return a.sin6_family;],
    [lib/sys/sockaddr.h, IPv4 alone])
])
