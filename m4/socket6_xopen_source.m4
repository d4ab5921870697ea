# SPDX-License-Identifier: ISC
# SOCKET6_XOPEN_SOURCE
# --------------------
# illumos has the messages of X/Open's sockets, with msg_control, for those
# alone who ask; elsewhere asking would hide what the system has besides.
AC_DEFUN([SOCKET6_XOPEN_SOURCE], [
  AC_CACHE_CHECK([whether msg_control wants _XOPEN_SOURCE],
    [socket6_cv_cc_xopen_source], [
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([
#include <sys/types.h>
#include <sys/socket.h>
], [struct msghdr m; m.msg_control = 0; return m.msg_control != 0;])],
      [socket6_cv_cc_xopen_source=no], [socket6_cv_cc_xopen_source=yes])])
  AS_IF([test "$socket6_cv_cc_xopen_source" = yes],
    [AC_DEFINE([_XOPEN_SOURCE], [600], [Define for msg_control on illumos.])])
])
