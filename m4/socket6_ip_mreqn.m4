# SPDX-License-Identifier: ISC
# SOCKET6_IP_MREQN
# ----------------
# Linux 2.2, FreeBSD, macOS: an IPv4 group by interface index.
AC_DEFUN([SOCKET6_IP_MREQN], [
  SOCKET6_PROBE([struct_ip_mreqn], [struct ip_mreqn], [],
    [struct ip_mreqn m; m.imr_ifindex = 1; return m.imr_ifindex;],
    [lib/sys/multicast.c, SIOCGIFADDR])
])
