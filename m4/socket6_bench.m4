# SPDX-License-Identifier: ISC
# SOCKET6_BENCH
# -------------
# The libraries that `make bench` measures beside this one. Their headers and
# functions have one name, so each is asked for with both.
AC_DEFUN([SOCKET6_BENCH], [
  SOCKET6_PEER([libowfat], [#include <socket.h>
#include <io.h>], [io_closeonexec(socket_tcp6())], [-lowfat])
  SOCKET6_PEER([skalibs], [#include <skalibs/socket.h>],
    [socket_tcp6_internal(0)], [-lskarnet])
])

# SOCKET6_PEER(LIBRARY, PROLOGUE, CALL, LIBS)
# -------------------------------------------
AC_DEFUN([SOCKET6_PEER], [
  AC_CACHE_CHECK([for $1 to measure against], [socket6_cv_peer_$1], [
    socket6_saved=$LIBS
    LIBS="$4 $LIBS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([$2], [$3;])],
      [socket6_cv_peer_$1=yes], [socket6_cv_peer_$1=no])
    LIBS=$socket6_saved])
  AM_CONDITIONAL([HAVE_]m4_toupper([$1]), [test "$socket6_cv_peer_$1" = yes])
])
