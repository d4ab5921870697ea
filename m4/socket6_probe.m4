# SPDX-License-Identifier: ISC
# SOCKET6_PROBE(NAME, DESCRIPTION, SYSTEMS, REPLACEMENT, BODY, [PROLOGUE])
# ------------------------------------------------------------------------
# Asks the system for one facility, by declaration and link, never by name of
# the system: BODY is compiled and linked after the socket headers and
# PROLOGUE. Defines HAVE_NAME, keeps the answer in socket6_cv_name, and adds
# a line to the summary, where REPLACEMENT says what serves instead. SYSTEMS
# have it. To force an answer: ./configure socket6_cv_name=no
AC_DEFUN([SOCKET6_PROBE], [
  AC_CACHE_CHECK([for $2], [socket6_cv_$1], [
    AC_LINK_IFELSE([AC_LANG_PROGRAM([
#include <sys/types.h>
#if HAVE_WINSOCK
# include "$srcdir/lib/sys/winsock.h"
#else
# include <sys/socket.h>
# include <netinet/in.h>
# include <netinet/tcp.h>
# include <net/if.h>
#endif
$6], [$5])],
      [socket6_cv_$1=yes], [socket6_cv_$1=no])])
  AS_IF([test "$socket6_cv_$1" = no],
    [SOCKET6_SUMMARY([$2], [replacement: $4])],
    [SOCKET6_SUMMARY([$2], [system])
     AC_DEFINE([HAVE_]m4_toupper([$1]), [1],
       [Define to 1 for $2 ($3).])])
])

# SOCKET6_NAMES(FACILITY, NAME..., SYSTEMS, REPLACEMENT)
# ------------------------------------------------------
# SOCKET6_PROBE for macros or enumeration constants of the socket headers.
AC_DEFUN([SOCKET6_NAMES], [
  SOCKET6_PROBE([$1], [$2], [$3], [$4],
    [int names@<:@@:>@ = { $2 }; return names@<:@0@:>@;])
])

# SOCKET6_PEER(NAME, LIBS, PROLOGUE, CALL)
# ----------------------------------------
# Asks for another library, which the examples or the benchmark use. By a link:
# what pkg-config knows may be for another machine than this.
AC_DEFUN([SOCKET6_PEER], [
  AC_CACHE_CHECK([for $1], [socket6_cv_peer_$1], [
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
    [AC_DEFINE([HAVE_]m4_toupper([$1]), [1], [Define to 1 if there is $1.])])
])

# SOCKET6_SUMMARY(WHAT, DECISION)
# -------------------------------
# A line of the summary at the end of configure.
AC_DEFUN([SOCKET6_SUMMARY], [
  socket6_line=`printf '  %-44s %s' "$1" "$2"`
  AS_VAR_APPEND([socket6_summary], ["$socket6_line
"])
])
