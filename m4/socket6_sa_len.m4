# SPDX-License-Identifier: ISC
# SOCKET6_SA_LEN
# --------------
# 4.4BSD.
AC_DEFUN([SOCKET6_SA_LEN], [
  SOCKET6_PROBE([sa_len], [sa_len], [],
    [struct sockaddr a; a.sa_len = 1; return a.sa_len;],
    [lib/sys/sockaddr.h, no such field])
])
