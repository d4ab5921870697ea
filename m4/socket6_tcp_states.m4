# SPDX-License-Identifier: ISC
# SOCKET6_TCP_STATES
# ------------------
# Linux: TCP_INFO gives the state of a connection by these numbers. BSD's
# numbers differ, and so do its names.
AC_DEFUN([SOCKET6_TCP_STATES], [
  SOCKET6_PROBE([tcp_states], [TCP_INFO with the states of Linux], [],
    [int names@<:@TCP_INFO && TCP_ESTABLISHED == 1 && TCP_SYN_SENT == 2 &&
        TCP_SYN_RECV == 3 && TCP_CLOSE == 7 && TCP_LISTEN == 10 ? 1 : -1@:>@ =
        { 0 };
     return names@<:@0@:>@;],
    [getpeername and poll])
])
