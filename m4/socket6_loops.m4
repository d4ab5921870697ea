# SPDX-License-Identifier: ISC
# SOCKET6_LOOPS
# -------------
# The event loops by which examples/ dials, besides poll's.
AC_DEFUN([SOCKET6_LOOPS], [
  dnl tcc does not pack the events as the kernel does.
  SOCKET6_PEER([packed_events], [], [#include <sys/epoll.h>
#ifdef __x86_64__
typedef char packed@<:@sizeof(struct epoll_event) == 12 ? 1 : -1@:>@;
#endif], [epoll_create1(0)])
  PKG_CHECK_MODULES([LIBUV], [libuv], [], [:])
  SOCKET6_PEER([libuv], [$LIBUV_LIBS], [#include <uv.h>],
    [uv_poll_stop(0)])
  PKG_CHECK_MODULES([LIBEVENT], [libevent_core], [], [:])
  SOCKET6_PEER([libevent], [$LIBEVENT_LIBS], [#include <event2/event.h>],
    [event_base_new()])
  PKG_CHECK_MODULES([GLIB], [glib-2.0], [], [:])
  SOCKET6_PEER([glib], [$GLIB_LIBS], [#include <glib-unix.h>],
    [g_unix_fd_add(0, G_IO_IN, 0, 0)])
])
