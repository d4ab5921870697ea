# SPDX-License-Identifier: ISC
# SOCKET6_TCP_KEEPIDLE
# --------------------
# Most systems.
AC_DEFUN([SOCKET6_TCP_KEEPIDLE], [
  SOCKET6_PROBE_NAME([tcp_keepidle], [TCP_KEEPIDLE], [macOS's TCP_KEEPALIVE])
])
