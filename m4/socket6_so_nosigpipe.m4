# SPDX-License-Identifier: ISC
# SOCKET6_SO_NOSIGPIPE
# --------------------
# macOS, FreeBSD: what sendto.c uses where there is no MSG_NOSIGNAL.
AC_DEFUN([SOCKET6_SO_NOSIGPIPE], [
  SOCKET6_PROBE_NAME([so_nosigpipe], [SO_NOSIGPIPE], [SIGPIPE held back])
])
