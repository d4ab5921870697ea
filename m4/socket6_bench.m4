# SPDX-License-Identifier: ISC
# SOCKET6_BENCH
# -------------
# The libraries that `make bench` measures beside this one. Their headers and
# functions have one name, so each is asked for with both.
AC_DEFUN([SOCKET6_BENCH], [
  SOCKET6_PEER([libowfat], [-lowfat], [#include <socket.h>
#include <io.h>], [io_closeonexec(socket_tcp6())])
  SOCKET6_PEER([skalibs], [-lskarnet], [#include <skalibs/socket.h>],
    [socket_tcp6_internal(0)])
])
