# SPDX-License-Identifier: ISC
# SOCKET6_SOCKADDR_IN6
# --------------------
# RFC 3493, section 3.3. With --disable-ipv6 the system is not asked, so that
# a cache remembers its answer and not the option.
AC_DEFUN([SOCKET6_SOCKADDR_IN6], [
  AC_ARG_ENABLE([ipv6], [AS_HELP_STRING([--disable-ipv6],
    [build for IPv4 alone, with every symbol present])])
  AS_IF([test "x$enable_ipv6" = xno],
    [SOCKET6_SUMMARY([struct sockaddr_in6],
      [replacement: lib/sys/sockaddr.h, IPv4 alone, by --disable-ipv6])],
    [SOCKET6_PROBE([struct_sockaddr_in6], [struct sockaddr_in6], [],
      [struct sockaddr_in6 a; struct ipv6_mreq m;
       (void)m; a.sin6_family = AF_INET6; return a.sin6_family;],
      [lib/sys/sockaddr.h, IPv4 alone])])
])
