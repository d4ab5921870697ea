# SPDX-License-Identifier: ISC
# SOCKET6_SIOCGIFNAME
# -------------------
# netdevice(7): what if_indextoname.c asks with.
AC_DEFUN([SOCKET6_SIOCGIFNAME], [
  SOCKET6_PROBE([siocgifname], [SIOCGIFNAME], [#include <sys/ioctl.h>],
    [struct ifreq r; r.ifr_ifindex = 1;
     return ioctl(0, SIOCGIFNAME, &r) + ioctl(0, SIOCGIFINDEX, &r);],
    [no interface has a name])
])
