# SPDX-License-Identifier: ISC
# SOCKET6_LOOPS
# -------------
# The event loops by which examples/ dials, besides poll's.
AC_DEFUN([SOCKET6_LOOPS], [
  dnl tcc does not pack the events as the kernel does.
  SOCKET6_LOOP([epoll], [], [#include <sys/epoll.h>
#ifdef __x86_64__
typedef char packed@<:@sizeof(struct epoll_event) == 12 ? 1 : -1@:>@;
#endif], [epoll_create1(0)])
  PKG_CHECK_MODULES([LIBUV], [libuv], [], [:])
  SOCKET6_LOOP([libuv], [$LIBUV_LIBS], [#include <uv.h>],
    [uv_poll_stop(0)])
  PKG_CHECK_MODULES([LIBEVENT], [libevent_core], [], [:])
  SOCKET6_LOOP([libevent], [$LIBEVENT_LIBS], [#include <event2/event.h>],
    [event_base_new()])
])

# SOCKET6_LOOP(NAME, LIBS, PROLOGUE, CALL)
# ----------------------------------------
# By a link: what pkg-config knows may be for another machine than this.
AC_DEFUN([SOCKET6_LOOP], [
  AC_CACHE_CHECK([for $1 to dial by], [socket6_cv_peer_$1], [
    socket6_saved_cflags=$CFLAGS
    socket6_saved=$LIBS
    CFLAGS="$CFLAGS $m4_toupper([$1])_CFLAGS"
    LIBS="$2 $LIBS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([$3], [$4;])],
      [socket6_cv_peer_$1=yes], [socket6_cv_peer_$1=no])
    CFLAGS=$socket6_saved_cflags
    LIBS=$socket6_saved])
  AM_CONDITIONAL([HAVE_]m4_toupper([$1]), [test "$socket6_cv_peer_$1" = yes])
  AS_IF([test "$socket6_cv_peer_$1" = yes],
    [AC_DEFINE([HAVE_]m4_toupper([$1]), [1],
      [Define to 1 if examples/ has a loop by $1.])])
])
