# SPDX-License-Identifier: ISC
# SOCKET6_STAND_INS
# -----------------
# How stand_in.c interposes on libc. A shared library finds the program's
# functions first; for a static one the linker redirects the calls, if it can. A
# DLL, or a shared library of macOS, calls what it was linked to: the suites
# then use the static library, if it is built.
AC_DEFUN([SOCKET6_STAND_INS], [
  SOCKET6_LD_FLAG([socket6_wrap], [-Wl,--wrap=socket6_none])
  AS_CASE([$socket6_cv_ld_export_list,$socket6_cv_ld_module_definition],
    [no,no], [socket6_take=$enable_static
      AS_IF([test "$enable_shared" = yes], [socket6_take=no])],
    [socket6_take=$enable_static
     STAND_IN_LDFLAGS=-static])
  AS_IF([test "$socket6_take" = yes && test -n "$socket6_wrap"], [
    # winsock.h gives the calls other names, and needs none of the rest.
    AS_IF([test "$socket6_cv_posix_sockets" = no],
      [socket6_lists='/SOCKET_CALLS(X)/,/^$/'
       socket6_renamed=socket6_ws_],
      [socket6_lists=
       socket6_renamed=])
    socket6_names="s/^ X(.*, \(.*\)).*/$socket6_renamed\1/p"
    for socket6_call in `sed -n "$socket6_lists $socket6_names" \
      "$srcdir/tests/support/stand_in.h"`
    do
      AS_VAR_APPEND([STAND_IN_LDFLAGS], [" -Wl,--wrap=$socket6_call"])
    done
    STAND_IN_CPPFLAGS=-DSTAND_IN_BY_WRAP])
  AS_IF([test "$socket6_cv_ld_module_definition$socket6_take" = yesno],
    [STAND_IN_CPPFLAGS=-DNO_STAND_IN])
  AM_CONDITIONAL([WRAP], [test "x$STAND_IN_CPPFLAGS" = x-DSTAND_IN_BY_WRAP])
  AM_CONDITIONAL([NO_STAND_IN], [test "x$STAND_IN_CPPFLAGS" = x-DNO_STAND_IN])
  AC_SUBST([STAND_IN_CPPFLAGS])
  AC_SUBST([STAND_IN_LDFLAGS])
])
