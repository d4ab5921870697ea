# SPDX-License-Identifier: ISC
# SOCKET6_HARDENING
# -----------------
# The flags that the compiler offers against memory errors, unless there is
# --disable-hardening. They come before CFLAGS: flags of the user's own win.
# Read-only tables and binding at the start cost nothing, see SOCKET6_COMPILER.
AC_DEFUN([SOCKET6_HARDENING], [
  AC_ARG_ENABLE([hardening], [AS_HELP_STRING([--disable-hardening],
    [no stack protector, _FORTIFY_SOURCE or branch protection])])
  HARDENING_CFLAGS=
  AS_IF([test "x$enable_hardening" != xno], [
    SOCKET6_HARDENING_FLAG([-D_FORTIFY_SOURCE=2],
      [__USE_FORTIFY_LEVEL + _USE_FORTIFY_LEVEL > 0])
    SOCKET6_HARDENING_FLAG([-fstack-protector-strong], [__SSP_STRONG__ > 0])
    SOCKET6_HARDENING_FLAG([-fcf-protection], [__CET__ > 0])
    SOCKET6_HARDENING_FLAG([-mbranch-protection=standard],
      [__ARM_FEATURE_BTI_DEFAULT > 0])])
  AC_SUBST([HARDENING_CFLAGS])
  AM_CONDITIONAL([HARDENING], [test -n "$HARDENING_CFLAGS"])
  SOCKET6_SUMMARY([hardening], [${HARDENING_CFLAGS:-none}])
])

# SOCKET6_HARDENING_FLAG(FLAG, SIGN)
# ----------------------------------
# Adds FLAG if a program with it compiles without a word and links, and if SIGN
# shows that it is heeded: tcc takes any flag. _FORTIFY_SOURCE wants
# optimization, and may be the user's own. MinGW's stack protector would be a
# DLL of its own.
AC_DEFUN([SOCKET6_HARDENING_FLAG], [
  AS_VAR_PUSHDEF([cached], [socket6_cv_cc_hardening_$1])
  AC_CACHE_CHECK([whether to harden by $1], [cached], [
    socket6_saved=$CFLAGS
    CFLAGS="$CFLAGS -Werror $1"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([
#include <string.h>
#if defined _WIN32 || !($2)
# error "not so here"
#endif], [char buf@<:@16@:>@; memset(buf, 1, sizeof buf); return !buf@<:@3@:>@;])],
      [AS_VAR_SET([cached], [yes])], [AS_VAR_SET([cached], [no])])
    CFLAGS=$socket6_saved])
  AS_VAR_IF([cached], [yes],
    [AS_VAR_APPEND([HARDENING_CFLAGS], ["${HARDENING_CFLAGS:+ }$1"])])
  AS_VAR_POPDEF([cached])
])
